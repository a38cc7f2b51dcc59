"""The proofreader: what is wrong, missing or doubtful in a paper, said at its line like a compiler would."""

from __future__ import annotations

from itertools import islice

from dabir.reading.context import Context
from dabir.reading.findings import (
    amounts,
    approvals,
    attendance,
    calendar,
    discussion,
    divisions,
    dues,
    leads,
    numbering,
    references,
    repeats,
    session,
    settled,
    source,
    sums,
    totals,
    wording,
)
from dabir.reading.findings.frame import Paper, Rule
from dabir.reading.lines import Line
from dabir.reading.minutes import Finding, Minutes

__all__ = ["RULES", "Rule", "proofread"]

_FAMILIES = (
    *(attendance, calendar, session, dues, references, numbering, amounts, sums, totals, divisions, discussion),
    *(settled, leads, approvals, repeats, wording, source),
)

RULES: dict[str, Rule] = {rule.id: rule for family in _FAMILIES for rule in family.RULES}
"""Every rule by its stable id; `docs/findings.md` explains each."""

MOST_PER_RULE = 50  # a paper that breaks one rule more often is not helped by more


def proofread(minutes: Minutes, context: Context, lines: list[Line] | None = None) -> list[Finding]:
    """What all rules say of `minutes`, by line; at most `MOST_PER_RULE` of each. `lines` are the paper's own, where
    they have been numbered already."""
    paper = Paper.of(minutes, context, lines)
    findings = [
        Finding(rule.id, said.severity or rule.severity, said.message, said.lines, said.suggestion, list(said.fixes))
        for rule in RULES.values()
        for said in islice(rule.check(paper), MOST_PER_RULE)
    ]
    return sorted(findings, key=lambda finding: (finding.lines, finding.rule))
