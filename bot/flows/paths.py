"""The rules and stories as they stand in data/, each step with its file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.yaml_text import LOADER

FORM = "intake_form"


@dataclass(frozen=True)
class Place:
    """A line of a file, and what to look at there."""

    file: Path
    line: int
    why: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" + (f" ({self.why})" if self.why else "")


@dataclass(frozen=True)
class Move:
    """One step of a path: what the person means (any of `intents`), or the action that follows."""

    intents: tuple[str, ...]
    action: str
    line: int


@dataclass(frozen=True)
class Trail:
    """A rule or a story: its steps, and the form that must be active for it."""

    name: str
    kind: str  # "rule" or "story"
    file: Path
    line: int
    loop: str
    moves: tuple[Move, ...]

    @property
    def place(self) -> Place:
        return Place(self.file, self.line, f"regel “{self.name}”" if self.kind == "rule" else f"verhaal “{self.name}”")

    @property
    def intents(self) -> tuple[str, ...]:
        """What the person means in the first step; empty for a rule that follows a form."""
        return self.moves[0].intents if self.moves else ()

    @property
    def actions(self) -> tuple[str, ...]:
        return tuple(move.action for move in self.moves if move.action)


def read(root: Path = Path(), without: Collection[Path] = ()) -> list[Trail]:
    """Every rule and story of data/, in the order of the files; `without` are files that can't be read."""
    files = sorted(file for file in (root / "data").rglob("*.yml") if file not in without)
    return [path for file in files for path in _of_file(file)]


def _of_file(file: Path) -> Iterator[Trail]:
    text = file.read_text(encoding="utf-8")
    if "rules:" not in text and "stories:" not in text:
        return
    for key, value in _pairs(yaml.compose(text, LOADER)):
        if key.value in ("rules", "stories"):
            for entry in value.value:
                yield _path(file, "rule" if key.value == "rules" else "story", entry)


def _pairs(node: Any) -> list[tuple[Any, Any]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _path(file: Path, kind: str, node: Any) -> Trail:
    parts = {key.value: value for key, value in _pairs(node)}
    loops = [
        value.value
        for part in (parts["condition"].value if "condition" in parts else [])
        for key, value in _pairs(part)
        if key.value == "active_loop"
    ]
    moves = tuple(move for step in parts["steps"].value for move in _moves(step))
    return Trail(parts[kind].value, kind, file, node.start_mark.line + 1, loops[0] if loops else "", moves)


def _moves(step: Any) -> Iterator[Move]:
    for key, value in _pairs(step):
        line = key.start_mark.line + 1
        if key.value == "or":
            yield Move(tuple(inner.value for part in value.value for _, inner in _pairs(part)), "", line)
        elif key.value == "intent":
            yield Move((value.value,), "", line)
        elif key.value == "action":
            yield Move((), value.value, line)


def rule_of(paths: list[Trail], intent: str, loop: str) -> Trail | None:
    """The rule for what was meant: the one of the active form first, then the one for any moment."""
    rules = [path for path in paths if path.kind == "rule" and intent in path.intents]
    return next((path for path in rules if path.loop == loop), None) or next(
        (path for path in rules if not path.loop), None
    )
