"""Shows what was measured: ratios in the terminal, a JSON file and a picture."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from bot.pictures import BLUE, GREY, ORANGE, plain, svg

RESULTS = Path("results")
Figures = Mapping[str, Any]
NAMES = {"stock": "standaard-Rasa", "ours_1": "Wegwijs, 1 proces", "ours_2": "Wegwijs, 2 processen"}
COLORS = {"stock": GREY, "ours_1": BLUE, "ours_2": ORANGE}
# name, where it stands, the bar on (stock / ours) or (ours / stock), whether ours is above the line of the fraction
BARS = (
    ("training, keer sneller", ("training_seconds_all_epochs",), 5.0, False),
    ("p95 bij 8 tegelijk, deel van stock", ("users", "8", "p95_ms"), 0.5, True),
    ("berichten per seconde bij 8 tegelijk, keer meer", ("users", "8", "per_second"), 3.0, True),
    ("berichten per seconde bij 32 tegelijk, keer meer", ("users", "32", "per_second"), 3.0, True),
    ("geheugen van één proces, deel van stock", ("memory_mb",), 0.6, True),
)
LESS_IS_BETTER = ("p95_ms", "memory_mb")


def at(figures: Figures, path: tuple[str, ...]) -> float | None:
    """The figure at a path, or None when it wasn't measured."""
    value: Any = figures
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def bars(result: Figures) -> list[dict[str, Any]]:
    """Each thing that was asked: the ratio found, the goal, and whether it is met. Empty without stock Rasa."""
    found = []
    stock, ours = result["systems"].get("stock"), result["systems"].get("ours_1")
    if not stock or not ours:
        return []
    for name, path, goal, ours_first in BARS:
        one, other = at(ours, path), at(stock, path)
        if one and other:
            ratio = one / other if ours_first else other / one
            met = ratio <= goal if path[-1] in LESS_IS_BETTER else ratio >= goal
            found.append({"name": name, "ratio": ratio, "goal": goal, "met": met})
    return found


def table(result: Figures) -> str:
    """What was measured for each system, with in brackets how many times stock Rasa's that is."""
    systems = result["systems"]
    rows = [["", *(NAMES.get(name, name) for name in systems)]]
    paths: list[tuple[str, tuple[str, ...]]] = [
        ("trainen (s)", ("training_seconds",)),
        ("trainen, stock met 100 epochs (s)", ("training_seconds_all_epochs",)),
        ("trainen, rekentijd (s)", ("training_computing_seconds",)),
        ("model (MB)", ("model_mb",)),
        ("start tot antwoord (s)", ("start_seconds",)),
        ("geheugen (MB)", ("memory_mb",)),
    ]
    for users in next(iter(systems.values()))["users"]:
        for what, key in (("mediaan (ms)", "median_ms"), ("p95 (ms)", "p95_ms"), ("p99 (ms)", "p99_ms"),
                          ("rekentijd per bericht (ms)", "computing_ms"), ("berichten/s", "per_second")):  # fmt: skip
            paths.append((f"{users} tegelijk: {what}", ("users", users, key)))
    for label, path in paths:
        base = at(systems["stock"], path) if "stock" in systems else None
        row = [label]
        for name, figures in systems.items():
            value = at(figures, path) or 0.0
            row.append(f"{value:.1f}" + (f" ({value / base:.2f})" if base and name != "stock" else ""))
        rows.append(row)
    width = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(size) for cell, size in zip(row, width)).rstrip() for row in rows]
    for bar in bars(result):
        lines.append(f"{'✓' if bar['met'] else '✗'} {bar['name']}: {bar['ratio']:.2f} (gevraagd {bar['goal']})")
    faults = {name: sum(len(part["faults"]) for part in figures["users"].values()) for name, figures in systems.items()}
    return "\n".join([*lines, f"fouten: {faults}"])


def picture(result: Figures) -> bytes:
    """Latency and messages a second by users at once, for each system."""
    systems = result["systems"]
    users = list(next(iter(systems.values()))["users"])
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6))
    width, places = 0.8 / len(systems), np.arange(len(users))
    for number, (name, figures) in enumerate(systems.items()):
        at_x = places + (number - (len(systems) - 1) / 2) * width
        for axes, key in ((left, "p95_ms"), (right, "per_second")):
            values = [figures["users"][count][key] for count in users]
            axes.bar(at_x, values, width * 0.92, color=COLORS.get(name, GREY), label=NAMES.get(name, name))
            for x, value in zip(at_x, values):
                axes.text(x, value, f"{value:.0f}", ha="center", va="bottom", fontsize=7)
    left.set_ylabel("p95 van een beurt (ms)")
    right.set_ylabel("berichten per seconde")
    for axes in (left, right):
        axes.set_xticks(places, users)
        axes.set_xlabel("bezoekers tegelijk")
        plain(axes)
    left.legend(frameon=False, fontsize=8)
    fig.tight_layout()
    return svg(fig)


def growth_picture(found: Figures) -> bytes:
    """Computing and time of a turn as work grows, a curve per kind of growth."""
    titles = {
        "turns": "beurt in het gesprek",
        "records": "kaarten in de kennisbank",
        "conversations": "bewaarde gesprekken",
    }
    fig, places = plt.subplots(1, len(found), figsize=(10, 3.2), sharey=True)
    for axes, (what, curve) in zip(places, found.items()):
        sizes = [int(size) for size in curve]
        for key, color, label in (
            ("median_ms", BLUE, "tijd (mediaan)"),
            ("mean_computing_ms", ORANGE, "rekentijd (gemiddeld)"),
        ):
            axes.plot(sizes, [part[key] for part in curve.values()], color=color, marker="o", label=label)
        axes.set_xscale("log")
        axes.set_xticks(sizes, [f"{size:,}".replace(",", ".") for size in sizes])
        axes.minorticks_off()
        axes.set_ylim(bottom=0)
        axes.set_xlabel(titles[what])
        plain(axes)
    places[0].set_ylabel("ms per bericht")
    places[0].legend(frameon=False, fontsize=8)
    fig.tight_layout()
    return svg(fig)


KINDS = {"typed": "getypt", "button": "knop"}


def stage_table(found: Figures, earlier: Figures | None = None) -> str:
    """Milliseconds per message of every stage; with the earlier ones behind an arrow."""
    lines = []
    for kind, stages in found.items():
        before = (earlier or {}).get(kind, {})
        rows = [*stages.items(), ("samen", sum(stages.values()))]
        was = {**before, "samen": sum(before.values())}
        lines += [f"{KINDS[kind]}:"]
        lines += [
            f"  {name:22}" + (f"{was.get(name, 0):6.1f} → " if before else "") + f"{value:6.1f} ms"
            for name, value in rows
        ]
    return "\n".join(lines)


def stage_picture(found: Figures, earlier: Figures | None = None) -> bytes:
    """A stacked bar per kind of message, and above each the earlier one."""
    bars_shown = []
    for kind, stages in found.items():
        bars_shown += [(f"{KINDS[kind]}, eerst", earlier[kind])] if earlier else []
        bars_shown.append((f"{KINDS[kind]}{', nu' if earlier else ''}", stages))
    fig, axes = plt.subplots(figsize=(10, 0.6 * len(bars_shown) + 1.6))
    left = np.zeros(len(bars_shown))
    colors = plt.get_cmap("tab10")
    for number, stage in enumerate(next(iter(found.values()))):
        values = np.array([stages.get(stage, 0.0) for _, stages in bars_shown])
        axes.barh([name for name, _ in bars_shown], values, left=left, color=colors(number), label=stage)
        left += values
    for place, total in enumerate(left):
        axes.text(total + 0.5, place, f"{total:.0f} ms", va="center", fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("rekentijd per bericht (ms)")
    axes.legend(frameon=False, fontsize=7, ncol=5, loc="upper center", bbox_to_anchor=(0.5, -0.22))
    plain(axes)
    return svg(fig)


def write(name: str, result: Figures, draw: Callable[[], bytes]) -> list[Path]:
    """Write results/<name>.json and results/<name>.svg; gives the paths. The figures first: a drawing can fail."""
    RESULTS.mkdir(exist_ok=True)
    data, shown = RESULTS / f"{name}.json", RESULTS / f"{name}.svg"
    data.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    shown.write_bytes(draw())
    return [data, shown]
