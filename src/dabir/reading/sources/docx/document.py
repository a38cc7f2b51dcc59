"""A Word document → its lines, and notes on what a reader of the paper would ask about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from dabir.persian.digits import to_persian
from dabir.reading.minutes import Remark
from dabir.reading.sources.docx.blocks import Block, paragraphs
from dabir.reading.sources.docx.lines import Writer
from dabir.reading.sources.docx.numbering import Numbering
from dabir.reading.sources.docx.package import Package
from dabir.reading.sources.docx.runs import Seen
from dabir.reading.sources.docx.story import Document, blocks_of
from dabir.reading.sources.docx.styles import Styles
from dabir.reading.sources.docx.xml import switch
from dabir.reading.sources.unreadable import Unreadable

_NOTES = (("footnotes", "w:footnote", "f"), ("endnotes", "w:endnote", "e"))
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_PAGE_WORDS = re.compile("صفحه|از|page|of", re.IGNORECASE)
_LEFT_OUT = (
    ("pictures", "تصویر یا نمودار"),
    ("embedded", "سند پیوند‌شده"),
    ("comments", "یادداشت حاشیه (Comment)"),
    ("hidden", "تکهٔ متن پنهان"),
)


def read(data: bytes) -> tuple[list[str], list[Remark]]:
    """The lines of a .docx file, and notes; `sources.Unreadable` where it is none, is damaged, hostile or empty.

    First the header of the first page, then the body; then, under titles of their own, the footnotes and whatever
    other pages have at their head or foot.
    """
    package = Package(data)
    root = package.part(package.main)
    body = None if root is None else root.find("w:body")
    if body is None:
        raise Unreadable("damaged")
    styles = Styles(next(package.related("styles"), None))
    document = Document(styles, Numbering(next(package.related("numbering"), None), styles), Seen())
    writer = Writer()
    header, others = _margins(package, body, replace(document, seen=Seen()))
    writer.write(header)
    writer.gap()
    writer.write(blocks_of(body, document))
    seen = document.seen
    if not any(writer.lines):
        raise Unreadable("only-pictures" if seen.pictures or seen.embedded else "empty")
    notes = list(_remarks(writer, seen))
    notes += _footnotes(writer, package, document)
    if others:
        writer.gap()
        writer.say("سرصفحه و پاصفحه:")
        writer.write(others)
    while not writer.lines[-1]:
        writer.lines.pop()
    return writer.lines, notes


def _margins(package: Package, body: Element, document: Document) -> tuple[list[Block], list[Block]]:
    """The header of the first page; and the other headers and the footers, each once, bare page numbers left out."""
    first = "first" if switch(next(body.iter("w:sectPr"), None), "w:titlePg") else "default"
    shown: list[Block] = []
    others: list[Block] = []
    known: set[str] = set()
    for tag in ("w:headerReference", "w:footerReference"):
        for reference in sorted(body.iter(tag), key=lambda one: one.get("w:type") != first):
            part = package.by_id(reference.get("r:id"))
            blocks = [] if part is None else blocks_of(part, document)
            text = "\n".join(one.text.strip() for one in paragraphs(blocks))
            if text in known or not any(char.isalpha() for char in _PAGE_WORDS.sub("", text)):
                continue
            known.add(text)
            at_the_top = tag == "w:headerReference" and not shown and reference.get("w:type") == first
            (shown if at_the_top else others).extend(blocks)
    return shown, others


def _footnotes(writer: Writer, package: Package, document: Document) -> Iterator[Remark]:
    """Write the footnotes and endnotes to which the lines refer, under a title that keeps them out of the decisions."""
    found: dict[str, Element] = {}
    for kind, tag, letter in _NOTES if writer.notes else ():
        for root in package.related(kind):
            notes = (note for note in root.findall(tag) if note.get("w:type") not in _SEPARATORS)
            found |= {letter + note.get("w:id", ""): note for note in notes}
    noted = [(key, line) for key, line in writer.notes.items() if key in found]
    if not noted:
        return
    writer.gap()
    writer.say("پانویس‌ها:")
    begin = len(writer.lines)
    for count, (key, line) in enumerate(noted, 1):
        texts = (one.text.replace("\n", " ").strip() for one in paragraphs(blocks_of(found[key], document)))
        writer.say(to_persian(f"[{count}] (سطر {line}) ") + " ".join(filter(None, texts)))
    many = to_persian(str(len(noted)))
    message = f"{many} پانویس در پایان متن آمده و جزء مصوبات خوانده نشده است."
    yield _note(
        "source.footnotes",
        message,
        begin + 1,
        begin + len(noted),
    )


def _remarks(writer: Writer, seen: Seen) -> Iterator[Remark]:
    if seen.changes:
        first, last = (writer.changed[0], writer.changed[-1]) if writer.changed else (1, 1)
        message = "فایل «تغییرات پیگیری‌شده» (Track Changes) دارد؛ چنان خوانده شد که همه پذیرفته باشند."
        yield _note("source.tracked-changes", message, first, last)
    left_out = [f"{to_persian(str(count))} {what}" for name, what in _LEFT_OUT if (count := getattr(seen, name))]
    if left_out:
        yield _note("source.left-out", f"{'، '.join(left_out)} در فایل هست که خوانده نشد.")


def _note(rule: str, message: str, first: int = 1, last: int = 1) -> Remark:
    return Remark(rule, message, (first, last))
