"""wegwijs bench: how fast, beside stock Rasa and as work grows."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import click

from bot import environment, progress

FOLDER = Path("results/bench")


@click.group(invoke_without_command=True)
@click.option(
    "--share", default=0.1, show_default=True, type=click.FloatRange(0.001, 1), help="deel van de voorbeelden"
)
@click.option("--epochs", default=10, show_default=True, help="rondes waarin standaard-Rasa leert (zelf kiest het 100)")
@click.option("--rounds", default=3, show_default=True, help="hoe vaak elk systeem aan de beurt komt")
@click.option("--messages", default=256, show_default=True, help="berichten per beurt")
@click.option("--users", default="1,8,32", show_default=True, help="bezoekers tegelijk")
@click.option("--processes", default="1,2", show_default=True, help="processen van Wegwijs")
@click.option("--stock/--no-stock", default=True, help="ook standaard-Rasa, of alleen Wegwijs")
@click.option("--again", is_flag=True, help="gebruik modellen, start en geheugen van de vorige keer")
@click.pass_context
def bench(
    context: click.Context, share: float, epochs: int, rounds: int, messages: int, users: str, processes: str,
    stock: bool, again: bool,
) -> None:  # fmt: skip
    """Meet Wegwijs naast standaard-Rasa, om de beurt in één keer."""
    if context.invoked_subcommand:
        return
    from bot.bench import compare, report  # noqa: PLC0415

    environment.quiet_logs()
    if not again:
        shutil.rmtree(FOLDER, ignore_errors=True)
    plan = compare.Plan(_numbers(users), messages, rounds, share, epochs, stock, _numbers(processes))
    result = compare.run(plan, FOLDER.absolute(), again, progress.say)
    click.echo(report.table(result))
    for path in report.write("bench", {**result, "bars": report.bars(result)}, lambda: report.picture(result)):
        progress.say(f"Bewaard: {path}")


@bench.command()
@click.option("--scale", default=1.0, show_default=True, help="kleiner dan 1: minder ver laten groeien")
def growth(scale: float) -> None:
    """Meet wat een beurt kost naarmate er meer is: beurten, records, bewaarde gesprekken."""
    from bot import train  # noqa: PLC0415
    from bot.bench import growth as growing
    from bot.bench import report
    from knowledge import content, store

    environment.quiet_logs()
    base = content.load()
    store.build(base)
    model = train.ensure_model()
    shutil.rmtree(FOLDER.with_name("growth"), ignore_errors=True)
    found = growing.run(model, base, FOLDER.with_name("growth"), progress.say, scale)
    shutil.rmtree(FOLDER.with_name("growth"))
    click.echo(growing.summary(found))
    for path in report.write("growth", found, lambda: report.growth_picture(found)):
        progress.say(f"Bewaard: {path}")


@bench.command()
@click.option(
    "--beside", type=click.Path(exists=True, dir_okay=False), help="een eerdere uitkomst, om naast te tekenen"
)
def profile(beside: str | None) -> None:
    """Meet waar de rekentijd van een beurt heen gaat."""
    from bot import train  # noqa: PLC0415
    from bot.bench import report, stages
    from knowledge import content, store

    environment.quiet_logs()
    store.build(content.load())
    folder = FOLDER.with_name("profile")
    shutil.rmtree(folder, ignore_errors=True)
    found = asyncio.run(stages.run(train.ensure_model(), folder))
    shutil.rmtree(folder)
    earlier = json.loads(Path(beside).read_text(encoding="utf-8")) if beside else None
    click.echo(report.stage_table(found, earlier))
    for path in report.write("profile", found, lambda: report.stage_picture(found, earlier)):
        progress.say(f"Bewaard: {path}")


def _numbers(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise click.BadParameter(f"'{text}' moet een rij getallen zijn, zoals 1,8,32") from None
