"""What happens to a debt's progress: it is planned, reported, stood for, endorsed, verified, returned, hindered."""

from __future__ import annotations

from dabir.obligations.reporting.services.obstacles import end_obstacle, follow_obstacle, raise_obstacle
from dabir.obligations.reporting.services.planning import plan_path, set_endorsers, set_reporting
from dabir.obligations.reporting.services.reports import confirm, endorse, report, return_report, verify

__all__ = [
    "confirm",
    "end_obstacle",
    "endorse",
    "follow_obstacle",
    "plan_path",
    "raise_obstacle",
    "report",
    "return_report",
    "set_endorsers",
    "set_reporting",
    "verify",
]
