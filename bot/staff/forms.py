"""A form made from the JSON schema of a record, and the record read back from what was filled in.

A field's name is its path: "cijfers.2.waarde". The key of an entry of a mapping is a field "sleutel"; an empty one removes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.staff.wrong import Wrong
from knowledge import json_schema

KEY = "sleutel"  # the field that holds the key of an entry of a mapping
LONG = frozenset({"antwoord", "tekst", "samenvatting", "reden", "uitleg", "zin", "waarom"})
BLANKS = 1  # empty places at the end of a list of parts, to add one
LAST = ("bronnen", "schooljaar", "valid_from", "valid_to", "last_checked")  # what every kind has comes below its own
Schema = Mapping[str, Any]


@dataclass
class Field:
    """One part of the form. `kind`: text, long, value, choice, tick, lines, tree, group or parts."""

    name: str
    label: str
    hint: str
    kind: str
    value: str = ""
    required: bool = False
    options: tuple[str, ...] = ()
    fields: list[Field] = field(default_factory=list)

    @property
    def keyed(self) -> bool:
        """Whether the parts have a name each."""
        return any(inside.name.endswith(f".{KEY}") for group in self.fields for inside in group.fields)


def schema_of(kind: str) -> Schema:
    """The JSON schema of the records of a kind, with its definitions."""
    return json_schema.schemas()[kind]


def fields(kind: str, record: Mapping[str, Any]) -> list[Field]:
    """The form of a record of a kind, filled in."""
    schema = schema_of(kind)
    definitions = schema["definitions"]
    found = _group(_record_schema(schema), definitions, record, "")
    return sorted(found, key=lambda part: part.label in LAST)


def _record_schema(schema: Schema) -> Schema:
    reference = schema.get("items", schema)["$ref"]
    return schema["definitions"][reference.rsplit("/", 1)[1]]  # type: ignore[no-any-return]


def _group(schema: Schema, definitions: Schema, value: Mapping[str, Any], path: str) -> list[Field]:
    required = set(schema.get("required", []))
    return [
        _field(part, definitions, value.get(name), f"{path}{name}", name, name in required)
        for name, part in schema["properties"].items()
    ]


def _resolved(schema: Schema, definitions: Schema) -> Schema:
    """The schema behind a reference, with the title that stands beside it."""
    whole = schema["allOf"][0] if len(schema.get("allOf", [])) == 1 else schema
    if "$ref" not in whole:
        return schema
    name = whole["$ref"].rsplit("/", 1)[1]
    if name == "Condition":
        return {"title": schema.get("title", ""), "tree": True}
    return {**definitions[name], "title": schema.get("title", "")}


def _field(schema: Schema, definitions: Schema, value: Any, path: str, name: str, required: bool) -> Field:
    schema = _resolved(schema, definitions)
    hint = str(schema.get("title", ""))
    base = {"name": path, "label": name, "hint": hint, "required": required}
    if schema.get("tree") or _is_mapping_without_parts(schema, definitions):
        return Field(**base, kind="tree", value=_yaml(value) if value else "")
    if "properties" in schema:
        inside = _group(schema, definitions, value or {}, f"{path}.")
        return Field(**base, kind="group", fields=inside)
    if schema.get("type") == "object":
        return _mapping(schema, definitions, value or {}, base)
    if schema.get("type") == "array" and isinstance(schema.get("items"), dict):
        items = _resolved(schema["items"], definitions)
        if "properties" not in items:
            return Field(**base, kind="lines", value="\n".join(str(item) for item in value or []))
        parts = [*(value or []), *({} for _ in range(BLANKS))]
        groups = [
            Field(
                f"{path}.{n}", f"{name} {n + 1}", "", "group", fields=_group(items, definitions, part, f"{path}.{n}.")
            )
            for n, part in enumerate(parts)
        ]
        return Field(**base, kind="parts", fields=groups)
    if "enum" in schema:
        return Field(**base, kind="choice", value=_plain(value), options=tuple(map(str, schema["enum"])))
    if schema.get("type") == "boolean":
        return Field(**base, kind="tick", value="true" if value else "")
    if schema.get("type") == "string" and "format" not in schema:
        return Field(**base, kind="long" if name in LONG else "text", value=_plain(value))
    shown = f"'{value}'" if isinstance(value, str) and _scalar(value) != value else _plain(value)
    return Field(**base, kind="value", value=shown)


def _is_mapping_without_parts(schema: Schema, definitions: Schema) -> bool:
    """Keys with plain values or lists, such as what an occupation suits: written as YAML, there are no fields to name."""
    inner = schema.get("additionalProperties")
    return isinstance(inner, dict) and "properties" not in _resolved(inner, definitions)


def _mapping(schema: Schema, definitions: Schema, value: Mapping[str, Any], base: dict[str, Any]) -> Field:
    inner = _resolved(schema["additionalProperties"], definitions)
    groups = []
    for n, (key, part) in enumerate([*value.items(), *(("", {}) for _ in range(BLANKS))]):
        path = f"{base['name']}.{n}"
        named = Field(f"{path}.{KEY}", "naam", "hoe dit in de tekst heet, tussen { en }", "text", str(key))
        inside = _group(inner, definitions, part, f"{path}.")
        groups.append(Field(path, str(key) or "nog een", "", "group", fields=[named, *inside]))
    return Field(**base, kind="parts", fields=groups)


def _plain(value: Any) -> str:
    """A value as it is typed: dates as 2026-09-01, a pair as "[12, 18]", lines as they are."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return str(yaml.safe_dump(list(value), default_flow_style=True, allow_unicode=True, width=10_000)).strip()
    return str(value).rstrip("\n")


def _yaml(value: Any) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100))


def as_many(kind: str, record: Mapping[str, Any], posted: Mapping[str, str]) -> dict[str, Any]:
    """The record with as many parts in its lists as the posted form has."""
    longer, groups = dict(record), {".".join(name.split(".")[:2]) for name in posted if name.count(".") > 1}
    while True:
        short = [part for part in fields(kind, longer) if part.kind == "parts" and f"{part.name}.{len(part.fields)}" in groups]
        if not short:
            return longer
        for part in short:
            known = longer.get(part.label) or ({} if part.keyed else [])
            longer[part.label] = {**known, f"nieuw_{len(known)}": {}} if isinstance(known, dict) else [*known, {}]


# ---- back --------------------------------------------------------------------------------------------


def read(form: list[Field], posted: Mapping[str, str]) -> dict[str, Any]:
    """The record that was filled in; what is empty is left out. Raises Wrong when a tree isn't YAML."""
    found: dict[str, Any] = {}
    for part in form:
        value = _read(part, posted)
        if value not in (None, "", [], {}):
            found[part.label] = value
    if found:  # what must be there may be empty, such as the unit of a year
        found |= {part.label: "" for part in form if part.required and part.kind == "text" and part.label not in found}
    return {part.label: found[part.label] for part in form if part.label in found}


def _read(part: Field, posted: Mapping[str, str]) -> Any:
    text = posted.get(part.name, "").replace("\r\n", "\n").strip()
    if part.kind == "group":
        return read(part.fields, posted)
    if part.kind == "parts":
        return _read_parts(part, posted)
    if part.kind == "lines":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if part.kind == "tick":
        return True if text else None
    if part.kind == "tree":
        return _read_tree(text, part.label)
    return _scalar(text) if part.kind == "value" else text


def _read_parts(part: Field, posted: Mapping[str, str]) -> Any:
    """A mapping when its entries have keys, else a list; empty entries go."""
    values = [(posted.get(f"{group.name}.{KEY}", "").strip(), read(group.fields, posted)) for group in part.fields]
    if part.keyed:
        return {key: {k: v for k, v in value.items() if k != "naam"} for key, value in values if key}
    return [value for _, value in values if value]


def _read_tree(text: str, label: str) -> Any:
    try:
        return yaml.safe_load(text) if text else None
    except yaml.YAMLError as error:
        raise Wrong(f"Wat bij {label} staat, is niet te lezen. Kijk naar inspringen en dubbelepunten.") from error


def _scalar(text: str) -> Any:
    """A number, date, list or quoted text when it is written as one; else the text itself."""
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError:
        return text
    marked = isinstance(value, (int, float, list)) or type(value).__name__ == "date" or text[:1] in "\"'"
    return value if marked and value is not None else text
