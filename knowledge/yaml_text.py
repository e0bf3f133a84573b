"""Reads the text of one YAML file, and says in plain Dutch what is wrong with how it is written: line, key and what to do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader where PyYAML has it: several times faster
Fault = tuple[int, str, str]  # line, key, what is wrong and what to do

KEY = re.compile(r"^\s*(?:- )?([a-z_]+)\s*:")
THOUSANDS = re.compile(r"\b(waarde|van|tot):\s*(\d{1,3})\.(\d{3})\b(?!\.)")
DATE = re.compile(r":\s*(\d{4})-(\d{2})-(\d{2})\s*(?:#.*)?$")
TEXT_BLOCK = re.compile(r":\s*[|>][+-]?\s*$")


class NotYaml(Exception):
    """The text can't be read; `fault` says where and what to do."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault[2])
        self.fault = fault


def read(text: str) -> tuple[Any, Any]:
    """(data, nodes with their line numbers). Raises NotYaml."""
    loader = LOADER(text)
    try:
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise NotYaml(_explain(text, mark.line + 1 if mark else 1, str(getattr(error, "problem", "")))) from error
    except ValueError as error:  # a day that the calendar doesn't have
        raise NotYaml(_impossible_date(text)) from error
    if data is None:
        raise NotYaml((1, "", "dit bestand is leeg; vul het in of verwijder het"))
    return data, node


def faults(text: str, node: Any) -> Iterator[Fault]:
    """What YAML lets pass but means something else than was written."""
    yield from _twice(node)
    for number, line in enumerate(text.splitlines(), 1):
        for found in THOUSANDS.finditer(line):
            whole, rest = found[2], found[3]
            yield number, found[1], f"een punt is hier een komma; schrijf {whole}{rest} in plaats van {whole}.{rest}"


def _twice(node: Any) -> Iterator[Fault]:
    """A key that stands twice in one mapping: only the last would count."""
    if isinstance(node, yaml.SequenceNode):
        for part in node.value:
            yield from _twice(part)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.tag.endswith((":int", ":float")):
                yield line, str(key.value), "een getal met een komma schrijf je met een punt: 2.5 in plaats van 2,5"
            elif key.value in seen:
                yield line, str(key.value), "deze sleutel staat er twee keer; haal er een weg"
            seen.add(key.value)
            yield from _twice(value)


def _explain(text: str, line: int, problem: str) -> Fault:
    """The usual mistake behind an error of the YAML reader, with the key it is most likely about."""
    lines = text.splitlines()
    at = lines[line - 1] if line <= len(lines) else ""
    if "\t" in at:
        return line, _key(lines, line), "hier staat een tab; spring in met spaties"
    quoted = _open_quote(lines, line)
    if quoted:
        return (
            quoted,
            _key(lines, quoted),
            "een aanhalingsteken is niet gesloten; zet er een aan het einde van de tekst",
        )
    if any(at.count(first) != at.count(last) for first, last in (("[", "]"), ("{", "}"))):
        return line, _key(lines, line), "een haak is niet gesloten: bij elke [ hoort een ], bij elke { een }"
    if "could not find expected ':'" in problem:
        missing = next((n for n in range(line, 0, -1) if lines[n - 1].strip() and not KEY.match(lines[n - 1])), line)
        return (
            missing,
            lines[missing - 1].partition(" ")[0],
            "na de sleutel ontbreekt een dubbelepunt; schrijf bijvoorbeeld titel: tekst",
        )
    if "mapping values are not allowed" in problem:
        return (
            line,
            _key(lines, line),
            "er staat een dubbelepunt in de tekst; zet de hele tekst tussen aanhalingstekens",
        )
    if "cannot start any token" in problem:
        return (
            line,
            _key(lines, line),
            "de tekst begint met een teken dat hier niet kan; zet ze tussen aanhalingstekens",
        )
    if "',' or" in problem:
        return line, _key(lines, line), "tussen twee delen ontbreekt een komma"
    return (
        line,
        _key(lines, line),
        "deze lijn springt niet even ver in als de lijnen erboven; zet er evenveel spaties voor",
    )


def _key(lines: list[str], line: int) -> str:
    """The key on this line, or the nearest above it."""
    found = (KEY.match(lines[number - 1]) for number in range(min(line, len(lines)), 0, -1))
    return next((match[1] for match in found if match), "")


def _open_quote(lines: list[str], until: int) -> int:
    """The last line up to here on which a value opens with a quote that it doesn't close; 0 when there is none."""
    found, inside = 0, -1
    for number, line in enumerate(lines[:until], 1):
        indent = len(line) - len(line.lstrip())
        if inside >= 0 and (not line.strip() or indent > inside):
            continue  # in a block of text a quote is only a quote
        inside = indent if TEXT_BLOCK.search(line) else -1
        value = line.split(":", 1)[1].strip() if ":" in line else ""
        if value[:1] == '"' and len(re.findall(r'(?<!\\)"', value)) % 2 and number < len(lines) + 1:
            found = number
    return found


def _impossible_date(text: str) -> Fault:
    for number, line in enumerate(text.splitlines(), 1):
        match = DATE.search(line)
        if match:
            year, month, day = match.groups()
            try:
                dt.date(int(year), int(month), int(day))
            except ValueError:
                return number, _key([line], 1), "deze dag bestaat niet; schrijf een datum als 2026-09-01"
    return 1, "", "een datum in dit bestand bestaat niet; schrijf een datum als 2026-09-01"
