"""The minutes of a meeting as the plain values that `writing` prints; in Persian whatever the page's language."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from typing import Any

from django.utils.translation import override

from dabir.directory.models import Body, Office, Seat
from dabir.directory.spans import in_force
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.documents import BASMALA
from dabir.letters.models import Letterhead
from dabir.meetings.audiences import LEFT_OUT, Audience, View, view_of
from dabir.meetings.models import Attachment, Erratum, Meeting, MinutesVersion, VersionState
from dabir.persian import clock, jalali
from dabir.persian.digits import to_persian
from dabir.reading.minutes import Minutes, source_of
from dabir.writing.minutes import DRAFT, Amendment, Objection, Paper, Signer
from dabir.writing.stamp import Stamp

STATES = {
    VersionState.RECORDED: "ثبت از روی نسخه امضاشده",
    VersionState.SEALED: "نهایی و قفل‌شده",
    VersionState.CORRECTED: "نهایی و قفل‌شده، با اصلاحیه",
}


def paper_of(version: MinutesVersion, *, audience: Audience, base: str) -> Paper:
    """A version of the minutes as that audience gets it today, with the signatures and dissents that are on record;
    `base` is where Dabir is reached.

    `Invalid` where there is no public version.
    """
    meeting = version.meeting
    view = view_of(version, audience)
    minutes = Minutes.from_json(view.document)
    return dataclasses.replace(
        _blank(meeting, minutes),
        source=source_of(view.document),
        state=STATES[VersionState(version.state)],
        at=version.at or _noon(meeting),
        version=version.number,
        sha256=sha256_of(version),
        address=stamp_of(version).address(base),
        audience=audience,
        signers=tuple(_signers(meeting, minutes, version)),
        amendments=tuple(amendments_of(version, view)),
        objections=tuple(_objections(version, view)),
        attachments=tuple(one.name for one in attachments_of(version, view)),
    )


def _objections(version: MinutesVersion, view: View) -> Iterator[Objection]:
    """The dissents, those that came after the version with their day; of each that is left out, that there is one."""
    for one in view.dissents:
        since = jalali.format_day(one.at.astimezone(clock.TEHRAN).date()) if version.at and one.at > version.at else ""
        yield Objection(one.name, one.text, to_persian(one.about), since)
    yield from [Objection()] * view.dissents_left_out


def attachments_of(version: MinutesVersion, view: View) -> list[Attachment]:
    """Of those that the view shows, the ones that were sealed with it; where none was, the meeting's."""
    sealed = {one["sha256"] for one in version.attachments}
    return [one for one in view.attachments if not sealed or one.file.sha256 in sealed]


def draft_paper(meeting: Meeting, minutes: Minutes) -> Paper:
    """Minutes that are being written, to read and to correct: without number of a version, hash or code to scan."""
    paper = _blank(meeting, minutes)
    return dataclasses.replace(paper, signers=tuple(_signers(meeting, minutes, None)))


def sha256_of(version: MinutesVersion) -> str:
    """That of the whole document; a version recorded from paper may be without it in its row."""
    return version.sha256 or hashlib.sha256(source_of(version.document)).hexdigest()


def stamp_of(version: MinutesVersion) -> Stamp:
    return Stamp.of(version.meeting.code, version.number, sha256_of(version))


def _blank(meeting: Meeting, minutes: Minutes) -> Paper:
    """What is alike in drafts and versions: class, head and foot."""
    head = Letterhead.objects.filter(body=meeting.kept_by).first() or Letterhead(body=meeting.kept_by)
    with override("fa"):
        secrecy = "" if meeting.secrecy == SecrecyClass.NORMAL else str(SecrecyClass(meeting.secrecy).label)
    return Paper(
        minutes=minutes,
        source=b"",
        code=meeting.code,
        title=to_persian(meeting.title),
        state=DRAFT,
        at=_noon(meeting),
        secrecy=secrecy,
        basmala=head.basmala or BASMALA,
        heading=tuple(line for line in head.heading.splitlines() if line.strip()) or _issuer(meeting, minutes),
        footer=head.footer,
        font=head.font,
        body=meeting.kept_by.party.name,
    )


def _issuer(meeting: Meeting, minutes: Minutes) -> tuple[str, ...]:
    """Whose paper it is: as the paper says, else the office that was the body's secretariat on that day."""
    if minutes.header.issuer:
        return (minutes.header.issuer,)
    seats = Seat.objects.filter(in_force(meeting.date), body=meeting.kept_by, office=Office.SECRETARY)
    seat = seats.select_related("party").first()
    return (seat.party.name,) if seat else (f"دبیرخانه {_name(meeting.kept_by)}",)


def _name(body: Body) -> str:
    return body.party.name


def _signers(meeting: Meeting, minutes: Minutes, version: MinutesVersion | None) -> Iterator[Signer]:
    """Chair and secretary, then the members who were present; the day beside whoever is on record as having signed."""
    signed = {one.name: one for one in version.signatures.all()} if version else {}
    by_party = {one.party_id: one for one in signed.values() if one.party_id}
    taken: set[str] = set()

    def day_of(*names: str, party: int | None = None) -> str:
        found = next((signed[name] for name in names if name in signed), by_party.get(party) if party else None)
        if found:
            taken.add(found.name)
        return jalali.format_day(found.signed_on) if found else ""

    for person, office in ((minutes.header.chair, "رئیس جلسه"), (minutes.header.secretary, "دبیر جلسه")):
        if person:
            yield Signer(person.name, person.post or office, day_of(person.name))
    said = {person.name for person in (minutes.header.chair, minutes.header.secretary) if person}
    for entry in meeting.attendance.filter(present=True).exclude(capacity="invitee"):
        if entry.text not in said:
            yield Signer(entry.delegate, entry.text, day_of(entry.delegate, entry.text, party=entry.party_id))
    for name, one in signed.items():
        if name not in taken:
            yield Signer(name, "", jalali.format_day(one.signed_on))


def amendments_of(version: MinutesVersion, view: View) -> Iterator[Amendment]:
    """The errata up to this version: of one on lines that are left out its number alone, of a meeting of another class
    that decided one not its title."""
    errata = Erratum.objects.filter(version__meeting=version.meeting_id, version__number__lte=version.number)
    documents = dict(version.meeting.versions.values_list("number", "document")) if view.lines_left_out else {}
    for one in errata.select_related("decided_by__meeting", "version").order_by("number"):
        decided = to_persian(one.decided_by.number or str(one.decided_by.order))
        by_meeting = one.decided_by.meeting
        if by_meeting.pk != version.meeting_id and by_meeting.secrecy != SecrecyClass.NORMAL:
            decided = "جلسه‌ای دیگر"
        elif by_meeting.pk != version.meeting_id:
            decided += f" {to_persian(by_meeting.title)}"
        if documents and _touched(documents, one.version.number) & view.lines_left_out:
            yield Amendment(one.number, LEFT_OUT, LEFT_OUT, decided)
        else:
            yield Amendment(one.number, one.old, one.new, decided, one.reason)


def _touched(documents: Mapping[int, dict[str, Any]], number: int) -> set[int]:
    """The lines, from 1, that this version has put right; an erratum changes words within lines alone."""
    pairs = zip(documents[number - 1]["lines"], documents[number]["lines"], strict=True)
    return {at for at, (old, new) in enumerate(pairs, 1) if old != new}


def _noon(meeting: Meeting) -> datetime:
    return datetime.combine(meeting.date, time(12), UTC)
