"""The intake: takes facts from what people say, and asks the question that the knowledge base chooses."""

from __future__ import annotations

import re

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answer import said_caution
from actions.doubt import say_fitting
from actions.extract import AGREES, BARE_YES, open_fact, was_played_back
from actions.own_route import said_of_own_route
from actions.replies import (
    PLAYED_BACK,
    WRONG,
    Domain,
    Events,
    entities_of,
    fact_buttons,
    intent_of,
    profile_of,
    say,
    say_data,
    set_now,
    text_of,
    topic_button,
)
from knowledge import answers, conditions, content, facts, interests, next_question, store, telling
from knowledge.answers import Wanted
from knowledge.store import Knowledge
from knowledge.wording import enumeration

NAMED_ROUTES = 3
UNASKED = "Dat hoef je niet te vertellen. Ik gebruik het alleen voor jouw advies. Het staat op geen blad voor anderen."
YES_AND = "Ja, "  # how the label of an answer begins that says yes and more
LOOKS_LIKE_QUESTION = re.compile(
    r"\?|^\W*(?:hoe|wat|wie|waar|wanneer|waarom|welke?|is er|zijn er|krijg|mag|kan|kun|moet|bestaat|hebt|heb)\b",
    re.IGNORECASE,
)


class ValidateIntakeForm(FormValidationAction):  # type: ignore[misc]
    """The form's open slots: the one fact that the knowledge base wants next, or none."""

    def name(self) -> str:
        return "validate_intake_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        knowledge = store.current()
        asked = _asked_before(tracker, tracker.get_slot("requested_slot"))
        question = next_question.next_question(knowledge, profile_of(tracker, knowledge), len(asked))
        return [question.fact.id] if question else []


class AskFact(Action):  # type: ignore[misc]
    """Asks about one fact; Rasa looks it up as action_ask_<slot>."""

    fact_id = ""

    def name(self) -> str:
        return f"action_ask_{self.fact_id}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        profile = profile_of(tracker, knowledge)
        asked = _asked_before(tracker, self.fact_id)
        again = len(asked) < len(tracker.get_slot("asked_facts") or [])
        question = next_question.next_question(knowledge, profile, len(asked))
        fact = knowledge.facts[self.fact_id]
        at_most = question.at_most if question else len(asked) + 1
        only: list[str] | None = None
        asks = fact.vraag
        other = fact.vraag_anders
        if other and conditions.evaluate(other.als, profile).outcome == "yes":
            asks = other.vraag
            only = [option.value for option in fact.values if option.value not in other.zonder]
        told = _just_told(tracker, knowledge)
        if fact.id in interests.INTERESTS:
            only = interests.options(knowledge, profile, fact.id)
        elif fact.id == "occupation" and interests.narrowed(knowledge, profile):
            only = [item.id for item in interests.fitting(knowledge, profile)]
            if not again or set(interests.INTERESTS) & set(set_now(tracker)):
                say_fitting(dispatcher, knowledge, profile, told)
                told = ""
        data = {"type": "question", "fact": fact.id, "step": len(asked) + 1, "at_most": at_most}
        say_data(dispatcher, f"{told}{asks}", data, fact_buttons(fact, only))
        return [SlotSet("asked_facts", [*asked, self.fact_id])]


def _asked_before(tracker: Tracker, name: str | None) -> list[str]:
    """The questions put before this one; the same question said again after a digression counts once."""
    asked = list(tracker.get_slot("asked_facts") or [])
    return asked[:-1] if asked and asked[-1] == name else asked


def _just_told(tracker: Tracker, knowledge: Knowledge) -> str:
    """Plays back what this message told beyond the answer to the question, in one sentence; and whom the talk is for."""
    asked = tracker.get_slot("asked_facts") or []
    last_asked = asked[-1] if asked else None
    changed = set_now(tracker)
    about = changed.get("about")
    kept = (last_asked, "occupation")
    gone = [name for name, value in changed.items() if value is None and name in knowledge.facts and name not in kept]
    names = [name for name, value in changed.items() if name in knowledge.facts and value is not None]
    pressed = text_of(tracker).startswith("/")
    told = {
        name: tracker.get_slot(name) for name in names if name != last_asked and not (pressed and name == "occupation")
    }
    clauses = facts.summary(knowledge, told)
    text = f"Je vraagt dit voor je {about}. Met 'je' bedoel ik vanaf nu je {about}.\n\n" if about else ""
    if gone and intent_of(tracker) not in ("vorige_vraag", "opnieuw"):
        text += "Goed, dat haal ik weg. "
    if clauses:
        text += f"{PLAYED_BACK}{enumeration(clauses)}. {WRONG}\n\n"
    if any(knowledge.facts[name].gevoelig for name in told):
        text = text.rstrip() + f" {UNASKED}\n\n"
    return text


# One asking action per fact of the vocabulary: a new fact in the content files needs no code.
ASK_ACTIONS = [type(f"Ask_{name}", (AskFact,), {"fact_id": name}) for name in content.fact_ids()]


class ActionAnswerNotUnderstood(Action):  # type: ignore[misc]
    """In the intake: the message wasn't an answer to the open question; says how to answer."""

    def name(self) -> str:
        return "action_answer_not_understood"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        if said_of_own_route(dispatcher, tracker, knowledge) or said_caution(dispatcher, tracker):
            return []
        if LOOKS_LIKE_QUESTION.search(text_of(tracker)) and tracker.latest_message.get("topics"):
            choice = answers.choose(knowledge, tracker.latest_message["topics"], Wanted())
            buttons = [topic_button(topic) for topic in (*choice.shown, *choice.others)]
            say(dispatcher, "Bedoel je een van deze vragen? Anders gaan we gewoon verder.", "clarify", buttons)
            return []
        name = open_fact(tracker, knowledge)
        fact = knowledge.facts.get(name or "")
        text = text_of(tracker)
        if was_played_back(tracker) and (AGREES.match(text) or BARE_YES.match(text)):
            say(dispatcher, "Fijn, dan gaan we verder.")
            return []
        told = telling.read(knowledge, text, entities_of(tracker), about=tracker.get_slot("about") or "")
        if told.denied or told.facts:
            say(dispatcher, "Dat heb ik genoteerd." if told.facts else "Goed om te weten.")
            return []
        kinds = (
            [option.label.removeprefix(YES_AND) for option in fact.values if option.label.startswith(YES_AND)]
            if fact
            else []
        )
        if kinds and BARE_YES.match(text):
            say(dispatcher, f"Goed. Kun je nog kiezen: {enumeration(kinds, 'of')}?", "clarify")
            return []
        if fact is not None and fact.type == "int":
            hint = f"Typ een getal, bijvoorbeeld 34. Het moet tussen {fact.min} en {fact.max} liggen."
        else:
            hint = "Kies een van de knoppen, of zeg 'weet ik niet'."
        say(dispatcher, f"Dat kan ik niet gebruiken als antwoord. {hint}", "clarify")
        return []
