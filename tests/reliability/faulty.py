"""Actions that go wrong in ways that real ones could. Functions, because a subclass of Action would join every bot by itself."""

from __future__ import annotations

import time
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

SLOW = 0.5  # seconds
Events = list[dict[str, Any]]


def raises(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
    """Says half of what it wanted, then fails on a value that holds what somebody typed."""
    dispatcher.utter_message(text="Een mens kan")
    raise KeyError(tracker.latest_message.get("text"))


def hangs(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
    """Waits for something that doesn't come."""
    time.sleep(30)
    return []


def slow(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
    """Takes a while, as on a busy machine, and then does what it should."""
    time.sleep(SLOW)
    dispatcher.utter_message(text="Klaar.")
    return []
