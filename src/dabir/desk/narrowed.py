"""What the register is narrowed to besides the fields above it, in words: figures open their rows so."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dabir.desk.jinja import figures
from dabir.desk.pictures import age_name, quarter_name
from dabir.directory.queries import parties_visible_to
from dabir.foundation.acting import Acting
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations.measures import AGES, KEPT, quarter_of
from dabir.obligations.queries import Filters


def said(filters: Filters, by: Acting) -> list[str]:
    """In the order of the filters; a name is told to those alone who may see whose it is."""
    found = []
    if filters.running:
        found.append(_("running"))
    if filters.coming:
        found.append(_("due today or later"))
    if filters.asks:
        found.append(_("a decision is asked for"))
    if filters.below_plan:
        found.append(_("reported below the plan"))
    if filters.lead:
        name = parties_visible_to(by).filter(code=filters.lead).values_list("name", flat=True).first()
        found.append(_("led by %(name)s") % {"name": name or filters.lead})
    if filters.kept in KEPT:
        found.append(
            {
                "measured": _("with a deadline, done or passed"),
                "yes": _("done by the deadline"),
                "no": _("not done by the deadline"),
                "first": _("done by the first deadline"),
            }[filters.kept]
        )
    if filters.age in map(str, range(len(AGES))):
        found.append(_("decided %(age)s ago") % {"age": age_name(int(filters.age))})
    if quarter_of(filters.quarter):
        year, number = map(int, filters.quarter.split("-"))
        found.append(_("with a report of %(quarter)s") % {"quarter": quarter_name(year, number)})
    if filters.closed_since:
        code = filters.closed_since.partition("@")[0]
        title = meetings_visible_to(by).filter(code=code).values_list("title", flat=True).first()
        found.append(_("closed since %(meeting)s") % {"meeting": figures(title or code)})
    return found
