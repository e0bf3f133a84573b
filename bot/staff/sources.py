"""Shows the lines of a file of the project that a failure or the map points at."""

from __future__ import annotations

from pathlib import Path

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.flows.conversation_file import FOLDER
from bot.staff.web import FILES, FOLDERS, Staff, page
from bot.staff.wrong import Wrong

AROUND = 25  # lines before and after


def register(blueprint: Blueprint, staff: Staff) -> None:
    """One page: the lines around a place."""

    @blueprint.get("/staff/bron/<line:str>/<name:path>", name="source")
    async def source(request: Request, line: str, name: str) -> HTTPResponse:
        at = int(line) if line.isdigit() else 1
        path = (staff.root / name).resolve()
        root = staff.root.resolve()
        inside = any(path.is_relative_to(root / folder) for folder in FOLDERS) or path in [
            root / file for file in FILES
        ]
        if not inside or not path.is_file() or path.suffix not in (".yml", ".py"):
            raise Wrong("Dit bestand staat hier niet.", 404)
        lines = path.read_text(encoding="utf-8").splitlines()
        first = max(1, at - AROUND)
        shown = list(enumerate(lines[first - 1 : at + AROUND], first))
        return page(request, "source.html", name=Path(name), line=at, lines=shown, record=_record(Path(name)),
                    test=Path(name).stem if Path(name).parent == FOLDER else "")  # fmt: skip


def _record(path: Path) -> str:
    """Where the card or route of this file is changed with a form; empty for other files."""
    kind = path.parts[2] if path.parts[:2] == ("knowledge", "content") else ""
    return f"/staff/kennis/{kind}/{path.stem}" if kind in ("onderwerpen", "opleidingen") else ""
