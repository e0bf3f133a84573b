"""What is wrong in a file that staff write: where, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Problem:
    """What is wrong in a content file, for someone who does not program."""

    file: Path
    line: int
    where: str
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return f"{place}: {self.where}: {self.what}" if self.where else f"{place}: {self.what}"


class ContentError(Exception):
    """The content is not fit for use; `problems` says what to mend."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def line_of(node: Any, location: list[Any]) -> int:
    """The line of a place in composed YAML, given as keys and positions; of the nearest place that exists."""
    line = node.start_mark.line + 1
    for part in location:
        child: Any | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    line, child = key.start_mark.line + 1, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            child = node.value[part]
            line = child.start_mark.line + 1
        if child is None:
            return int(line)
        node = child
    return int(line)


def suggestion(name: str, known: Iterable[str]) -> str:
    """ "; bedoel je …?" when a known name is close to this one."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f'; bedoel je "{close[0]}"?' if close else ""
