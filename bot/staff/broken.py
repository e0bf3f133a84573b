"""Files of the working copy that can't be read: named on every page with line and remedy, and left aside by the rest."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.flows import conversation_file, data_files
from bot.flows.paths import Place
from bot.flows.places import Places
from bot.staff.wrong import Wrong
from knowledge import content, yaml_text
from knowledge.content import Content, ContentError, Problem

DATA, FLOWS = ("data", "domain.yml", "config.yml"), ("tests/flows",)
CONTENT, PERSONS, QUESTIONS = ("knowledge/content",), ("tests/knowledge",), ("tests/questions",)
READ = (*DATA, *FLOWS, *CONTENT, *PERSONS, *QUESTIONS)
MAX_PER_FILE = 3  # one mistake can give many complaints; the first ones lead to it


@dataclass(frozen=True)
class Fault:
    """Where a file (below the root) is broken, and what to do."""

    place: Place
    what: str


Stamp = tuple[tuple[Path, int], ...]


def stamp(root: Path, parts: Collection[str] = READ) -> Stamp:
    """What changes as soon as any file of these parts is written, added or removed."""
    paths = (path for part in parts for path in [root / part, *(root / part).rglob("*")])
    return tuple(sorted((path, path.stat().st_mtime_ns) for path in paths if path.suffix in (".yml", ".jsonl")))


def look(root: Path) -> tuple[Fault, ...]:
    """Every file that is broken now. Files that weren't touched since the last look aren't read again."""
    return _look(root, stamp(root))


@functools.lru_cache(maxsize=1)
def _look(root: Path, stamped: Stamp) -> tuple[Fault, ...]:
    faults = [fault for path, moment in stamped for fault in _of(root, path, moment)]
    inside = [fault for fault in faults if fault.place.file.as_posix().startswith(CONTENT)]
    return (*faults, *(() if inside else _content(root)))


@functools.lru_cache(maxsize=4096)
def _of(root: Path, path: Path, moment: int) -> tuple[Fault, ...]:
    """The faults of one file as it was at this moment."""
    name = path.relative_to(root)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return (Fault(Place(name, 1), "dit bestand is geen gewone tekst; bewaar het opnieuw, met codering UTF-8"),)
    except OSError:
        return (Fault(Place(name, 1), "dit bestand is niet te lezen; kijk na wie het mag openen"),)
    readers: dict[tuple[str, ...], Callable[[Path, str], Iterable[tuple[int, str]]]] = {
        DATA: _data,
        FLOWS: _flow,
        PERSONS: _yaml,
        QUESTIONS: _questions,
    }
    read = next((reader for parts, reader in readers.items() if name.as_posix().startswith(parts)), None)
    found = read(name, text) if read else ()
    return tuple(Fault(Place(name, line), what) for line, what in found)[:MAX_PER_FILE]


def _data(name: Path, text: str) -> Iterator[tuple[int, str]]:
    return ((place.line, what) for place, what in data_files.faults(name, text))


def _flow(name: Path, text: str) -> Iterator[tuple[int, str]]:
    try:
        conversation_file.parse(text, name)
    except ContentError as error:
        yield from ((problem.line, _said(problem)) for problem in error.problems)


def _said(problem: Problem) -> str:
    return f"{problem.where}: {problem.what}" if problem.where else problem.what


def _yaml(name: Path, text: str) -> Iterator[tuple[int, str]]:
    try:
        yaml_text.read(text)
    except yaml_text.NotYaml as error:
        yield error.fault[0], error.fault[2]


def _questions(name: Path, text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        try:
            whole = isinstance(json.loads(line), dict)
        except ValueError:
            whole = False
        if not whole:
            yield number, "deze testvraag is niet te lezen; zet elke vraag op één lijn, tussen { en }"


def _content(root: Path) -> Iterator[Fault]:
    """What is wrong with the knowledge: only the first complaints, for one mistake gives many."""
    for problem in knowledge_files(root, stamp(root, CONTENT))[1][:MAX_PER_FILE]:
        yield Fault(Place(problem.file.relative_to(root), max(1, problem.line)), _said(problem))


@functools.lru_cache(maxsize=2)
def knowledge_files(root: Path, stamped: Stamp) -> tuple[Content | None, tuple[Problem, ...]]:
    """The content as the files say with this stamp, or what is wrong with it."""
    try:
        return content.load(root / CONTENT[0]), ()
    except ContentError as error:
        return None, tuple(error.problems)


def refuse(root: Path, parts: tuple[str, ...]) -> None:
    """Raises Wrong when a file of these parts is broken: work that needs them all can't be done."""
    for fault in look(root):
        if fault.place.file.as_posix().startswith(parts):
            raise Wrong(f"Dit lukt nog niet: {fault.place.file}:{fault.place.line}: {fault.what}. Verbeter dat eerst.", 409)


def whole(root: Path, paths: Iterable[Path]) -> list[Path]:
    """Those of the files (below the root) that aren't broken."""
    gone = {fault.place.file for fault in look(root)}
    return [path for path in paths if path not in gone]


def places(root: Path) -> Places:
    """Where things stand in the files of the folder we run in, those that are broken left aside."""
    return Places(without={fault.place.file for fault in look(root)})
