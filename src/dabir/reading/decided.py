"""One resolution out of its words: its kind, its obligations, its references."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dabir.persian.calendar import Calendar
from dabir.reading.acts import acts_in, without_acts
from dabir.reading.duties import Inherited, Surroundings, amended, obligations_of
from dabir.reading.kinds import allows, kind_of
from dabir.reading.lines import Line, Passage
from dabir.reading.minutes import Obligation, Resolution, ResolutionKind
from dabir.reading.quoted import without_letters
from dabir.reading.references import references_in

_BINDING = {ResolutionKind.OBLIGATION, ResolutionKind.RECURRING}
_LONGEST = 20_000  # letters of a resolution that are looked at
_LOOK_BACK = 2_000  # letters before a resolution in which a pronoun's antecedent is looked for


@dataclass(frozen=True, slots=True)
class Paper:
    """What every analyser of a resolution needs of the paper: its lines, the session's day and hour, the days that are
    worked."""

    lines: list[Line]
    session: date | None
    starts_at: str | None = None
    calendar: Calendar = field(default_factory=Calendar)

    def before(self, line: int) -> str:
        """The text that precedes a line, as far back as a pronoun may point."""
        parts: list[str] = []
        length = 0
        for other in reversed(self.lines[max(0, line - 1 - _LOOK_BACK // 10) : line - 1]):
            parts.append(other.text[-_LOOK_BACK:])
            length += len(other.text)
            if length > _LOOK_BACK:
                break
        return "\n".join(reversed(parts))


@dataclass(frozen=True, slots=True)
class List:
    """What a list says of its items: the kind that the sentence before it gives them; whether they are reviewed,
    or ordered («شهرداری موظف است:»)."""

    kind: ResolutionKind | None = None
    review: bool = False
    owed: bool = False


def surroundings(passage: Passage, paper: Paper, inherited: Inherited, before: str = "") -> Surroundings:
    """What surrounds the passage; `before` is what precedes it in its own paragraph."""

    def text() -> str:
        return f"{paper.before(passage.numbers[0])}\n{before[-_LOOK_BACK:]}"

    return Surroundings(paper.session, paper.starts_at, text, inherited, paper.calendar)


def resolution_of(
    passage: Passage,
    number: str | None,
    paper: Paper,
    *,
    inherited: Inherited | None = None,
    listed: List | None = None,
    before: str = "",
    said: Passage | None = None,
) -> Resolution:
    """The resolution that the passage is; what it decides stands in its part `said`, where its list only names."""
    listed = listed or List()
    passage, whole = said or passage, passage
    seen = without_letters(passage.cut(0, _LONGEST) if len(passage.text) > _LONGEST else passage)
    acts = acts_in(seen, paper.session)
    if acts.certain:
        rest = without_acts(seen, acts)
        if rest is None:
            decided = ResolutionKind.AMENDMENT
            return Resolution(whole.text, whole.lines(), decided, number, [], references_in(seen), acts.certain)
        seen = passage = rest
    around = surroundings(seen, paper, inherited or Inherited(), before)
    obligations = obligations_of(seen, around)
    kind = kind_of(seen, obligations, listed.kind, review=listed.review, owed=listed.owed)
    if kind is ResolutionKind.AMENDMENT and not any(one.lead or one.due for one in obligations):
        obligations = amended(seen, around)
    return Resolution(
        whole.text,
        whole.lines(),
        kind,
        number,
        _kept(kind, obligations, passage, around),
        references_in(seen),
        acts.certain,
    )


def _kept(
    kind: ResolutionKind, obligations: list[Obligation], passage: Passage, around: Surroundings
) -> list[Obligation]:
    """The obligations that a resolution of this kind makes; of a proposal, those that say who would do it."""
    if kind is ResolutionKind.INFORMATION or (kind is ResolutionKind.APPROVAL and allows(passage.folded)):
        return []
    if kind in _BINDING:
        owed = around.inherited
        return obligations or [Obligation(passage.text, passage.lines(), owed.lead, list(owed.helpers), due=owed.due)]
    if kind in (ResolutionKind.STANDING_RULE, ResolutionKind.PROPOSAL):
        return [one for one in obligations if one.lead]
    return [one for one in obligations if one.lead or one.due]
