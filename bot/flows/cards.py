"""A small conversation for each card, made from the card itself: it is asked for, and must come with its figures and sources.

So every card is walked, also those of which nobody wrote a conversation.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.flows import examples
from bot.flows.conversation import Expectation, Flow, Turn
from bot.flows.places import Places
from knowledge import wording
from knowledge.schema import Topic
from knowledge.store import Knowledge


def by_button(knowledge: Knowledge, places: Places) -> list[Flow]:
    """Each card asked for by its button: quick, for nothing needs to be understood."""
    return [_flow(topic, places, f'/kies_onderwerp{{"topic": "{topic.id}"}}', True) for topic in knowledge.topics.values()]


def by_question(knowledge: Knowledge, places: Places) -> list[Flow]:
    """Each card asked for by the first of its own example questions; a card without any is left out."""
    asked = {topic: next(questions(places, topic), "") for topic in knowledge.topics}
    return [_flow(topic, places, asked[topic.id], False) for topic in knowledge.topics.values() if asked[topic.id]]


def questions(places: Places, card: str) -> Iterator[str]:
    """The example questions of a card as people type them, from where they first stand."""
    place = places.examples(card)
    if place is None:
        return
    lines = place.file.read_text(encoding="utf-8").splitlines()
    group = next(group for group in examples.groups(lines) if group.first == place.line)
    yield from filter(None, map(examples.example, lines[group.first : group.last]))


def _flow(topic: Topic, places: Places, said: str, pressed: bool) -> Flow:
    path = places.card(topic.id) or Path(f"{topic.id}.yml")
    figures = [
        wording.figure(topic.cijfers[name])
        for name in dict.fromkeys(wording.PLACEHOLDER.findall(topic.antwoord))
        if name in topic.cijfers
    ]
    expected = Expectation(
        kaarten=[topic.id],
        zegt=[*figures, *(["Bron: "] if topic.bronnen else [])],
        zegt_niet=["{", "}"],
    )
    turn = Turn(said, pressed, 1, expected, {("zegt", text): places.text_line(path) for text in figures})
    return Flow(path, topic.titel, (topic.familie, topic.id, *topic.routes), (turn,), {})
