from __future__ import annotations

import re

import pytest

from dabir.persian.jalali import to_gregorian
from dabir.reading import clauses
from dabir.reading.context import Context
from dabir.reading.decided import Paper, resolution_of
from dabir.reading.lines import Passage
from dabir.reading.minutes import Obligation, Resolution, ResolutionKind
from dabir.reading.reader import read_text

PAPER = Paper([], to_gregorian(1401, 3, 10))


def resolution(text: str, before: str = "") -> Resolution:
    return resolution_of(Passage.of([(1, text)]), "1", PAPER, before=before)


def duties(text: str, before: str = "") -> list[Obligation]:
    return resolution(text, before).obligations


def leads(text: str, before: str = "") -> list[str | None]:
    return [one.lead.text if one.lead else None for one in duties(text, before)]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("اداره برق نسبت به اصلاح شبکه اقدام نماید.", "اداره برق"),
        ("مقرر شد اداره برق شبکه را اصلاح کند.", "اداره برق"),
        ("مقررشد اداره برق شبکه را اصلاح کند.", "اداره برق"),
        ("اداره برق موظف است شبکه را اصلاح کند.", "اداره برق"),
        ("دهیاری‌ها موظف شده‌اند تا پایان مرداد آمار را ثبت کنند.", "دهیاری‌ها"),
        ("مقرر شد بقیه گروه‌ها درصورت تکمیل تقویم، آن را ارائه نمایند.", "گروه‌ها"),
        ("مقرر گردید ظرف ده روز شهرداری با حضور نماینده دادستان از محل بازدید نماید.", "شهرداری"),
        ("مقرر شد طی مکاتبه‌ای، فرمانداری پیگیر تامین اعتبار شود.", "فرمانداری"),
        ("آموزگاران پایه اول طرح درس خود را تحویل دهند.", "آموزگاران پایه اول"),
        ("مقرر گردید پیمانکار مربوطه خسارت باغداران را پرداخت کند.", "پیمانکار مربوطه"),
        ("اداره کل منابع طبیعی استان محدوده را مشخص نماید.", "اداره کل منابع طبیعی استان"),
        ("پارک علم و فناوری طرح‌های برتر را معرفی کند.", "پارک علم و فناوری"),
        ("دادگستری شهرستان شعبه ویژه رسیدگی را فعال کند.", "دادگستری شهرستان"),
        ("کمیسیون ماده صد پرونده را بررسی نماید.", "کمیسیون ماده صد"),
        ("با عنایت به بازدید انجام شده شهرداری موظف است خطر را رفع نماید.", "شهرداری"),
        ("مقرر شد آقای نوری با مراجعه به بانک حساب را ببندد.", "آقای نوری"),
        ("مقرر شد ظرف یک هفته کمیسیون بودجه لایحه را بررسی نماید.", "کمیسیون بودجه"),
        ("مقرر شد در اسرع وقت اداره بهزیستی خانواده‌ها را شناسایی کند.", "اداره بهزیستی"),
        ("مقرر شد حداکثر تا پایان هفته جاری شرکت توزیع برق تیرها را جابجا نماید.", "شرکت توزیع برق"),
        ("فرماندار از ادارات خواست نسبت به جمع‌آوری آمار اقدام کنند.", "ادارات"),
        ("مدیریت بحران شهرستان ستاد را فعال نگه دارد.", "مدیریت بحران شهرستان"),
        ("مقرر شد دستگاه‌های متولی در جلسه هفتگی حاضر شوند.", "دستگاه‌های متولی"),
        ("مقرر شد شهرداری آسفالت ورودی شهر را انجام دهد.", "شهرداری"),
        ("از اداره برق خواسته شد نسبت به اصلاح شبکه اقدام نماید.", "اداره برق"),
        ("آقای نوری، معاون فنی شرکت آب، نسبت به رفع نشتی اقدام کند.", "آقای نوری، معاون فنی شرکت آب"),
        ("قرار شد آقای نوری پیگیر موضوع باشد.", "آقای نوری"),
        ("مقرر شد مهندسین مشاور طرح‌آفرین نقشه‌ها را تحویل دهند.", "مهندسین مشاور طرح‌آفرین"),
        ("مقرر شد مهندسین مشاور طرح توسعه را تحویل دهند.", "مهندسین مشاور"),
        ("مقرر شد با تامین اعتبار، بخشداری مرکزی جاده را زیرسازی کند.", "بخشداری مرکزی"),
        ("کلیه ادارات موظف‌اند ورودی خود را اصلاح کنند.", "کلیه ادارات"),
        ("صاحبان صنایع مکلفند پساب خود را تصفیه کنند.", "صاحبان صنایع"),
        ("با توجه به گزارش ارائه شده، اداره برق شبکه را اصلاح کند.", "اداره برق"),
        ("پس از تامین اعتبار، اداره برق بایستی شبکه را اصلاح نماید.", "اداره برق"),
        ("مقرر گردید شبکه توسط اداره برق اصلاح شود.", "اداره برق"),
        ("مقرر گردید اصلاح شبکه از سوی اداره برق انجام پذیرد.", "اداره برق"),
        ("کارگروه انرژی با مسئولیت فرماندار تشکیل گردد.", "فرماندار"),
        ("نظارت بر اجرا بر عهده اداره برق می‌باشد.", "اداره برق"),
        ("پیگیری موضوع به آقای نوری محول شد.", "آقای نوری"),
        ("استاندار مدیران مناطق را مکلف کرد شبکه را اصلاح کنند.", "مدیران مناطق"),
        ("مقرر شد شبکه اصلاح شود. (مسئول: اداره برق)", "اداره برق"),
        ("مقرر شد در خصوص انتشار خبرنامه آقای نوری با چاپخانه هماهنگی کنند.", "آقای نوری"),
        ("مقرر شد شهردار محترم در اسرع وقت نسبت به خرید تجهیزات اقدام فرمایند.", "شهردار محترم"),
        ("مقرر شد در خصوص نظم جشن پلیس راه همکاری لازم را داشته باشند.", "پلیس راه"),
        ("به منظور رفاه کسبه استان استانداری کوهستان با هماهنگی اتاق اصناف طرح را ارائه نماید.", "استانداری کوهستان"),
        ("مقرر شد هر واحد سهم خود را به صندوق واریز کند.", "هر واحد"),
        ("مقرر شد درخواست دهنده نسبت به تکمیل پرونده اقدام نماید.", "درخواست دهنده"),
        ("مقرر شد گاوداران در پایان هر فصل آمار خود را اعلام نمایند.", "گاوداران"),
        ("مقرر شد سه روستا در مسجد برای مردم اطلاع‌رسانی کنند.", "سه روستا"),
        ("مقرر شد کسانی که سهم خود را نپرداخته اند، تا پایان ماه نسبت به پرداخت اقدام نمایند.", "کسانی"),
        ("مقرر شد نانوایان ملزم شوند کارت خود را نصب کنند.", "نانوایان"),
        ("مقرر شد شهرداری برآورد هزینه و زمان همه پروژه‌های شهر صورت پذیرد.", "شهرداری"),
        ("مقرر شد شهرداری با هماهنگی اداره برق", "شهرداری"),
        ("به شهرداری مهلت داده شد نسبت به نصب تابلو اقدام نماید.", "شهرداری"),
        ("آقای نوری مسئولیت پیگیری را بر عهده گرفتند.", "آقای نوری"),
        ("مقرر شد دانشکده‌ها نسبت به معرفی دبیران اقدام نمایند.", "دانشکده‌ها"),
        ("تصویب نمودند کمیته‌ای متشکل از شهردار و بخشدار نسبت به بازدید اقدام نماید.", "کمیته‌ای"),
        ("مقرر شد منبعد ادارات فوق نسبت به درج نشانی اقدام نمایند.", "ادارات فوق"),
        ("مقرر شد در این زمینه انجمن باغداران نیز همکاری کند.", "انجمن باغداران"),
        ("مقرر شد تا آموزش وپرورش شهرستان نسبت به معرفی مدارس اقدام نماید.", "آموزش وپرورش شهرستان"),
        ("واگذاری منعی نداشته و شهرداری طبق قانون اقدام نماید.", "شهرداری"),
        ("مطرح ومقررشدسازمان نسبت به فروش زمین اقدام نماید.", "سازمان"),
        ("مقرر شد در خصوص آب شرب روستاها اداره آب و فاضلاب گزارش دهد.", "اداره آب و فاضلاب"),
        ("مقرر شد شهرداری مجوزهایی را که بی‌نقشه صادر شده است، ابطال نماید.", "شهرداری"),
        ("وزارت بهداشت، درمان و آموزش پزشکی موظف است آمار را ارائه نماید.", "وزارت بهداشت، درمان و آموزش پزشکی"),
        ("مسئول پیگیری این بند شهرداری می‌باشد.", "شهرداری"),
        ("مقرر شد آقای نوری به همراه شهردار جهت بازدید از پل", "آقای نوری"),
        ("مقرر شد به شهرداری اختیار داده شود.", "شهرداری"),
        ("مقرر شد نماینده اداره گاز در جلسه بعد حضور یابد.", "نماینده اداره گاز"),
        ("مقرر شد مربیان تیم‌ها فهرست بازیکنان را تا شنبه اعلام کنند.", "مربیان تیم‌ها"),
        ("مقرر شد استاندار محترم دستور لازم را صادر فرمایند.", "استاندار محترم"),
        ("همکاران محترم نسبت به تکمیل فرم‌ها اقدام نمایند.", "همکاران محترم"),
        ("با عنایت به نزدیکی عید، اداره راهداری آماده باشد.", "اداره راهداری"),
    ],
)
def test_owner_is_found_by_what_the_verb_says(text: str, lead: str) -> None:
    assert leads(text) == [lead]


@pytest.mark.parametrize(
    "text",
    [
        "مقرر شد شبکه برق شهر اصلاح شود.",
        "گزارش تهیه شده توسط مشاور بررسی گردد.",
        "مقرر شد موضوع در جلسه بعد مطرح شود.",
        "مقرر شد فهرست به شهرداری ارسال گردد.",
        "قراردادها باید شرایط عمومی پیمان را رعایت نمایند.",
        "اولویت‌ها باید توجیه فنی داشته باشند.",
        "نامه تهیه و ضمن ارائه مشکلات، جهت تصمیم به مقام عالی وزارت گزارش نماید.",
        "پارک جنگلی باید ظرفیت پذیرش مسافران را داشته باشد.",
        "مقرر شد آموزش‌ها، کشاورزی پایدار را ترویج نماید.",
        "در بخش آموزشی، پژوهشی نسبت به تدوین برنامه اقدام نمایند.",
        "شرکت در همایش لازم است و مراتب را اعلام نمایند.",
        "منطقه از نظر امنیت وضعیت مناسبی داشته باشد.",
        "مرکز شهر نیاز به توسعه دارد و مقرر شد فضای سبز افزایش یابد.",
        "مقرر شد از کسانی که از سوی سازمان معرفی می‌شوند، استفاده نمایند.",
        "فهرست روستاها را تا پایان ماه تهیه کند.",
        "مقرر شد جهت تکمیل پروژه بیمارستان نسبت به تامین اعتبار اقدام نماید.",
        "به درخواست شهرداری نسبت به اصلاح نقشه اقدام نمایند.",
        "مقرر شد در پایان زمستان نسبت به بازدید اقدام نمایند.",
        "مقرر شد هر ماه گزارش کار را ارسال کند.",
        "مقرر شد دبیرخانه راه‌اندازی شود.",
        "مقرر شد جهت تکمیل پرونده اداره کل راه نقشه را تهیه کند.",
        "مقرر شد جهت رفع مشکلات کارکنان شهرداری لایحه‌ای را تنظیم کنند.",
        "مقرر شد از محل اعتبارات استانداری جاده را آسفالت کنند.",
        "مقرر شد برگزاری جلسات با حضور معتمدین تداوم داشته باشد.",
        "مقرر شد زمینه را برای تصمیم نهایی توسط شورا فراهم سازد.",
    ],
)
def test_nobody_is_made_owner_where_the_paper_names_none(text: str) -> None:
    assert leads(text) == [None]


def test_new_owner_begins_a_new_obligation() -> None:
    first, second = duties(
        "مقرر شد دانشگاه برآورد را ظرف ده روز به فرمانداری ارائه کند و فرمانداری محل تامین اعتبار را مشخص نماید."
    )
    assert first.due is not None and (first.due.text, first.due.jalali) == ("ظرف ده روز", "1401/03/20")
    assert [party.text for party in first.recipients] == ["فرمانداری"]
    assert second.lead is not None and second.lead.text == "فرمانداری"
    assert second.due is None


@pytest.mark.parametrize(
    ("text", "lead", "helpers"),
    [
        ("شهرداری موظف است نرده نصب کند. مسئول پیگیری: بخشداری", "شهرداری", ["بخشداری"]),
        ("مقرر شد نرده نصب شود. مسئول پیگیری: بخشداری", "بخشداری", []),
        ("شهرداری نرده نصب کند. مسئول: بخشداری", "بخشداری", []),
    ],
)
def test_who_follows_up_leads_where_nobody_else_does(text: str, lead: str, helpers: list[str]) -> None:
    (duty,) = duties(text)
    assert duty.lead is not None and duty.lead.text == lead
    assert [party.text for party in duty.helpers] == helpers


def test_second_owner_follows_a_participle() -> None:
    text = "مقرر شد دادستانی با متخلفان برخورد کرده و شهرداری آمادگی لازم را داشته باشد."
    assert leads(text) == ["دادستانی", "شهرداری"]


def test_list_of_helpers_goes_on_where_the_conjunction_is_glued() -> None:
    (duty,) = duties("مقرر شد جلسه‌ای با حضور بخشدار ،رئیس اداره شیلات وچند نفر از کارشناسان ودهیاران برگزار گردد.")
    names = [party.text for party in duty.helpers]
    assert names == ["بخشدار", "رئیس اداره شیلات", "چند نفر از کارشناسان", "دهیاران"]


def test_second_owner_is_found_where_the_first_verb_is_left_out() -> None:
    text = "فرمانداران تا ۱۴۰۱/۰۳/۲۰ نماینده خود را معرفی و بخشداران تا ۱۴۰۱/۰۳/۳۱ فهرست روستاها را ارسال کنند."
    assert leads(text) == ["فرمانداران", "بخشداران"]
    assert [one.due.jalali for one in duties(text) if one.due] == ["1401/03/20", "1401/03/31"]


def test_new_limit_of_the_same_owner_begins_a_new_obligation() -> None:
    text = "شهرداری طرح را تا پایان تیر ۱۴۰۱ اجرا کند و گزارش آن را به صورت ماهانه به شورا ارائه نماید."
    assert leads(text) == ["شهرداری", "شهرداری"]


def test_two_acts_of_one_owner_are_one_obligation() -> None:
    (duty,) = duties("شهرداری موضوع را بررسی و نتیجه را حداکثر تا ۱۴۰۱/۰۴/۰۱ به شورا گزارش نماید.")
    assert duty.due is not None and duty.due.jalali == "1401/04/01"


@pytest.mark.parametrize(
    ("text", "lead", "helpers"),
    [
        ("شهرداری و اداره برق نسبت به روشنایی پارک اقدام نمایند.", "شهرداری", ["اداره برق"]),
        ("شهرداری و آبفا مشترکاً نسبت به لایروبی اقدام نمایند.", "شهرداری", ["آبفا"]),
        ("رؤسای راهداری و برق موظفند از محل بازدید کنند.", "رؤسای راهداری", ["برق"]),
        ("ادارات برق، آب و گاز موظف به جابجایی تاسیسات هستند.", "ادارات برق", ["آب", "گاز"]),
        ("ادارات راه و شهرسازی و جهاد کشاورزی موظفند پاسخ دهند.", "ادارات راه و شهرسازی", ["جهاد کشاورزی"]),
        ("آقایان نوری و کیانی نسبت به پیگیری موضوع اقدام نمایند.", "آقایان نوری", ["کیانی"]),
        ("شهرداری، برق‌رسانی به پارک را انجام دهد.", "شهرداری", []),
        ("اداره کل نظارت و ارزیابی گزارش را ارسال نماید.", "اداره کل نظارت و ارزیابی", []),
    ],
)
def test_equal_owners_are_a_lead_and_helpers(text: str, lead: str, helpers: list[str]) -> None:
    (duty,) = duties(text)
    assert duty.lead is not None and duty.lead.text == lead
    assert [party.text for party in duty.helpers] == helpers


def test_name_behind_the_helpers_comma_is_the_subject() -> None:
    (duty,) = duties("مقرر گردید با هماهنگی شهرداری، پلیس راهور محدودیت تردد را اعمال نماید.")
    assert duty.lead is not None and duty.lead.text == "پلیس راهور"
    assert [party.text for party in duty.helpers] == ["شهرداری"]


def test_second_way_of_helping_is_heard() -> None:
    (duty,) = duties("پلیس راهور با همکاری شهرداری و هماهنگی فرمانداری طرح را اجرا کند.")
    assert [party.text for party in duty.helpers] == ["شهرداری", "فرمانداری"]


def test_office_stands_in_a_list_of_helpers_under_its_short_name() -> None:
    (duty,) = duties("کارگروهی متشکل از شهرداری، برق و آبفا به مسئولیت بخشدار تشکیل شود.")
    assert duty.lead is not None and duty.lead.text == "بخشدار"
    assert [party.text for party in duty.helpers] == ["شهرداری", "برق", "آبفا"]


@pytest.mark.parametrize("words", ["با همکاری", "با هماهنگی", "با مشارکت", "با حضور", "از طریق"])
def test_helpers_are_told_from_the_owner(words: str) -> None:
    (duty,) = duties(f"شهرداری {words} اداره برق و آبفا نسبت به بازسازی خیابان اقدام نماید.")
    assert duty.lead is not None and duty.lead.text == "شهرداری"
    assert [party.text for party in duty.helpers] == ["اداره برق", "آبفا"]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("شهرداری گزارش را به صحن شورا ارائه نماید.", ["صحن شورا"]),
        ("نتیجه ظرف یک هفته به اطلاع اعضا برسد.", ["اعضا"]),
        ("اداره ورزش سالن را در اختیار هلال احمر بگذارد.", ["هلال احمر"]),
        ("مقرر شد نامه‌ای به اداره کل ورزش و جوانان نوشته شود.", ["اداره کل ورزش و جوانان"]),
        ("وزارت نیرو جدول تحویل واحدها را به کمیسیون ارائه کند.", ["کمیسیون"]),
        ("شهرداری نسبت به تعمیر پل اقدام کند.", []),
    ],
)
def test_recipient_is_whom_something_is_given(text: str, recipients: list[str]) -> None:
    (duty,) = duties(text)
    assert [party.text for party in duty.recipients] == recipients


def test_company_that_a_contract_is_made_with_is_no_helper() -> None:
    (duty,) = duties("قرارداد با شرکت بیمه ایران تمدید شود.")
    assert duty.helpers == []
    (duty,) = duties("نشست آن با شرکت مدیران مناطق برگزار شود.")
    assert [party.text for party in duty.helpers] == ["مدیران مناطق"]


@pytest.mark.parametrize("consent", ["نظر موید", "نظر موافق", "نظر مثبت", "موافقت", "تأیید", "تأییدیه", "مجوز"])
def test_whose_consent_must_be_got_endorses_and_helps(consent: str) -> None:
    (duty,) = duties(f"مشاور طرح را با کسب {consent} تیم فنی تا ۱۴۰۱/۰۴/۰۱ تکمیل نماید.")
    assert duty.endorser is not None and duty.endorser.text == "تیم فنی"
    assert "تیم فنی" in [party.text for party in duty.helpers]


@pytest.mark.parametrize(
    ("text", "before", "lead"),
    [
        ("مقرر گردید ایشان موضوع را پیگیری نمایند.", "آقای نوری گزارشی ارائه داد.", "آقای نوری"),
        ("مقرر گردید دستگاه مذکور موضوع را پیگیری نماید.", "شهرداری گزارشی ارائه داد.", "شهرداری"),
        ("شبکه مذکور نتیجه را اعلام نماید.", "شبکه بهداشت و درمان و شهرداری بازدید کردند.", "شبکه بهداشت و درمان"),
    ],
)
def test_pronoun_stands_for_whom_it_means(text: str, before: str, lead: str) -> None:
    assert leads(text, before) == [lead]


def test_pronoun_without_an_antecedent_is_a_gap() -> None:
    assert leads("مقرر گردید ایشان موضوع را پیگیری نمایند.") == [None]


def test_limit_that_begins_with_an_act_waits_for_it() -> None:
    text = (
        "شهرداری برآورد هزینه را ظرف ده روز ارائه کند و فرمانداری ظرف ده روز پس از وصول برآورد هزینه، "
        "اعتبار آن را تامین نماید."
    )
    minutes = read_text(f"مصوبات جلسه:\n۱- {text}", Context())
    first, second = minutes.resolutions[0].obligations
    assert second.waits_for == [first.id] == ["r1o1"]
    assert second.due is not None and second.due.jalali is None


def test_what_somebody_proposed_before_the_decision_binds_no_one() -> None:
    text = "اداره برق پیشنهاد داد آبفا هزینه را پرداخت کند و مقرر شد شهرداری موضوع را بررسی نماید."
    assert leads(text) == ["شهرداری"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("گزارش عملکرد سال گذشته قرائت شد.", ResolutionKind.INFORMATION),
        ("لوح فشرده در اختیار اعضا قرار گرفت.", ResolutionKind.INFORMATION),
        ("بودجه سال ۱۴۰۱ به تصویب رسید.", ResolutionKind.APPROVAL),
        ("با پرداخت تسهیلات موافقت گردید.", ResolutionKind.APPROVAL),
        ("به شهرداری اجازه داده شد دو دستگاه خودرو خریداری نماید.", ResolutionKind.APPROVAL),
        ("طرح به شرط تامین اعتبار به تصویب رسید.", ResolutionKind.CONDITIONAL_APPROVAL),
        ("با واگذاری زمین موافقت شد، مشروط بر آنکه محیط زیست تایید نماید.", ResolutionKind.CONDITIONAL_APPROVAL),
        ("مصوب شد شهرداری تا پایان ماه طرح را اجرا کند.", ResolutionKind.OBLIGATION),
        ("تکمیل ساختمان اداری در سال ۱۴۰۱", ResolutionKind.OBLIGATION),
        ("از این پس پرداخت‌ها منوط به تایید ناظر خواهد بود.", ResolutionKind.STANDING_RULE),
        ("شورا در چارچوب سند مصوب عمل خواهد نمود.", ResolutionKind.STANDING_RULE),
        ("بخشداران هر ماه گزارش خود را ارسال نمایند.", ResolutionKind.RECURRING),
        ("مهلت بند ۲ مصوبات جلسه قبل تا ۱۴۰۱/۰۵/۰۱ تمدید شد.", ResolutionKind.AMENDMENT),
        ("بند ۲ مصوبات جلسه قبل لغو گردید.", ResolutionKind.AMENDMENT),
        ("پیشنهاد گردید شهرداری جشنواره‌ای برگزار کند.", ResolutionKind.PROPOSAL),
    ],
)
def test_kind_is_told_by_the_verbs(text: str, kind: ResolutionKind) -> None:
    assert resolution(text).kind == kind


@pytest.mark.parametrize(
    "text", ["گزارش شهرداری قرائت شد.", "پیشنهاد شد جشنواره برگزار شود.", "بودجه شهرداری تصویب شد."]
)
def test_what_binds_no_one_makes_no_obligation(text: str) -> None:
    assert duties(text) == []


def test_proposal_keeps_who_would_do_it_and_binds_no_one() -> None:
    proposal = resolution("پیشنهاد شد شهرداری جشنواره را برگزار کند.")
    assert [one.lead.text for one in proposal.obligations if one.lead] == ["شهرداری"]
    assert not proposal.binds


def test_extended_limit_is_kept_without_an_owner() -> None:
    (duty,) = duties("مهلت بند ۲ مصوبات جلسه قبل تا ۱۴۰۱/۰۵/۰۱ تمدید شد.")
    assert duty.lead is None
    assert duty.due is not None and duty.due.jalali == "1401/05/01"


def test_a_mark_that_a_text_has_not_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    search = clauses._RESPONSIBLE.search

    def seen(text: str, *where: int) -> re.Match[str] | None:
        looked.append(text)
        return search(text, *where)

    monkeypatch.setattr(clauses._RESPONSIBLE, "search", seen)
    found = clauses.clauses_of(Passage.of([(1, "شهرداری موظف است گزارش دهد. " * 50)]))
    assert len([one for one in found if one.modal is not None]) == 50
    assert len(looked) == 1


def test_a_mark_is_found_wherever_it_stands_behind_others() -> None:
    text = "شهرداری باید گزارش دهد. راه مسئول رعایت این بند می‌باشد. بخشداری موظف است گزارش دهد."
    found = clauses.clauses_of(Passage.of([(1, text)]))
    marks = [text.index(word) for word in ("باید", "مسئول", "موظف")]
    assert [one.modal for one in found if one.modal is not None] == marks
