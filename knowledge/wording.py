"""How figures, sources and lists read in Dutch: one place for every number that a visitor sees."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from knowledge.schema_parts import Figure

MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
PLACEHOLDER = re.compile(r"\{([a-z0-9_]+(?:\.[a-z0-9_]+)*)\}")


def number(value: float, decimals: int | None = None) -> str:
    """1480 -> "1480", 10000 -> "10.000", 2.5 -> "2,5"; with decimals=2, 612.5 -> "612,50"."""
    text = (
        (str(int(value)) if float(value).is_integer() else repr(float(value)))
        if decimals is None
        else f"{value:.{decimals}f}"
    )
    whole, _, rest = text.partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{whole},{rest}" if rest else whole


def date(value: dt.date) -> str:
    """2019-09-01 -> "1 september 2019"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def figure(item: Figure) -> str:
    """A figure with its unit, as a visitor reads it: "€ 612,50 tot € 728,70", "1480 lestijden", "45 %"."""
    if item.waarde is None:
        assert item.van is not None and item.tot is not None
        if item.eenheid == "euro":
            return f"{_euro(item.van)} tot {_euro(item.tot)}"
        return _with_unit(f"{number(item.van)} tot {number(item.tot)}", item.eenheid)
    value = item.waarde
    if isinstance(value, dt.date):
        return date(value)
    if item.eenheid == "datum" and isinstance(value, str):
        try:
            return date(dt.date.fromisoformat(value))
        except ValueError:
            return value
    if isinstance(value, (str, bool)):
        return _with_unit(str(value), item.eenheid)
    if item.eenheid == "euro":
        return _euro(value)
    return _with_unit(number(value), item.eenheid)


def _euro(value: float) -> str:
    return f"€ {number(value, None if float(value).is_integer() else 2)}"


def _with_unit(text: str, unit: str) -> str:
    if unit == "datum":
        return text
    if unit == "procent":
        return f"{text} %"
    return f"{text} {unit}".strip()


def fill(text: str, lookup: Callable[[str], str | None]) -> str:
    """Replace each {name} by what `lookup` gives for it. Raises KeyError for a name that nothing holds."""

    def replace(match: re.Match[str]) -> str:
        value = lookup(match[1])
        if value is None:
            raise KeyError(match[1])
        return value

    return PLACEHOLDER.sub(replace, text)


def own_figures(figures: Mapping[str, Figure]) -> Callable[[str], str | None]:
    """A lookup for `fill` over the figures of one record."""

    def lookup(name: str) -> str | None:
        if name in figures:
            return figure(figures[name])
        base, _, part = name.rpartition(".")
        if part == "waarde" and base in figures and isinstance(figures[base].waarde, (int, float)):
            return number(figures[base].waarde)  # type: ignore[arg-type]
        return None

    return lookup


ORDINALS = [
    "twaalfde",
    "dertiende",
    "veertiende",
    "vijftiende",
    "zestiende",
    "zeventiende",
    "achttiende",
    "negentiende",
    "twintigste",
    "eenentwintigste",
]
FIRST_ORDINAL = 12


def ordinal(number: int) -> str:
    """A birthday in words, 18 -> "achttiende"; beyond the ages that matter here "25ste"."""
    at = number - FIRST_ORDINAL
    return ORDINALS[at] if 0 <= at < len(ORDINALS) else f"{number}ste"


def enumeration(items: Iterable[Any], last: str = "en") -> str:
    """["a", "b", "c"] -> "a, b en c"."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
