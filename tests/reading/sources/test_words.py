"""The words of a Word document are those that the paper shows: accepted changes, no hidden text, no codes of fields."""

from __future__ import annotations

import pytest

from dabir.reading.minutes import Remark
from dabir.reading.sources import Source, Unreadable, read
from tests.reading.sources.word import (
    PICTURE,
    changed,
    deleted,
    docx,
    field,
    inserted,
    level,
    margin,
    notes,
    numbering,
    p,
    run,
    styles,
    table,
    text_box,
)

GONE = '<w:del w:id="3" w:author="a" w:date="2024-01-01T00:00:00Z"/>'
HIDDEN = "<w:vanish/>"


def source(*blocks: str, section: str = "", parts: dict[str, str] | None = None) -> Source:
    return read(docx(*blocks, section=section, parts=parts), "minutes.docx")


def lines(*blocks: str, section: str = "", parts: dict[str, str] | None = None) -> list[str]:
    return [line.text for line in source(*blocks, section=section, parts=parts).lines]


def noted(*blocks: str, parts: dict[str, str] | None = None) -> dict[str, Remark]:
    return {note.rule: note for note in source(*blocks, parts=parts).remarks}


def test_paragraph_is_a_line_whatever_its_runs() -> None:
    assert lines(p("مقرر ", run("شد", "<w:b/>"), " شهرداری"), p("گزارش دهد.")) == ["مقرر شد شهرداری", "گزارش دهد."]


def test_blank_paragraphs_are_one_blank_line_and_none_at_the_ends() -> None:
    assert lines(p(), p("یک"), p(), p("  "), p("دو"), p()) == ["یک", "", "دو"]


def test_line_break_is_a_line_and_a_tab_parts_cells() -> None:
    content = "<w:r><w:t>شماره</w:t><w:tab/><w:t>۱۱</w:t><w:br/><w:t>تاریخ</w:t><w:cr/><w:t>محل</w:t></w:r>"
    assert lines(p(content)) == ["شماره\t۱۱", "تاریخ", "محل"]


def test_indentation_by_a_tab_is_no_cell() -> None:
    assert lines(p("<w:r><w:tab/><w:t>متن</w:t></w:r>")) == ["متن"]


def test_hyphens_that_do_not_show_are_left_out() -> None:
    content = "<w:r><w:t>شهر</w:t><w:softHyphen/><w:t>داری</w:t><w:noBreakHyphen/><w:t>ابهر</w:t></w:r>"
    assert lines(p(content)) == ["شهرداری-ابهر"]


def test_half_space_stays() -> None:
    assert lines(p("بهره\u200cوری")) == ["بهره\u200cوری"]


@pytest.mark.parametrize(("code", "sign"), [("F0FC", "✓"), ("00FC", "✓"), ("F0B7", "•"), ("F021", ""), ("x", "")])
def test_symbols_are_signs(code: str, sign: str) -> None:
    symbol = f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>'
    assert lines(p(symbol, " انجام")) == [f"{sign} انجام".strip()]


def test_what_wraps_runs_is_looked_through() -> None:
    content = (
        f'<w:hyperlink r:id="x">{run("سایت ")}</w:hyperlink>'
        f'<w:smartTag w:uri="u" w:element="e">{run("استان ")}</w:smartTag>'
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('زنجان ')}</w:sdtContent></w:sdt>"
        f"<w:r><w:ruby><w:rt>{run('زیرنویس')}</w:rt><w:rubyBase>{run('متن')}</w:rubyBase></w:ruby></w:r>"
    )
    assert lines(p(content)) == ["سایت استان زنجان متن"]


def test_field_that_nobody_has_filled_is_empty() -> None:
    unfilled = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>"
    assert lines(p("تاریخ:", unfilled)) == ["تاریخ:"]


def test_fields_show_their_result() -> None:
    simple = f'<w:fldSimple w:instr=" DATE ">{run("۱۴۰۲/۰۳/۰۷")}</w:fldSimple>'
    assert lines(p("تاریخ ", simple), p("شماره ", field("DOCPROPERTY n", "۱۲"))) == ["تاریخ ۱۴۰۲/۰۳/۰۷", "شماره ۱۲"]


def test_field_in_the_code_of_a_field_is_not_shown() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    nested = (
        f"{begin}<w:r><w:instrText>IF </w:instrText></w:r>{field('MERGEFIELD x', 'پنهان')}{separate}{run('پیدا')}{end}"
    )
    assert lines(p(nested)) == ["پیدا"]


def test_field_that_is_never_closed_hides_its_paragraph_alone() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert lines(p("الف ", begin, "ب"), p("ج")) == ["الف", "ج"]


def test_formula_is_text() -> None:
    assert lines(p("نرخ ", "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>")) == ["نرخ x=2"]


# Tracked changes: read as accepted.


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    blocks = [p("مقدمه"), p("تا ", deleted("۱۵ مهر"), inserted(run("۲۰ مهر")), " گزارش دهد.")]
    assert lines(*blocks) == ["مقدمه", "تا ۲۰ مهر گزارش دهد."]
    note = noted(*blocks)["source.tracked-changes"]
    assert note.lines == (2, 2)
    assert "Track Changes" in note.message


def test_moved_text_stands_where_it_was_moved_to() -> None:
    away, here = f"<w:moveFrom>{run('بند')}</w:moveFrom>", f"<w:moveTo>{run('بند')}</w:moveTo>"
    assert lines(p("یک", away), p("دو ", here)) == ["یک", "دو بند"]


def test_deleted_end_joins_paragraphs_and_keeps_the_first_number() -> None:
    parts = {"numbering": numbering({1: [level(0, "decimal", "%1-")]})}
    blocks = [p("یک ", num=(1, 0), end=GONE), p("و نیم", num=(1, 0)), p("دو", num=(1, 0))]
    assert lines(*blocks, parts=parts) == ["۱- یک و نیم", "۲- دو"]


def test_paragraph_that_is_deleted_as_a_whole_does_not_count() -> None:
    parts = {"numbering": numbering({1: [level(0, "decimal", "%1-")]})}
    blocks = [p("یک", num=(1, 0)), p(deleted("رفته"), num=(1, 0), end=GONE), p("دو", num=(1, 0))]
    assert lines(*blocks, parts=parts) == ["۱- یک", "۲- دو"]


def test_deleted_end_before_a_table_or_the_end_keeps_the_words() -> None:
    assert lines(p("یک", end=GONE), table(["الف", "ب"]), p("دو", end=GONE)) == ["یک", "", "الف\tب", "", "دو"]


def test_paper_without_changes_has_no_note() -> None:
    assert noted(p("متن")) == {}


# What does not show.


def test_hidden_text_is_left_out_and_counted() -> None:
    blocks = [p("پیدا ", run("پنهان", HIDDEN))]
    assert lines(*blocks) == ["پیدا"]
    assert "پنهان" in noted(*blocks)["source.left-out"].message


def test_hidden_by_a_style_and_shown_by_the_run() -> None:
    quiet = '<w:style w:type="character" w:styleId="Q"><w:rPr><w:vanish/></w:rPr></w:style>'
    loud = '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
    parts = {"styles": styles(quiet, loud)}
    shown = run("پیدا", '<w:vanish w:val="0"/>')
    assert lines(p("یک ", run("رفته", '<w:rStyle w:val="Q"/>')), p("رفته", shown, style="P"), parts=parts) == [
        "یک",
        "پیدا",
    ]


def test_styles_that_are_based_on_each_other_end() -> None:
    ring = [f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("AB", "BA")]
    assert lines(p("متن", style="A"), parts={"styles": styles(*ring)}) == ["متن"]


def test_comments_and_pictures_are_left_out_and_counted() -> None:
    comment = '<w:r><w:commentReference w:id="1"/></w:r>'
    blocks = [p("متن", comment, PICTURE, PICTURE)]
    assert lines(*blocks) == ["متن"]
    message = noted(*blocks)["source.left-out"].message
    assert "۲ تصویر" in message and "۱ یادداشت" in message


def test_document_of_pictures_alone_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        source(p(PICTURE))
    assert refused.value.cause == "only-pictures"


def test_document_without_anything_is_empty() -> None:
    with pytest.raises(Unreadable) as refused:
        source(p(), p(" "))
    assert refused.value.cause == "empty"


# What stands beside the text.


def test_text_box_is_read_once_before_its_paragraph() -> None:
    boxed = text_box(p("شماره: ۱۱"), p("تاریخ: ۱۳۹۸/۰۷/۱۷"))
    assert lines(p("بالا"), p("متن", boxed)) == ["بالا", "", "شماره: ۱۱", "تاریخ: ۱۳۹۸/۰۷/۱۷", "", "متن"]


def test_table_in_a_text_box_is_read() -> None:
    assert lines(p("متن", text_box(table(["شماره", "۱۱"]), p()))) == ["شماره\t۱۱", "", "متن"]


def test_header_of_the_first_page_stands_before_the_body() -> None:
    section = '<w:headerReference w:type="default" r:id="header1"/>'
    parts = {"header1": margin("hdr", p("ستاد اقتصاد مقاومتی"), p("صفحه ", field("PAGE", "۱")))}
    assert lines(p("متن"), section=section, parts=parts)[:4] == ["ستاد اقتصاد مقاومتی", "صفحه", "", "متن"]


def test_other_headers_and_footers_stand_at_the_end_under_a_title_of_their_own() -> None:
    section = (
        '<w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>'
        '<w:footerReference w:type="default" r:id="footer1"/><w:titlePg/>'
    )
    parts = {
        "header1": margin("hdr", p("ادامهٔ صورتجلسه")),
        "header2": margin("hdr", p("صورتجلسه شماره ۴")),
        "footer1": margin("ftr", p("نشانی: زنجان")),
    }
    found = lines(p("متن"), section=section, parts=parts)
    assert found == ["صورتجلسه شماره ۴", "", "متن", "", "سرصفحه و پاصفحه:", "ادامهٔ صورتجلسه", "نشانی: زنجان"]


def test_page_numbers_alone_are_left_out() -> None:
    section = '<w:footerReference w:type="default" r:id="footer1"/>'
    parts = {"footer1": margin("ftr", p("صفحه ", field("PAGE", "۱"), " از ", field("NUMPAGES", "۳")))}
    assert lines(p("متن"), section=section, parts=parts) == ["متن"]


def test_footnotes_stand_at_the_end_with_the_line_that_has_them() -> None:
    parts = {"footnotes": notes("footnote", n1="موضوع ماده ۱۰۰"), "endnotes": notes("endnote", n1="پایان")}
    blocks = [
        p("مقدمه"),
        p("مصوبه", '<w:r><w:footnoteReference w:id="1"/></w:r>', '<w:r><w:endnoteReference w:id="1"/></w:r>'),
    ]
    found = lines(*blocks, parts=parts)
    assert found == ["مقدمه", "مصوبه", "", "پانویس‌ها:", "[۱] (سطر ۲) موضوع ماده ۱۰۰", "[۲] (سطر ۲) پایان"]
    assert noted(*blocks, parts=parts)["source.footnotes"].lines == (5, 6)


def test_document_in_strict_form_is_read() -> None:
    transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = changed(docx(p("متن")), "word/document.xml", lambda xml: xml.replace(transitional.encode(), strict.encode()))
    assert [line.text for line in read(data).lines] == ["متن"]
