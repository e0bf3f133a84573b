"""What differs between two content folders, in plain Dutch: one line per changed field."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

from knowledge import wording
from knowledge.content import Content
from knowledge.schema_parts import Figure, Record

SENTENCE_END = re.compile(r"(?<=[.?!:])\s+|\n+")
NOTHING = "niets"

Fields = dict[str, Any]


def differences(old: Content, new: Content) -> list[str]:
    """One line per record that came or went and per field that changed: "kaart: lestijden van 1480 naar 1500"."""
    lines: list[str] = []
    for kind, before in old.records.items():
        after = new.records[kind]
        lines += [f"{name}: weg ({kind}, {_title(before[name])})" for name in before if name not in after]
        lines += [f"{name}: nieuw ({kind}, {_title(after[name])})" for name in after if name not in before]
        for name in before:
            if name in after:
                lines += [f"{name}: {change}" for change in _changes(before[name], after[name])]
    return lines


def _title(record: Record) -> str:
    for name in ("titel", "naam", "woord", "zin", "vraag", "regio"):
        if hasattr(record, name):
            return str(getattr(record, name))
    return record.id


def _changes(old: Record, new: Record) -> Iterator[str]:
    before, after = dict(_flat(old)), dict(_flat(new))
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        if isinstance(was or now, list):
            yield f"{name} {_list_change(was or [], now or [])}"
        elif isinstance(was or now, str) and max(len(str(was)), len(str(now))) > 80:
            yield f"{name} {_text_change(was or '', now or '')}"
        else:
            yield f"{name} van {_worded(was)} naar {_worded(now)}"


def _flat(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every field with the words that lead to it: ("duur lestijden", 1480). A figure's value goes by the figure's name."""
    if isinstance(value, Figure):
        name = " ".join(path)
        yield name, _amount(value)
        yield f"eenheid van {name}", value.eenheid
        yield f"bron van {name}", value.bron
    elif hasattr(value, "__fields__"):
        for field in value.__fields__:
            part = getattr(value, field)
            # A figure goes by its own name, unless that is the name of a field as well: else one would hide the other.
            by_name = field == "cijfers" and not set(part) & set(value.__fields__)
            yield from _flat(part, path if by_name else (*path, field))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _flat(item, (*path, str(key)))
    elif isinstance(value, list) and any(isinstance(item, dict) or hasattr(item, "__fields__") for item in value):
        for number, item in enumerate(value, 1):
            yield from _flat(item, (*path, str(number)))
    else:
        yield " ".join(path), value


def _amount(figure: Figure) -> str:
    """The value of a figure without its unit, which has a line of its own: "1480", "€ 250", "5 tot 7"."""
    return wording.figure(figure if figure.eenheid in ("euro", "datum") else figure.copy(update={"eenheid": ""}))


def _worded(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return NOTHING if value in (None, "", (), []) else str(value)


def _list_change(old: list[Any], new: list[Any]) -> str:
    gone = [str(item) for item in old if item not in new]
    added = [str(item) for item in new if item not in old]
    parts = [f"{word}: {', '.join(items)}" for word, items in (("weg", gone), ("erbij", added)) if items]
    return f"({'; '.join(parts) or 'andere volgorde'})"


def _text_change(old: str, new: str) -> str:
    """Only the sentences that differ."""
    was, now = SENTENCE_END.split(old), SENTENCE_END.split(new)
    gone, added = [], []
    for tag, a, b, c, d in difflib.SequenceMatcher(a=was, b=now, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += was[a:b]
            added += now[c:d]
    return f"van “{' '.join(gone) or NOTHING}” naar “{' '.join(added) or NOTHING}”"
