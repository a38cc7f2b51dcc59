"""The former name of `dabir.reading.sources`, until nobody uses it."""

from dabir.reading.sources import LARGEST, Unreadable

__all__ = ["LARGEST", "Unreadable"]
