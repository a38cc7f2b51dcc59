"""Letters as PDF and for Word: opened again by other programs, with every word in its place."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import ImageFont
from pypdfium2 import PdfDocument

from dabir.writing.letters import BLANK, Grid, Panel, Sheet, directions
from dabir.writing.letters_docx import each_docx, to_docx
from dabir.writing.letters_pdf import each_pdf, to_pdf, to_png
from dabir.writing.letters_zip import file_name, to_zip
from dabir.writing.reference_docx import width_of

CODE = "K7PM-3XQA"


def sheet(**changes: object) -> Sheet:
    values: dict[str, object] = {
        "basmala": "بسمه تعالی",
        "head": "ستاد فرماندهی اقتصاد مقاومتی استان نمونه",
        "to": ("رئیس سازمان جهاد کشاورزی استان نمونه",),
        "subject": "ارسال کد دعوت",
        "paragraphs": ("با سلام و احترام،", "مصوبات در سامانه «دبیر» ثبت می‌شود."),
        "signers": ("مریم نمونه", "دبیرخانه ستاد"),
        "panel": Panel(("نشانی", "http://dabir.local:8000/join"), ("کد دعوت", CODE), (("ویژه", "رابط پیگیری"),)),
    }
    return Sheet(**(values | changes))  # type: ignore[arg-type]


def text_of(pdf: bytes) -> str:
    """What is copied out of it."""
    return "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf))


def words_in(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [p.text for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_word_shows_every_part_and_leaves_number_and_date_to_the_office() -> None:
    text = words_in(to_docx([sheet()]))
    for part in ("بسمه تعالی", "به: رئیس سازمان", "موضوع: ارسال کد دعوت", "می‌شود", CODE, "مریم نمونه", BLANK):
        assert part in text, part


def test_a_numbered_letter_shows_number_date_class_and_urgency() -> None:
    text = words_in(to_docx([sheet(number="۱۲۳۴/الف", day="۱۳۹۸/۰۷/۲۰", marks=("محرمانه", "آنی"), panel=None)]))
    assert "شماره: ۱۲۳۴/الف" in text and "تاریخ: ۱۳۹۸/۰۷/۲۰" in text and "محرمانه، آنی" in text and BLANK not in text


def test_every_paragraph_runs_from_right_to_left_and_latin_signs_from_left_to_right() -> None:
    document = Document(io.BytesIO(to_docx([sheet()])))
    used = {p.style.name for p in document.paragraphs if p.text}
    for name in used:
        assert document.styles[name].element.pPr.find(qn("w:bidi")) is not None, name
        assert document.styles[name].element.rPr.find(qn("w:szCs")) is not None, name
    box = document.tables[1].cell(0, 0)
    runs = {run.text: run.font.rtl for p in box.paragraphs for run in p.runs}
    assert runs[CODE] is False and runs["http://dabir.local:8000/join"] is False and runs["کد دعوت"] is True


def test_the_font_is_inside_and_unmasks_to_itself() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx([sheet()]))) as package:
        names = [name for name in package.namelist() if name.endswith(".odttf")]
        table = package.read("word/fontTable.xml").decode()
        assert len(names) == 2
        for name in names:
            data = bytearray(package.read(name))
            weight = name.rsplit("-")[1].removesuffix(".odttf")
            element = table[table.index(f"w:embed{weight}") :]
            key = bytes.fromhex(element[element.index("{") + 1 : element.index("}")].replace("-", ""))[::-1]
            plain = bytes(b ^ key[at % 16] for at, b in enumerate(data[:32])) + bytes(data[32:])
            original = Path(to_docx.__code__.co_filename).parent / "fonts" / f"Vazirmatn-{weight}.ttf"
            assert plain == original.read_bytes()


def test_head_foot_enclosures_and_copies_stand_where_an_office_looks_for_them() -> None:
    shown = sheet(
        head="استانداری نمونه\nدبیرخانه ستاد",
        footer="نمونه، میدان آزادی، تلفن ۳۳۱۲",
        enclosures=("صورتجلسه یازدهم",),
        copies=("استاندار، برای آگاهی", "بایگانی"),
        panel=None,
    )
    data = to_docx([shown])
    text = words_in(data)
    for part in ("دبیرخانه ستاد", "پیوست: دارد", "پیوست‌ها:", "– صورتجلسه یازدهم", "رونوشت:", "– بایگانی"):
        assert part in text, part
    feet = [s.first_page_footer.paragraphs[0].text for s in Document(io.BytesIO(data)).sections]
    assert feet == ["نمونه، میدان آزادی، تلفن ۳۳۱۲"]
    assert "پیوست: ندارد" in words_in(to_docx([sheet()])) and "رونوشت" not in words_in(to_docx([sheet()]))
    copied = text_of(to_pdf([shown]))
    for part in ("صورتجلسه یازدهم", "رونوشت", "بایگانی", "۳۳۱۲", "دارد"):
        assert part in copied, part


def test_each_letter_in_word_counts_its_own_pages_and_has_its_own_class() -> None:
    plain, secret = sheet(panel=None, footer="نشانی"), sheet(panel=None, marks=("محرمانه",), footer="نشانی")
    document = Document(io.BytesIO(to_docx([plain, plain, secret, secret, plain])))
    assert [section.header.paragraphs[0].text for section in document.sections] == ["", "", "محرمانه", "محرمانه", ""]
    for section in document.sections:
        assert len(section._sectPr.findall(qn("w:pgNumType"))) == 1 and section.different_first_page_header_footer
        assert section.footer.paragraphs[0].text == "نشانی" == section.first_page_footer.paragraphs[0].text


GOLDEN = Path(__file__).parent.parent / "golden" / "letters"


def test_a_whole_letter_reads_as_it_always_has() -> None:
    """Every part at once, as text of both forms; the files beside say what changed."""
    whole = sheet(
        head="استانداری نمونه\nستاد نمونه\nدبیرخانه",
        to=("سازمان جهاد کشاورزی", "بنیاد مسکن"),
        number="۳۸۵۹۶۶/ص",
        day="۱۳۹۸/۰۷/۲۰",
        marks=("محرمانه", "فوری"),
        enclosures=("صورتجلسه جلسه ۱۱",),
        copies=("استاندار محترم، برای آگاهی",),
        footer="نمونه، میدان آزادی",
        panel=None,
    )
    texts = {"letter.docx.txt": words_in(to_docx([whole])), "letter.pdf.txt": text_of(to_pdf([whole]))}
    for name, text in texts.items():
        lines = [line.rstrip() for line in text.splitlines()]
        assert lines == (GOLDEN / name).read_text(encoding="utf-8").splitlines(), name


def test_word_is_in_the_offices_font_where_it_has_one() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx([sheet(font="B Nazanin")]))) as package:
        styles = package.read("word/styles.xml").decode()
    assert 'w:cs="B Nazanin"' in styles and 'w:cs="Vazirmatn"' not in styles


def test_an_archive_has_a_file_for_each_letter_named_so_that_each_system_takes_it() -> None:
    one = sheet(number="۱۲۳/الف", to=("سازمان جهاد: کشاورزی؟ *",))
    two = sheet(to=("../../etc/passwd\u202e",))
    made = to_zip([one, two, *[sheet()] * 8], form="pdf", files=each_pdf([one, two, *[sheet()] * 8]))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        names = package.namelist()
        assert package.testzip() is None and package.read(names[0]).startswith(b"%PDF")
    assert names[:3] == [
        "01-۱۲۳_الف-سازمان جهاد_ کشاورزی؟.pdf",
        "02-etc_passwd.pdf",
        "03-رئیس سازمان جهاد کشاورزی استان نمونه.pdf",
    ]
    long = file_name(7, sheet(number="9" * 40, to=("دستگاه " * 40,)), width=3)
    assert len(long.encode()) < 240 and long.startswith("007-")


def test_a_file_for_each_letter_is_what_it_would_be_alone() -> None:
    """Whatever it shares with those before it: their words, class, foot and font do not stay in it."""
    secret = sheet(marks=("محرمانه",), footer="نشانی", subject="سری", font="B Nazanin")
    several = [sheet(number="۱"), secret, sheet(number="۲", subject="دوم", grid=long_table(2)), secret]
    for one, file in zip(several, each_docx(several), strict=True):
        with zipfile.ZipFile(io.BytesIO(file)) as made, zipfile.ZipFile(io.BytesIO(to_docx([one]))) as alone:
            assert made.testzip() is None and sorted(made.namelist()) == sorted(alone.namelist())
            assert all(made.read(name) == alone.read(name) for name in alone.namelist())


def test_a_preview_is_a_picture_of_the_page() -> None:
    assert to_png(sheet()).startswith(b"\x89PNG")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is missing")
def test_libreoffice_opens_it_with_a_page_for_each_letter(tmp_path: Path) -> None:
    (tmp_path / "letters.docx").write_bytes(to_docx([sheet(), sheet(subject="نامه دوم"), sheet()]))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for form in ("pdf", "txt:Text (encoded):UTF8"):
        command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path)]
        subprocess.run([*command, str(tmp_path / "letters.docx")], check=True, capture_output=True, timeout=120)
    text = (tmp_path / "letters.txt").read_text(encoding="utf-8")
    assert text.count(CODE) == 3 and "موضوع: نامه دوم" in text and "می‌شود" in text
    assert b"/Count 3" in (tmp_path / "letters.pdf").read_bytes()


def test_the_pdf_has_a_page_for_each_letter_and_is_tagged() -> None:
    one, three = to_pdf([sheet()]), to_pdf([sheet()] * 3)
    assert one.startswith(b"%PDF") and b"/Count 1" in one and b"/Count 3" in three
    assert b"<pdfuaid:part>1</pdfuaid:part>" in one


def long_table(rows: int) -> Grid:
    row = ("پیش‌نویس دوم سند را با نظر تیم نظارت تهیه و ارائه نماید", "تا ۱۳۹۸/۰۸/۰۵")
    heads, shares = ("کد", "تکلیف", "مهلت"), (0, 3, 1)
    return Grid(heads, shares, tuple((f"hq-1398-11/{n}", *row) for n in range(1, rows + 1)))


def pages_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def test_a_long_table_goes_on_with_its_head_and_the_class_on_each_page() -> None:
    short = sheet(panel=None, grid=long_table(3), marks=("محرمانه",))
    pages = pages_of(to_pdf([sheet(panel=None, grid=long_table(60), marks=("محرمانه",)), short]))
    assert len(pages) > 3
    for text in pages[:-1]:
        assert ("مهلت" in text) == ("1398-11" in text) and "محرمانه" in text and "صفحه" in text
    assert "صفحه" not in pages[-1] and pages[-1].count("1398-11/") == 3 and pages[-1].count("محرمانه") == 1
    assert sum(text.count("1398-11/") for text in pages) == 63


def test_word_repeats_the_head_of_a_table_and_the_class_on_each_page() -> None:
    document = Document(io.BytesIO(to_docx([sheet(grid=long_table(9), marks=("محرمانه",)), sheet(panel=None)])))
    table = next(table for table in document.tables if len(table.columns) == 3 and len(table.rows) == 10)
    assert table.rows[9].cells[0].text == "hq-1398-11/9"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [section.header.paragraphs[0].text for section in document.sections] == ["محرمانه", ""]


@pytest.mark.parametrize(
    "code", ["mwm-wm-mm-1398-11/12.3-4", "hq-zanjan-1398-11/3.1", "ABCDEFG-HIJKLMN", "123-MWXX-WWWW"]
)
def test_a_column_of_word_is_wide_enough_for_a_code(code: str) -> None:
    """By the font's own measure, so that none is broken at a hyphen."""
    font = ImageFont.truetype(Path(to_docx.__code__.co_filename).parent / "fonts" / "Vazirmatn-Bold.ttf", 1000)
    real = font.getlength(code) / 1000 * 9.5 / 72 * 2.54
    assert real < width_of(code, 9.5) < 1.35 * real


def test_copying_does_not_turn_the_code_around() -> None:
    assert b"/Direction/R2L" not in to_pdf([sheet()])


@pytest.mark.parametrize(
    "text", ["#panic()", "$x$ *bold* _it_ `raw`", '"; #read("/etc/passwd")', "\\u{0}", "<script>&"]
)
def test_what_looks_like_markup_is_printed_as_it_is(text: str) -> None:
    assert to_pdf([sheet(subject=text, paragraphs=(text,), head=text)])
    assert text in words_in(to_docx([sheet(paragraphs=(text,))]))


def test_the_longest_letter_keeps_to_its_page() -> None:
    """2,000 letters of text, the longest that a body may write, with a long name of an agency."""
    long = "مصوبات ستاد در سامانه ثبت و پیگیری می‌شود و هر دستگاه تکلیف‌های خود را می‌بیند. " * 25
    name = "نمایندگی وزارت دفاع و پشتیبانی نیروهای مسلح در استان زنجان و دیگر استان‌ها"
    assert len(long) >= 2_000
    rows = tuple((word, name) for word in ("ویژه", "شماره همراه", "اعتبار"))
    panel = Panel(("نشانی", "http://dabir.local:8000/join"), ("کد دعوت", CODE), rows)
    assert b"/Count 1" in to_pdf([sheet(paragraphs=(long[:2_000],), to=(name,), panel=panel)])


def test_pieces_of_a_line_are_told_apart_by_direction() -> None:
    assert list(directions("نشانی http://a.b/c است")) == [("نشانی ", False), ("http://a.b/c", True), (" است", False)]
    assert "".join(piece for piece, _latin in directions("الف (A-1) ۱۲ B.")) == "الف (A-1) ۱۲ B."
