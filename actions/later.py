""" "Later verder": hands out a code, and takes up what a code found. Where codes are kept: bot/later.py."""

from __future__ import annotations

import secrets
from typing import Any, TypedDict

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import Domain, Events, button, profile_of, say, say_data
from knowledge import facts, store
from knowledge.privacy import KEPT_DAYS
from knowledge.wording import enumeration

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O, 1 I L and U, which are misread
LETTERS = frozenset(char for char in ALPHABET if char.isalpha())
GROUPS, GROUP_LENGTH = 4, 4
MAX_TRIES = 5  # wrong codes in one conversation
TRIES = "later_tries"


class Found(TypedDict):
    """What a typed code found: status "found", "wrong" or "too_many", and the slots to take over."""

    status: str
    slots: dict[str, Any]


def new_code() -> str:
    """A code like K7M2-9QXR-4TPA-B3NW: 76 bits; each group has a letter and a digit, so no word is taken for one."""
    groups: list[str] = []
    while len(groups) < GROUPS:
        group = "".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH))
        if LETTERS & set(group) and not set(group) <= LETTERS:
            groups.append(group)
    return "-".join(groups)


class ActionLater(Action):  # type: ignore[misc]
    """Gives the code; who carries the turn keeps it (the data names it)."""

    def name(self) -> str:
        return "action_later"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        code = new_code()
        text = (
            f"Dat kan. Je code is: {code}\n\n"
            f"Schrijf ze op of maak een foto. Typ de code later in deze chat, ook op een ander toestel. Dan gaan we verder. "
            f"De code werkt {KEPT_DAYS} dagen, zonder account. Zeg je 'vergeet alles'? Dan is ook de code weg.\n\n"
            "Geef de code aan niemand: wie ze heeft, ziet wat je vertelde."
        )
        data = {"type": "answer", "records": [], "sources": [], "later": code}
        say_data(
            dispatcher,
            text,
            data,
            [button("Toch nu verder", "start_traject"), button("Vergeet alles", "vergeet_alles")],
        )
        return []


class ActionResume(Action):  # type: ignore[misc]
    """Takes over what the code found, and goes on with the questions or the advice."""

    def name(self) -> str:
        return "action_resume"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        found: Found | None = (tracker.latest_message.get("metadata") or {}).get("later")
        if not found or found["status"] != "found":
            return _refuse(dispatcher, tracker, found["status"] if found else "wrong")
        knowledge = store.current()
        slots = found["slots"]
        clauses = facts.summary(knowledge, {name: value for name, value in slots.items() if name in knowledge.facts})
        known = f" Dit weet ik nog: {enumeration(clauses)}." if clauses else " Je had nog niets over jezelf verteld."
        say(dispatcher, f"Welkom terug.{known}")
        taken = [SlotSet(name, value) for name, value in slots.items()]
        return [*taken, FollowupAction("intake_form")] if clauses else taken


def _refuse(dispatcher: CollectingDispatcher, tracker: Tracker, status: str) -> Events:
    active = (tracker.active_loop or {}).get("name")
    after: Events = [FollowupAction("intake_form")] if active == "intake_form" else []
    if status == "too_many":
        say(
            dispatcher,
            "Je probeerde te veel codes. Ik neem er nu geen meer aan in dit gesprek. Wil je gewoon opnieuw beginnen?",
            "clarify",
            [button("Opnieuw beginnen", "opnieuw"), button("Met een mens praten", "mens_spreken")],
        )
        return after
    say(
        dispatcher,
        f"Deze code ken ik niet. Kijk ze goed na: {GROUPS} groepen van {GROUP_LENGTH} letters en cijfers, "
        "zoals K7M2-9QXR-4TPA-B3NW. "
        f"Een code werkt {KEPT_DAYS} dagen. Is ze ouder, of zei je 'vergeet alles'? Dan beginnen we opnieuw.",
        "clarify",
        [button("Opnieuw beginnen", "opnieuw")] if not profile_of(tracker, store.current()) else [],
    )
    return [SlotSet(TRIES, int(tracker.get_slot(TRIES) or 0) + 1), *after]
