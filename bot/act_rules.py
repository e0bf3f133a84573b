"""Rasa component: acts that the shape of a message gives away, whatever the topic model made of them.

Who only states things about themselves starts (or goes on with) the intake; "en als ik …?" supposes something. It never
overrules an act that the model is there for, such as distress or "vergeet alles".
"""

from __future__ import annotations

from typing import Any  # noqa: UP035  (Rasa reads these annotations)

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from knowledge import content, store, telling, whatif
from knowledge.store import Knowledge

ENOUGH_TOLD = 2  # facts that a message must state to count as telling about oneself
SURE_ENOUGH = 0.25  # as the threshold of the FallbackClassifier in config.yml
STATED = "start_traject"
SUPPOSED = "wat_als"
# What the model may be overruled in: a card, or no idea. An act of conversation stays.
OVERRULED = frozenset(
    {"buiten_domein", "nlu_fallback", "en_vervolg", "geef_info", "mens_spreken", "leg_route_uit", "ontken"}
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ActRules(GraphComponent):
    """Sets `intent` where the shape of the message is certain."""

    @classmethod
    def required_components(cls) -> list[type]:
        return []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {}

    def __init__(self) -> None:
        self._knowledge: Knowledge | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ActRules:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            intent = (message.get(INTENT) or {}).get("name") or ""
            text = message.get(TEXT) or ""
            if text.startswith("/") or not (intent in OVERRULED or intent.startswith("vraag_")):
                continue
            unsure = not intent.startswith("vraag_") or message.get(INTENT)["confidence"] < SURE_ENOUGH
            act = self._act(text, message.get(ENTITIES) or [], unsure)
            if act:
                ranking = [item for item in message.get(INTENT_RANKING_KEY) or [] if item["name"] != act]
                named = {"name": act, "confidence": 1.0}
                message.set(INTENT, named, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [named, *ranking], add_to_output=True)
        return messages

    def _act(self, text: str, entities: list[dict[str, Any]], unsure: bool) -> str | None:
        if self._knowledge is None:
            self._knowledge = store.from_content(content.load())
        if whatif.is_supposing(text):
            return SUPPOSED if unsure or whatif.supposed(self._knowledge, text, entities) else None
        if not telling.is_telling(text):
            return None
        told = telling.read(self._knowledge, text, entities)
        return STATED if len(told.facts) >= ENOUGH_TOLD or told.about else None
