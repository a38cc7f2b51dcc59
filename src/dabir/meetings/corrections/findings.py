"""What a secretary does about a finding: put its words right wherever they stand on its lines, or let it be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.meetings.corrections.lookup import sources
from dabir.meetings.corrections.registry import Words, op
from dabir.persian.letters import same_length_fold
from dabir.reading.minutes import Finding, Fix, Lines, Minutes, Obligation, Severity


class Change(TypedDict):
    """Words, and what is to stand in their place."""

    old: Words
    new: Words


@op
def replace_words(minutes: Minutes, *, changes: list[Change], first: int, last: int) -> None:
    """Put words in the place of others in every item that stands on these lines; the paper's own lines stay."""
    done = False
    for change in changes:
        pattern = _whole(change["old"])
        for thing, name in _texts(minutes, (first, last)):
            text = getattr(thing, name)
            replaced = pattern.sub(lambda _match, new=change["new"]: new, text)  # type: ignore[misc]
            done = done or replaced != text
            setattr(thing, name, replaced)
    if not done:
        raise Invalid(_("These words stand in no item there."), field="changes")


@op
def waive_finding(minutes: Minutes, *, rule: Words, message: Words, first: int, last: int, reason: Words) -> None:
    """Let a finding be, for a reason; it stays beside the paper."""
    _remember(minutes, rule, message, (first, last), reason)


@op
def heed_finding(minutes: Minutes, *, rule: Words, message: Words, first: int, last: int) -> None:
    """Take a waiver back."""
    _remember(minutes, rule, message, (first, last), None)


def waivers(minutes: Minutes) -> dict[tuple[str, str], str | None]:
    """The reasons for which findings are let be, by rule and message."""
    return {(finding.rule, finding.message): finding.waived for finding in minutes.findings if finding.waived}


def standing(minutes: Minutes, fixes: Sequence[Fix], lines: Lines) -> list[Fix]:
    """Those of the fixes whose words stand in an item on these lines, and are not right by now."""
    text = "\n".join(getattr(thing, name) for thing, name in _texts(minutes, lines)) if fixes else ""
    folded = same_length_fold(text)
    likely = [fix for fix in fixes if same_length_fold(fix.old) in folded]
    return [fix for fix in likely if any(match[0] != fix.new for match in _whole(fix.old).finditer(text))]


def _remember(minutes: Minutes, rule: str, message: str, lines: Lines, reason: str | None) -> None:
    """Note it on the finding itself; one that comes only of corrections is put beside the reader's own until the
    proofreader makes it."""
    for finding in minutes.findings:
        if (finding.rule, finding.message) == (rule, message):
            finding.waived = reason
            return
    minutes.findings.append(Finding(rule, Severity.NOTE, message, lines, waived=reason))


def _whole(words: str) -> re.Pattern[str]:
    """The words by themselves; Arabic ye and kaf are one with the Persian ones, or one fix would hide another."""
    letters = re.sub("[یي]", "[یي]", re.sub("[کك]", "[کك]", re.escape(words)))
    return re.compile(rf"(?<!\w){letters}(?!\w)")


def _texts(minutes: Minutes, lines: Lines) -> Iterator[tuple[Any, str]]:
    """Every text of the items that stand on these lines: the object and the name of its field."""
    header = minutes.header
    if header.lines and _meet(header.lines, lines):
        yield from ((header, name) for name in ("title", "venue") if getattr(header, name))
    for source in sources(minutes):
        if _meet(source.lines, lines):
            yield source, "text"
        for duty in source.obligations:
            if _meet(duty.lines, lines):
                yield from _words_of(duty)
    yield from ((item, "text") for item in minutes.agenda if _meet(item.lines, lines))
    yield from ((entry, "text") for entry in minutes.attendance if _meet(entry.lines, lines))


def _words_of(duty: Obligation) -> Iterator[tuple[Any, str]]:
    yield duty, "action"
    for party in (duty.lead, duty.endorser, *duty.helpers, *duty.recipients):
        if party:
            yield party, "text"
    if duty.due:
        yield duty.due, "text"
        if duty.due.trigger:
            yield duty.due, "trigger"


def _meet(one: Lines, other: Lines) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
