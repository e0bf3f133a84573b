"""What the bot thought in one turn, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.flows.observation import SILENT, Action, Observed
from knowledge.schema import Fact
from knowledge.store import Knowledge

SHOWN_INTENTS = 5
LEAST = 0.01  # confidence of an intent that is shown beside the best
SHOWN_TOPICS = 8
POLICIES = {"RulePolicy": "regel of formulier", "MemoizationPolicy": "verhaal"}
YES_NO = [{"value": "true", "label": "ja"}, {"value": "false", "label": "nee"}]
# What words are about that are no fact of a person.
WORDS = {"place": "plaats", "route": "soort route", "sector": "sector", "diploma": "diploma", "suppose": "wat als"}
WORDS |= {"topic": "kaart", "programme": "route", "evc_choice": "antwoord in de EVC-scan", "evc_qualification": "EVC voor"}
DONT_KNOW = {"value": "weet_niet", "label": "weet ik niet"}


def of_last_turn(
    turns: Sequence[Observed], knowledge: Knowledge, started: float, milliseconds: float
) -> dict[str, Any] | None:
    """The thoughts behind the last turn; None when nothing was said yet.

    `started` is the moment the message came (seconds since 1970), `milliseconds` how long the turn took.
    """
    if not turns:
        return None
    turn = turns[-1]
    before: Mapping[str, Any] = turns[-2].known if len(turns) > 1 else {}
    understood = max(0.0, min(milliseconds, 1000 * (turn.at - started)))
    shown = list(dict.fromkeys([*turn.records, *turn.verdicts]))
    ranking = turn.ranking or ({"name": turn.intent, "confidence": turn.confidence},)
    return {
        "command": turn.pressed,
        "intent": turn.intent,
        "intents": [
            {"name": item["name"], "confidence": round(float(item["confidence"]), 3)}
            for place, item in enumerate(ranking[:SHOWN_INTENTS])
            if place == 0 or item["confidence"] >= LEAST
        ],
        "entities": [
            {
                "name": asked_as(knowledge, item["entity"]),
                "value": labelled(knowledge, item["entity"], item["value"]),
                "denied": item.get("role") == "niet",
            }
            for item in turn.entities
        ],
        "topics": [
            {**item, "title": title_of(knowledge, item["id"]), "shown": item["id"] in shown}
            for item in turn.considered[:SHOWN_TOPICS]
        ],
        "shown": [{"id": name, "title": title_of(knowledge, name)} for name in shown],
        "steps": [
            {"action": action.name, "policy": policy_of(action)} for action in turn.actions if action.name not in SILENT
        ],
        "learned": [
            {"name": asked_as(knowledge, name), "value": labelled(knowledge, name, value)}
            for name, value in turn.known.items()
            if value is not None and value != before.get(name)
        ],
        "milliseconds": {"understanding": round(understood), "answering": round(milliseconds - understood)},
    }


def policy_of(action: Action) -> str:
    """The policy that chose an action, and what it goes by: "RulePolicy (regel of formulier)"."""
    name = action.policy.split("_")[-1]
    return f"{name} ({POLICIES[name]})" if name in POLICIES else name or "vast vervolg"


def title_of(knowledge: Knowledge, record_id: str) -> str:
    """How a card or route is called; its id when it is neither."""
    record = knowledge.topics.get(record_id) or knowledge.programmes.get(record_id)
    return str(getattr(record, "titel", None) or getattr(record, "naam", record_id))


def choices(fact: Fact) -> list[dict[str, str]]:
    """What may be chosen for a fact; empty when it is a number."""
    if fact.type == "bool":
        return [*YES_NO, DONT_KNOW]
    return [{"value": item.value, "label": item.label} for item in fact.values] + [DONT_KNOW] if fact.values else []


def asked_as(knowledge: Knowledge, name: str) -> str:
    """What a recognised word is about, in Dutch with its name behind it: "Hoe oud ben je? (age)"."""
    fact = knowledge.facts.get(name)
    words = fact.vraag if fact else WORDS.get(name)
    return f"{words} ({name})" if words else name


def labelled(knowledge: Knowledge, name: str, value: Any) -> str:
    """A value as its button says it; as it stands when it has none: "Ik zoek werk (werkzoekend)"."""
    fact, plain = knowledge.facts.get(name), worded_value(value)
    label = next((one["label"] for one in choices(fact) if one["value"] == plain), "") if fact else ""
    return f"{label} ({plain})" if label and label.lower() != plain else label or plain


def worded_value(value: Any) -> str:
    """The value of a fact as its form writes it."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
