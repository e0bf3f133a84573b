"""A seeded grid of invented people, judged against every route: what changes for whom when a rule changes."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from knowledge import conditions, trajectory, verdicts
from knowledge.conditions import DONT_KNOW, Profile
from knowledge.schema import Fact
from knowledge.store import Knowledge

SEED = 2026
SIZES = (2000, 30000)  # the first is quick enough for every run of the tests
UNTOLD, UNSURE = 0.25, 0.05  # how often a fact isn't told, or answered with "weet ik niet"
AGES = (12, 64)
SUMMARY = Path(__file__).parent.parent / "tests" / "knowledge" / "grid.yml"

Table = dict[str, dict[str, int]]  # route -> verdict -> people


def profiles(knowledge: Knowledge, count: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """`count` people, the same each time. Each fact draws from its own series, so a new fact leaves the others as they are."""
    series = {fact.id: (fact, random.Random(f"{seed} {fact.id}")) for fact in knowledge.facts.values()}
    for _ in range(count):
        drawn = {name: _value(fact, chance) for name, (fact, chance) in series.items()}
        yield {name: value for name, value in drawn.items() if value is not None}


def _value(fact: Fact, chance: random.Random) -> Any:
    told, number = chance.random(), chance.random()  # two draws whatever comes of them, so that the series never shifts
    if told < UNTOLD:
        return None
    if told < UNTOLD + UNSURE:
        return DONT_KNOW
    if fact.type == "bool":
        return number < 0.5
    if fact.type == "int":
        return AGES[0] + int(number * (AGES[1] - AGES[0] + 1))
    return fact.values[int(number * len(fact.values))].value


def table(knowledge: Knowledge, count: int, on: dt.date, seed: int = SEED) -> Table:
    """How many of these people get each verdict on each route, as of a date.

    People who are alike in every fact that a route asks for are judged once.
    """
    names = {
        name: sorted({leaf.fact for leaf in conditions.leaves(condition)})
        for name, condition in knowledge.conditions.items()
    }
    found: dict[str, Counter[tuple[Any, ...]]] = {name: Counter() for name in knowledge.programmes}
    for profile in profiles(knowledge, count, seed):
        person = trajectory.complete(knowledge, profile)
        for name, seen in found.items():
            seen[tuple(person.get(fact) for fact in names[name])] += 1
    result: Table = {}
    for name, kinds in found.items():
        counts: Counter[str] = Counter()
        for values, people in kinds.items():
            counts[verdict(knowledge, name, dict(zip(names[name], values)), on)] += people
        result[name] = {verdict: counts[verdict] for verdict in verdicts.VERDICT_ORDER if counts[verdict]}
    return result


def without_open_way(knowledge: Knowledge, count: int, on: dt.date, seed: int = SEED) -> list[dict[str, Any]]:
    """The completed profiles of those for whom every route is closed, or who have none.

    People who are alike in every fact that a route asks for are judged once.
    """
    names = {
        name: tuple(sorted({leaf.fact for leaf in conditions.leaves(condition)}))
        for name, condition in knowledge.conditions.items()
    }
    judged: dict[tuple[Any, ...], bool] = {}

    def closed(route: str, person: Profile) -> bool:
        key = (route, *(person.get(fact) for fact in names[route]))
        if key not in judged:
            judged[key] = verdicts.judge(knowledge, knowledge.programmes[route], person, on).verdict == "niet"
        return judged[key]

    people = (trajectory.complete(knowledge, profile) for profile in profiles(knowledge, count, seed))
    return [
        person
        for person in people
        if all(closed(programme.id, person) for programme in trajectory.relevant(knowledge, person))
    ]


def verdict(knowledge: Knowledge, route: str, profile: Profile, on: dt.date) -> verdicts.Verdict:
    """The verdict on one route for a completed profile."""
    known = {name: value for name, value in profile.items() if value is not None}
    return verdicts.judge(knowledge, knowledge.programmes[route], known, on).verdict


def differences(kept: Mapping[str, Mapping[str, int]], now: Mapping[str, Mapping[str, int]]) -> list[str]:
    """One line in plain Dutch per route that changed: "zorgkundige_cvo: open van 512 naar 498, niet van 20 naar 34"."""
    lines = [f"{name}: weg" for name in kept if name not in now]
    lines += [f"{name}: nieuw" for name in now if name not in kept]
    for name in kept:
        pairs = [
            (verdict, kept[name].get(verdict, 0), now.get(name, {}).get(verdict, 0))
            for verdict in verdicts.VERDICT_ORDER
        ]
        changed = [f"{verdict} van {was} naar {is_now}" for verdict, was, is_now in pairs if was != is_now]
        if name in now and changed:
            lines.append(f"{name}: {', '.join(changed)}")
    return lines


def read(path: Path = SUMMARY) -> tuple[dt.date, dict[int, Table]]:
    """The kept summary: the day it was made for, and a table per size."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data["as_of"], {size: data[size] for size in SIZES}


def write(tables: Mapping[int, Table], on: dt.date, path: Path = SUMMARY) -> None:
    """Keep the tables, a line per route, so that git shows which route changed."""
    lines = [
        "# Hoeveel verzonnen mensen welke uitkomst krijgen op elke route. Geschreven door: wegwijs knowledge grid --write",
        "# Verandert er hier iets? Kijk dan na of dat de bedoeling was.",
        f"as_of: {on}",
    ]
    for size, routes in tables.items():
        lines.append(f"{size}:")
        for name, counts in routes.items():
            inside = ", ".join(f"{verdict}: {people}" for verdict, people in counts.items())
            lines.append(f"  {name}: {{{inside}}}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
