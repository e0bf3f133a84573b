"""The pictures of the staff page that an evaluation doesn't have: confidence, thresholds, and the figures by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib

matplotlib.use("Agg")  # draws without a screen
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

from bot.evaluate import Outcome  # noqa: E402
from bot.measures import QUESTION_SETS  # noqa: E402
from bot.pictures import BLUE, GREY, ORANGE, plain, svg  # noqa: E402

STEPS = np.linspace(-0.3, 0.7, 101)  # margins over "out of scope" that are looked at


def confidence(outcome: Outcome) -> bytes:
    """How sure the bot was of questions that it answered right, and of those it answered wrong."""
    items = outcome.items(QUESTION_SETS)
    fig, axes = plt.subplots(figsize=(8, 3))
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
    axes.legend(frameon=False)
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


def thresholds(outcome: Outcome, chosen: float) -> bytes:
    """The three shares at every threshold, with the chosen one as a line."""
    rows = [shares_at(outcome, float(step)) for step in STEPS]
    looks = (
        ("let_in", BLUE, "-", "onze vragen die een antwoord krijgen"),
        ("right", BLUE, "--", "onze vragen die juist beantwoord worden"),
        ("wrongly_let_in", ORANGE, "-", "andere berichten die toch een antwoord krijgen"),
    )
    fig, axes = plt.subplots(figsize=(8, 4.2))
    for name, color, line, label in looks:
        axes.plot(STEPS, [100 * row[name] for row in rows], line, color=color, label=label)
    axes.axvline(chosen, color=GREY)
    axes.set_xlabel("drempel: voorsprong op 'buiten het domein'")
    axes.set_ylabel("%")
    axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1))
    plain(axes)
    return svg(fig)


def per_day(days: Sequence[Mapping[str, Any]]) -> bytes:
    """Conversations by day, and how many of them got advice."""
    fig, axes = plt.subplots(figsize=(8, 3))
    names = [f"{day['day'][8:]}/{day['day'][5:7]}" for day in days]
    axes.bar(names, [day["conversations"] for day in days], color=BLUE, width=0.5, label="gesprekken")
    axes.bar(names, [day["advice"] for day in days], color=ORANGE, width=0.25, label="met advies")
    axes.set_xlim(-0.7, max(len(days), 7) - 0.3)  # a single day is no wall
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.legend(frameon=False, ncol=2, loc="lower left", bbox_to_anchor=(0, 1))
    plain(axes)
    return svg(fig)


def bars(rows: Sequence[tuple[str, int]], label: str) -> bytes:
    """A bar for each row, the first on top."""
    fig, axes = plt.subplots(figsize=(8, 0.36 * max(1, len(rows)) + 0.9))
    names, values = [name for name, _ in rows][::-1], [value for _, value in rows][::-1]
    axes.barh(names, values, color=BLUE)
    for place, value in enumerate(values):
        axes.text(value, place, f" {value}", va="center")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel(label)
    plain(axes)
    return svg(fig)
