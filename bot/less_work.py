"""Work that Rasa does anew at every turn and that needs doing once, or not at all. What it decides stays the same.

Each was found with `wegwijs bench profile`; docs/benchmarks.md says what it cost.
"""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

State = Mapping[str, Any]
Place = tuple["str | None", "str | None"]  # the last action and the intent; None where a rule leaves it open
OUTSET: Place = ("", None)  # the start of a conversation: no last action


def use() -> None:
    """Put the quicker ways in place; before a model is loaded, and as often as you like."""
    RemoteAction._validate_action_result = lambda self, result: True  # rasa-sdk in this same process made it
    Event.resolve_by_type = staticmethod(_kind_of_event)
    Domain.is_empty = _is_empty
    RulePolicy._get_possible_keys = _possible_keys


def command_data(text: str, domain: Domain) -> dict[str, Any] | None:
    """What a command ("/intent{…}") says, read as Rasa does but without the pipeline; None when it isn't a known one.

    Rasa lets every component look at a command first, and then throws away what they found.
    """
    if not text.strip().startswith(INTENT_MESSAGE_PREFIX):
        return None
    given = Message({TEXT: text})
    read = YAMLStoryReader.unpack_regex_message(given, domain, entity_extractor_name="RegexMessageHandler")
    return None if read is given else {**read.as_dict(only_output_properties=True), TEXT: read.get(TEXT)}


_search_kind_of_event = Event.resolve_by_type
_kinds_of_event: dict[str, type[Event]] = {}


def _kind_of_event(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """As Rasa's, which goes through all kinds there are for every event that it reads."""
    if type_name not in _kinds_of_event:
        found = _search_kind_of_event(type_name, default)
        if found is None or found is default:
            return found
        _kinds_of_event[type_name] = found
    return _kinds_of_event[type_name]


_look_whether_empty = Domain.is_empty


def _is_empty(self: Domain) -> bool:
    """As Rasa's, which builds an empty domain at every message to compare with; a domain doesn't change."""
    if "_known_empty" not in self.__dict__:
        self._known_empty = _look_whether_empty(self)
    return bool(self._known_empty)


class _Places:
    """The rules of a lookup by where they can apply: the last action and the intent of their newest state."""

    def __init__(self, lookup: Mapping[str, str]) -> None:
        self.size = len(lookup)
        self._by_place: dict[Place, list[str]] = defaultdict(list)
        for key in lookup:
            newest = RulePolicy._rule_key_to_state(key)[-1]
            place = (_wanted(newest, PREVIOUS_ACTION, "action_name"), _wanted(newest, USER, INTENT))
            self._by_place[place if newest.get(PREVIOUS_ACTION) else OUTSET].append(key)

    def fitting(self, state: State) -> list[str]:
        """The rules that may fit a state: the others certainly don't."""
        if not state.get(PREVIOUS_ACTION):
            return self._by_place.get(OUTSET, [])
        action = state[PREVIOUS_ACTION].get("action_name")
        intent = state.get(USER, {}).get(INTENT)
        places = {(one, other) for one in (action, None) for other in (intent, None)}
        return [key for place in places for key in self._by_place.get(place, ())]


def _wanted(state: State, part: str, key: str) -> str | None:
    """The value that a rule's state wants there; None when any will do, or none at all may be there."""
    value = state.get(part, {}).get(key)
    return value if isinstance(value, str) and value and value != SHOULD_NOT_BE_SET else None


_places: weakref.WeakKeyDictionary[RulePolicy, dict[int, tuple[Mapping[str, str], _Places]]] = (
    weakref.WeakKeyDictionary()
)


def _possible_keys(self: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    """As Rasa's, but only rules that may fit the newest state are looked at, instead of all of them at every state."""
    if not states:
        return set(lookup)
    known = _places.setdefault(self, {})
    kept = known.get(id(lookup))
    if kept is None or kept[0] is not lookup or kept[1].size != len(lookup):
        kept = known[id(lookup)] = (lookup, _Places(lookup))
    possible = set(kept[1].fitting(states[-1]))
    for turn, state in enumerate(reversed(states)):
        if not possible:
            break
        possible = {key for key in possible if self._is_rule_applicable(key, turn, state)}
    return possible
