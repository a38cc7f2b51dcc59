"""From pieces on pages to lines: paragraphs, rows of tables, heads and feet, and what programs draw their own way."""

from __future__ import annotations

import pytest

from dabir.reading.context import Context
from dabir.reading.reader import read
from dabir.reading.sources.pdf.inside import _in_order as in_order
from dabir.reading.sources.pdf.layout import lines_of
from dabir.reading.sources.pdf.pieces import Page, Piece
from dabir.writing.minutes_pdf import to_pdf
from tests.writing.papers import SEED, minutes_of, paper

RIGHT, LEFT, STEP = 540.0, 60.0, 20.0


def piece(text: str, row: float, *, left: float = LEFT, right: float = RIGHT) -> Piece:
    top = 120 + row * STEP
    return Piece(text, (left, top, right, top + 10), 10)


def page(*pieces: Piece) -> Page:
    return Page(600, 800, pieces)


def texts(*pages: Page) -> list[str]:
    return [line.text for line in lines_of(pages)]


def test_full_lines_go_on_and_short_ones_end() -> None:
    shown = page(
        piece("این جلسه برای بررسی برنامه توسعه شهرستان با حضور همه اعضای محترم", 0),
        piece("شورا تشکیل شد و گزارش آن خوانده", 1, left=300),
        piece("۱- نخستین بند که تا پایان سطر ادامه دارد و به سطر بعد می‌رسد تا", 2),
        piece("تمام شود", 3, left=480),
        piece("• بندی دیگر", 4, left=450),
    )
    assert texts(shown) == [
        "این جلسه برای بررسی برنامه توسعه شهرستان با حضور همه اعضای محترم شورا تشکیل شد و گزارش آن خوانده",
        "۱- نخستین بند که تا پایان سطر ادامه دارد و به سطر بعد می‌رسد تا تمام شود",
        "• بندی دیگر",
    ]


def test_paragraph_goes_on_over_the_end_of_a_page_and_page_numbers_are_dropped() -> None:
    foot = Piece("صفحه ۱ از ۲", (280, 770, 320, 780), 10)
    other = Piece("صفحه ۲ از ۲", (280, 770, 320, 780), 10)
    head = Piece("شماره ۱۲", (60, 20, 120, 30), 10)
    first = page(head, piece("شهرداری موظف است گزارش کامل خود را درباره همه طرح‌های عمرانی تا", 30), foot)
    second = page(head, piece("پایان ماه ارسال نماید.", 0, left=350), other)
    assert texts(first, second) == [
        "شماره ۱۲",
        "شهرداری موظف است گزارش کامل خود را درباره همه طرح‌های عمرانی تا پایان ماه ارسال نماید.",
    ]


def test_cells_beside_each_other_are_a_row_whatever_their_height() -> None:
    shown = page(
        piece("۱", 1, left=530),
        piece("مرمت پل روستا و راه", 0, left=250, right=500),
        piece("آن تا پایان سال", 1, left=350, right=500),
        piece("راه و شهرسازی", 0.5, left=60, right=200),
        piece("۲", 4, left=530),
        piece("تامین آب", 4, left=400, right=500),
    )
    assert texts(shown) == ["۱\tمرمت پل روستا و راه آن تا پایان سال\tراه و شهرسازی", "۲\tتامین آب"]


def test_brackets_numbers_and_kashidas_are_put_right() -> None:
    shown = page(
        piece("-۱ متن )با شرح( نخست", 0, left=350),
        piece("-۲ اسDتان )زنجان( دوم", 1, left=350),
        piece("-۵ درجه سرما در ﻻهیجان", 2, left=350),
    )
    assert texts(shown) == ["۱- متن (با شرح) نخست", "۲- استان (زنجان) دوم", "۵- درجه سرما در لاهیجان"]


def test_one_number_with_its_sign_before_it_stays() -> None:
    assert texts(page(piece("-۵ درجه بود", 0, left=400), piece("هوا سرد است", 1, left=400)))[0] == "-۵ درجه بود"


def test_word_that_was_drawn_from_left_to_right_is_turned() -> None:
    drawn = [(char, place == 0, 10.0 * place, 0.0, 10.0 * place + 9, 10.0) for place, char in enumerate("هسلج")]
    assert "".join(letter[0] for letter in in_order(drawn)) == "جلسه"
    right = [(char, False, 90 - 10.0 * place, 0.0, 99 - 10.0 * place, 10.0) for place, char in enumerate("جلسه")]
    assert in_order(right) == right


@pytest.mark.skipif(not SEED.exists(), reason="the seed (../shared/seed/minutes-11.txt) is not here")
def test_visible_page_of_the_seed_says_what_the_seed_says() -> None:
    written, seen = minutes_of(SEED), read(to_pdf(paper(minutes_of(SEED))), Context(), "minutes.pdf")
    assert [(one.number, one.text, one.kind) for one in seen.resolutions] == [
        (one.number, one.text, one.kind) for one in written.resolutions
    ]
    assert [(one.text, one.source, one.speakers) for one in seen.claims] == [
        (one.text, one.source, one.speakers) for one in written.claims
    ]
    assert (seen.header.number, seen.header.date, seen.header.venue) == (
        written.header.number,
        written.header.date,
        written.header.venue,
    )
    assert len(seen.attendance) >= len(written.attendance)
