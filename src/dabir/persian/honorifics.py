"""Forms of address, which are no part of a name."""

from __future__ import annotations

import re

from dabir.persian.letters import canonical, same_length_fold
from dabir.persian.remembering import remembered

_PREFIX = re.compile(
    r"(?:(?:جناب|سرکار|حضرت|عالی جناب|برادر|خواهر)?\s*(?:اقایان|اقای|اقا|خانم ها|خانم|بانو)"
    r"|جناب|سرکار|حضرت|برادر|خواهر|ایت الله|ایه الله|حجت الاسلام(?:\s*و\s*المسلمین)?|حاج|سید محترم|محترم)\s+"
)
_MEDIAL = re.compile(r"\s+(?:محترم|معزز|گرامی|ارجمند)(?=\s|\Z)")


@remembered
def strip_honorifics(name: str) -> str:
    """`name` without «جناب آقای», «سرکار خانم», «محترم» …; academic and professional titles («دکتر», «مهندس») stay."""
    name = canonical(name)
    folded, start = same_length_fold(name), 0
    while match := _PREFIX.match(folded, start):
        start = match.end()
    ends = [(match.start(), match.end()) for match in _MEDIAL.finditer(folded, start)]
    bounds = zip([start, *(end for _, end in ends)], [*(begin for begin, _ in ends), len(name)], strict=True)
    return "".join(name[begin:end] for begin, end in bounds)
