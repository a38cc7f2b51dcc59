"""What is read in Word documents: the same as in the text that they show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from dabir.reading import sources
from dabir.reading.context import Context
from dabir.reading.minutes import Minutes
from dabir.reading.reader import read, read_text
from tests.reading.sources.word import cell, docx, level, notes, numbering, p, parts_of, table

ROOT = Path(__file__).parents[3]
SAMPLES = sorted((ROOT / "examples" / "minutes").glob("*.txt"))
GOLDEN = sorted(path for path in (ROOT / "tests" / "golden" / "reading").iterdir() if path.suffix in (".txt", ".md"))
_NUMBERED = re.compile(r"([0-9۰-۹]{1,3})[-–]\s*(.*)")
HEAD = ["ردیف", "شرح مصوبه", "مسئول پیگیری", "همکار", "مهلت"]


def of(*blocks: str, parts: dict[str, str] | None = None) -> Minutes:
    top = p("صورتجلسه شماره ۴ ستاد بهره‌وری"), p("تاریخ جلسه: ۱۴۰۲/۰۳/۰۷"), p("مصوبات:")
    return read(docx(*top, *blocks, parts=parts), Context(), "minutes.docx")


def duties(minutes: Minutes) -> list[list[Any]]:
    return [
        [one.number, *((duty.lead and duty.lead.text, duty.due and duty.due.jalali) for duty in one.obligations)]
        for one in minutes.resolutions
    ]


def as_word(text: str) -> bytes:
    """The text as a document whose numbers are automatic and whose tabbed lines are tables."""
    levels: dict[int, list[str]] = {}
    blocks: list[str] = []
    rows: list[list[str]] = []
    before = 0
    for line in [*text.split("\n"), None]:
        cells = line.split("\t") if line else []
        if rows and len(cells) != len(rows[0]):
            blocks += [table(*rows), p()]
            rows = []
        if len(cells) > 2 and all(cells):
            rows.append(cells)
        elif line is not None and (match := _NUMBERED.fullmatch(line)):
            if int(match[1]) != before + 1 or not levels:
                levels[len(levels) + 1] = [level(0, "decimal", "%1-", int(match[1]))]
            before = int(match[1])
            blocks.append(p(match[2], num=(len(levels), 0)))
        elif line is not None:
            blocks.append(p(*(f"<w:r><w:t xml:space='preserve'>{one}</w:t></w:r>" for one in parted(line))))
    return docx(*blocks, parts={"numbering": numbering(levels)})


def parted(line: str) -> list[str]:
    """The line in pieces, as Word breaks a paragraph into runs; a tab is one of its own."""
    return ["</w:t><w:tab/><w:t>" if one == "\t" else one.replace("&", "&amp;") for one in re.split("(\t)", line)]


def essence(minutes: Minutes) -> list[Any]:
    header = minutes.header.as_json() | {"lines": None, "chair": None, "secretary": None}
    return [
        header,
        minutes.header.chair and minutes.header.chair.name,
        [item.text for item in minutes.agenda],
        [[one.name for one in said.speakers] + [one.text for one in said.points] for said in minutes.discussion],
        [(one.number, one.kind, one.text) for one in minutes.resolutions],
        duties(minutes),
        [(entry.text, entry.present) for entry in minutes.attendance],
    ]


@pytest.mark.parametrize("path", SAMPLES + GOLDEN, ids=lambda path: path.stem)
def test_paper_is_read_the_same_from_word(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    from_word = read(as_word(text), Context(), "minutes.docx")
    assert essence(from_word) == essence(read_text(text, Context()))


def test_samples_have_their_numbers_from_word_alone() -> None:
    for path in SAMPLES:
        data = as_word(path.read_text(encoding="utf-8"))
        assert "۱-".encode() not in parts_of(data)["word/document.xml"].replace("۱۱-".encode(), b"")
        assert any(line.text.startswith("۱- ") for line in sources.read(data).lines)


def test_table_of_resolutions_is_read_by_its_columns() -> None:
    minutes = of(table(HEAD, ["1", cell("تهیه فهرست روستاها", "و ارسال آن"), "آب و فاضلاب", "بخشداری", "۱۴۰۲/۰۵/۱۰"]))
    assert duties(minutes) == [["1", ("آب و فاضلاب", "1402/05/10")]]
    assert minutes.resolutions[0].text == "تهیه فهرست روستاها و ارسال آن"
    assert [helper.text for helper in minutes.resolutions[0].obligations[0].helpers] == ["بخشداری"]
    assert minutes.resolutions[0].lines == (6, 7)


def test_rows_under_one_number_are_duties_of_one_resolution() -> None:
    rows = [
        [cell("1", merge="restart"), cell("ساماندهی ورودی شهر", merge="restart"), "شهرداری", "", "۱۴۰۲/۰۵/۱۰"],
        [cell(merge="continue"), cell(merge="continue"), "اداره برق", "", "۱۴۰۲/۰۶/۲۰"],
        ["2", "نصب تابلو", "راهداری", "", ""],
    ]
    wanted = [["1", ("شهرداری", "1402/05/10"), ("اداره برق", "1402/06/20")], ["2", ("راهداری", None)]]
    assert duties(of(table(HEAD, *rows), p("پایان جلسه با ذکر صلوات اعلام شد."))) == wanted


def test_owner_merged_over_rows_owes_each() -> None:
    rows = [
        ["1", "نصب تابلو", cell("راهداری", merge="restart"), "", "۱۴۰۲/۰۵/۱۰"],
        ["2", "تعمیر پل", cell(merge="continue"), "", "۱۴۰۲/۰۶/۲۰"],
    ]
    assert duties(of(table(HEAD, *rows))) == [["1", ("راهداری", "1402/05/10")], ["2", ("راهداری", "1402/06/20")]]


def test_heading_across_the_table_ends_it_not() -> None:
    heading = [cell("امور عمرانی", span=5)]
    rows = [["1", "نصب تابلو", "راهداری", "", "۱۴۰۲/۰۵/۱۰"], heading, ["2", "تعمیر پل", "شهرداری", "", ""]]
    assert duties(of(table(HEAD, *rows))) == [["1", ("راهداری", "1402/05/10")], ["2", ("شهرداری", None)]]


def test_row_without_a_number_is_a_resolution() -> None:
    rows = [["1", "نصب تابلو", "راهداری", "", "۱۴۰۲/۰۵/۱۰"], ["", "تعمیر پل", "شهرداری", "", "۱۴۰۲/۰۶/۲۰"]]
    assert duties(of(table(HEAD, *rows))) == [["1", ("راهداری", "1402/05/10")], [None, ("شهرداری", "1402/06/20")]]


def test_table_of_numbers_and_texts_is_a_list() -> None:
    items = [
        ["1", "شهرداری تا ۱۴۰۲/۰۵/۱۰ تابلوها را نصب نماید."],
        [
            "2",
            cell("شرکت آب و فاضلاب موظف است:", "الف) خط را تکمیل نماید.", "ب) گزارش را تا ۱۴۰۲/۰۶/۲۰ بدهد."),
        ],
    ]
    wanted = [
        ["1", ("شهرداری", "1402/05/10")],
        ["2-الف", ("شرکت آب و فاضلاب", None)],
        ["2-ب", ("شرکت آب و فاضلاب", "1402/06/20")],
    ]
    assert duties(of(table(["ردیف", "شرح"], *items))) == wanted


def test_footnote_that_decides_is_no_resolution() -> None:
    parts = {"footnotes": notes("footnote", n1="مقرر شد اداره گاز تا ۱۴۰۲/۰۷/۰۱ گزارش دهد.")}
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    minutes = of(p("۱- مقرر شد شهرداری تا ۱۴۰۲/۰۵/۱۰ گزارش دهد.", reference), parts=parts)
    assert duties(minutes) == [["1", ("شهرداری", "1402/05/10")]]
    assert [finding.rule for finding in minutes.findings if finding.rule.startswith("source.")] == ["source.footnotes"]
