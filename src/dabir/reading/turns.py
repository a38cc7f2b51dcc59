"""Turns: where in a paragraph of a discussion somebody takes the word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dabir.persian.remembering import remembered
from dabir.reading.items import sentences
from dabir.reading.lines import Passage
from dabir.reading.minutes import Person
from dabir.reading.parties import PERSON, POST, name_end
from dabir.reading.speakers import ACTED_ON, LONGEST_NAME, SAID, SPEAKS, skip, speaker_at, speakers_in
from dabir.reading.wording import rx

# Behind a verb, somebody else takes the word.
_ANOTHER = rx(
    r"""(?:[،؛]|(?<!\w)(?:و|سپس|همچنین|ضمنا|متعاقبا)(?!\w))[\s،]*(?:(?:سپس|همچنین|ضمنا|در (?:ادامه|پایان)
        |متعاقبا)(?!\w)[\s،]*)?"""
)
_RESPECTED = rx(r"(?<!\w)محترم(?!\w)")


def turns_in(paragraph: Passage) -> list[tuple[int, list[Person]]]:
    """Where speakers come on in the paragraph: (offset of their words, the speakers)."""
    return [(start, [replace(one) for one in speakers]) for start, speakers in _turns(paragraph)]


@remembered
def _turns(paragraph: Passage) -> tuple[tuple[int, list[Person]], ...]:
    cuts = (cut for sentence in _whole(paragraph) for cut in _parted(sentence))
    found: list[tuple[int, list[Person]]] = []
    at = 0
    for cut in cuts:
        start = paragraph.text.find(cut.text, at)
        at = start + len(cut.text)
        if speakers := speakers_in(cut):
            found.append((start, speakers))
    return tuple(found)


def _whole(paragraph: Passage) -> Iterator[Passage]:
    """The sentences, each name that a semicolon cuts off («آقای کریمی؛ رئیس کمیسیون؛ گزارش داد») with what it does."""
    begin: int | None = None
    at = 0
    for piece in sentences(paragraph):
        start = paragraph.text.find(piece.text, at)
        at = start + len(piece.text)
        begin = start if begin is None else begin
        whole = paragraph.cut(begin, at)
        named = whole.text.endswith("؛") and len(whole.text) < LONGEST_NAME and not SAID.search(whole.folded)
        if not (named and speaker_at(whole.folded, skip(whole.folded))):
            yield whole
            begin = None
    if begin is not None:
        yield paragraph.cut(begin)


def _parted(sentence: Passage) -> Iterator[Passage]:
    """The sentence, parted where another takes the word («… توضیح داد و آقای نوری پیشنهاد کرد …»)."""
    folded = sentence.folded
    said = {match.end() for match in SAID.finditer(folded)}
    start = 0
    for match in _ANOTHER.finditer(folded):
        after = len(match[0].split()) > 1 or len(folded[: match.start()].rstrip()) in said  # «، همچنین آقای …»
        if after and PERSON.match(folded, match.end()):
            end = name_end(folded, match.end(), len(folded))
            acts = end is not None and not ACTED_ON.match(folded, end) and SPEAKS.search(folded, end)
            if acts and SPEAKS.search(folded, start, match.start()):
                yield sentence.cut(start, match.start())
                start = match.end()
    yield sentence.cut(start)


def comes_on(passage: Passage) -> bool:
    """True where a person, or a post that is spoken of with respect («شهردار محترم»), begins the passage."""
    at = skip(passage.folded)
    post = POST.match(passage.folded, at)
    return bool(PERSON.match(passage.folded, at) or (post and _RESPECTED.search(passage.folded, at, post.end() + 40)))
