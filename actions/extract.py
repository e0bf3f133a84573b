"""Takes facts from what people say: the answer to the open question, and whatever else they tell of themselves."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import PLAYED_BACK, Domain, Events, entities_of, intent_of, profile_of, text_of
from knowledge import facts, interests, naming, store, telling, whatif
from knowledge.conditions import DONT_KNOW
from knowledge.store import Knowledge
from knowledge.telling import Told

FORM = "intake_form"
# Intents whose message tells about the person, or may.
TELLING = {"geef_info", "start_traject", "corrigeer", "bevestig", "ontken", "weet_niet", "twijfel"}
UNSURE = {"nlu_fallback", "buiten_domein", "en_vervolg", "leg_route_uit", "mens_spreken", "wat_kan_je", "andere_taal"}
OPENING = re.compile(
    r"^\W*(ja+|jawel|jazeker|nee+|neen|nope|neenee|weet (?:ik |het )?nie?t?|geen idee)\b(.*)", re.IGNORECASE | re.DOTALL
)
AGREES = re.compile(
    r"^\W*(?:ja\W*)?(?:(?:dat |alles |dit )?(?:klopt|is juist|juist|correct|ok[eé]?))(?: (?:allemaal|alles|zo|hoor))?\W*$",
    re.IGNORECASE,
)
BARE_YES = re.compile(r"^\W*ja+\W*$", re.IGNORECASE)
CARED = "informal_experience"
EXPERIENCE = ("paid_experience", CARED)
OF_RELATIVE = re.compile(
    r"^\W*(?:ja\w*\W+)?(?:\w+\W+){0,3}(?:voor|bij|van)\W+(?:mijn|m'n|men|onze|ons)\b", re.IGNORECASE
)
HOW_LONG = re.compile(r"^\W*ja+\W+(?:al\W+)?\d+\W*(?:jaar|jr)\b", re.IGNORECASE)  # "ja, 20 jaar" is no age
LONGEST_ANSWER = 8  # words; a longer message that NLU takes for a question is no answer
SHORTEST_QUESTION = 3  # words; "zorgkundige?" is an answer


class ActionExtractFacts(Action):  # type: ignore[misc]
    """Fills the slots that are facts: the answer to the open question, and whatever else was told."""

    def name(self) -> str:
        return "action_extract_facts"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        text = text_of(tracker)
        if text.startswith("/"):
            entities = entities_of(tracker)
            pressed = {item["entity"]: item["value"] for item in entities if item["entity"] in knowledge.facts}
            return [] if intent_of(tracker) == "wat_als" else _slots(knowledge, tracker, pressed)
        asked = open_fact(tracker, knowledge)
        if naming.refuses(text):
            named = [name for name in naming.named(text) if tracker.get_slot(name) is None]
            return [SlotSet(name, DONT_KNOW) for name in named or ([asked] if asked else [])]
        if not _may_tell(tracker, asked):
            return []
        exact = facts.exact_choice(knowledge.facts[asked], text) if asked else None
        if asked and exact is not None:  # "Verzorgende", to the question which diploma one has, is no goal
            return _slots(knowledge, tracker, {asked: exact}) + _goal_again(
                knowledge, {**profile_of(tracker, knowledge), asked: exact}, asked, {asked: exact}
            )
        told = telling.read(knowledge, text, entities_of(tracker), about=tracker.get_slot("about") or "")
        cared = _cared_for(knowledge, told, text) if asked in EXPERIENCE else None
        if cared:  # "ja, voor mijn moeder" asks nothing for her
            return _slots(knowledge, tracker, {CARED: cared})
        if told.facts.get("age") and HOW_LONG.match(text) and asked != "age" and tracker.get_slot("age") is not None:
            told = dataclasses.replace(told, facts={name: value for name, value in told.facts.items() if name != "age"})
        found = dict(told.facts) if intent_of(tracker) in TELLING or asked else {}
        answer = _answer(knowledge, tracker, asked, told) if asked else None
        if asked and answer is not None:
            found.setdefault(asked, answer)
        events = _slots(knowledge, tracker, found)
        known = profile_of(tracker, knowledge)
        events += [
            SlotSet(name, None) for name, value in told.denied.items() if known.get(name) == value and name not in found
        ]
        switches = told.facts or asked is None  # "ja, voor mijn moeder" in the middle is no talk for her
        if told.about and told.about != tracker.get_slot("about") and switches:
            events.append(SlotSet("about", told.about))
        return events + _goal_again(knowledge, {**known, **found}, asked, found)


def open_fact(tracker: Tracker, knowledge: Knowledge) -> str | None:
    """The fact that the intake is asking now."""
    active = (tracker.active_loop or {}).get("name") == FORM
    asked = tracker.get_slot("requested_slot")
    return asked if active and asked in knowledge.facts else None


def _may_tell(tracker: Tracker, asked: str | None) -> bool:
    """Whether a message may hold facts: not when it asks or commands something, for then no slot may be set in the form."""
    intent, text = intent_of(tracker), text_of(tracker)
    if intent in TELLING:
        return True
    states = telling.is_telling(text) and not whatif.is_supposing(text)
    return asked is not None and states and (intent in UNSURE or intent.startswith("vraag_"))


def _answer(knowledge: Knowledge, tracker: Tracker, asked: str, told: Told) -> Any:
    """The answer to the open question, apart from what else was told; None when the message isn't one."""
    fact, text = knowledge.facts[asked], text_of(tracker)
    if AGREES.match(text) and was_played_back(tracker):
        return None  # agrees with what was played back, and answers nothing yet
    others = {name: value for name, value in told.facts.items() if name != asked}
    opening = OPENING.match(text)
    if others or told.denied:
        known = profile_of(tracker, knowledge)
        corrects = any(known.get(name) not in (None, value) for name, value in others.items()) or told.denied
        if not opening or (corrects and opening[1].lower().startswith("n")):
            return None
        return facts.read_answer(fact, opening[1])
    if not opening and not telling.is_telling(text) and len(text.split()) >= SHORTEST_QUESTION:
        return None  # "ben ik niet te oud?" denies nothing
    value = facts.read_answer(fact, text)
    if value is None and opening and opening[2].strip():
        value = facts.read_answer(fact, opening[1])
    if (
        value is None
        and intent_of(tracker) in ("weet_niet", "twijfel")
        and (fact.id == "occupation" or intent_of(tracker) == "weet_niet")
    ):
        return DONT_KNOW
    if intent_of(tracker).startswith("vraag_") and len(text.split()) > LONGEST_ANSWER:
        return None
    return value


def _cared_for(knowledge: Knowledge, told: Told, text: str) -> Any:
    """The care that is told by naming a relative, in answer to a question about experience."""
    if told.facts or not told.about:
        return None
    return facts.exact_choice(knowledge.facts[CARED], told.about) if OF_RELATIVE.search(text) else None


def was_played_back(tracker: Tracker) -> bool:
    """Whether the open question came with a play-back of what was told."""
    said: list[str] = []
    for event in list(tracker.events)[::-1][1:]:  # from the message before this one on
        if event.get("event") == "bot":
            said.append(str(event.get("text") or ""))
        elif event.get("event") == "user" and said:
            break
    return any(PLAYED_BACK in text for text in said)


def _slots(knowledge: Knowledge, tracker: Tracker, told: dict[str, Any]) -> Events:
    events = []
    for name, value in told.items():
        read = facts.read_value(knowledge.facts[name], value)
        if read is not None and (read != tracker.get_slot(name) or name == tracker.get_slot("requested_slot")):
            events.append(SlotSet(name, read))
    return events


def _goal_again(knowledge: Knowledge, known: dict[str, Any], asked: str | None, found: dict[str, Any]) -> Events:
    """After the last question on what someone likes, the goal is asked once more, now with what fits."""
    if asked not in interests.INTERESTS or asked not in found or known.get("occupation") != DONT_KNOW:
        return []
    if interests.narrowed(knowledge, known) and interests.next_interest(knowledge, known) is None:
        return [SlotSet("occupation", None)]
    return []
