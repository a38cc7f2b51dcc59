"""What is decided on debts that are there: by their codes for certain, else offered and never applied."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.reading.acts import acts_in, is_debt_code, reason_in, without_acts, wording_of
from dabir.reading.context import Context
from dabir.reading.lines import Passage
from dabir.reading.reader import read_text

SESSION = date(2019, 11, 8)
A, B, C = "hq-1398-11/3.1", "hq-1398-11/2.1-2", "zanjan-hq-order-1398-3.1"
D = "60setad-1398-11/3.1"

CERTAIN = f"""
تکلیف {A} مختومه شد. = {A} close
تکلیف «گزارش لغو شد. پایان» به شماره {A} مختومه اعلام گردید. = {A} close
تکلیف به شماره «{A}» خاتمه یافت = {A} close
تکالیف {A} و {B} مختومه شدند. = {A} close | {B} close
تکالیف زیر مختومه اعلام می‌شود: {A}، {B} = {A} close | {B} close
با خاتمه تکلیف {A} موافقت شد. = {A} close
تکلیف hq-۱۳۹۸-۱۱∕۳.۱ مختومه شد. = {A} close
تکلیف HQ-١٣٩٨-١١/٣٫١ مختومه شد. = {A} close
تکلیف \u200ehq-1398-11/\u200f3.1\u200e مختومه شد. = {A} close
تکلیف {C} از دستور پیگیری خارج شد. = {C} close
تکلیف {D} مختومه شد. = {D} close
تکلیف ۶۰setad-۱۳۹۸-۱۱/۳.۱ مختومه شد. = {D} close
تکلیف \u200e60\u200esetad-1398-11/3.1 مختومه شد. = {D} close
۴-{A} مختومه شد. = {A} close
تکلیف 12-1398-11/3.1 و {A} مختومه شد. = {A} close
مهلت تکلیف {D} تا تاریخ ۱۳۹۸/۱۲/۰۱ تمدید شد. = {D} extend 1398/12/01
مهلت تکلیف {A} تا تاریخ ۱۳۹۸/۱۲/۰۱ تمدید شد. = {A} extend 1398/12/01
تکالیف hq-1398-11/7.1.3 و hq-1398-11/7.1-2.14 مختومه شد. = hq-1398-11/7.1.3 close | hq-1398-11/7.1-2.14 close
مهلت تکلیف hq-1398-11-2/4.1 تا پایان آذر ۱۳۹۸ تمدید گردید. = hq-1398-11-2/4.1 extend 1398/09/30
تمدید مهلت تکلیف {A} تا ۹۸/۱۲/۱ به تصویب رسید. = {A} extend 1398/12/01
تکلیف {A} مختومه شد و مهلت تکلیف {B} تا ۱۳۹۸/۱۲/۰۱ تمدید شد. = {A} close | {B} extend 1398/12/01
تکلیف {A} به شرح زیر اصلاح شد: گزارش هر سه ماه ارسال شود. = {A} amend
این مصوبه جایگزین تکلیف {A} شد. = {A} supersede
تکلیف {B} جایگزین تکلیف {A} گردید. = {A} supersede → {B}
با تمدید مهلت تکلیف {A} موافقت نشد. = {A} refuse
با تمدید مهلت بند {A} تا ۱۳۹۸/۱۲/۰۱ موافقت نگردید. = {A} refuse
با درخواست تمدید تکالیف {A} و {B} مخالفت شد. = {A} refuse | {B} refuse
درخواست تمدید مهلت تکلیف «گزارش» به شماره {A} رد شد و تکلیف {B} مختومه شد. = {A} refuse | {B} close
نظر به اینکه قبلاً تمدید شده است، با تمدید {A} موافقت به عمل نیامد. = {A} refuse
تمدید مهلت تکلیف {A} به تصویب نرسید، زیرا پس از جلسه قبل کاری نشده است. = {A} refuse
تکلیف {A} مجدداً در دستور کار قرار گرفت. = {A} reopen
تکلیف {A} مفتوح اعلام شد = {A} reopen
تکلیف {A} لغو شد. = {A} cancel
تکلیف {A} در تکلیف {B} ادغام شد. = {A} merge → {B}
تکالیف {A} و {B} با تکلیف {C} ادغام گردیدند. = {A} merge → {C} | {B} merge → {C}
"""
UNCERTAIN = f"""
مهلت تکلیف {A} به مدت یک ماه تمدید شد. = {A} extend
در صورت ارائه گزارش، تکلیف {A} مختومه می‌شود. = {A} close
به شرطی که گزارش برسد تکلیف {A} مختومه می‌شود. = {A} close
تکلیف {A} مختومه شد، مشروط به ارائه گزارش. = {A} close
تکلیف {A} لغو شد مگر آنکه دستگاه اعتراض کند. = {A} cancel
آیا تکلیف {A} مختومه شد؟ = {A} close
تکلیف {A} در جلسه قبل مختومه شد. = {A} close
تکالیف {A} و {B} ادغام شدند. = {A} merge | {B} merge
تکلیف {A} مختومه نشد. = {A}
پیشنهاد شد تکلیف {A} مختومه شود. = {A}
با خاتمه تکلیف {A} موافقت نشد. = {A}
با تمدید قرارداد مشاور در تکلیف {A} موافقت نشد. = {A}
تکلیف {A} مطرح و با آن مخالفت شد. = {A}
اگر گزارش نرسد با تمدید مهلت تکلیف {A} موافقت نمی‌شود. = {A} refuse
آیا با تمدید مهلت تکلیف {A} مخالفت شد؟ = {A} refuse
با تمدید مهلت تکلیف {A} موافقت نشد، مگر آنکه دستگاه گزارش دهد. = {A} refuse
با تمدید مهلت بند ۴ جلسه ۱۱ موافقت نشد. = 4@11 refuse
مصوبه hq-1398-11/4 مختومه شد. = hq-1398-11/4 close
مصوبه ۴ جلسه ۱۱ مختومه شد. = 4@11 close
بند ۴ صورتجلسه شماره ۱۱ مورخ ۱۳۹۸/۰۷/۱۷ لغو شد. = 4@11@2019-10-09 cancel
مهلت ردیف ۴ مصوبات جلسه یازدهم تا ۱۳۹۸/۱۲/۰۱ تمدید شد. = 4@11 extend
بند ۲ مصوبات نشست مورخ ۱۳۹۸/۷/۱۷ = 2@@2019-10-09
"""
NOTHING = [
    "گزارش در نشانی www.abepi.ir/plan-a.1 مختومه شد.",
    "پرونده ۱۳۹۸-۱۱/۴ مختومه شد.",
    "سازمان جهاد کشاورزی موظف است گزارش را تا ۱۳۹۸/۰۸/۰۵ ارائه نماید.",
    "",
]


def rows(table: str) -> list[tuple[str, str]]:
    return [(text, said) for line in table.strip().splitlines() for text, _, said in [line.rpartition(" = ")]]


def certain(text: str) -> list[str]:
    acts = acts_in(Passage.of([(1, text)]), SESSION).certain
    return [
        f"{one.debt} {one.act}{f' {one.day.jalali}' if one.day else ''}{f' → {one.into}' if one.into else ''}"
        for one in acts
    ]


def candidates(text: str) -> list[str]:
    found = []
    for one in acts_in(Passage.of([(1, text)]), SESSION).candidates:
        told = [one.named.item, str(one.named.meeting or ""), one.named.day.isoformat() if one.named.day else ""]
        found.append(f"{one.named.code or '@'.join(told).rstrip('@')} {one.act or ''}".strip())
    return found


@pytest.mark.parametrize(("text", "said"), rows(CERTAIN))
def test_code_and_verb_in_one_sentence_are_certain(text: str, said: str) -> None:
    assert " | ".join(certain(text)) == said
    assert candidates(text) == []


@pytest.mark.parametrize(("text", "said"), rows(UNCERTAIN))
def test_what_only_sounds_so_is_offered(text: str, said: str) -> None:
    assert (certain(text), " | ".join(candidates(text))) == ([], said)


@pytest.mark.parametrize("text", NOTHING)
def test_what_names_no_debt_decides_on_none(text: str) -> None:
    assert (certain(text), candidates(text)) == ([], [])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("با توجه به پایان فصل کار با تمدید مهلت تکلیف {A} موافقت نشد.", "پایان فصل کار"),
        ("به دلیل کمبود اعتبار، درخواست تمدید تکلیف {A} رد شد.", "کمبود اعتبار"),
        ("با تمدید مهلت تکلیف {A} موافقت نشد، زیرا سند رسیده است.", "سند رسیده است"),
        ("با تمدید مهلت تکلیف «گزارش به دلیل بارش» به شماره {A} موافقت نشد.", ""),
        ("با تمدید مهلت تکلیف {A} موافقت نشد.", ""),
        ("تکلیف {A} به دلیل بارش مختومه شد.", ""),
    ],
)
def test_reason_of_a_refusal_is_in_the_lines_own_words(line: str, why: str) -> None:
    text = line.format(A=A)
    passage = Passage.of([(1, text)])
    (act,) = acts_in(passage, SESSION).certain
    assert reason_in(act.text) == why
    assert without_acts(passage, acts_in(passage, SESSION)) is None


def test_what_is_ordered_behind_a_refusal_is_no_reason() -> None:
    text = f"با تمدید مهلت تکلیف {A} موافقت نشد، چون دیر است و مقرر شد سازمان گزارش دهد."
    passage = Passage.of([(1, text)])
    acts = acts_in(passage)
    (act,) = acts.certain
    rest = without_acts(passage, acts)
    assert reason_in(act.text) == "" and rest and "مقرر شد سازمان گزارش دهد" in rest.text


def test_what_else_is_decided_is_left() -> None:
    passage = Passage.of([(4, f"تکلیف {A} خاتمه یافت و مقرر شد سازمان گزارش دهد."), (5, f"تکلیف {B} لغو شد.")])
    acts = acts_in(passage)
    assert [one.lines for one in acts.certain] == [(4, 4), (5, 5)]
    rest = without_acts(passage, acts)
    assert rest and rest.text.strip(" .") == "و مقرر شد سازمان گزارش دهد"
    alone = Passage.of([(1, f"تکلیف {A} مختومه شد.")])
    assert without_acts(alone, acts_in(alone)) is None


def test_the_words_of_a_debt_that_a_decision_quotes_are_not_proofread_again() -> None:
    quoted = (
        "دستگاه‌های ذیربط موظفند موضوع جزء ۳ بند ب و بند الف این صورتجلسه را "
        "تا ۱۳۹۸/۰۷/۰۵ و ۳۱ مهر ۱۳۹۸ ، شنبه ۱۳۹۸/۰۷/۱۷  نمایند"
    )
    lines = [
        "صورتجلسه ستاد نمونه",
        "تاریخ جلسه: ۱۳۹۸/۰۸/۱۷",
        "ج - مصوبات جلسه:",
        f"۱- تکلیف «{quoted}» به شماره {A} مختومه اعلام شد.",
        f"۲- مهلت تکلیف «{quoted}» به شماره {B} تا تاریخ ۱۳۹۸/۰۹/۱۵ تمدید شد.",
    ]
    read = read_text("\n".join(lines), Context())
    assert [(one.number, len(one.acts), one.obligations) for one in read.resolutions] == [("1", 1, []), ("2", 1, [])]
    assert {one.rule for one in read.findings} - {"header.missing"} == {"due.friday"}


WORDS = [
    "تکلیف",
    A,
    "جلسه",
    "مختومه",
    "شد",
    "تمدید",
    "تا ۱۳۹۸/۱۲/۰۱",
    "جایگزین",
    "ادغام",
    "در",
    "«",
    "»",
    ".",
    "-",
    ":",
    "\n",
]


@pytest.mark.parametrize(
    ("said", "more", "words"),
    [
        (f"تکلیف {A} به شرح زیر اصلاح شد: گزارش هر سه ماه ارسال شود.", "", "گزارش هر سه ماه ارسال شود"),
        (f"تکلیف {A} به شرح زیر اصلاح شد: گزارش ارسال شود.", " نسخه‌ای هم به استانداری برسد.", ""),
        (f"تکلیف {A} به شرح زیر اصلاح گردید: «گزارش برسد. نسخه‌ای هم.»", " بعد.", "گزارش برسد. نسخه‌ای هم."),
        (f"تکلیف «اصلاح شد: ب» به شماره {A} به شرح زیر اصلاح شد: «الف».", "", "الف"),
        (f"تکلیف {A} اصلاح شد.", "", ""),
        (f"تکلیف {A} مختومه شد: گزارش رسید.", "", ""),
    ],
)
def test_the_new_words_of_an_amendment_are_those_quoted_or_all_that_is_left(said: str, more: str, words: str) -> None:
    assert wording_of(said, said + more) == words


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=12).map(" ".join))
def test_any_text_gives_codes_that_stand_in_it(text: str) -> None:
    passage = Passage.of([(1, text)])
    acts = acts_in(passage, SESSION)
    assert all(is_debt_code(one.debt) for one in acts.certain)
    assert all(0 <= start < end <= len(passage.text) for start, end in acts.spans)
    assert acts.spans == sorted(acts.spans)
    assert all(passage.text[one.start : one.end].strip() for one in acts.candidates)


@pytest.mark.parametrize(
    "unit",
    [
        f"{A} ",
        f"{A} تمدید شد ",
        "جایگزین ",
        "موافقت شد خاتمه ",
        f"{A} به دلیل تمدید مهلت رد شد ",
        "a-",
        "« ",
        "مصوبه ۴ جلسه ",
    ],
)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    def took(letters: int) -> float:
        passage = Passage.of([(1, unit * (letters // len(unit)))])
        times = []
        for _ in range(3):
            begin = time.process_time()
            acts_in(passage, SESSION)
            times.append(time.process_time() - begin)
        return min(times)

    took(1_000)
    assert took(20_000) < 30 * max(took(2_000), 0.0005)
