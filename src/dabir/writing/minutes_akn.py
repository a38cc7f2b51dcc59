"""Minutes as Akoma Ntoso 3.0 (OASIS LegalDocML): a `debate` whose sections, speeches and resolutions can be cited.

Each `date` is a day that the text names, in the Gregorian calendar; persons and organizations are listed once and
referred to. The record itself is in `proprietary`.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from dabir.persian import jalali
from dabir.reading.minutes import SectionKind, Statement
from dabir.writing import minutes_body
from dabir.writing.minutes import Paper, facts, shown_day
from dabir.writing.minutes_body import Block, Look, Part
from dabir.writing.values import has_unwritable, written

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "urn:dabir:minutes"
_DAY = re.compile(r"(?<![\d/۰-۹])(?:1[234]|[۱][۲۳۴])[0-9۰-۹]{2}/[0-9۰-۹]{1,2}/[0-9۰-۹]{1,2}(?![\d/۰-۹])")
_ELEMENTS = {
    SectionKind.AGENDA: ("debateSection", ' name="agenda"'),
    SectionKind.DISCUSSION: ("debateSection", ' name="discussion"'),
    SectionKind.RESOLUTIONS: ("resolutions", ""),
    SectionKind.PRESENT: ("rollCall", ""),
    SectionKind.ABSENT: ("debateSection", ' name="absent"'),
}
_ROLES = {"chair": "رئیس جلسه", "secretary": "دبیر جلسه"}


@dataclass(slots=True)
class _Named:
    """Who is referred to: eId by name, each in the order of its first mention."""

    kind: str
    code: str
    found: dict[str, str] = field(default_factory=dict)

    def ref(self, name: str) -> str:
        return self.found.setdefault(name, f"{self.kind}-{len(self.found) + 1}")

    def listed(self) -> Iterator[str]:
        element = {"person": "TLCPerson", "organization": "TLCOrganization", "group": "TLCObject"}[self.kind]
        for name, key in self.found.items():
            href = f"/ontology/{self.kind}/{self.code}/{key}"
            yield f'<{element} eId="{key}" href="{_attribute(href)}" showAs="{_attribute(name)}"/>'


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.people = _Named("person", paper.code)
        self.organizations = _Named("organization", paper.code)
        self.groups = _Named("group", paper.code)
        self.number = 0

    def whole(self) -> str:
        paper = self.paper
        header = paper.minutes.header
        people = {role: getattr(header, role) for role in _ROLES if getattr(header, role)}
        for person in people.values():
            self.people.ref(person.name)
        preface = self._preface()
        body = "".join(self._section(part) for part in minutes_body.parts(paper.minutes))
        body = body or f'<debateSection eId="{self._id("section")}" name="empty"><p/></debateSection>'
        further = "".join(self._section(part) for part in minutes_body.further(paper))
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns="{NAMESPACE}"><debate name="minutes">'
            f"{self._meta()}<preface>{preface}</preface><debateBody>{body}{further}</debateBody>"
            f"{self._conclusions()}</debate></akomaNtoso>\n"
        )

    def _meta(self) -> str:
        paper = self.paper
        day = (paper.minutes.header.day or paper.at.date()).isoformat()
        at = paper.at.date().isoformat()
        work = f"/akn/ir/debate/minutes/{day}/{paper.code}"
        expression = f"{work}/fas@{at}"
        author = '<FRBRauthor href="#body"/>'
        version = f'<FRBRversionNumber value="{paper.version}"/>' if paper.version else ""
        return (
            '<meta><identification source="#dabir">'
            f'<FRBRWork><FRBRthis value="{work}/!main"/><FRBRuri value="{work}"/>'
            f'<FRBRalias name="title" value="{_attribute(paper.title)}"/>'
            f'<FRBRdate date="{day}" name="held"/>{author}<FRBRcountry value="ir"/><FRBRsubtype value="minutes"/>'
            f'<FRBRnumber value="{_attribute(paper.code)}"/></FRBRWork>'
            f'<FRBRExpression><FRBRthis value="{expression}/!main"/><FRBRuri value="{expression}"/>'
            f'<FRBRdate date="{at}" name="version"/>{author}{version}<FRBRlanguage language="fas"/></FRBRExpression>'
            f'<FRBRManifestation><FRBRthis value="{expression}/!main.xml"/><FRBRuri value="{expression}.akn"/>'
            f'<FRBRdate date="{at}" name="version"/>{author}<FRBRformat value="application/akn+xml"/>'
            "</FRBRManifestation></identification>"
            f'<references source="#dabir">{"".join(self._references())}</references>{self._source()}</meta>'
        )

    def _references(self) -> Iterator[str]:
        href, name = f"/ontology/organization/{self.paper.code}/body", self.paper.body or self.paper.title
        yield f'<TLCOrganization eId="body" href="{href}" showAs="{_attribute(name)}"/>'
        yield '<TLCOrganization eId="dabir" href="/ontology/organization/dabir" showAs="دبیر"/>'
        for named in (self.people, self.organizations, self.groups):
            yield from named.listed()
        for role, name in _ROLES.items():
            yield f'<TLCRole eId="{role}" href="/ontology/role/{role}" showAs="{name}"/>'

    def _source(self) -> str:
        """The record, as it is; in base64 where it has a letter that XML has no place for."""
        source = self.paper.source
        if not source:
            return ""
        coded = has_unwritable(source)
        text = base64.b64encode(source).decode() if coded else escape(source.decode(), quote=False)
        form = "base64" if coded else "json"
        return (
            f'<proprietary source="#dabir"><d:source xmlns:d="{OURS}" form="{form}" '
            f'version="{self.paper.version}" sha256="{self.paper.sha256}">{text}</d:source></proprietary>'
        )

    def _preface(self) -> str:
        paper, header = self.paper, self.paper.minutes.header
        lines = [f"<p><docTitle>{_text(header.title or paper.title)}</docTitle></p>"]
        if header.date:
            day = f'<docDate date="{header.date.iso}">{shown_day(header.date)}</docDate>'
            lines.append(f"<p>تاریخ جلسه: {day}</p>")
        for name, value in (fact for row in facts(paper) for fact in row):
            words = self._inline(value)
            if name == "شماره جلسه":
                words = f"<docNumber>{words}</docNumber>"
            for role, title in (("chair", "ریاست جلسه"), ("secretary", "دبیر جلسه")):
                if name == title:
                    key = self.people.ref(getattr(header, role).name)
                    words = f'<person refersTo="#{key}" as="#{role}">{words}</person>'
            lines.append(f"<p>{_text(name)}: {words}</p>")
        lines += [f"<p>{_text(line)}</p>" for line in (paper.state, *paper.marks)]
        return "".join(lines)

    def _section(self, part: Part) -> str:
        element, name = _ELEMENTS.get(part.kind, ("debateSection", ' name="other"'))
        inner = "".join(self._of_kind(part)) or "<p/>"
        number = f"<num>{_text(part.letter)}</num>" if part.letter else ""
        heading = f"<heading>{_text(part.title)}</heading>" if part.title else ""
        return f'<{element} eId="{self._id("section")}"{name}>{number}{heading}{inner}</{element}>'

    def _of_kind(self, part: Part) -> Iterable[str]:
        if part.kind == SectionKind.DISCUSSION:
            return self._talk(part.blocks)
        if part.kind == SectionKind.RESOLUTIONS:
            return [self._decided(block) for block in part.blocks]
        if part.kind in (SectionKind.PRESENT, SectionKind.ABSENT):
            present = part.kind == SectionKind.PRESENT
            names = [entry.text for entry in self.paper.minutes.attendance if entry.present == present]
            return [f"<p>{self._inline_of(block, names)}</p>" for block in part.blocks]
        return [self._paragraph(block) for block in part.blocks]

    def _decided(self, block: Block) -> str:
        if block.look != Look.ITEM:
            return self._paragraph(block)
        return (
            f'<debateSection eId="{self._id("resolution")}" name="resolution">'
            f"<num>{_text(block.label.removesuffix('-'))}</num><p>{self._inline_of(block)}</p></debateSection>"
        )

    def _talk(self, blocks: Sequence[Block]) -> Iterator[str]:
        """Speeches: the points of one statement after another, with the words that introduce them."""
        of_point = {point.id: one for one in self.paper.minutes.discussion for point in one.points if point.id}
        held: list[Block] = []
        now: Statement | None = None
        for block in blocks:
            mine = next((of_point[key] for key in block.of.split() if key in of_point), None)
            if mine is None and now is not None:
                yield self._speech(now, held)
                held, now = [], None
            if mine is not None and mine is not now:
                introduced = now is None and held and any(s.name in held[-1].text for s in mine.speakers)
                opening = [held.pop()] if introduced else []
                yield self._speech(now, held)
                held, now = opening, mine
            held.append(block)
        yield self._speech(now, held)

    def _speech(self, statement: Statement | None, blocks: Sequence[Block]) -> str:
        inner = "".join(self._paragraph(block) for block in blocks)
        names = [person.name for person in statement.speakers] if statement else []
        if not names or not inner:
            return inner
        keys = [self.people.ref(name) for name in names]
        key = keys[0] if len(keys) == 1 else self.groups.ref("، ".join(names))
        return f'<speech eId="{self._id("speech")}" by="#{key}">{inner}</speech>'

    def _paragraph(self, block: Block) -> str:
        label = f"{_text(block.label)} " if block.label else ""
        return f"<p>{label}{self._inline_of(block)}</p>"

    def _inline_of(self, block: Block, names: Sequence[str] = ()) -> str:
        pieces = [(self._inline(words, names), bold) for words, bold in block.pieces]
        return "".join(f"<b>{words}</b>" if bold else words for words, bold in pieces)

    def _inline(self, text: str, names: Sequence[str] = ()) -> str:
        """The words with their days and these organizations marked."""
        text = written(text)
        spans = [(found.span(), _day(found[0])) for found in _DAY.finditer(text)]
        marked = [(span, "date", f'date="{day.isoformat()}"') for span, day in spans if day]
        for name in sorted(set(names), key=len, reverse=True):
            found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) if name.strip() else None
            if found and all(found.end() <= first or found.start() >= last for (first, last), *_ in marked):
                marked.append((found.span(), "organization", f'refersTo="#{self.organizations.ref(name)}"'))
        made, end = "", 0
        for (first, last), element, attribute in sorted(marked):
            made += f"{_text(text[end:first])}<{element} {attribute}>{_text(text[first:last])}</{element}>"
            end = last
        return made + _text(text[end:])

    def _conclusions(self) -> str:
        lines = []
        for signer in self.paper.signers:
            words = "، ".join(_text(one) for one in (signer.name, signer.post) if one)
            signed = f" {self._inline(signer.signed)}" if signer.signed else ""
            lines.append(f"<p><signature>{words}{signed}</signature></p>")
        return f"<conclusions>{''.join(lines)}</conclusions>" if lines else ""

    def _id(self, kind: str) -> str:
        self.number += 1
        return f"{kind}_{self.number}"


def to_akn(paper: Paper) -> bytes:
    """The whole paper as XML that follows the schema of OASIS."""
    return _Writer(paper).whole().encode()


def _day(words: str) -> date | None:
    """The day of the words; none where the calendar has no such day."""
    return jalali.parse_day(words)


def _text(text: str) -> str:
    return escape(" ".join(written(text).split("\n")), quote=False)


def _attribute(text: str) -> str:
    return escape(" ".join(written(text).split()))
