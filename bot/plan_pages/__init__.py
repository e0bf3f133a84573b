"""The pages of a plan to take home: the plan, the belbriefje, the sheet for the employer, the summary, the calendar file."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, raw

from bot.plan_pages import views
from bot.plan_store import KeptPlan
from bot.turns import Bot
from knowledge.planning import calendar

FOLDER = Path(__file__).parent
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
HTML = "text/html; charset=utf-8"


def plan_blueprint(get_bot: Callable[[], Bot | None], home: str = views.HOME) -> Blueprint:
    """GET /plan/<code>, its parts, and /plan/<code>.ics; each is a 404 with an explanation once the plan is gone.

    `home` is where the pages are: staff see the plans of their own conversations elsewhere.
    """
    blueprint = Blueprint("plan", url_prefix=home)

    async def shown(request: Request, code: str, part: str) -> HTTPResponse:
        bot = get_bot()
        found = await bot.store.aside(lambda: bot.plans.find(code)) if bot else None
        if found is None:
            return raw(views.gone(home), 404, HEADERS, HTML)
        page = await asyncio.to_thread(_page, found, code, part, request.args.get("start", ""), home)
        return raw(views.gone(home), 404, HEADERS, HTML) if page is None else page

    @blueprint.get("/plan.css")
    async def style(request: Request) -> HTTPResponse:
        return raw((FOLDER / "plan.css").read_bytes(), 200, {"Cache-Control": "no-cache"}, "text/css; charset=utf-8")

    @blueprint.get("/<code:str>")
    async def plan(request: Request, code: str) -> HTTPResponse:
        if code.endswith(".ics"):
            return await shown(request, code.removesuffix(".ics"), "agenda")
        return await shown(request, code, "plan")

    @blueprint.get("/<code:str>/<part:str>", name="part")
    async def plan_part(request: Request, code: str, part: str) -> HTTPResponse:
        return await shown(request, code, part)

    return blueprint


def _page(found: KeptPlan, code: str, part: str, wanted: str, home: str) -> HTTPResponse | None:
    """One page of a plan; None for a part that this plan doesn't have. A bad start gives the page with a sentence, as 400."""
    today = dt.date.today()
    start, fault = None, ""
    if wanted:
        try:
            start = calendar.read_start(wanted, today)
        except calendar.StartError as error:
            fault = str(error)
    view = views.View(found, code, start, fault, today, home)
    if part == "agenda":
        name = {"Content-Disposition": 'attachment; filename="mijn-plan.ics"'}
        return raw(view.calendar_file(), 200, {**HEADERS, **name}, "text/calendar; charset=utf-8")
    html = view.page(part)
    return None if html is None else raw(html, 400 if fault else 200, HEADERS, HTML)
