"""Figures as pictures with their tables: what `obligations.figures` counts, drawn by `writing.charts`, each part a link
to its rows in the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from dabir.desk.in_register import rows
from dabir.desk.jinja import figures, is_persian, percent
from dabir.obligations.figures import Age, Amount, Quarter, Rate
from dabir.obligations.measures import AGES
from dabir.obligations.queries import Filters
from dabir.writing import charts
from dabir.writing.charts import Bar, Point


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """What a colour of the picture stands for."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    title: str
    svg: Markup
    heads: tuple[str, ...]
    table: tuple[tuple[Cell, ...], ...]
    keys: tuple[Key, ...] = ()
    note: str = ""


def count_said(count: int) -> str:
    return ngettext("%(count)s debt", "%(count)s debts", count) % {"count": figures(count)}


def of_rates(title: str, rates: Sequence[Rate], note: str = "") -> Picture | None:
    """How many deadlines were kept: by the one in force, and by the first."""
    if not rates:
        return None
    bars, table = [], []
    now, first = _("by the deadline in force"), _("by the first deadline")
    for rate in rates:
        kept, at_first, measured = (rows(replace(rate.filters, kept=which)) for which in ("yes", "first", "measured"))
        whole = percent(rate.share(rate.kept))
        of = _("%(count)s of %(all)s") % {"count": figures(rate.kept), "all": figures(rate.measured)}
        said = f"{rate.name}: {whole}, {of}, {now}"
        bars.append(Bar(rate.name, rate.share(rate.kept), whole, said, kept, "in force"))
        share = percent(rate.share(rate.first))
        bars.append(
            Bar(
                rate.name, rate.share(rate.first), share, f"{rate.name}: {share}, {first}", at_first, "first", "--field"
            )
        )
        table.append((
            Cell(rate.name), Cell(figures(rate.measured), measured), Cell(figures(rate.kept), kept),
            Cell(whole), Cell(figures(rate.first), at_first), Cell(share),
        ))  # fmt: skip
    return Picture(
        title,
        _drawn(charts.bars(tuple(bars), name=title, rtl=is_persian(), most=100)),
        (_("Party"), _("measured"), _("kept"), _("share"), _("kept at first"), _("share")),
        tuple(table),
        (Key("accent", now), Key("pale", first)),
        note,
    )


def of_amounts(title: str, amounts: Sequence[Amount]) -> Picture | None:
    if not amounts:
        return None
    bars = tuple(
        Bar(
            one.name,
            one.count,
            figures(one.count),
            f"{one.name}: {count_said(one.count)}",
            rows(one.filters),
            colour="--late",
        )
        for one in amounts
    )
    table = tuple((Cell(one.name), Cell(figures(one.count), rows(one.filters))) for one in amounts)
    return Picture(title, _drawn(charts.bars(bars, name=title, rtl=is_persian())), (_("Party"), _("Overdue")), table)


def of_ages(title: str, ages: Sequence[Age], body: str) -> Picture | None:
    if not any(age.count for age in ages):
        return None
    bars, table = [], []
    for age in ages:
        name, filters = age_name(age.number), Filters(body=body, age=str(age.number))
        all_of, late = rows(filters), rows(Filters(body=body, age=str(age.number), overdue=True))
        said = f"{name}: {count_said(age.count)}"
        bars.append(Bar(name, age.count - age.late, figures(age.count), said, all_of, "running"))
        if age.late:
            late_said = f"{name}: {count_said(age.late)}, {_('overdue')}"
            bars.append(Bar(name, age.late, figures(age.count), late_said, late, "late", "--late"))
        table.append((Cell(name), Cell(figures(age.count), all_of), Cell(figures(age.late), late)))
    return Picture(
        title,
        _drawn(charts.columns(tuple(bars), name=title, rtl=is_persian())),
        (_("Since the decision"), _("Running"), _("Overdue")),
        tuple(table),
        (Key("accent", _("within the deadline, or without one")), Key("late", _("overdue"))),
    )


def of_quarters(title: str, quarters: Sequence[Quarter], body: str) -> Picture | None:
    quarters = tuple(dropwhile(lambda one: not one.reports, quarters))
    if not quarters:
        return None
    series = (("planned", _("Planned")), ("reported", _("Reported")), ("verified", _("Verified")))
    points = tuple(
        Point(
            quarter_name(one.year, one.number),
            value,
            f"{quarter_name(one.year, one.number)}: {label} {percent(value)}",
            kind,
            _reported(one, body),
        )
        for kind, label in series
        for one in quarters
        if (value := getattr(one, kind)) is not None
    )
    table = tuple(
        (
            Cell(quarter_name(one.year, one.number)),
            Cell(figures(one.reports), _reported(one, body) if one.reports else ""),
            Cell(percent(one.planned)),
            Cell(percent(one.reported)),
            Cell(percent(one.verified)),
        )
        for one in quarters
    )
    drawn = charts.lines(
        points,
        tuple(quarter_name(one.year, one.number) for one in quarters),
        (("planned", "--field", True), ("reported", "--wait", False), ("verified", "--accent", False)),
        name=title,
        rtl=is_persian(),
    )
    return Picture(
        title,
        _drawn(drawn),
        (_("Quarter"), _("Reports"), *(label for _kind, label in series)),
        table,
        (Key("dashed", series[0][1]), Key("wait", series[1][1]), Key("accent", series[2][1])),
        _("Means of the reports whose period ends in the quarter."),
    )


def quarter_name(year: int, number: int) -> str:
    """«بهار ۹۸», or Spring 98."""
    season = (_("Spring"), _("Summer"), _("Autumn"), _("Winter"))[number - 1]
    return f"{season} {figures(f'{year % 100:02}')}"


def _reported(one: Quarter, body: str) -> str:
    return rows(Filters(body=body, quarter=one.key))


def age_name(number: int) -> str:
    if number + 1 == len(AGES):
        return _("over a year")
    if not number:
        return _("up to %(days)s days") % {"days": figures(AGES[1])}
    return _("%(from)s–%(to)s days") % {"from": figures(AGES[number]), "to": figures(AGES[number + 1])}


def _drawn(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704  (the charts have escaped what they were given)
