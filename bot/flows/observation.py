"""What happened in a conversation, turn by turn, read back from its events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.items import Item, item_of
from bot.turns import NOT_UNDERSTOOD

# What Rasa does in every turn or by itself: no choice of a rule or story.
SILENT = frozenset(
    {
        ACTION_LISTEN_NAME,
        "action_session_start",
        "action_extract_slots",
        "action_extract_facts",
        "action_unlikely_intent",
    }
)


@dataclass(frozen=True)
class Action:
    """An action with the policy that chose it and how sure it was, from 0 to 1."""

    name: str
    policy: str
    confidence: float


@dataclass(frozen=True)
class Observed:
    """One turn: what was said, what was understood of it, what was done and said back, and what is known then."""

    said: str = ""
    pressed: bool = False
    payload: str = ""  # the command of a button; empty for typed text
    intent: str = ""
    confidence: float = 0.0
    ranking: tuple[dict[str, Any], ...] = ()
    entities: tuple[dict[str, Any], ...] = ()
    considered: tuple[dict[str, Any], ...] = ()  # the likeliest cards: {"id", "confidence", "score"}, best first
    loop: str = ""  # the form that was active before the turn
    actions: tuple[Action, ...] = ()
    items: tuple[Item, ...] = ()
    known: dict[str, Any] = field(default_factory=dict)  # fact → value, after the turn
    left_in: str = ""  # the form that is active after the turn
    at: float = 0.0  # seconds since 1970

    @property
    def text(self) -> str:
        return "\n".join(item["text"] for item in self.items if item["text"])

    @property
    def data(self) -> list[dict[str, Any]]:
        """The data beside the texts, in order."""
        return [item["data"] for item in self.items if item["data"]]

    @property
    def kinds(self) -> list[str]:
        """Kinds of reply: answer, question, trajectory …"""
        return [str(data["type"]) for data in self.data]

    @property
    def records(self) -> list[str]:
        """Ids of the cards, routes and organisations shown."""
        return [str(name) for data in self.data for name in data.get("records", [])]

    @property
    def asked(self) -> str | None:
        """The fact that is asked at the end."""
        last = self.data[-1] if self.data else {}
        return last["fact"] if last.get("type") == "question" else None

    @property
    def verdicts(self) -> dict[str, str]:
        """Route → verdict of the advice."""
        advices = [data for data in self.data if data.get("type") == "trajectory"]
        return {route["id"]: route["verdict"] for data in advices for route in data["routes"]}

    @property
    def buttons(self) -> list[str]:
        return [button["title"] for item in self.items for button in item["buttons"]]

    @property
    def done(self) -> list[str]:
        """The actions that rules and stories chose, without what happens in every turn."""
        return [action.name for action in self.actions if action.name not in SILENT]


def observations(
    events: DialogueStateTracker | Iterable[Event], facts: Iterable[str], sender: str = ""
) -> list[Observed]:
    """Every turn of a conversation, first to last; `facts` are the names of the slots that are facts."""
    if isinstance(events, DialogueStateTracker):
        sender, events = events.sender_id, events.events
    names = frozenset(facts)
    found: list[Observed] = []
    known: dict[str, Any] = {}
    loop = ""
    turn: dict[str, Any] | None = None
    for event in events:
        if isinstance(event, UserUttered):
            if turn:
                found.append(Observed(**turn, known=dict(known), left_in=loop))
            turn = _heard(event, loop)
        elif isinstance(event, SlotSet) and event.key in names:
            known[event.key] = event.value
        elif isinstance(event, ActiveLoop):
            loop = event.name or ""
        elif turn and isinstance(event, ActionExecuted) and event.action_name:
            turn["actions"] += (Action(event.action_name, event.policy or "", event.confidence or 0.0),)
        elif turn and isinstance(event, BotUttered):
            turn["items"] += (item_of({"text": event.text, **event.data}, sender),)
    if turn:
        found.append(Observed(**turn, known=dict(known), left_in=loop))
    return found


def _heard(event: UserUttered, loop: str) -> dict[str, Any]:
    parsed: dict[str, Any] = dict(event.parse_data or {})
    intent = parsed.get("intent") or {}
    typed = event.text or ""
    shown = (event.metadata or {}).get("shown") or typed
    pressed = typed.startswith("/") and typed != NOT_UNDERSTOOD  # a typed command never reaches Rasa as one
    return {
        "said": shown,
        "pressed": pressed,
        "payload": typed if pressed else "",
        "intent": intent.get("name") or "",
        "confidence": float(intent.get("confidence") or 0.0),
        "ranking": tuple(parsed.get("intent_ranking") or ()),
        "entities": tuple(parsed.get("entities") or ()),
        "considered": tuple(parsed.get("topics") or ()),
        "loop": loop,
        "actions": (),
        "items": (),
        "at": event.timestamp,
    }
