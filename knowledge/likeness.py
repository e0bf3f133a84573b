"""Which cards are about the same as another card, by the pieces of words they share: for "en in Nederland?", "en in het CVO?"."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence

from knowledge.schema import Topic
from knowledge.schema_parts import ABROAD
from knowledge.store import Knowledge

PIECES = (4, 5, 6)  # characters
TITLE_TIMES = 3  # a title and an id ("cvo_zorgkundige_duur") say best what a card is about
BOTH_COUNTRIES = "vl_nl_"  # how the id of a card that compares Flanders with the Netherlands begins


def switched(
    knowledge: Knowledge,
    topic: Topic,
    occupations: Collection[str],
    routes: Collection[str],
    countries: Collection[str],
) -> list[tuple[float, Topic]]:
    """The cards about what is named instead ("en in het CVO?"), by their likeness (0 to 1) to the card shown before."""
    among = [
        item
        for item in knowledge.topics.values()
        if (not occupations or set(occupations) & set(item.beroepen))
        and (not routes or set(routes) & set(item.routes))
        and (ABROAD not in countries or item.land == ABROAD or item.id.startswith(BOTH_COUNTRIES))
    ]
    if routes and not occupations:  # the same occupation by another route
        among = [item for item in among if set(item.beroepen) & set(topic.beroepen)] or among
    if occupations and not routes:  # another occupation by the same route
        among = [item for item in among if set(item.routes) & set(topic.routes)] or among
    return likest(knowledge, topic, among)


def likest(knowledge: Knowledge, topic: Topic, among: Sequence[Topic]) -> list[tuple[float, Topic]]:
    """Cards by their likeness to another, likest first: the cosine of the pieces that they share, rare ones counting more."""
    counted = [_pieces(knowledge, item) for item in (topic, *among)]
    found_in = Counter(piece for pieces in counted for piece in pieces)
    weighed = [
        {piece: (1 + math.log(times)) * math.log(1 + len(counted) / found_in[piece]) for piece, times in pieces.items()}
        for pieces in counted
    ]
    mine, rest = weighed[0], weighed[1:]
    scored = [(_cosine(mine, other), item) for other, item in zip(rest, among)]
    return sorted(scored, key=lambda pair: -pair[0])


def _pieces(knowledge: Knowledge, topic: Topic) -> Counter[str]:
    text = f"{topic.titel} {topic.id.replace('_', ' ')} " * TITLE_TIMES + knowledge.text_of(topic)
    named = {word for item in knowledge.occupations.values() for word in item.naam.lower().split()}
    # "zorgkundige" is in so many cards that it would hide what they say of it
    words = [f" {word} " for word in re.findall(r"\w+", text.lower()) if word not in named]
    return Counter(word[at : at + size] for word in words for size in PIECES for at in range(len(word) - size + 1))


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    shared = sum(weight * other[piece] for piece, weight in one.items() if piece in other)
    lengths = [math.sqrt(sum(weight**2 for weight in item.values())) for item in (one, other)]
    return shared / (lengths[0] * lengths[1]) if all(lengths) else 0.0
