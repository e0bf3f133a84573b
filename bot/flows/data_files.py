"""Looks at how rules, stories, examples and settings are written, before Rasa reads them: file, line and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.flows.paths import Place
from knowledge.yaml_text import LOADER

KEYS = {"rules": ("rule", "steps", "condition"), "stories": ("story", "steps"), "nlu": ("examples",)}
KINDS_OF_NLU = ("intent", "lookup", "regex", "synonym")
DETAILS = ("entities", "user")  # what a step may say beside its one thing
STEPS = ("intent", "or", "action", "active_loop", "slot_was_set", "checkpoint", *DETAILS)
TOP = (*KEYS, "version")
SETTINGS = ("domain.yml", "config.yml")  # beside data/; only whether they are YAML at all
EXAMPLE = re.compile(r"^\s*- \S")
BRACKET = re.compile(r"[\[\]]")


def problems(root: Path) -> list[str]:
    """Every problem as "file:line: what is wrong and what to do"."""
    return [
        f"{place.file}:{place.line}: {what}"
        for path in (*sorted((root / "data").rglob("*.yml")), *(root / name for name in SETTINGS))
        if path.exists()
        for place, what in faults(path, path.read_text(encoding="utf-8"))
    ]


def faults(path: Path, text: str) -> Iterator[tuple[Place, str]]:
    """Every problem of one file with its place."""
    try:
        whole = yaml.compose(text, LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = "dit is geen geldige YAML; kijk hier en in de regel erboven naar inspringen, dubbelepunt en aanhalingstekens"
        yield Place(path, min(mark.line + 1, text.count("\n") + 1) if mark else 1), what
        return
    if path.name in SETTINGS:
        return
    if not isinstance(whole, yaml.MappingNode):
        yield Place(path, 1), "begin met rules:, stories: of nlu:, elk op een eigen regel"
        return
    for key, value in whole.value:
        if key.value not in TOP:
            yield _at(path, key), _unknown(key.value, TOP)
        if key.value in KEYS and not isinstance(value, yaml.SequenceNode):
            yield _at(path, key), f"onder {key.value}: hoort een lijst: elk deel begint met een streepje"
        for entry in value.value if key.value in KEYS and isinstance(value, yaml.SequenceNode) else []:
            yield from _of_entry(path, key.value, entry, text)


def _of_entry(path: Path, kind: str, entry: Any, text: str) -> Iterator[tuple[Place, str]]:
    """A rule, a story or a group of examples with its own keys and no others."""
    if not isinstance(entry, yaml.MappingNode):
        yield _at(path, entry), "hier hoort een streepje met een sleutel en een dubbelepunt, zoals “- rule: naam”"
        return
    parts = {key.value: (key, value) for key, value in entry.value}
    known = (*KEYS[kind], *(KINDS_OF_NLU if kind == "nlu" else ()))
    wrong = [key for name, (key, _) in parts.items() if name not in known]
    for key in wrong:
        yield _at(path, key), _unknown(key.value, known)
    needed = ("examples",) if kind == "nlu" else KEYS[kind][:2]
    for name in needed:
        if name not in parts and not wrong:
            yield _at(path, entry), f"hier ontbreekt {name}:"
    for name in ("steps", "condition"):
        if name in parts and not isinstance(parts[name][1], yaml.SequenceNode):
            yield _at(path, parts[name][0]), f"onder {name}: hoort een lijst: elke stap begint met een streepje"
    steps = parts["steps"][1] if "steps" in parts else None
    for step in steps.value if isinstance(steps, yaml.SequenceNode) else []:
        yield from _of_step(path, step)
    if "examples" in parts:
        first = parts["examples"][0].start_mark.line + 1
        last = entry.end_mark.line
        for number, line in enumerate(text.splitlines()[first:last], first + 1):
            if line.strip() and not line.startswith("#") and not EXAMPLE.match(line):
                yield Place(path, number), f"begin elk voorbeeld met een streepje en een spatie, niet met “{line.strip()[:30]}”"
            elif "intent" in parts and BRACKET.search(line):
                yield Place(path, number), "haal de haken [ ] weg; woorden met een betekenis staan in data/nlu/entiteiten.yml"


def _of_step(path: Path, step: Any) -> Iterator[tuple[Place, str]]:
    """A step says one thing: what someone means, or what the bot does."""
    keys = [key for key, _ in step.value] if isinstance(step, yaml.MappingNode) else []
    if not keys:
        yield _at(path, step), "elke stap heeft een sleutel en een dubbelepunt, zoals “- intent: groet”"
    for key in keys:
        if key.value not in STEPS:
            yield _at(path, key), _unknown(key.value, STEPS)
    for key in [key for key in keys if key.value in STEPS and key.value not in DETAILS][1:]:
        yield _at(path, key), f"{key.value} hoort in een eigen stap: begin de regel met een streepje, zoals de regel erboven"


def _at(path: Path, node: Any) -> Place:
    return Place(path, node.start_mark.line + 1)


def _unknown(name: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"de sleutel {name} bestaat niet" + (f'; bedoel je "{close[0]}"?' if close else f"; kies uit: {', '.join(known)}")
