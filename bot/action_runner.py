"""Runs the custom actions in this process instead of over HTTP: off the event loop, with a time limit."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import logging
import os
import threading
from typing import Any

from aiohttp import ClientResponseError
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

logger = logging.getLogger(__name__)
TIME_LIMIT = 10.0  # seconds; a hanging action may not stop everyone
MAX_HANGING = 40  # threads that didn't come back in time; beyond it nothing new is begun
FAULT = "Sorry, er ging bij mij iets mis. Probeer het nog eens, of praat met een mens."


class TurnFailed(BaseException):
    """An action failed: the turn is undone. A BaseException, because Rasa swallows every Exception and goes on half-way."""


class InProcessActions(EndpointConfig):
    """Looks to Rasa like an action server; `request` runs rasa-sdk's executor."""

    def __init__(self, package: str = "actions", limit: float | None = None) -> None:
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        self._time_limit = limit or time_limit()
        self._hanging: set[object] = set()  # actions that nobody waits for any more, and that aren't back yet

    async def request(self, method: str = "post", subpath: str | None = None, **kwargs: Any) -> Any:
        """Run the action that Rasa asks for. Raises TurnFailed after logging the cause."""
        call = kwargs.get("json") or {}
        name = call.get("next_action")
        try:
            return await asyncio.wait_for(self._in_thread(call), self._time_limit)
        except ActionExecutionRejection as error:
            raise ClientResponseError(None, (), status=400, message=str(error)) from error  # type: ignore[arg-type]
        except asyncio.TimeoutError:
            logger.error("action %s took longer than %s seconds", name, self._time_limit)
            raise TurnFailed from None
        except Exception:
            logger.exception("action %s failed", name)
            raise TurnFailed from None

    async def _in_thread(self, call: dict[str, Any]) -> Any:
        """A thread of its own: one that hangs takes no place in a pool and doesn't keep the process from stopping."""
        if len(self._hanging) >= MAX_HANGING:
            raise RuntimeError("too many actions hang")
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Any] = loop.create_future()
        mark, is_back = object(), asyncio.Event()

        def settle(result: Any, error: BaseException | None) -> None:
            is_back.set()
            self._hanging.discard(mark)
            if not done.done():
                done.set_exception(error) if error else done.set_result(result)

        def work() -> None:
            result, fault = None, None
            try:
                result = asyncio.run(self._executor.run(call))
            except BaseException as error:
                fault = error
            with contextlib.suppress(RuntimeError):  # the loop is closed: the server stopped meanwhile
                loop.call_soon_threadsafe(settle, result, fault)

        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(work,), daemon=True, name="action").start()
        try:
            return await done
        except asyncio.CancelledError:
            if not is_back.is_set():  # it may have come back just as it was given up
                self._hanging.add(mark)
            raise


def fault_reply() -> dict[str, Any]:
    """What the person reads when a turn failed."""
    return {"text": FAULT, "custom": {"data": {"type": "error", "records": [], "sources": []}}}


def time_limit() -> float:
    """WEGWIJS_ACTION_SECONDS or TIME_LIMIT. Raises ValueError with a sentence when it isn't a positive number."""
    value = os.environ.get("WEGWIJS_ACTION_SECONDS", str(TIME_LIMIT))
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 600:
        raise ValueError(f"WEGWIJS_ACTION_SECONDS is '{value}', maar moet een getal boven 0 zijn.")
    return seconds
