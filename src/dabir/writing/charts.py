"""Figures as pictures: values in, SVG out, for a page with a strict policy; pure Python.

A picture stands within its page: its colours are the page's own (`var(--accent)`), so that one serves light and dark,
and it holds no script and no style. What it shows it says too: each mark has its sentence, and where it has an address
it is a link to the rows. `rtl` draws it as the page is read.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
WIDE, NARROW, HEIGHT = 440, 320, 170
"""Units across: where there is room, and on a telephone held upright, where a letter is about as large as it is drawn;
and the height of what stands upright."""
ROW, DOUBLE = 30, 46
"""Units of a row of bars, and of two side by side, with their name beside them."""
NAME, ONE, TWO = 24, 12, 26
"""Units of a name that stands above its bar; there, of the bar, and of two side by side."""
LABELS = 5
"""Names beneath a line that stand beside one another; of more, every second one is written."""
PERSIAN = list("۰۱۲۳۴۵۶۷۸۹")
MOST = 256
"""Pictures that are kept by what they show."""
_HERE = "https://here.invalid"
"""Stands for our own host while a picture is drawn: an address without one would lead to the library's."""
_LAST_WORD_BELOW = "split(datum.label, regexp(' (?=[^ ]*$)'))"
_CONFIG: dict[str, Any] = {
    "background": None,
    "font": "Vazirmatn",
    "padding": {"left": 12, "right": 12, "top": 4, "bottom": 4},
    "view": {"stroke": None},
    "axis": {"labelColor": "var(--ink-2)", "labelFontSize": 12, "title": None, "domain": False, "ticks": False},
    "text": {"fill": "var(--ink)", "fontSize": 12},
}


@dataclass(frozen=True, slots=True)
class Bar:
    """`said` is the whole of it in words, `mark` what stands at its end; `colour` one of the page's."""

    name: str
    value: float
    mark: str
    said: str
    address: str = ""
    series: str = ""
    colour: str = "--accent"


@dataclass(frozen=True, slots=True)
class Point:
    name: str
    value: float
    said: str
    series: str
    address: str = ""


@lru_cache(maxsize=MOST)
def bars(rows: tuple[Bar, ...], *, name: str, rtl: bool, most: float = 0) -> str:
    """A bar for each row, beneath each other in their order; rows of one name are its series, side by side. `most` is
    the value of a whole bar, else the largest. Drawn twice, for the page to show one of them: of the class `wide` with
    the names beside the bars, and `narrow` with the names above."""
    return "".join(_bars(rows, name, rtl, most, is_wide) for is_wide in (True, False))


def _bars(rows: tuple[Bar, ...], name: str, rtl: bool, most: float, is_wide: bool) -> str:
    alt = _altair()
    values = [_row(row, n) | {"colour": f"var({row.colour})"} for n, row in enumerate(rows)]
    names = list(dict.fromkeys(row.name for row in rows))
    series = list(dict.fromkeys(row.series for row in rows))
    top = most or max((row.value for row in rows), default=0) or 1
    side: dict[str, Any] = {"align": "right", "dx": -5} if rtl else {"align": "left", "dx": 5}
    if is_wide:
        high, size = (ROW, 14) if len(series) == 1 else (DOUBLE, 9)
        axis = alt.Axis(orient="right" if rtl else "left", labelLimit=225, labelPadding=8, aria=False)
        y = alt.Y("name:N", sort=None, axis=axis, scale=alt.Scale(paddingInner=0.3))
    else:
        high, size = (NAME + ONE, ONE) if len(series) == 1 else (NAME + TWO, TWO // 2 - 3)
        room = NAME / high  # all that is between two bars is above each, for its name
        scale = alt.Scale(paddingInner=room, paddingOuter=room / 2, align=1)
        y = alt.Y("name:N", sort=None, axis=None, scale=scale)
    within = {"yOffset": alt.YOffset("series:N", sort=series)} if len(series) > 1 else {}
    # Room beyond the whole bar for what stands at its end.
    x = alt.X("value:Q", scale=alt.Scale(domain=[0, top * 1.18], reverse=rtl, nice=False), axis=None)
    base = alt.Chart({"values": values}).encode(x=x, y=y, **within)
    drawn = base.mark_bar(size=size).encode(
        color=alt.Color("colour:N", scale=None), href="href:N", description="said:N"
    )
    layers = [drawn, base.mark_text(**side, aria=False).encode(text="mark:N")]
    if not is_wide:
        above = alt.Chart({"values": [{"name": _isolated(one)} for one in names]}).mark_text(
            **side | {"dx": 0}, dy=-10, limit=NARROW - 24, fill="var(--ink-2)", aria=False
        )
        start, edge = alt.Y("name:N", sort=None, bandPosition=0), alt.value("width" if rtl else 0)
        layers.append(above.encode(x=edge, y=start, text="name:N"))
    width, shape = (WIDE, "wide") if is_wide else (NARROW, "narrow")
    return _svg(alt.layer(*layers), (width, len(names) * high), name, rtl, shape)


@lru_cache(maxsize=MOST)
def columns(rows: tuple[Bar, ...], *, name: str, rtl: bool) -> str:
    """A column for each name, its series upon each other, first in the direction of reading; its marks above."""
    alt = _altair()
    values = [_row(row, n) | {"colour": f"var({row.colour})", "order": n} for n, row in enumerate(rows)]
    names = [_isolated(one) for one in dict.fromkeys(row.name for row in rows)]
    x = alt.X(
        "name:N",
        sort=names[::-1] if rtl else names,
        axis=alt.Axis(labelAngle=0, labelFontSize=11, labelPadding=6, labelExpr=_LAST_WORD_BELOW, aria=False),
        scale=alt.Scale(paddingInner=0.35),
    )
    base = alt.Chart({"values": values}).encode(x=x, href="href:N", description="said:N")
    scale = alt.Scale(domain=[0, _highest(rows) * 1.15], nice=False)
    y = alt.Y("value:Q", stack="zero", axis=None, scale=scale)
    drawn = base.mark_bar().encode(y=y, color=alt.Color("colour:N", scale=None), order="order:Q")
    sums = [
        {"name": one, "value": sum(v["value"] for v in values if v["name"] == one), "mark": _last_mark(values, one)}
        for one in names
    ]
    marks = (
        alt.Chart({"values": sums})
        .mark_text(dy=-8, aria=False)
        .encode(x=x, y=alt.Y("value:Q", scale=scale, axis=None), text="mark:N")
    )
    return _svg(alt.layer(drawn, marks), (NARROW, HEIGHT), name, rtl)


@lru_cache(maxsize=MOST)
def lines(
    points: tuple[Point, ...],
    along: tuple[str, ...],
    colours: tuple[tuple[str, str, bool], ...],
    *,
    name: str,
    rtl: bool,
) -> str:
    """A line for each series along the names, in hundredths; `colours` are series, colour of the page, whether it is
    dashed."""
    alt = _altair()
    values = [
        {
            "name": _isolated(one.name),
            "value": one.value,
            "series": one.series,
            "said": _isolated(one.said),
            "href": _HERE + one.address if one.address else None,
        }
        for one in points
    ]
    names = [_isolated(one) for one in along]
    scale = alt.Scale(domain=names[::-1] if rtl else names)
    words = alt.Axis(
        labelAngle=0,
        labelPadding=6,
        labelExpr=_LAST_WORD_BELOW,
        values=names if len(names) <= LABELS else names[::-2],  # the newest is among them
        aria=False,
    )
    x = alt.X("name:N", scale=scale, axis=words)
    axis = alt.Axis(
        orient="right" if rtl else "left",
        values=[0, 50, 100],
        grid=True,
        gridColor="var(--rule)",
        format="d",
        aria=False,
    )
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, 100]), axis=axis)
    domain = [series for series, _colour, _dashed in colours]
    colour = alt.Color(
        "series:N", scale=alt.Scale(domain=domain, range=[f"var({c})" for _s, c, _d in colours]), legend=None
    )
    dash = alt.StrokeDash(
        "series:N",
        scale=alt.Scale(domain=domain, range=[[4, 3] if d else [1, 0] for _s, _c, d in colours]),
        legend=None,
    )
    base = alt.Chart({"values": values}).encode(x=x, y=y, color=colour)
    drawn = base.mark_line(strokeWidth=2, aria=False).encode(strokeDash=dash, detail="series:N")
    dots = base.mark_point(filled=True, size=46, opacity=1).encode(href="href:N", description="said:N")
    return _svg(alt.layer(drawn, dots), (NARROW, HEIGHT), name, rtl)


def _highest(rows: Sequence[Bar]) -> float:
    sums: dict[str, float] = {}
    for row in rows:
        sums[row.name] = sums.get(row.name, 0) + row.value
    return max(sums.values(), default=0) or 1


def _last_mark(values: Sequence[dict[str, Any]], name: str) -> str:
    return next((str(v["mark"]) for v in reversed(values) if v["name"] == name and v["mark"]), "")


def _row(row: Bar, number: int) -> dict[str, Any]:
    return {
        "name": _isolated(row.name),
        "value": row.value,
        "mark": _isolated(row.mark),
        "said": row.said,
        "series": row.series,
        "href": _HERE + row.address if row.address else None,
        "number": number,
    }


def _isolated(text: str) -> str:
    """Read in its own direction, whatever stands around it."""
    return f"\u2068{text}\u2069" if text else ""


@cache
def _altair() -> Any:
    """Read in when the first picture is drawn: it takes a second, and most processes draw none."""
    return import_module("altair")


@cache
def _drawer() -> Any:
    drawer = import_module("vl_convert")
    drawer.register_font_directory(str(FONTS))
    return drawer


def _svg(chart: Any, size: tuple[int, int], name: str, rtl: bool, shape: str = "") -> str:
    width, height = size
    spec = chart.properties(width=width, height=height, autosize={"type": "fit", "contains": "padding"}).to_dict()
    spec["config"] = _CONFIG
    drawn: str = _drawer().vegalite_to_svg(spec, format_locale=_locale(rtl))
    head, rest = drawn.split(">", 1)
    kind = f' class="{shape}"' if shape else ""
    box = head[head.index("viewBox") :]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{kind} role="group" direction="ltr" {box}'
        f' aria-label="{html.escape(name)}">'
        + rest.replace(f'xlink:href="{_HERE}', 'href="').replace('aria-roledescription="', 'data-is="')
    )


def _locale(persian: bool) -> dict[str, Any]:
    marks = {"decimal": "٫", "thousands": "٬", "numerals": PERSIAN} if persian else {"decimal": ".", "thousands": ","}
    return marks | {"grouping": [3], "currency": ["", ""]}
