"""The command line of the conversations that are tests: wegwijs flows run, record, map, compare, figures …"""

from __future__ import annotations

import asyncio
import datetime as dt
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
    chosen = runner.select(found, topic)
    if not chosen:
        known = ", ".join(sorted({name for flow in found for name in flow.topics}))
        progress.fail(
            f"Geen enkel gesprek gaat over '{topic}'. Kies een kaart, een route, een feit, of een van: {known}."
        )
    return chosen


def load_bot(model: Path | None = None) -> Bot:
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
        progress.fail(f"{len(result.failed)} van de {len(result.results)} gesprekken lopen anders dan verwacht.")
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
                seen = asyncio.run(recorder.record_said(load_bot(), said))
        else:
            seen = asyncio.run(recorder.of_conversation(Bot.load(training.ensure_model()), source))
        text = recorder.record(seen, title, topic)
    except LookupError as error:
        progress.fail(str(error.args[0]))
    if output is None:
        click.echo(text)
        return
    save(output, text)
    click.echo("Lees het na: haal weg wat over een echte persoon gaat, en geef een duidelijke titel.")


@flows.command(name="schema")
def write_schema() -> None:
    """Schrijf het JSON-schema waarmee een editor helpt bij het typen."""
    from bot.flows import conversation_file  # noqa: PLC0415
    from knowledge import json_schema  # noqa: PLC0415

    save(json_schema.SCHEMA_DIR / "gesprekken.json", json_schema.text(conversation_file.schema()))


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
