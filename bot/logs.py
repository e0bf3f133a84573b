"""The log: one JSON line per event on stderr, with the cause of a fault and never with what people say.

Our own messages are constant texts with names and counts. Of other libraries' messages only the template is kept, of an
exception its type and place: Rasa, structlog and SQLAlchemy put what users type into theirs.
"""

from __future__ import annotations

import contextvars
import datetime as dt
import json
import logging
import secrets
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError

from bot.personal import hide_personal

OURS = ("bot", "actions", "knowledge")
QUIET = ("py.warnings", "rasa", "tensorflow", "sanic", "sanic.root", "sanic.access", "rasa_sdk", "matplotlib", "absl")
MAX_MESSAGE = 300  # characters
MAX_PLACES = 8  # of a fault: the innermost frames
ROOT = Path(__file__).parent.parent
turn_id: contextvars.ContextVar[str] = contextvars.ContextVar("turn_id", default="")


class Told(Exception):
    """Base of exceptions whose text we wrote ourselves: it may stand in the log."""


def new_turn() -> str:
    """Mark what is logged from here on in this task as one turn; the mark says nothing about the person."""
    mark = secrets.token_hex(4)
    turn_id.set(mark)
    return mark


def cause(error: BaseException) -> str:
    """Type of an exception, and its text where that can hold nothing that a visitor wrote."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return f"{type(error).__name__}: {str(error.orig).splitlines()[0][:MAX_MESSAGE]}"
    if isinstance(error, OSError):
        return f"{type(error).__name__}: {error.strerror or ''}".rstrip(": ")
    own = isinstance(error, Told) or type(error).__module__.split(".")[0] in OURS
    return f"{type(error).__name__}: {hide_personal(str(error))[:MAX_MESSAGE]}" if own else type(error).__name__


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and what it came from."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def places(error: BaseException) -> list[str]:
    """Where it went wrong, outermost first: file:line function."""
    frames = traceback.extract_tb(error.__traceback__)[-MAX_PLACES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(file: str) -> str:
    path = Path(file)
    inside = path.is_relative_to(ROOT) and "site-packages" not in path.parts
    return str(path.relative_to(ROOT)) if inside else "/".join(path.parts[-2:])


class SafeLines(logging.Formatter):
    """A record as one line of JSON without personal data."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": self._event(record),
        }
        if turn_id.get():
            line["turn"] = turn_id.get()
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[1] is not None:
            line["cause"] = [cause(error) for error in chain(record.exc_info[1])]
            line["places"] = places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)

    def _event(self, record: logging.LogRecord) -> str:
        if record.name.split(".")[0] in OURS:
            return hide_personal(record.getMessage())[:MAX_MESSAGE]
        if record.args or record.name == "structlog":
            return str(record.msg)[:MAX_MESSAGE]  # the template, without what was filled in
        return f"message of {_short(record.pathname)}:{record.lineno}"


def _only_the_event(logger: Any, method: str, event: dict[str, Any]) -> str:
    """Of a structlog event its constant name; its fields hold what users type."""
    return str(event.get("event", ""))


def configure() -> None:
    """Set up the log of this process: ours from INFO, others from ERROR."""
    handler = logging.StreamHandler()
    handler.setFormatter(SafeLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a full disk under the log stops nobody
    for name in QUIET:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.ERROR)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    structlog.configure(
        processors=[_only_the_event],
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=lambda *names: logging.getLogger("structlog"),
        cache_logger_on_first_use=False,
    )
