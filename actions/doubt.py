"""Who doubts: first a look from nearby (inleefmoment, mentor), then a few questions on what they like."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.own_route import said_of_own_route
from actions.replies import Domain, Events, profile_of, say, topic_button
from knowledge import answers, interests, store
from knowledge.conditions import DONT_KNOW
from knowledge.store import Knowledge

FIRST_LOOK = ("inleefmoment_kandidaat", "mentor_groepsopvang_voor", "twijfel_eerste_stap")
TASKS = "beroep_taken_onbekend"


class ActionDoubt(Action):  # type: ignore[misc]
    """Points to an inleefmoment and the free mentors; without a goal, the interest questions follow."""

    def name(self) -> str:
        return "action_doubt"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        active = (tracker.active_loop or {}).get("name")
        if said_of_own_route(dispatcher, tracker, knowledge):
            return [] if active else [FollowupAction("action_listen")]
        cards = [knowledge.topics[name] for name in FIRST_LOOK if name in knowledge.topics]
        sources = list(dict.fromkeys(source for card in cards for source in card.bronnen))
        text = (
            "Twijfelen mag. Je kunt eerst gaan kijken met een inleefmoment of als vrijwilliger. "
            "Denk je aan kinderopvang? Dan praat je gratis met een mentor groepsopvang."
        )
        goal = profile_of(tracker, knowledge).get("occupation")
        if goal is None:
            text += " Ik stel je een paar korte vragen. Dan zien we welke beroepen bij je passen."
        say(
            dispatcher,
            f"{text}\n\n{answers.source_line(knowledge, sources)}",
            buttons=[topic_button(card) for card in cards],
            records=[card.id for card in cards],
            sources=answers.source_list(knowledge, sources),
        )
        if goal is not None and tracker.get_slot("advice_given") and not active:
            return [FollowupAction("action_listen")]  # the advice stands; it isn't said again
        return [SlotSet("occupation", DONT_KNOW)] if goal is None else []


def say_fitting(
    dispatcher: CollectingDispatcher, knowledge: Knowledge, profile: dict[str, object], lead: str = ""
) -> None:
    """The occupations that fit what someone likes, with what the documents hold of the work."""
    fits = interests.fitting(knowledge, profile)
    lines = [f"- {item.naam[0].upper()}{item.naam[1:]}: {item.beschrijving}" for item in fits]
    sources = list(dict.fromkeys(source for item in fits for source in item.bronnen))
    card = knowledge.topics.get(TASKS)
    say(
        dispatcher,
        f"{lead}Dit past bij wat je graag doet:\n"
        + "\n".join(lines)
        + f"\n\n{answers.source_line(knowledge, sources)}",
        buttons=[topic_button(card)] if card else [],
        records=[item.id for item in fits],
        sources=answers.source_list(knowledge, sources),
    )
