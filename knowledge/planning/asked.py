"""What someone asks of their own route ("hoeveel geld krijg ik dan?"), and what their plan says of it. Pure functions."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import yaml

from knowledge.clauses import plainly
from knowledge.planning import words
from knowledge.planning.income import WAGE
from knowledge.planning.model import Note, Plan

Part = Literal[
    "geld", "prijs", "duur", "week", "start", "waarom_niet", "leeftijd", "werkgever", "zeker", "waar", "kortst", "beste"
]  # fmt: skip
Sheet = Literal["belbriefje", "kalender", "werkgever", "samenvatting"]
FILE = Path(__file__).parent / "asked.yml"
LATER_PAY = Note("Wat je later verdient in het beroep, staat niet in onze documenten. Vraag dat aan een werkgever.")
OWN = re.compile(r"\b(?:ik|mij|me|mijn)\b")


@dataclass(frozen=True)
class _Asking:
    """How parts and sheets are asked for, and the small words that may stand beside a part."""

    parts: dict[Part, re.Pattern[str]]
    sheets: dict[Sheet, re.Pattern[str]]
    small_words: frozenset[str]


@functools.lru_cache(maxsize=1)
def _asking() -> _Asking:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    parts = {cast(Part, name): re.compile(asks) for name, asks in data["vraagt"].items()}
    sheets = {cast(Sheet, name): re.compile(asks) for name, asks in data["bladen"].items()}
    return _Asking(parts, sheets, frozenset(data["kleine_woorden"].split()))


def _plain(text: str) -> str:
    return re.sub(r"[^\w ]+", " ", plainly(text)[0]).strip()


def part_asked(text: str) -> Part | None:
    """Which part of the own plan a message asks about; None when it asks something else, or more."""
    plain, asking = _plain(text), _asking()
    for part, asks in asking.parts.items():
        found = asks.search(plain)
        if found:
            left = set((plain[: found.start()] + " " + plain[found.end() :]).split())
            return part if left <= asking.small_words else None
    return None


def sheet_asked(text: str) -> Sheet | None:
    """The sheet that a message names; None for the whole plan."""
    plain = _plain(text)
    return next((sheet for sheet, asks in _asking().sheets.items() if asks.search(plain)), None)


def as_own(text: str) -> str:
    """What is asked for someone else ("hoelang duurt dat voor haar?"), as if for oneself."""
    text = re.sub(r"\b(krijg|verdien|hou|verlies|behoud)t (?:ze|zij|hij)\b", r"\1 ik", text.lower())
    return re.sub(r"\b(?:ze|zij|hij)\b", "ik", re.sub(r"\b(?:haar|hem)\b", "mij", text))


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
        wage = (note for note in plan.income if note.label == WAGE)
        return (*plan.week, Note("Of dat past naast je werk of je gezin, kunnen wij niet zeggen.", ask=asked), *wage)
    if part == "start":
        waits = plan.why if plan.verdict == "bijna" else ()
        return (*waits, Note(words.start_text(plan)), *(Note(words.span_text(span)) for span in plan.timeline[:1]))
    if part == "waar":
        return tuple(Note(f"{link.label}: {link.href}") for link in plan.links if link.href != plan.call.website)
    return (Note(plan.lead), *plan.why)  # "zeker"


def sheet_lines(plan: Plan, sheet: Sheet, has_employer: bool) -> list[str]:
    """What a sheet holds, in lines for the chat; the sheets that others read say what is on them."""
    if sheet == "belbriefje":
        lead = f"Je belbriefje voor {plan.title}. Vraag dit aan {plan.centre.name}:"
        return [lead, *(f"- {words.note_text(note)}" for note in plan.questions)]
    if sheet == "kalender":
        spans = [f"- {words.span_text(span)}" for span in plan.timeline]
        return [f"Je kalender voor {plan.title}.", f"- {words.start_text(plan)}", *spans]
    if sheet == "samenvatting":
        return [
            f"Een samenvatting van {plan.title}, voor wie je begeleidt.",
            "Wat je over je gezondheid of verleden zei, staat er niet op.",
        ]
    if has_employer:
        return [
            f"Een blad voor je werkgever, over {plan.title}. Er staat alleen op: het beroep, de uren en de premies."
        ]
    return ["Een blad voor je werkgever maak ik alleen voor wie een werkgever heeft in Vlaanderen of Brussel."]
