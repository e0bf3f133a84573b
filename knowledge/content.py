"""Reads the content files: YAML with line numbers, checked against the schema and against each other."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge import complaints, yaml_text
from knowledge.content_checks import check_record, check_references
from knowledge.kinds import KINDS
from knowledge.problems import ContentError, Problem, line_of
from knowledge.schema import Document, Fact, Occupation, Organisation, Programme, Topic
from knowledge.schema_parts import Record

CONTENT_DIR = Path(__file__).parent / "content"


@dataclass
class Content:
    """All records of a content folder by kind and id."""

    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    files: dict[str, Path] = field(default_factory=dict)
    fingerprint: str = ""

    def topics(self) -> dict[str, Topic]:
        return self.records["onderwerpen"]  # type: ignore[return-value]

    def programmes(self) -> dict[str, Programme]:
        return self.records["opleidingen"]  # type: ignore[return-value]

    def facts(self) -> dict[str, Fact]:
        return self.records["feiten"]  # type: ignore[return-value]

    def documents(self) -> dict[str, Document]:
        return self.records["documenten"]  # type: ignore[return-value]

    def occupations(self) -> dict[str, Occupation]:
        return self.records["beroepen"]  # type: ignore[return-value]

    def organisations(self) -> dict[str, Organisation]:
        return self.records["organisaties"]  # type: ignore[return-value]


def load(folder: Path = CONTENT_DIR) -> Content:
    """Read and check all content. Raises ContentError with every problem found.

    What records say of each other is looked at once every file can be read, so that one mistake gives one message.
    """
    content = Content()
    problems: list[Problem] = []
    digest = hashlib.sha256()
    for kind, path in _files(folder):
        text = path.read_text(encoding="utf-8")
        digest.update(f"{path.relative_to(folder)}\0{text}\0".encode())
        problems += _read_file(content, kind, path, text)
    if not problems:
        problems += check_references(content)
    if not any(content.records.values()):
        problems.append(
            Problem(folder, 0, "", "hier staat geen enkel kennisbestand; staat de map op de juiste plaats?")
        )
    if problems:
        raise ContentError(problems)
    content.fingerprint = digest.hexdigest()
    return content


def fact_ids(folder: Path = CONTENT_DIR) -> list[str]:
    """The names of the facts, in order, without reading the rest."""
    path = folder / "feiten.yml"
    return list(_ids_in(path, path.stat().st_mtime_ns))


@functools.lru_cache(maxsize=4)
def _ids_in(path: Path, _changed: int) -> tuple[str, ...]:
    """The ids of a list of records; read again once the file has changed."""
    return tuple(item["id"] for item in yaml.load(path.read_text(encoding="utf-8"), yaml_text.LOADER))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for kind in KINDS:
        single = folder / f"{kind}.yml"
        if single.exists():
            yield kind, single
        for path in sorted((folder / kind).rglob("*.yml")):
            yield kind, path


def _read_file(content: Content, kind: str, path: Path, text: str) -> list[Problem]:
    try:
        data, node = yaml_text.read(text)
    except yaml_text.NotYaml as error:
        return [Problem(path, *error.fault)]
    problems = [Problem(path, *fault) for fault in yaml_text.faults(text, node)]
    if problems:
        return problems
    items = data if isinstance(data, list) else [data]
    nodes = node.value if isinstance(data, list) else [node]
    for item, item_node in zip(items, nodes):
        if not isinstance(item, dict):
            problems.append(
                Problem(path, item_node.start_mark.line + 1, "", "verwacht een lijst van sleutels met waarden")
            )
            continue
        problems += _read_record(content, kind, path, item, item_node)
    return problems


def _read_record(content: Content, kind: str, path: Path, item: dict[str, Any], node: Any) -> list[Problem]:
    model = KINDS[kind]
    try:
        record = model(**item)
    except ValidationError as error:
        return [_from_pydantic(path, node, model, entry) for entry in complaints.telling(error.errors(), model)]
    known = content.records[kind]
    line = node.start_mark.line + 1
    if record.id in known:
        return [Problem(path, line, "id", f'"{record.id}" bestaat al in {content.files[f"{kind}/{record.id}"]}')]
    if path.stem != kind and record.id != path.stem:
        return [Problem(path, line, "id", f'het bestand heet "{path.name}"; zet hier id: {path.stem}')]
    if isinstance(record, Topic) and record.familie != path.parent.name:
        return [
            Problem(path, line_of(node, ["familie"]), "familie", f"zet hier de naam van de map: {path.parent.name}")
        ]
    known[record.id] = record
    content.files[f"{kind}/{record.id}"] = path
    found = check_record(record)
    return [Problem(path, line_of(node, _keys(where)), where, what) for where, what in found]


def _keys(where: str) -> list[str | int]:
    return [int(part) if part.isdigit() else part for part in where.split(".")]


def _from_pydantic(path: Path, node: Any, model: type[Record], entry: Any) -> Problem:
    location = [part for part in entry["loc"] if part != "__root__"]
    what = complaints.in_dutch(entry, model)
    return Problem(path, line_of(node, location), ".".join(str(part) for part in location), what)
