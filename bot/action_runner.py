"""Runs the custom actions in this process instead of over HTTP: off the event loop, with a time limit."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from aiohttp import ClientResponseError
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

logger = logging.getLogger(__name__)
TIME_LIMIT = 10.0  # seconds; a hanging action may not stop everyone
FAULT = "Sorry, er ging bij mij iets mis. Probeer het nog eens, of praat met een mens."


class InProcessActions(EndpointConfig):
    """Looks to Rasa like an action server; `request` runs rasa-sdk's executor."""

    def __init__(self, package: str = "actions", time_limit: float = TIME_LIMIT) -> None:
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        self._time_limit = time_limit

    async def request(self, method: str = "post", subpath: str | None = None, **kwargs: Any) -> Any:
        """Run the action that Rasa asks for; a fault becomes a reply to the person and a line in the log."""
        call = kwargs.get("json") or {}
        name = call.get("next_action")
        try:
            return await asyncio.wait_for(asyncio.to_thread(self._run, call), self._time_limit)
        except ActionExecutionRejection as error:
            raise ClientResponseError(None, (), status=400, message=str(error)) from error  # type: ignore[arg-type]
        except asyncio.TimeoutError:
            logger.error("action %s took longer than %s seconds", name, self._time_limit)
        except Exception:
            logger.exception("action %s failed", name)
        if name and name.startswith("validate_"):
            return {"events": [], "responses": []}
        data = {"type": "error", "records": [], "sources": []}
        return {"events": [], "responses": [{"text": FAULT, "custom": {"data": data}}]}

    def _run(self, call: dict[str, Any]) -> Any:
        return asyncio.run(self._executor.run(call))


def use_one_schema_check() -> None:
    """Rasa builds a JSON schema validator for every action result; ours come from rasa-sdk, so once is enough."""
    from jsonschema import Draft7Validator  # noqa: PLC0415

    validator = Draft7Validator(RemoteAction.action_response_format_spec())

    def check(self: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = check
