"""JSON schemas of the content files, so that an editor completes and checks while staff type."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from knowledge.content import CONTENT_DIR
from knowledge.kinds import KINDS
from knowledge.schema import Leaf, Programme

SCHEMA_DIR = Path(__file__).parent.parent / "docs" / "schema"
DIALECT = "http://json-schema.org/draft-07/schema#"


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON schema of every kind of content file, by kind."""
    return {kind: _schema(kind) for kind in KINDS}


def text(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path = SCHEMA_DIR) -> list[Path]:
    """Write docs/schema/<kind>.json for every kind; gives the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind, schema in schemas().items():
        path = folder / f"{kind}.json"
        path.write_text(text(schema), encoding="utf-8")
        paths.append(path)
    return paths


def _schema(kind: str) -> dict[str, Any]:
    model = KINDS[kind]
    record = copy.deepcopy(model.schema(ref_template="#/definitions/{model}"))  # pydantic keeps the original
    definitions = record.pop("definitions", {})
    if model is Programme:
        definitions |= _conditions()
        record["properties"]["voorwaarden"] = {"$ref": "#/definitions/Condition"}
    definitions[model.__name__] = record
    reference: dict[str, Any] = {"$ref": f"#/definitions/{model.__name__}"}
    one_per_file = (CONTENT_DIR / kind).is_dir()
    whole: dict[str, Any] = reference if one_per_file else {"type": "array", "items": reference}
    return {"$schema": DIALECT, "title": kind, **whole, "definitions": definitions}


def _conditions() -> dict[str, Any]:
    """The tree of `all`, `any`, `not` and leaves, which the models hold as plain data."""
    condition: dict[str, Any] = {"$ref": "#/definitions/Condition"}
    parts = {"all": "alles moet kloppen", "any": "één ding is genoeg", "not": "dit mag niet kloppen"}
    groups = [
        {
            "type": "object",
            "properties": {key: {"title": title, "anyOf": [{"type": "array", "items": condition}, condition]}},
            "required": [key],
            "additionalProperties": False,
        }
        for key, title in parts.items()
    ]
    nothing = {"type": "object", "maxProperties": 0}
    return {
        "Leaf": Leaf.schema(ref_template="#/definitions/{model}"),
        "Condition": {"anyOf": [*groups, {"$ref": "#/definitions/Leaf"}, nothing]},
    }
