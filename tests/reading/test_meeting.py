"""What a paper says of the meeting itself: header, agenda, speakers, who was there."""

from __future__ import annotations

import pytest

from dabir.reading.context import Context
from dabir.reading.minutes import Header, Minutes, SectionKind
from dabir.reading.reader import read_text


def read(text: str) -> Minutes:
    return read_text(text, Context())


def header(text: str) -> Header:
    return read(text).header


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("شماره جلسه: ۱۱", 11),
        ("شماره جلسه\t۷\tتاریخ جلسه\t1401/08/16", 7),
        ("جلسه شماره 19 مورخه 1400/11/19 هیئت مدیره", 19),
        ("صورت جلسه سی و ششم", 36),
        ("جلسه دویست و شصت و نه 94/07/12 شورای روستا", 269),
        ("سی‌وسومین جلسه‌ی ستاد برگزار شد.", 33),
        ("سیوسومین جلسهی ستاد برگزار شد.", 33),
        ("صورت‌جلسهٔ شمارهٔ ۸ کمیته", 8),
        ("یازدهمین جلسه ستاد برگزار شد.", 11),
        ("یکصد و نود و هفتمین (197) جلسه شورا برگزار شد.", 197),
        ("بيستونهمين جلسه انجمن تشكيل شد.", 29),
        ("اولین جلسه کارگروه در سال ۱۳۹۹ تشکیل شد.", 1),
        ("صورتجلسه شورای شهرستان آبادان شماره ۱۴", 14),
        ("شماره: ۶\n\n۱. بررسی مصوبات جلسه پنجم:", 6),
    ],
)
def test_session_number_is_read_in_digits_and_in_words(text: str, number: int) -> None:
    assert header(text).number == number


@pytest.mark.parametrize(
    "text",
    [
        "شماره مصوبه: 20920",
        "شماره نامه: ۴۵۱۲",
        "پیگیری مصوبات جلسه پنجم",
        "جلسه ۱۲ نفر از اعضا",
        "جلسه سی و دو نفر از اعضا",
    ],
)
def test_number_of_something_else_is_not_the_sessions(text: str) -> None:
    assert header(text).number is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("تاریخ جلسه: ۹۷/۰۷/۲۳", "1397/07/23"),
        ("زمان: دوشنبه ۱۴ آبان‌ماه ۱۴۰۳ - ساعت ۹ الی ۱۱", "1403/08/14"),
        ("جلسه شورا روز یکشنبه مورخ نهم آبان ماه یکهزار و سیصد و نود و پنج تشکیل شد.", "1395/08/09"),
        ("پیرو دعوتنامه مورخ 30/3/86 بیستمین جلسه شورا مورخ 3/4/86 تشکیل شد.", "1386/04/03"),
        ("هیئت وزیران در جلسه مورخ 8/2/1385 موافقت نمود:", "1385/02/08"),
        ("تاریخ: ۱۴۰۲/۰۵/۰۱", "1402/05/01"),
    ],
)
def test_session_day_is_told_from_other_days(text: str, day: str) -> None:
    read_day = header(text).date
    assert read_day is not None and read_day.jalali == day


def test_date_of_the_next_meeting_is_not_the_sessions() -> None:
    read_header = header("مقرر گردید که جلسه آتی هیئت مدیره در روز شنبه مورخ 1400/11/23 برگزار گردد.")
    assert read_header.date is None
    assert read_header.next_meeting is not None and read_header.next_meeting.date is not None
    assert read_header.next_meeting.date.jalali == "1400/11/23"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("ساعت شروع: ۸:۳۰\tساعت خاتمه: ۱۱:۱۵", ("08:30", "11:15")),
        ("جلسه شورا در ساعت30/6 صبح تشکیل شد.", ("06:30", None)),
        ("جلسه شورا از ساعت ۱۶ الی ۱۹:۳۰ برگزار شد.", ("16:00", "19:30")),
        ("جلسه شورا رأس ساعت ده صبح تشکیل شد.\nجلسه در ساعت دوازده و سی دقیقه خاتمه یافت.", ("10:00", "12:30")),
        ("جلسه شورا ساعت ۴ بعدازظهر تشکیل شد.", ("16:00", None)),
    ],
)
def test_hours_are_read_as_offices_write_them(text: str, hours: tuple[str | None, str | None]) -> None:
    read_header = header(text)
    assert (read_header.starts_at, read_header.ends_at) == hours


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("صورتجلسه شورای آب شهرستان سبزدره\nشماره جلسه: ۶", "شورای آب شهرستان سبزدره"),
        ("صورتجلسه شورای آب سبزدره\nنوع جلسه: عادی/ فوق‌العاده", "شورای آب سبزدره"),
        ("عنوان جلسه: کمیته راه‌های سبزدره", "کمیته راه‌های سبزدره"),
        ("مصوبات جلسه شماره ۲۹ مورخ ۹۹/۰۹/۰۸شورای اسلامی شهر سبزدره", "شورای اسلامی شهر سبزدره"),
        ("شورای عالی آب در بیست و سومین جلسه مورخ ۱۴۰۱/۰۴/۰۸ تصویب نمود:", "شورای عالی آب"),
        ("تشکیل جلسه تخصصی کمیسیون فرهنگی در تاریخ ۲۱ آبان ۱۳۹۹", "کمیسیون فرهنگی"),
        ("فراخوان رسید و اولین مجمع عمومی باشگاه سبزدره در روز شنبه برگزار شد.", "مجمع عمومی باشگاه سبزدره"),
        ("صورتجلسه هیئت مدیره ۲۸ فروردین ۹۲", "هیئت مدیره"),
        ("نهمین جلسه انجمن کتاب(آخرین جلسه در سال ۸۳) تشکیل شد.", "انجمن کتاب"),
        ("جلسه با حضور اعضای شورای شهر و شهردار سبزدره تشکیل شد.", "شورای شهر"),
        (
            "مصوبات دهمین جلسه شورای اسلامی سبزدره\nصورتجلسه\n۱- سومین صورتجلسه کمیسیون شهری قرائت شد.",
            "شورای اسلامی سبزدره",
        ),
        ("جلسه بررسی وضعیت راه‌ها در محل شهرداری برگزار شد.", None),
    ],
)
def test_body_is_the_one_that_met(text: str, body: str | None) -> None:
    assert header(text).body == body


def test_fields_are_read_wherever_tabs_have_thrown_them() -> None:
    read_header = header(
        "تاریخ جلسه: ۹۷/۰۷/۲۳\tصورتجلسه کمیته بهره‌وری\t\tفرمانداری\n"
        "شماره دعوت نامه: ۲۲۸۱۴\tتاریخ دعوتنامه: ۹۷/۰۷/۱۸\t"
        "ریاست جلسه: جناب آقای مهندس نوری فرماندار محترم\tمحل: سالن شهدا\n"
    )
    assert read_header.body == "کمیته بهره‌وری"
    assert read_header.invitation is not None and read_header.invitation.number == "۲۲۸۱۴"
    assert read_header.invitation.date is not None and read_header.invitation.date.jalali == "1397/07/18"
    assert read_header.chair is not None
    assert (read_header.chair.name, read_header.chair.post) == ("مهندس نوری", "فرماندار محترم")
    assert read_header.venue == "سالن شهدا"


def test_sections_are_known_by_their_titles_in_any_order() -> None:
    minutes = read(
        "صورتجلسه\n\nغایبان: آقای نوری\n\nمصوبات:\n۱- شهرداری گزارش دهد.\n\n"
        "حاضرین:\nآقای بهرامی\n\nدستور جلسه:\n- بودجه\n"
    )
    assert [section.kind for section in minutes.sections] == [
        SectionKind.HEADER,
        SectionKind.ABSENT,
        SectionKind.RESOLUTIONS,
        SectionKind.PRESENT,
        SectionKind.AGENDA,
    ]
    assert [item.text for item in minutes.agenda] == ["بودجه"]
    assert [(entry.text, entry.present) for entry in minutes.attendance] == [
        ("آقای نوری", False),
        ("آقای بهرامی", True),
    ]


AGENDA = """صورتجلسه کمیته عمران

{agenda}

مصوبات:
۱- شهرداری گزارش دهد.
"""


@pytest.mark.parametrize(
    ("agenda", "items"),
    [
        ("الف - دستور جلسه:\n۱- پیگیری مصوبات جلسه دوم\n۲- وضعیت جاده", ["پیگیری مصوبات جلسه دوم", "وضعیت جاده"]),
        ("دستور جلسه:\n- مرور مصوبات جلسه قبل\n- متفرقه", ["مرور مصوبات جلسه قبل", "متفرقه"]),
        ("۱- دستور جلسه: بودجه\n۲- مذاکرات:\n- آب کم است.", ["بودجه"]),
        ("دستور جلسه:\n- بودجه\n\nاعضای حاضر:\n- گمرک", ["بودجه"]),
    ],
    ids=["numbers under a letter", "bullets", "numbered titles", "another title"],
)
def test_item_of_the_agenda_opens_no_section(agenda: str, items: list[str]) -> None:
    minutes = read(AGENDA.format(agenda=agenda))
    assert [item.text for item in minutes.agenda] == items
    assert [one.text for one in minutes.resolutions] == ["شهرداری گزارش دهد."]


TALK = """مذاکرات:
در ابتدای جلسه جناب آقای دکتر نوری فرماندار محترم ضمن خیرمقدم موارد زیر را یادآور شدند:
✓ توجه به بهره‌وری
✓ رفع موانع تولید
سپس خانم بهار و آقای مهندس رستگار مدیر امور آب نقطه نظرات خود را به شرح زیر مطرح کردند:
۱- کمبود نیرو
۲- فرسودگی شبکه
رئیس اداره برق گزارش داد سه پروژه افتتاح شده است. وی افزود دو پروژه باقی است.
آقای کاظمی: بودجه کافی نیست.
"""


def test_points_belong_to_whom_made_them() -> None:
    told = [
        ([speaker.name for speaker in one.speakers], [(point.number, point.text) for point in one.points])
        for one in read(TALK).discussion
    ]
    assert told[0] == (["دکتر نوری"], [(None, "توجه به بهره‌وری"), (None, "رفع موانع تولید")])
    assert told[1] == (["بهار", "مهندس رستگار"], [("1", "کمبود نیرو"), ("2", "فرسودگی شبکه")])
    assert told[2][0] == ["رئیس اداره برق"]
    assert told[2][1][0][1].endswith("دو پروژه باقی است.")
    assert told[3] == (["کاظمی"], [(None, "بودجه کافی نیست.")])


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "در ابتدا آقای نوری درخصوص آب توضیح داد و آقای کریمی پیشنهاد کرد لوله عوض شود؛ سپس خانم بهار تشکر کرد.",
            [["نوری"], ["کریمی"], ["بهار"]],
        ),
        (
            "*- آقای نوری؛ رئیس کمیسیون؛ به مسائل شهر پرداختند.\n*- شهردار محترم گزارشی ارائه نمود.",
            [["نوری"], ["شهردار"]],
        ),
        ("۱- آقای نوری گزارش داد.\n۲- خانم بهار نیز خواستار ترمیم معابر شدند.", [["نوری"], ["بهار"]]),
        ("آقای نوری فرمودند کار خوب است. خانم بهار محورها را بر شمردند.", [["نوری"], ["بهار"]]),
        ("آقای رضایی درباره بودجه.\nهمچنین خانم بهار در خصوص آب", [["رضایی"], ["بهار"]]),
        ("پس از قرائت قرآن در ابتدای جلسه آقای نوری ضمن تشکر از بانک‌ها گزارشی ارائه داد.", [["نوری"]]),
        ("در ابتدای جلسه آقای نوری: رئیس شورا با سلام و آرزوی توفیق تبریک عرض نمود.", [["نوری"]]),
        # Who is spoken of, who is paid and who is there does not speak.
        ("آقای نوری گزارش داد و آقای کریمی را معرفی کرد و افزود کار تمام است.", [["نوری"]]),
        ("شهرداری به پیمانکار مبلغ صد میلیون ریال پرداخت.\nآقای بهار در جلسه درباره آب حضور داشت.", []),
        ("آقای نوری نکات زیر را بیان کرد:\n- مدیریت منابع آب\n- معرفی آقای کریمی", [["نوری"]]),
    ],
)
def test_each_who_takes_the_word_is_a_speaker(text: str, speakers: list[list[str]]) -> None:
    told = read(f"مذاکرات:\n{text}").discussion
    assert [[one.name for one in turn.speakers] for turn in told if turn.speakers] == speakers


def test_unnumbered_line_after_points_is_another_speakers() -> None:
    told = read("مذاکرات:\nمدیر گاز استان گزارش داد:\n۱- خط وصل است.\nفرماندار خواست فشار گاز هر ماه اعلام شود.\n")
    assert [[speaker.name for speaker in one.speakers] for one in told.discussion] == [["مدیر گاز استان"], ["فرماندار"]]
    assert [point.text for point in told.discussion[0].points] == ["خط وصل است."]


@pytest.mark.parametrize(
    ("line", "speakers"),
    [
        ("محمدی (رئیس شورا): بودجه کم است.", [("محمدی", "رئیس شورا")]),
        ("سعید نوری - شهردار: بودجه کم است.", [("سعید نوری", "شهردار")]),
        ("آقای رضایی: بودجه کم است.", [("رضایی", None)]),
        ("خانم دکتر کریمی - معاون بهداشت: بودجه کم است.", [("دکتر کریمی", "معاون بهداشت")]),
        ("در این بخش، رئیس شورا: بودجه کم است.", []),
        ("مدیرکل بنیاد مسکن استان، مجری مطالعات، توضیح داد:", [("مدیرکل بنیاد مسکن استان", "مجری مطالعات")]),
        ("آقای نوری، مدیرکل راه و شهرسازی، گفت بودجه کم است.", [("نوری", "مدیرکل راه و شهرسازی")]),
        ("مدیر آموزش و پرورش، آقای نوری، گفت بودجه کم است.", [("نوری", "مدیر آموزش و پرورش")]),
        (
            "آقایان نوری، کیانی ، بهرامی و خانم آذری ناطقان جلسه بودند:",
            [("نوری", None), ("کیانی", None), ("بهرامی", None), ("آذری", None)],
        ),
        ("به گزارش روابط عمومی، کیانی در این جلسه گفت:", [("کیانی", None)]),
        ("ابتدا دکترنوری ضمن خوشامد گزارشی ارائه داد:", [("دکترنوری", None)]),
        ("سپس آقای نوری ضمن تشکر اظهارداشت: آب کم است.", [("نوری", None)]),
        ("سعید نوری، فرماندار سبزدره، گفت: آب کم است.", [("سعید نوری", "فرماندار سبزدره")]),
        ("گزارش مالی توسط خزانه‌دار قرائت شد:", [("خزانه‌دار", None)]),
        ("جلسه با سخنان رئیس دانشگاه آغاز شد:", [("رئیس دانشگاه", None)]),
        (
            "آقای نوری در خصوص آب و آقای کیانی در خصوص برق توضیح دادند:",
            [("نوری", None), ("کیانی", None)],
        ),
        ("آقای نوری عنوان نمودند که باید، آقای کیانی هم باشد:", [("نوری", None)]),
        ("به گزارش روابط عمومی، بودجه در این جلسه مطرح شد:", []),
        ("شهردار، فرماندار و استاندار گفتند:", [("شهردار", None), ("فرماندار", None), ("استاندار", None)]),
        (
            "شهردار و معاون اقتصادی استاندار دیدگاه‌های اصلاحی خود را بیان کردند:",
            [("شهردار", None), ("معاون اقتصادی استاندار", None)],
        ),
    ],
)
def test_speaker_is_named_with_the_post(line: str, speakers: list[tuple[str, str | None]]) -> None:
    told = read(f"مذاکرات:\n{line}\n- آب کم است.\n").discussion
    assert [(speaker.name, speaker.post) for one in told for speaker in one.speakers] == speakers


def test_what_speakers_ask_for_is_no_resolution() -> None:
    told = read(
        "مذاکرات جلسه:\nسپس فرماندار و معاون استاندار نظر خود را بیان کردند:\n"
        "۱- شاخص‌ها در گزارش کامل شود.\n۲- به اجرایی بودن طرح بیشتر پرداخته شود.\n"
        "مصوبات جلسه:\n۱- شهرداری گزارش دهد.\n"
    )
    assert [one.text for one in told.resolutions] == ["شهرداری گزارش دهد."]
    assert len(told.discussion[0].points) == 2


def test_what_is_said_is_no_resolution() -> None:
    assert read(TALK + "مصوبات:\n۱- شهرداری گزارش دهد.\n").resolutions[0].text == "شهرداری گزارش دهد."


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        (
            "اعضای حاضر: گمرک - صنعت، معدن و تجارت - دفاتر استانداری (امور روستایی - امور بانوان)",
            ["گمرک", "صنعت، معدن و تجارت", "امور روستایی", "امور بانوان"],
            [],
        ),
        ("حاضرین:\n۱. اداره کل هواشناسی\n۲. شرکت آب و فاضلاب", ["اداره کل هواشناسی", "شرکت آب و فاضلاب"], []),
        ("حاضرین: ۱- فرماندار ۲- رئیس شبکه بهداشت", ["فرماندار", "رئیس شبکه بهداشت"], []),
        ("غایبان: اداره برق (بدون هماهنگی)، شرکت مخابرات", [], ["اداره برق", "شرکت مخابرات"]),
        (
            "نام | سمت | حضور\nنوری | فرماندار | حاضر\nبهار | مدیر مدرسه | غایب",
            ["نوری فرماندار"],
            ["بهار مدیر مدرسه"],
        ),
        (
            "در این جلسه آقایان نوری، کاظمی و خانم بهار حضور داشتند (آقای رضوی با اطلاع قبلی در جلسه حضور نداشت).",
            ["نوری", "کاظمی", "خانم بهار"],
            ["آقای رضوی"],
        ),
        ("جلسه شورا با حضور فرماندار و اعضای شورا تشکیل شد.", ["فرماندار", "اعضای شورا"], []),
        (
            "حاضرین ، برادران : بهرامی، کیانی ،   سید حسن آذری ، رستمی",
            ["بهرامی", "کیانی", "سید حسن آذری", "رستمی"],
            [],
        ),
        (
            "حاضرین: بهرامی، کیانی\n\nبرادران رستمی ، آذری مسافرت هستند. برادر نوری نیز کلاس دارند.",
            ["بهرامی", "کیانی"],
            ["رستمی", "آذری", "برادر نوری"],
        ),
        ("اعضای حاضر:  کل اعضا اعضای غایب: - مدعوین: مشاور حقوقی", ["کل اعضا", "مشاور حقوقی"], []),
        (
            "حاضرین: بهرامی، کیانی\nغایبین: رستمی، آذری\nتاریخ جلسه: ۱۴۰۱/۰۵/۱۰\nجلسه با نام خدا آغاز شد",
            ["بهرامی", "کیانی"],
            ["رستمی", "آذری"],
        ),
        (
            "سی و دومین جلسه انجمن روز شنبه تشکیل شد در این جلسه که اعضای انجمن و آقای کیانی حضور داشتند",
            ["اعضای انجمن", "آقای کیانی"],
            [],
        ),
        (
            "مجمع برگزار شد.\nباشگاه‌های حاضر در جلسه عبارت بودند از: باشگاه آرش - باشگاه البرز",
            ["باشگاه آرش", "باشگاه البرز"],
            [],
        ),
        (
            "جلسه شورا با حضور فرماندار آغاز شد.\nجلسه عادی شورا با حضور فرماندار و شهردار آغاز شد.",
            ["فرماندار", "شهردار"],
            [],
        ),
        ("جلسه شورا تشکیل شد و مقرر شد جلسه‌ای با حضور شهردار تشکیل شود.", [], []),
        ("حاضران: بهرامی - کیانی      غایبان: رستمی", ["بهرامی", "کیانی"], ["رستمی"]),
        ("اسامی حاضرین:\nبهرامی\tرئیس شورا\nکیانی\tدبیر\n", ["بهرامی رئیس شورا", "کیانی دبیر"], []),
        ("حاضرین: بهرامی، کیانی\nغایبین: ندارد", ["بهرامی", "کیانی"], []),
        (
            "جلسه با شرکت امام جماعت و برادران بهرامی، کیانی و رستمی برگزار گردید.",
            ["امام جماعت", "بهرامی", "کیانی", "رستمی"],
            [],
        ),
    ],
    ids=[
        "dashes and a bracket",
        "numbered",
        "numbered on a line",
        "commas and a note",
        "table",
        "told",
        "told with the opening",
        "gaps between names",
        "elsewhere",
        "labels on one line",
        "fields and sentences behind a list",
        "told in the middle of a sentence",
        "told as a list",
        "told twice",
        "to be there another time",
        "two lists on a line",
        "rows",
        "nobody",
        "brothers",
    ],
)
def test_who_was_there_is_read(text: str, present: list[str], absent: list[str]) -> None:
    entries = read(text if "|" not in text else f"حاضرین:\n{text}").attendance
    assert [entry.text for entry in entries if entry.present] == present
    assert [entry.text for entry in entries if not entry.present] == absent


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        (
            "حاضرین: دکتر نوری- دکتر کیانی- مهندس بردبار\nغایبین: دکتر رادمنش- مهندس فرهادی\nمباحث و مصوبات",
            ["دکتر نوری", "دکتر کیانی", "مهندس بردبار"],
            ["دکتر رادمنش", "مهندس فرهادی"],
        ),
        ("حاضرین: هادی نوری- فرماندار\nامیر کیانی- شهردار", ["هادی نوری- فرماندار", "امیر کیانی- شهردار"], []),
        ("حاضرین: نوری، کیانی و بردبار", ["نوری", "کیانی", "بردبار"], []),
        ("حاضرین: آقایان نوری، ولیزاده و دکتر وکیلی", ["نوری", "ولیزاده", "دکتر وکیلی"], []),
        ("حاضرین: معاونان و دبیران محترم، دهیار", ["معاونان", "دبیران محترم", "دهیار"], []),
        ("حاضرین: آقای نوری (فرماندار) و کیانی (شهردار)", ["آقای نوری (فرماندار)", "کیانی (شهردار)"], []),
        (
            "حاضرین: دکتر نوری رئیس اداره و دبیر شورا، مهندس کیانی معاون فنی و خانم راد",
            ["دکتر نوری رئیس اداره و دبیر شورا", "مهندس کیانی معاون فنی", "خانم راد"],
            [],
        ),
        (
            "حاضرین: آقای نوری، آقای کیانی، دکتر بردبار، آقای رادمنش\nسرکار خانم‌ها دکتر فرهادی و مهندس یاوری",
            ["آقای نوری", "آقای کیانی", "دکتر بردبار", "آقای رادمنش", "دکتر فرهادی", "مهندس یاوری"],
            [],
        ),
        ("حاضرین: مدیران و کارشناسان برق - دهیار", ["مدیران و کارشناسان برق", "دهیار"], []),
        (
            "جلسه شورا با حضور بخشدار و دهیار برگزار شد. آقایان نوری و کیانی به علت سفر در جلسه حاضر نبودند.",
            ["بخشدار", "دهیار"],
            ["نوری", "کیانی"],
        ),
        ("جلسه شورا به ریاست فرماندار و اعضای شورا برگزار گردید.", ["اعضای شورا"], []),
        ("جلسه مورخ2/8/86باحضور بخشدار و دهیار برگزار شد.", ["بخشدار", "دهیار"], []),
        ("در این جلسه بخشدار حضور داشت، غایبین جلسه، دهیار، آقای نوری", ["بخشدار"], ["دهیار", "آقای نوری"]),
        ("جلسه شورا با حضور اعضا برگزار شد و لایحه به اتفاق آراء تصویب شد.", ["اعضا"], []),
        (
            "جلسه با حضور بخشدار و شهردار تشکیل شد، در جلسه فوق دهیار نیز حضور داشت.",
            ["دهیار", "بخشدار", "شهردار"],
            [],
        ),
    ],
)
def test_names_of_those_present_are_taken_apart(text: str, present: list[str], absent: list[str]) -> None:
    entries = read(text).attendance
    assert [entry.text for entry in entries if entry.present] == present
    assert [entry.text for entry in entries if not entry.present] == absent


def test_capacity_is_that_of_the_list() -> None:
    entries = read("اعضای اصلی:\nگمرک - بهزیستی\n\n* مدعوین:\nشهرداری - بانک ملی\n").attendance
    assert [entry.capacity for entry in entries] == ["member", "member", "invitee", "invitee"]


def test_paper_called_resolutions_may_tell_the_meeting_first() -> None:
    minutes = read(
        "مصوبات یازدهمین جلسه شورا\n\nیازدهمین جلسه شورا با حضور اعضا تشکیل گردید.\n"
        "سپس آقای مهندس نوری اظهار داشت: امید است کارها پیش رود.\n\nمقرر شد گزارش تهیه شود."
    )
    assert [one.speakers[0].name for one in minutes.discussion] == ["مهندس نوری"]
    assert [one.text for one in minutes.resolutions] == ["مقرر شد گزارش تهیه شود."]


@pytest.mark.parametrize(
    ("text", "secretary"),
    [
        ("در ابتدای جلسه آقای نوری رئیس محترم سازمان برنامه و دبیر ستاد گزارش داد.", "نوری"),
        ("جلسه با حضور آقای کریمی، خانم بهار دبیر کمیته و آقای نوری تشکیل شد.", "بهار"),
        ("آقای نوری رئیس شورا گزارش داد و آقای بهار منشی جلسه آن را نوشت.", "بهار"),
        ("آقای نوری دبیر دبیرستان شهر گزارش داد.", None),
        ("به پیشنهاد دبیر شورا آقای نوری گزارش داد.", None),
    ],
)
def test_secretary_is_who_is_named_so_in_the_opening(text: str, secretary: str | None) -> None:
    named = read(f"جلسه ستاد تشکیل شد.\n{text}").header.secretary
    assert (named.name if named else None) == secretary


def test_who_reads_the_prayer_does_not_speak() -> None:
    minutes = read(
        "جلسه هیئت رئیسه با قرائت قرآن کریم توسط آقای کریمی آغاز گردید.\nآقای نوری گزارش مالی را ارائه نمود."
    )
    assert [one.speakers[0].name for one in minutes.discussion] == ["نوری"]


def test_remarks_at_the_end_are_no_points() -> None:
    minutes = read("جلسه امنا\n\nمطالب مطرح شده:\n۱- نور مسجد کم است.\n\nملاحظه:\n۱- جلسه مصوبه نداشت.")
    assert [point.text for one in minutes.discussion for point in one.points] == ["نور مسجد کم است."]
