"""What the bot thought in one turn, read from the events that Rasa keeps."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from knowledge.schema import Fact
from knowledge.store import Knowledge

SHOWN_INTENTS = 5
LEAST = 0.01  # confidence of an intent that is shown beside the best
SHOWN_TOPICS = 8
LISTEN = "action_listen"
POLICIES = {"RulePolicy": "regel of formulier", "MemoizationPolicy": "verhaal", "_fallback": "geen regel paste"}
YES_NO = [{"value": "true", "label": "ja"}, {"value": "false", "label": "nee"}]
DONT_KNOW = {"value": "weet_niet", "label": "weet ik niet"}


def of_last_turn(
    tracker: DialogueStateTracker, knowledge: Knowledge, started: float, milliseconds: float
) -> dict[str, Any] | None:
    """The thoughts behind the last turn; None when nothing was said yet.

    `started` is the moment the message came (seconds since 1970), `milliseconds` how long the turn took.
    """
    events = list(tracker.events)
    places = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    if not places:
        return None
    heard: UserUttered = events[places[-1]]
    after = events[places[-1] + 1 :]
    parsed = heard.parse_data or {}
    understood = max(0.0, min(milliseconds, 1000 * (float(heard.timestamp) - started)))
    shown = _records_shown(after)
    return {
        "command": (heard.text or "").startswith("/"),
        "intents": [
            {"name": item["name"], "confidence": round(float(item["confidence"]), 3)}
            for place, item in enumerate((parsed.get("intent_ranking") or [parsed.get("intent") or {}])[:SHOWN_INTENTS])
            if item.get("name") and (place == 0 or item["confidence"] >= LEAST)
        ],
        "intent": (parsed.get("intent") or {}).get("name"),
        "language": parsed.get("language") or "nl",
        "entities": [_entity(item) for item in parsed.get("entities") or []],
        "topics": [_topic(item, knowledge, shown) for item in (parsed.get("topics") or [])[:SHOWN_TOPICS]],
        "shown": [{"id": name, "title": title_of(knowledge, name)} for name in shown],
        "steps": [
            {"action": event.action_name, "policy": policy_of(event), "confidence": event.confidence}
            for event in after
            if isinstance(event, ActionExecuted) and event.action_name != LISTEN
        ],
        "learned": [
            {"name": event.key, "value": worded_value(event.value)}
            for event in after
            if isinstance(event, SlotSet) and event.key in knowledge.facts
        ],
        "milliseconds": {"understanding": round(understood), "answering": round(milliseconds - understood)},
    }


def policy_of(event: ActionExecuted) -> str:
    """The policy that chose an action, with what it goes by: "RulePolicy (regel of formulier)"."""
    name = (event.policy or "").split("_")[-1]
    return f"{name} ({POLICIES[name]})" if name in POLICIES else name or "vast vervolg"


def _entity(item: dict[str, Any]) -> dict[str, Any]:
    return {"name": item["entity"], "value": str(item["value"]), "denied": item.get("role") == "niet"}


def _topic(item: dict[str, Any], knowledge: Knowledge, shown: list[str]) -> dict[str, Any]:
    return {**item, "title": title_of(knowledge, item["id"]), "shown": item["id"] in shown}


def title_of(knowledge: Knowledge, record_id: str) -> str:
    """How a card or route is called; its id when it is neither."""
    record = knowledge.topics.get(record_id) or knowledge.programmes.get(record_id)
    return str(getattr(record, "titel", None) or getattr(record, "naam", record_id))


def _records_shown(events: list[Any]) -> list[str]:
    """The ids of the records that the replies rest on."""
    names: list[str] = []
    for event in events:
        if isinstance(event, BotUttered):
            data = ((event.data or {}).get("custom") or {}).get("data") or {}
            names += data.get("records") or [route["id"] for route in data.get("routes") or []]
    return list(dict.fromkeys(names))


def choices(fact: Fact) -> list[dict[str, str]]:
    """What may be chosen for a fact; empty when it is a number."""
    if fact.type == "bool":
        return [*YES_NO, DONT_KNOW]
    return [{"value": item.value, "label": item.label} for item in fact.values] + [DONT_KNOW] if fact.values else []


def worded_value(value: Any) -> str:
    """The value of a fact as its form writes it."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
