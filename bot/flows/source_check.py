"""Looks through rules, stories and examples for what can't be right, and names the file and the line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.flows import examples
from bot.flows.paths import Move, Place, Trail, read, rule_of
from bot.flows.places import Places
from knowledge.yaml_text import LOADER

FORM = re.compile(r"[ -]*active_loop: *(\S+)")
BUILT_IN_INTENTS = frozenset({"nlu_fallback"})
BUILT_IN_ACTIONS = frozenset({"action_deactivate_loop", "action_listen", "action_default_fallback", "action_restart"})


def problems(root: Path, cards: Collection[str]) -> list[str]:
    """Every problem as "file:line: what is wrong and what to do"; `cards` are the full names, family/card."""
    domain: dict[str, Any] = yaml.load((root / "domain.yml").read_text(encoding="utf-8"), LOADER)
    trails = read(root)
    return [
        f"{place.file}:{place.line}: {what}"
        for place, what in (
            *_names(trails, domain),
            *_forms(root, domain),
            *_two_owners(trails),
            *_contradictions(trails),
            *_examples(root, domain, cards),
            *_said_twice(root),
        )
    ]


def _names(trails: list[Trail], domain: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """Intents and actions that the domain doesn't have."""
    intents = {*domain["intents"], *BUILT_IN_INTENTS}
    actions = {*domain["actions"], *domain["responses"], *domain["forms"], *BUILT_IN_ACTIONS}
    for trail in trails:
        for move in trail.moves:
            place = Place(trail.file, move.line)
            for name in move.intents:
                if name not in intents:
                    yield place, f"{trail.place.why}: de intent {name} bestaat niet{_near(name, intents)}"
            if move.action and move.action not in actions:
                yield place, f"{trail.place.why}: de actie {move.action} bestaat niet{_near(move.action, actions)}"


def _forms(root: Path, domain: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """Forms that the domain doesn't have."""
    for path in sorted((root / "data").rglob("*.yml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = FORM.match(line)
            if found and found[1] not in {*domain["forms"], "null"}:
                yield Place(path, number), f"het formulier {found[1]} bestaat niet{_near(found[1], domain['forms'])}"


def _two_owners(trails: list[Trail]) -> Iterator[tuple[Place, str]]:
    """Two rules for the same intent at the same moment."""
    owners: dict[tuple[str, str], Trail] = {}
    for trail in (trail for trail in trails if trail.kind == "rule"):
        for intent in trail.intents:
            first = owners.setdefault((intent, trail.loop), trail)
            if first is not trail:
                what = f"{trail.place.why}: ook regel “{first.name}” ({first.file}:{first.line}) gaat over {intent}"
                yield trail.place, f"{what}; houd één van de twee"


def _contradictions(trails: list[Trail]) -> Iterator[tuple[Place, str]]:
    """Stories that do something else after an intent than the rule for it."""
    for story in (trail for trail in trails if trail.kind == "story"):
        for meant, moves in _turns(story):
            rules = [rule_of(trails, intent, "") for intent in meant.intents]
            for rule in (rule for rule in rules if rule and not rule.loop):
                for wanted in rule.actions[len(moves) :]:
                    what = f"{story.place.why}: hierna ontbreekt {wanted}, want dat doet regel “{rule.name}”"
                    yield Place(story.file, meant.line), f"{what} ({rule.file}:{rule.line}); zet het erbij"
                for move, wanted in zip(moves, rule.actions):
                    if move.action != wanted:
                        what = f"{story.place.why}: hier staat {move.action}, maar regel “{rule.name}”"
                        yield (
                            Place(story.file, move.line),
                            f"{what} ({rule.file}:{rule.line}) doet {wanted}; maak ze gelijk",
                        )


def _turns(story: Trail) -> list[tuple[Move, list[Move]]]:
    """Each thing that is meant with the actions that follow."""
    turns: list[tuple[Move, list[Move]]] = []
    for move in story.moves:
        if move.intents:
            turns.append((move, []))
        elif turns:
            turns[-1][1].append(move)
    return turns


def _examples(root: Path, domain: dict[str, Any], cards: Collection[str]) -> Iterator[tuple[Place, str]]:
    """Examples of an intent or a card, and words of an entity, that don't exist."""
    known = {*domain["intents"], *cards}
    for name, place in Places(root).all_examples().items():
        if name not in known:
            what = f"voorbeelden voor {name}, maar die {'kaart' if '/' in name else 'intent'} bestaat niet"
            yield place, what + _near(name, known)
    entities = [name if isinstance(name, str) else next(iter(name)) for name in domain["entities"]]
    for path in examples.files(root):
        for group in examples.groups(path.read_text(encoding="utf-8").splitlines()):
            name = group.name.partition("=")[0]
            if group.kind in ("lookup", "synonym") and name not in entities:
                yield Place(path, group.first), f"woorden voor {name}, maar dat bestaat niet{_near(name, entities)}"


def _said_twice(root: Path) -> Iterator[tuple[Place, str]]:
    """The same example for two things that someone may mean; two cards of one family are told apart later."""
    first: dict[str, tuple[str, Place]] = {}
    for path in examples.files(root):
        lines = path.read_text(encoding="utf-8").splitlines()
        for group in (group for group in examples.groups(lines) if group.kind == "intent"):
            family = group.name.partition("/")[0]
            for number, line in enumerate(lines[group.first : group.last], group.first + 1):
                text = examples.example(line)
                other, place = first.setdefault(text, (family, Place(path, number)))
                if text and other != family:
                    where = f"({place.file}:{place.line}); houd één van de twee"
                    yield Place(path, number), f"“{text}” is een voorbeeld van {family}, en ook van {other} {where}"


def _near(name: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f'; bedoel je "{close[0]}"?' if close else "; kijk de naam na"
