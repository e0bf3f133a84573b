"""Persons to start a conversation from: YAML files with facts, or pasted lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.staff import broken
from bot.staff.wrong import Wrong

PERSONS = Path("tests/knowledge/personen")
SITUATIONS = Path("tests/knowledge/situations.yml")
FACT_KEYS = ("feiten", "past", "weet")  # under which a file may hold the facts


@dataclass(frozen=True)
class Profile:
    """Someone by name, and what is known of them."""

    name: str
    facts: dict[str, Any]


def persons(root: Path, known: Mapping[str, Any]) -> list[Profile]:
    """The persons of the test files, each once; a file without facts gives none."""
    found = [
        profile
        for path in broken.whole(root, sorted(path.relative_to(root) for path in (root / PERSONS).glob("*.yml")))
        for profile in _of(yaml.safe_load((root / path).read_text(encoding="utf-8")), _described(root / path), known)
    ]
    return found or [one for path in broken.whole(root, [SITUATIONS]) for one in _situations(root / path)]


def _described(path: Path) -> str:
    """Who a file is about: the first sentence of the comment on top, else the name of the file."""
    top = path.read_text(encoding="utf-8").split("\n", 1)[0]
    found = re.match(r"#\s*(.{3,90}?)(?:\.|$)", top)
    return found[1] if found else path.stem


def _of(data: Any, name: str, known: Mapping[str, Any]) -> list[Profile]:
    if isinstance(data, list):
        return [profile for number, item in enumerate(data, 1) for profile in _of(item, f"{name} {number}", known)]
    facts = facts_in(data, known)
    title = next((str(data[key]) for key in ("naam", "titel", "wie", "id") if key in data), name) if facts else ""
    return [Profile(title, facts)] if facts else []


def _situations(path: Path) -> list[Profile]:
    """The situations in which routes are judged; those of which something is known."""
    groups = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []
    found = {item["wie"]: item["past"] for group in groups for item in group["situaties"] if item.get("past")}
    return [Profile(name, facts) for name, facts in found.items()]


def facts_in(data: Any, known: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a mapping: under one of FACT_KEYS, or its own keys that name a fact."""
    if not isinstance(data, dict):
        return {}
    inner = next((data[key] for key in FACT_KEYS if isinstance(data.get(key), dict)), data)
    return {str(name): value for name, value in inner.items() if name in known and value is not None}


def pasted(text: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of pasted lines such as "age: 34". Raises Wrong with a sentence."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise Wrong("Dit profiel is niet te lezen. Schrijf per lijn een feit, zoals: age: 34") from error
    facts = facts_in(data, known)
    if not facts:
        raise Wrong("In dit profiel staat geen enkel feit. Schrijf per lijn een feit, zoals: age: 34")
    return facts
