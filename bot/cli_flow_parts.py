"""What the commands about conversations share: what they read, the bot they play with, what they write."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import environment, progress
from knowledge import content as content_module
from knowledge import store

if TYPE_CHECKING:
    from bot.flows.conversation import Flow
    from bot.turns import Bot

FILES = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FOLDER_TO_MAKE = click.Path(file_okay=False, path_type=Path)


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
    from bot.flows import conversation_file, data_files, runner  # noqa: PLC0415

    for problem in (wrong := data_files.problems(Path())):
        click.echo(f"✗ {problem}", err=True)
    if wrong:
        progress.fail(f"{len(wrong)} fout(en) in de taaldata. Pas aan wat hierboven staat, en probeer opnieuw.")
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
