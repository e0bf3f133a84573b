"""Words that ask for what our documents don't say ("opleidingscheque", "slaagkans"), whatever else a question is about."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from knowledge.clauses import clauses, plainly
from knowledge.schema import Topic
from knowledge.schema_parts import ABROAD
from knowledge.store import Knowledge


def asked(knowledge: Knowledge, text: str) -> list[tuple[Topic, list[str]]]:
    """The cards of what we don't know that a message asks for by words of their own (`trefwoorden`), with those words."""
    asking = _asking(text)
    found = ((topic, _said(topic.trefwoorden, asking)) for topic in knowledge.topics.values())
    return [(topic, words) for topic, words in found if words]


def unanswered(knowledge: Knowledge, text: str, shown: Sequence[Topic]) -> Topic | None:
    """The first of them that the cards shown (at least one) don't speak of; of their own country."""
    candidates = asked(knowledge, text)
    if not candidates:
        return None
    told = plainly(" ".join(f"{topic.titel} {knowledge.text_of(topic)}" for topic in shown))[0]
    for topic, words in candidates:
        here = (topic.land == ABROAD) == (shown[0].land == ABROAD)
        if here and topic not in shown and not _said(words, told):
            return topic
    return None


def _asking(text: str) -> str:
    """The clauses that ask; without one, all: people tell of a driving licence, and then ask for something else."""
    parts = clauses(text)
    return " ".join(part.text for part in ([part for part in parts if part.asks] or parts))


def _said(words: Sequence[str], text: str) -> list[str]:
    return [word for word in words if _beginning(word).search(text)]


@functools.lru_cache(maxsize=512)
def _beginning(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(plainly(word)[0].strip())}")
