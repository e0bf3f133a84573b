"""A record in its file: read, changed with its comments and order kept, checked with all others before it is written."""

from __future__ import annotations

import difflib
import functools
import io
import re
import shutil
import tempfile
from collections.abc import Mapping, MutableMapping, MutableSequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml as pyyaml
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString, SingleQuotedScalarString

from bot.staff import broken
from bot.staff.working_copy import Change, put
from bot.staff.wrong import Wrong
from knowledge import content as content_module
from knowledge import diff, store
from knowledge.content import Content
from knowledge.problems import ContentError
from knowledge.schema_parts import Record
from knowledge.store import Knowledge

FOLDER = Path("knowledge/content")
LAYOUTS = tuple((indent, width) for width in (100_000, 115, 110, 120, 100, 80) for indent in ((2, 4, 2), (2, 2, 0)))


@dataclass(frozen=True)
class Draft:
    """What changes would come to: the files, what is wrong with them, what differs, and the knowledge as it would be."""

    changes: tuple[Change, ...]
    problems: tuple[str, ...]
    differences: tuple[str, ...] = ()
    content: Content | None = None

    @property
    def knowledge(self) -> Knowledge | None:
        return store.from_content(self.content) if self.content else None


def load(root: Path) -> Content:
    """The content as the files of the working copy say now. Raises Wrong with the first problem."""
    unreadable = [fault for fault in broken.look(root) if fault.place.file.is_relative_to(FOLDER)]
    content, _ = (None, ()) if unreadable else broken.knowledge_files(root, broken.stamp(root, broken.CONTENT))
    if content is None:
        where = f"{unreadable[0].place.file}:{unreadable[0].place.line}: {unreadable[0].what}" if unreadable else FOLDER
        raise Wrong(f"De kennis is niet te lezen: {where}. Verbeter dat eerst.", 409)
    return content


def title(item: Record) -> str:
    """What a record is called."""
    names = ("titel", "naam", "woord", "zin", "vraag")
    return next((str(getattr(item, name)) for name in names if hasattr(item, name)), item.id)


def raw(root: Path, kind: str, record_id: str) -> dict[str, Any]:
    """A record as it stands in its file. Raises Wrong when there is none."""
    path = path_of(root, kind, record_id)
    return dict(_find(YAML(typ="safe").load((root / path).read_text(encoding="utf-8")), record_id))


def path_of(root: Path, kind: str, record_id: str) -> Path:
    """The file of a record, below the root. Raises Wrong when there is none."""
    path = load(root).files.get(f"{kind}/{record_id}")
    if path is None:
        raise Wrong(f"In de kennis staat bij {kind} niets met de naam “{record_id}”. Zoek op de pagina Kennis.", 404)
    return path.relative_to(root)


def _find(data: Any, record_id: str) -> Any:
    items = data if isinstance(data, list) else [data]
    return next(item for item in items if str(item["id"]) == record_id)


def draft(root: Path, kind: str, record_id: str, wanted: Mapping[str, Any]) -> Draft:
    """What it would come to if this record became as `wanted`; writes nothing to the working copy."""
    path = path_of(root, kind, record_id)
    before = (root / path).read_text(encoding="utf-8")
    return tried(root, Change(path, before, changed(before, record_id, wanted)))


def tried(root: Path, *changes: Change) -> Draft:
    """What changes would come to, those outside the content left aside; tried on a copy of the content."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / FOLDER
        shutil.copytree(root / FOLDER, folder)
        for change in changes:
            if change.path.is_relative_to(FOLDER):
                put(Path(name), change)
        try:
            content = content_module.load(folder)
        except ContentError as error:
            return Draft(changes, tuple(str(problem).replace(f"{name}/", "") for problem in error.problems))
    return Draft(changes, (), tuple(diff.differences(load(root), content)), content)


def changed(text: str, record_id: str, wanted: Mapping[str, Any]) -> str:
    """The file with one record changed: what stays the same keeps its comments, order and way of writing."""
    lines = text.splitlines(keepends=True)
    first, last = lines_of(lines, record_id)
    own = "".join(lines[first:last])
    if (first, last) == (0, len(lines)):
        return _changed(text, wanted)
    # A record of a list is changed apart, so that the other records of the file are not even read.
    after = _changed("".join(line[2:] if line.strip() else line for line in own.splitlines(keepends=True)), wanted)
    indented = "".join(f"  {line}" if line.strip() else line for line in after.splitlines(keepends=True))
    return "".join([*lines[:first], "- ", indented[2:], *lines[last:]])


def lines_of(lines: list[str], record_id: str) -> tuple[int, int]:
    """First and past-the-last line of a record; the whole file when it holds one record."""
    starts = [number for number, line in enumerate(lines) if line.startswith("- ")]
    content = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    if not content.startswith("- "):
        return 0, len(lines)
    own = re.compile(rf"^- \{{?id: [\"']?{re.escape(record_id)}[\"']?(?:\s|,|$)")
    first = next(number for number in starts if own.match(lines[number]))
    last = next((number for number in starts if number > first), len(lines))
    while not lines[last - 1].strip() or lines[last - 1].startswith("#"):
        last -= 1  # what stands above the next record is about that one
    return first, last


def _changed(text: str, wanted: Mapping[str, Any]) -> str:
    yaml = _writer(text)
    data = yaml.load(text)
    _merge(data, wanted)
    return _dumped(yaml, data)


def _dumped(yaml: YAML, data: Any) -> str:
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


@functools.lru_cache(maxsize=8)
def _writer(text: str) -> YAML:
    """A writer with the layout in which this was written, or the nearest, so that only what changed looks changed."""
    best: tuple[float, YAML] | None = None
    for indent, width in LAYOUTS:
        yaml = YAML()
        yaml.preserve_quotes = True
        yaml.width = width
        yaml.indent(*indent)
        again = _dumped(yaml, yaml.load(text))
        likeness = difflib.SequenceMatcher(None, text.splitlines(), again.splitlines(), autojunk=False).ratio()
        if best is None or likeness > best[0]:
            best = likeness, yaml
        if again == text:
            break
    assert best is not None
    return best[1]


def _merge(old: MutableMapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Make a mapping as wanted by touching only what differs."""
    for name in [name for name in old if name not in wanted and not _empty(old[name])]:
        del old[name]
    for name, value in wanted.items():
        if name not in old:
            old[name] = written(value)
        elif isinstance(old[name], MutableMapping) and isinstance(value, Mapping):
            _merge(old[name], value)
        elif isinstance(old[name], MutableSequence) and isinstance(value, list):
            _merge_list(old[name], value)
        elif not _same(old[name], value):
            old[name] = written(value)


def _merge_list(old: MutableSequence[Any], wanted: list[Any]) -> None:
    for place, value in enumerate(wanted):
        if place >= len(old):
            old.append(written(value))
        elif isinstance(old[place], MutableMapping) and isinstance(value, Mapping):
            _merge(old[place], value)
        elif not _same(old[place], value):
            old[place] = written(value)
    del old[len(wanted) :]


def _same(old: Any, new: Any) -> bool:
    return str(old).strip() == str(new).strip() or (type(old) is type(new) and old == new)


def _empty(value: Any) -> bool:
    """What the form shows as an empty field; it stays as it is written."""
    return value is None or value == "" or value is False or (hasattr(value, "__len__") and len(value) == 0)


def written(value: Any) -> Any:
    """Text of several lines as a block, so that it reads as text; quotes around what would not be read as text."""
    if not isinstance(value, str):
        return value
    if "\n" in value:
        return LiteralScalarString(value + "\n")
    try:
        plain = pyyaml.safe_load(value) == value
    except pyyaml.YAMLError:
        plain = False
    return value if plain else SingleQuotedScalarString(value)
