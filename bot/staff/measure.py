"""Measure: the pictures of the last evaluation, a threshold to move, and A against B."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import functools
import io
import json
import subprocess
import tarfile
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot import evaluate, measures, pictures, report_text
from bot import train as training
from bot.evaluate import HELD_OUT, Outcome
from bot.flows import compare, runner
from bot.staff import broken, charts, recordings, records
from bot.staff.jobs import Say
from bot.staff.web import Staff, go, page, picture, sent, width_for
from bot.staff.wrong import Wrong
from bot.turns import Bot
from knowledge import content, store, wording
from knowledge.store import Knowledge

QUICK, COMPARE = "meten", "vergelijken"
LEAST, MOST = 4, 50  # questions of each set in a quick measurement
RESULTS = Path("results")
PICTURES: dict[str, tuple[str, Callable[[Outcome, float], bytes]]] = {
    "verwarring": (
        "Wat de bot verwart. Elke rij is wat iemand bedoelde, elke kolom wat de bot verstond, in procent.",
        lambda outcome, _: pictures.confusions(
            *measures.confusions(outcome.items(["acts"]), outcome.items(measures.QUESTION_SETS))
        ),
    ),
    "zekerheid": ("Hoe zeker de bot was van juiste en van foute antwoorden.", charts.confidence),
    "voorsprong": (
        "Hoe ver de beste betekenis voorloopt op 'buiten het domein'. Hoe minder overlap, hoe beter.",
        pictures.margins,
    ),
    "lengte": ("Aantal woorden in een antwoord. De streep is de lat.", pictures.lengths),
    "snelheid": ("Hoelang begrijpen en een hele beurt duren.", pictures.seconds),
}
SIDES = {
    "bot": "de kennis waarmee de bot nu antwoordt",
    "werkmap": "de bestanden in de werkmap",
    "git": "de bestanden zoals ze laatst zijn vastgelegd (git)",
}


def register(blueprint: Blueprint, staff: Staff) -> None:
    """The page, its pictures, a quick measurement and a comparison."""

    def outcome() -> Outcome | None:
        job = staff.jobs.get(QUICK)
        if job and job.done and job.result:
            return job.result  # type: ignore[no-any-return]
        path = staff.root / RESULTS / "outcome.json"
        return _read(path, path.stat().st_mtime_ns) if path.exists() else None

    @blueprint.get("/staff/meten", name="measure")
    async def show(request: Request) -> HTTPResponse:
        found = outcome()
        working = evaluate.topic_classifier(staff.bot)._config["doubt"]
        chosen = _threshold(request, working)
        rows = []
        if found:
            held_out = measures.summarise_half(found, HELD_OUT)
            rows = [
                (name.strip(), report_text.written(report_text.figure(held_out, path), kind))
                for name, path, kind in report_text.ROWS
            ]
        return page(
            request,
            "measure.html",
            job=staff.jobs.get(QUICK),
            comparing=staff.jobs.get(COMPARE),
            found=found,
            rows=rows,
            questions=len(found.items(measures.QUESTION_SETS)) if found else 0,
            pictures={name: text for name, (text, _) in PICTURES.items()},
            chosen=chosen,
            working=working,
            at=charts.shares_at(found, chosen) if found else None,
            sides=SIDES,
            models={path.name: _trained(path) for path in training.kept(staff.root)},
        )

    @blueprint.get("/staff/meten/beeld/<name:str>", name="measure_picture")
    async def draw(request: Request, name: str) -> HTTPResponse:
        found = outcome()
        if found is None or name not in (*PICTURES, "drempel"):
            raise Wrong("Dit beeld is er niet.", 404)
        if name == "drempel":
            return picture(charts.thresholds(found, _threshold(request, 0.0), width_for(request)))
        return picture(PICTURES[name][1](found, width_for(request)))

    @blueprint.post("/staff/meten", name="measure_now")
    async def measure(request: Request) -> HTTPResponse:
        number = sent(request, "aantal", "20")
        if not number.isdigit() or not LEAST <= int(number) <= MOST:
            raise Wrong(f"Kies een aantal vragen van {LEAST} tot {MOST}.")
        broken.refuse(staff.root, broken.QUESTIONS)

        async def work(say: Say) -> Outcome:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                for path in (staff.root / evaluate.QUESTIONS).glob("*.jsonl"):
                    (folder / path.name).write_text(_some(path, int(number)), encoding="utf-8")
                return await evaluate.run(staff.rehearsal.bot, None, folder, folder / "none", say)

        staff.jobs.start(QUICK, work)
        return go("/staff/meten")

    @blueprint.post("/staff/meten/vergelijken", name="compare")
    async def against(request: Request) -> HTTPResponse:
        topic, number = sent(request, "onderwerp").strip(), sent(request, "vragen", "0")
        flows = runner.select(recordings.readable(staff.root), topic or None)
        broken.refuse(staff.root, broken.QUESTIONS)
        each = min(int(number), 1000) if number.isdigit() else 0
        questions = [item for name in evaluate.SAID_SETS for item in evaluate.read_set(name)[:each]]
        a, b = (
            _side(staff, letter, sent(request, f"kennis_{letter}"), sent(request, f"model_{letter}")) for letter in "ab"
        )

        async def work(say: Say) -> compare.Comparison:
            try:
                return await compare.compare(await _loaded(a), await _loaded(b), flows, questions, say)
            except Exception as error:
                if a.load is b.load is staff.same_bot:
                    raise
                raise Wrong("Een van de modellen past niet bij deze versie van Wegwijs. Kies een ander model.") from error

        staff.jobs.start(COMPARE, work)
        return go("/staff/meten#vergelijken")


def _trained(path: Path) -> str:
    """A model as staff know it: by when it was trained."""
    moment = dt.datetime.fromtimestamp(path.stat().st_mtime)
    return f"getraind op {wording.date(moment.date())} om {moment:%H:%M}"


@functools.lru_cache(maxsize=2)
def _read(path: Path, moment: int) -> Outcome | None:
    """The outcome that `make evaluate` kept; None when that can't be read, as when it was written by another version."""
    try:
        return Outcome(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        return None


def _threshold(request: Request, standard: float) -> float:
    try:
        return min(0.7, max(-0.3, float(request.args.get("drempel", standard))))
    except ValueError as error:
        raise Wrong("Schrijf de drempel als een getal, zoals 0.13.") from error


def _some(path: Path, number: int) -> str:
    """Lines spread over a file, as many of each half."""
    halves: dict[int, list[str]] = {0: [], 1: []}
    for line in path.read_text(encoding="utf-8").splitlines():
        halves[evaluate.half_of(json.loads(line)["message"])].append(line)
    each = max(1, number // 2)
    return "\n".join(line for lines in halves.values() for line in lines[:: max(1, len(lines) // each)][:each]) + "\n"


def _side(staff: Staff, letter: str, which: str, model: str) -> compare.Side:
    """One side of a comparison, from what was chosen."""
    name = f"{letter.upper()}: {SIDES.get(which, which)}{f', model {model}' if model else ''}"
    path = staff.root / "models" / model
    if model and (path.name != model or not path.is_file()):
        raise Wrong("Dit model is er niet.", 404)
    load = functools.partial(_load, path) if model else staff.same_bot
    return compare.Side(name, load, _knowledge(staff, which))


async def _loaded(side: compare.Side) -> compare.Side:
    """The side with its own model loaded, beside the turns of visitors; the model that runs is shared."""
    if not isinstance(side.load, functools.partial):
        return side
    bot = await asyncio.to_thread(side.load)
    return dataclasses.replace(side, load=lambda: bot)


def _load(path: Path) -> Bot:
    """A bot with another model, whose conversations lie in a folder that goes with it."""
    folder = tempfile.TemporaryDirectory(prefix="wegwijs-")
    bot = Bot.load(path, f"sqlite:///{folder.name}/conversations.db")
    weakref.finalize(bot, folder.cleanup)
    return bot


def _knowledge(staff: Staff, which: str) -> Knowledge:
    if which == "bot":
        return store.current()
    if which == "werkmap":
        return store.from_content(records.load(staff.root))
    if which == "git":
        return _committed(staff.root)
    raise Wrong("Kies welke kennis je vergelijkt.")


def _committed(root: Path) -> Knowledge:
    """The knowledge of the last commit. Raises Wrong when this folder is no git working copy."""
    done = subprocess.run(["git", "archive", "HEAD", "knowledge/content"], cwd=root, capture_output=True, check=False)
    if done.returncode:
        raise Wrong("Deze map is niet vastgelegd met git. Kies iets anders om mee te vergelijken.")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder)
        return store.from_content(content.load(Path(folder) / "knowledge/content"))
