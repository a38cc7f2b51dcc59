"""Forms of address, which are no part of a name."""

from __future__ import annotations

import re

from dabir.persian.letters import canonical, same_length_fold

_PREFIX = re.compile(
    r"(?:(?:جناب|سرکار|حضرت|عالی جناب|برادر|خواهر)?\s*(?:اقایان|اقای|اقا|خانم ها|خانم|بانو)"
    r"|جناب|سرکار|حضرت|برادر|خواهر|ایت الله|ایه الله|حجت الاسلام(?:\s*و\s*المسلمین)?|حاج|سید محترم|محترم)\s+"
)
_MEDIAL = re.compile(r"\s+(?:محترم|معزز|گرامی|ارجمند)(?=\s|\Z)")


def strip_honorifics(name: str) -> str:
    """`name` without «جناب آقای», «سرکار خانم», «محترم» …; academic and professional titles («دکتر», «مهندس») stay."""
    name = canonical(name)
    while match := _PREFIX.match(same_length_fold(name)):
        name = name[match.end() :]
    for match in reversed(list(_MEDIAL.finditer(same_length_fold(name)))):
        name = name[: match.start()] + name[match.end() :]
    return name
