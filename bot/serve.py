"""Serves the bot: loads the model, opens the page and the channels, cleans up old conversations."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from pathlib import Path

from sanic import Sanic
from sqlalchemy.exc import DatabaseError

from bot import inbox as inbox_module
from bot import progress
from bot import train as training
from bot.action_runner import time_limit
from bot.inbox import Inbox
from bot.limits import proxies
from bot.locks import lock_store
from bot.logs import cause
from bot.origin import secure
from bot.plan_pages import plan_blueprint
from bot.rest_channel import rest_blueprint
from bot.staff import listener
from bot.thumbs import Thumbs
from bot.turns import Bot
from bot.web_channel import MAX_BODY, excuse, web_blueprint

logger = logging.getLogger(__name__)
HOST = "127.0.0.1"
DEFAULT_PORT = 5005
CLEAN_UP_SECONDS = 3600
SLOWEST = 60  # seconds in which a request must be in, and be answered
MOST_DRAIN = 120  # seconds


def port() -> int:
    """WEGWIJS_PORT or 5005. Raises ValueError with a sentence when it isn't a port number."""
    value = os.environ.get("WEGWIJS_PORT", str(DEFAULT_PORT))
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise ValueError(f"WEGWIJS_PORT is '{value}', maar moet een getal tussen 1 en 65535 zijn.")
    return int(value)


def host() -> str:
    """WEGWIJS_HOST: the address on which a bot of a cluster listens; this machine only when it isn't set."""
    return os.environ.get("WEGWIJS_HOST", HOST)


def drain_seconds() -> int:
    """WEGWIJS_DRAIN_SECONDS: how long a bot that must stop still takes turns while /ready says no.

    Raises ValueError with a sentence when it isn't a number of seconds.
    """
    value = os.environ.get("WEGWIJS_DRAIN_SECONDS", "0")
    if not value.isdigit() or int(value) > MOST_DRAIN:
        raise ValueError(f"WEGWIJS_DRAIN_SECONDS is '{value}', maar moet een getal van 0 tot {MOST_DRAIN} zijn.")
    return int(value)


def check_settings() -> int:
    """The port. Raises ValueError with a sentence for the first setting that is wrong."""
    time_limit()
    proxies()
    drain_seconds()
    lock_store()
    return port()


def port_is_free(number: int, host: str = HOST) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number))
        except OSError:
            return False
    return True


def make_app(bot: Bot | None = None, with_rest: bool = True) -> Sanic:
    """The web application around a bot that is loaded already (or is set later as `app.ctx.bot`)."""
    app = Sanic(f"wegwijs_{os.getpid()}_{id(bot)}", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = 2 * MAX_BODY
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.REQUEST_TIMEOUT = app.config.RESPONSE_TIMEOUT = SLOWEST
    app.config.PROXIES_COUNT = proxies()
    app.ctx.bot = bot
    app.ctx.draining = False
    app.blueprint(web_blueprint(lambda: app.ctx.bot))
    app.blueprint(plan_blueprint(lambda: app.ctx.bot))
    if with_rest:
        app.blueprint(rest_blueprint(lambda: app.ctx.bot))
    secure(app)
    excuse(app)
    return app


def serve(model: Path, number: int, host: str = HOST, with_rest: bool = True) -> None:
    """Serve until interrupted."""
    bot = load(model)
    asyncio.run(bot.agent.parse_message("hallo"))  # loads spaCy and the embedding now, not at the first visitor
    app = make_app(bot, with_rest=with_rest and os.environ.get("WEGWIJS_REST", "1") != "0")

    @app.after_server_start
    async def ready(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.clean_up = loop.create_task(_clean_up(bot, inbox))
        progress.say(f"Wegwijs staat klaar op http://{host}:{number}  (stop met Ctrl-C)")

    @app.before_server_stop
    async def stop(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.clean_up.cancel()
        app.ctx.draining = True
        await asyncio.sleep(drain_seconds())  # still listening: until the proxy has seen that /ready says no

    inbox = Inbox(bot.store.engine)
    bot.store.make_again(inbox_module.metadata)
    inbox.watch(bot)
    Thumbs(inbox).watch(bot)
    listener.open_beside(app, bot, inbox)
    app.run(host=host, port=number, access_log=False, motd=False)


def load(model: Path) -> Bot:
    """The bot; a model file that can't be read is thrown away and trained again. Ends with a sentence when nothing helps."""
    try:
        return Bot.load(model)
    except DatabaseError as error:
        logger.exception("the conversations can't be opened")
        progress.fail(
            f"De gesprekken zijn niet te openen ({cause(error)}). Staat WEGWIJS_TRACKER_URL goed? "
            "Is het bestand stuk, zet dan een kopie terug of hernoem het, en begin opnieuw."
        )
    except Exception:
        logger.exception("the model can't be read")
        progress.say(f"Het modelbestand {model.name} is beschadigd. Ik gooi het weg en train opnieuw.")
        model.unlink(missing_ok=True)
    return Bot.load(training.ensure_model())


async def _clean_up(bot: Bot, inbox: Inbox) -> None:
    while True:
        try:
            await bot.forget_old()
            await bot.store.aside(inbox.forget_old)
        except Exception:
            logger.exception("old conversations could not be deleted")
        await asyncio.sleep(CLEAN_UP_SECONDS)
