"""Writes a conversation file as a person would: short lists on one line, everything else one entry a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

HEADER = "# yaml-language-server: $schema=../../docs/schema/gesprekken.json\n"


def dump(
    title: str, topics: Iterable[str], steps: Iterable[dict[str, Any]], known: dict[str, Any] | None = None
) -> str:
    """The text of a conversation file; `steps` as they stand under `gesprek`, plain data."""
    data = {"titel": title, "onderwerp": list(topics), **({"weet_al": known} if known else {}), "gesprek": list(steps)}
    return HEADER + yaml.dump(
        _short(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None
    )


class _OneALine(dict[str, Any]):
    """A mapping that is written one entry a line."""


class _Dumper(yaml.SafeDumper):
    """Writes lists of words and facts on one line, as a person would."""


_Dumper.add_representer(
    _OneALine, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value, False)
)


def _short(value: Any, name: str = "") -> Any:
    """The same with a list of one text written as that text, and all mappings but facts one entry a line."""
    if isinstance(value, dict):
        parts = {key: _short(part, key) for key, part in value.items()}
        return parts if name in ("weet", "weet_al") else _OneALine(parts)
    if isinstance(value, list):
        return value[0] if len(value) == 1 and isinstance(value[0], str) else [_short(part) for part in value]
    return value
