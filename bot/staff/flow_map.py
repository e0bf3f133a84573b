"""The map: the flows as they are, coloured by how often tests and real talk pass; what no test walks is named."""

from __future__ import annotations

import asyncio
from typing import Any

from markupsafe import Markup
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.flows import cards, coverage, runner
from bot.flows.flow_map import PARTS, GraphvizMissing, Map
from bot.flows.places import Places
from bot.staff import recordings, sources
from bot.staff.jobs import Say
from bot.staff.web import Staff, go, page, sent
from bot.staff.wrong import Wrong
from knowledge import store

JOB, PLAIN = "kaart", "tekenen"  # with the tests played, and before anyone asked for that


def register(blueprint: Blueprint, staff: Staff) -> None:
    """The picture, and a press that plays the tests and colours it."""

    @blueprint.get("/staff/kaart", name="map")
    async def show(request: Request) -> HTTPResponse:
        name, job = JOB, staff.jobs.get(JOB)
        if job is None:
            name, job = PLAIN, staff.jobs.get(PLAIN)
        if job is None:
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
            address=sources.address,
        )

    @blueprint.post("/staff/kaart", name="walk")
    async def walk(request: Request) -> HTTPResponse:
        places, topic = Places(), sent(request, "onderwerp").strip() or None
        flows = runner.select([*recordings.load(staff.root), *cards.by_button(store.current(), places)], topic)

        async def work(say: Say) -> dict[str, Any]:
            run = await runner.run_flows(staff.rehearsal.bot, flows, progress=say)
            seen = [[turn.observed for turn in result.turns] for result in run.results]
            return await _draw(staff, coverage.walked(places.paths, seen), played=True)

        staff.jobs.start(JOB, work)
        return go("/staff/kaart")


async def _draw(staff: Staff, tests: coverage.Walked, played: bool) -> dict[str, Any]:
    places, knowledge = Places(), store.current()
    talk = coverage.walked(places.paths, await coverage.kept(staff.bot.store))
    try:
        pictures = await asyncio.to_thread(Map(places, knowledge, tests, talk, sources.address).draw)
    except GraphvizMissing as error:
        raise Wrong(str(error)) from error
    missed = coverage.unwalked(places, knowledge, tests) if played else {}
    return {"pictures": pictures, "missed": missed, "played": played}
