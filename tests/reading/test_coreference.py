"""Short names and the full ones that they stand for."""

from __future__ import annotations

import pytest

from dabir.reading.context import Context, KnownParty
from dabir.reading.minutes import Party, Reason
from dabir.reading.reader import read_text

HEAD = """صورتجلسه کارگروه تخصصی آب شهرستان سبزدره
تاریخ جلسه: ۱۴۰۱/۰۵/۱۰
محل جلسه: سالن فرمانداری
دبیر جلسه: آقای مهندس سامان رودکی، مدیر امور منابع آب سبزدره
در این جلسه نماینده مهندسین مشاور آبسازان کویر گزارش داد.
حاضران:
آقای کیوان برزین - رئیس اداره برق
خانم مینا آذری - کارشناس دهیاری
مصوبات:
"""


def lead(item: str, context: Context | None = None, head: str = HEAD) -> Party:
    minutes = read_text(f"{head}۱- {item}", context or Context())
    found = minutes.resolutions[0].obligations[-1].lead
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("item", "text", "name", "reason", "line"),
    [
        (
            "مهندسین مشاور موظف است نقشه را ارسال نماید.",
            "مهندسین مشاور",
            "مهندسین مشاور آبسازان کویر",
            Reason.SAID,
            5,
        ),
        ("کارگروه طرح را بررسی نماید.", "کارگروه", "کارگروه تخصصی آب شهرستان سبزدره", Reason.BODY, 1),
        (
            "دبیرخانه موظف است گزارش را ارسال نماید.",
            "دبیرخانه",
            "دبیرخانه کارگروه تخصصی آب شهرستان سبزدره",
            Reason.BODY,
            1,
        ),
        ("فرمانداری موظف است محل را تعیین نماید.", "فرمانداری", "فرمانداری شهرستان سبزدره", Reason.PLACE, None),
        (
            "اداره گاز شهرستان موظف است خط را تعمیر نماید.",
            "اداره گاز شهرستان",
            "اداره گاز شهرستان سبزدره",
            Reason.PLACE,
            None,
        ),
        ("آقای برزین موظف است موضوع را پیگیری نماید.", "آقای برزین", "رئیس اداره برق", Reason.HOLDER, 7),
        (
            "دبیر کارگروه موظف است دعوت‌نامه را ارسال نماید.",
            "دبیر کارگروه",
            "مدیر امور منابع آب سبزدره",
            Reason.HOLDER,
            4,
        ),
        (
            "اعضای کارگروه موظفند نظر خود را اعلام نمایند.",
            "اعضای کارگروه",
            "اعضای کارگروه تخصصی آب شهرستان سبزدره",
            Reason.MEMBERS,
            1,
        ),
    ],
)
def test_short_name_stands_for_the_full_one(item: str, text: str, name: str, reason: Reason, line: int | None) -> None:
    found = lead(item)
    assert (found.text, found.organization, found.reason, found.named_at) == (text, name, reason, line)
    assert found.score is not None and found.score < 1
    assert found.known is None


@pytest.mark.parametrize(
    "item",
    [
        "شرکت گاز سبزدره موظف است خط را تعمیر نماید.",
        "بخشداری موظف است محل را تعیین نماید.",  # the paper names no district
        "آقای نادری موظف است موضوع را پیگیری نماید.",  # nobody of that name was there
        "سازمان موظف است نتیجه را اعلام نماید.",  # the paper names no organization
    ],
)
def test_name_for_which_the_paper_has_no_other_stays_as_it_is(item: str) -> None:
    found = lead(item)
    assert (found.organization, found.score, found.reason) == (None, None, None)


def test_of_several_full_names_the_last_one_before_is_less_sure() -> None:
    two = HEAD.replace("گزارش داد.", "گزارش داد.\nنظر مهندسین مشاور پارس‌پی هم شنیده شد.")
    found = lead("مهندسین مشاور موظف است نقشه را ارسال نماید.", head=two)
    assert found.organization == "مهندسین مشاور پارس‌پی"
    assert found.score == 0.7


def test_secretariat_that_was_named_by_a_short_name_is_the_bodys() -> None:
    twice = HEAD + "نتیجه به دبیرخانه کارگروه داده شد.\n"
    assert lead("دبیرخانه موظف است گزارش دهد.", head=twice).organization == "دبیرخانه کارگروه تخصصی آب شهرستان سبزدره"


@pytest.mark.parametrize(
    "line", ["شهرداری جشن اعیاد مذهبی را برگزار کرد.", "شهرداری\tصنعت و معدن\tنوری", "شهرداری گزارش داد."]
)
def test_what_follows_a_short_name_is_not_always_its_own(line: str) -> None:
    found = lead("شهرداری موظف است محل را تعیین نماید.", head=HEAD + line + "\n")
    assert found.organization is None


def test_province_of_two_words_is_whole() -> None:
    north = HEAD.replace("شهرستان سبزدره", "استان خراسان شمالی")
    assert lead("استانداری موظف است محل را تعیین نماید.", head=north).organization == "استانداری خراسان شمالی"


def test_name_that_the_paper_shortens_itself_is_known_by_it() -> None:
    short = HEAD + "شرکت نگهداری شبکه سبزدره (که از این پس «بهره‌بردار» نامیده می‌شود) نیز حاضر بود.\n"
    found = lead("بهره‌بردار موظف است دریچه را تعمیر نماید.", head=short)
    assert found.organization == "شرکت نگهداری شبکه سبزدره"


@pytest.mark.parametrize("words", ["دستگاه‌های ذیربط", "کلیه دستگاه‌های اجرایی", "ادارات مربوطه"])
def test_group_of_which_nobody_knows_the_members_is_vague(words: str) -> None:
    found = lead(f"{words} موظفند گزارش خود را ارسال نمایند.")
    assert (found.organization, found.score, found.reason) == (None, None, Reason.VAGUE)


def test_pronoun_is_less_sure_than_a_name() -> None:
    text = f"{HEAD}۱- اداره برق کابل را بخرد.\n۲- اداره مذکور نتیجه را اعلام نماید."
    found = read_text(text, Context()).resolutions[1].obligations[0].lead
    assert found is not None and found.text == "اداره برق"
    assert (found.reason, found.named_at, found.known) == (Reason.PRONOUN, 10, None)


@pytest.mark.parametrize(
    ("first", "second", "owner"),
    [
        ("شهرداری و دهیاری‌ها قرارداد را منعقد نمایند.", "و در پایان هر ماه گزارش را ارسال نمایند.", "شهرداری"),
        ("شهرداری قرارداد را منعقد نماید.", "همچنین در پایان هر ماه گزارش را ارسال نماید.", "شهرداری"),
        ("شهرداری قرارداد را منعقد نماید.", "و در پایان هر ماه گزارش را ارسال نمایند.", None),  # who else?
        ("شهرداری قرارداد را منعقد نماید.", "و در پایان هر ماه گزارش ارسال شود.", None),
    ],
)
def test_owner_said_once_goes_on(first: str, second: str, owner: str | None) -> None:
    text = f"جلسه شورا برگزار شد.\n\nدر این جلسه مقرر شد {first}\n\n{second}\n"
    duty = read_text(text, Context()).resolutions[-1].obligations[-1]
    assert (duty.lead.text if duty.lead else None) == owner
    assert duty.lead is None or duty.lead.known is None


DIRECTORY = Context(
    parties=(
        KnownParty(1, "مهندسین مشاور آبسازان کویر", ("مهندسین مشاور",), "firm"),
        KnownParty(2, "فرمانداری شهرستان سبزدره"),
        KnownParty(3, "فرمانداری شهرستان دیگر", ("فرمانداری",)),
        KnownParty(4, "کارگروه تخصصی آب شهرستان سبزدره", (), "body"),
        KnownParty(5, "گروه آب سبزدره", (), "group", members_of=4),
        KnownParty(6, "دستگاه‌های ذیربط", (), "group"),
    )
)


@pytest.mark.parametrize(
    ("words", "key", "score", "reason"),
    [
        ("مهندسین مشاور", 1, 1.0, Reason.ALIAS),  # paper and directory agree
        ("فرمانداری", 2, 0.8, Reason.PLACE),  # the directory's alias is of another county than the paper
        ("کارگروه", 4, 0.9, Reason.BODY),
        ("اعضای کارگروه", 5, 0.9, Reason.MEMBERS),
        ("دستگاه‌های ذیربط", 6, 1.0, Reason.EXACT),
    ],
)
def test_directory_knows_whom_a_short_name_stands_for(words: str, key: int, score: float, reason: Reason) -> None:
    found = lead(f"{words} موظف است نتیجه را اعلام نماید.", DIRECTORY)
    assert (found.party, found.score, found.reason) == (key, score, reason)
