"""Pictures for a page with a strict policy: what they hold, and that they are read and led on as the page is."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from dabir.writing.charts import NARROW, WIDE, Bar, Point, bars, columns, lines

SVG = "{http://www.w3.org/2000/svg}"
ODD = '<b>"اداره" & کل</b>'


def drawings(drawn: str) -> list[str]:
    """The same bars, where there is room for them and on a telephone."""
    wide, narrow = drawn.split("</svg>")[:-1]
    assert 'class="wide"' in wide and 'class="narrow"' in narrow
    return [f"{one}</svg>" for one in (wide, narrow)]


def test_picture_holds_neither_script_nor_style_nor_a_foreign_address() -> None:
    drawn = bars((Bar(ODD, 3, "۳", f"{ODD}: ۳", "/register/?lead=a&overdue=1", colour="--late"),), name=ODD, rtl=True)
    for one in drawings(drawn):
        root = ElementTree.fromstring(one)
        assert root.get("aria-label") == ODD
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "g", "path", "text", "a", "line", "rect", "tspan"} and "text" in tags
        names = {name for element in root.iter() for name in element.attrib}
        assert not any(
            name.startswith("on") or name in ("style", "class_") or ("href" in name and name != "href")
            for name in names
        )
        assert [a.get("href") for a in root.iter(f"{SVG}a")] == ["/register/?lead=a&overdue=1"]
        assert [path.get("aria-label") for path in root.iter(f"{SVG}path") if path.get("aria-label")] == [f"{ODD}: ۳"]
    assert "var(--late)" in drawn and "http" not in drawn.replace("http://www.w3.org/2000/svg", "")


def test_bars_begin_at_the_side_where_reading_begins() -> None:
    def edges(rtl: bool, place: int) -> list[tuple[float, float]]:
        drawn = bars((Bar("a", 4, "4", "a", "/a"), Bar("b", 2, "2", "b", "/b")), name="x", rtl=rtl)
        found = re.findall(r'd="M([\d.]+),[\d.]+h([\d.]+)v', drawings(drawn)[place])[-2:]
        return [(float(start), float(start) + float(wide)) for start, wide in found]

    for place in (0, 1):
        (long, short), (long_left, short_left) = edges(True, place), edges(False, place)
        assert long[1] == short[1] and long[0] < short[0]
        assert long_left[0] == short_left[0] and long_left[1] > short_left[1]


@pytest.mark.parametrize("rtl", [True, False])
def test_on_a_telephone_bars_have_its_whole_width_with_their_names_above(rtl: bool) -> None:
    name = "اداره کل تعاون، کار و رفاه اجتماعی"
    rows = tuple(Bar(name, 100, "100%", said, "/a", series) for said, series in (("now", "a"), ("first", "b")))
    for one, width, whole in zip(drawings(bars(rows, name="x", rtl=rtl)), (WIDE, NARROW), (0.3, 0.75), strict=True):
        assert f'viewBox="0 0 {width} ' in one
        long = [
            float(found) for found in re.findall(r'aria-label="(?:now|first)"[^>]* d="M[\d.]+,[\d.]+h([\d.]+)v', one)
        ]
        assert len(long) == 2 and min(long) > whole * width, one
    tops = [float(y) for y in re.findall(r'aria-label="(?:now|first)"[^>]* d="M[\d.]+,([\d.]+)h', one)]
    (below,) = re.findall(rf'translate\([\d.]+,([\d.]+)\)"[^>]*>\u2068{name}', one)
    assert float(below) < min(tops) and name not in one[one.index(name) + len(name) :]


def test_of_many_quarters_every_second_one_is_named_and_the_newest_is() -> None:
    along = tuple(f"q {n}" for n in range(8))
    points = tuple(Point(one, 50, one, "s", "/") for one in along)
    drawn = lines(points, along, (("s", "--accent", False),), name="n", rtl=True)
    assert [str(n) in re.findall(r"<tspan[^>]*>(\d)\u2069", drawn) for n in range(8)] == [False, True] * 4


def test_series_stand_upon_each_other_and_lines_run_with_the_page() -> None:
    stacked = columns(
        (Bar("a", 3, "5", "a", "/a", "x"), Bar("a", 2, "5", "a late", "/b", "y", "--late")), name="n", rtl=False
    )
    (low, high) = [float(y) for y in re.findall(r'aria-label="a[^"]*"[^>]* d="M[\d.]+,([\d.]+)h', stacked)]
    assert high < low and stacked.count(">\u20685\u2069<") == 1
    points = tuple(Point(name, value, f"{name} {value}", "s", f"/{name}") for name, value in (("q1", 10), ("q2", 90)))
    for rtl in (True, False):
        drawn = lines(points, ("q1", "q2"), (("s", "--accent", False),), name="n", rtl=rtl)
        where = {key: float(x) for key, x in re.findall(r'href="/(q\d)".*?translate\(([\d.]+),', drawn)}
        assert (where["q1"] > where["q2"]) is rtl
        assert ("۱۰۰" in drawn) is rtl
