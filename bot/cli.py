"""The command line: wegwijs run, train, chat, knowledge …"""

from __future__ import annotations

from bot import environment

environment.prepare()

import asyncio  # noqa: E402
import datetime as dt  # noqa: E402
import json  # noqa: E402
import secrets  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

import click  # noqa: E402

from bot import progress  # noqa: E402
from bot.cli_advise import advise  # noqa: E402
from bot.cli_bench import bench  # noqa: E402
from bot.cli_calculators import reken  # noqa: E402
from bot.cli_flows import flows  # noqa: E402
from bot.cli_grid import show_grid  # noqa: E402
from bot.cli_serve import prepare, serve_one  # noqa: E402
from knowledge import answers, book, diff, freshness, json_schema, store  # noqa: E402
from knowledge import content as content_module  # noqa: E402
from knowledge import export as export_module  # noqa: E402


@click.group()
def main() -> None:
    """Wegwijs: een chatbot die de weg wijst naar zorg en kinderopvang."""


@main.group()
def knowledge() -> None:
    """De kennisbank bouwen, nakijken en tonen."""


def _load_content(folder: str | None = None) -> content_module.Content:
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
    content = _load_content(folder)
    store.build(content)
    count = sum(len(records) for records in content.records.values())
    progress.say(f"Kennisbank gebouwd: {count} records.")


@knowledge.command()
@click.option("--content", "folder", default=None, help="map met de kennisbestanden")
def check(folder: str | None) -> None:
    """Kijk de YAML-bestanden na, zonder te bouwen."""
    content = _load_content(folder)
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
    found = freshness.stale(store.from_content(_load_content()), on)
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
    lines = diff.differences(_load_content(old_folder), _load_content(new_folder))
    click.echo("\n".join(lines) or "Geen verschil.")


@knowledge.command(name="book")
@click.option("-o", "--output", default="wegwijs-kennis.html", help="het bestand om te schrijven")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="op deze dag, zoals 2027-01-31")
def write_book(output: str, as_of: dt.datetime | None) -> None:
    """Schrijf alles wat de bot weet in één pagina om te lezen of te printen."""
    html = book.render(store.from_content(_load_content()), as_of.date() if as_of else dt.date.today())
    Path(output).write_text(html, encoding="utf-8")
    click.echo(f"Geschreven: {output}")


@knowledge.command(name="schema")
@click.option("-o", "--output", default=str(json_schema.SCHEMA_DIR), help="de map om in te schrijven")
def write_schema(output: str) -> None:
    """Schrijf de JSON-schema's waarmee een editor helpt bij het typen."""
    for path in json_schema.write(Path(output)):
        click.echo(f"Geschreven: {path}")


@main.group()
def data() -> None:
    """De taaldata nakijken."""


@data.command(name="check")
def data_check() -> None:
    """Kijk voorbeelden, regels, verhalen en domein na."""
    from bot.data_check import problems  # noqa: PLC0415

    found = problems()
    for problem in found:
        click.echo(f"✗ {problem}", err=True)
    if found:
        progress.fail(f"{len(found)} fout(en) in de taaldata.")
    click.echo("In orde: de taaldata klopt.")


@main.command()
@click.option("--force", is_flag=True, help="ook als er al een passend model is")
def train(force: bool) -> None:
    """Train het taalmodel."""
    from bot import train as training  # noqa: PLC0415

    environment.quiet_logs()
    _load_content()
    training.train() if force else training.ensure_model()


main.add_command(reken)
main.add_command(advise)
main.add_command(bench)
knowledge.add_command(show_grid)
main.add_command(flows)
main.add_command(prepare)
main.add_command(serve_one)


@main.command()
def run() -> None:
    """Bouw, train als het nodig is, en open de pagina op deze computer."""
    environment.quiet_logs()  # first: other libraries warn while they are imported
    from bot import serve  # noqa: PLC0415
    from bot import train as training

    try:
        number = serve.check_settings()
    except ValueError as error:
        progress.fail(str(error))
    if not serve.port_is_free(number):
        progress.fail(
            f"Poort {number} is al in gebruik. Stop dat programma, of kies een andere: WEGWIJS_PORT=5015 make run"
        )
    progress.say("Kennisbank bouwen …")
    content = _load_content()
    store.build(content)
    model = training.ensure_model()
    progress.say("Model laden …")
    serve.serve(model, number)


@main.command()
@click.option("--retrain", is_flag=True, help="eerst opnieuw trainen, en meten hoelang dat duurt")
def evaluate(retrain: bool) -> None:
    """Meet hoeveel vragen juist beantwoord worden."""
    from bot import evaluate as evaluation  # noqa: PLC0415
    from bot import report
    from bot import train as training
    from bot.turns import Bot

    environment.quiet_logs()
    store.build(_load_content())
    started = time.perf_counter()
    trains = retrain or not training.model_path().exists()
    model = training.train() if retrain else training.ensure_model()
    seconds = time.perf_counter() - started if trains else None
    facts_of_model = report.model_facts(model, seconds)
    outcome = asyncio.run(evaluation.run(Bot.load(model, "sqlite:///:memory:"), progress=progress.say))
    summary = report.complete(outcome, facts_of_model)
    click.echo(report.table(summary))
    for path in report.write(summary, outcome):
        progress.say(f"Bewaard: {path}")


@main.command()
def chat() -> None:
    """Chat in de terminal."""
    from bot import train as training  # noqa: PLC0415
    from bot.turns import Bot  # noqa: PLC0415

    environment.quiet_logs()
    store.build(_load_content())
    bot = Bot.load(training.ensure_model(), "sqlite:///:memory:")
    asyncio.run(_chat(bot))


async def _chat(bot) -> None:  # type: ignore[no-untyped-def]
    sender = secrets.token_hex(8)
    buttons: list[dict[str, str]] = []
    turn = await bot.say(sender, "/groet", trusted=True)
    while True:
        for item in turn.items:
            click.echo(f"\n{item['text']}")
            if item["buttons"]:
                buttons = item["buttons"]
                for number, button in enumerate(buttons, 1):
                    click.echo(f"  [{number}] {button['title']}")
        try:
            said = input("\n> ").strip()
        except (EOFError, KeyboardInterrupt):
            click.echo("\nTot later!")
            return
        if said.startswith("[") or (said.isdigit() and 1 <= int(said) <= len(buttons) and len(buttons) > 1):
            found = await bot.payload_of(sender, buttons[int(said.strip("[]")) - 1]["id"])
            turn = await bot.say(sender, found[0], trusted=True, shown=found[1])
        else:
            turn = await bot.say(sender, said or "?")


if __name__ == "__main__":
    main()
