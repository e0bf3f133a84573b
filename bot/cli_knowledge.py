"""The command line of the knowledge base: wegwijs knowledge build, check, show, export …"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from bot import progress
from bot.cli_grid import show_grid
from knowledge import answers, book, diff, freshness, json_schema, store
from knowledge import content as content_module
from knowledge import export as export_module


@click.group()
def knowledge() -> None:
    """De kennisbank bouwen, nakijken en tonen."""


def load_content(folder: str | None = None) -> content_module.Content:
    """The content of a folder, checked; ends with the problems found and one clear sentence."""
    try:
        return content_module.load(Path(folder) if folder else content_module.CONTENT_DIR)
    except content_module.ContentError as error:
        for problem in error.problems:
            click.echo(f"✗ {problem}", err=True)
        progress.fail(
            f"{len(error.problems)} fout(en) in de kennisbestanden. De kennisbank die er was, blijft in gebruik."
        )
        raise


@knowledge.command()
@click.option("--content", "folder", default=None, help="map met de kennisbestanden")
def build(folder: str | None) -> None:
    """Bouw de kennisbank uit de YAML-bestanden."""
    content = load_content(folder)
    store.build(content)
    count = sum(len(records) for records in content.records.values())
    progress.say(f"Kennisbank gebouwd: {count} records.")


@knowledge.command()
@click.option("--content", "folder", default=None, help="map met de kennisbestanden")
def check(folder: str | None) -> None:
    """Kijk de YAML-bestanden na, zonder te bouwen."""
    content = load_content(folder)
    click.echo(f"In orde: {sum(len(records) for records in content.records.values())} records.")


@knowledge.command()
@click.argument("record_id")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="op deze dag, zoals 2027-01-31")
def show(record_id: str, as_of: dt.datetime | None) -> None:
    """Toon één record, zoals een bezoeker het leest."""
    base = store.current()
    found = [item for item in export_module.records(base) if item["id"] == record_id]
    if not found:
        progress.fail(f"Er is geen record met de naam '{record_id}'. Zoek met: wegwijs knowledge export --json")
    if record_id in base.topics:
        found[0]["answer"] = answers.answer_text(base, base.topics[record_id], as_of.date() if as_of else None)
    click.echo(json.dumps(found[0], ensure_ascii=False, indent=2))


@knowledge.command(name="export")
@click.option("--json", "as_json", is_flag=True, help="als JSON")
def export(as_json: bool) -> None:
    """Toon elk record met id, tekst en bronnen."""
    items = export_module.records(store.current())
    if as_json:
        click.echo(json.dumps(items, ensure_ascii=False))
    else:
        for item in items:
            click.echo(f"{item['id']}: {item['text']}\n")


@knowledge.command()
@click.option("--json", "as_json", is_flag=True, help="als JSON")
def facts(as_json: bool) -> None:
    """Toon de feiten die Wegwijs over iemand kan weten."""
    items = export_module.facts(store.current())
    if as_json:
        click.echo(json.dumps(items, ensure_ascii=False))
    else:
        for item in items:
            values = ", ".join(value["label"] for value in item["values"])
            click.echo(f"{item['name']} ({item['type']}) {values}".strip())


@knowledge.command(name="freshness")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="op deze dag, zoals 2027-01-31")
def show_freshness(as_of: dt.datetime | None) -> None:
    """Toon wat voorbij zijn datum is, of lang niet nagekeken."""
    on = as_of.date() if as_of else dt.date.today()
    found = freshness.stale(store.from_content(load_content()), on)
    for reason in freshness.REASONS:
        items = [item for item in found if item.reason == reason]
        click.echo(f"{reason}: {len(items)}")
        for item in items:
            click.echo(f"  {item.record_id}{f' ({item.since})' if item.since else ''}")
    click.echo(f"Op {on}: {len({item.record_id for item in found})} record(s) om na te kijken.")


@knowledge.command(name="diff")
@click.argument("old_folder", type=click.Path(exists=True, file_okay=False))
@click.argument("new_folder", type=click.Path(exists=True, file_okay=False))
def show_diff(old_folder: str, new_folder: str) -> None:
    """Toon wat er veranderde tussen twee mappen met kennis."""
    lines = diff.differences(load_content(old_folder), load_content(new_folder))
    click.echo("\n".join(lines) or "Geen verschil.")


@knowledge.command(name="book")
@click.option("-o", "--output", default="wegwijs-kennis.html", help="het bestand om te schrijven")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="op deze dag, zoals 2027-01-31")
def write_book(output: str, as_of: dt.datetime | None) -> None:
    """Schrijf alles wat de bot weet in één pagina om te lezen of te printen."""
    html = book.render(store.from_content(load_content()), as_of.date() if as_of else dt.date.today())
    Path(output).write_text(html, encoding="utf-8")
    click.echo(f"Geschreven: {output}")


@knowledge.command(name="schema")
@click.option("-o", "--output", default=str(json_schema.SCHEMA_DIR), help="de map om in te schrijven")
def write_schema(output: str) -> None:
    """Schrijf de JSON-schema's waarmee een editor helpt bij het typen."""
    for path in json_schema.write(Path(output)):
        click.echo(f"Geschreven: {path}")


knowledge.add_command(show_grid)
