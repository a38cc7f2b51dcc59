"""What `verbs_killed` does: the acts of the table of rights, and some of its own where those would write little."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.test import Client

from dabir.cycle import communicating, reader
from dabir.cycle.accepting import accept_reading
from dabir.cycle.escalating import look
from dabir.cycle.importing import import_register
from dabir.cycle.news import NAME, tell_news
from dabir.cycle.notices import mark_all_read, mark_read
from dabir.cycle.sealing import preview_sealing, seal_minutes
from dabir.directory import services as directory
from dabir.foundation.acting import Acting
from dabir.letters.composing import Written
from dabir.letters.models import Letter, Way
from dabir.letters.numbering import Numbered
from dabir.letters.parts import Addressee
from dabir.letters.services import compose_letter
from dabir.meetings import services as meetings
from dabir.meetings.corrections import apply_all
from dabir.obligations import recurring
from dabir.persian import clock
from tests import builders, drafts
from tests.cycle.test_deciding import HEAD, LINES, MET
from tests.cycle.test_escalating import chased
from tests.obligations.test_recurring import duty
from tests.sheets import register, row
from tests.test_rights import VERBS, Act, Things, _notice

IN_STEPS = {"cycle.look", "cycle.tell_news", "obligations.make_due_instances"}
"""They take what there is to do in several transactions: one that was killed goes on with what is left."""
NO_RECORD = {"meetings.forget_reading"}
"""They leave no event, and no form is remembered of them: whoever does them again finds nothing left to do."""
ELSEWHERE = {"foundation"}
"""A room whose verbs make archives, take them apart, or write no record: `backup_killed`."""

READS = {
    *("cycle.agenda_of", "cycle.evaluation_of", "cycle.handover_of", "cycle.report_forms", "cycle.print_letters"),
    *("cycle.preview", "cycle.preview_merge", "cycle.preview_forms", "cycle.preview_report_forms"),
    *("cycle.preview_exchange", "cycle.preview_sealing"),
    "meetings.suggest_for_another",  # what `meetings.suggest` asks besides
}
"""They ask whether one may, and write nothing; whatever else writes nothing fails the drill."""


@dataclass(frozen=True, slots=True)
class Case:
    permission: str
    persona: str
    act: Act

    @property
    def in_steps(self) -> bool:
        return self.permission in IN_STEPS

    @property
    def is_remembered(self) -> bool:
        """Whether the same form is known again once it was done."""
        return self.permission not in IN_STEPS | NO_RECORD


def cases() -> dict[str, Case]:
    """By the verb's name; an act of the drill's own stands in the place of the table's, or beside it."""
    table = {verb: Case(verb, _persona(may), act) for verb, (may, act) in VERBS.items()}
    found = {verb: one for verb, one in table.items() if verb.partition(".")[0] not in ELSEWHERE and verb not in READS}
    return found | _OWN


def _persona(may: set[str]) -> str:
    return next((one for one in ("secretary", "officer", "admin") if one in may), min(may))


def _accept_acts(t: Things, by: Acting) -> None:
    """A paper that closes, extends, amends and merges."""
    read = builders.minutes(t.world, number=13, session="1398/07/19")
    read.resolutions = read.resolutions[:3]
    corrections: list[dict[str, object]] = [
        {"op": "edit_resolution", "id": "r1", "text": "تکلیف hq-1398-11/3.1 مختومه شد."},
        {"op": "add_act", "id": "r2", "debt": "hq-1398-11/2.1-1", "act": "extend", "day": "۱۳۹۸/۰۹/۱۶"},
        {"op": "add_act", "id": "r2", "debt": "hq-1398-11/2.1-2", "act": "amend"},
        {"op": "add_act", "id": "r3", "debt": "hq-1398-11/2.2", "act": "merge", "into": "hq-1398-11/5.1"},
    ]
    paper = builders.draft(t.world, apply_all(read, corrections))
    accept_reading(paper, by=by, version=paper.version)


def _seal_acts(t: Things, by: Acting) -> None:
    """Minutes whose lines close, extend and supersede."""
    draft = drafts.manuscript(t.world, HEAD + LINES, number=12, date=MET, title="جلسه ۱۲ ستاد")
    seal_minutes(draft, revision=drafts.newest(draft), by=by)


def _override(t: Things, by: Acting) -> None:
    """Minutes in which one was present and absent."""
    twice = drafts.TEXT.replace("اتاق تعاون", "بنیاد مسکن انقلاب اسلامی استان زنجان")
    draft = drafts.manuscript(t.world, twice, number=12, date=MET)
    rule, blocking = "attendance.both", preview_sealing(draft, by=t.world.secretary).ready.blocking
    (words,) = [one.words for one in blocking if one.finding.rule == rule]
    meetings.override_finding(draft, by=by, rule=rule, words=words, reason="دو نماینده داشت")


def _forget_reading(t: Things, by: Acting) -> None:
    meetings.cancel_reading(t.reading, by=t.world.staff)  # one that goes on cannot be forgotten
    meetings.forget_reading(t.reading, by=by)


def _end_sessions(t: Things, by: Acting) -> None:
    """Of somebody who is signed in at two places."""
    user = t.world.users["officer"]
    for ip in ("192.0.2.1", "192.0.2.2"):
        client = Client()
        client.force_login(user)
        UserSession.objects.create(user=user, ip=ip, session_key=client.session.session_key)
    directory.end_sessions(by=by, user=user)


def _import(t: Things, by: Acting) -> None:
    import_register(register(row(number=31)), name="x.xlsx", body=t.world.bodies["hq"], by=by, dry_run=False)


def _number_forty(t: Things, by: Acting) -> None:
    body, parties = t.world.bodies["hq"], [t.world.parties[code] for code in ("agriculture", "housing", "roads")]
    for at in range(40):
        compose_letter(Written(f"نامه {at}", "متن", [Addressee(parties[at % 3])]), by=by, body=body)
    letters = Letter.objects.filter(subject__startswith="نامه ", number="").order_by("pk")
    numbers = [Numbered(letter, f"70{at}", clock.today()) for at, letter in enumerate(letters)]
    communicating.number_letters(numbers, by=by, way=Way.AUTOMATION)


def _look(t: Things, by: Acting) -> None:
    """A debt that is due today, one that is late, and a duty that comes again."""
    chased(t.world, due_day=clock.today())
    duty(t.world, "هر ماه")
    look(by=by)


def _tell(t: Things, by: Acting) -> None:
    reader.position(NAME)  # from now on
    for letter in builders.reminders(t.world, ["agriculture", "roads"]):
        builders.numbered(t.world, letter, str(letter.pk))
    tell_news(by=by)


def _make_instances(t: Things, by: Acting) -> None:
    for _ in range(3):
        duty(t.world, "هر ماه")
    recurring.make_due_instances(by=by)


_OWN: dict[str, Case] = {
    "cycle.accept_reading, with acts": Case("cycle.accept_reading", "secretary", _accept_acts),
    "cycle.seal_minutes, with acts": Case("cycle.seal_minutes", "secretary", _seal_acts),
    "cycle.number_letters, forty": Case("cycle.number_letters", "secretary", _number_forty),
    "directory.end_sessions": Case("directory.end_sessions", "secretary", _end_sessions),
    "meetings.forget_reading": Case("meetings.forget_reading", "secretary", _forget_reading),
    "meetings.override_finding": Case("meetings.override_finding", "secretary", _override),
    "cycle.import_register": Case("cycle.import_register", "secretary", _import),
    "cycle.look": Case("cycle.look", "operator", _look),
    "cycle.tell_news": Case("cycle.tell_news", "operator", _tell),
    "obligations.make_due_instances": Case("obligations.make_due_instances", "operator", _make_instances),
    "cycle.mark_read": Case("cycle.mark_read", "officer", lambda t, by: mark_read([_notice(t)], by=by)),
    "cycle.mark_all_read": Case("cycle.mark_all_read", "officer", lambda t, by: (_notice(t), mark_all_read(by=by))[1]),
}
