"""Minutes as PDF: opened again by other programs, fit for an archive and a screen reader, every letter in its place."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pypdfium2 import raw

from dabir.persian.letters import squash
from dabir.reading.minutes import EMBEDDED, Minutes
from dabir.writing.minutes import DRAFT, Audience, Paper
from dabir.writing.minutes_pdf import to_pdf
from dabir.writing.stamp import parse
from tests.writing.papers import SEED, full, minutes_of, paper


def pages(data: bytes) -> list[str]:
    """The text of each page, as a browser copies it."""
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def embedded(data: bytes) -> dict[str, bytes]:
    """The files inside, by name."""
    document = pypdfium2.PdfDocument(data)
    return {one.get_name(): bytes(one.get_data()) for one in _attachments(document)}


def _attachments(document: pypdfium2.PdfDocument) -> list[pypdfium2.PdfAttachment]:
    return [document.get_attachment(n) for n in range(document.count_attachments())]


@pytest.fixture(scope="module")
def made() -> bytes:
    return to_pdf(paper())


def test_it_is_an_archive_s_pdf_that_reads_aloud(made: bytes) -> None:
    assert b"<pdfaid:part>3</pdfaid:part>" in made and b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    document = pypdfium2.PdfDocument(made)
    assert document.get_metadata_dict()["Title"] == paper().title
    assert raw.FPDFCatalog_IsTagged(document) and b"/Lang(fa)" in made


def test_the_source_is_inside_as_it_is(made: bytes) -> None:
    assert embedded(made) == {EMBEDDED: paper().source}


def test_the_same_paper_gives_the_same_file(made: bytes) -> None:
    assert to_pdf(paper()) == made


def test_copied_text_keeps_the_order_of_letters_and_the_non_joiner(made: bytes) -> None:
    text = " ".join(" ".join(pages(made)).split())
    for words in (
        "صورتجلسه ستاد فرماندهی اقتصاد مقاومتی استان زنجان",
        "آموزش ترویجی و فنی و حرفه‌ای راه بالا بردن بهره‌وری در روستاهاست.",
        "مدیرکل بنیاد مسکن انقلاب اسلامی استان، مجری مطالعات، توضیح داد:",
        "شاخص‌های بخش کشاورزی در گزارش کامل شود.",
        "حداکثر تا ۱۳۹۸/۰۸/۰۵ به بنیاد مسکن",
        "شماره دعوت‌نامه: ۳۸۵۹۶۶",
    ):
        assert words in text, words
    assert text.count("\u200c") >= paper().source.decode().count("\u200c") // 4


def test_every_passage_is_printed_and_numbered_as_on_paper(made: bytes) -> None:
    text = " ".join(" ".join(pages(made)).split())
    minutes = minutes_of()
    for decided in minutes.resolutions:
        assert f"{'۰۱۲۳۴۵۶۷۸۹'[int(decided.number or 0)]}– {decided.text.split(' ')[0]}" in text
    held = squash(text)
    passages = [*(decided.text for decided in minutes.resolutions), *(item.text for item in minutes.agenda)]
    for passage in [*passages, *(point.text for statement in minutes.discussion for point in statement.points)]:
        words = squash(passage)
        assert words[:40] in held and words[-20:] in held, passage


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is missing")
def test_poppler_copies_the_same_letters(made: bytes, tmp_path: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(made)
    command = ["pdftotext", "-layout", str(tmp_path / "made.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for words in ("بهره‌وری", "انقلاب اسلامی", "شاخص‌های بخش کشاورزی", "برنامه‌ریزی"):
        assert words in text, words


def test_each_page_has_its_number_the_version_the_hash_and_a_code_that_leads_back(made: bytes) -> None:
    of = paper()
    texts = pages(made)
    for number, text in enumerate(texts, 1):
        digits = "۰۱۲۳۴۵۶۷۸۹"
        assert f"صفحه {digits[number]} از {digits[len(texts)]}" in text
        assert of.stamp.short in text and of.code in text and "نسخه ۱" in text and of.state in text
    for page in pypdfium2.PdfDocument(made):
        (code,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
        assert code.text == of.address and parse(code.text) == of.stamp


def test_class_and_audience_stand_on_each_page() -> None:
    for text in pages(to_pdf(full())):
        assert "محرمانه" in text and "نسخه داخلی" in text
    for text in pages(to_pdf(paper(audience=Audience.PUBLIC))):
        assert "نسخه عمومی" in text and "نسخه داخلی" not in text


def test_dissent_erratum_and_attachments_are_told() -> None:
    text = " ".join(" ".join(pages(to_pdf(full()))).split())
    for words in ("نظر مخالف", "مهلت کوتاه است", "اصلاحیه ۱", "سه هفته", "گزارش مطالعات", "میدان استقلال"):
        assert words in text, words


def test_those_who_sign_have_their_place() -> None:
    text = " ".join(pages(to_pdf(paper())))
    assert "امضای حاضران" in text and "امضا در ۱۳۹۸/۰۷/۲۰" in text and "جهاد کشاورزی" in text


def draft() -> Paper:
    return paper(version=0, sha256="", address="", source=b"", state=DRAFT)


def test_a_draft_says_so_on_each_page_and_has_no_hash_code_or_source() -> None:
    data = to_pdf(draft())
    for text in pages(data):
        assert DRAFT in text and "نسخه ۱" not in text
    assert not embedded(data)
    page = pypdfium2.PdfDocument(data)[0]
    assert not zxingcpp.read_barcodes(page.render(scale=3).to_pil())


@pytest.mark.parametrize(
    "text", ["#panic()", "$x$ *b* _i_ `r`", '"; #read("/etc/passwd")', "<b>&\0\x0b", "\u202e", "\\"]
)
def test_what_looks_like_markup_is_printed_as_it_is(text: str) -> None:
    minutes = minutes_of()
    minutes.resolutions[0].text = text
    minutes.header.venue = minutes.header.title = text
    assert to_pdf(paper(minutes, heading=(text,), title=text, footer=text))


def test_a_letter_that_the_font_has_not_hinders_no_paper() -> None:
    minutes = minutes_of()
    minutes.resolutions[0].text = "پیشرفت 👍 漢字 \ue000\x80\u202eپایان"
    minutes.resolutions[0].lines = (0, 0)
    of = paper(minutes)
    data = to_pdf(of)
    assert "پیشرفت □ □□" in " ".join(pages(data)) and embedded(data) == {EMBEDDED: of.source}


def test_minutes_of_nothing_are_a_paper_too() -> None:
    empty = Minutes.from_json({"header": {}})
    assert "صفحه ۱ از ۱" in pages(to_pdf(paper(empty, signers=())))[0]


@pytest.mark.skipif(not SEED.exists(), reason="the seed (../shared/seed/minutes-11.txt) is not here")
def test_the_seed_s_paper_is_printed_whole() -> None:
    """Each word of its body stands in the PDF, in its order; the marks of its lists do not count."""
    minutes = minutes_of(SEED)
    text = "".join(squash(page) for page in pages(to_pdf(paper(minutes))))
    for line in minutes.lines[5:]:
        for sentence in line.replace("**", "").split("."):
            words = squash(sentence)
            if any(letter.isascii() and letter.isalpha() for letter in sentence):
                continue  # programs turn Latin words around that stand on a Persian line
            assert words[2:50] in text and words[-30:] in text, sentence
