"""Pictures for a page with a strict policy: what they hold, and that they are read and led on as the page is."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from dabir.writing.charts import Bar, Point, bars, columns, lines

SVG = "{http://www.w3.org/2000/svg}"
ODD = '<b>"اداره" & کل</b>'


def test_picture_holds_neither_script_nor_style_nor_a_foreign_address() -> None:
    drawn = bars((Bar(ODD, 3, "۳", f"{ODD}: ۳", "/register/?lead=a&overdue=1", colour="--late"),), name=ODD, rtl=True)
    root = ElementTree.fromstring(drawn)
    assert root.get("aria-label") == ODD
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "g", "path", "text", "a", "line", "rect", "tspan"} and "text" in tags
    names = {name for element in root.iter() for name in element.attrib}
    assert not any(
        name.startswith("on") or name in ("style", "class_") or ("href" in name and name != "href") for name in names
    )
    assert [a.get("href") for a in root.iter(f"{SVG}a")] == ["/register/?lead=a&overdue=1"]
    assert "var(--late)" in drawn and "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
    assert [path.get("aria-label") for path in root.iter(f"{SVG}path") if path.get("aria-label")] == [f"{ODD}: ۳"]


def test_bars_begin_at_the_side_where_reading_begins() -> None:
    def edges(rtl: bool) -> list[tuple[float, float]]:
        drawn = bars((Bar("a", 4, "4", "a", "/a"), Bar("b", 2, "2", "b", "/b")), name="x", rtl=rtl)
        found = re.findall(r'd="M([\d.]+),[\d.]+h([\d.]+)v', drawn)[-2:]
        return [(float(start), float(start) + float(wide)) for start, wide in found]

    (long, short), (long_left, short_left) = edges(rtl=True), edges(rtl=False)
    assert long[1] == short[1] and long[0] < short[0]
    assert long_left[0] == short_left[0] and long_left[1] > short_left[1]


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
