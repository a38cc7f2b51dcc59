"""Automatic numbers and bullets are no text of a Word document: they are worked out as Word would print them."""

from __future__ import annotations

import pytest

from dabir.reading.sources import read
from tests.reading.sources.word import docx, level, numbering, p, styles

DASHED = [level(0, "decimal", "%1-"), level(1, "arabicAbjad", "%2)"), level(2, "bullet", "•")]


def lines(data: bytes) -> list[str]:
    return [line.text for line in read(data, "minutes.docx").lines]


def marks(*places: tuple[int, int] | None, parts: dict[str, str]) -> list[str]:
    """The marks of paragraphs at these places; the text of each is «الف», so that digits come out Persian."""
    data = docx(*(p("متن", num=place) for place in places), parts=parts)
    return [line.removesuffix("متن").rstrip(" ") for line in lines(data)]


def test_list_counts_over_paragraphs_that_are_in_none() -> None:
    parts = {"numbering": numbering({1: DASHED})}
    assert marks((1, 0), (1, 0), None, (1, 0), parts=parts) == ["۱-", "۲-", "", "۳-"]


def test_lower_level_begins_again_under_each_upper_number() -> None:
    parts = {"numbering": numbering({1: DASHED})}
    places = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)]
    assert marks(*places, parts=parts) == ["۱-", "الف)", "ب)", "•", "۲-", "الف)"]


def test_number_of_several_levels_shows_the_upper_ones() -> None:
    levels = [level(0, "decimal", "%1."), level(1, "decimal", "%1-%2-"), level(2, "decimal", "%1.%2.%3")]
    parts = {"numbering": numbering({1: levels})}
    places = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)]
    assert marks(*places, parts=parts) == ["۱.", "۱-۱-", "۱-۲-", "۱.۲.۱-", "۲.", "۲-۱-"]


def test_level_above_that_was_never_used_shows_its_start() -> None:
    levels = [level(0, "decimal", "%1.", start=4), level(1, "decimal", "%1-%2-")]
    assert marks((1, 1), parts={"numbering": numbering({1: levels})}) == ["۴-۱-"]


def test_lists_of_one_pattern_go_on_with_each_other() -> None:
    parts = {"numbering": numbering({1: DASHED}, {1: 1, 2: 1})}
    assert marks((1, 0), (2, 0), (1, 0), parts=parts) == ["۱-", "۲-", "۳-"]


def test_list_may_start_anew() -> None:
    anew = '<w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    parts = {"numbering": numbering({1: DASHED}, {1: 1, 2: anew})}
    assert marks((1, 0), (1, 0), (2, 0), (2, 0), parts=parts) == ["۱-", "۲-", "۱-", "۲-"]


def test_list_may_have_levels_of_its_own() -> None:
    own = f'<w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">{level(0, "decimal", "ماده %1:", 7)}</w:lvlOverride>'
    parts = {"numbering": numbering({1: DASHED}, {1: 1, 2: own})}
    assert marks((2, 0), (2, 0), parts=parts) == ["ماده ۷:", "ماده ۸:"]


@pytest.mark.parametrize(("restart", "third"), [(0, "۲)"), (1, "۱)")])
def test_level_that_never_restarts_counts_on(restart: int, third: str) -> None:
    levels = [level(0, "decimal", "%1-"), level(1, "decimal", "%2)", more=f'<w:lvlRestart w:val="{restart}"/>')]
    parts = {"numbering": numbering({1: levels})}
    assert marks((1, 0), (1, 1), (1, 0), (1, 1), parts=parts)[3] == third


def test_level_that_restarts_below_the_first_only_counts_on_below_the_second() -> None:
    levels = [
        level(0, "decimal", "%1-"),
        level(1, "decimal", "%2-"),
        level(2, "decimal", "%3)", more='<w:lvlRestart w:val="1"/>'),
    ]
    parts = {"numbering": numbering({1: levels})}
    places = [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)]
    assert [marks(*places, parts=parts)[place] for place in (2, 4, 6)] == ["۱)", "۲)", "۱)"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", ["۱-", "۲-", "۳-"]),
        ("hindiNumbers", ["۱-", "۲-", "۳-"]),
        ("arabicAbjad", ["الف-", "ب-", "ج-"]),
        ("arabicAlpha", ["الف-", "ب-", "ت-"]),
        ("decimalZero", ["۰۱-", "۰۲-", "۰۳-"]),
        ("lowerLetter", ["a-", "b-", "c-"]),
        ("upperLetter", ["A-", "B-", "C-"]),
        ("lowerRoman", ["i-", "ii-", "iii-"]),
        ("upperRoman", ["I-", "II-", "III-"]),
        ("ordinalText", ["یکم-", "دوم-", "سوم-"]),
        ("cardinalText", ["یک-", "دو-", "سه-"]),
        ("chicago", ["۱-", "۲-", "۳-"]),
        ("none", ["-", "-", "-"]),
    ],
)
def test_number_formats(form: str, expected: list[str]) -> None:
    parts = {"numbering": numbering({1: [level(0, form, "%1-")]})}
    assert marks((1, 0), (1, 0), (1, 0), parts=parts) == expected


def test_letters_begin_again_behind_the_last() -> None:
    parts = {"numbering": numbering({1: [level(0, "lowerLetter", "%1)", start=26)]})}
    assert marks((1, 0), (1, 0), parts=parts) == ["z)", "aa)"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("%1", "۱-"), ("-%1", "۱-"), ("%1)", "۱)"), ("(%1)", "(۱)"), ("%1 -", "۱ -"), ("بند %1", "بند ۱-"), ("", "")],
)
def test_number_is_closed_so_that_it_is_known_for_one(pattern: str, expected: str) -> None:
    parts = {"numbering": numbering({1: [level(0, "decimal", pattern)]})}
    assert marks((1, 0), parts=parts) == [expected]


@pytest.mark.parametrize(
    ("sign", "expected"), [("✓", "✓"), ("-", "-"), ("\uf0b7", "•"), ("\uf0fc", "•"), ("o", "•"), ("", "•")]
)
def test_bullets_that_only_a_font_of_symbols_shows_are_plain_ones(sign: str, expected: str) -> None:
    parts = {"numbering": numbering({1: [level(0, "bullet", sign)]})}
    assert marks((1, 0), (1, 0), parts=parts) == [expected, expected]


def test_number_stands_in_the_digits_of_its_text() -> None:
    parts = {"numbering": numbering({1: DASHED})}
    data = docx(p("Annex", num=(1, 0)), p("پیوست", num=(1, 0)), p("Annex پیوست", num=(1, 0)), parts=parts)
    assert lines(data) == ["1- Annex", "۲- پیوست", "۳- Annex پیوست"]


def test_nothing_stands_between_number_and_text_where_the_list_says_so() -> None:
    parts = {"numbering": numbering({1: [level(0, "decimal", "%1-", more='<w:suff w:val="nothing"/>')]})}
    assert lines(docx(p("متن", num=(1, 0)), parts=parts)) == ["۱-متن"]


def test_hidden_number_counts_and_is_not_shown() -> None:
    hidden = level(0, "decimal", "%1-").replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>")
    assert marks((1, 0), parts={"numbering": numbering({1: [hidden]})}) == [""]


def test_style_puts_its_paragraphs_into_a_list() -> None:
    base = (
        '<w:style w:type="paragraph" w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    sub = (
        '<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Item"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    child = '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Item"/></w:style>'
    parts = {"numbering": numbering({1: DASHED}), "styles": styles(base, sub, child)}
    data = docx(
        p("یک", style="Item"),
        p("زیر", style="Sub"),
        p("دو", style="Child"),
        p("بیرون", style="Item", num=(0, 0)),
        parts=parts,
    )
    assert lines(data) == ["۱- یک", "الف) زیر", "۲- دو", "بیرون"]


def test_level_may_name_the_style_that_it_numbers() -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    second = f'<w:style w:type="paragraph" w:styleId="Second">{numbered}</w:style>'
    levels = [level(0, "decimal", "%1-"), level(1, "decimal", "%1-%2-", more='<w:pStyle w:val="Second"/>')]
    parts = {"numbering": numbering({1: levels}), "styles": styles(second)}
    assert lines(docx(p("یک", num=(1, 0)), p("زیر", style="Second"), parts=parts)) == ["۱- یک", "۱-۱- زیر"]


def test_default_style_numbers_paragraphs_that_name_none() -> None:
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    parts = {"numbering": numbering({1: DASHED}), "styles": styles(normal)}
    assert lines(docx(p("یک"), p("دو"), parts=parts)) == ["۱- یک", "۲- دو"]


def test_pattern_may_lie_behind_a_numbering_style() -> None:
    xml = numbering({1: DASHED, 2: []})
    xml = xml.replace(
        '<w:abstractNum w:abstractNumId="1">', '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>'
    )
    xml = xml.replace(
        '<w:abstractNum w:abstractNumId="2">', '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/>'
    )
    assert marks((2, 0), (2, 1), parts={"numbering": xml}) == ["۱-", "الف)"]


def test_all_levels_are_digits_where_the_list_is_a_legal_one() -> None:
    levels = [level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", more="<w:isLgl/>")]
    assert marks((1, 0), (1, 1), parts={"numbering": numbering({1: levels})}) == ["I.", "۱.۱."]


def test_list_that_is_not_there_numbers_nothing() -> None:
    assert marks((9, 0), parts={"numbering": numbering({1: DASHED})}) == [""]
    assert lines(docx(p("متن", num=(1, 0)))) == ["متن"]
