"""The command line of the conversations that are tests: wegwijs flows run, check, record, again, schema, and what they show."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import click

from bot import cli_flow_views, environment, progress
from bot.cli_flow_parts import FILES, FOLDER, flows_of, knowledge_of, load_bot, save
from knowledge import store
from knowledge.today import as_of as reckon_as_of


@click.group()
def flows() -> None:
    """Gesprekken als test: opnemen, spelen, tekenen en vergelijken."""


for command in (cli_flow_views.draw_map, cli_flow_views.compare, cli_flow_views.figures, cli_flow_views.inbox):
    flows.add_command(command)


@flows.command()
@click.argument("files", nargs=-1, type=FILES)
@click.option("--topic", help="alleen gesprekken over dit onderwerp, deze kaart, route of dit feit")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="speel zoals op deze dag, en toon wat dan verandert")
@click.option("--html", type=FILES, help="schrijf ook een pagina met het verslag")
@click.option("--content", type=FOLDER, help="andere map met kennisbestanden")
@click.option("--model", type=FILES, help="ander getraind model")
@click.option("--cards", is_flag=True, help="speel elke kaart: vraag ze met haar eigen eerste voorbeeldvraag")
def run(
    files: tuple[Path, ...],
    topic: str | None,
    as_of: dt.datetime | None,
    html: Path | None,
    content: Path | None,
    model: Path | None,
    cards: bool,
) -> None:
    """Speel de gesprekken, en toon wat anders loopt dan verwacht."""
    from bot.flows import ahead, html_report, runner  # noqa: PLC0415
    from bot.flows.cards import by_question  # noqa: PLC0415
    from bot.flows.judging import Judge  # noqa: PLC0415
    from bot.flows.places import Places  # noqa: PLC0415

    knowledge = knowledge_of(content)
    places = Places(folder=content)
    chosen = runner.select(by_question(knowledge, places), topic) if cards else flows_of(files, topic, knowledge)
    if not chosen:
        progress.fail(f"Geen enkele kaart gaat over '{topic}'. Kies een kaart, een groep kaarten of een soort route.")
    bot = load_bot(model)
    changes: list[ahead.Change] = []
    with store.using(knowledge):
        judge = Judge(places, knowledge)
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
@click.option("--says", multiple=True, help="wat de bot op het einde moet zeggen; mag meer dan één keer")
def record(source: str, output: Path | None, title: str, topic: tuple[str, ...], says: tuple[str, ...]) -> None:
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
        text = recorder.expecting(text, says) if says else text
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
    from bot.flows import conversation  # noqa: PLC0415
    from knowledge import json_schema  # noqa: PLC0415

    save(json_schema.SCHEMA_DIR / "gesprekken.json", json_schema.text(conversation.schema()))
