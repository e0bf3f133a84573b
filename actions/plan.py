"""The plan of a route in the chat, and in which order the routes stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import named_route
from actions.own_route import said_of_own_route
from actions.replies import Domain, Events, button, profile_of, say, say_data, text_of
from actions.routes import talked_about
from knowledge import answers, ranking, store, trajectory
from knowledge.planning import asked, build, sheets, words
from knowledge.planning.model import Plan
from knowledge.privacy import KEPT_DAYS
from knowledge.store import Knowledge

Keep = Callable[[str, str, dict[str, Any]], str]
LISTS = ("steps", "duration", "week", "timeline", "income", "shorter", "arrange", "maybe", "questions")
LINK_LABELS: dict[asked.Sheet, str] = {
    "belbriefje": "Je belbriefje openen of printen",
    "kalender": "Zet het in je eigen agenda",
    "werkgever": "Het blad voor je werkgever",
    "samenvatting": "De samenvatting openen of printen",
}


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
        sheet = asked.sheet_asked(text_of(tracker))
        if sheet is None and said_of_own_route(dispatcher, tracker, knowledge):
            return []
        programme = programme or build.best(knowledge, profile)
        made = build.plan(knowledge, programme, profile)
        data: dict[str, Any] = {"type": "plan", **words.as_data(knowledge, made)}
        address = Keeper.keep(tracker.sender_id, data["route"], profile) if Keeper.keep is not None else ""
        if programme and sheet:
            text = _as_sheet(knowledge, made, profile, sheet, data, address)
        else:
            text = words.as_text(knowledge, made)
            if address:
                data["links"] = [{"label": "Je plan openen of printen", "href": address}, *data["links"]]
                text += f"\n\nOm te printen of te delen: {address} ({KEPT_DAYS} dagen te zien)."
        text += f"\n\n{answers.source_line(knowledge, made.sources)}"
        buttons = [button("Toon alle routes", "toon_alles"), button("Met een mens praten", "mens_spreken")]
        if sheet:
            buttons.insert(0, button("Mijn plan", "mijn_plan", {"programme": data["route"]}))
        say_data(dispatcher, text, data, buttons)
        return talked_about(programme) if programme else []


def _as_sheet(
    knowledge: Knowledge, made: Plan, profile: dict[str, Any], sheet: asked.Sheet, data: dict[str, Any], address: str
) -> str:
    """The text of one sheet; `data` keeps what is on it, with the link to it first."""
    assert made.programme is not None
    employer = sheets.employer_sheet(knowledge, made.programme, profile) is not None
    lines = asked.sheet_lines(made, sheet, employer)
    kept = {"belbriefje": ["questions"], "kalender": ["timeline"]}.get(sheet, [])
    data.update({name: [] for name in LISTS if name not in kept}, lead="" if kept else lines[0])
    if address and (sheet != "werkgever" or employer):
        href = f"{address}.ics" if sheet == "kalender" else f"{address}/{sheet}"
        data["links"] = [{"label": LINK_LABELS[sheet], "href": href}]
        lines += ["", f"{LINK_LABELS[sheet]}: {href} ({KEPT_DAYS} dagen te zien)."]
    return "\n".join(lines)


class ActionChooseOrder(Action):  # type: ignore[misc]
    """Asks what matters most to this person; the answer puts the routes in that order."""

    def name(self) -> str:
        return "action_choose_order"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        fact = store.current().facts[ranking.PRIORITY]
        buttons = [button(option.label, "geef_info", {fact.id: option.value}) for option in fact.values]
        say(dispatcher, fact.vraag, "clarify", buttons)
        return []
