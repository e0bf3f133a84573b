"""The command line: wegwijs run, train, chat, knowledge …"""

from __future__ import annotations

from bot import environment

environment.prepare()

import asyncio  # noqa: E402
import secrets  # noqa: E402
import time  # noqa: E402

import click  # noqa: E402

from bot import progress  # noqa: E402
from bot.cli_advise import advise  # noqa: E402
from bot.cli_bench import bench  # noqa: E402
from bot.cli_calculators import reken  # noqa: E402
from bot.cli_flows import flows  # noqa: E402
from bot.cli_knowledge import knowledge, load_content  # noqa: E402
from bot.cli_serve import prepare, serve_one  # noqa: E402
from knowledge import store  # noqa: E402


@click.group()
def main() -> None:
    """Wegwijs: een chatbot die de weg wijst naar zorg en kinderopvang."""


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
    load_content()
    training.train() if force else training.ensure_model()


main.add_command(knowledge)
main.add_command(reken)
main.add_command(advise)
main.add_command(bench)
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
    content = load_content()
    store.build(content)
    model = training.ensure_model()
    progress.say("Model laden …")
    serve.serve(model, number)


@main.command()
@click.option("--retrain", is_flag=True, help="eerst opnieuw trainen, en meten hoelang dat duurt")
def evaluate(retrain: bool) -> None:
    """Meet hoeveel vragen juist beantwoord worden."""
    from bot import evaluate as evaluation  # noqa: PLC0415
    from bot import report, report_text
    from bot import train as training
    from bot.turns import Bot

    environment.quiet_logs()
    store.build(load_content())
    started = time.perf_counter()
    trains = retrain or not training.model_path().exists()
    model = training.train() if retrain else training.ensure_model()
    seconds = time.perf_counter() - started if trains else None
    facts_of_model = report.model_facts(model, seconds)
    outcome = asyncio.run(evaluation.run(Bot.load(model, "sqlite:///:memory:"), progress=progress.say))
    summary = report.complete(outcome, facts_of_model)
    click.echo(report_text.table(summary))
    for path in report.write(summary, outcome):
        progress.say(f"Bewaard: {path}")


@main.command()
def chat() -> None:
    """Chat in de terminal."""
    from bot import train as training  # noqa: PLC0415
    from bot.turns import Bot  # noqa: PLC0415

    environment.quiet_logs()
    store.build(load_content())
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
