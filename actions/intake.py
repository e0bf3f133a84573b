"""The intake: takes facts from what people say, and asks the question that the knowledge base chooses."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.doubt import say_fitting
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
from knowledge import answers, content, facts, interests, store, telling, trajectory, whatif
from knowledge.answers import Wanted
from knowledge.conditions import DONT_KNOW
from knowledge.store import Knowledge
from knowledge.telling import Told
from knowledge.wording import enumeration

FORM = "intake_form"
LOOKS_LIKE_QUESTION = re.compile(
    r"\?|^\W*(?:hoe|wat|wie|waar|wanneer|waarom|welke?|is er|zijn er|krijg|mag|kan|kun|moet|bestaat|hebt|heb)\b",
    re.IGNORECASE,
)
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
PLAYED_BACK = "Ik onthoud: "


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
        if not _may_tell(tracker, asked):
            return []
        told = telling.read(knowledge, text, entities_of(tracker), about=tracker.get_slot("about") or "")
        found = dict(told.facts) if intent_of(tracker) in TELLING or asked else {}
        answer = _answer(knowledge, tracker, asked, told) if asked else None
        if asked and answer is not None:
            found.setdefault(asked, answer)
        events = _slots(knowledge, tracker, found)
        known = profile_of(tracker, knowledge)
        events += [
            SlotSet(name, None) for name, value in told.denied.items() if known.get(name) == value and name not in found
        ]
        if told.about and told.about != tracker.get_slot("about"):
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
    if AGREES.match(text) and _was_played_back(tracker):
        return None  # agrees with what was played back, and answers nothing yet
    others = {name: value for name, value in told.facts.items() if name != asked}
    opening = OPENING.match(text)
    if others or told.denied:
        known = profile_of(tracker, knowledge)
        corrects = any(known.get(name) not in (None, value) for name, value in others.items()) or told.denied
        if not opening or (corrects and opening[1].lower().startswith("n")):
            return None
        return facts.read_answer(fact, opening[1])
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


NAMED_ROUTES = 3
LONGEST_ANSWER = 8  # words; a longer message that NLU takes for a question is no answer


def _was_played_back(tracker: Tracker) -> bool:
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


class ValidateIntakeForm(FormValidationAction):  # type: ignore[misc]
    """The form's open slots: the one fact that the knowledge base wants next, or none."""

    def name(self) -> str:
        return "validate_intake_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        knowledge = store.current()
        asked = _asked_before(tracker, tracker.get_slot("requested_slot"))
        question = trajectory.next_question(knowledge, profile_of(tracker, knowledge), len(asked))
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
        question = trajectory.next_question(knowledge, profile, len(asked))
        fact = knowledge.facts[self.fact_id]
        at_most = question.at_most if question else len(asked) + 1
        only: list[str] | None = None
        told = _just_told(tracker, knowledge)
        if fact.id in interests.INTERESTS:
            only = interests.options(knowledge, profile, fact.id)
        elif fact.id == "occupation" and interests.narrowed(knowledge, profile):
            only = [item.id for item in interests.fitting(knowledge, profile)]
            if not again or set(interests.INTERESTS) & set(_set_now(tracker)):
                say_fitting(dispatcher, knowledge, profile, told)
                told = ""
        data = {"type": "question", "fact": fact.id, "step": len(asked) + 1, "at_most": at_most}
        say_data(dispatcher, f"{told}{fact.vraag}", data, fact_buttons(fact, only))
        return [SlotSet("asked_facts", [*asked, self.fact_id])]


def _set_now(tracker: Tracker) -> dict[str, Any]:
    """The slots that this message set, with their value; None where it took one away."""
    found: dict[str, Any] = {}
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        if event.get("event") == "slot":
            found.setdefault(str(event.get("name")), event.get("value"))
    return dict(reversed(found.items()))


def _asked_before(tracker: Tracker, name: str | None) -> list[str]:
    """The questions put before this one; the same question said again after a digression counts once."""
    asked = list(tracker.get_slot("asked_facts") or [])
    return asked[:-1] if asked and asked[-1] == name else asked


def _just_told(tracker: Tracker, knowledge: Knowledge) -> str:
    """Plays back what this message told beyond the answer to the question, in one sentence; and whom the talk is for."""
    asked = tracker.get_slot("asked_facts") or []
    last_asked = asked[-1] if asked else None
    changed = _set_now(tracker)
    about = changed.get("about")
    gone = [name for name, value in changed.items() if value is None and name in knowledge.facts and name not in (last_asked, "occupation")]
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
        text += f"{PLAYED_BACK}{enumeration(clauses)}. Klopt iets niet? Zeg het gewoon.\n\n"
    return text


# One asking action per fact of the vocabulary: a new fact in the content files needs no code.
ASK_ACTIONS = [type(f"Ask_{name}", (AskFact,), {"fact_id": name}) for name in content.fact_ids()]


class ActionExplainQuestion(Action):  # type: ignore[misc]
    """ "Waarom vraag je dat?": what the open question decides, and for which routes."""

    def name(self) -> str:
        return "action_explain_question"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        name = open_fact(tracker, knowledge)
        if name is None:
            say(dispatcher, "Ik vraag alleen wat nodig is om te zien welke routes voor jou open zijn.")
            return []
        advice = trajectory.advise(knowledge, profile_of(tracker, knowledge))
        routes = list(dict.fromkeys(item.programme.naam for item in advice.judgements if name in item.missing))
        text = knowledge.facts[name].waarom
        if routes and name not in trajectory.GOAL_FACTS:
            more = f" en nog {len(routes) - NAMED_ROUTES} andere routes" if len(routes) > NAMED_ROUTES else ""
            text += f" Je antwoord telt voor: {'; '.join(routes[:NAMED_ROUTES])}{more}."
        say(dispatcher, f"{text} Je mag de vraag ook overslaan.")
        return []


class ActionPreviousQuestion(Action):  # type: ignore[misc]
    """ "Terug": forgets the last answer, so that its question comes again."""

    def name(self) -> str:
        return "action_previous_question"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        in_form = (tracker.active_loop or {}).get("name") == FORM
        asked = list(tracker.get_slot("asked_facts") or tracker.get_slot("asked_before") or [])
        if in_form and asked and asked[-1] == tracker.get_slot("requested_slot"):
            asked.pop()
        if not asked:
            first = "Dit is de eerste vraag. Verder terug kan niet."
            say(dispatcher, first if in_form else "Er is nu geen vraag om naar terug te gaan.")
            return []
        last = asked.pop()
        events = [SlotSet(last, None), SlotSet("asked_facts", asked), SlotSet("requested_slot", None)]
        return events if in_form else [*events, FollowupAction(FORM)]


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
    names = [*knowledge.facts, "asked_facts", "asked_before", "about", "last_labels", "last_topic", "requested_slot"]
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
        name = open_fact(tracker, knowledge)
        fact = knowledge.facts.get(name or "")
        text = text_of(tracker)
        if _was_played_back(tracker) and (AGREES.match(text) or BARE_YES.match(text)):
            say(dispatcher, "Fijn, dan gaan we verder.")
            return []
        told = telling.read(knowledge, text, entities_of(tracker), about=tracker.get_slot("about") or "")
        if told.denied or told.facts:
            say(dispatcher, "Dat heb ik genoteerd." if told.facts else "Goed om te weten.")
            return []
        if fact is not None and fact.type == "int":
            hint = f"Typ een getal, bijvoorbeeld 34. Het moet tussen {fact.min} en {fact.max} liggen."
        else:
            hint = "Kies een van de knoppen, of zeg 'weet ik niet'."
        say(dispatcher, f"Dat kan ik niet gebruiken als antwoord. {hint}", "clarify")
        return []
