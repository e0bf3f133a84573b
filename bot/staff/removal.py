"""Taking a record away: first what refers to it is named; while anything does, it stays."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.flows import examples
from bot.flows.paths import Place
from bot.staff import records
from bot.staff.new_record import KINDS
from bot.staff.recordings import load as load_flows
from bot.staff.records import Draft, lines_of, path_of, tried
from bot.staff.web import Staff, go, page
from bot.staff.working_copy import Change
from bot.staff.wrong import Wrong
from knowledge import store

CODE = ("actions", "knowledge", "bot")
NAMED_IN_CODE = ("onderwerpen", "opleidingen", "organisaties")  # of these the code may know one by its id
PROBLEM = re.compile(r"^(?P<file>[^:]+\.yml):(?P<line>\d+): (?P<key>[^:]+): ")


def register(blueprint: Blueprint, staff: Staff) -> None:
    """What removing would come to, and the removal."""

    @blueprint.get("/staff/kennis/weg/<kind:str>/<record_id:str>", name="removal")
    async def look(request: Request, kind: str, record_id: str) -> HTTPResponse:
        draft, named = await asyncio.to_thread(removal, staff, kind, record_id)
        return page(request, "removal.html", kind=kind, kind_name=KINDS[kind], record_id=record_id, draft=draft,
                    title=records.title(records.load(staff.root).records[kind][record_id]), named=named)  # fmt: skip

    @blueprint.post("/staff/kennis/weg/<kind:str>/<record_id:str>", name="remove")
    async def remove(request: Request, kind: str, record_id: str) -> HTTPResponse:
        draft, named = await asyncio.to_thread(removal, staff, kind, record_id)
        if named or draft.content is None:
            raise Wrong(f"Deze {KINDS[kind]} kan niet weg: iets verwijst er nog naar.", 409)
        name = staff.copy.write(*draft.changes)
        await asyncio.to_thread(store.build, draft.content)
        return go(f"/staff/verandering/{name}?terug=kennis")


def removal(staff: Staff, kind: str, record_id: str) -> tuple[Draft, list[Place]]:
    """What it would come to if this record went, and each place that still names it. Raises Wrong for what can't go."""
    if kind not in KINDS:
        raise Wrong("Dit kun je hier niet verwijderen.", 404)
    path = path_of(staff.root, kind, record_id)
    before = staff.copy.read(path)
    lines = before.splitlines(keepends=True)
    first, last = lines_of(lines, record_id)
    changes = [Change(path, before, "" if last - first == len(lines) else "".join([*lines[:first], *lines[last:]]))]
    if kind == "onderwerpen":
        changes += _own_questions(staff.root, record_id)
    draft = tried(staff.root, *changes)
    found = [_place(problem) for problem in draft.problems]
    if kind in NAMED_IN_CODE:
        found += [*_flows(staff.root, record_id), *_code(staff.root, record_id)]
    return draft, found


def _place(problem: str) -> Place:
    """Where a problem of the content lies, which is there only because the record would be gone."""
    match = PROBLEM.match(problem)
    if match is None:
        raise Wrong(f"Dit kan niet weg: {problem}")
    return Place(Path(match["file"]), int(match["line"]), f"verwijst hiernaar bij “{match['key']}”")


def _own_questions(root: Path, record_id: str) -> Iterator[Change]:
    """The files of examples without the questions by which people ask for this card; they go with it."""
    for path in examples.files(root):
        before = path.read_text(encoding="utf-8")
        lines = before.splitlines(keepends=True)
        groups = list(examples.groups(lines))
        own = [group for group in groups if group.kind == "intent" and group.name.endswith(f"/{record_id}")]
        for group in reversed(own):
            del lines[group.first - 1 : group.last]
        if own:
            yield Change(path.relative_to(root), before, "".join(lines) if len(own) < len(groups) else "")


def _flows(root: Path, record_id: str) -> Iterator[Place]:
    """The tests that expect this card, route or organisation."""
    for flow in load_flows(root):
        for turn in flow.turns:
            for key in ("kaarten", "oordelen"):
                if record_id in getattr(turn.expected, key):
                    yield Place(flow.file, turn.line_of(key, record_id), f"het testgesprek “{flow.title}” verwacht dit")


def _code(root: Path, record_id: str) -> Iterator[Place]:
    quoted = re.compile(rf"""["']{re.escape(record_id)}["']""")
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.py")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if quoted.search(line):
                    yield Place(path.relative_to(root), number, "de code noemt dit; vraag het aan wie Wegwijs programmeert")
