"""Rasa component: acts that the shape of a message gives away, whatever the topic model made of them.

Who only states things about themselves starts (or goes on with) the intake; "en als ik …?" supposes something. It never
overrules an act that the model is there for, such as distress or "vergeet alles".
"""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional, Text, Type  # noqa: UP035  (Rasa reads these annotations)

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.topic_classifier import SURE_ENOUGH, TOPICS
from bot.topic_model import OUT_OF_SCOPE
from knowledge import content, facts, key_words, store, telling, whatif
from knowledge.store import Knowledge

ENOUGH_TOLD = 2  # facts that a message must state to count as telling about oneself
SURELY_OUTSIDE = 0.5
NEAR = 3  # of the ranked cards
MINDED = frozenset({"ontken", "bevestig"})  # "nee, ik ben 34": the one fact told counts
CORRECTED = "corrigeer"
# "ik wil verder" goes on; "ik wil later verder" asks for a code.
GOING_ON = re.compile(
    r"^\W*(?:(?:ok|ja|ik wil|kan ik|we gaan|laten we|doe maar|nu|weer|terug|gewoon)\W+)*verder(?: gaan| doen)?\W*$",
    re.I,
)
OF_ONESELF = re.compile(r"\b(?:ik|k|mijn|m'n)\b", re.I)
COMPARED = "vergelijk"
COMPARES = re.compile(r"^\W*(?:(?:kun|kan|wil) je )?vergelijk(?:en)?\b", re.I)
STATED = ("start_traject", "geef_info")  # the same to the rules; staff see which of the two the model found likelier
SUPPOSED = "wat_als"
CRISIS = "crisis"
SCAN, SURE_OF_SCAN = "start_evc_scan", 0.5  # the scan leaves the intake: not on a faint guess
NOT_UNDERSTOOD = "nlu_fallback"
GREETING = "groet"
SMALL_TALK = frozenset({"complimenten", "belediging", "groet", "bedankt", "afscheid", "ben_je_een_bot", "andere_taal"})
IN_GENERAL = "wat_kan_je"  # "ik ben 47 en heb geen diploma. Wat zijn mijn opties?" tells, whatever it asks
# What the model may be overruled in: a card, or no idea. An act of conversation stays.
OVERRULED = frozenset(
    {"buiten_domein", "nlu_fallback", "en_vervolg", "geef_info", "mens_spreken", "leg_route_uit", IN_GENERAL}
) | MINDED


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ActRules(GraphComponent):
    """Sets `intent` where the shape of the message is certain."""

    @classmethod
    def required_components(cls) -> List[Type]:
        return []

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {}

    def __init__(self) -> None:
        self._knowledge: Optional[Knowledge] = None

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ActRules:
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            intent = (message.get(INTENT) or {}).get("name") or ""
            text = message.get(TEXT) or ""
            if intent == "later_verder" and GOING_ON.search(text):
                self._set(message, STATED[0])
                continue
            if text.startswith("/") or not text.strip():
                continue
            if COMPARES.search(text):
                self._set(message, COMPARED)
                continue
            if intent in SMALL_TALK and self._says_something(message, text):
                self._set(message, STATED[1])
                continue
            if intent == SCAN and message.get(INTENT)["confidence"] < SURE_OF_SCAN:
                self._set(message, NOT_UNDERSTOOD)
                continue
            # A guess below the threshold becomes "not understood"; a faint "wat_als" without "als" is none.
            lost = message.get(INTENT)["confidence"] < SURE_ENOUGH
            lost = (lost and intent != CRISIS) or (intent == SUPPOSED and not whatif.may_suppose(text))
            if not (lost or intent in OVERRULED or intent.startswith("vraag_")):
                continue
            unknown = self._asked_unknown(message, text) if intent == OUT_OF_SCOPE else None
            if unknown:
                self._set(message, unknown)
                continue
            if intent == OUT_OF_SCOPE and message.get(INTENT)["confidence"] >= SURELY_OUTSIDE:
                continue  # "mijn zoon wil kok worden" tells of a person, but of nothing we know
            unsure = not intent.startswith("vraag_") or message.get(INTENT)["confidence"] < SURE_ENOUGH
            minded = CORRECTED if intent in MINDED else None
            act = self._act(text, message.get(ENTITIES) or [], unsure, lost, minded, intent == IN_GENERAL)
            if act == STATED[0]:
                act = next((item["name"] for item in message.get(INTENT_RANKING_KEY) if item["name"] in STATED), act)
            if act:
                self._set(message, act)
        return messages

    def _asked_unknown(self, message: Message, text: Text) -> Optional[Text]:
        """The family of a card of what we don't know that is near, and asked for by a word of its own: no other field."""
        near = [topic["id"] for topic in (message.get(TOPICS) or [])[:NEAR]]
        return next((topic.familie for topic, _ in key_words.asked(self._loaded(), text) if topic.id in near), None)

    def _says_something(self, message: Message, text: Text) -> bool:
        """Whether small talk is more: an answer that the intake offers ("praktische taken"), or a fact ("dag, ik ben 34")."""
        knowledge = self._loaded()
        greets = (message.get(INTENT) or {}).get("name") == GREETING  # "dag" is one, though "overdag" may be answered so
        if not greets and any(facts.exact_choice(fact, text) is not None for fact in knowledge.facts.values()):
            return True
        told = telling.read(knowledge, text, message.get(ENTITIES) or [])
        return telling.is_telling(text) and bool(told.facts)

    def _loaded(self) -> Knowledge:
        if self._knowledge is None:
            self._knowledge = store.from_content(content.load())
        return self._knowledge

    @staticmethod
    def _set(message: Message, act: Text) -> None:
        ranking = [item for item in message.get(INTENT_RANKING_KEY) or [] if item["name"] != act]
        named = {"name": act, "confidence": 1.0}
        message.set(INTENT, named, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [named, *ranking], add_to_output=True)

    def _act(
        self,
        text: Text,
        entities: List[Dict[Text, Any]],
        unsure: bool,
        lost: bool,
        minded: Optional[Text],
        in_general: bool,
    ) -> Optional[Text]:
        knowledge = self._loaded()
        if whatif.is_supposing(text):
            return SUPPOSED if unsure or whatif.supposed(knowledge, text, entities) else None
        if not (in_general or telling.is_telling(text)):
            return None
        if not OF_ONESELF.search(text) and key_words.asked(knowledge, text):
            return None  # "infodag cvo hasselt zorgkundige" asks, without a question mark
        told = telling.read(knowledge, text, entities)
        if told.facts and minded:
            return minded
        enough = 1 if lost else ENOUGH_TOLD  # one fact is more than nothing
        return STATED[0] if len(told.facts) >= enough or told.about else None
