"""A profile as somebody writes it down (YAML or JSON): checked against the vocabulary, with what is wrong in Dutch."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from knowledge import facts
from knowledge.conditions import DONT_KNOW
from knowledge.schema import Fact
from knowledge.store import Knowledge


class ProfileError(ValueError):
    """A profile that can't be used; `problems` holds a sentence for each fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read(knowledge: Knowledge, written: Any) -> dict[str, Any]:
    """The facts of a written profile. Raises ProfileError that names every wrong name and value."""
    if not isinstance(written, Mapping):
        raise ProfileError(["Een profiel is een lijst van feiten, zoals 'age: 34'. Zie: wegwijs knowledge facts"])
    problems: list[str] = []
    profile: dict[str, Any] = {}
    for name, value in written.items():
        fact = knowledge.facts.get(str(name))
        if fact is None:
            problems.append(_unknown(knowledge, str(name)))
        elif value is not None:
            known = _value(fact, value)
            if known is None:
                problems.append(f"'{name}' kan niet '{value}' zijn. Kies: {_choices(fact)}.")
            else:
                profile[fact.id] = known
    if problems:
        raise ProfileError(problems)
    return profile


def _value(fact: Fact, value: Any) -> Any:
    if value == DONT_KNOW:
        return DONT_KNOW
    fits = {"bool": (bool,), "int": (int,), "enum": (str,)}[fact.type]
    if not isinstance(value, fits) or (fact.type == "int" and isinstance(value, bool)):
        return None
    return facts.read_value(fact, value)


def _choices(fact: Fact) -> str:
    if fact.type == "bool":
        return f"true, false of {DONT_KNOW}"
    if fact.type == "int":
        return f"een getal van {fact.min} tot {fact.max}, of {DONT_KNOW}"
    return ", ".join([*(option.value for option in fact.values), DONT_KNOW])


def _unknown(knowledge: Knowledge, name: str) -> str:
    near = difflib.get_close_matches(name, knowledge.facts, 1)
    hint = f"Bedoel je '{near[0]}'?" if near else "Zie alle feiten met: wegwijs knowledge facts"
    return f"'{name}' is geen feit dat Wegwijs kent. {hint}"
