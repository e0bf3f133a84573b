"""What someone asks of their own route ("hoeveel geld krijg ik dan?"), and what their plan says of it. Pure functions."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Literal, cast

import yaml

from knowledge.clauses import plainly
from knowledge.planning import words
from knowledge.planning.model import Note, Plan

Part = Literal["geld", "prijs", "duur", "week", "start", "waarom_niet", "leeftijd", "werkgever"]
FILE = Path(__file__).parent / "asked.yml"
LATER_PAY = Note("Wat je later verdient in het beroep, staat niet in onze documenten. Vraag dat aan een werkgever.")
OWN = re.compile(r"\b(?:ik|mij|me|mijn)\b")


@functools.lru_cache(maxsize=1)
def _asking() -> tuple[dict[Part, re.Pattern[str]], frozenset[str]]:
    """How each part is asked for, and the words that may stand beside it."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    patterns = {cast(Part, part): re.compile(asks) for part, asks in data["vraagt"].items()}
    return patterns, frozenset(data["kleine_woorden"].split())


def part_asked(text: str) -> Part | None:
    """Which part of the own plan a message asks about; None when it asks something else, or more."""
    plain = re.sub(r"[^\w ]", " ", plainly(text)[0])
    patterns, small_words = _asking()
    for part, asks in patterns.items():
        found = asks.search(plain)
        if found:
            left = set((plain[: found.start()] + " " + plain[found.end() :]).split())
            return part if left <= small_words else None
    return None


def is_about_oneself(text: str) -> bool:
    """Whether a message says "ik" or "mijn": then "dat" is the own plan, not what was talked about last."""
    return bool(OWN.search(plainly(text)[0]))


def notes(plan: Plan, part: Part) -> tuple[Note, ...]:
    """What the plan says of one part; what it leaves open comes with whom to ask."""
    asked = plan.call.name if part == "prijs" else plan.centre.name
    if part == "geld":
        return (*plan.income, LATER_PAY)
    if part == "prijs":
        return (Note("De prijs van deze opleiding staat niet in onze documenten.", ask=asked),)
    if part == "duur":
        return (*plan.duration, *plan.shorter)
    if part == "week":
        return (*plan.week, Note("Of dat past naast je werk of je gezin, kunnen wij niet zeggen.", ask=asked))
    if part == "start":
        waits = plan.why if plan.verdict == "bijna" else ()
        return (*waits, Note(words.start_text(plan)), *(Note(words.span_text(span)) for span in plan.timeline[:1]))
    return plan.why
