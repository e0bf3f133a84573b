"""The example calendar of a plan. The documents hold no start dates, so all of it hangs on the person's own."""

from __future__ import annotations

import calendar
import datetime as dt
import math

from knowledge.planning.model import Span

STARTS = ((9, 1, "het nieuwe schooljaar"), (2, 1, "het tweede semester"))  # usual starts, as an example only
WEEKS_TO_PREPARE = 4  # a nearer start is skipped: calling and enrolling takes time
LATEST_YEARS = 5
EXAMPLE = "Dit is een voorbeeld. Je school of centrum bepaalt de data."


class StartError(ValueError):
    """A start that can't be used; the text says which can."""


def next_start(on: dt.date, school_year: bool = False) -> dt.date:
    """The next school year or semester that leaves time to prepare; `school_year`: no semester starts there."""
    earliest = on + dt.timedelta(weeks=WEEKS_TO_PREPARE)
    starts = STARTS[:1] if school_year else STARTS
    days = (dt.date(year, month, number) for year in (on.year, on.year + 1) for month, number, _ in starts)
    return min(day for day in days if day >= earliest)


def read_start(text: str, on: dt.date) -> dt.date:
    """A start as a person fills it in, "2027-02-01". Raises StartError, in Dutch, when it isn't a day to come."""
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError as error:
        raise StartError("Schrijf de datum als jaar-maand-dag, bijvoorbeeld 2027-09-01.") from error
    if not on <= day <= on.replace(year=on.year + LATEST_YEARS, day=min(on.day, 28)):
        raise StartError(f"Kies een dag vanaf vandaag, en hoogstens {LATEST_YEARS} jaar later.")
    return day


def name_of(start: dt.date) -> str:
    """Which usual start a day is; empty for another day."""
    return next((name for month, day, name in STARTS if (start.month, start.day) == (month, day)), "")


def after(day: dt.date, months: float) -> dt.date:
    """The last day of so many months that begin on `day`; half a month is fifteen days."""
    whole = math.floor(months)
    month = day.month - 1 + whole
    year, month = day.year + month // 12, month % 12 + 1
    begin = dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    return begin + dt.timedelta(days=round(30 * (months - whole)) - 1)


def spans(start: dt.date, on: dt.date, months: tuple[float, float] | None) -> tuple[Span, ...]:
    """Preparing until the start, then the training in its shortest and longest form."""
    found = [Span("Voorbereiden: bellen, kiezen, inschrijven", on, start - dt.timedelta(days=1))] if on < start else []
    if months is None:
        return (*found, Span("Start van je opleiding", start, start))
    shortest, longest = months
    if shortest == longest:
        return (*found, Span("Opleiding", start, after(start, longest)))
    return (
        *found,
        Span("Opleiding, als je snel gaat", start, after(start, shortest)),
        Span("Opleiding, als je langer doet", start, after(start, longest)),
    )
