"""The map: the flows as they are, coloured by how often tests and real talk pass; what no test walks is named."""

from __future__ import annotations

import asyncio
from typing import Any

from markupsafe import Markup
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.flows import cards, coverage, runner
from bot.flows.flow_map import PARTS, GraphvizMissing, Map
from bot.staff import broken, recordings
from bot.staff.jobs import Say
from bot.staff.web import Staff, address, go, page, sent
from bot.staff.wrong import Wrong
from knowledge import store

JOB, PLAIN = "kaart", "tekenen"  # with the tests played, and before anyone asked for that

DRAWN = (*broken.DATA, *broken.CONTENT)  # the files that the picture is drawn from


def register(blueprint: Blueprint, staff: Staff) -> None:
    """The picture, and a press that plays the tests and colours it."""
    drawing: broken.Stamp = ()  # what the plain picture was last drawn from

    @blueprint.get("/staff/kaart", name="map")
    async def show(request: Request) -> HTTPResponse:
        name, job = JOB, staff.jobs.get(JOB)
        if job is None:
            name, job = PLAIN, staff.jobs.get(PLAIN)
        nonlocal drawing
        now = broken.stamp(staff.root, DRAWN)
        if job is None or (name == PLAIN and job.done and drawing != now):
            drawing = now
            job = staff.jobs.start(PLAIN, lambda say: _draw(staff, coverage.Walked(), played=False))
            await asyncio.sleep(0)
        part = request.args.get("deel", next(iter(PARTS)))
        if part not in PARTS:
            raise Wrong("Dit deel van de kaart bestaat niet.", 404)
        ready = job.result if job.done and not job.error else None
        drawn = Markup(ready["pictures"][part]) if ready else ""  # our own drawing, escaped by Graphviz
        return page(
            request,
            "map.html",
            job=job,
            job_name=name,
            parts=PARTS,
            part=part,
            drawn=drawn,
            ready=ready,
            old=ready is not None and ready["from"] != now,
        )

    @blueprint.post("/staff/kaart", name="walk")
    async def walk(request: Request) -> HTTPResponse:
        places, topic = broken.places(staff.root), sent(request, "onderwerp").strip() or None
        flows = runner.select([*recordings.readable(staff.root), *cards.by_button(store.current(), places)], topic)

        async def work(say: Say) -> dict[str, Any]:
            run = await runner.run_flows(staff.rehearsal.bot, flows, progress=say)
            seen = [[turn.observed for turn in result.turns] for result in run.results]
            return await _draw(staff, coverage.walked(places.paths, seen), played=True)

        staff.jobs.start(JOB, work)
        return go("/staff/kaart")


async def _draw(staff: Staff, tests: coverage.Walked, played: bool) -> dict[str, Any]:
    drawn_from = broken.stamp(staff.root, DRAWN)
    places, knowledge = broken.places(staff.root), store.current()
    talk = coverage.walked(places.paths, await coverage.kept(staff.bot.store, knowledge.facts))
    try:
        pictures = await asyncio.to_thread(Map(places, knowledge, tests, talk, address).draw)
    except GraphvizMissing as error:
        raise Wrong(str(error)) from error
    missed = coverage.unwalked(places, knowledge, tests) if played else {}
    return {"pictures": pictures, "missed": missed, "played": played, "from": drawn_from}
