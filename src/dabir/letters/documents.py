"""A letter as the plain values that `writing` prints; in Persian whatever the page's language, as an office's paper."""

from __future__ import annotations

from django.utils.translation import override

from dabir.directory import codes
from dabir.directory.models import Body, Office, Post, Seat, Tenure, TenureKind
from dabir.directory.spans import in_force
from dabir.foundation.acting import Function
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter, Urgency
from dabir.persian import clock, digits, jalali
from dabir.writing.letters import Grid, Panel, Sheet

BASMALA = "بسمه تعالی"
_SIGNERS = (Function.SECRETARY, Function.COUNTY)


def covering_sheet(letter: Letter, code: str, *, address: str, signers: tuple[str, ...]) -> Sheet:
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
    return _sheet(letter, panel, signers)


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


def _sheet(letter: Letter, panel: Panel | None, signers: tuple[str, ...]) -> Sheet:
    marks = []
    with override("fa"):
        if letter.secrecy != SecrecyClass.NORMAL:
            marks.append(str(SecrecyClass(letter.secrecy).label))
        if letter.urgency != Urgency.NORMAL:
            marks.append(str(Urgency(letter.urgency).label))
    return Sheet(
        basmala=BASMALA,
        head=letter.body.party.name,
        number=digits.to_persian(letter.number),
        day=jalali.format_day(letter.dated) if letter.dated else "",
        marks=tuple(marks),
        to=tuple(str(recipient) for recipient in letter.recipients.all()),
        subject=digits.to_persian(letter.subject),
        paragraphs=tuple(digits.to_persian(line) for line in letter.text.splitlines()),
        panel=panel,
        grid=grid_of(letter),
        signers=signers,
    )


def grid_of(letter: Letter) -> Grid | None:
    """The table of a letter, where it has one."""
    if not letter.table:
        return None
    stored = letter.table
    return Grid(tuple(stored["heads"]), tuple(stored["shares"]), tuple(tuple(row) for row in stored["rows"]))
