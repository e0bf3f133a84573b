"""The pictures of the staff page that an evaluation doesn't have: confidence, thresholds, and the figures by day."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib

matplotlib.use("Agg")  # draws without a screen
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

from bot.evaluate import Outcome  # noqa: E402
from bot.measures import QUESTION_SETS  # noqa: E402
from bot.pictures import BLUE, GREY, ORANGE, WIDE, folded, legend, plain, svg  # noqa: E402

STEPS = np.linspace(-0.3, 0.7, 101)  # margins over "out of scope" that are looked at
DAYS = 7  # a picture by day shows at least so many
NAME_LETTERS = 42  # of a name above its bar, so that it is no wider than the drawing
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def confidence(outcome: Outcome, width: float = WIDE) -> bytes:
    """How sure the bot was of questions that it answered right, and of those it answered wrong."""
    items = outcome.items(QUESTION_SETS)
    fig, axes = plt.subplots(figsize=(width, 3))
    edges = np.linspace(0, 1, 21)
    for right, color, label in ((True, BLUE, "juist beantwoord"), (False, ORANGE, "fout beantwoord")):
        axes.hist(
            [item["heard"]["confidence"] for item in items if item["right"] is right],
            edges,
            color=color,
            alpha=0.7,
            label=label,
        )
    axes.set_xlabel("zekerheid")
    axes.set_ylabel("vragen")
    legend(axes)
    plain(axes)
    return svg(fig)


def shares_at(outcome: Outcome, threshold: float) -> dict[str, float]:
    """What a threshold on the margin would do (shares from 0 to 1): `let_in` of our questions, `right` of our questions that
    are let in and answered right, `wrongly_let_in` of messages outside the field.
    """
    inside, outside = outcome.items(QUESTION_SETS), outcome.items(["out_of_scope"])
    let_in = [item for item in inside if item["heard"]["margin"] >= threshold]
    return {
        "let_in": len(let_in) / len(inside),
        "right": sum(item["right"] for item in let_in) / len(inside),
        "wrongly_let_in": sum(item["heard"]["margin"] >= threshold for item in outside) / len(outside),
    }


def thresholds(outcome: Outcome, chosen: float, width: float = WIDE) -> bytes:
    """The three shares at every threshold, with the chosen one as a line."""
    rows = [shares_at(outcome, float(step)) for step in STEPS]
    looks = (
        ("let_in", BLUE, "-", "onze vragen die een antwoord krijgen"),
        ("right", BLUE, "--", "onze vragen die juist beantwoord worden"),
        ("wrongly_let_in", ORANGE, "-", "andere berichten die toch een antwoord krijgen"),
    )
    fig, axes = plt.subplots(figsize=(width, 4.2))
    for name, color, line, label in looks:
        axes.plot(STEPS, [100 * row[name] for row in rows], line, color=color, label=label)
    axes.axvline(chosen, color=GREY)
    axes.set_xlabel(folded("drempel: voorsprong op 'buiten het domein'", axes))
    axes.set_ylabel("%")
    legend(axes)
    plain(axes)
    return svg(fig)


def per_day(days: Sequence[Mapping[str, Any]], today: dt.date, width: float = WIDE) -> bytes:
    """Conversations by day up to today, and how many of them got advice; a day without any is shown too."""
    found = {day["day"]: day for day in days}
    first = min([dt.date.fromisoformat(name) for name in found] + [today - dt.timedelta(DAYS - 1)])
    shown = [first + dt.timedelta(number) for number in range((today - first).days + 1)]
    counts = {
        name: [found[day.isoformat()][name] if day.isoformat() in found else 0 for day in shown]
        for name in ("conversations", "advice")
    }
    fig, axes = plt.subplots(figsize=(width, 3))
    places = range(len(shown))
    axes.bar(places, counts["conversations"], color=BLUE, width=0.6, label="gesprekken")
    axes.bar(places, counts["advice"], color=ORANGE, width=0.3, label="met advies")
    for place, count in enumerate(counts["conversations"]):
        if count:
            axes.text(place, count, str(count), ha="center", va="bottom")
    axes.set_xticks(places, [_day(day, day is shown[0]) for day in shown])
    axes.yaxis.get_major_locator().set_params(integer=True)
    legend(axes)
    plain(axes)
    return svg(fig)


def _day(day: dt.date, first: bool) -> str:
    """The number of a day, with the month where one begins."""
    return f"{day.day}\n{MONTHS[day.month - 1]}" if first or day.day == 1 else str(day.day)


def bars(rows: Sequence[tuple[str, int]], label: str, width: float = WIDE) -> bytes:
    """A bar for each row, the first on top; its name stands beside it, or above it where that leaves more room."""
    above = width < WIDE
    fig, axes = plt.subplots(figsize=(width, (0.66 if above else 0.36) * max(1, len(rows)) + 0.9))
    names, values = [name for name, _ in rows][::-1], [value for _, value in rows][::-1]
    axes.barh(range(len(rows)), values, color=BLUE, height=0.4 if above else 0.8)
    for place, (name, value) in enumerate(zip(names, values)):
        axes.text(value, place, f" {value}", va="center")
        if above:
            axes.text(0, place + 0.24, textwrap.shorten(name, NAME_LETTERS, placeholder=" …"), va="bottom")
    axes.set_yticks([] if above else range(len(rows)), [] if above else [textwrap.fill(name, NAME_LETTERS) for name in names])
    axes.set_ylim(-0.5, len(rows) - (0.2 if above else 0.5))
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel(label)
    plain(axes)
    return svg(fig)
