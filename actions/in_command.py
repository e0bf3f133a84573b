"""The person is in command of the intake: why, back, again, what is known, and forget."""

from __future__ import annotations

import re

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.extract import FORM, open_fact
from actions.own_route import said_of_own_route
from actions.replies import Domain, Events, button, entities_of, profile_of, say, say_data, text_of
from actions.what_if import back_to_real
from knowledge import facts, naming, next_question, store, telling, trajectory
from knowledge.store import Knowledge

NAMED_ROUTES = 3
LISTEN = "action_listen"
SURE = 0.8  # of "opnieuw"; below it the person is asked first, since it takes everything away
REAL = re.compile(r"\bhoe het (?:echt )?is\b", re.IGNORECASE)


class ActionExplainQuestion(Action):  # type: ignore[misc]
    """ "Waarom vraag je dat?": what the open question decides, and for which routes."""

    def name(self) -> str:
        return "action_explain_question"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        if said_of_own_route(dispatcher, tracker, knowledge):
            return []
        name = open_fact(tracker, knowledge)
        if name is None:
            say(dispatcher, "Ik vraag alleen wat nodig is om te zien welke routes voor jou open zijn.")
            return []
        advice = trajectory.advise(knowledge, profile_of(tracker, knowledge))
        routes = list(dict.fromkeys(item.programme.naam for item in advice.judgements if name in item.missing))
        text = knowledge.facts[name].waarom
        if routes and name not in next_question.GOAL_FACTS:
            more = f" en nog {len(routes) - NAMED_ROUTES} andere routes" if len(routes) > NAMED_ROUTES else ""
            text += f" Je antwoord telt voor: {'; '.join(routes[:NAMED_ROUTES])}{more}."
        say(dispatcher, f"{text} Je mag de vraag ook overslaan.")
        return []


class ActionPreviousQuestion(Action):  # type: ignore[misc]
    """ "Terug": forgets the last answer, so that its question comes again."""

    def name(self) -> str:
        return "action_previous_question"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        in_form = _in_form(tracker)
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
        knowledge = store.current()
        if said_of_own_route(dispatcher, tracker, knowledge):  # "kan ik niet eerder beginnen?" takes nothing away
            return [] if _in_form(tracker) else [FollowupAction(LISTEN)]
        if REAL.search(text_of(tracker)):  # what the button under a "what if" says
            return back_to_real(dispatcher, knowledge, tracker, profile_of(tracker, knowledge))
        if tracker.latest_message["intent"].get("confidence", 1.0) < SURE and profile_of(tracker, knowledge):
            text = "Wil je opnieuw beginnen? Dan vergeet ik je antwoorden."
            say(dispatcher, text, "clarify", [button("Ja, opnieuw beginnen", "opnieuw")])
            return [] if _in_form(tracker) else [FollowupAction(LISTEN)]
        say(dispatcher, "Goed, we beginnen opnieuw.")
        return forget(knowledge)


class ActionForget(Action):  # type: ignore[misc]
    """ "Vergeet alles": forgets what is known; the web channel deletes the conversation itself after the turn.

    Who names a fact, has only that taken away; who names something else, is asked what.
    """

    def name(self) -> str:
        return "action_forget"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge, text = store.current(), text_of(tracker)
        known = profile_of(tracker, knowledge)
        pressed = [str(item["entity"]) for item in entities_of(tracker)] if text.startswith("/") else []
        denied = telling.read(knowledge, text, entities_of(tracker)).denied
        one = naming.one_thing(text)
        named = [name for name in (*pressed, *denied, *(naming.named(text) if one else ())) if name in knowledge.facts]
        if named:  # "vergeet dat van mijn strafblad": that alone
            say(dispatcher, "Goed, dat haal ik weg. De rest weet ik nog.",
                buttons=[button("Verder met de vragen", "start_traject"), button("Vergeet alles", "vergeet_alles")])  # fmt: skip
            return [SlotSet(name, None) for name in named]
        if one and known:
            _ask_what_to_forget(dispatcher, knowledge, known)
            return []
        data = {"type": "answer", "records": [], "sources": [], "forget": True}
        say_data(dispatcher, "Ik ben alles vergeten wat je vertelde. Je kunt altijd opnieuw beginnen.", data)
        return forget(knowledge)


def _ask_what_to_forget(dispatcher: CollectingDispatcher, knowledge: Knowledge, known: dict[str, object]) -> None:
    """Everything that is known, to choose from: nothing is taken away on a guess."""
    told = [(name, clause) for name in known for clause in facts.summary(knowledge, {name: known[name]})]
    say(
        dispatcher,
        "Wat mag ik vergeten? Kies wat weg moet.",
        "clarify",
        [
            *(
                button(clause[0].upper() + clause[1:], "vergeet_alles", {name: str(known[name])})
                for name, clause in told
            ),
            button("Vergeet alles", "vergeet_alles"),
        ],
    )


def _in_form(tracker: Tracker) -> bool:
    return (tracker.active_loop or {}).get("name") == FORM


def forget(knowledge: Knowledge) -> Events:
    """Empties every slot that holds something of the person."""
    told = [*knowledge.facts, "asked_facts", "asked_before", "about", "last_labels", "last_question", "requested_slot"]
    names = [*told, "supposed", "evc_answers", "evc_reply"]
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
