"""The intake: takes facts from what people say, and asks the question that the knowledge base chooses."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.replies import (
    Domain,
    Events,
    button,
    entities_of,
    fact_buttons,
    intent_of,
    profile_of,
    say,
    say_data,
    text_of,
    topic_button,
)
from knowledge import answers, content, facts, store, trajectory
from knowledge.answers import Wanted
from knowledge.conditions import DONT_KNOW
from knowledge.store import Knowledge
from knowledge.wording import enumeration

FORM = "intake_form"
LOOKS_LIKE_QUESTION = re.compile(
    r"\?|^\W*(?:hoe|wat|wie|waar|wanneer|waarom|welke?|is er|zijn er|krijg|mag|kan|kun|moet|bestaat|hebt|heb)\b",
    re.IGNORECASE,
)
# Intents whose message tells about the person; any other asks or commands, and then no slot may be set in the form.
TELLING = {"geef_info", "start_traject", "corrigeer", "bevestig", "ontken", "weet_niet", "twijfel"}


class ActionExtractFacts(Action):  # type: ignore[misc]
    """Fills the slots that are facts: the answer to the open question, and whatever else was told."""

    def name(self) -> str:
        return "action_extract_facts"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        asked = _open_fact(tracker, knowledge)
        intent = intent_of(tracker)
        pressed = {
            entity["entity"]: entity["value"] for entity in entities_of(tracker) if entity["entity"] in knowledge.facts
        }
        if text_of(tracker).startswith("/"):
            return _slots(knowledge, tracker, pressed)
        told: dict[str, Any] = {}
        if asked and _may_answer(intent, text_of(tracker)):
            value = facts.read_answer(knowledge.facts[asked], text_of(tracker))
            if value is None and intent == "weet_niet":
                value = DONT_KNOW
            if value is not None:
                told[asked] = value
        if intent in TELLING:
            told = {**facts.from_entities(knowledge, entities_of(tracker)), **told}
        return _slots(knowledge, tracker, told)


def _open_fact(tracker: Tracker, knowledge: Knowledge) -> str | None:
    active = (tracker.active_loop or {}).get("name") == FORM
    asked = tracker.get_slot("requested_slot")
    return asked if active and asked in knowledge.facts else None


def _may_answer(intent: str, text: str) -> bool:
    """Whether a message may be the answer to the open question: not when it asks or commands something."""
    if intent in TELLING or intent in ("nlu_fallback", "buiten_domein"):
        return True
    return intent.startswith("vraag_") and "?" not in text and len(text.split()) <= 6


def _slots(knowledge: Knowledge, tracker: Tracker, told: dict[str, Any]) -> Events:
    events = []
    for name, value in told.items():
        read = facts.read_value(knowledge.facts[name], value)
        if read is not None and (read != tracker.get_slot(name) or name == tracker.get_slot("requested_slot")):
            events.append(SlotSet(name, read))
    return events


class ValidateIntakeForm(FormValidationAction):  # type: ignore[misc]
    """The form's open slots: the one fact that the knowledge base wants next, or none."""

    def name(self) -> str:
        return "validate_intake_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        knowledge = store.current()
        question = trajectory.next_question(knowledge, profile_of(tracker, knowledge))
        return [question.fact.id] if question else []


class AskFact(Action):  # type: ignore[misc]
    """Asks about one fact; Rasa looks it up as action_ask_<slot>."""

    fact_id = ""

    def name(self) -> str:
        return f"action_ask_{self.fact_id}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        asked = [name for name in tracker.get_slot("asked_facts") or [] if name != self.fact_id]
        question = trajectory.next_question(knowledge, profile_of(tracker, knowledge), len(asked))
        fact = knowledge.facts[self.fact_id]
        at_most = question.at_most if question else len(asked) + 1
        told = _just_told(tracker, knowledge)
        text = f"{told}{fact.vraag}"
        data = {"type": "question", "fact": fact.id, "step": len(asked) + 1, "at_most": at_most}
        say_data(dispatcher, text, data, fact_buttons(fact))
        return [SlotSet("asked_facts", [*asked, self.fact_id])]


def _just_told(tracker: Tracker, knowledge: Knowledge) -> str:
    """Plays back what this message told beyond the answer to the question, in one sentence."""
    names: list[str] = []
    last_asked = (tracker.get_slot("asked_facts") or [None])[-1]
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        if event.get("event") == "slot" and event.get("name") in knowledge.facts and event.get("value") is not None:
            names.insert(0, event["name"])
    told = {name: tracker.get_slot(name) for name in names if name != last_asked}
    clauses = facts.summary(knowledge, told)
    if not clauses:
        return ""
    return f"Ik onthoud: {enumeration(clauses)}. Klopt iets niet? Zeg het gewoon.\n\n"


# One asking action per fact of the vocabulary: a new fact in the content files needs no code.
ASK_ACTIONS = [type(f"Ask_{name}", (AskFact,), {"fact_id": name}) for name in content.fact_ids()]


class ActionExplainQuestion(Action):  # type: ignore[misc]
    """ "Waarom vraag je dat?": what the open question decides, and for which routes."""

    def name(self) -> str:
        return "action_explain_question"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        name = _open_fact(tracker, knowledge)
        if name is None:
            say(dispatcher, "Ik vraag alleen wat nodig is om te zien welke routes voor jou open zijn.")
            return []
        advice = trajectory.advise(knowledge, profile_of(tracker, knowledge))
        routes = list(dict.fromkeys(item.programme.naam for item in advice.judgements if name in item.missing))
        text = knowledge.facts[name].waarom
        if routes:
            text += f" Je antwoord telt voor: {enumeration(routes[:3])}."
        say(dispatcher, f"{text} Je mag de vraag ook overslaan.")
        return []


class ActionPreviousQuestion(Action):  # type: ignore[misc]
    """ "Terug": forgets the last answer, so that its question comes again."""

    def name(self) -> str:
        return "action_previous_question"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        asked = list(tracker.get_slot("asked_facts") or [])
        current = tracker.get_slot("requested_slot")
        if asked and asked[-1] == current:
            asked.pop()
        if not asked:
            say(dispatcher, "Dit is de eerste vraag. Verder terug kan niet.")
            return []
        last = asked.pop()
        return [SlotSet(last, None), SlotSet("asked_facts", asked), SlotSet("requested_slot", None)]


class ActionRestartIntake(Action):  # type: ignore[misc]
    """ "Opnieuw": forgets the facts and starts the questions again."""

    def name(self) -> str:
        return "action_restart_intake"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        say(dispatcher, "Goed, we beginnen opnieuw.")
        return forget(store.current())


class ActionForget(Action):  # type: ignore[misc]
    """ "Vergeet alles": forgets what is known; the web channel deletes the conversation itself after the turn."""

    def name(self) -> str:
        return "action_forget"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        data = {"type": "answer", "records": [], "sources": [], "forget": True}
        say_data(dispatcher, "Ik ben alles vergeten wat je vertelde. Je kunt altijd opnieuw beginnen.", data)
        return forget(store.current())


def forget(knowledge: Knowledge) -> Events:
    """Empties every slot that holds something of the person."""
    names = [*knowledge.facts, "asked_facts", "last_labels", "last_topic", "requested_slot", "evc_answers", "evc_reply"]
    return [SlotSet(name, None) for name in names]


class ActionShowFacts(Action):  # type: ignore[misc]
    """ "Wat weet je nu van mij?"."""

    def name(self) -> str:
        return "action_show_facts"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        clauses = facts.summary(knowledge, profile_of(tracker, knowledge))
        if clauses:
            lines = "\n".join(f"- {clause}" for clause in clauses)
            text = f"Dit weet ik van jou:\n{lines}\n\nKlopt er iets niet? Zeg dan hoe het wel is."
        else:
            text = "Ik weet nog niets van jou."
        say(dispatcher, text, buttons=[button("Vergeet alles", "vergeet_alles")] if clauses else [])
        return []


class ActionAnswerNotUnderstood(Action):  # type: ignore[misc]
    """In the intake: the message wasn't an answer to the open question; says how to answer."""

    def name(self) -> str:
        return "action_answer_not_understood"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        if LOOKS_LIKE_QUESTION.search(text_of(tracker)) and tracker.latest_message.get("topics"):
            choice = answers.choose(knowledge, tracker.latest_message["topics"], Wanted())
            buttons = [topic_button(topic) for topic in (*choice.shown, *choice.others)]
            say(dispatcher, "Bedoel je een van deze vragen? Anders gaan we gewoon verder.", "clarify", buttons)
            return []
        name = _open_fact(tracker, knowledge)
        fact = knowledge.facts.get(name or "")
        if fact is not None and fact.type == "int":
            hint = f"Typ een getal, bijvoorbeeld 34. Het moet tussen {fact.min} en {fact.max} liggen."
        else:
            hint = "Kies een van de knoppen, of zeg 'weet ik niet'."
        say(dispatcher, f"Dat kan ik niet gebruiken als antwoord. {hint}", "clarify")
        return []
