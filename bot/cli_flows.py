"""The command line of the conversations that are tests: wegwijs flows run, record, map, compare, figures …"""

from __future__ import annotations

import asyncio
import datetime as dt
import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import environment, progress
from knowledge import content as content_module
from knowledge import store
from knowledge.today import as_of as reckon_as_of

if TYPE_CHECKING:
    from bot.flows.conversation_file import Flow
    from bot.turns import Bot

FILES = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FOLDER_TO_MAKE = click.Path(file_okay=False, path_type=Path)


@click.group()
def flows() -> None:
    """Gesprekken als test: opnemen, spelen, tekenen en vergelijken."""


def knowledge_of(folder: Path | None) -> store.Knowledge:
    """The knowledge of a folder, checked; ends with the problems found and one clear sentence."""
    try:
        return store.from_content(content_module.load(folder or content_module.CONTENT_DIR))
    except content_module.ContentError as error:
        stop_with(error, "de kennisbestanden")
        raise


def stop_with(error: content_module.ContentError, where: str) -> None:
    for problem in error.problems:
        click.echo(f"✗ {problem}", err=True)
    progress.fail(f"{len(error.problems)} fout(en) in {where}. Pas aan wat hierboven staat, en probeer opnieuw.")


def flows_of(files: Sequence[Path], topic: str | None, knowledge: store.Knowledge) -> list[Flow]:
    """The conversations asked for, checked."""
    from bot.flows import conversation_file, runner  # noqa: PLC0415

    try:
        found = conversation_file.load(files or conversation_file.files(), knowledge)
    except content_module.ContentError as error:
        stop_with(error, "de gesprekken")
    if not found:
        progress.fail(f"In {conversation_file.FOLDER} staat geen gesprek. Voer dit uit in de map van Wegwijs.")
    chosen = runner.select(found, topic)
    if not chosen:
        known = ", ".join(sorted({name for flow in found for name in flow.topics}))
        progress.fail(
            f"Geen enkel gesprek gaat over '{topic}'. Kies een kaart, een route, een feit, of een van: {known}."
        )
    return chosen


@functools.lru_cache(maxsize=1)
def load_bot(model: Path | None) -> Bot:
    """The bot with this model, or with the one that fits the data (trained first when there is none)."""
    from bot import train as training  # noqa: PLC0415
    from bot.turns import Bot  # noqa: PLC0415

    environment.quiet_logs()
    return Bot.load(model or training.ensure_model(), "sqlite:///:memory:")


def save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    progress.say(f"Bewaard: {path}")


@flows.command()
@click.argument("files", nargs=-1, type=FILES)
@click.option("--topic", help="alleen gesprekken over dit onderwerp, deze kaart, route of dit feit")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="speel zoals op deze dag, en toon wat dan verandert")
@click.option("--html", type=FILES, help="schrijf ook een pagina met het verslag")
@click.option("--content", type=FOLDER, help="andere map met kennisbestanden")
@click.option("--model", type=FILES, help="ander getraind model")
def run(
    files: tuple[Path, ...],
    topic: str | None,
    as_of: dt.datetime | None,
    html: Path | None,
    content: Path | None,
    model: Path | None,
) -> None:
    """Speel de gesprekken, en toon wat anders loopt dan verwacht."""
    from bot.flows import ahead, html_report, runner  # noqa: PLC0415
    from bot.flows.judging import Judge  # noqa: PLC0415
    from bot.flows.places import Places  # noqa: PLC0415

    knowledge = knowledge_of(content)
    chosen = flows_of(files, topic, knowledge)
    bot = load_bot(model)
    changes: list[ahead.Change] = []
    with store.using(knowledge):
        judge = Judge(Places(folder=content), knowledge)
        with reckon_as_of(as_of.date() if as_of else None):
            result = asyncio.run(runner.run_flows(bot, chosen, judge, click.echo))
        if as_of:
            today = asyncio.run(runner.run_flows(bot, chosen, judge))
            changes = ahead.changes(knowledge, today, result)
    for failure in (failure for flow in result.failed for failure in flow.failures):
        click.echo(f"\n{failure.sentence()}")
    for change in changes:
        click.echo(f"\n{change.sentence()}")
    if as_of:
        click.echo(f"\nOp {result.day} zijn {len(changes)} antwoorden anders dan vandaag.")
    if html:
        save(html, html_report.report(result, changes))
    if not result.passed:
        progress.fail(result.verdict())
    click.echo(f"In orde: {len(result.results)} gesprekken.")


@flows.command()
@click.argument("files", nargs=-1, type=FILES)
def check(files: tuple[Path, ...]) -> None:
    """Kijk de gespreksbestanden na, zonder te spelen."""
    click.echo(f"In orde: {len(flows_of(files, None, knowledge_of(None)))} gesprekken.")


@flows.command()
@click.argument("source")
@click.option("-o", "--output", type=FILES, help="het bestand om te schrijven; anders op het scherm")
@click.option("--title", default="Een opgenomen gesprek", help="waarover het gesprek gaat")
@click.option("--topic", multiple=True, default=("opgenomen",), help="onderwerp; mag meer dan één keer")
def record(source: str, output: Path | None, title: str, topic: tuple[str, ...]) -> None:
    """Maak een test van een gesprek: geef zijn naam, of een bestand met het bewaarde gesprek."""
    from bot import train as training  # noqa: PLC0415
    from bot.flows import recorder  # noqa: PLC0415
    from bot.turns import Bot  # noqa: PLC0415

    environment.quiet_logs()
    try:
        if Path(source).is_file():
            said = recorder.said_in(Path(source))
            with store.using(knowledge_of(None)):
                text = recorder.record(asyncio.run(recorder.record_said(load_bot(None), said)), title, topic)
        else:
            kept = Bot.load(training.ensure_model())
            text = recorder.record(asyncio.run(recorder.of_conversation(kept, source)), title, topic)
    except LookupError as error:
        progress.fail(str(error.args[0]))
    if output is None:
        click.echo(text)
        return
    save(output, text)
    click.echo("Lees het na: haal weg wat over een echte persoon gaat, en geef een duidelijke titel.")


@flows.command()
@click.argument("files", nargs=-1, required=True, type=FILES)
def again(files: tuple[Path, ...]) -> None:
    """Neem gesprekken opnieuw op, zoals ze nu lopen. Wat de bot volgens jou moet zeggen, blijft staan."""
    from bot.flows import recorder  # noqa: PLC0415

    knowledge = knowledge_of(None)
    chosen, bot = flows_of(files, None, knowledge), load_bot(None)
    with store.using(knowledge):
        for flow in chosen:
            try:
                text = asyncio.run(recorder.again(bot, flow))
            except LookupError as error:
                progress.fail(f"{flow.file}: {error.args[0]}. Pas het gesprek aan, en probeer opnieuw.")
            if text != flow.file.read_text(encoding="utf-8"):
                save(flow.file, text)
    click.echo("Lees na wat er nu verwacht wordt: wat hier staat, geldt vanaf nu als juist.")


@flows.command(name="schema")
def write_schema() -> None:
    """Schrijf het JSON-schema waarmee een editor helpt bij het typen."""
    from bot.flows import conversation_file  # noqa: PLC0415
    from knowledge import json_schema  # noqa: PLC0415

    save(json_schema.SCHEMA_DIR / "gesprekken.json", json_schema.text(conversation_file.schema()))


@flows.command(name="map")
@click.option("--html", type=FILES, help="schrijf één pagina, met de bestanden erbij")
@click.option("--svg", type=FOLDER_TO_MAKE, help="schrijf de tekeningen in deze map")
@click.option("--talk", "url", help="tel ook bewaarde gesprekken, zoals sqlite:///var/conversations.db")
@click.option("--no-run", is_flag=True, help="speel de gesprekken niet; dan is er niets geteld")
def draw_map(html: Path | None, svg: Path | None, url: str | None, no_run: bool) -> None:
    """Teken de gesprekken, en toon waar geen test langskomt."""
    from bot.flows import coverage, flow_map, map_page  # noqa: PLC0415
    from bot.flows.places import Places  # noqa: PLC0415

    places, knowledge, links = Places(), knowledge_of(None), map_page.Links()
    tests = coverage.Walked() if no_run else coverage.walked(places.paths, _played(knowledge))
    talk = coverage.walked(places.paths, _kept(url)) if url else None
    try:
        pictures = flow_map.Map(places, knowledge, tests, talk, links).draw()
    except flow_map.GraphvizMissing as error:
        progress.fail(str(error))
    missed = coverage.unwalked(places, knowledge, tests)
    for kind, items in missed.items():
        click.echo(f"{kind} waar geen test langskomt: {len(items)}")
        for name, place in items if kind != "kaarten" else []:
            click.echo(f"  {name}{f' ({place.file}:{place.line})' if place else ''}")
    for name, drawn in pictures.items() if svg else ():
        save(Path(svg or "") / f"{name}.svg", drawn)
    if html:
        save(html, map_page.render(pictures, missed, links))


def _played(knowledge: store.Knowledge) -> list[list[Any]]:
    """Every conversation of the tests, as observed."""
    from bot.flows import runner  # noqa: PLC0415

    with store.using(knowledge):
        run = asyncio.run(runner.run_flows(load_bot(None), flows_of((), None, knowledge)))
    return [[turn.observed for turn in result.turns] for result in run.results]


def _kept(url: str) -> list[list[Any]]:
    """Every conversation that is kept at a URL; ends with one clear sentence when it can't be read."""
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    from bot.conversations import ConversationStore  # noqa: PLC0415
    from bot.flows import coverage  # noqa: PLC0415

    try:
        return asyncio.run(coverage.kept(ConversationStore.at(url)))
    except SQLAlchemyError as error:
        progress.fail(f"De gesprekken in {url} zijn niet te lezen ({type(error).__name__}). Kijk het adres na.")
        raise


@flows.command()
@click.option("--model-a", type=FILES, help="het eerste model; anders dat wat bij de taaldata past")
@click.option("--model-b", type=FILES, help="het tweede model")
@click.option("--knowledge-a", type=FOLDER, help="de eerste map met kennisbestanden; anders die van Wegwijs")
@click.option("--knowledge-b", type=FOLDER, help="de tweede map met kennisbestanden")
@click.option("--topic", help="alleen gesprekken over dit onderwerp")
@click.option("--no-questions", is_flag=True, help="alleen de gesprekken, niet de vragen van tests/questions")
@click.option("--html", type=FILES, help="schrijf ook een pagina")
def compare(
    model_a: Path | None,
    model_b: Path | None,
    knowledge_a: Path | None,
    knowledge_b: Path | None,
    topic: str | None,
    no_questions: bool,
    html: Path | None,
) -> None:
    """Zet twee modellen of twee kennisbanken naast elkaar, en toon wat beter of slechter werd."""
    from bot.flows import compare as comparing  # noqa: PLC0415

    if not any((model_a, model_b, knowledge_a, knowledge_b)):
        progress.fail("Zeg wat je vergelijkt. Geef --model-b, of geef --knowledge-b met een map.")
    first, second = knowledge_of(knowledge_a), knowledge_of(knowledge_b)
    load = functools.partial(load_bot, model_a)
    other = load if model_a == model_b else functools.partial(load_bot, model_b)
    a = comparing.Side(_name("A", model_a, knowledge_a), load, first)
    b = comparing.Side(_name("B", model_b, knowledge_b), other, second)
    chosen = flows_of((), topic, first)
    questions = [] if no_questions else comparing.question_sets()
    outcome = asyncio.run(comparing.compare(a, b, chosen, questions, progress.say))
    click.echo(comparing.table_text(outcome))
    if html:
        save(html, comparing.html(outcome))


def _name(letter: str, model: Path | None, knowledge: Path | None) -> str:
    parts = [path.name for path in (model, knowledge) if path]
    return f"{letter} ({', '.join(parts)})" if parts else letter


@flows.command()
@click.option("--talk", "url", help="waar de gesprekken bewaard zijn; anders WEGWIJS_TRACKER_URL")
@click.option("--json", "as_json", is_flag=True, help="als JSON")
def figures(url: str | None, as_json: bool) -> None:
    """Tel per dag hoeveel gesprekken er waren, en waar mensen stoppen."""
    from bot.conversations import tracker_url  # noqa: PLC0415
    from bot.flows import figures as counting  # noqa: PLC0415

    counted = counting.count(_kept(url or tracker_url()))
    click.echo(json.dumps(counted, ensure_ascii=False, indent=2) if as_json else counting.table(counted))
