"""How often conversations walk each rule, story, question, card and route; what none of them walks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.conversations import ConversationStore
from bot.flows.observation import Observed, observations
from bot.flows.paths import Place, Trail, rule_of
from bot.flows.places import Places
from knowledge import content
from knowledge.store import Knowledge


@dataclass
class Walked:
    """Counts by name."""

    rules: Counter[str] = field(default_factory=Counter)
    stories: Counter[str] = field(default_factory=Counter)
    intents: Counter[str] = field(default_factory=Counter)
    actions: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    routes: Counter[str] = field(default_factory=Counter)

    def add(self, trails: list[Trail], conversation: Sequence[Observed]) -> None:
        """Count one conversation."""
        for turn in conversation:
            self.intents[turn.intent] += 1
            self.actions.update(turn.done)
            self.records.update(set(turn.records))
            self.routes.update(set(turn.verdicts))
            if turn.asked:
                self.facts[turn.asked] += 1
            rule = rule_of(trails, turn.intent, turn.loop)
            if rule and _follows(rule.actions, turn.done):
                self.rules[rule.name] += 1
            for after_form in trails:
                if not after_form.intents and after_form.kind == "rule" and _follows(after_form.actions, turn.done):
                    self.rules[after_form.name] += 1
        for trail in trails:
            if trail.kind == "story":
                self.stories[trail.name] += _times(trail, conversation)


def _follows(expected: Sequence[str], done: Sequence[str]) -> bool:
    """Whether these actions were done in this order, with others between or without; after "forget" nothing is kept."""
    if "action_forget" in done:
        return "action_forget" in expected
    left = iter(done)
    return all(name in left for name in expected)


def _times(story: Trail, conversation: Sequence[Observed]) -> int:
    """How often the turns of a story follow each other in a conversation."""
    turns: list[tuple[tuple[str, ...], list[str]]] = []
    for move in story.moves:
        if move.intents:
            turns.append((move.intents, []))
        elif turns:
            turns[-1][1].append(move.action)
    fits = [
        all(
            seen.intent in intents and _follows(actions, seen.done)
            for (intents, actions), seen in zip(turns, conversation[at:])
        )
        for at in range(len(conversation) - len(turns) + 1)
    ]
    return sum(fits)


def walked(trails: list[Trail], conversations: Iterable[Sequence[Observed]]) -> Walked:
    """Count all conversations."""
    counts = Walked()
    for conversation in conversations:
        counts.add(trails, conversation)
    return counts


async def kept(store: ConversationStore, facts: Collection[str] | None = None) -> list[list[Observed]]:
    """Every conversation that is kept, as observed; for counting, never to be shown. `facts`: else those of the files."""
    facts = content.fact_ids() if facts is None else facts
    found = []
    for sender in await store.keys():
        tracker = await store.retrieve(sender)
        if tracker:
            found.append(observations(tracker, facts))
    return found


def unwalked(places: Places, knowledge: Knowledge, counts: Walked) -> dict[str, list[tuple[str, Place | None]]]:
    """By kind, what no conversation walks, each with its place."""
    rules = [
        (trail.name, trail.place) for trail in places.paths if trail.kind == "rule" and not counts.rules[trail.name]
    ]
    stories = [
        (trail.name, trail.place) for trail in places.paths if trail.kind == "story" and not counts.stories[trail.name]
    ]
    facts = [
        (fact.vraag, places.fact(name))
        for name, fact in knowledge.facts.items()
        if not fact.nooit_vragen and not counts.facts[name]
    ]
    routes = [
        (item.naam, _at(places.route(name))) for name, item in knowledge.programmes.items() if not counts.routes[name]
    ]
    cards = [
        (item.titel, _at(places.card(name))) for name, item in knowledge.topics.items() if not counts.records[name]
    ]
    return {"regels": rules, "verhalen": stories, "vragen van de intake": facts, "routes": routes, "kaarten": cards}


def _at(path: Path | None) -> Place | None:
    return Place(path, 1) if path else None
