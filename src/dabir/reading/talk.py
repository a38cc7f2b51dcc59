"""The resolutions in a discussion: items and sentences that decide, told apart from what is only said."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.persian.letters import same_length_fold
from dabir.reading.decided import List, Paper, resolution_of
from dabir.reading.decisions import SPEECH, decides
from dabir.reading.items import Item, group
from dabir.reading.lines import Passage
from dabir.reading.members import with_parts
from dabir.reading.minutes import Resolution, SectionKind
from dabir.reading.prose import goes_on, orders, orders_in, resolutions_in
from dabir.reading.sections import Block
from dabir.reading.titles import AMENDS_WORDING, opens_list
from dabir.reading.wording import rx

_OPENING = 120  # letters of a sentence's end that tell whether it opens a list
_HEAD = 3  # lines that may hold a report's headline and its first sentence
_TOLD_AGAIN = 0.75  # of a headline's words
_LONGEST_BULLET = 700  # letters; a longer bullet is a paragraph, of which only sentences decide
_MEETING = rx(r"(?<!\w)(?:جلسه|نشست|صورت جلسه|کارگروه|ستاد|شورا|شورای|کمیته|کمیسیون|هیات)(?!\w)")


def decided_in_talk(block: Block, paper: Paper) -> Iterator[Resolution]:
    """In a discussion: the items that decide, those under a deciding sentence, and the sentences that decide."""
    items = with_parts(group(block.lines))
    said = _said(items)
    listed = [item for item in items if item.mark and id(item) not in said]
    numbered = [item for item in listed if item.mark and item.mark.style != "bullet"]
    if not block.title and not numbered and any(decides(item.passage.folded) for item in listed):
        numbered = listed  # a list of bullets is one of decisions where most of them bind
    binds = decides if block.title else _binds  # under «مطالب مطرح شده» an order is what somebody asks for
    deciding = sum(binds(item.passage.folded) for item in numbered)
    act = any(item.mark and item.mark.word in ("ماده واحده", "ماده") for item in numbered)
    decisions = block.title.decisions if block.title else deciding > 0
    a_list_of_decisions = deciding * 2 > len(numbered) or (numbered is not listed and (act or decisions))
    under = False  # items follow a sentence that decides («مقرر گردید: ۱- …»)
    decided = False  # the paragraph before has a decision: this one may go on with it («همچنین … ارسال نمایند»)
    for item in items:
        found = []
        if item.children:  # people, whom its words name
            if under or decides(item.passage.folded):
                found = [resolution_of(item.whole(), item.label, paper)]
        elif item.mark is None:
            opening = item.opens and opens_list(item.passage.folded)
            under = bool(opening) or (item.opens and decides(item.passage.folded[-_OPENING:]))
            going_on = decided and goes_on(item.passage.folded)
            found = list(deciding_sentences(item.passage, paper, going_on=going_on))
            if not found and item.opens and AMENDS_WORDING.search(item.passage.folded):
                found = [resolution_of(item.passage, None, paper)]  # «… به تصویب‌نامه اضافه می‌گردد: ۳- …»
            decided = bool(found)
        elif not (item.opens and opens_list(item.passage.folded)):
            if under or _decides(item, a_list_of_decisions and id(item) not in said):
                found = [resolution_of(item.passage, item.label, paper, listed=List(owed=under))]
            else:
                found = list(deciding_sentences(item.passage, paper))
        yield from found


def _said(items: list[Item]) -> set[int]:
    """The ids of the items under what brings speakers on («… بیان کردند:»): points, whatever they ask for."""
    said: set[int] = set()
    speech = False
    for item in items:
        if item.mark is None:
            speech = item.opens and bool(SPEECH.search(item.passage.folded, max(0, len(item.passage.text) - _OPENING)))
        elif speech:
            said.add(id(item))
    return said


def _decides(item: Item, a_list_of_decisions: bool) -> bool:
    if item.mark and item.mark.style != "bullet":
        return a_list_of_decisions or decides(item.passage.folded)
    short = len(item.passage.text) < _LONGEST_BULLET
    binds = a_list_of_decisions and _binds(item.passage.folded)
    return short and (binds or bool(resolutions_in(item.passage)))


def _binds(folded: str) -> bool:
    """True for an item that decides; in a list of such items one that plainly orders («… فراهم شود») is one too."""
    return decides(folded) or (not SPEECH.search(folded) and orders(Passage.of([(1, folded)])))


def reported(blocks: list[Block], paper: Paper) -> Iterator[Resolution]:
    """The orders of a report that has no deciding verb anywhere: what it tells to be ordered is all it decides."""
    if not any(_MEETING.search(line.folded) for line in paper.lines):
        return
    for block in blocks:
        if block.kind is SectionKind.DISCUSSION:
            told = (item for item in group(block.lines) if not (block.title and item.mark))  # those are points
            for item in told:
                yield from (resolution_of(order, None, paper) for order in orders_in(item.passage))


def deciding_sentences(
    paragraph: Passage,
    paper: Paper,
    *,
    orders: bool = False,
    acts: bool = False,
    going_on: bool = False,
) -> Iterator[Resolution]:
    """The sentences of a paragraph that decide, as `resolutions_in` tells them; what opens a list is none."""
    at = 0
    for sentence in resolutions_in(paragraph, orders_count=orders, acts_count=acts, going_on=going_on):
        start = paragraph.text.find(sentence.text, at)
        at = start + len(sentence.text)
        if not opens_list(sentence.folded):
            yield resolution_of(sentence, None, paper, before=paragraph.text[:start])


def without_headlines(found: list[Resolution]) -> list[Resolution]:
    """The resolutions of a report without those of its headline that its text tells again."""
    words = [_words(one.text) for one in found]
    again = [
        not one.number and one.lines[1] <= _HEAD and any(_tells_again(said, told) for told in words[place:])
        for place, (one, said) in enumerate(zip(found, words, strict=True), 1)
    ]
    return [one for one, told in zip(found, again, strict=True) if not told]


def _words(text: str) -> set[str]:
    return {word for word in same_length_fold(text).split() if len(word) > 2}


def _tells_again(headline: set[str], told: set[str]) -> bool:
    return len(headline) > _HEAD and len(headline & told) >= _TOLD_AGAIN * len(headline)
