"""What a cluster starts: `wegwijs prepare` once for each release, `wegwijs serve` for each bot."""

from __future__ import annotations

import click

from bot import environment, progress
from knowledge import content as content_module
from knowledge import store


@click.command()
def prepare() -> None:
    """Maak de tabellen en bouw de kennisbank: één keer per uitrol, vóór de bots starten."""
    environment.quiet_logs()  # first: other libraries warn while they are imported
    from bot.conversations import ConversationStore, tracker_url  # noqa: PLC0415
    from bot.inbox import Inbox
    from bot.later import LaterStore
    from bot.plan_store import PlanStore
    from bot.thumbs import Thumbs

    conversations = ConversationStore.at(tracker_url())
    LaterStore(conversations)
    PlanStore(conversations.engine)
    Thumbs(Inbox(conversations.engine))  # its table is made with those of the inbox, once it is known
    content = store.build_from_files(content_module.CONTENT_DIR)
    progress.say(f"Klaar: tabellen en {sum(len(records) for records in content.records.values())} records.")


@click.command(name="serve")
def serve_one() -> None:
    """Start één bot van een cluster: alleen de pagina, met het model en de kennisbank die er zijn."""
    environment.quiet_logs()
    from bot import serve as serving  # noqa: PLC0415
    from bot import train as training

    try:
        number = serving.check_settings()
        host = serving.host()
        store.read()
    except (ValueError, store.KnowledgeMissing) as error:
        progress.fail(str(error))
    model = training.model_path()
    if not model.exists():
        progress.fail("Er is geen model dat bij de taaldata past. Maak het met: wegwijs train")
    if not serving.port_is_free(number, host):
        progress.fail(f"Poort {number} is al in gebruik. Kies een andere met WEGWIJS_PORT.")
    serving.serve(model, number, host, with_rest=False)
