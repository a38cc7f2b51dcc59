"""A paper is read the same in every process: nothing hangs on the order of a set's words."""

from __future__ import annotations

import os
import subprocess
import sys

from dabir.persian.zwnj import lost

PAPER = """صورت‌جلسه شورای شهر
تاریخ: ۱۳۹۸/۰۷/۱۷
حاضران: رئیس شورا، شهردار، فرماندار، بخشدار مرکزی
مصوبات:
۱- برنامه ریزی و اطلاع رسانی طرح توسط شهرداری و بخشداری انجام می شود و زمینه های آن تا پایان آبان معرفی می گردد.
۲- نتیجه گیری، تصمیم گیری و نامه های جلسه ای به دستگاه های اجرایی ارسال می گردد.
۳- پروژه های حرفه ای، خانه ها و هزینه ها در اسرع وقت بررسی و ساماندهی می شوند.
"""
READS = "import sys, json; from dabir.reading.reader import read; from dabir.reading.context import Context;" + (
    "print(json.dumps(read(sys.stdin.buffer.read(), Context()).as_json()))"
)


def reading(seed: int) -> bytes:
    env = {**os.environ, "PYTHONHASHSEED": str(seed)}
    done = subprocess.run([sys.executable, "-c", READS], input=PAPER.encode(), env=env, capture_output=True, check=True)
    return done.stdout


def test_reading_is_the_same_whatever_the_order_of_sets() -> None:
    assert len({reading(seed) for seed in (0, 1, 2)}) == 1


def test_lost_half_spaces_come_by_their_first_places() -> None:
    found = lost("نامه های رسیده و برنامه ریزی و دستگاههای اجرایی و نامه های دیگر می باشد")
    assert [(old, times) for (old, _), times in found.items()] == [
        ("نامه های", 2),
        ("برنامه ریزی", 1),
        ("دستگاههای", 1),
        ("می باشد", 1),
    ]
