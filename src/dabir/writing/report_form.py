"""The form on which an agency without an account reports, as plain values: for each debt what it owes, how far it
should be and what it said last, with empty cells behind; and a row for whoever signs it."""

from __future__ import annotations

from dataclasses import dataclass

from dabir.writing.courier import ACTION, CODE, ID, UNTIL, Layout

PLANNED, LAST, PERIOD = "برنامه (٪)", "آخرین گزارش", "دوره گزارش"
PERCENT, DONE, NARRATIVE = "پیشرفت (٪)", "پایان یافت؟", "شرح اقدام"
OBSTACLE, WANTED = "مانع", "تصمیم مورد نیاز"
SIGNER, NUMBER, DATED = "نام و سمت امضاکننده", "شماره نامه", "تاریخ نامه"
SIGNED = (SIGNER, NUMBER, DATED)
YES, NO = "بله", "خیر"
BETWEEN = " تا "

REPORT = Layout(
    title="برگه گزارش پیشرفت تکالیف",
    how=(
        "خواهشمند است ستون‌های رنگی را پر کنید و همین فایل را بازگردانید؛ سطری که گزارشی ندارد خالی بماند.",
        f"«{PERCENT}» میزان پیشرفت کل تکلیف تا پایان دوره است. اگر کار پایان یافته، در «{DONE}» بنویسید «{YES}».",
        f"نام بالاترین مقام دستگاه و شماره و تاریخ نامه را زیر جدول بنویسید. ستون «{ID}» را تغییر ندهید.",
    ),
    given=(ID, CODE, ACTION, UNTIL, PLANNED, LAST, PERIOD),
    asked=(PERCENT, DONE, NARRATIVE, OBSTACLE, WANTED),
    wide=(17, 18, 30, 15, 10, 22, 12, 11, 11, 30, 20, 20),
    broad=(2.6, 2.9, 3.2, 1.9, 1.3, 2.2, 1.9, 1.5, 1.4, 3.6, 2.1, 2.1),
    choices=((DONE, (YES, NO)),),
    signed=SIGNED,
)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A debt: its id here, its code, what is owed and until when, what is planned by the period's end, what was said
    last, and the period."""

    key: str
    code: str
    action: str
    until: str
    planned: str
    last: str
    period: str

    @property
    def given(self) -> tuple[str, ...]:
        return (self.key, self.code, self.action, self.until, self.planned, self.last, self.period)
