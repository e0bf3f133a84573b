"""Figures: how many conversations, where people stop, what they ask, and what they reach; counted without any text."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.flows import figures as counting
from bot.inbox import KEPT_DAYS
from bot.staff import charts
from bot.staff.thoughts import title_of
from bot.staff.web import Staff, page, picture, width_for
from bot.staff.wrong import Wrong
from bot.thumbs import Thumbs
from knowledge import store

STEPS = {
    "conversations": "begonnen een gesprek",
    "intake": "begonnen aan de vragen",
    "advice": "kregen advies",
    "plan": "kregen een plan",
}
NO_CARD = "geen kaart: de bot begreep het niet"
PICTURES = {
    "dagen": "Gesprekken per dag.",
    "trechter": "Hoever mensen komen.",
    "gestopt": "De laatste vraag voor iemand stopte.",
    "gevraagd": "Wat het meest gevraagd wordt.",
}


def register(blueprint: Blueprint, staff: Staff) -> None:
    """The page with its pictures; each picture also stands in words."""

    async def counted() -> tuple[dict[str, Any], dict[str, list[tuple[str, int]]]]:
        found = await counting.figures(staff.bot.store, store.current().facts)
        return found, _rows(found)

    @blueprint.get("/staff/cijfers", name="figures")
    async def show(request: Request) -> HTTPResponse:
        found, rows = await counted()
        judged = await asyncio.to_thread(Thumbs(staff.inbox).judged)
        knowledge = store.current()
        return page(request, "figures.html", found=found, rows=rows, pictures=PICTURES, labels=counting.LABELS,
                    judged=judged, kept_days=KEPT_DAYS, topics=knowledge.topics,
                    title_of=lambda name: title_of(knowledge, name) if name else NO_CARD)  # fmt: skip

    @blueprint.get("/staff/cijfers/beeld/<name:str>", name="figures_picture")
    async def draw(request: Request, name: str) -> HTTPResponse:
        found, rows = await counted()
        if name == "dagen":
            return picture(charts.per_day(found["days"], dt.date.today(), width_for(request)))
        if name not in rows:
            raise Wrong("Dit beeld is er niet.", 404)
        return picture(charts.bars(rows[name], "keer" if name == "gevraagd" else "gesprekken", width_for(request)))


def _rows(found: dict[str, Any]) -> dict[str, list[tuple[str, int]]]:
    """Each picture but the first as rows of a name and a number."""
    knowledge = store.current()
    asked = {name: fact.vraag for name, fact in knowledge.facts.items()}
    return {
        "trechter": [(STEPS[item["step"]], item["count"]) for item in found["steps"]],
        "gestopt": [(asked.get(item["fact"], item["fact"]), item["count"]) for item in found["stopped_at"]],
        "gevraagd": [(title_of(knowledge, item["record"]), item["count"]) for item in found["asked"]],
    }
