"""The groups of examples in data/nlu as they stand in their files, however far their lines are indented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("data/nlu")
ENTRY = re.compile(r"^(?P<indent> *)- (?P<kind>intent|lookup|regex|synonym): *[\"']?(?P<name>[^\"'#]*[^\"'#\s])")
EXAMPLE = re.compile(r"^ *- +(.+?)\s*$")
MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")  # [words](entity)


@dataclass(frozen=True)
class Group:
    """The examples of one intent or card: lines `first` to `last` of a file, the first counted as 1."""

    name: str
    kind: str
    first: int
    last: int


def files(root: Path) -> list[Path]:
    """Every file of examples, those that stand in no folder of their own first: there a card's main examples are."""
    return sorted((root / FOLDER).rglob("*.yml"), key=lambda path: (len(path.parts), path))


def groups(lines: Sequence[str]) -> Iterator[Group]:
    """The groups of a file; blank lines and comments after one don't belong to it."""
    current: re.Match[str] | None = None
    first = last = 0
    for number, line in enumerate([*lines, "end:"], 1):
        text = line.lstrip(" ")
        if not text.strip() or text.startswith("#"):
            continue
        indent = len(line) - len(text)
        if current is not None and indent <= len(current["indent"]):
            yield Group(current["name"], current["kind"], first, last)
            current = None
        if current is None and (current := ENTRY.match(line)):
            first = number
        last = number


def every_line(root: Path = Path()) -> list[str]:
    """Each example of an intent or card as it is written, of every file, also where other lines of it are broken."""
    found: list[str] = []
    for path in files(root):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for group in groups(lines):
            inside = lines[group.first : group.last] if group.kind == "intent" else []
            found += [line.strip() for line in inside if EXAMPLE.match(line)]
    return found


def example(line: str) -> str:
    """The example on a line as people type it, without its marks; empty when the line holds none."""
    found = EXAMPLE.match(line)
    return MARKED.sub(r"\1", found[1]) if found else ""
