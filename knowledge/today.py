"""The day that answers and verdicts are given for: today, or the day that someone looks ahead to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_day: ContextVar[dt.date | None] = ContextVar("day", default=None)


def today() -> dt.date:
    """The day to reckon with."""
    return _day.get() or dt.date.today()


@contextmanager
def as_of(day: dt.date | None) -> Iterator[None]:
    """Reckon as on this day, in this task and what it starts; None changes nothing. Other visitors notice nothing."""
    token = _day.set(day or _day.get())
    try:
        yield
    finally:
        _day.reset(token)
