"""The plan of a route in the chat, and in which order the routes stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import named_route
from actions.replies import Domain, Events, button, profile_of, say, say_data
from knowledge import answers, ranking, store, trajectory
from knowledge.planning import build, words
from knowledge.privacy import KEPT_DAYS

Keep = Callable[[str, str, dict[str, Any]], str]


class Keeper:
    """Where plans to take home are kept: set by whoever serves pages; gives the address for (sender, route, profile)."""

    keep: Keep | None = None


class ActionPlan(Action):  # type: ignore[misc]
    """The plan of the route that was named, else of the best one."""

    def name(self) -> str:
        return "action_plan"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        profile = profile_of(tracker, knowledge)
        programme = named_route(knowledge, tracker)
        if programme is None and "occupation" not in trajectory.complete(knowledge, profile):
            text = "Voor een plan moet ik eerst weten welk beroep je wilt. Zal ik je een paar vragen stellen?"
            say(dispatcher, text, "clarify", [button("Stel mij de vragen", "start_traject")])
            return []
        programme = programme or build.best(knowledge, profile)
        made = build.plan(knowledge, programme, profile)
        data: dict[str, Any] = {"type": "plan", **words.as_data(knowledge, made)}
        text = words.as_text(knowledge, made)
        if Keeper.keep is not None:
            address = Keeper.keep(tracker.sender_id, data["route"], profile)
            data["links"] = [{"label": "Je plan openen of printen", "href": address}, *data["links"]]
            text += f"\n\nOm te printen of te delen: {address} ({KEPT_DAYS} dagen te zien)."
        text += f"\n\n{answers.source_line(knowledge, made.sources)}"
        buttons = [button("Toon alle routes", "toon_alles"), button("Met een mens praten", "mens_spreken")]
        say_data(dispatcher, text, data, buttons)
        if programme is None:
            return []
        about = {"occupations": [programme.beroep], "routes": [programme.route], "countries": [programme.land]}
        return [SlotSet("last_labels", about), SlotSet("last_topic", None)]  # what follows is about this route


class ActionChooseOrder(Action):  # type: ignore[misc]
    """Asks what matters most to this person; the answer puts the routes in that order."""

    def name(self) -> str:
        return "action_choose_order"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        fact = store.current().facts[ranking.PRIORITY]
        buttons = [button(option.label, "geef_info", {fact.id: option.value}) for option in fact.values]
        say(dispatcher, fact.vraag, "clarify", buttons)
        return []
