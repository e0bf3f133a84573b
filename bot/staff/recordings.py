"""Conversations as tests: record the one of "Proberen", play all or those of a topic, and see where to mend."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from pathlib import Path
from typing import Any

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.flows import ahead, cards, conversation_file, recorder, runner
from bot.flows.conversation import Flow
from bot.flows.conversation_file import FOLDER
from bot.flows.conversation_names import unknown_names
from bot.flows.judging import Judge
from bot.staff import broken
from bot.staff.jobs import Say
from bot.staff.web import Staff, download, go, page, sent
from bot.staff.working_copy import Change
from bot.staff.wrong import Wrong
from knowledge import store
from knowledge.problems import ContentError
from knowledge.today import as_of

JOB = "spelen"
NAME = re.compile(r"^[a-z0-9][a-z0-9_]{2,50}$")


def register(blueprint: Blueprint, staff: Staff) -> None:
    """The list with the last results, playing, recording, and the lines of a file that a failure points at."""

    @blueprint.get("/staff/gesprekken", name="flows")
    async def overview(request: Request) -> HTTPResponse:
        flows = readable(staff.root)
        topics = sorted({name for flow in flows for name in flow.topics})
        return page(request, "flows.html", flows=flows, topics=topics, job=staff.jobs.get(JOB), today=dt.date.today())

    @blueprint.post("/staff/gesprekken/spelen", name="play")
    async def play(request: Request) -> HTTPResponse:
        each_card = sent(request, "wat") == "kaarten"
        places = broken.places(staff.root)
        everything = cards.by_question(store.current(), places) if each_card else readable(staff.root)
        chosen = runner.select(everything, sent(request, "onderwerp").strip() or None)
        if not chosen:
            raise Wrong("Geen enkel gesprek gaat hierover. Kies een onderwerp, een kaart, een route of een feit.")
        day = _day(sent(request, "dag"))

        async def work(say: Say) -> dict[str, Any]:
            knowledge = store.current()
            judge = Judge(places, knowledge)
            changes: list[ahead.Change] = []
            with as_of(day):
                result = await runner.run_flows(staff.rehearsal.bot, chosen, judge, say)
            if day:
                today = await runner.run_flows(staff.rehearsal.bot, chosen, judge)
                changes = ahead.changes(knowledge, today, result)
            return {"run": result, "changes": changes, "day": day, "what": "kaarten" if each_card else "gesprekken"}

        staff.jobs.start(JOB, work)
        return go("/staff/gesprekken")

    @blueprint.post("/staff/gesprekken/opnemen", name="record_flow")
    async def record(request: Request) -> HTTPResponse:
        turns = [turn for turn in await staff.rehearsal.turns(sent(request, "sender")) if turn.said.strip()]
        if not turns:
            raise Wrong("In dit gesprek is nog niets gezegd. Praat eerst met de bot.")
        title = textwrap.shorten(turns[0].said, 60, placeholder=" …")
        text = recorder.record(turns, title)
        return page(request, "recorded.html", text=text, name=_free_name(staff.root, title), says="", problems=[])

    @blueprint.post("/staff/gesprekken/bewaren", name="keep_flow")
    async def keep(request: Request) -> HTTPResponse:
        text, name = sent(request, "tekst"), sent(request, "naam").strip()
        says = sent(request, "zegt")
        problems = _problems(text, name, staff.root)
        if problems:
            return page(request, "recorded.html", 400, text=text, name=name, says=says, problems=problems)
        words = [line.strip() for line in says.splitlines() if line.strip()]
        text = recorder.expecting(text, words) if words else text
        if sent(request, "doe") == "download":
            return download(text, f"{name}.yml")
        written = staff.copy.write(Change(FOLDER / f"{name}.yml", "", text if text.endswith("\n") else f"{text}\n"))
        return go(f"/staff/verandering/{written}?terug=gesprekken")

    @blueprint.post("/staff/gesprekken/verwijderen/<name:str>", name="remove_flow")
    async def remove(request: Request, name: str) -> HTTPResponse:
        path = FOLDER / f"{name}.yml"
        before = staff.copy.read(path) if NAME.match(name) else ""
        if not before:
            raise Wrong("Dit gesprek is er niet meer.", 404)
        written = staff.copy.write(Change(path, before, ""))
        return go(f"/staff/verandering/{written}?terug=gesprekken")


def load(root: Path) -> list[Flow]:
    """Every conversation of the working copy. Raises Wrong with the first problem."""
    try:
        return conversation_file.load(path.relative_to(root) for path in conversation_file.files(root / FOLDER))
    except ContentError as error:
        raise Wrong(f"Een gesprek is niet te lezen. {error.problems[0]}") from error


def readable(root: Path) -> list[Flow]:
    """The conversations of the working copy that can be read; every page names those that can't."""
    paths = (path.relative_to(root) for path in conversation_file.files(root / FOLDER))
    return conversation_file.load(broken.whole(root, paths))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Wrong("Schrijf de dag als 2027-01-31.") from error


def _problems(text: str, name: str, root: Path) -> list[str]:
    """What keeps this text from being kept under this name, one sentence each."""
    found = []
    if not NAME.match(name):
        found.append("Geef een naam van 3 tot 50 tekens: kleine letters, cijfers en _.")
    elif (root / FOLDER / f"{name}.yml").exists():
        found.append(f"Er is al een gesprek met de naam {name}. Kies een andere naam.")
    try:
        flow = conversation_file.parse(text, Path(f"{name}.yml"))
        found += [str(problem) for problem in unknown_names(flow, store.current())]
    except ContentError as error:
        found += [str(problem) for problem in error.problems]
    return found


def _free_name(root: Path, title: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
    base = (slug if len(slug) <= 40 else slug[:40].rsplit("_", 1)[0]) or "gesprek"
    names = [base, *(f"{base}_{number}" for number in range(2, 100))]
    return next(name for name in names if not (root / FOLDER / f"{name}.yml").exists())
