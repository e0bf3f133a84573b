"""The EVC scan in the conversation: starts, asks, takes answers, goes back, and tells what the experience is worth."""

from __future__ import annotations

import re
import uuid
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.evc_words import WHY, fact_options, question_data, question_text, result_data, result_text
from actions.extract import TELLING
from actions.intake import LOOKS_LIKE_QUESTION
from actions.replies import ASK_WHICH, Button, Domain, Events, button, entities_of, intent_of, say, say_data, text_of
from knowledge import evc_scan, facts, store
from knowledge.evc_reading import ALL, NONE
from knowledge.store import Knowledge

FORM = "evc_form"
START = "start_evc_scan"
CHOICE = "evc_choice"  # entity of a button that answers the open question
WANTED = "evc_qualification"  # entity of a button that starts the scan of one qualification
# Intents under which a loose sentence may be the answer to the open question.
LOOSE = TELLING | {START, "nlu_fallback", "buiten_domein", "toon_alles", "leg_route_uit", "complimenten"}
# Intents that are never an answer, whatever their words.
CRISIS = "crisis"
NEVER = {CRISIS, "stop", "vergeet_alles", "mens_spreken"}
SURELY = 0.5  # confidence from which NEVER holds: below it "ik doen wasen" may be taken for anything
# Words of distress are no answer, whatever care is named beside them; those that may mean less count with a faint "crisis".
DISTRESS = re.compile(
    r"\bzelfmoord\b|\b(?:wil|wou|was|ben ik|liever) (?:\w+ ){0,3}dood\b|\bdoodgaan\b|\bdenk\b.*\b(?:er)?uit ?te ?stappen\b|"
    r"\b(?:mij|mezelf|me) (?:iets|wat|pijn) (?:aan)?doen\b|\bslaat (?:mij|me)\b",
    re.IGNORECASE,
)
FAINT_DISTRESS = re.compile(
    r"\b(?:wenen|huilen|ween|huil)\b|\bgeen (?:zin|uitweg) meer\b|\bstap eruit\b|"
    r"\b(?:wil|kan|hoeft|hou)\b(?: \w+){0,3} niet meer\b(?! (?:alleen|zelf|goed|zo|in|bij|naar|voor|helpen|wassen))",
    re.IGNORECASE,
)
FAINTLY = 0.1  # chance of "crisis" from which words of distress count


def answers_of(tracker: Tracker) -> dict[str, Any]:
    return dict(tracker.get_slot("evc_answers") or {})


class ActionStartEvcScan(Action):  # type: ignore[misc]
    """Starts the scan, or goes on with one that was left; a qualification that is named starts it anew."""

    def name(self) -> str:
        return "action_start_evc_scan"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        before = answers_of(tracker)
        named = {entity["entity"]: entity["value"] for entity in entities_of(tracker) if entity.get("role") != "niet"}
        wanted = named.get(WANTED) or named.get("qualification_nl") or named.get("occupation")
        unfinished = bool(before) and evc_scan.next_step(knowledge, before) is not None
        if unfinished and (not wanted or wanted in (before.get("qualification"), before.get("level"))):
            return [SlotSet("evc_reply", None)]
        wanted = wanted or tracker.get_slot("qualification_nl") or tracker.get_slot("occupation")
        return _begin(knowledge, wanted, tracker.get_slot("qualification_nl"))


def _begin(knowledge: Knowledge, wanted: str | None = None, level: str | None = None) -> Events:
    answers = {**evc_scan.start(knowledge, wanted, level), "id": uuid.uuid4().hex}
    return [SlotSet("evc_answers", answers), SlotSet("evc_reply", None)]


class ActionRestartEvcScan(Action):  # type: ignore[misc]
    """ "Opnieuw": all ticks gone, the first question again."""

    def name(self) -> str:
        return "action_restart_evc_scan"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        say(dispatcher, "Goed, we beginnen de scan opnieuw.")
        return _begin(store.current())


class ActionExtractEvc(Action):  # type: ignore[misc]
    """Takes the answer to the open question of the scan; runs at each message while the scan is on."""

    def name(self) -> str:
        return "action_extract_evc"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        asked = tracker.get_slot("requested_slot") == "evc_reply"
        if not asked or (tracker.active_loop or {}).get("name") != FORM:
            return []
        knowledge, text = store.current(), text_of(tracker)
        if text.startswith("/"):
            pressed = next((entity["value"] for entity in entities_of(tracker) if entity["entity"] == CHOICE), None)
            taken = evc_scan.take(knowledge, answers_of(tracker), str(pressed), free=False) if pressed else None
        elif _surely_no_answer(tracker) or _asks(tracker):
            taken = None
            if intent_of(tracker) == CRISIS and not _distressed(tracker):  # "ik heb pa gewassen tot aan zijn dood"
                taken = evc_scan.take(knowledge, answers_of(tracker), text)
        else:
            taken = evc_scan.take(knowledge, answers_of(tracker), text, free=_may_be_loose(tracker))
        return [SlotSet("evc_answers", taken), SlotSet("evc_reply", text)] if taken else []


def _surely_no_answer(tracker: Tracker) -> bool:
    sure = float(tracker.latest_message["intent"].get("confidence", 1.0)) >= SURELY
    return (intent_of(tracker) in NEVER and sure) or _distressed(tracker)


def _distressed(tracker: Tracker) -> bool:
    """Whether a message that names care may be a cry for help all the same."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    chance = max((item["confidence"] for item in ranking if item["name"] == CRISIS), default=0.0)
    text = text_of(tracker)
    return bool(DISTRESS.search(text)) or (chance >= FAINTLY and bool(FAINT_DISTRESS.search(text)))


def _help_too(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Where care that was named counted as an answer, but the message may be a cry for help: help is named as well."""
    since = [event.get("event") for event in tracker.events]
    said = since[len(since) - since[::-1].index("user") :] if "user" in since else []
    if intent_of(tracker) == CRISIS and "bot" not in said:
        dispatcher.utter_message(response="utter_crisis")


def _asks(tracker: Tracker) -> bool:
    """Whether a message is a whole question, and so no answer, whatever it names."""
    text = text_of(tracker)
    return intent_of(tracker).startswith("vraag_") and bool(LOOKS_LIKE_QUESTION.search(text)) and len(text.split()) > 3


def _may_be_loose(tracker: Tracker) -> bool:
    """Whether a sentence may be read for what it names: not when it asks or commands something."""
    intent = intent_of(tracker)
    return not LOOKS_LIKE_QUESTION.search(text_of(tracker)) and (intent in LOOSE | NEVER or intent.startswith("vraag_"))


class ValidateEvcForm(Action):  # type: ignore[misc]
    """One slot is asked for again and again, until the knowledge base has no further question."""

    def name(self) -> str:
        return "validate_evc_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        more = evc_scan.next_step(store.current(), answers_of(tracker)) is not None
        emptied = [SlotSet("evc_reply", None)] if tracker.get_slot("evc_reply") is not None else []
        return [*emptied, SlotSet("requested_slot", "evc_reply" if more else None)]


class ActionAskEvcReply(Action):  # type: ignore[misc]
    """Asks the open question."""

    def name(self) -> str:
        return "action_ask_evc_reply"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge, answers = store.current(), answers_of(tracker)
        step = evc_scan.next_step(knowledge, answers)
        if step is None:
            return []
        _help_too(dispatcher, tracker)
        text, data = question_text(knowledge, answers, step), question_data(knowledge, answers, step)
        say_data(dispatcher, text, data, _answers(knowledge, step.asks))
        return []


def _answers(knowledge: Knowledge, asks: evc_scan.Asks) -> list[Button]:
    """The buttons under a question."""
    if asks == "items":
        options = [("Geen van deze", NONE), ("Alles", ALL)]
    elif asks in ("where", "how_often"):
        options = [(choice.label, choice.id) for choice in evc_scan.choices(knowledge, asks)]
        options.append(("Weet ik niet", "weet_niet"))
    else:
        options = fact_options(knowledge, asks)
    return [button(label, START, {CHOICE: value}) for label, value in options]


class ActionEvcNotUnderstood(Action):  # type: ignore[misc]
    """The message wasn't an answer to the open question of the scan; says how to answer."""

    def name(self) -> str:
        return "action_evc_not_understood"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if _distressed(tracker):
            dispatcher.utter_message(response="utter_crisis")
            return []
        step = evc_scan.next_step(store.current(), answers_of(tracker))
        how = (
            "Typ de nummers, bijvoorbeeld: 1 en 3. Of kies een knop."
            if step and step.asks == "items"
            else "Kies een knop."
        )
        say(dispatcher, f"Dat kan ik niet gebruiken als antwoord. {how}", "clarify")
        return []


class ActionEvcWhy(Action):  # type: ignore[misc]
    """ "Waarom vraag je dat?" in the scan."""

    def name(self) -> str:
        return "action_evc_why"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        step = evc_scan.next_step(store.current(), answers_of(tracker))
        say(dispatcher, WHY[step.asks if step else "items"])
        return []


class ActionEvcBack(Action):  # type: ignore[misc]
    """ "Terug": takes the last answer back, so that its question comes again."""

    def name(self) -> str:
        return "action_evc_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        earlier = evc_scan.back(store.current(), answers_of(tracker))
        if earlier is None:
            say(dispatcher, "Dit is de eerste vraag. Verder terug kan niet.")
            return []
        return [SlotSet("evc_answers", earlier)]


class ActionStopEvcScan(Action):  # type: ignore[misc]
    """Stops; the ticks stay for who goes on later."""

    def name(self) -> str:
        return "action_stop_evc_scan"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        say(
            dispatcher,
            "Goed, we stoppen met de scan. Wil je later verder? Zeg dan 'EVC-scan'.",
            buttons=[button("Verder met de scan", START), button("Welke opleiding past bij mij?", "start_traject")],
        )
        return [SlotSet("evc_reply", None)]


class ActionEvcResult(Action):  # type: ignore[misc]
    """What to bring up, what to collect, a first draft, and how to go on; the same in words and in data."""

    def name(self) -> str:
        return "action_evc_result"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge, answers = store.current(), answers_of(tracker)
        scan = evc_scan.scan_of(knowledge, answers)
        if scan is None:
            return []
        _help_too(dispatcher, tracker)
        result = evc_scan.outcome(knowledge, scan.qualification, answers, tracker.get_slot("care_qualification"))
        told = facts.read_value(knowledge.facts["occupation"], scan.beroep)
        routes = button("Welke opleiding past bij mij?", "start_traject", {"occupation": told})
        say_data(dispatcher, result_text(knowledge, result), result_data(knowledge, result, str(answers.get("id", ""))),
                 [routes, button("Scan een ander beroep", START, {WANTED: ASK_WHICH})])  # fmt: skip
        return [SlotSet("evc_reply", None)]
