"""The pictures of an evaluation, as SVG, drawn for a screen or at the width of a phone, so that letters stay legible."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping, Sequence

import matplotlib

matplotlib.use("Agg")  # draws without a screen
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

from bot import measures  # noqa: E402
from bot.evaluate import ANSWER_SETS, HELD_OUT, Item, Outcome  # noqa: E402
from bot.measures import QUESTION_SETS  # noqa: E402

WORDS_BAR = 90
BLUE, ORANGE, GREY = "#1f5a8c", "#c7511f", "#8a8f98"
WIDE, NARROW = 8.0, 3.6  # inches: a letter of 10 points is 13 pixels high on a screen, and on a phone 390 pixels wide


def svg(fig: plt.Figure) -> bytes:
    """Finish a drawing: the bytes of an SVG that are the same each time."""
    buffer = io.BytesIO()
    with plt.rc_context({"svg.hashsalt": "wegwijs"}):
        fig.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None})
    plt.close(fig)
    return buffer.getvalue()


def shares(groups: Mapping[str, Mapping[str, float]], goal: float) -> bytes:
    """A bar per group, with the goal as a line."""
    names = list(groups)[::-1]
    fig, axes = plt.subplots(figsize=(8, 0.4 * len(names) + 0.9))
    values = [100 * groups[name]["share"] for name in names]
    axes.barh([f"{name} ({groups[name]['count']:.0f})" for name in names], values, color=BLUE)
    for place, value in enumerate(values):
        axes.text(value - 1, place, f"{value:.0f}", va="center", ha="right", color="white")
    axes.axvline(100 * goal, color=ORANGE)
    axes.set_xlim(0, 100)
    axes.set_xlabel("% juist (tussen haakjes: aantal vragen; streep: de lat)")
    plain(axes)
    return svg(fig)


def confusions(rows: Sequence[str], columns: Sequence[str], cells: np.ndarray) -> bytes:
    """The confusion matrix, darker where more of a row lies."""
    fig, axes = plt.subplots(figsize=(11, 10))
    axes.imshow(cells, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(columns)), columns, rotation=90, fontsize=10)
    axes.set_yticks(range(len(rows)), rows, fontsize=10)
    for row, column in zip(*np.nonzero(cells >= 0.01)):
        share = cells[row, column]
        axes.text(column, row, f"{100 * share:.0f}", ha="center", va="center", fontsize=9,
                  color="white" if share > 0.5 else "black")  # fmt: skip
    axes.set_xlabel("verstaan")
    axes.set_ylabel("bedoeld")
    return svg(fig)


def margins(outcome: Outcome, width: float = WIDE) -> bytes:
    """Both distributions of the margin: questions inside the field, and messages outside it."""
    inside = [item["heard"]["margin"] for item in outcome.items(QUESTION_SETS, HELD_OUT)]
    outside = [item["heard"]["margin"] for item in outcome.items(["out_of_scope"], HELD_OUT)]
    fig, axes = plt.subplots(figsize=(width, 3.2))
    steps = np.linspace(min(inside + outside), max(inside + outside), 41)
    for values, color, label in ((outside, ORANGE, "buiten het domein"), (inside, BLUE, "vragen binnen het domein")):
        axes.hist(values, steps, weights=[100 / len(values)] * len(values), color=color, alpha=0.65, label=label)
    axes.axvline(0, color=GREY, linestyle=":")
    axes.set_xlabel("voorsprong op 'buiten het domein'")
    axes.set_ylabel("% van de berichten")
    legend(axes)
    plain(axes)
    return svg(fig)


def lengths(outcome: Outcome, width: float = WIDE) -> bytes:
    """How many words replies have."""
    words = [len(measures.WORD.findall(item["reply"]["text"])) for item in outcome.items(ANSWER_SETS)]
    fig, axes = plt.subplots(figsize=(width, 2.8))
    axes.hist(words, bins=range(0, max(words) + 10, 5), color=BLUE)
    axes.axvline(WORDS_BAR, color=ORANGE)
    axes.set_xlabel("woorden")
    axes.set_ylabel("antwoorden")
    plain(axes)
    return svg(fig)


def seconds(outcome: Outcome, width: float = WIDE) -> bytes:
    """How long understanding and a whole turn take."""
    items: list[Item] = outcome.items((*QUESTION_SETS, "out_of_scope"))
    heard = np.array([1000 * item["heard"]["seconds"] for item in items])
    turns = np.array([1000 * item["reply"]["seconds"] for item in items])
    longest = float(np.percentile(turns, 99))
    fig, axes = plt.subplots(figsize=(width, 2.8))
    steps = np.linspace(0, longest, 61)
    axes.hist(np.minimum(heard, longest), steps, color=BLUE, alpha=0.65, label="begrijpen")
    axes.hist(np.minimum(turns, longest), steps, color=ORANGE, alpha=0.65, label="hele beurt")
    axes.set_xlabel("milliseconden")
    axes.set_ylabel("berichten")
    legend(axes)
    plain(axes)
    return svg(fig)


def legend(axes: plt.Axes) -> None:
    """What each colour means, above the drawing and no wider than it."""
    narrow = axes.figure.get_figwidth() < WIDE
    handles, labels = axes.get_legend_handles_labels()
    labels = [folded(label, axes) for label in labels]
    axes.legend(handles, labels, frameon=False, ncol=1 if narrow else 2, loc="lower left", bbox_to_anchor=(0, 1), borderpad=0)


def folded(text: str, axes: plt.Axes) -> str:
    """A text on as many lines as the width of its drawing asks for."""
    return textwrap.fill(text, round(9.5 * axes.figure.get_figwidth()))


def plain(axes: plt.Axes) -> None:
    """Without a box around it."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
