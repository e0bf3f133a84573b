"""Reads what only means something after the question before it: "en in het CVO?", "wie mag daarheen?".

Who names something else asks the question before with other words in place; who points back asks on about the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from knowledge.schema_parts import ABROAD

Entity = Mapping[str, Any]
FOLLOW_UP = "en_vervolg"  # the intent
LAST_QUESTION = "last_question"  # the slot: what was answered last
MOST_WORDS = 8  # "en hoe zit dat in het opleidingscentrum?"; a longer message asks in full
WORK = frozenset({"occupation", "sector"})
ROUTE, PLACE = "route", "place"
_LEADS = re.compile(r"^\W*(?:en|ma|maar|of|wat met|wat dan met|hoe zit (?:het|dat|da)|geldt dat(?: ook)?)\b", re.IGNORECASE)
# What a message may hold beside names when it only names something else.
_BETWEEN = frozenset(
    re.findall(
        r"\S+",
        "en ma maar of wat met hoe zit het dat da dit die in de den een nen bij via voor veur van op als je ge ik dan ook is "
        "geldt daar naar doet doe gaat volgt volg t 't nu eens opleiding",
    )
)


_POINTS = re.compile(r"\b(?:dat|da|dit|die|deze|dan|daar\w*|ervoor|ermee|erna|ervan)\b", re.IGNORECASE)


def before(tracker: DialogueStateTracker | None) -> str:
    """The question that was answered last; empty when there was none."""
    known = tracker is not None and LAST_QUESTION in tracker.slots
    return str(tracker.get_slot(LAST_QUESTION) or "") if tracker is not None and known else ""


def switches(text: str, entities: Sequence[Entity]) -> bool:
    """Whether a message is short and names an occupation, a sector, a route or the Netherlands."""
    return len(text.split()) <= MOST_WORDS and any(_part(entity) for entity in entities)


def leans(text: str, entities: Sequence[Entity]) -> bool:
    """Whether a message that `switches` can't be understood by itself: it leads on, and only names."""
    rest = text
    for entity in sorted(entities, key=lambda entity: -entity["start"]):
        rest = f"{rest[: entity['start']]} {rest[entity['end'] :]}"
    return bool(_LEADS.search(text)) and set(re.findall(r"[\w']+", rest.lower())) <= _BETWEEN


def points_back(text: str, entities: Sequence[Entity]) -> bool:
    """Whether a short message names no work or route of its own but a "dat", "dan" or "daar"."""
    short = len(text.split()) <= MOST_WORDS
    return short and bool(_POINTS.search(text)) and not any(_part(entity) for entity in entities)


def in_full(asked: str, named_before: Sequence[Entity], text: str, named: Sequence[Entity]) -> str:
    """The question before, with what `text` names instead; what has no counterpart in it comes at the end."""
    parts: dict[str, str] = {}
    for entity in named:
        part = _part(entity)
        if part:
            words = text[entity["start"] : entity["end"]]
            parts[part] = f"{parts[part]} {words}" if part in parts else words
    question = asked.rstrip(" ?.!")
    gone = sorted((entity for entity in named_before if _part(entity) in parts), key=lambda entity: entity["start"])
    placed: dict[str | None, int] = {}
    for entity in gone:
        placed.setdefault(_part(entity), entity["start"])
    for entity in reversed(gone):
        part = _part(entity)
        words = parts[str(part)] if placed[part] == entity["start"] else ""
        question = question[: entity["start"]] + words + question[entity["end"] :]
    added = [f"in {words}" if part == PLACE else words for part, words in parts.items() if part not in placed]
    return re.sub(r"\s+", " ", " ".join([question, *added])) + "?"


def _part(entity: Entity) -> str | None:
    """What a name stands for in a question: work, a route or a country; None for other entities and denied ones."""
    if entity.get("role") == "niet":
        return None
    if entity["entity"] in WORK:
        return "work"
    if entity["entity"] == ROUTE:
        return ROUTE
    return PLACE if entity["entity"] == PLACE and entity["value"] == ABROAD else None
