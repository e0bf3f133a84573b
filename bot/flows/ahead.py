"""Which answers a later day changes: in conversations, and in every card and route by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.flows.observation import Observed
from bot.flows.runner import Run
from knowledge import answers, conditions
from knowledge.store import Knowledge


@dataclass(frozen=True)
class Change:
    """Something that is otherwise on a later day: where (a conversation, card or route), what, and both texts."""

    name: str
    what: str
    now: str
    then: str

    def sentence(self) -> str:
        return f"{self.name}: {self.what}\n  vandaag: {self.now}\n  dan:     {self.then}"


def changes(knowledge: Knowledge, now: Run, then: Run) -> list[Change]:
    """What differs between the same conversations on two days, and the cards and routes that change between those days."""
    return [*_of_conversations(now, then), *_of_cards(knowledge, now, then), *_of_routes(knowledge, now, then)]


def _of_conversations(now: Run, then: Run) -> Iterator[Change]:
    for before, after in zip(now.results, then.results):
        for number, (first, second) in enumerate(zip(before.turns, after.turns), 1):
            name = f"{before.flow.file}: beurt {number}, “{first.turn.said}”"
            for what, was, becomes in differences(first.observed, second.observed):
                yield Change(name, what, was, becomes)


def differences(first: Observed, second: Observed) -> Iterator[tuple[str, str, str]]:
    """What is otherwise in the second of two turns: verdicts, question, cards, and the sentences of the text."""
    for route in dict.fromkeys([*first.verdicts, *second.verdicts]):
        was, becomes = first.verdicts.get(route, "niet getoond"), second.verdicts.get(route, "niet getoond")
        if was != becomes:
            yield f"oordeel over {route}", was, becomes
    for what, was, becomes in (
        ("vraag", first.asked or "geen", second.asked or "geen"),
        ("kaarten", ", ".join(first.records) or "geen", ", ".join(second.records) or "geen"),
        ("soort antwoord", ", ".join(first.kinds), ", ".join(second.kinds)),
    ):
        if was != becomes:
            yield what, was, becomes
    if first.text != second.text:
        yield "tekst", *_only_new(first.text, second.text)


def _only_new(first: str, second: str) -> tuple[str, str]:
    """The lines of each text that the other doesn't have."""
    was, becomes = first.splitlines(), second.splitlines()
    gone, added = [line for line in was if line not in becomes], [line for line in becomes if line not in was]
    return " ".join(gone).strip() or "(staat er niet)", " ".join(added).strip() or "(staat er niet meer)"


def _of_cards(knowledge: Knowledge, now: Run, then: Run) -> Iterator[Change]:
    for topic in knowledge.topics.values():
        was, becomes = (answers.answer_text(knowledge, topic, day) for day in (now.day, then.day))
        if was != becomes:
            yield Change(f"kaart {topic.id}", "tekst", *_only_new(was, becomes))


def _of_routes(knowledge: Knowledge, now: Run, then: Run) -> Iterator[Change]:
    for name, condition in knowledge.conditions.items():
        for leaf in conditions.leaves(condition):
            if leaf.valid_to and now.day <= leaf.valid_to < then.day:
                yield Change(
                    f"route {name}",
                    f"voorwaarde over {leaf.fact}",
                    leaf.reden,
                    f"dit gold tot {leaf.valid_to}: na te vragen",
                )
