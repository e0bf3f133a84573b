"""wegwijs knowledge grid: what changed for whom, over 30,000 invented people."""

from __future__ import annotations

import datetime as dt

import click

from bot import progress
from knowledge import content, grid, store


@click.command(name="grid")
@click.option("--write", is_flag=True, help="bewaar de uitkomsten als nieuwe samenvatting")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="op deze dag, zoals 2027-01-31")
def show_grid(write: bool, as_of: dt.datetime | None) -> None:
    """Toets elke route op 30.000 verzonnen mensen en toon wat veranderde."""
    kept_on, kept = grid.read() if grid.SUMMARY.exists() else (dt.date.today(), {})
    on = as_of.date() if as_of else kept_on
    try:
        knowledge = store.from_content(content.load())
    except content.ContentError as error:
        progress.fail(str(error))
    started = dt.datetime.now()
    now = {size: grid.table(knowledge, size, on) for size in grid.SIZES}
    largest = max(grid.SIZES)
    seconds = (dt.datetime.now() - started).total_seconds()
    click.echo(f"{largest} mensen, {len(now[largest])} routes, op {on}: {seconds:.0f} seconden.")
    for name, counts in now[largest].items():
        click.echo(f"  {name}: {', '.join(f'{verdict} {people}' for verdict, people in counts.items())}")
    lines = grid.differences(kept.get(largest, {}), now[largest]) if kept else []
    click.echo("\n".join(["Verschil met de bewaarde samenvatting:", *lines]) if lines else "Geen verschil.")
    if write:
        grid.write(now, on)
        click.echo(f"Geschreven: {grid.SUMMARY}")
