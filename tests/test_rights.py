"""Who may what: one table, persona × object × verb, run through services, pages and commands.

A verb, an address or a command without a row fails. In `VERBS`, `may` are the personas for whom the service works;
every other one is refused (403, or 404 for a stranger). In `SEES`, those who may know of an object.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
import segno
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from dabir.cycle import calling, communicating, inviting, recording
from dabir.cycle.accepting import accept_reading
from dabir.cycle.classifying import classify_meeting
from dabir.cycle.courier import key_of
from dabir.cycle.courier_in import Returned, preview_forms, record_forms
from dabir.cycle.deciding import decide_by_resolution
from dabir.cycle.errata import issue_erratum
from dabir.cycle.escalating import look
from dabir.cycle.evaluation import evaluation_of
from dabir.cycle.exchange_in import preview_exchange, record_exchange
from dabir.cycle.extracts import communicate, communicate_order
from dabir.cycle.finishing import finish_meeting, reopen_meeting
from dabir.cycle.handover import handover_of
from dabir.cycle.importing import apply_sheet, import_register, preview
from dabir.cycle.inviting import Guest, Invited
from dabir.cycle.ladder import OURS, restore_ladder, set_ladder
from dabir.cycle.merging import merge_parties, preview_merge, unmerge_party
from dabir.cycle.models import Notice, NoticeKind
from dabir.cycle.news import tell_news
from dabir.cycle.next_agenda import agenda_of, put_on_agenda
from dabir.cycle.next_minutes import add_to_next_minutes, close_all_proposed
from dabir.cycle.notices import mark_all_read, mark_read, tell
from dabir.cycle.recording import promote_point, record_resolution
from dabir.cycle.reminding import proposals, write_reminders
from dabir.cycle.report_forms import key_of as report_key_of
from dabir.cycle.report_forms import report_forms
from dabir.cycle.report_forms_in import preview_report_forms, record_report_forms
from dabir.cycle.sealing import preview_sealing, seal_minutes
from dabir.directory import announcing, tenures
from dabir.directory import queries as directory_queries
from dabir.directory import services as directory
from dabir.directory.feeds import feeds_visible_to
from dabir.directory.models import CalendarEntry, ContentAccess, Feed, Invitation, Party, Person, Place, Post, Seat
from dabir.foundation import ledger
from dabir.foundation import services as house
from dabir.foundation.access import GUARDED, Guard
from dabir.foundation.acting import Acting
from dabir.foundation.backup import shelf
from dabir.foundation.errors import Conflict, Invalid, Missing, Refused, SecondFactorAsked
from dabir.foundation.jobs import schedule
from dabir.foundation.models import Chore, User
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters import queries as letters_queries
from dabir.letters import services as letters
from dabir.letters.composing import Came, Written, mark_of
from dabir.letters.models import Letter, LetterKind, Recipient, Way
from dabir.letters.numbering import Numbered
from dabir.letters.parts import Addressee, write_letter
from dabir.letters.receipts import Receipt
from dabir.letters.wordings import Words
from dabir.meetings import queries as meetings_queries
from dabir.meetings import services as meetings
from dabir.meetings.calls import calls_visible_to
from dabir.meetings.checking import manuscripts_visible_to, suggestions_visible_to
from dabir.meetings.issuing import Form
from dabir.meetings.manuscripts import services as manuscripts
from dabir.meetings.models import (
    Dissent,
    Draft,
    Manuscript,
    Meeting,
    MinutesVersion,
    NamedReader,
    Reading,
    Revision,
    Signature,
    SignedScan,
    Suggestion,
)
from dabir.meetings.services.holding import Mark, Standing
from dabir.meetings.services.planning import Plan
from dabir.obligations import events, extending, recurring, waiting
from dabir.obligations import queries as obligations_queries
from dabir.obligations import services as obligations
from dabir.obligations.deciding import Decided
from dabir.obligations.exchange.profiles import NEEDED, profiles
from dabir.obligations.extensions import extensions_visible_to
from dabir.obligations.listing import Listing
from dabir.obligations.making import Duty
from dabir.obligations.models import Act as DebtAct
from dabir.obligations.models import (
    Extension,
    Obligation,
    Obstacle,
    Occurrence,
    Order,
    OrderWay,
    Report,
    ReportStep,
    SavedView,
    Sheet,
)
from dabir.obligations.replies import Answer
from dabir.obligations.reporting import queries as reporting_queries
from dabir.obligations.reporting import services as reporting
from dabir.obligations.reporting.values import Found, Hindrance, Signed, Word
from dabir.obligations.saved_views import views_visible_to
from dabir.obligations.sheets import services as sheets
from dabir.obligations.sheets.queries import sheets_visible_to
from dabir.obligations.triggers import occurrences_visible_to
from dabir.persian import clock
from dabir.reading.sheets.table import Row, Table, read_tables
from dabir.writing.courier import ASKED, GIVEN
from dabir.writing.minutes import Audience
from dabir.writing.report_form import REPORT
from dabir.writing.stamp import Stamp
from tests import builders, drafts, kept, personas, reported
from tests.personas import Personas
from tests.sheets import register, row

SOURCE = Path(__file__).parent.parent / "src" / "dabir"
PERSONAS = [f.name for f in fields(Personas) if f.type in (Acting, "Acting")]
DAY = date(2019, 10, 20)
DAY_OF_ORDER = date(2019, 10, 10)
PLAN = Plan(date(2019, 10, 22), time(10), venue="سالن")

SECRETARY = {"operator", "secretary"}
SECRETARIAT = SECRETARY | {"staff"}
READERS = SECRETARIAT | {"governor", "auditor"}
CALLED = READERS | {"officer", "head"}
"""They, and whoever speaks for a party that was called to the headquarters' meetings."""
KEEPERS = {"operator", "admin"}
NAMERS = KEEPERS | {"secretary", "other_secretary", "county"}
"""Whoever keeps a body's minutes enters agencies and their people, too."""
DEBTORS = SECRETARIAT | {"officer", "head"}
FOLLOWERS = READERS | {"officer", "head", "outsider"}
"""Of the debt of `_owed`; `outsider` speaks for the party whose consent it needs."""
TOLD_OF_LEAVE = {"governor", "auditor", "admin", "secretary", "county", "other_secretary"}
HEIRS = {"head", "officer", "secretary", "staff", "county", "other_secretary", "governor", "auditor"}
"""Who sees what the post of the agency's head leaves, as far as they may see the rows."""
FORMS = SECRETARIAT | {"county", "other_secretary"}
"""Whoever is in some secretariat; what a form's row may change is asked of its letter."""


@dataclass(slots=True)
class Things:
    """One of each kind of object, of the headquarters unless its name says otherwise."""

    world: Personas
    draft: Draft
    secret_draft: Draft
    discarded: Draft
    reading: Reading
    secret_reading: Reading
    meeting: Meeting
    secret: Meeting
    gap: Obligation
    released: Obligation
    unreleased: Obligation
    seat: Seat
    person: Person
    reader: NamedReader
    view: SavedView
    feed: Feed
    invited: Invited
    sent: Letter
    """To the agency of `officer` and `head`, with its number."""

    @property
    def invitation(self) -> Invitation:
        return Invitation.objects.get(letter=self.invited.letter)

    sheet: Sheet
    sleeping: Obligation
    held: Meeting
    """Without minutes so far."""
    planned: Meeting
    """With an item on its agenda, a file, and an invitee from `outsider`'s agency."""


@pytest.fixture
def things(db: None, home: Path) -> Things:
    return kept.once("things", lambda: _things(personas.build()))


def _things(world: Personas) -> Things:
    draft = builders.draft(world, builders.minutes(world, number=12, session="1398/07/18"))
    draft = meetings.correct_draft(
        draft, {"op": "set_venue", "venue": "سالن"}, version=draft.version, by=world.secretary
    )
    other = builders.draft(world, builders.minutes(world, number=13, session="1398/07/19"))
    meeting = builders.meeting(world)
    secret = builders.meeting(
        world, builders.minutes(world, number=10, session="1398/07/10"), secrecy=SecrecyClass.CONFIDENTIAL
    )
    read_by_one = builders.minutes(world, number=9, session="1398/07/09")
    other_secret = builders.meeting(world, read_by_one, secrecy=SecrecyClass.CONFIDENTIAL)
    debts = Obligation.objects.filter(meeting=meeting)
    released = debts.get(resolution__number="۳")
    invited, sent = inviting.invite(
        [Guest(world.parties["housing"], "09121110001"), Guest(world.parties["agriculture"], "09121110002")],
        by=world.secretary,
        body=world.bodies["hq"],
    )
    obligations.release([released], by=world.secretary)
    return Things(
        world=world,
        draft=draft,
        secret_draft=builders.draft(
            world, builders.minutes(world, number=14, session="1398/07/20"), secrecy=SecrecyClass.SECRET
        ),
        discarded=meetings.discard_draft(other, by=world.secretary),
        reading=meetings.bring_paper("۱".encode(), name="1.txt", body=world.bodies["hq"], by=world.staff),
        secret_reading=meetings.bring_paper(
            "۲".encode(), name="2.txt", body=world.bodies["hq"], by=world.secretary, secrecy=SecrecyClass.SECRET
        ),
        meeting=meeting,
        secret=secret,
        gap=debts.get(resolution__number="۴"),
        released=Obligation.objects.get(pk=released.pk),
        unreleased=debts.get(resolution__number="۷"),
        seat=world.bodies["hq"].seats.get(party=world.parties["agriculture"]),
        person=Person.objects.get(user=world.users["officer"]),
        reader=meetings.name_reader(other_secret, Post.objects.get(party__code="post-head"), by=world.secretary),
        view=obligations.save_view("هفته", Listing(), by=world.secretary),
        feed=directory.make_feed(by=world.secretary)[0],
        invited=invited,
        sent=communicating.number_letters(
            [Numbered(sent.letter, "۱۲", date(2019, 10, 12))], by=world.secretary, way=Way.AUTOMATION
        )[0],
        sheet=_sheet(world, 21),
        sleeping=_sleeping(world),
        held=builders.held(world),
        planned=_planned(world),
    )


def _ended(things: Things) -> Meeting:
    """The meeting, with nothing left to communicate."""
    for debt in Obligation.objects.filter(meeting=things.meeting, parent=None, state__in=["open", "unsettled"]):
        obligations.cancel(debt, by=things.world.secretary, reason="آزمون")
    return Meeting.objects.get(pk=things.meeting.pk)


def _told(things: Things, lead: Party | None = None) -> Obligation:
    """The released debt, communicated once; the consultants owe it. Or a debt of that lead."""
    by = things.world.secretary
    debt = Obligation.objects.get(meeting=things.meeting, lead=lead) if lead else things.released
    if debt.extracts.exists():
        return Obligation.objects.get(pk=debt.pk)
    (letter,) = communicate(things.meeting, by=by, debts=[debt.pk])
    communicating.number_letters([Numbered(letter, "۴۴", date(2019, 10, 12))], by=by, way=Way.COURIER)
    return Obligation.objects.get(pk=debt.pk)


_SIGNED = Signed("مدیر کل", "۱۲", date(2019, 10, 11), b"%PDF-1")
_LETTER = {"said_by": "مدیر کل", "number": "۱۲", "dated": "1398/07/19"}
_HINDRANCE = Hindrance("اعتبار نرسیده است")
_OF_THE_CAPITAL = Hindrance("اعتبار ملی نرسیده است", "capital", asked_of="وزارت جهاد کشاورزی")


def _letter(_things: Things) -> dict[str, Any]:
    return _LETTER | {"scan": SimpleUploadedFile("letter.pdf", b"%PDF-1")}


def _owed(things: Things) -> Obligation:
    """A debt of `officer`'s agency that was told to it."""
    return reported.owed(things.world, endorser="roads")


def _reported(things: Things) -> Report:
    debt, by = _owed(things), things.world.officer
    there = debt.reports.exclude(state="returned").first()
    report = there or reporting.report(debt, reported.progress(), by=by, files=[("عکس.png", reported.PICTURE)])
    return Report.objects.select_related("obligation__meeting").get(pk=report.pk)


def _confirmed(things: Things) -> Report:
    report = _reported(things)
    return reporting.confirm(report, by=things.world.head) if report.state == "reported" else report


def _scanned_step(things: Things) -> ReportStep:
    return reporting.endorse(_confirmed(things), _SIGNED, by=things.world.outsider).steps.get(kind="endorsed")


def _endorsed(things: Things) -> Report:
    report = _confirmed(things)
    return reporting.endorse(report, by=things.world.outsider) if report.state == "confirmed" else report


def _verified(things: Things) -> Report:
    return reporting.verify(_endorsed(things), Found(40), by=things.world.secretary)


def _obstacle(things: Things, found: Hindrance = _HINDRANCE) -> Obstacle:
    return reporting.raise_obstacle(_owed(things), found, by=things.world.officer)


def _in_letters(things: Things) -> Meeting:
    """The meeting, with a letter to each debtor."""
    communicate(things.meeting, by=things.world.secretary)
    return things.meeting


def _form(things: Things) -> Returned:
    """A courier form of the debt that was communicated; a row for another secretariat is refused within it."""
    table = Table("", (Row(1, (*GIVEN, *ASKED)), Row(2, (key_of(_told(things).extracts.get()),))))
    return Returned("برگه", [table])


def _report_form(things: Things) -> Returned:
    """A report form of a debt of `officer`'s agency; a row for another secretariat is refused within it."""
    table = Table("", (Row(1, (*REPORT.given, *REPORT.asked)), Row(2, (report_key_of(_owed(things)),))))
    return Returned("برگه", [table])


def _table(_things: Things) -> Returned:
    """A row for NIPA of a debt that nobody knows; whose rows may be recorded is tested with the exchange."""
    heads = [column.title for column in profiles()[0]["nipa"].columns if column.value in NEEDED]
    return Returned("نیپا", [Table("", (Row(1, tuple(heads)), Row(2, ("x", 1398, "بهار"))))])


def _answered(things: Things, by: Acting) -> None:
    sheets.say_who("دامپزشکی", [], body=things.world.bodies["hq"], by=things.world.secretary)
    sheets.take_answer_back("دامپزشکی", body=things.world.bodies["hq"], by=by)


def _finished(things: Things) -> Meeting:
    return finish_meeting(_ended(things), by=things.world.secretary)


def _planned(world: Personas) -> Meeting:
    meeting = meetings.plan_meeting(
        PLAN, by=world.secretary, kept_by=world.bodies["hq"], bodies=[(world.bodies["hq"], 50)]
    )
    item = meetings.add_item(meeting, by=world.secretary, text="گزارش")
    meetings.attach_file(meeting, b"1", by=world.secretary, name="a.pdf", item=item)
    meetings.invite_party(meeting, world.parties["roads"], by=world.secretary)
    return meeting


def _sheet(world: Personas, number: int) -> Sheet:
    """An old register on its way in, read in this process."""
    data = register(row(number=number, lead="دامپزشکی"))
    return sheets.bring_sheet(
        data, name="دفتر.xlsx", body=world.bodies["hq"], by=world.secretary, tables=read_tables(data)
    )


def _sleeping(world: Personas) -> Obligation:
    """A debt that came from an old register."""
    sheet = _sheet(world, 22)
    apply_sheet(sheet, by=world.secretary, mark=_mark(sheet))
    return Obligation.objects.get(sheet_row__sheet=sheet)


def _mark(sheet: Sheet) -> str:
    plan = preview(sheet, by=Acting.host_operator())
    assert plan is not None
    return plan.mark


def _received(t: Things) -> Recipient:
    row = Receipt(t.sent.recipients.get(), date(2019, 10, 12))
    return communicating.record_receipts([row], by=t.world.secretary)[0]


def _written(t: Things) -> Letter:
    """A letter of the headquarters to an agency, that waits for its number."""
    words = Words("یادآوری گزارش", "گزارش را بفرستید.")
    to = [Addressee(t.world.parties["agriculture"])]
    return write_letter(words, by=t.world.secretary, body=t.world.bodies["hq"], kind=LetterKind.REMINDER, to=to)


def _manuscript(things: Things) -> Manuscript:
    """The minutes of `held`, begun."""
    begun = Manuscript.objects.filter(meeting=things.held).first()
    return begun or manuscripts.open_manuscript(things.held, by=things.world.secretary)


_OF_MEMBER = {"officer": "agriculture", "head": "agriculture", "governor": "governor-office"}
"""For whom these speak, by their function; the secretariat for anybody."""


def _spoken_for(by: Acting) -> Party:
    return Party.objects.get(code=_OF_MEMBER.get(by.function or "", "housing"))


def _round(things: Things) -> Manuscript:
    """The minutes of `held`, with the members."""
    return meetings.circulate(_manuscript(things), until=DAY, by=things.world.operator)


def _suggestion(things: Things) -> Suggestion:
    return meetings.suggest(_round(things), by=things.world.head, revision=1, reason="نکته")


def _dissent(things: Things) -> Dissent:
    return meetings.record_dissent(_round(things).meeting, by=things.world.head, text="مخالفم")


def _override(manuscript: Manuscript, by: Acting) -> None:
    """Let pass an error that the text does not have: refused before that is looked at, or after."""
    try:
        meetings.override_finding(manuscript, by=by, rule="attendance.both", words="-", reason="چنین بود")
    except Conflict:
        return


def _sealed(things: Things, by: Acting) -> MinutesVersion:
    """Session 45, written here and sealed."""
    written = drafts.manuscript(things.world, drafts.TEXT.replace("۱۱\t", "۴۵\t"), number=45)
    return seal_minutes(written, revision=drafts.newest(written), by=by)


def _version(things: Things) -> MinutesVersion:
    return things.meeting.versions.get()


def _signature(things: Things) -> Signature:
    return meetings.record_signatures(
        _version(things), [(None, "کسی")], day=builders.SESSION_11, by=things.world.operator
    )[0]


def _scan(things: Things) -> SignedScan:
    return meetings.attach_scan(_version(things), scanned("-"), name="a.png", by=things.world.operator)


def _stamp(things: Things) -> str:
    version = _sealed(things, things.world.operator)
    return Stamp.of(version.meeting.code, version.number, version.sha256).address("http://dabir")


def _sort(stamp: str, by: Acting) -> None:
    try:
        meetings.sort_scan(scanned(stamp), name="a.png", by=by)
    except Invalid:
        assert not by.operator and by.party_id not in (None, _party("planning").pk)


def scanned(says: str) -> bytes:
    """A picture with a QR code."""
    held = BytesIO()
    segno.make(says).save(held, kind="png", scale=4)
    return held.getvalue()


def _clashing(things: Things) -> Revision:
    """A text that changes what another one has changed too; that one is revision 2."""
    written, by = _manuscript(things), things.world.secretary
    manuscripts.save_text(written, "نخست", base=1, by=by)
    return manuscripts.save_text(written, "دوم", base=1, by=by).sent


def _sent(t: Things) -> Letter:
    """The same, with its number."""
    row = Numbered(_written(t), "۱۴", date(2019, 10, 12))
    return communicating.number_letters([row], by=t.world.secretary, way=Way.HAND)[0]


def _composed(t: Things) -> Written:
    return Written("نامه", "متن", [Addressee(t.world.parties["agriculture"])], files=[("پیوست.txt", b"1")])


def _compose(t: Things, by: Acting) -> Letter:
    return letters.compose_letter(_composed(t), by=by, body=t.world.bodies["hq"])


def _edit(letter: Letter, by: Acting) -> Letter:
    to = [Addressee(row.party) for row in letter.recipients.all()]
    return letters.edit_letter(letter, Written("نامه", "متن", to), by=by, mark=mark_of(letter))


def _register(t: Things, by: Acting) -> Letter:
    came = Came("پاسخ", "بنیاد مسکن", date(2019, 10, 12), number=f"۹{Letter.objects.count()}", scan=b"%PDF")
    return letters.register_letter(came, by=by, body=t.world.bodies["hq"])


def _scanned(t: Things) -> Recipient:
    """A receipt with its scan."""
    row = Receipt(t.sent.recipients.get(), date(2019, 10, 12), scan=b"%PDF")
    return communicating.record_receipts([row], by=t.world.secretary)[0]


Act = Callable[[Things, Acting], Any]
TEXT = "صورتجلسه ستاد\nشماره جلسه: ۲۰\nتاریخ: ۱۳۹۸/۰۷/۱۵\nمصوبات:\n۱- مقرر شد جهاد کشاورزی گزارش دهد."


def _asked(t: Things) -> Extension:
    """A longer time for the consultants' debt, asked for."""
    there = t.released.extension_requests.first()
    return there or _asks(t, t.world.secretary)


def _asks(t: Things, by: Acting) -> Extension:
    return extending.ask_extension(
        t.released, by=by, wanted=date(2019, 11, 10), reason="برف", number="۱۲", dated=date(2019, 10, 11)
    )


def _happened(t: Things, by: Acting) -> Occurrence:
    """The event that the debts of the fifth resolution wait for (seed ج/۵)."""
    waiting_for_it = Obligation.objects.filter(meeting=t.meeting, resolution__number="۵")
    if there := Occurrence.objects.filter(started__in=waiting_for_it).first():
        return there
    return events.record_event(
        t.world.bodies["hq"], by=by, words="تأیید نهایی سند", day=DAY_OF_ORDER, debts=waiting_for_it, told_by="نامه ۹"
    )


def _with_second_factor(t: Things, persona: str) -> User:
    user = t.world.users[persona]
    TOTP.activate(user, generate_totp_secret())
    return user


def _leave(t: Things) -> ContentAccess:
    return ContentAccess.objects.first() or directory.open_content(by=t.world.admin, reason="خطای نمایش")


def _note_read(t: Things, by: Acting) -> None:
    _leave(t)
    directory.note_read(by=by, address="/m/zanjan-hq-1398-11/")


def _close_content(t: Things, by: Acting) -> None:
    directory.open_content(by=t.world.admin, reason="خطای نمایش")
    directory.close_content(by=by)


VERBS: dict[str, tuple[set[str], Act]] = {
    "obligations.ask_extension": (
        SECRETARIAT | {"consultant"},
        _asks,
    ),
    "obligations.withdraw_extension": (
        SECRETARIAT | {"consultant"},
        lambda t, by: extending.withdraw_extension(_asked(t), by=by),
    ),
    "obligations.grant_extension": (SECRETARY, lambda t, by: extending.grant_extension(_asked(t), by=by)),
    "obligations.refuse_extension": (
        SECRETARY,
        lambda t, by: extending.refuse_extension(_asked(t), by=by, answer="کار مانده است"),
    ),
    "obligations.record_event": (SECRETARIAT, _happened),
    "obligations.take_event_back": (
        SECRETARY,
        lambda t, by: events.take_event_back(_happened(t, t.world.secretary), by=by),
    ),
    "obligations.set_rhythm": (SECRETARY, lambda t, by: recurring.set_rhythm(t.unreleased, by=by, unit="session")),
    "obligations.make_due_instances": ({"operator"}, lambda t, by: recurring.make_due_instances(by=by)),
    "obligations.add_wait": (SECRETARY, lambda t, by: waiting.add_wait(t.gap, by=by, waits_for=t.released)),
    "obligations.remove_wait": (
        SECRETARY,
        lambda t, by: waiting.remove_wait(
            waiting.add_wait(t.gap, by=t.world.secretary, waits_for=t.released).obligation, by=by, waits_for=t.released
        ),
    ),
    "directory.set_deputy": (
        SECRETARY | {"admin"},
        lambda t, by: directory.set_deputy(by=by, body=t.world.bodies["hq"], post=None),
    ),
    "directory.set_follow_up": (
        SECRETARY | {"admin"},
        lambda t, by: directory.set_follow_up(
            by=by, body=t.world.bodies["hq"], extensions_by_secretary=2, report_months=1, headquarters=True
        ),
    ),
    "cycle.accept_reading": (SECRETARY, lambda t, by: accept_reading(t.draft, by=by, version=t.draft.version)),
    "cycle.merge_parties": (KEEPERS, lambda t, by: merge_parties(_party("roads"), by=by, into=_party("housing"))),
    "cycle.preview_merge": (KEEPERS, lambda t, by: preview_merge(_party("roads"), by=by, into=_party("housing"))),
    "cycle.unmerge_party": (KEEPERS, lambda t, by: unmerge_party(_merged(t), by=by)),
    "cycle.invite": (
        SECRETARY | {"admin"},
        lambda t, by: inviting.invite(
            [Guest(t.world.parties["agriculture"], "09121110003", post=_liaison(t))], by=by, body=t.world.bodies["hq"]
        ),
    ),
    "cycle.reissue_invitations": (
        SECRETARY | {"admin"},
        lambda t, by: inviting.reissue_invitations([t.invitation], by=by),
    ),
    "cycle.revoke_invitation": (SECRETARY | {"admin"}, lambda t, by: inviting.revoke_invitation(t.invitation, by=by)),
    "cycle.print_letters": (
        SECRETARY | {"admin"},
        lambda t, by: inviting.print_letters({t.invited.letter.pk: t.invited.code}, by=by, address="http://dabir/join"),
    ),
    "cycle.number_letters": (
        SECRETARIAT,
        lambda t, by: communicating.number_letters(
            [Numbered(_fresh(t.invited.letter), "۱۳", date(2019, 10, 12))], by=by, way=Way.HAND
        ),
    ),
    "cycle.take_numbers_back": (
        SECRETARIAT,
        lambda t, by: communicating.take_numbers_back([_fresh(t.sent)], by=by, reason="شماره نامه دیگری بود"),
    ),
    "cycle.record_receipts": (
        SECRETARIAT,
        lambda t, by: communicating.record_receipts([Receipt(t.sent.recipients.get(), date(2019, 10, 12))], by=by),
    ),
    "cycle.take_receipt_back": (
        SECRETARIAT,
        lambda t, by: communicating.take_receipt_back(_received(t), by=by, reason="رسید نامه دیگری بود"),
    ),
    "cycle.withdraw_letters": (
        SECRETARIAT,
        lambda t, by: communicating.withdraw_letters([_written(t)], by=by, reason="تکراری"),
    ),
    "cycle.preview": (SECRETARIAT, lambda t, by: preview(t.sheet, by=by)),
    "cycle.apply_sheet": (SECRETARY, lambda t, by: apply_sheet(_fresh(t.sheet), by=by, mark=_mark(t.sheet))),
    "cycle.import_register": (
        SECRETARY,
        lambda t, by: import_register(
            register(row(number=23)), name="x.xlsx", body=t.world.bodies["hq"], by=by, dry_run=True
        ),
    ),
    "cycle.add_to_next_minutes": (
        SECRETARIAT,
        lambda t, by: add_to_next_minutes([t.released], Decided(DebtAct.CLOSE), by=by, meeting=t.planned),
    ),
    "cycle.close_all_proposed": (
        SECRETARIAT,
        lambda t, by: close_all_proposed(t.world.bodies["hq"], by=by, meeting=t.planned),
    ),
    "cycle.agenda_of": (READERS, lambda t, by: agenda_of(t.world.bodies["hq"], by=by)),
    "cycle.evaluation_of": (
        READERS,
        lambda t, by: evaluation_of(t.world.bodies["hq"], by=by, starts=DAY_OF_ORDER, ends=DAY),
    ),
    "cycle.put_on_agenda": (
        SECRETARIAT,
        lambda t, by: put_on_agenda(t.world.bodies["hq"], [t.gap.code], by=by, meeting=t.planned),
    ),
    "cycle.decide_by_resolution": (
        SECRETARY,
        lambda t, by: decide_by_resolution(t.released, Decided(DebtAct.CLOSE), t.meeting.resolutions.all()[0], by=by),
    ),
    "cycle.handover_of": (HEIRS | {"operator"}, lambda t, by: handover_of(_head(), by=by)),
    "cycle.communicate": (SECRETARY, lambda t, by: communicate(t.meeting, by=by)),
    "cycle.communicate_order": (SECRETARY, lambda t, by: communicate_order(_owed_order(t), by=by)),
    "cycle.preview_forms": (FORMS, lambda t, by: preview_forms([_form(t)], by=by)),
    "cycle.record_forms": (FORMS, lambda t, by: record_forms([_form(t)], by=by)),
    "cycle.report_forms": (FORMS, lambda t, by: report_forms(_owed(t).body, by=by, everyone=True)),
    "cycle.preview_report_forms": (FORMS, lambda t, by: preview_report_forms([_report_form(t)], by=by)),
    "cycle.record_report_forms": (FORMS, lambda t, by: record_report_forms([_report_form(t)], by=by)),
    "cycle.finish_meeting": (SECRETARY, lambda t, by: finish_meeting(_ended(t), by=by)),
    "cycle.reopen_meeting": (SECRETARY, lambda t, by: reopen_meeting(_finished(t), by=by, reason="اشتباه")),
    "sheets.bring_sheet": (
        SECRETARIAT,
        lambda t, by: sheets.bring_sheet(
            register(row(number=24)), name="x.xlsx", body=t.world.bodies["hq"], by=by, tables=_tables()
        ),
    ),
    "reporting.plan_path": (SECRETARY, lambda t, by: reporting.plan_path(_owed(t), [(DAY, 100)], by=by)),
    "reporting.set_reporting": (
        SECRETARY,
        lambda t, by: reporting.set_reporting(_owed(t), by=by, months=6, demands_evidence=True),
    ),
    "reporting.set_endorsers": (SECRETARY, lambda t, by: reporting.set_endorsers(_owed(t), by=by, parties=[])),
    "reporting.report": (
        DEBTORS,
        lambda t, by: reporting.report(_owed(t), reported.progress(said_by="رابط"), by=by),
    ),
    "reporting.confirm": (DEBTORS, lambda t, by: reporting.confirm(_reported(t), _SIGNED, by=by)),
    "reporting.endorse": (
        SECRETARIAT | {"outsider"},
        lambda t, by: reporting.endorse(_confirmed(t), _SIGNED, by=by),
    ),
    "reporting.verify": (SECRETARY, lambda t, by: reporting.verify(_endorsed(t), Found(40), by=by)),
    "reporting.return_report": (
        SECRETARY | {"outsider"},
        lambda t, by: reporting.return_report(_confirmed(t), "ناقص", by=by),
    ),
    "reporting.raise_obstacle": (DEBTORS, lambda t, by: reporting.raise_obstacle(_owed(t), _HINDRANCE, by=by)),
    "reporting.follow_obstacle": (
        DEBTORS,
        lambda t, by: reporting.follow_obstacle(
            _obstacle(t, _OF_THE_CAPITAL), Word(number="۵", dated=DAY_OF_ORDER), by=by
        ),
    ),
    "reporting.end_obstacle": (DEBTORS, lambda t, by: reporting.end_obstacle(_obstacle(t), by=by, outcome="رسید")),
    "sheets.map_columns": (SECRETARIAT, lambda t, by: sheets.map_columns(_fresh(t.sheet), t.sheet.layout, by=by)),
    "sheets.say_who": (
        SECRETARY,
        lambda t, by: sheets.say_who("دامپزشکی", [t.world.parties["roads"]], body=t.world.bodies["hq"], by=by),
    ),
    "sheets.take_answer_back": (SECRETARY, _answered),
    "sheets.discard_sheet": (SECRETARIAT, lambda t, by: sheets.discard_sheet(_fresh(t.sheet), by=by)),
    "manuscripts.open_manuscript": (SECRETARIAT, lambda t, by: manuscripts.open_manuscript(t.held, by=by)),
    "manuscripts.save_text": (SECRETARIAT, lambda t, by: manuscripts.save_text(_manuscript(t), "متن", base=1, by=by)),
    "manuscripts.restore_revision": (SECRETARIAT, lambda t, by: manuscripts.restore_revision(_manuscript(t), 1, by=by)),
    "manuscripts.add_resolutions": (
        SECRETARIAT,
        lambda t, by: manuscripts.add_resolutions(_manuscript(t), ["گزارش تصویب شد."], by=by),
    ),
    "manuscripts.take_attendance": (SECRETARIAT, lambda t, by: manuscripts.take_attendance(_manuscript(t), by=by)),
    "manuscripts.settle_clash": (
        SECRETARIAT,
        lambda t, by: manuscripts.settle_clash(_manuscript(t), _clashing(t).number, against=2, chosen=["متن"], by=by),
    ),
    "obligations.wake": (SECRETARY, lambda t, by: obligations.wake([t.sleeping], by=by)),
    "obligations.let_sleep": (SECRETARY, lambda t, by: obligations.let_sleep([t.sleeping], by=by)),
    "directory.create_party": (
        NAMERS,
        lambda t, by: directory.create_party(by=by, kind="organization", code="new", name="تازه"),
    ),
    "directory.add_name": (
        NAMERS,
        lambda t, by: directory.add_name(by=by, party=t.world.parties["roads"], name="اداره راه"),
    ),
    "directory.rename_party": (
        KEEPERS,
        lambda t, by: directory.rename_party(
            by=by, party=t.world.parties["roads"], name="راه و مسکن", starts=builders.SESSION_11
        ),
    ),
    "directory.create_group": (KEEPERS, lambda t, by: directory.create_group(by=by, code="g", name="گروه")),
    "directory.add_member": (
        KEEPERS,
        lambda t, by: directory.add_member(by=by, group=_group(t), member=t.world.parties["roads"]),
    ),
    "directory.end_membership": (
        KEEPERS,
        lambda t, by: directory.end_membership(by=by, membership=_membership(t), ends=DAY),
    ),
    "directory.create_body": (KEEPERS, lambda t, by: directory.create_body(by=by, code="b", name="نهاد")),
    "directory.give_seat": (
        KEEPERS,
        lambda t, by: directory.give_seat(by=by, body=t.world.bodies["hq"], party=t.world.parties["roads"]),
    ),
    "directory.end_seat": (KEEPERS, lambda t, by: directory.end_seat(by=by, seat=_fresh(t.seat), ends=DAY)),
    "directory.create_post": (
        NAMERS,
        lambda t, by: directory.create_post(
            by=by, code="p", name="سمت", organization=t.world.parties["roads"], function="officer"
        ),
    ),
    "directory.create_person": (NAMERS, lambda t, by: directory.create_person(by=by, name="کسی")),
    "directory.appoint": (
        NAMERS,
        lambda t, by: directory.appoint(by=by, person=t.person, post=_head(), starts=DAY, kind="substitute"),
    ),
    "directory.end_tenure": (
        NAMERS,
        lambda t, by: directory.end_tenure(by=by, tenure=t.person.tenures.get(), ends=DAY),
    ),
    "directory.end_name": (
        NAMERS,
        lambda t, by: directory.end_name(
            by=by, name=t.world.parties["housing"].names.filter(kind="alias")[0], ends=DAY
        ),
    ),
    "directory.edit_party": (
        KEEPERS,
        lambda t, by: directory.edit_party(by=by, party=t.world.parties["roads"], parent=None, place=None),
    ),
    "directory.end_party": (KEEPERS, lambda t, by: directory.end_party(by=by, party=_party("roads"), ends=DAY)),
    "directory.set_function": (
        KEEPERS,
        lambda t, by: directory.set_function(by=by, post=_post(t), function="governor"),
    ),
    "directory.rename_person": (
        NAMERS,
        lambda t, by: directory.rename_person(by=by, person=t.person, name="نام تازه"),
    ),
    "directory.let_sign_in": (
        NAMERS,
        lambda t, by: directory.let_sign_in(by=by, person=_somebody(t), username="somebody"),
    ),
    "directory.set_mobile": (
        NAMERS,
        lambda t, by: directory.set_mobile(by=by, person=_fresh(t.person), mobile="09121112233"),
    ),
    "directory.set_active": (
        NAMERS,
        lambda t, by: directory.set_active(by=by, person=_fresh(t.person), active=False),
    ),
    "directory.add_place": (KEEPERS, lambda t, by: directory.add_place(by=by, name="استان", parent=None, starts=DAY)),
    "directory.change_place": (
        KEEPERS,
        lambda t, by: directory.change_place(by=by, place=_place(t), name="نام تازه", starts=DAY),
    ),
    "directory.end_place": (KEEPERS, lambda t, by: directory.end_place(by=by, place=_place(t), ends=DAY)),
    "directory.issue_link": (NAMERS, lambda t, by: directory.issue_link(by=by, user=t.world.users["officer"])),
    "directory.end_sessions": (
        NAMERS | {"officer"},  # their own
        lambda t, by: directory.end_sessions(by=by, user=t.world.users["officer"]),
    ),
    "directory.forget_second_factor": (
        NAMERS,
        lambda t, by: directory.forget_second_factor(
            by=by, user=_with_second_factor(t, "officer"), reason="گوشی گم شد"
        ),
    ),
    "directory.note_read": ({"admin"}, _note_read),
    "directory.open_content": ({"admin"}, lambda t, by: directory.open_content(by=by, reason="خطای نمایش", hours=1)),
    "directory.close_content": ({"admin"}, _close_content),
    "directory.load_divisions": (KEEPERS, lambda t, by: directory.load_divisions(by=by)),
    "foundation.back_up": (KEEPERS, lambda t, by: house.back_up(shelf.new_path(None, None, sealed=False), by=by)),
    "foundation.ask_for_backup": (KEEPERS, lambda t, by: house.ask_for_backup(by=by)),
    "foundation.look_at_backups": (KEEPERS, lambda t, by: house.look_at_backups(by=by)),
    "foundation.set_digests": (
        {"operator", "officer"},
        lambda t, by: house.set_digests(t.world.users["officer"], by=by, email="a@b.ir", digests=""),
    ),
    "foundation.send_test_message": ({"operator", "officer"}, lambda t, by: _try_message(by, t)),
    "foundation.look_at_jobs": (KEEPERS, lambda t, by: house.look_at_jobs(by=by)),
    "foundation.retry_job": (KEEPERS, lambda t, by: house.retry_job("chore", _failed_chore().pk, by=by)),
    "foundation.cancel_job": (KEEPERS, lambda t, by: house.cancel_job("chore", _waiting_chore().pk, by=by)),
    "cycle.set_ladder": (SECRETARY, lambda t, by: set_ladder(t.world.bodies["hq"], OURS[1:], by=by)),
    "cycle.restore_ladder": (SECRETARY, lambda t, by: restore_ladder(t.world.bodies["hq"], by=by)),
    "cycle.write_reminders": (SECRETARIAT, lambda t, by: _remind(by, t)),
    "cycle.look": ({"operator"}, lambda t, by: look(by=by)),
    "cycle.tell_news": ({"operator"}, lambda t, by: tell_news(by=by)),
    "cycle.mark_read": (set(PERSONAS) - {"stranger"}, lambda t, by: mark_read([], by=by)),
    "cycle.preview_exchange": (
        set(PERSONAS) - {"stranger"},
        lambda t, by: preview_exchange([_table(t)], profiles()[0]["nipa"], by=by),
    ),
    "cycle.record_exchange": (
        set(PERSONAS) - {"stranger"},
        lambda t, by: record_exchange([_table(t)], profiles()[0]["nipa"], by=by),
    ),
    "cycle.mark_all_read": (set(PERSONAS) - {"stranger"}, lambda t, by: mark_all_read(by=by)),
    "directory.make_feed": (
        set(PERSONAS) - {"stranger", "operator"},  # the host's operator has no post
        lambda t, by: directory.make_feed(by=by, of=t.world.parties["roads"]),
    ),
    "directory.renew_feed": (SECRETARY, lambda t, by: directory.renew_feed(_fresh(t.feed), by=by)),
    "directory.end_feed": (SECRETARY, lambda t, by: directory.end_feed(_fresh(t.feed), by=by)),
    "directory.announce_calendar": (
        KEEPERS | {"secretary", "other_secretary"},
        lambda t, by: directory.announce_calendar(by=by, entries=_of_days(builders.province(t.world), DAY)),
    ),
    "directory.withdraw_calendar": (
        KEEPERS | {"secretary", "other_secretary"},
        lambda t, by: directory.withdraw_calendar(by=by, entry=_announced(t.world)),
    ),
    "foundation.audit": ({"operator", "auditor", "admin"}, lambda t, by: house.audit(by=by)),
    "letters.mark_printed": (SECRETARIAT, lambda t, by: letters.mark_printed([_written(t)], by=by)),
    "letters.set_letterhead": (
        SECRETARY | {"admin"},
        lambda t, by: letters.set_letterhead(by=by, body=t.world.bodies["hq"], values={"footer": "نشانی"}),
    ),
    "letters.compose_letter": (SECRETARIAT, _compose),
    "letters.edit_letter": (SECRETARIAT, lambda t, by: _edit(_written(t), by)),
    "letters.register_letter": (SECRETARIAT, _register),
    "letters.set_way": (SECRETARIAT, lambda t, by: letters.set_way(t.sent, by=by, way=Way.HAND)),
    "letters.set_wording": (
        SECRETARY | {"admin"},
        lambda t, by: letters.set_wording(
            by=by, body=t.world.bodies["hq"], kind=LetterKind.COVERING, subject="دعوت", text="بفرمایید"
        ),
    ),
    "meetings.bring_paper": (
        SECRETARIAT,
        lambda t, by: meetings.bring_paper(TEXT.encode(), name="a.txt", body=t.world.bodies["hq"], by=by),
    ),
    "meetings.cancel_reading": (SECRETARIAT, lambda t, by: meetings.cancel_reading(t.reading, by=by)),
    "meetings.forget_reading": (SECRETARIAT, lambda t, by: meetings.forget_reading(t.reading, by=by)),
    "meetings.open_draft": (
        SECRETARIAT,
        lambda t, by: meetings.open_draft(TEXT.encode(), name="a.txt", body=t.world.bodies["hq"], by=by),
    ),
    "meetings.open_classified_draft": (
        SECRETARY,
        lambda t, by: meetings.open_draft(
            TEXT.encode(), name="a.txt", body=t.world.bodies["hq"], by=by, secrecy=SecrecyClass.SECRET
        ),
    ),
    "meetings.correct_draft": (
        SECRETARIAT,
        lambda t, by: meetings.correct_draft(
            t.draft, {"op": "set_venue", "venue": "تالار"}, version=t.draft.version, by=by
        ),
    ),
    "meetings.undo_correction": (
        SECRETARIAT,
        lambda t, by: meetings.undo_correction(t.draft, version=t.draft.version, by=by),
    ),
    "meetings.discard_draft": (SECRETARIAT, lambda t, by: meetings.discard_draft(t.draft, by=by)),
    "meetings.restore_draft": (SECRETARIAT, lambda t, by: meetings.restore_draft(t.discarded, by=by)),
    "meetings.set_secrecy": (SECRETARY, lambda t, by: meetings.set_secrecy(t.draft, SecrecyClass.SECRET, by=by)),
    "cycle.classify_meeting": (
        SECRETARY,
        lambda t, by: classify_meeting(_fresh(t.meeting), SecrecyClass.SECRET, by=by),
    ),
    "meetings.classify_statement": (
        SECRETARY,
        lambda t, by: meetings.classify_statement(_fresh(t.meeting.statements.all()[0]), SecrecyClass.SECRET, by=by),
    ),
    "meetings.issue_document": (
        READERS,
        lambda t, by: meetings.issue_document(t.meeting.versions.get(), Form.JSON, base="", by=by),
    ),
    "meetings.issue_public_document": (
        CALLED,
        lambda t, by: meetings.issue_document(
            t.meeting.versions.get(), Form.JSON, audience=Audience.PUBLIC, base="", by=by
        ),
    ),
    "meetings.classify_dissent": (
        SECRETARY,
        lambda t, by: meetings.classify_dissent(_dissent(t), SecrecyClass.SECRET, by=by),
    ),
    **{
        f"meetings.{verb}": row
        for verb, row in {
            "circulate": (SECRETARY, lambda t, by: meetings.circulate(_manuscript(t), until=DAY, by=by)),
            "take_back": (SECRETARY, lambda t, by: meetings.take_back(_round(t), by=by)),
            "suggest": (
                SECRETARIAT | {"officer", "head", "governor"},
                lambda t, by: meetings.suggest(
                    _round(t),
                    by=by,
                    revision=1,
                    party=_party(_OF_MEMBER.get(by.function or "", "housing")),
                    reason="نکته",
                ),
            ),
            "suggest_for_another": (
                SECRETARIAT,
                lambda t, by: meetings.suggest(
                    _manuscript(t), by=by, revision=1, party=_party("housing"), said_by="تلفنی", reason="نکته"
                ),
            ),
            "accept_suggestion": (
                SECRETARY,
                lambda t, by: meetings.accept_suggestion(_suggestion(t), by=by, placed=True),
            ),
            "refuse_suggestion": (
                SECRETARY,
                lambda t, by: meetings.refuse_suggestion(_suggestion(t), by=by, answer="نه"),
            ),
            "withdraw_suggestion": (
                SECRETARIAT | {"officer", "head"},
                lambda t, by: meetings.withdraw_suggestion(_suggestion(t), by=by),
            ),
            "record_dissent": (
                SECRETARY | {"officer", "head", "governor"},
                lambda t, by: meetings.record_dissent(_round(t).meeting, by=by, party=_spoken_for(by), text="مخالفم"),
            ),
            "remove_dissent": (
                SECRETARY | {"officer", "head"},
                lambda t, by: meetings.remove_dissent(_dissent(t), by=by),
            ),
            "override_finding": (SECRETARY, lambda t, by: _override(_manuscript(t), by)),
            "lift_override": (
                SECRETARY,
                lambda t, by: meetings.lift_override(_manuscript(t), by=by, rule="attendance.both", words="-"),
            ),
            "record_signatures": (
                SECRETARY,
                lambda t, by: meetings.record_signatures(_version(t), [(None, "کسی")], day=builders.SESSION_11, by=by),
            ),
            "remove_signature": (SECRETARY, lambda t, by: meetings.remove_signature(_signature(t), by=by)),
            "attach_scan": (
                SECRETARIAT,
                lambda t, by: meetings.attach_scan(_version(t), scanned("-"), name="a.png", by=by),
            ),
            "remove_scan": (SECRETARY, lambda t, by: meetings.remove_scan(_scan(t), by=by)),
        }.items()
    },
    "meetings.sort_scan": (
        SECRETARIAT | {"county", "other_secretary"},  # who keep no minutes with this code: they are told so
        lambda t, by: _sort(_stamp(t), by),
    ),
    "cycle.preview_sealing": (SECRETARIAT, lambda t, by: preview_sealing(_manuscript(t), by=by)),
    "cycle.seal_minutes": (SECRETARY, _sealed),
    "cycle.issue_erratum": (
        SECRETARY,
        lambda t, by: issue_erratum(
            (sealed := _sealed(t, t.world.operator).meeting),
            old="متن گزارش",
            new="گزارش",
            decided_by=sealed.resolutions.all()[0],
            by=by,
        ),
    ),
    "meetings.name_reader": (
        SECRETARY,
        lambda t, by: meetings.name_reader(t.secret, _post(t), by=by),
    ),
    "meetings.remove_reader": (
        SECRETARY,
        lambda t, by: meetings.remove_reader(t.secret, _reader(t), by=by),
    ),
    "cycle.call_meeting": (SECRETARY, lambda t, by: calling.call_meeting(_fresh(t.planned), by=by)),
    "cycle.move_meeting": (SECRETARY, lambda t, by: calling.move_meeting(_fresh(t.planned), Plan(DAY), by=by)),
    "cycle.call_off": (SECRETARY, lambda t, by: calling.call_off(_fresh(t.planned), by=by, reason="سفر")),
    "directory.set_quorum": (
        SECRETARY | {"admin"},
        lambda t, by: directory.set_quorum(by=by, body=t.world.bodies["hq"], rule="majority"),
    ),
    "meetings.hold_meeting": (
        SECRETARIAT,
        lambda t, by: meetings.hold_meeting(_today(t), by=by, starts_at=time(10)),
    ),
    "meetings.take_holding_back": (SECRETARIAT, lambda t, by: meetings.take_holding_back(_held(t), by=by)),
    "meetings.set_hours": (
        SECRETARIAT,
        lambda t, by: meetings.set_hours(_held(t), by=by, starts_at=time(10), ends_at=time(12)),
    ),
    "meetings.mark_attendance": (
        SECRETARIAT,
        lambda t, by: meetings.mark_attendance(_held(t), {_came(t).pk: Mark(Standing.ABSENT)}, by=by),
    ),
    "meetings.add_attendee": (SECRETARIAT, lambda t, by: meetings.add_attendee(_held(t), "کسی", by=by)),
    "meetings.drop_attendee": (SECRETARIAT, lambda t, by: meetings.drop_attendee(_came(t), by=by)),
    "meetings.plan_meeting": (
        SECRETARIAT,
        lambda t, by: meetings.plan_meeting(PLAN, by=by, kept_by=t.world.bodies["hq"]),
    ),
    "meetings.change_meeting": (
        SECRETARIAT,
        lambda t, by: meetings.change_meeting(_fresh(t.planned), Plan(DAY), by=by),
    ),
    "meetings.cancel_meeting": (
        SECRETARY,
        lambda t, by: meetings.cancel_meeting(_fresh(t.planned), by=by, reason="سفر"),
    ),
    "meetings.revive_meeting": (SECRETARY, lambda t, by: meetings.revive_meeting(_cancelled(t), by=by)),
    "meetings.invite_party": (
        SECRETARIAT,
        lambda t, by: meetings.invite_party(_fresh(t.planned), t.world.parties["county-office"], by=by),
    ),
    "meetings.uninvite_party": (
        SECRETARIAT,
        lambda t, by: meetings.uninvite_party(t.planned.attendance.get(), by=by),
    ),
    "meetings.add_item": (SECRETARIAT, lambda t, by: meetings.add_item(_fresh(t.planned), by=by, text="اعتبار")),
    "meetings.edit_item": (SECRETARIAT, lambda t, by: meetings.edit_item(_item(t), by=by, text="اعتبار")),
    "meetings.move_item": (SECRETARIAT, lambda t, by: meetings.move_item(_item(t), by=by, up=True)),
    "meetings.remove_item": (SECRETARIAT, lambda t, by: meetings.remove_item(_item(t), by=by)),
    "meetings.attach_file": (
        SECRETARIAT,
        lambda t, by: meetings.attach_file(_fresh(t.planned), b"2", by=by, name="b.pdf"),
    ),
    "meetings.detach_file": (SECRETARIAT, lambda t, by: meetings.detach_file(_attached(t), by=by)),
    "obligations.settle": (
        SECRETARIAT,
        lambda t, by: obligations.settle(t.gap, by=by, lead=t.world.parties["county-office"]),
    ),
    "cycle.settle": (
        SECRETARIAT,
        lambda t, by: recording.settle(t.gap, by=by, lead=t.world.parties["county-office"]),
    ),
    "obligations.acknowledge": (
        {"operator", "consultant"},
        lambda t, by: obligations.acknowledge(_told(t), by=by, answer=Answer.of("acknowledged")),
    ),
    "obligations.acknowledge_all": (
        {"operator", "consultant"},
        lambda t, by: obligations.acknowledge_all([_told(t)], by=by),
    ),
    "obligations.set_gap_reason": (
        SECRETARIAT,
        lambda t, by: obligations.set_gap_reason(t.gap, by=by, reason="نامعلوم"),
    ),
    "obligations.set_due": (SECRETARIAT, lambda t, by: obligations.set_due(t.unreleased, by=by, day=DAY)),
    "obligations.release": (SECRETARY, lambda t, by: obligations.release([t.unreleased], by=by)),
    "obligations.withdraw": (SECRETARY, lambda t, by: obligations.withdraw([t.released], by=by)),
    "obligations.cancel": (SECRETARY, lambda t, by: obligations.cancel(t.gap, by=by, reason="تکراری")),
    "obligations.record_order": (
        SECRETARY,
        lambda t, by: obligations.record_order(
            by=by, body=t.world.bodies["hq"], way=OrderWay.NOTE, day=date(2019, 10, 11), text="دستور"
        ),
    ),
    "obligations.save_view": (
        set(PERSONAS) - {"stranger", "operator"},  # the host's operator has no sign-in to keep views for
        lambda t, by: obligations.save_view("دیرکردها", Listing(), by=by),
    ),
    "obligations.share_view": (
        {"secretary", "staff"},
        lambda t, by: obligations.save_view("همه", Listing(), by=by, shared_with=t.world.bodies["hq"]),
    ),
    "obligations.rename_view": (SECRETARY, lambda t, by: obligations.rename_view(t.view, by=by, name="دیگر")),
    "obligations.delete_view": (SECRETARY, lambda t, by: obligations.delete_view(_fresh(t.view), by=by)),
    "obligations.open_with_view": (SECRETARY, lambda t, by: obligations.open_with_view(t.view, by=by)),
    "obligations.set_order_number": (
        SECRETARY,
        lambda t, by: obligations.set_order_number(_order(t), by=by, number="۱۲"),
    ),
    "cycle.record_resolution": (
        SECRETARY,
        lambda t, by: record_resolution(
            by=by, body=t.world.bodies["hq"], number=40, day=date(2019, 10, 1), text="گزارش تهیه شود"
        ),
    ),
    "cycle.promote_point": (
        SECRETARY,
        lambda t, by: promote_point(t.meeting.points.all()[0], by=by, duty=Duty("کار")),
    ),
}

HALVES = {
    "cycle.open_where_missing",
    "cycle.apply_acts",
    "cycle.tell",
    "cycle.tell_all",
}
"""What verbs of `cycle` share: it asks no permission of its own, and no door calls it."""

HIDING = {"cycle.print_letters"}
"""Verbs that do not tell those who may not whether the thing exists."""

SEES: dict[str, tuple[set[str], Callable[[Things, Acting], models.QuerySet[Any]]]] = {
    "old register": (SECRETARIAT, lambda t, by: sheets_visible_to(by).filter(pk=t.sheet.pk)),
    "debt of an old register": (
        READERS,  # unsettled: nobody owes it yet
        lambda t, by: obligations_queries.visible_to(by).filter(pk=t.sleeping.pk),
    ),
    "extension that was asked for": (
        READERS | {"consultant"},
        lambda t, by: extensions_visible_to(by).filter(pk=_asked(t).pk),
    ),
    "event that a clock waited for": (
        READERS,  # what it started is not released
        lambda t, by: occurrences_visible_to(by).filter(pk=_happened(t, t.world.operator).pk),
    ),
    "meeting": (READERS, lambda t, by: meetings_queries.meetings_visible_to(by).filter(pk=t.meeting.pk)),
    "classified meeting": (
        SECRETARY | {"governor"},  # its chair
        lambda t, by: meetings_queries.meetings_visible_to(by).filter(pk=t.secret.pk),
    ),
    "meeting with a named reader": (
        SECRETARY | {"governor", "head"},
        lambda t, by: meetings_queries.meetings_visible_to(by).filter(pk=t.reader.meeting_id),
    ),
    "its debts": (
        SECRETARY | {"governor", "head"},
        lambda t, by: obligations_queries.visible_to(by).filter(meeting=t.reader.meeting_id),
    ),
    "report": (
        FOLLOWERS,
        lambda t, by: reporting_queries.reports_visible_to(by).filter(pk=_confirmed(t).pk),
    ),
    "verified report": (
        FOLLOWERS | {"county"},  # whose secretariat receives what comes of it
        lambda t, by: reporting_queries.reports_visible_to(by).filter(pk=_verified(t).pk),
    ),
    "evidence": (
        FOLLOWERS,
        lambda t, by: reporting_queries.evidence_visible_to(by).filter(report=_confirmed(t).pk),
    ),
    "obstacle": (
        FOLLOWERS,
        lambda t, by: reporting_queries.obstacles_visible_to(by).filter(pk=_obstacle(t).pk),
    ),
    "classified debt": (
        SECRETARY | {"governor"},
        lambda t, by: obligations_queries.visible_to(by).filter(meeting=t.secret.pk),
    ),
    "classified resolution": (
        SECRETARY | {"governor"},
        lambda t, by: obligations_queries.resolutions_visible_to(by).filter(meeting=t.secret.pk),
    ),
    "minutes of a meeting": (CALLED, lambda t, by: meetings_queries.minutes_visible_to(by).filter(pk=t.meeting.pk)),
    "minutes of a classified meeting": (
        SECRETARY | {"governor"},
        lambda t, by: meetings_queries.minutes_visible_to(by).filter(pk=t.secret.pk),
    ),
    "meeting called to": (
        CALLED | {"outsider"},
        lambda t, by: calls_visible_to(by).filter(pk=_called(t).pk),
    ),
    "meeting called to by a letter without number": (
        READERS,
        lambda t, by: calls_visible_to(by).filter(pk=_call_written(t).pk),
    ),
    "planned meeting": (READERS, lambda t, by: calls_visible_to(by).filter(pk=t.planned.pk)),
    "minutes that went round": (
        READERS | {"officer", "head"},
        lambda t, by: manuscripts_visible_to(by).filter(pk=_round(t).pk),
    ),
    "correction of such minutes": (
        READERS | {"officer", "head"},  # theirs
        lambda t, by: suggestions_visible_to(by, _suggestion(t).manuscript),
    ),
    "draft": (READERS, lambda t, by: meetings_queries.drafts_visible_to(by).filter(pk=t.draft.pk)),
    "classified draft": (
        SECRETARY | {"governor"},
        lambda t, by: meetings_queries.drafts_visible_to(by).filter(pk=t.secret_draft.pk),
    ),
    "paper being read": (
        SECRETARIAT,
        lambda t, by: meetings_queries.readings_visible_to(by).filter(pk=t.reading.pk),
    ),
    "classified paper being read": (
        SECRETARY,
        lambda t, by: meetings_queries.readings_visible_to(by).filter(pk=t.secret_reading.pk),
    ),
    "released debt": (
        READERS | {"consultant"},
        lambda t, by: obligations_queries.visible_to(by).filter(pk=t.released.pk),
    ),
    "its resolution": (
        READERS | {"consultant"},
        lambda t, by: obligations_queries.resolutions_visible_to(by).filter(obligations=t.released),
    ),
    "unreleased debt": (READERS, lambda t, by: obligations_queries.visible_to(by).filter(pk=t.unreleased.pk)),
    "somebody's calendar address": ({"secretary"}, lambda t, by: feeds_visible_to(by).filter(pk=t.feed.pk)),
    "somebody's view of the register": (
        {"secretary"},
        lambda t, by: views_visible_to(by).filter(pk=t.view.pk),
    ),
    "unsettled debt": (READERS, lambda t, by: obligations_queries.visible_to(by).filter(pk=t.gap.pk)),
    "party": (
        set(PERSONAS) - {"stranger"},
        lambda t, by: directory_queries.parties_visible_to(by).filter(code="roads"),
    ),
    "place": (
        set(PERSONAS) - {"stranger"},
        lambda t, by: directory_queries.places_visible_to(by).filter(pk=_place(t).pk),
    ),
    "an administrator's leave to read": (
        TOLD_OF_LEAVE | {"operator"},
        lambda t, by: directory_queries.content_accesses_visible_to(by).filter(pk=_leave(t).pk),
    ),
    "person": (NAMERS, lambda t, by: directory_queries.people_visible_to(by).filter(pk=t.person.pk)),
    "invitation": (
        SECRETARY | {"admin"},
        lambda t, by: directory_queries.invitations_visible_to(by).filter(pk=t.invitation.pk),
    ),
    "letter without number": (
        READERS,
        lambda t, by: letters_queries.visible_to(by).filter(pk=t.invited.letter.pk),
    ),
    "numbered letter": (
        READERS | {"officer", "head"},
        lambda t, by: letters_queries.visible_to(by).filter(pk=t.sent.pk),
    ),
}


EVERYONE = set(PERSONAS) - {"stranger", "operator"}
"""With a post; the operator has no way through pages."""

WRITERS = {"secretary", "staff", "county", "other_secretary"}
INVITERS = {"secretary", "county", "other_secretary", "admin"}
"""Each for their own bodies."""

_NEW_PERSON = {"name": "کسی"}
_CLOSURE = {"kind": "closed", "day": "1398/08/20", "reason": "برف", "announced_by": "استانداری"}
_DRAFT = {"version": "1"}
_CORRECTION = {"version": "1", "op": "set_venue", "venue": "تالار", "key": "header"}

# name: (who may, method, the address's parts, the form)
Page = tuple[set[str], str, Callable[[Things], dict[str, Any]], Callable[[Things], dict[str, Any]]]


def _no(_things: Things) -> dict[str, Any]:
    return {}


RECORDERS = {"secretary", "county", "other_secretary"}
"""Each the secretary of some body, and so with orders to record."""


def _open_content(t: Things) -> dict[str, Any]:
    directory.open_content(by=t.world.admin, reason="خطای نمایش")
    return {}


PAGES: dict[str, Page] = {
    "deadline": (READERS - {"operator"} | {"consultant"}, "get", lambda t: {"code": t.released.code}, _no),
    "extension-ask": (
        SECRETARIAT - {"operator"} | {"consultant"},
        "post",
        lambda t: {"pk": t.released.pk},
        lambda t: {"wanted": "1398/09/01", "reason": "برف", "number": "۱۲", "dated": "1398/07/19"},
    ),
    "extension-withdraw": (
        SECRETARIAT - {"operator"} | {"consultant"},
        "post",
        lambda t: {"pk": _asked(t).pk},
        _no,
    ),
    "extension-decide": ({"secretary"}, "post", lambda t: {"pk": _asked(t).pk}, lambda t: {"do": "grant"}),
    "debt-rhythm": ({"secretary"}, "post", lambda t: {"pk": t.unreleased.pk}, lambda t: {"unit": "session"}),
    "debt-waits": ({"secretary"}, "post", lambda t: {"pk": t.gap.pk}, lambda t: {"waits_for": t.released.code}),
    "debt-waits-remove": (
        {"secretary"},
        "post",
        lambda t: {
            "pk": waiting.add_wait(t.gap, by=t.world.secretary, waits_for=t.released).obligation_id,
            "other": t.released.pk,
        },
        _no,
    ),
    "events": (EVERYONE, "get", _no, _no),
    "event-record": (
        {"secretary", "staff"},
        "post",
        _no,
        lambda t: {
            "body": t.world.bodies["hq"].pk,
            "words": "تأیید نهایی سند",
            "day": "1398/07/18",
            "told_by": "نامه ۹",
            "debt": Obligation.objects.get(meeting=t.meeting, resolution__number="۵").pk,
        },
    ),
    "event-take-back": ({"secretary"}, "post", lambda t: {"pk": _happened(t, t.world.secretary).pk}, _no),
    "body-follow-up": (
        {"secretary", "admin"},
        "post",
        lambda t: {"code": "hq"},
        lambda t: {"extensions": "2", "months": "6", "headquarters": "1"},
    ),
    "home": (EVERYONE, "get", _no, _no),
    "worklist": (EVERYONE - {"admin", "stranger"}, "get", _no, _no),
    "governor": (READERS | {"county", "other_secretary"}, "get", _no, _no),
    "figures": (EVERYONE - {"admin", "stranger"}, "get", _no, _no),
    "register": (EVERYONE, "get", _no, _no),
    "register-out": (EVERYONE, "get", lambda t: {"form": "csv"}, _no),
    "meetings-out": (EVERYONE, "get", lambda t: {"form": "csv"}, _no),
    "parties-out": (EVERYONE, "get", lambda t: {"form": "csv"}, _no),
    "view-save": (EVERYONE, "post", _no, lambda t: {"name": "دیرکردها", "overdue": "1"}),
    "view-rename": ({"secretary"}, "post", lambda t: {"pk": t.view.pk}, lambda t: {"name": "دیگر"}),
    "view-delete": ({"secretary"}, "post", lambda t: {"pk": t.view.pk}, _no),
    "meetings": (EVERYONE, "get", _no, _no),
    "next-agenda": (READERS | {"county", "other_secretary"}, "get", _no, _no),  # each of their own body
    "evaluation": (READERS | {"county", "other_secretary"}, "get", _no, _no),
    "next-agenda-put": (
        SECRETARIAT,
        "post",
        _no,
        lambda t: {"body": "hq", "line": t.gap.code, "meeting": t.planned.code},
    ),
    "my-calendar": (EVERYONE, "get", _no, _no),
    "my-calendar-make": (EVERYONE, "post", _no, lambda t: {"of": "party", "party-is": t.world.parties["roads"].pk}),
    "my-calendar-renew": ({"secretary"}, "post", lambda t: {"pk": t.feed.pk}, _no),
    "my-calendar-end": ({"secretary"}, "post", lambda t: {"pk": t.feed.pk}, _no),
    "calendar": (EVERYONE, "get", _no, _no),
    "calendar-announce": (
        KEEPERS | {"secretary", "other_secretary"},
        "post",
        _no,
        lambda t: _CLOSURE | {"province": builders.province(t.world).pk, "sure": "1"},
    ),
    "calendar-withdraw": (
        KEEPERS | {"secretary", "other_secretary"},
        "post",
        lambda t: {"pk": _announced(t.world).pk},
        lambda t: {"sure": "1"},
    ),
    "calendar-month": (EVERYONE, "get", _no, _no),
    "calendar-day": (EVERYONE, "get", _no, _no),
    "papers": (EVERYONE, "get", _no, _no),
    "registers": (EVERYONE, "get", _no, _no),
    "sheet": (SECRETARIAT, "get", lambda t: {"pk": t.sheet.pk}, _no),
    "sheet-columns": (
        SECRETARIAT,
        "post",
        lambda t: {"pk": t.sheet.pk},
        lambda t: {"table": "0", "first": "1", "last": "1"},
    ),
    "sheet-answer": (
        SECRETARY,
        "post",
        lambda t: {"pk": t.sheet.pk},
        lambda t: {"name": "دامپزشکی", "who-is": t.world.parties["roads"].pk},
    ),
    "sheet-apply": (SECRETARY, "post", lambda t: {"pk": t.sheet.pk}, lambda t: {"mark": _mark(t.sheet)}),
    "sheet-discard": (SECRETARIAT, "post", lambda t: {"pk": t.sheet.pk}, _no),
    "sheet-out": (SECRETARIAT, "get", lambda t: {"pk": t.sheet.pk, "what": "all", "form": "csv"}, _no),
    "sleeping": (EVERYONE, "get", _no, _no),
    "wake": (SECRETARY, "post", _no, lambda t: {"debt": t.sleeping.pk}),
    "parties": (EVERYONE, "get", _no, _no),
    "parties-find": (EVERYONE, "get", _no, lambda t: {"words": "راه"}),
    "party": (EVERYONE, "get", lambda t: {"code": "roads"}, _no),
    "people": (NAMERS, "get", _no, _no),
    "backups": (KEEPERS, "get", _no, _no),
    "backup-now": (KEEPERS, "post", _no, _no),
    "jobs": (KEEPERS, "get", _no, _no),
    "job-retry": (KEEPERS, "post", lambda t: {"kind": "chore", "pk": _failed_chore().pk}, _no),
    "job-cancel": (KEEPERS, "post", lambda t: {"kind": "chore", "pk": _waiting_chore().pk}, _no),
    "person": (NAMERS, "get", lambda t: {"pk": t.person.pk}, _no),
    "person-add": (NAMERS, "post", _no, lambda t: _NEW_PERSON),
    "appoint": (
        NAMERS,
        "post",
        lambda t: {"pk": t.person.pk},
        lambda t: {"post": _head().pk, "starts": "1398/07/20", "kind": "substitute"},
    ),
    "person-sessions-end": (NAMERS, "post", lambda t: {"pk": t.person.pk}, _no),
    "person-second-factor": (
        NAMERS,
        "post",
        lambda t: {"pk": Person.objects.get(user=_with_second_factor(t, "officer")).pk},
        lambda t: {"reason": "گوشی گم شد"},
    ),
    "leave": (TOLD_OF_LEAVE, "get", _no, _no),
    "leave-take": ({"admin"}, "post", _no, lambda t: {"reason": "خطای نمایش", "hours": "۲"}),
    "leave-end": ({"admin"}, "post", _open_content, _no),
    "person-link": (NAMERS, "post", lambda t: {"pk": t.person.pk}, _no),
    "tenure-end": (
        NAMERS,
        "post",
        lambda t: {"pk": t.person.tenures.get().pk},
        lambda t: {"ends": "1398/07/20"},
    ),
    "handover": (HEIRS, "get", lambda t: {"code": _head().party.code}, _no),
    "handover-out": (HEIRS, "get", lambda t: {"code": _head().party.code, "form": "xlsx"}, _no),
    "party-new": (NAMERS, "get", lambda t: {"kind": "organization"}, _no),
    "party-edit": (NAMERS, "get", lambda t: {"code": "roads"}, _no),
    "party-rename": (
        KEEPERS,
        "post",
        lambda t: {"code": "roads"},
        lambda t: {"name": "راه", "starts": "1398/07/01"},
    ),
    "party-belongs": (KEEPERS, "post", lambda t: {"code": "roads"}, _no),
    "party-function": (KEEPERS, "post", lambda t: {"code": "post-head"}, lambda t: {"function": "officer"}),
    "party-end": (KEEPERS, "post", lambda t: {"code": "roads"}, lambda t: {"ends": "1398/07/19"}),
    "party-merge": (
        KEEPERS,
        "post",
        lambda t: {"code": "roads"},
        lambda t: {"into-is": t.world.parties["housing"].pk, "sure": "1"},
    ),
    "party-unmerge": (KEEPERS, "post", lambda t: {"code": _merged(t).code}, _no),
    "duplicates": (KEEPERS, "get", _no, _no),
    "directory-file": (NAMERS, "get", _no, _no),
    "directory-out": (EVERYONE, "get", _no, _no),
    "name-add": (NAMERS, "post", lambda t: {"code": "roads"}, lambda t: {"name": "اداره راه"}),
    "name-end": (NAMERS, "post", lambda t: {"pk": _alias(t).pk}, lambda t: {"ends": "1398/07/19"}),
    "member-add": (
        KEEPERS,
        "post",
        lambda t: {"code": _group(t).code},
        lambda t: {"member-is": t.world.parties["roads"].pk},
    ),
    "membership-end": (KEEPERS, "post", lambda t: {"pk": _membership(t).pk}, lambda t: {"ends": "1398/07/19"}),
    "seat-give": (
        KEEPERS,
        "post",
        lambda t: {"code": "hq"},
        lambda t: {"party-is": t.world.parties["roads"].pk, "capacity": "member"},
    ),
    "seat-end": (KEEPERS, "post", lambda t: {"pk": t.seat.pk}, lambda t: {"ends": "1398/07/19"}),
    "person-name": (NAMERS, "post", lambda t: {"pk": t.person.pk}, lambda t: _NEW_PERSON),
    "person-user": (NAMERS, "post", lambda t: {"pk": _somebody(t).pk}, lambda t: {"username": "somebody"}),
    "person-mobile": (NAMERS, "post", lambda t: {"pk": t.person.pk}, lambda t: {"mobile": "۰۹۱۲ ۱۱۱ ۲۲۳۳"}),
    "person-active": (NAMERS, "post", lambda t: {"pk": t.person.pk}, _no),
    "places": (EVERYONE, "get", _no, _no),
    "place": (EVERYONE, "get", lambda t: {"pk": _place(t).pk}, _no),
    "place-add": (KEEPERS, "post", _no, lambda t: {"name": "استان", "starts": "1398/07/01"}),
    "place-change": (
        KEEPERS,
        "post",
        lambda t: {"pk": _place(t).pk},
        lambda t: {"name": "نام تازه", "starts": "1398/07/01"},
    ),
    "place-end": (KEEPERS, "post", lambda t: {"pk": _place(t).pk}, lambda t: {"ends": "1398/07/19"}),
    "invitations": (INVITERS, "get", _no, _no),
    "invite": (INVITERS, "get", _no, _no),
    "letter-wording": (INVITERS, "get", _no, _no),
    "follow-up": (WRITERS, "get", _no, _no),
    "follow-up-write": ({"secretary", "staff"}, "post", _no, lambda t: {"letter": _proposed(t)}),
    "ladder": (EVERYONE, "get", lambda t: {"code": t.world.bodies["hq"].party.code}, _no),
    "ladder-deputy": ({"secretary", "admin"}, "post", lambda t: {"code": t.world.bodies["hq"].party.code}, _no),
    "ladder-restore": ({"secretary"}, "post", lambda t: {"code": t.world.bodies["hq"].party.code}, _no),
    "notices": (EVERYONE, "get", _no, _no),
    "my-messages": (EVERYONE, "get", _no, _no),
    "my-messages-test": (EVERYONE, "post", _no, _no),
    "notices-read": (EVERYONE, "post", _no, _no),
    "notice": ({"officer"}, "post", lambda t: {"pk": _notice(t).pk}, _no),
    "invitations-reissue": (
        {"secretary", "admin"},
        "post",
        _no,
        lambda t: {"invitation": t.invitation.pk},
    ),
    "invitation-revoke": ({"secretary", "admin"}, "post", lambda t: {"pk": t.invitation.pk}, _no),
    "invitations-print": (
        {"secretary", "admin"},
        "post",
        _no,
        lambda t: {
            "letter": t.invited.letter.pk,
            f"code-{t.invited.letter.pk}": t.invited.code,
            "address": "http://dabir/join",
        },
    ),
    "letters": (EVERYONE, "get", _no, _no),
    "letter": (READERS | {"officer", "head"}, "get", lambda t: {"pk": t.sent.pk}, _no),
    "letters-print": (READERS | {"officer", "head"}, "post", _no, lambda t: {"letter": _sent(t).pk, "form": "pdf"}),
    "letterhead": ({"secretary", "county", "other_secretary", "admin"}, "get", _no, _no),
    "letterhead-preview": ({"secretary", "county", "other_secretary", "admin"}, "get", _no, _no),
    "letters-out": (EVERYONE, "get", lambda t: {"form": "csv"}, _no),
    "letter-new": (WRITERS, "get", _no, _no),
    "letter-register": (WRITERS, "get", _no, _no),
    "letter-edit": (SECRETARIAT, "get", lambda t: {"pk": _written(t).pk}, _no),
    "letter-scan": (READERS, "get", lambda t: {"pk": _register(t, t.world.secretary).pk}, _no),
    "letter-way": (SECRETARIAT, "post", lambda t: {"pk": t.sent.pk}, lambda t: {"way": "hand"}),
    "letter-enclosure": (
        READERS,
        "get",
        lambda t: {"pk": _compose(t, t.world.secretary).enclosures.get().pk},
        _no,
    ),
    "letter-receipts": (
        SECRETARIAT,
        "post",
        _no,
        lambda t: {
            "letter": t.sent.pk,
            "do": "record",
            "day": "1398/07/20",
            f"shown-{t.sent.recipients.get().pk}": "1",
            f"take-{t.sent.recipients.get().pk}": "1",
        },
    ),
    "receipt-take-back": (SECRETARIAT, "post", lambda t: {"pk": _scanned(t).pk}, lambda t: {"reason": "اشتباه"}),
    "receipt-scan": (READERS, "get", lambda t: {"pk": _scanned(t).pk}, _no),
    "letter-numbers": (
        SECRETARIAT,
        "post",
        _no,
        lambda t: {
            "letter": t.invited.letter.pk,
            f"take-{t.invited.letter.pk}": "1",
            f"number-{t.invited.letter.pk}": "۱۳",
            f"day-{t.invited.letter.pk}": "1398/07/20",
        },
    ),
    "letters-take-back": (SECRETARIAT, "post", _no, lambda t: {"letter": t.sent.pk, "reason": "اشتباه"}),
    "letter-withdraw": (SECRETARIAT, "post", lambda t: {"pk": _written(t).pk}, lambda t: {"reason": "تکراری"}),
    "letter-number": (
        SECRETARIAT,
        "post",
        lambda t: {"pk": t.invited.letter.pk},
        lambda t: {"number": "۱۳", "day": "1398/07/20"},
    ),
    "meeting": (READERS, "get", lambda t: {"code": t.meeting.code}, _no),
    "meeting-communicate": (READERS, "get", lambda t: {"code": t.meeting.code}, _no),
    "meeting-communicate-write": (
        SECRETARY,
        "post",
        lambda t: {"code": t.meeting.code},
        lambda t: {"debt": t.unreleased.pk, "form": "extracts"},
    ),
    "courier-out": (
        FORMS & READERS,
        "get",
        lambda t: {"code": _in_letters(t).code, "form": "xlsx"},
        _no,
    ),
    "courier-forms": (FORMS - {"operator"}, "get", _no, _no),
    "report-forms": (FORMS - {"operator"}, "get", _no, _no),
    "report-forms-out": (
        FORMS & READERS,
        "get",
        lambda t: {"code": _told(t, t.world.parties["county-housing"]).body.code, "form": "xlsx"},
        _no,
    ),
    "meeting-finish": (SECRETARY, "post", lambda t: {"code": _ended(t).code}, _no),
    "meeting-reopen": (SECRETARY, "post", lambda t: {"code": _finished(t).code}, lambda t: {"reason": "اشتباه"}),
    "acknowledge": ({"consultant"}, "post", lambda t: {"pk": _told(t).pk}, lambda t: {"kind": "acknowledged"}),
    "acknowledge-all": ({"consultant"}, "post", _no, lambda t: {"debt": _told(t).pk}),
    "gap-reason": (SECRETARIAT, "post", lambda t: {"pk": t.gap.pk}, lambda t: {"reason": "نامعلوم"}),
    "meeting-new": (RECORDERS | {"staff"}, "get", _no, _no),
    "meeting-hold": (SECRETARIAT, "post", lambda t: {"code": _today(t).code}, lambda t: {"starts_at": "10"}),
    "meeting-attendance": (SECRETARIAT, "get", lambda t: {"code": _held(t).code}, _no),
    "attendance-add": (SECRETARIAT, "post", lambda t: {"code": _held(t).code}, lambda t: {"who": "جهاد کشاورزی"}),
    "attendance-drop": (SECRETARIAT, "post", lambda t: {"code": _held(t).code, "pk": _came(t).pk}, _no),
    "absences": (EVERYONE, "get", lambda t: {"code": "hq"}, _no),
    "absences-out": (EVERYONE, "get", lambda t: {"code": "hq", "form": "csv"}, _no),
    "body-quorum": (SECRETARY | {"admin"}, "post", lambda t: {"code": "hq"}, lambda t: {"quorum": "majority"}),
    "meeting-call": (SECRETARY, "get", lambda t: {"code": t.planned.code}, _no),
    "call": (CALLED | {"outsider"}, "get", lambda t: {"code": _called(t).code}, _no),
    "meeting-change": (SECRETARIAT, "get", lambda t: {"code": t.planned.code}, _no),
    "meeting-cancel": (SECRETARY, "post", lambda t: {"code": t.planned.code}, lambda t: {"reason": "سفر"}),
    "meeting-unhold": (SECRETARIAT, "post", lambda t: {"code": _held(t).code}, _no),
    "meeting-revive": (SECRETARY, "post", lambda t: {"code": _cancelled(t).code}, _no),
    "meeting-invite": (SECRETARIAT, "post", lambda t: {"code": t.planned.code}, lambda t: {"who": "فرمانداری ایجرود"}),
    "meeting-uninvite": (
        SECRETARIAT,
        "post",
        lambda t: {"code": t.planned.code, "pk": t.planned.attendance.get().pk},
        _no,
    ),
    "agenda-add": (SECRETARIAT, "post", lambda t: {"code": t.planned.code}, lambda t: {"text": "اعتبار"}),
    "agenda-edit": (
        SECRETARIAT,
        "post",
        lambda t: {"code": t.planned.code, "pk": _item(t).pk},
        lambda t: {"text": "اعتبار"},
    ),
    "meeting-attach": (
        SECRETARIAT,
        "post",
        lambda t: {"code": t.planned.code},
        lambda t: {"file": SimpleUploadedFile("b.pdf", b"2")},
    ),
    "attachment": (READERS, "get", lambda t: {"pk": _attached(t).pk}, _no),
    "attachment-remove": (SECRETARIAT, "post", lambda t: {"pk": _attached(t).pk}, _no),
    "meeting-file": (READERS, "get", lambda t: {"code": t.meeting.code}, _no),
    "meeting-draft": (SECRETARIAT, "get", lambda t: {"code": _manuscript(t).meeting.code, "form": "docx"}, _no),
    "meeting-document": (
        CALLED,
        "get",
        lambda t: {"code": t.meeting.code, "number": 1, "audience": "public", "form": "json"},
        _no,
    ),
    "meeting-class": (SECRETARY, "post", lambda t: {"code": t.meeting.code}, lambda t: {"secrecy": "secret"}),
    "meeting-reader": (SECRETARY, "post", lambda t: {"code": t.secret.code}, lambda t: {"post": _post(t).pk}),
    "meeting-reader-remove": (SECRETARY, "post", lambda t: {"pk": t.reader.pk}, _no),
    "minutes": (SECRETARIAT, "get", lambda t: {"code": t.held.code}, _no),
    "minutes-begin": (SECRETARIAT, "post", lambda t: {"code": t.held.code}, _no),
    "minutes-save": (
        SECRETARIAT,
        "post",
        lambda t: {"code": _manuscript(t).meeting.code},
        lambda t: {"base": "1", "text": "متن"},
    ),
    "minutes-attendance": (
        SECRETARIAT,
        "post",
        lambda t: {"code": _manuscript(t).meeting.code},
        lambda t: {"base": "1", "text": "متن"},
    ),
    "minutes-compile": (SECRETARIAT, "post", lambda t: {"code": t.held.code}, lambda t: {"text": "متن"}),
    "minutes-newest": (SECRETARIAT, "get", lambda t: {"code": _manuscript(t).meeting.code}, _no),
    "minutes-words": (SECRETARIAT, "get", lambda t: {"code": _manuscript(t).meeting.code}, _no),
    "minutes-revisions": (SECRETARIAT, "get", lambda t: {"code": _manuscript(t).meeting.code}, _no),
    "minutes-revision": (SECRETARIAT, "get", lambda t: {"code": _manuscript(t).meeting.code, "number": 1}, _no),
    "minutes-restore": (SECRETARIAT, "post", lambda t: {"code": _manuscript(t).meeting.code, "number": 1}, _no),
    "minutes-clash": (
        SECRETARIAT,
        "get",
        lambda t: {"code": t.held.code, "number": _clashing(t).number},
        _no,
    ),
    "check": (READERS | {"officer", "head"}, "get", lambda t: {"code": _round(t).meeting.code}, _no),
    "check-round": (SECRETARY, "post", lambda t: {"code": _round(t).meeting.code}, lambda t: {"until": "1398/08/01"}),
    "check-suggest": (
        SECRETARIAT | {"officer", "head", "governor"},
        "post",
        lambda t: {"code": _round(t).meeting.code},
        lambda t: {"reason": "نکته", "revision": "1", "by-persona": "party"},
    ),
    "check-dissent": (
        SECRETARY | {"officer", "head", "governor"},
        "post",
        lambda t: {"code": _round(t).meeting.code},
        lambda t: {"text": "مخالفم", "by-persona": "party"},
    ),
    "meeting-dissent": (
        SECRETARY,
        "post",
        lambda t: {"code": t.meeting.code},
        lambda t: {"text": "مخالفم", "name": "ا"},
    ),
    "check-override": (
        SECRETARY,
        "post",
        lambda t: {"code": _round(t).meeting.code},
        lambda t: {"rule": "attendance.both", "words": "-", "lift": "1"},
    ),
    "check-answer": (
        SECRETARY,
        "post",
        lambda t: {"pk": _suggestion(t).pk},
        lambda t: {"act": "refuse", "answer": "نه"},
    ),
    "dissent-class": (SECRETARY, "post", lambda t: {"pk": _dissent(t).pk}, lambda t: {"secrecy": "secret"}),
    "dissent-remove": (SECRETARY | {"officer", "head"}, "post", lambda t: {"pk": _dissent(t).pk}, _no),
    "meeting-seal": (SECRETARIAT, "get", lambda t: {"code": _round(t).meeting.code}, _no),
    "meeting-erratum": (SECRETARY, "get", lambda t: {"code": _sealed(t, t.world.operator).meeting.code}, _no),
    "meeting-version": (CALLED, "get", lambda t: {"code": t.meeting.code, "number": 1}, _no),
    "statement-class": (
        SECRETARY,
        "post",
        lambda t: {"pk": t.meeting.statements.all()[0].pk},
        lambda t: {"secrecy": "secret"},
    ),
    "meeting-sign": (
        SECRETARY,
        "post",
        lambda t: {"code": t.meeting.code},
        lambda t: {"name": "کسی", "day": "1398/07/18"},
    ),
    "meeting-scan": (
        SECRETARIAT,
        "post",
        lambda t: {"code": t.meeting.code},
        lambda t: {"scan": SimpleUploadedFile("a.png", scanned("-"))},
    ),
    "signature-remove": (SECRETARY, "post", lambda t: {"pk": _signature(t).pk}, _no),
    "scans": (SECRETARIAT | {"county", "other_secretary"}, "get", _no, _no),
    "scan": (READERS, "get", lambda t: {"pk": _scan(t).pk}, _no),
    "scan-remove": (SECRETARY, "post", lambda t: {"pk": _scan(t).pk}, _no),
    "resolution": (READERS | {"consultant"}, "get", lambda t: {"code": f"{t.meeting.code}/3"}, _no),
    "debt": (READERS | {"consultant"}, "get", lambda t: {"code": t.released.code}, _no),
    "exchange": (EVERYONE, "get", _no, _no),
    "exchange-out": (EVERYONE, "get", _no, _no),
    "capital": (EVERYONE, "get", _no, _no),
    "capital-out": (EVERYONE, "get", lambda t: {"form": "csv"}, _no),
    "obstacle-follow": (
        DEBTORS,
        "post",
        lambda t: {"pk": _obstacle(t, _OF_THE_CAPITAL).pk},
        lambda t: {"asked_number": "۵", "asked_dated": "1398/07/18"},
    ),
    "progress": (FOLLOWERS | {"county"}, "get", lambda t: {"code": _confirmed(t).obligation.code}, _no),
    "debt-report": (
        DEBTORS,
        "post",
        lambda t: {"pk": _owed(t).pk},
        lambda t: {
            "starts": "1398/07/01",
            "ends": "1398/07/20",
            "percent": "۴۰",
            "narrative": "کار",
            "said_by": "رابط",
        },
    ),
    "debt-path": (SECRETARY, "post", lambda t: {"pk": _owed(t).pk}, lambda t: {"straight": "1"}),
    "debt-reporting": (SECRETARY, "post", lambda t: {"pk": _owed(t).pk}, lambda t: {"months": "6"}),
    "debt-endorsers": (SECRETARY, "post", lambda t: {"pk": _owed(t).pk}, _no),
    "debt-obstacle": (DEBTORS, "post", lambda t: {"pk": _owed(t).pk}, lambda t: {"hindrance": "اعتبار"}),
    "obstacle-end": (DEBTORS, "post", lambda t: {"pk": _obstacle(t).pk}, lambda t: {"outcome": "رسید"}),
    "report-confirm": (DEBTORS, "post", lambda t: {"pk": _reported(t).pk}, _letter),
    "report-endorse": (SECRETARIAT | {"outsider"}, "post", lambda t: {"pk": _confirmed(t).pk}, lambda t: _LETTER),
    "report-verify": (SECRETARY, "post", lambda t: {"pk": _endorsed(t).pk}, lambda t: {"percent": "40"}),
    "report-return": (
        SECRETARY | {"outsider"},
        "post",
        lambda t: {"pk": _confirmed(t).pk},
        lambda t: {"reason": "ناقص"},
    ),
    "report-scan": (FOLLOWERS, "get", lambda t: {"pk": _scanned_step(t).pk}, _no),
    "evidence": (FOLLOWERS, "get", lambda t: {"pk": _confirmed(t).evidence.get().pk}, _no),
    "evidence-photo": (FOLLOWERS, "get", lambda t: {"pk": _confirmed(t).evidence.get().pk}, _no),
    "settle": (
        SECRETARIAT,
        "post",
        lambda t: {"pk": t.gap.pk},
        lambda t: {"lead-is": t.world.parties["county-office"].pk},
    ),
    "set-due": (SECRETARIAT, "post", lambda t: {"pk": t.unreleased.pk}, lambda t: {"day": "1398/08/20"}),
    "release": (SECRETARY, "post", _no, lambda t: {"debt": t.unreleased.pk}),
    "withdraw": (SECRETARY, "post", lambda t: {"pk": t.released.pk}, _no),
    "cancel": (SECRETARY, "post", lambda t: {"pk": t.gap.pk}, lambda t: {"reason": "تکراری"}),
    "decide": (SECRETARIAT, "get", lambda t: {"pk": t.released.pk}, _no),
    "proposed": (WRITERS, "get", _no, _no),
    "to-minutes": (
        SECRETARIAT,
        "post",
        _no,
        lambda t: {"debt": t.released.pk, "act": "close", "meeting": t.planned.code},
    ),
    "all-to-minutes": (SECRETARIAT, "post", _no, lambda t: {"body": "hq", "meeting": t.planned.code}),
    "by-resolution": (
        SECRETARY,
        "post",
        lambda t: {"pk": t.released.pk},
        lambda t: {"act": "close", "resolution": t.meeting.resolutions.all()[0].pk},
    ),
    "order-new": (RECORDERS, "get", _no, _no),
    "order-meetings": (RECORDERS, "get", _no, lambda t: {"words": "۱۱"}),
    "order-number": (SECRETARY, "post", lambda t: {"pk": _order(t).pk}, lambda t: {"number": "۱۲/۳"}),
    "order-communicate": (SECRETARY, "post", lambda t: {"pk": _owed_order(t).pk}, _no),
    "promote": (
        SECRETARY,
        "post",
        lambda t: {"pk": t.meeting.points.all()[0].pk},
        lambda t: {"action": "کار"},
    ),
    "readings": (EVERYONE, "get", _no, _no),
    "reading": (SECRETARIAT, "get", lambda t: {"pk": t.reading.pk}, _no),
    "reading_cancel": (SECRETARIAT, "post", lambda t: {"pk": t.reading.pk}, _no),
    "reading_forget": (SECRETARIAT, "post", lambda t: {"pk": t.reading.pk}, _no),
    "draft": (READERS, "get", lambda t: {"pk": t.draft.pk}, _no),
    "draft_original": (READERS, "get", lambda t: {"pk": t.draft.pk}, _no),
    "draft_parties": (READERS, "get", lambda t: {"pk": t.draft.pk}, _no),
    "draft_day": (READERS, "get", lambda t: {"pk": t.draft.pk}, _no),
    "draft_correct": (SECRETARIAT, "post", lambda t: {"pk": t.draft.pk}, lambda t: _CORRECTION),
    "draft_undo": (SECRETARIAT, "post", lambda t: {"pk": t.draft.pk}, lambda t: _DRAFT),
    "draft_discard": (SECRETARIAT, "post", lambda t: {"pk": t.draft.pk}, lambda t: _DRAFT),
    "draft_restore": (SECRETARIAT, "post", lambda t: {"pk": t.discarded.pk}, lambda t: _DRAFT),
    "draft_secrecy": (SECRETARY, "post", lambda t: {"pk": t.draft.pk}, lambda t: {"secrecy": "secret"}),
    "draft_accept": (SECRETARY, "post", lambda t: {"pk": t.draft.pk}, lambda t: _DRAFT),
}

OPEN_TO_ALL = {
    "account_login",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",  # one's own sign-in
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "session-end",
    "sessions",
    "link",  # for whoever holds the token
    "feed",  # the same
    "join",  # for whoever holds number and code
    "join-password",
    "authenticate",  # for whoever holds a paper
    "authenticate-stamp",
    "language",
    "theme",
    "post",  # chooses among one's own
}
"""Pages that hold nothing of the record."""

COMMANDS: dict[str, tuple[set[str], list[str]]] = {
    "audit": ({"operator", "auditor", "admin"}, ["audit"]),
    "backup": (KEEPERS, ["backup", "--to", "{folder}"]),
    "obligations": (set(PERSONAS) - {"stranger"}, ["obligations", "--json"]),
    "meetings": (set(PERSONAS) - {"stranger"}, ["meetings", "--json"]),
    "agenda": (READERS, ["agenda", "hq", "--json"]),
    "jobs": (KEEPERS, ["jobs", "--state", "failed"]),
    "calendar": (set(PERSONAS) - {"stranger"}, ["calendar", "1398", "--json"]),
    "directory": (NAMERS, ["directory", "{folder}"]),
    "export": (READERS, ["export", "hq-1398-11", "--format", "json", "-o", "{folder}/minutes.json"]),
    "import": (SECRETARY, ["import", "register", "{folder}/old.csv", "--body", "hq"]),
    "link": (NAMERS, ["link", "officer"]),
    "read": (set(PERSONAS) - {"stranger"}, ["read", "--register", "examples/minutes/ijrud-planning-1398-4.txt"]),
}
HOST_ALONE = {"serve", "worker", "sample", "demo", "restore", "migrate-to", "bench"}
"""Commands that start, fill or replace a home, or measure in one of their own; what they write is checked by the
services that they call."""


def test_every_page_has_a_row() -> None:
    from django.urls import URLPattern, get_resolver

    def names(patterns: list[Any]) -> set[str]:
        own = {str(p.name) for p in patterns if isinstance(p, URLPattern)}
        return own.union(*[names(p.url_patterns) for p in patterns if not isinstance(p, URLPattern)])

    assert names(get_resolver().url_patterns) == set(PAGES) | OPEN_TO_ALL


def test_every_command_has_a_row() -> None:
    from dabir.config.commands import COMMANDS as there

    assert set(there) == set(COMMANDS) | HOST_ALONE


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_page_answers_those_who_may_and_nobody_else(things: Things, client: Client, name: str) -> None:
    may, method, parts, form = PAGES[name]
    address = reverse(name, kwargs=parts(things))
    for persona in sorted(set(PERSONAS) - {"operator"}):
        client.logout()
        if persona != "stranger":
            client.force_login(things.world.users[persona])
        with _trial():
            posted = form(things)
            if posted.pop("by-persona", ""):
                posted["party"] = str(_spoken_for(getattr(things.world, persona)).pk)
            response = client.post(address, posted) if method == "post" else client.get(address)
        works = response.status_code < 400
        if persona == "stranger":
            sent_there = response.status_code == 302 and reverse("account_login") in response["Location"]
            signs_in = name == "home" and b'type="password"' in response.content
            assert response.status_code in (403, 404) or sent_there or signs_in, response.status_code
        elif persona in may:
            assert works, (persona, response.status_code, response.content.decode()[-2000:])
        else:
            assert response.status_code in (403, 404), (persona, response.status_code)


@pytest.mark.django_db
def test_lists_hold_only_what_may_be_seen(things: Things, client: Client) -> None:
    """Everyone may open a list; what is in it follows from `visible_to`."""
    for persona in sorted(EVERYONE):
        client.force_login(things.world.users[persona])
        for name in ("home", "register", "meetings", "papers"):
            text = client.get(reverse(name)).content.decode()
            assert (things.secret.code in text) <= (persona in {"secretary", "governor"}), (persona, name)
            known = CALLED if name == "meetings" else READERS
            assert (things.meeting.code in text) <= (persona in known | {"consultant"}), (persona, name)
            assert (things.unreleased.code in text) <= (persona in READERS), (persona, name)
            assert ("1.txt" in text) <= (persona in SECRETARIAT), (persona, name)
            assert ("2.txt" in text) <= (persona in SECRETARY), (persona, name)
        for address in ("/register/?column=meeting&column=resolution", "/register.csv", "/meetings.csv"):
            text, name = client.get(address).content.decode(), address
            known = CALLED if name == "/meetings.csv" else READERS
            assert (things.secret.code in text) <= (persona in {"secretary", "governor"}), (persona, name)
            assert (things.meeting.code in text) <= (persona in known | {"consultant"}), (persona, name)
            assert (things.unreleased.code in text) <= (persona in READERS), (persona, name)
        register = client.get(reverse("register"), {"words": "پیش‌نویس دوم"}).content.decode()
        assert (things.released.code in register) is (persona in READERS | {"consultant"}), persona
        party = client.get(reverse("party", kwargs={"code": "consultants"})).content.decode()
        assert (things.secret.code in party) is (persona in {"secretary", "governor"}), persona


@pytest.mark.django_db
def test_what_may_not_be_known_of_is_not_there(things: Things, client: Client) -> None:
    """404 and not 403, so that a code cannot be tried out; the classified meeting neither for the auditor."""
    hidden: list[tuple[str, dict[str, Any]]] = [
        ("meeting", {"code": things.secret.code}),
        ("meeting-file", {"code": things.secret.code}),
        ("meeting-document", {"code": things.secret.code, "number": 1, "audience": "internal", "form": "pdf"}),
        ("meeting-document", {"code": things.secret.code, "number": 1, "audience": "public", "form": "pdf"}),
        ("resolution", {"code": f"{things.secret.code}/3"}),
        ("draft", {"pk": things.secret_draft.pk}),
        ("draft_original", {"pk": things.secret_draft.pk}),
        ("reading", {"pk": things.secret_reading.pk}),
    ]
    for persona in ("staff", "auditor", "county", "officer", "consultant", "other_secretary", "admin"):
        client.force_login(things.world.users[persona])
        for name, parts in hidden:
            assert client.get(reverse(name, kwargs=parts)).status_code == 404, (persona, name)


@pytest.mark.django_db
def test_an_administrator_with_leave_sees_what_the_auditor_sees_and_may_do_nothing_more(things: Things) -> None:
    """Never more than the auditor; of what is theirs by a party, as the auditor's organization's, nothing."""
    _leave(things)
    by = tenures.acting_for(things.world.users["admin"])
    assert by.reads_until is not None and not by.parties
    for thing, (may, query) in SEES.items():
        if thing == "an administrator's leave to read":
            continue
        with _trial():
            assert query(things, by).exists() is ("auditor" in may or "admin" in may), thing
    for verb, (may, act) in VERBS.items():
        if not may & {"admin", "auditor"}:
            assert _outcome(things, act, by) in ("refused", "missing"), verb


@pytest.mark.django_db
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_works_for_those_who_may(
    things: Things, command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from dabir.config.commands import run

    may, arguments = COMMANDS[command]
    table = "code,kind,name,aliases,parent,place,example\nwater,organization,شرکت آب منطقه‌ای,,,,\n"
    (tmp_path / "parties.csv").write_text(table, encoding="utf-8")
    old = "شماره جلسه,تاریخ جلسه,شرح مصوبه,مجری\n25,1398/02/01,گزارش دهد,راه و شهرسازی\n"
    (tmp_path / "old.csv").write_text(old, encoding="utf-8")
    arguments = [a.replace("{folder}", str(tmp_path)) for a in arguments]
    for persona in sorted(set(PERSONAS) - {"stranger"}):
        acting = [] if persona == "operator" else ["--user", things.world.users[persona].username]
        with _trial():
            status = run([*arguments, *acting])
        said = capsys.readouterr().err
        assert (status == 0) is (persona in may), (persona, status, said)
        refused = any(word in said for word in ("Only", "تنها", "there is no meeting"))
        assert refused is (persona not in may), (persona, status, said)


def test_every_verb_has_a_row() -> None:
    verbs = set()
    for path in [*SOURCE.glob("*/services.py"), *SOURCE.glob("*/services/*.py"), *SOURCE.glob("cycle/*.py")]:
        room = path.relative_to(SOURCE).parts[0]
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and "by" in [a.arg for a in node.args.kwonlyargs]:
                verbs.add(f"{room}.{node.name}")
    assert {verb for verb in verbs if not verb.split(".")[1].startswith("_")} <= set(VERBS) | HALVES


def test_every_permission_has_a_row() -> None:
    from dabir.foundation.access import REASONS

    assert set(REASONS) == set(VERBS)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_works_for_those_who_may_and_refuses_all_others(things: Things, verb: str) -> None:
    may, act = VERBS[verb]
    for persona in PERSONAS:
        refusal = "missing" if persona == "stranger" or verb in HIDING else "refused"
        expected = "works" if persona in may else refusal
        assert _outcome(things, act, getattr(things.world, persona)) == expected, persona


@pytest.mark.django_db
@pytest.mark.parametrize("verb", sorted(GUARDED))
def test_a_guarded_verb_asks_for_a_second_factor_and_is_refused_without(things: Things, verb: str) -> None:
    """Whoever may not is told that, and nobody else but them of the second factor."""
    may, act = VERBS[verb]
    for persona in sorted(may - {"operator"}):
        by = replace(getattr(things.world, persona), without_second_factor=True)
        with pytest.raises(SecondFactorAsked), transaction.atomic():
            act(things, by)


def test_whoever_seals_verifies_or_administers_is_guarded() -> None:
    """What only the administrator changes, wherever it stands, and what the office's word hangs on."""
    reads = {"cycle.preview_merge", "foundation.look_at_backups", "foundation.look_at_jobs"}
    reads |= {"directory.close_content", "directory.note_read"}
    alone = {verb for verb, (may, _act) in VERBS.items() if may - {"operator"} == {"admin"}}
    assert alone - reads <= set(GUARDED)


def test_the_guarded_verbs_are_those_that_the_docs_list_each_under_its_reason() -> None:
    text = (SOURCE.parent.parent / "docs" / "sign-in.md").read_text(encoding="utf-8")
    listed: dict[str, Guard] = {}
    for line in text.splitlines():
        if line.startswith("| `") and (cells := line.strip("|").split("|"))[0].strip(" `") in list(Guard):
            listed |= dict.fromkeys(re.findall(r"`([a-z_]+\.[a-z_]+)`", cells[2]), Guard(cells[0].strip(" `")))
    assert listed == GUARDED


@pytest.mark.django_db
@pytest.mark.parametrize("thing", SEES)
def test_an_object_is_known_to_those_who_may_see_it_alone(things: Things, thing: str) -> None:
    may, query = SEES[thing]
    seen = {persona for persona in PERSONAS if query(things, getattr(things.world, persona)).exists()}
    assert seen == may


def _outcome(things: Things, act: Act, by: Acting) -> str:
    """What came of it; nothing of it stays."""
    try:
        with transaction.atomic():
            act(things, by)
            raise _Undo
    except _Undo:
        return "works"
    except Refused:
        return "refused"
    except Missing:
        return "missing"
    except (Invalid, Conflict) as error:
        return f"failed: {error}"


class _Undo(Exception):
    """Rolls a trial back."""


@contextmanager
def _trial() -> Iterator[None]:
    """What happens inside leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _order(things: Things) -> Order:
    there = Order.objects.filter(body=things.world.bodies["hq"]).first()
    if there is not None:
        return there
    made = obligations.record_order(
        by=things.world.operator,
        body=things.world.bodies["hq"],
        way=OrderWay.LETTER,
        day=DAY_OF_ORDER,
        text="پیگیری شود",
    )
    return cast("Order", made[0].order)


def _owed_order(things: Things) -> Order:
    """One by which somebody owes something, and nobody was told of it."""
    world = things.world
    duties = [Duty("پیگیری شود", world.parties["roads"])]
    made = obligations.record_order(
        by=world.operator,
        body=world.bodies["hq"],
        way=OrderWay.TRIP,
        day=DAY_OF_ORDER,
        text="پیگیری شود",
        duties=duties,
    )
    return cast("Order", made[0].order)


def _fresh(row: Any) -> Any:
    """The row as stored: an earlier trial was rolled back, but not in the object that it was given."""
    return type(row).objects.get(pk=row.pk)


def _of_days(province: Place | None, day: date) -> list[CalendarEntry]:
    return announcing.of_days(
        closed=True, first=day, last=None, province=province, reason="برف", announced_by="استانداری"
    )


def _notice(things: Things) -> Notice:
    """To the officer."""
    post = Post.objects.get(party__code="post-officer")
    tell([post], NoticeKind.LETTER, "sent", by=things.world.operator, letter=things.sent)
    return Notice.objects.get(post=post, key="sent")


def _proposed(things: Things) -> str:
    """A reminder of the headquarters that is due."""
    with ledger.change("tests.late", by=things.world.operator) as change:
        change.update(
            Obligation.objects.get(pk=things.released.pk), due_day=date(2019, 9, 1), communicated_at=clock.now()
        )
    return proposals(things.world.secretary)[0].key


def _try_message(by: Acting, things: Things) -> None:
    """They have chosen no way: that is found after who asks for it."""
    with suppress(Invalid):
        house.send_test_message(things.world.users["officer"], by=by)


def _remind(by: Acting, things: Things) -> None:
    """The operator keeps no minutes, and has none to write."""
    try:
        write_reminders([_proposed(things)], by=by)
    except Conflict:
        assert by.operator


def _waiting_chore() -> Chore:
    made = schedule.put("daily", f"slot-{Chore.objects.count()}")
    assert made is not None
    return made


def _failed_chore() -> Chore:
    made = _waiting_chore()
    Chore.objects.filter(pk=made.pk).update(state="failed", cause="crash", ended_at=clock.now())
    return made


def _announced(world: Personas) -> CalendarEntry:
    """A closure of the province that everyone is in."""
    province = builders.province(world)
    return directory.announce_calendar(by=world.operator, entries=_of_days(province, date(2019, 10, 30)))[0]


def _tables() -> list[Table]:
    return read_tables(register(row(number=24)))


def _group(things: Things) -> Any:
    return directory.create_group(by=things.world.operator, code="own-list", name="گروه")


def _membership(things: Things) -> Any:
    return directory.add_member(by=things.world.operator, group=_group(things), member=things.world.parties["roads"])


def _post(things: Things) -> Any:
    return Post.objects.get(party__code="post-auditor")


def _merged(things: Things) -> Any:
    merge_parties(_party("roads"), by=things.world.operator, into=_party("housing"))
    return _party("roads")


def _alias(things: Things) -> Any:
    return things.world.parties["housing"].names.filter(kind="alias")[0]


def _head() -> Any:
    return Post.objects.get(party__code="post-head")


def _party(code: str) -> Any:
    return Party.objects.get(code=code)


def _place(things: Things) -> Any:
    made = Place.objects.filter(name="زنجان").first()
    return made or directory.add_place(by=things.world.operator, name="زنجان", parent=None, starts=date(1990, 1, 1))


def _somebody(things: Things) -> Any:
    return directory.create_person(by=things.world.operator, name="کسی")


def _reader(things: Things) -> Any:
    return meetings.name_reader(things.secret, _post(things), by=things.world.operator)


def _liaison(things: Things) -> Any:
    return directory.create_post(
        by=things.world.operator,
        code="liaison",
        name="رابط",
        organization=things.world.parties["agriculture"],
        function="officer",
    )


def _cancelled(things: Things) -> Meeting:
    meeting: Meeting = _fresh(things.planned)
    if meeting.state != "cancelled":
        meetings.cancel_meeting(meeting, by=things.world.operator, reason="سفر")
    return meeting


def _today(things: Things) -> Meeting:
    """Planned for today."""
    there = Meeting.objects.filter(title="امروز").first()
    hq = things.world.bodies["hq"]
    plan = Plan(clock.today(), time(10))
    return there or meetings.plan_meeting(plan, by=things.world.operator, kept_by=hq, title="امروز")


def _held(things: Things) -> Meeting:
    meeting = _today(things)
    if meeting.state == "planned":
        meetings.hold_meeting(meeting, by=things.world.operator, starts_at=time(10))
    return meeting


def _came(things: Things) -> Any:
    """Somebody who was not called to it."""
    there = _held(things).attendance.select_related("meeting").first()
    return there or meetings.add_attendee(_held(things), things.world.parties["roads"], by=things.world.operator)


def _call_written(things: Things) -> Meeting:
    meeting: Meeting = _fresh(things.planned)
    if meeting.state == "planned":
        calling.call_meeting(meeting, by=things.world.operator)
    return meeting


def _called(things: Things) -> Meeting:
    """By letters that have their numbers."""
    meeting = _call_written(things)
    waiting = Letter.objects.filter(call__meeting=meeting, state="awaiting")
    rows = [Numbered(letter, f"دعوت/{letter.pk}", date(2019, 10, 12)) for letter in waiting]
    if rows:
        communicating.number_letters(rows, by=things.world.operator, way=Way.HAND)
    return meeting


def _item(things: Things) -> Any:
    return things.planned.agenda.select_related("meeting").get()


def _attached(things: Things) -> Any:
    return things.planned.attachments.select_related("meeting", "file").get()
