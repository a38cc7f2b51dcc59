"""Tables of Word documents as lines: a row to a line, its cells between tabs."""

from __future__ import annotations

import pytest

from dabir.reading.sources import read
from tests.reading.sources.word import cell, docx, level, numbering, p, table

HEAD = ["ردیف", "شرح مصوبه", "مسئول پیگیری", "مهلت"]


def lines(*blocks: str, parts: dict[str, str] | None = None) -> list[str]:
    return [line.text for line in read(docx(*blocks, parts=parts)).lines]


def test_row_is_a_line_and_blank_lines_stand_around_the_table() -> None:
    found = lines(p("مصوبات:"), table(HEAD, ["1", "ساخت پل", "راه", "۱۵ روز"]), p("پایان"))
    assert found == ["مصوبات:", "", "ردیف\tشرح مصوبه\tمسئول پیگیری\tمهلت", "1\tساخت پل\tراه\t۱۵ روز", "", "پایان"]


def test_cell_of_several_paragraphs_goes_on_in_lines_that_begin_with_a_tab() -> None:
    found = lines(table(HEAD, ["1", cell("ساخت پل", "و جاده"), cell("راه", "شهرداری"), "۱۵ روز"]))
    assert found[1:] == ["1\tساخت پل\tراه\t۱۵ روز", "\tو جاده\tشهرداری"]


def test_tabs_and_breaks_in_a_cell_do_not_break_the_row() -> None:
    broken = p("<w:r><w:t>ساخت</w:t><w:tab/><w:t>پل</w:t><w:br/><w:t>بزرگ</w:t></w:r>")
    assert lines(table(HEAD, ["1", cell(broken), "راه", "فوری"]))[1:] == ["1\tساخت پل\tراه\tفوری", "\tبزرگ"]


def test_automatic_number_is_the_number_of_its_row() -> None:
    parts = {"numbering": numbering({1: [level(0, "decimal", "%1.")]})}
    number = cell(p(num=(1, 0)))
    found = lines(table(HEAD, [number, "ساخت پل", "راه", "فوری"], [number, "جاده", "راه", "فوری"]), parts=parts)
    assert found[1:] == ["۱\tساخت پل\tراه\tفوری", "۲\tجاده\tراه\tفوری"]


def test_head_of_two_rows_is_one() -> None:
    above = [cell(one, merge="restart") for one in HEAD[:2]] + [cell("مسئول", span=2), cell("مهلت", merge="restart")]
    below = [cell(merge="continue"), cell(merge="continue"), "اصلی", "همکار", cell(merge="continue")]
    found = lines(table(above, below, ["1", "ساخت پل", "راه", "نیرو", "فوری"]))
    assert found == ["ردیف\tشرح مصوبه\tمسئول اصلی\tمسئول همکار\tمهلت", "1\tساخت پل\tراه\tنیرو\tفوری"]


def test_owner_merged_over_rows_owns_each() -> None:
    rows = [["1", "ساخت پل", cell("راه", merge="restart"), "فوری"], ["2", "جاده", cell(merge="continue"), "آذر"]]
    assert lines(table(HEAD, *rows))[1:] == ["1\tساخت پل\tراه\tفوری", "2\tجاده\tراه\tآذر"]


def test_rows_under_one_number_have_a_ditto_for_its_text() -> None:
    rows = [
        [cell("1", merge="restart"), cell("ساخت پل", merge="restart"), "راه", "فوری"],
        [cell(merge="continue"), cell(merge="continue"), "نیرو", "آذر"],
        ["2", "جاده", "راه", "دی"],
    ]
    assert lines(table(HEAD, *rows))[1:] == ["1\tساخت پل\tراه\tفوری", "1\t〃\tنیرو\tآذر", "2\tجاده\tراه\tدی"]


def test_long_text_merged_over_rows_is_said_once() -> None:
    text = "ساخت پل " * 30
    rows = [[cell(text, merge="restart"), "راه", "فوری"], [cell(merge="continue"), "نیرو", "آذر"]]
    assert lines(table(HEAD[1:], *rows))[1:] == [f"{text.strip()}\tراه\tفوری", "〃\tنیرو\tآذر"]


def test_cells_merged_sidewise_leave_the_columns_where_they_are() -> None:
    rows = [["1", "ساخت پل", "راه", "فوری"], ["2", cell("بررسی شد", span=2), "آذر"]]
    assert lines(table(HEAD, *rows))[2] == "2\tبررسی شد\t\tآذر"


def test_row_of_one_cell_is_plain_text() -> None:
    head = [cell("مصوبات جلسه", span=4)]
    assert lines(table(head, HEAD, ["1", "ساخت پل", "راه", "فوری"]))[:2] == ["مصوبات جلسه", "\t".join(HEAD)]


def test_new_row_without_a_number_does_not_go_on_with_the_one_above() -> None:
    assert lines(table(HEAD, ["1", "ساخت پل", "راه", "فوری"], ["", "جاده", "راه", "دی"]))[2] == "–\tجاده\tراه\tدی"


def test_form_without_numbers_is_not_filled() -> None:
    form = table(["شماره:", "۱۱", "محل:", ""], ["دبیر:", "", "رئیس:", ""], ["", "تاریخ:", "۱۳۹۸/۰۷/۱۷", ""])
    assert lines(form) == ["شماره:\t۱۱\tمحل:", "دبیر:\t\tرئیس:", "\tتاریخ:\t۱۳۹۸/۰۷/۱۷"]


def test_numbered_row_whose_last_cell_is_empty_is_whole() -> None:
    rows = [["1", "ساخت پل", "راه", ""], ["2", "جاده", "", ""]]
    assert lines(table(HEAD, *rows), p("پایان"))[1:] == ["1\tساخت پل\tراه\t–", "2\tجاده\t\t–", "", "پایان"]


def test_label_beside_several_paragraphs_stands_above_them() -> None:
    form = table(["دستور جلسه", cell("بررسی سند", "طرح آمایش")], ["مصوبات", cell("۱- الف", "۲- ب")])
    assert lines(form) == ["دستور جلسه", "بررسی سند", "طرح آمایش", "مصوبات", "۱- الف", "۲- ب"]


def test_label_below_a_table_is_no_row_of_it() -> None:
    label = [cell("مذاکرات"), cell("رئیس جلسه تأکید کردند.", "دبیر گزارش داد.", span=3)]
    found = lines(table(HEAD, ["1", "ساخت پل", "راه", "فوری"], label))
    assert found[1:] == ["1\tساخت پل\tراه\tفوری", "", "مذاکرات", "رئیس جلسه تأکید کردند.", "دبیر گزارش داد."]


def test_form_of_labels_and_values_keeps_them_on_a_line() -> None:
    assert lines(table(["شماره:", "۱۱"], ["تاریخ:", "۱۳۹۸/۰۷/۱۷"])) == ["شماره:\t۱۱", "تاریخ:\t۱۳۹۸/۰۷/۱۷"]


def test_table_in_a_table_is_read_in_its_place() -> None:
    inner = table(["1", "ساخت پل"], ["2", "جاده"])
    assert lines(table([cell("مصوبات", inner, p())])) == ["مصوبات", "", "1\tساخت پل", "2\tجاده"]
    outer = table(HEAD, ["1", cell("به شرح زیر", inner, p()), "راه", "فوری"])
    assert lines(outer)[1:] == ["1\tبه شرح زیر\tراه\tفوری", "\t1 – ساخت پل", "\t2 – جاده"]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD[::-1], ["فوری", "راه", "ساخت پل", "1"], ["آذر", "راه", "جاده", "2"]],
        [["مهلت", "مسئول", "شرح"], ["فوری", "راه", "ساخت پل"]],
    ],
    ids=["numbered", "without numbers"],
)
def test_table_whose_first_column_stands_on_the_left_is_read_from_the_right(rows: list[list[str]]) -> None:
    assert lines(table(*rows, mirrored=False)) == ["\t".join(row[::-1]) for row in rows]


def test_table_numbered_from_the_left_is_read_from_the_left() -> None:
    rows = [HEAD, ["1", "ساخت پل", "راه", "فوری"], ["2", "جاده", "راه", "آذر"]]
    assert lines(table(*rows, mirrored=False)) == ["\t".join(row) for row in rows]


def test_rows_in_content_controls_and_accepted_changes_are_rows() -> None:
    xml = table(HEAD, ["1", "ساخت پل", "راه", "فوری"], ["2", "جاده", "راه", "آذر"])
    rows = xml.split("<w:tr>")
    rows[2] = "<w:sdt><w:sdtContent><w:tr>" + rows[2] + "</w:sdtContent></w:sdt>"
    wrapped = "<w:tr>".join(rows[:2]) + rows[2] + "<w:tr>" + rows[3]
    gone = '<w:tr><w:trPr><w:del w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"/></w:trPr>'
    assert lines(wrapped) == lines(xml)
    assert lines(xml.replace("<w:tr>", gone, 3).replace(gone, "<w:tr>", 2)) == [
        "\t".join(HEAD),
        "1\tساخت پل\tراه\tفوری",
    ]


def test_old_merge_to_the_side_is_one_cell() -> None:
    first = cell("ساخت پل").replace("<w:tcPr>", '<w:tcPr><w:hMerge w:val="restart"/>')
    second = cell("و جاده").replace("<w:tcPr>", '<w:tcPr><w:hMerge w:val="continue"/>')
    assert lines(table(HEAD, ["1", first, second, "فوری"]))[1:] == ["1\tساخت پل\t\tفوری", "\tو جاده"]
