"""A draft goes round: who sees it, who corrects it until when, and what becomes of each correction."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dabir.cycle.sealing import preview_sealing
from dabir.directory.models import Post
from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.checking import dissents_visible_to, manuscripts_visible_to, suggestions_visible_to
from dabir.meetings.compiling import text_of
from dabir.meetings.models import Manuscript, Suggestion
from dabir.meetings.words import Change, narrowed, put_in
from tests import drafts
from tests.personas import Personas

UNTIL = date(2019, 10, 15)
OLD, NEW = "گزارش خود را حداکثر", "گزارش مکتوب خود را حداکثر"


@pytest.fixture
def draft(world: Personas) -> Manuscript:
    """With the members until three days from now."""
    return services.circulate(drafts.manuscript(world), until=UNTIL, by=world.secretary)


def suggested(world: Personas, draft: Manuscript, **more: object) -> Suggestion:
    fields = {"old": OLD, "new": NEW, "reason": "شفاهی کافی نیست", "revision": 2} | more
    return services.suggest(draft, by=world.head, **fields)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_members_see_the_draft_only_while_it_is_with_them(world: Personas) -> None:
    draft = drafts.manuscript(world)
    sees = {name: getattr(world, name) for name in ("officer", "head", "governor", "outsider", "consultant", "admin")}

    def seen() -> set[str]:
        return {name for name, by in sees.items() if manuscripts_visible_to(by).exists()}

    assert seen() == set()
    services.circulate(draft, until=UNTIL, by=world.secretary)
    assert seen() == {"officer", "head", "governor"}
    services.take_back(draft, by=world.secretary)
    assert seen() == set()


@pytest.mark.django_db
def test_a_classified_draft_is_for_its_secretary_and_named_readers(world: Personas) -> None:
    draft = drafts.manuscript(world, secrecy=SecrecyClass.CONFIDENTIAL)
    draft = services.circulate(draft, until=UNTIL, by=world.secretary)
    for by in (world.officer, world.head, world.staff, world.auditor):
        assert not manuscripts_visible_to(by).exists()
        with pytest.raises(Refused):
            services.suggest(draft, by=by, revision=2, reason="نکته")
    services.name_reader(draft.meeting, Post.objects.get(party__code="post-head"), by=world.secretary)
    assert manuscripts_visible_to(world.head).exists()
    services.suggest(draft, by=world.head, revision=2, reason="نکته")


@pytest.mark.django_db
def test_an_accepted_correction_is_a_new_revision_of_the_text(world: Personas, draft: Manuscript) -> None:
    said = suggested(world, draft)
    assert (said.party.code, said.said_by) == ("agriculture", world.head.name)
    services.accept_suggestion(said, by=world.secretary, answer="سپاس")
    assert drafts.newest(draft) == 3 and NEW in text_of(draft)
    assert text_of(draft) == drafts.TEXT.replace(OLD, NEW)
    now = Suggestion.objects.get()
    assert (now.state, now.answer, now.answered_by) == ("accepted", "سپاس", world.secretary.name)
    assert list(ledger.audit()) == []


@pytest.mark.django_db
def test_words_that_are_gone_are_put_in_by_hand(world: Personas, draft: Manuscript) -> None:
    said = suggested(world, draft)
    drafts.write(world, draft, drafts.TEXT.replace("گزارش خود", "گزارش کامل خود"))
    with pytest.raises(Conflict):
        services.accept_suggestion(said, by=world.secretary)
    assert Suggestion.objects.get().state == "open"
    drafts.write(world, draft, text_of(draft).replace("کامل خود", "کامل و مکتوب خود"))
    services.accept_suggestion(said, by=world.secretary, placed=True)
    assert Suggestion.objects.get().state == "accepted" and drafts.newest(draft) == 4


@pytest.mark.django_db
def test_a_remark_without_words_is_put_in_by_hand(world: Personas, draft: Manuscript) -> None:
    said = suggested(world, draft, old="", new="")
    with pytest.raises(Conflict):
        services.accept_suggestion(said, by=world.secretary)
    services.accept_suggestion(said, by=world.secretary, placed=True)


@pytest.mark.django_db
def test_refusing_needs_a_reason(world: Personas, draft: Manuscript) -> None:
    said = suggested(world, draft)
    with pytest.raises(Invalid):
        services.refuse_suggestion(said, answer=" ", by=world.secretary)
    services.refuse_suggestion(said, answer="در جلسه گفته نشد", by=world.secretary)
    with pytest.raises(Conflict):
        services.accept_suggestion(said, by=world.secretary)
    assert text_of(draft) == drafts.TEXT


@pytest.mark.django_db
def test_its_maker_takes_a_correction_back_and_nobody_else(world: Personas, draft: Manuscript) -> None:
    said = suggested(world, draft)
    with pytest.raises(Refused):
        services.withdraw_suggestion(said, by=world.governor)
    services.withdraw_suggestion(said, by=world.officer)  # of the same agency
    assert Suggestion.objects.get().state == "withdrawn"


@pytest.mark.django_db
def test_after_the_day_the_secretary_alone_adds(
    world: Personas, draft: Manuscript, monkeypatch: pytest.MonkeyPatch
) -> None:
    Manuscript.objects.update(until=date(2019, 10, 12))
    suggested(world, draft)  # on the last day
    monkeypatch.setenv("DABIR_TODAY", "1398/07/21")
    with pytest.raises(Invalid):
        suggested(world, draft)
    said = services.suggest(
        draft,
        by=world.secretary,
        revision=2,
        party=world.parties["housing"],
        said_by="مهندس نمونه، تلفنی",
        reason="نام پیمانکار افتاده است",
    )
    assert (said.party.code, said.said_by) == ("housing", "مهندس نمونه، تلفنی")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"old": "", "new": "", "reason": " \n"},
        {"old": OLD, "new": OLD},
        {"old": "این سخن در متن نیست"},
        {"old": "استان زنجان"},  # stands there more than once
        {"reason": "آ" * 5_001},
    ],
)
def test_what_is_no_correction_is_refused(world: Personas, draft: Manuscript, fields: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        suggested(world, draft, **fields)
    assert not Suggestion.objects.exists()


@pytest.mark.django_db
def test_a_correction_of_a_text_that_has_changed_there_tells_so(world: Personas, draft: Manuscript) -> None:
    drafts.write(world, draft, drafts.TEXT.replace(OLD, "گزارش"))
    with pytest.raises(Conflict):
        suggested(world, draft)


@pytest.mark.django_db
def test_nobody_speaks_for_another_party(world: Personas, draft: Manuscript) -> None:
    with pytest.raises(Invalid):
        suggested(world, draft, party=world.parties["housing"])
    with pytest.raises(Invalid):  # neither present nor seated
        services.suggest(draft, by=world.secretary, revision=2, party=world.parties["roads"], reason="نکته")


@pytest.mark.django_db
def test_members_see_their_own_corrections_and_the_secretariat_all(world: Personas, draft: Manuscript) -> None:
    suggested(world, draft)
    services.suggest(draft, by=world.secretary, revision=2, party=world.parties["housing"], reason="نکته")
    services.record_dissent(draft.meeting, by=world.head, text="با بند ۲ موافق نیستم", about="۲")
    assert suggestions_visible_to(world.officer, draft).count() == 1
    assert suggestions_visible_to(world.staff, draft).count() == 2
    assert dissents_visible_to(world.officer, draft.meeting).count() == 1
    housing = services.record_dissent(draft.meeting, by=world.secretary, text="مخالفم", name="مهندس نمونه")
    assert (housing.party, housing.name, housing.about) == (None, "مهندس نمونه", "")
    assert dissents_visible_to(world.officer, draft.meeting).count() == 1


@pytest.mark.django_db
def test_dissent_is_about_a_resolution_that_there_is(world: Personas, draft: Manuscript) -> None:
    with pytest.raises(Invalid):
        services.record_dissent(draft.meeting, by=world.head, text="مخالفم", about="۹")
    kept = services.record_dissent(draft.meeting, by=world.head, text="مخالفم", about="۳")
    with pytest.raises(Refused):
        services.remove_dissent(kept, by=world.outsider)
    services.remove_dissent(kept, by=world.officer)


@pytest.mark.django_db
def test_an_override_falls_when_the_words_of_its_line_change(world: Personas) -> None:
    text = drafts.TEXT.replace("اتاق تعاون", "بنیاد مسکن انقلاب اسلامی استان زنجان")
    draft = drafts.manuscript(world, text)
    (obstacle,) = preview_sealing(draft, by=world.secretary).ready.blocking
    given = {"rule": obstacle.finding.rule, "words": obstacle.words}
    now = services.override_finding(
        draft, by=world.secretary, rule=given["rule"], words=given["words"], reason="دو نماینده داشت"
    )
    assert not preview_sealing(now, by=world.secretary).ready.blocking
    drafts.write(world, draft, text + " - اتاق تعاون")
    assert preview_sealing(now, by=world.secretary).ready.can_be_sealed  # another line
    drafts.write(world, draft, text.rstrip() + " - اتاق تعاون\n")
    assert preview_sealing(now, by=world.secretary).ready.blocking
    drafts.write(world, draft, text)
    now = services.lift_override(now, by=world.secretary, **given)
    assert preview_sealing(now, by=world.secretary).ready.blocking and now.overrides == []


def test_a_change_takes_the_fewest_words_that_stand_once() -> None:
    text = "الف ب ج\nالف ب د"
    assert narrowed(text, 2, "الف ب ه") == Change("د", "ه")
    assert narrowed(text, 1, "الف ی ج") == Change("الف ب ج", "الف ی ج")
    assert narrowed(text, 1, "الف ب ج") is None and narrowed(text, 9, "x") is None
    assert narrowed("الف\nالف", 2, "ب") == Change("الف\nالف", "الف\nب")


LINES = st.lists(st.text("اب ", max_size=6), min_size=1, max_size=5)


@settings(deadline=None)
@given(LINES, st.integers(1, 5), st.text("اب ج", max_size=8))
@example(["ا", "", "ا", "", "ا"], 4, "ا")
def test_a_change_makes_the_line_read_so_and_leaves_the_others(lines: list[str], line: int, new: str) -> None:
    text = "\n".join(lines)
    change = narrowed(text, line, new)
    if change is None:
        assert line > len(lines) or lines[line - 1] == new
        return
    wanted = "\n".join([*lines[: line - 1], new, *lines[line:]])
    done = put_in(text, change)
    assert done == wanted or not text.strip()
