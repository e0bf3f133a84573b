"""The commands that look at conversations as a whole: wegwijs flows map, compare, figures."""

from __future__ import annotations

import asyncio
import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import progress
from bot.cli_flow_parts import FILES, FOLDER, FOLDER_TO_MAKE, flows_of, knowledge_of, load_bot, save
from knowledge import store

if TYPE_CHECKING:
    from bot.flows.places import Places
    from bot.inbox import Inbox

UNREADABLE = "De gesprekken in {url} zijn niet te lezen ({what}). Kijk het adres na."


@click.command(name="map")
@click.option("--html", type=FILES, help="schrijf één pagina, met de bestanden erbij")
@click.option("--svg", type=FOLDER_TO_MAKE, help="schrijf de tekeningen in deze map")
@click.option("--talk", "url", help="tel ook bewaarde gesprekken, zoals sqlite:///var/conversations.db")
@click.option("--no-run", is_flag=True, help="speel de gesprekken niet; dan is er niets geteld")
def draw_map(html: Path | None, svg: Path | None, url: str | None, no_run: bool) -> None:
    """Teken de gesprekken, en toon waar geen test langskomt."""
    from bot.flows import coverage, flow_map, map_page  # noqa: PLC0415
    from bot.flows.places import Places  # noqa: PLC0415

    places, knowledge, links = Places(), knowledge_of(None), map_page.Links()
    tests = coverage.Walked() if no_run else coverage.walked(places.paths, _played(knowledge, places))
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


def _played(knowledge: store.Knowledge, places: Places) -> list[list[Any]]:
    """Every conversation of the tests as observed, and every card asked for by its button."""
    from bot.flows import cards, runner  # noqa: PLC0415

    chosen = [*flows_of((), None, knowledge), *cards.by_button(knowledge, places)]
    with store.using(knowledge):
        run = asyncio.run(runner.run_flows(load_bot(None), chosen))
    return [[turn.observed for turn in result.turns] for result in run.results]


def _kept(url: str) -> list[list[Any]]:
    """Every conversation that is kept at a URL; ends with one clear sentence when it can't be read."""
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    from bot.conversations import ConversationStore  # noqa: PLC0415
    from bot.flows import coverage  # noqa: PLC0415

    try:
        return asyncio.run(coverage.kept(ConversationStore.at(url)))
    except SQLAlchemyError as error:
        progress.fail(UNREADABLE.format(url=url, what=type(error).__name__))
        raise


@click.command()
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


@click.command()
@click.option("--talk", "url", help="waar de gesprekken bewaard zijn; anders WEGWIJS_TRACKER_URL")
@click.option("--json", "as_json", is_flag=True, help="als JSON")
def figures(url: str | None, as_json: bool) -> None:
    """Tel per dag hoeveel gesprekken er waren, en waar mensen stoppen."""
    from bot.conversations import tracker_url  # noqa: PLC0415
    from bot.flows import figures as counting  # noqa: PLC0415
    from bot.thumbs import Thumbs  # noqa: PLC0415

    url = url or tracker_url()
    counted = counting.count(_kept(url))
    judged = Thumbs(_inbox(url)).judged()
    counted["thumbs"] = [{"record": one.record, "up": one.up, "down": one.down} for one in judged]
    if as_json:
        click.echo(json.dumps(counted, ensure_ascii=False, indent=2))
        return
    click.echo(counting.table(counted))
    click.echo("\nHielp het antwoord? (laatste 90 dagen)")
    for one in judged:
        click.echo(f"  {one.record or 'geen kaart'}: {one.up} keer ja, {one.down} keer nee")


@click.command()
@click.option("--talk", "url", help="waar de gesprekken bewaard zijn; anders WEGWIJS_TRACKER_URL")
def inbox(url: str | None) -> None:
    """Toon wat de bot niet begreep, en welke antwoorden niet hielpen; zonder gegevens van mensen."""
    from bot.conversations import tracker_url  # noqa: PLC0415

    messages = _inbox(url or tracker_url()).open()
    for message in sorted(messages, key=lambda one: -one.times):
        near = f"; lijkt op {', '.join(message.topics)}" if message.topics else ""
        click.echo(f"{message.times}× {message.text} ({message.reason}, {message.day}{near})")
    click.echo(f"{len(messages)} berichten." if messages else "Niets te doen: er ligt geen enkel bericht.")


def _inbox(url: str) -> Inbox:
    """The inbox beside the conversations at a URL; ends with one clear sentence when it can't be read."""
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    from bot.conversations import ConversationStore  # noqa: PLC0415
    from bot.inbox import Inbox  # noqa: PLC0415

    try:
        return Inbox(ConversationStore.at(url).engine)
    except SQLAlchemyError as error:
        progress.fail(UNREADABLE.format(url=url, what=type(error).__name__))
        raise
