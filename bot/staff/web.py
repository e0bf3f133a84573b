"""What every staff page needs: templates, replies, and the parts that the pages share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
from sanic import Request
from sanic.response import HTTPResponse, html, raw, redirect

from bot.flows.paths import Place
from bot.inbox import Inbox
from bot.pictures import NARROW, WIDE
from bot.staff.jobs import Jobs
from bot.staff.rehearsal import Rehearsal
from bot.staff.working_copy import WorkingCopy
from bot.turns import Bot
from knowledge import wording

HERE = Path(__file__).parent
FOLDERS = ("data", "knowledge/content", "tests/flows", "actions")  # what a place may lie in
FILES = ("domain.yml", "config.yml")
# Address -> name in the menu.
HOME = "/staff"
PAGES = {
    HOME: "Proberen",
    "/staff/gesprekken": "Gesprekken",
    "/staff/kaart": "Kaart",
    "/staff/postvak": "Postvak",
    "/staff/kennis": "Kennis",
    "/staff/meten": "Meten",
    "/staff/cijfers": "Cijfers",
}


def address(place: Place) -> str:
    """Where a place is shown."""
    return f"/staff/bron/{place.line}/{place.file.as_posix()}"


def shows(place: Place) -> bool:
    """Whether a place lies in what may be shown."""
    name = place.file.as_posix()
    return name in FILES or name.startswith(tuple(f"{folder}/" for folder in FOLDERS))


@dataclass
class Staff:
    """What the pages work on: the bot, the working copy, and what runs beside."""

    bot: Bot
    root: Path
    rehearsal: Rehearsal
    inbox: Inbox
    copy: WorkingCopy
    jobs: Jobs = field(default_factory=Jobs)

    def __post_init__(self) -> None:
        # One and the same function, by which a comparison sees that both sides share a model.
        self.same_bot: Callable[[], Bot] = lambda: self.rehearsal.bot


_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def percent(value: float) -> str:
    """0.934 -> "93 %"."""
    return f"{100 * value:.0f} %"


_templates.filters.update(percent=percent, written=wording.date)
_templates.globals.update(address=address, shows=shows)


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTTPResponse:
    """A page from its template; `here` marks its place in the menu, where it has one."""
    inside = (path for path in PAGES if request.path == path or (path != HOME and request.path.startswith(f"{path}/")))
    here = next(inside, "")
    broken = getattr(request.ctx, "broken", ())
    return html(_templates.get_template(template).render(pages=PAGES, here=here, broken=broken, **values), status)


def width_for(request: Request) -> float:
    """The width in inches that a picture is asked for: that of a phone, or of a screen."""
    return NARROW if request.args.get("smal") else WIDE


def picture(svg: bytes) -> HTTPResponse:
    """An SVG that our own code drew."""
    return raw(svg, content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


def download(content: str, name: str, kind: str = "text/yaml; charset=utf-8") -> HTTPResponse:
    """A file to keep."""
    return raw(content.encode(), content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def go(address: str) -> HTTPResponse:
    """To another page after a post, so that reloading doesn't post again."""
    return redirect(address, status=303)


def sent(request: Request, name: str, default: str = "") -> str:
    """One field of a posted form."""
    return str((request.form or {}).get(name, default)).replace("\r\n", "\n")


Register = Callable[[Any, Staff], None]
