"""A letter as the plain values that `writing` prints; in Persian whatever the page's language, as an office's paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import override

from dabir.directory import codes
from dabir.directory.models import Body, Office, Post, Seat, Tenure, TenureKind
from dabir.directory.spans import in_force
from dabir.foundation.acting import Function
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter, Letterhead, Urgency
from dabir.persian import clock, digits, jalali
from dabir.writing.letters import Grid, Panel, Sheet

BASMALA = "بسمه تعالی"
FONT = "Vazirmatn"
_SIGNERS = (Function.SECRETARY, Function.COUNTY)


@dataclass(frozen=True, slots=True)
class Look:
    """How a body's letters look: what stands in its letterhead, and for what is empty there, what comes with Dabir."""

    basmala: str
    head: str
    signers: tuple[str, ...]
    font: str = ""
    footer: str = ""


def look_of(body: Body, letterhead: Letterhead | None = None) -> Look:
    """Of a body's letters; by the letterhead given, or else the one that is stored."""
    own = letterhead or Letterhead.objects.filter(body=body).first() or Letterhead(body=body)
    lines = [line.strip() for line in own.heading.splitlines() if line.strip()]
    signers = tuple(line for line in (own.signer, own.signer_post) if line)
    return Look(
        basmala=own.basmala or BASMALA,
        head="\n".join(lines) or body.party.name,
        signers=signers or signers_of(body),
        font="" if own.font == FONT else own.font,
        footer=own.footer,
    )


def example_of(body: Body, letterhead: Letterhead) -> Sheet:
    """A letter that says how the body's letters look with a letterhead that is being written."""
    look = look_of(body, letterhead)
    return Sheet(
        basmala=look.basmala,
        head=digits.to_persian(look.head),
        marks=("محرمانه", "فوری"),
        to=("سازمان نمونه استان",),
        subject="نمونه نامه",
        paragraphs=(
            "با سلام و احترام،",
            "این نامه نشان می‌دهد نامه‌ها و صورتجلسه‌های این نهاد با این سربرگ چگونه چاپ می‌شوند. شماره و تاریخ پس از"
            " ثبت در اتوماسیون اداری در جای خود می‌نشیند.",
        ),
        signers=look.signers,
        enclosures=("صورتجلسه",),
        copies=("دبیرخانه، برای ثبت در پرونده",),
        footer=digits.to_persian(look.footer),
    )


def sheets_of(letters: Sequence[Letter]) -> list[Sheet]:
    """Letters to be printed, in their order. They come with recipients and enclosures; a look is made once a body."""
    looks: dict[int, Look] = {}
    for letter in letters:
        if letter.body_id not in looks:
            looks[letter.body_id] = look_of(letter.body)
    return [_sheet(letter, None, looks[letter.body_id]) for letter in letters]


def covering_sheet(letter: Letter, code: str, *, address: str, look: Look) -> Sheet:
    """A covering letter with the code that was made for it; `address` is where Dabir is reached."""
    invitation = letter.invitation
    assert invitation is not None  # letter_covering_has_invitation
    until = jalali.format_day(invitation.expires_at.astimezone(clock.TEHRAN).date())
    panel = Panel(
        address=("نشانی سامانه", address),
        code=("کد دعوت", codes.shown(code)),
        rows=(
            ("ویژه", f"{invitation.post.party.name}" + (f"، {invitation.name}" if invitation.name else "")),
            ("شماره همراه", f"مختوم به {digits.to_persian(invitation.mobile[-4:])}"),
            ("اعتبار", f"تا {until}، برای یک بار"),
        ),
    )
    return _sheet(letter, panel, look)


def signers_of(body: Body) -> tuple[str, ...]:
    """Name and post of the body's secretary today, as far as the directory knows them, and the body."""
    today = clock.today()
    seat = Seat.objects.filter(in_force(today), body=body, office=Office.SECRETARY).select_related("party").first()
    if seat is None:
        return (f"دبیرخانه {body.party.name}",)
    posts = Post.objects.filter(party__parent=seat.party, function__in=_SIGNERS).select_related("party")
    tenures = Tenure.objects.filter(in_force(today), post__in=posts).exclude(kind=TenureKind.SUBSTITUTE)
    tenure = tenures.select_related("person", "post__party").order_by("post_id", "id").first()
    who = (tenure.person.name, tenure.post.party.name) if tenure else (seat.party.name,)
    return (*who, f"دبیرخانه {body.party.name}")


def sheet_of(letter: Letter) -> Sheet:
    """A letter as it is printed."""
    return sheets_of([letter])[0]


def marks_of(letter: Letter) -> tuple[str, ...]:
    """The class on its paper and its urgency in Persian, where they are not the usual ones."""
    marks = []
    with override("fa"):
        secrecy = SecrecyClass(letter.printed_as or letter.secrecy)
        if secrecy != SecrecyClass.NORMAL:
            marks.append(str(secrecy.label))
        if letter.urgency != Urgency.NORMAL:
            marks.append(str(Urgency(letter.urgency).label))
    return tuple(marks)


def _sheet(letter: Letter, panel: Panel | None, look: Look) -> Sheet:
    recipients = list(letter.recipients.all())
    return Sheet(
        basmala=look.basmala,
        head=digits.to_persian(look.head),
        number=digits.to_persian(letter.number),
        day=jalali.format_day(letter.dated) if letter.dated else "",
        marks=marks_of(letter),
        to=tuple(str(recipient) for recipient in recipients if not recipient.is_copy),
        subject=digits.to_persian(letter.subject),
        paragraphs=tuple(digits.in_prose(line) for line in letter.text.splitlines()),
        panel=panel,
        grid=grid_of(letter),
        signers=look.signers,
        enclosures=tuple(digits.in_prose(one.text) for one in letter.enclosures.all()),
        copies=tuple(str(recipient) for recipient in recipients if recipient.is_copy),
        footer=digits.to_persian(look.footer),
        font=look.font,
    )


def grid_of(letter: Letter) -> Grid | None:
    """The table of a letter, where it has one."""
    if not letter.table:
        return None
    stored = letter.table
    return Grid(tuple(stored["heads"]), tuple(stored["shares"]), tuple(tuple(row) for row in stored["rows"]))
