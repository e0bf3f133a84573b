"""Rasa's standard REST channel for staff and tests, hardened: bad bodies get a sentence, nobody shares a conversation."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from sanic import Blueprint, Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.action_runner import fault_reply
from bot.text import clean
from bot.turns import RESUME, Bot

logger = logging.getLogger(__name__)


def rest_blueprint(get_bot: Callable[[], Bot | None]) -> Blueprint:
    """POST /webhooks/rest/webhook {"sender", "message"}: a list of text, buttons and custom items, as in any Rasa bot."""
    blueprint = Blueprint("rest", url_prefix="/webhooks/rest")

    @blueprint.get("/")
    async def status(request: Request) -> HTTPResponse:
        return json_response({"status": "ok"})

    @blueprint.post("/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        bot = get_bot()
        if bot is None:
            return json_response({"error": "Ik ben aan het opstarten."}, 503)
        try:
            body: Any = json.loads(request.body)
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict) or not isinstance(body.get("message"), str):
            return json_response({"error": 'Stuur {"sender": "…", "message": "…"}.'}, 400)
        sender = body.get("sender")
        sender = sender if isinstance(sender, str) and 0 < len(sender) <= 200 else uuid.uuid4().hex
        output = CollectingOutputChannel()
        found = await bot.later.typed(body["message"], sender)
        said = RESUME if found else clean(body["message"])
        message = UserMessage(said, output, sender, input_channel="rest", metadata={"later": found} if found else None)
        try:
            await bot.pass_on(message, output.messages)
        except Exception:
            logger.exception("a turn failed")
            return json_response([{"recipient_id": sender, **fault_reply()}], 503)
        return json_response(output.messages)

    return blueprint
