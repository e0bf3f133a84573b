"""What was said in a conversation as the page shows it: an item per message, its buttons by an id that can't be guessed."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

BUTTON_ID_LENGTH = 24  # hexadecimal digits
Item = dict[str, Any]


def button_id(sender: str, payload: str) -> str:
    """The id under which a button is handed to the page; the sender id, which nobody else knows, makes it unguessable."""
    return hmac.new(sender.encode(), payload.encode(), hashlib.sha256).hexdigest()[:BUTTON_ID_LENGTH]


def item_of(message: dict[str, Any], sender: str, turn: str = "") -> Item:
    """An utterance of Rasa as the page shows it; `turn` is the id of the message that it answers."""
    custom = message.get("custom") or {}
    return {
        "role": "bot",
        "text": message.get("text") or "",
        "buttons": [
            {"id": button_id(sender, button["payload"]), "title": button["title"]}
            for button in message.get("buttons") or []
        ],
        "data": custom.get("data"),
        "turn": turn,
    }


def _bot_item(event: BotUttered, sender: str, turn: str) -> Item:
    return item_of({"text": event.text, **event.data}, sender, turn)


def replies_to(tracker: DialogueStateTracker | None, message_id: str, sender: str) -> list[Item]:
    """What was said back to a message already handled; nothing when it wasn't."""
    found: list[Item] | None = None
    for event in tracker.events if tracker else []:
        if isinstance(event, UserUttered):
            if found is not None:
                break
            if event.message_id == message_id:
                found = []
        elif isinstance(event, BotUttered) and found is not None:
            found.append(_bot_item(event, sender, message_id))
    return found or []


def history_of(tracker: DialogueStateTracker | None, sender: str) -> list[Item]:
    """Every message of both sides."""
    items: list[Item] = []
    turn = ""
    for event in tracker.events if tracker else []:
        if isinstance(event, UserUttered):
            turn = event.message_id or ""
            shown = (event.metadata or {}).get("shown", event.text)
            if shown:
                items.append({"role": "user", "text": shown, "buttons": [], "data": None})
        elif isinstance(event, BotUttered):
            items.append(_bot_item(event, sender, turn))
    return items
