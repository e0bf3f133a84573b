"""Try: a chat beside what the bot thought, with facts to change by hand."""

from __future__ import annotations

import re
from typing import Any

from sanic import Blueprint, Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.staff import profiles
from bot.staff.web import Staff, page
from bot.staff.wrong import Wrong
from knowledge import store

SENDER = re.compile(r"^staff-[\w-]{20,60}$", re.ASCII)
MAX_TEXT = 10_000  # characters


def register(blueprint: Blueprint, staff: Staff) -> None:
    """The page, and the posts by which it talks: JSON in, JSON out, `{"error"}` when it can't be done."""
    rehearsal = staff.rehearsal

    @blueprint.get("/staff", name="try_page")
    async def try_page(request: Request) -> HTTPResponse:
        return page(request, "try.html", persons=profiles.persons(staff.root, store.current().facts))

    @blueprint.post("/staff/proberen/<what:str>", name="try_step")
    async def step(request: Request, what: str) -> HTTPResponse:
        try:
            return json_response(await _step(what, _body(request)))
        except (Wrong, ValueError) as error:
            return json_response({"error": str(error)}, 400)

    async def _step(what: str, body: dict[str, Any]) -> dict[str, Any]:
        if what == "begin":
            return await rehearsal.begin(_profile(body))
        sender = str(body.get("sender", ""))
        if not SENDER.match(sender) or await rehearsal.tracker(sender) is None:
            raise Wrong("Dit gesprek is er niet meer. Begin een nieuw gesprek.")
        if what == "zeg":
            text = str(body.get("text", ""))
            if not text.strip() or len(text) > MAX_TEXT:
                raise Wrong("Dit bericht is leeg of te lang. Typ een vraag.")
            return await rehearsal.say(sender, text)
        if what == "kies":
            turn = await rehearsal.press(sender, str(body.get("choice", "")))
            if turn is None:
                raise Wrong("Deze knop werkt niet meer. Typ je antwoord.")
            return turn
        if what == "feit":
            facts = await rehearsal.set_fact(sender, str(body.get("name", "")), str(body.get("value", "")))
            return {"facts": facts}
        if what == "verder":
            return await rehearsal.go_on(sender)
        raise Wrong("Dit kan hier niet.")

    def _profile(body: dict[str, Any]) -> dict[str, Any]:
        known = store.current().facts
        if text := str(body.get("pasted", "")).strip():
            return profiles.pasted(text, known)
        name = str(body.get("person", ""))
        return next((person.facts for person in profiles.persons(staff.root, known) if person.name == name), {})


def _body(request: Request) -> dict[str, Any]:
    body = request.json
    if not isinstance(body, dict):
        raise Wrong("Dit bericht kan ik niet lezen. Laad de pagina opnieuw.")
    return body
