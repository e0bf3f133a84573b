"""Whom to call: a person instead of the bot."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import Domain, Events, profile_of, say
from knowledge import answers, store, trajectory

DEFAULT = ("vdab", "cvo", "vivo")


class ActionHandover(Action):  # type: ignore[misc]
    """Names the organisations to turn to, those of this person's best routes first."""

    def name(self) -> str:
        return "action_handover"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        profile = profile_of(tracker, knowledge)
        judged = trajectory.advise(knowledge, profile).judgements if profile else ()
        names = [item.ask.id for item in judged if item.verdict != "niet"][:3] + list(DEFAULT)
        organisations = [knowledge.organisations[name] for name in list(dict.fromkeys(names))[:3]]
        lines = [
            f"- {item.naam[0].upper()}{item.naam[1:]} {item.rol}. {' '.join(filter(None, (item.website, item.email)))}".strip()
            for item in organisations
        ]
        sources = [source for item in organisations for source in item.bronnen]
        say(
            dispatcher,
            "Een mens kan je verder helpen:\n" + "\n".join(lines),
            "handover",
            sources=answers.source_list(knowledge, sources),
            records=[item.id for item in organisations],
        )
        return []
