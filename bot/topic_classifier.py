"""Rasa component: intent and nearest topics of a message, from TopicModel."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text, Type  # noqa: UP035  (Rasa reads these annotations)

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import follow_up, train
from bot.entity_extractor import IN_FULL
from bot.follow_up import FOLLOW_UP
from bot.topic_model import OUT_OF_SCOPE, TopicModel
from knowledge import content, store

TOPICS = "topics"  # output property: the likeliest cards, best first
LANGUAGE = "language"  # output property: "nl", or the code of another language
SHOWN_TOPICS = 15
ASKED_BEFORE = 0.3  # of what a card scored for the question before counts for one that points back to it
LEARNT_FROM = ("bot/topic_model.py", "bot/kind_model.py", "bot/embedding.py", "bot/text.py", "requirements.lock")
ABOUT_ONESELF = frozenset({"age", "situation", "place", "diploma", "occupation", "sector", "informal_experience"})
SURE_ENOUGH = 0.25  # as the threshold of the FallbackClassifier in config.yml
SURE_OF_STRANGE = 0.6  # an act in words that nobody knows must be this likely
DOUBTFUL = 0.2  # confidence of a guess; below the threshold of the FallbackClassifier


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):
    """Sets `intent`, `intent_ranking` and `topics` ([{"id", "confidence", "score"}])."""

    @classmethod
    def required_components(cls) -> List[Type]:
        return []

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        # temperature: from the development half of tests/questions, see docs/nlu.md
        # doubt: how far the best other meaning must lead "out of scope" before it is trusted
        return {"temperature": 0.05, "doubt": 0.08, "out_of_scope": OUT_OF_SCOPE}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """What training depends on beside the examples, so that Rasa's cache knows when it may be skipped."""
        return train.fingerprint(sources=LEARNT_FROM)

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[TopicModel] = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        with model_storage.read_from(resource) as folder:
            model = TopicModel.load(joblib.load(folder / "topics.joblib"))
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all intent examples and on the cards of the content files."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        texts = [message.get(TEXT) for message in examples]
        labels = [message.get_full_intent() for message in examples]
        self._model = TopicModel.fit(texts, labels, card_texts())
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model.dump(), folder / "topics.joblib", compress=3)
        return self._resource

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        for message in messages:
            if message.get(INTENT) and message.get(INTENT).get("confidence") == 1.0:
                continue  # a button said what is meant
            self._classify(message, follow_up.before(tracker), bool(tracker and tracker.active_loop_name))
        return messages

    def _classify(self, message: Message, asked: Text, in_form: bool) -> None:
        text = message.get(TEXT) or ""
        if self._model is None or not text.strip():
            message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [], add_to_output=True)
            return
        reading = self._model.read(text)
        scores = reading.scores
        chances = _softmax(scores / self._config["temperature"])
        order = np.argsort(-scores)
        families: Dict[Text, float] = {}
        for index in order:
            family = self._model.labels[index].partition("/")[0]
            families[family] = families.get(family, 0.0) + float(chances[index])
        best, _, is_topic = self._model.labels[order[0]].partition("/")
        if is_topic:
            # Which family a card belongs to doesn't matter: that it is a question does.
            families[best] = sum(chance for name, chance in families.items() if name.startswith("vraag_"))
        if self._doubtful(scores, scores[order[0]]) if is_topic else reading.is_guess(order[0]):
            families[best] = min(families[best], DOUBTFUL)
        if reading.strange and not is_topic and best != OUT_OF_SCOPE and families[best] < SURE_OF_STRANGE:
            families[best] = min(families[best], DOUBTFUL)  # "blorp zwik flanst" is no insult
        if families[best] < SURE_ENOUGH and _tells_about_oneself(message):
            best, families["start_traject"] = "start_traject", SURE_ENOUGH + 0.1
        full = message.get(IN_FULL)
        mentioned = message.get(ENTITIES) or []
        if full and (best == FOLLOW_UP or follow_up.leans(text, mentioned)):
            best, families[FOLLOW_UP] = FOLLOW_UP, 1.0
            scores = self._model.scores(full["text"])
        elif asked and (best == FOLLOW_UP or follow_up.points_back(text, mentioned)):
            if families[best] < SURE_ENOUGH and not in_form:  # there it may be an odd answer
                best, families[FOLLOW_UP] = FOLLOW_UP, 1.0
            scores = scores + ASKED_BEFORE * self._model.scores(asked)
        ranking = sorted(families.items(), key=lambda item: (item[0] != best, -item[1]))
        # No other may stand above the first: the FallbackClassifier takes that for not understood.
        named = [{"name": name, "confidence": round(min(chance, families[best]), 4)} for name, chance in ranking[:10]]
        message.set(INTENT, named[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, named, add_to_output=True)
        message.set(TOPICS, self._topics(scores), add_to_output=True)
        message.set(LANGUAGE, reading.language, add_to_output=True)

    def _topics(self, scores: np.ndarray) -> List[Dict[Text, Any]]:
        """The likeliest cards, best first."""
        chances = _softmax(scores / self._config["temperature"])
        cards = [index for index in np.argsort(-scores) if "/" in self._model.labels[index]]  # type: ignore[union-attr]
        return [
            {
                "id": self._model.labels[index].partition("/")[2],  # type: ignore[union-attr]
                "confidence": round(float(chances[index]), 4),
                "score": round(float(scores[index]), 4),
            }
            for index in cards[:SHOWN_TOPICS]
        ]

    def _doubtful(self, scores: np.ndarray, best: float) -> bool:
        """Whether "out of scope" follows the best card so closely that answering would be a guess."""
        if self._model is None or self._config["out_of_scope"] not in self._model.labels:
            return False
        outside = scores[self._model.labels.index(self._config["out_of_scope"])]
        return bool(best - outside < self._config["doubt"])


def _tells_about_oneself(message: Message) -> bool:
    """Whether a message that fits no intent well names two things or more about a person."""
    named = {entity["entity"] for entity in message.get(ENTITIES) or [] if entity.get("role") != "niet"}
    return len(named & ABOUT_ONESELF) >= 2


def card_texts() -> Dict[Text, Text]:
    """Title and worded answer of every card, by full intent."""
    knowledge = store.from_content(content.load())
    return {
        f"{topic.familie}/{topic.id}": f"{topic.titel}. {knowledge.text_of(topic)}"
        for topic in knowledge.topics.values()
    }


def _softmax(values: np.ndarray) -> np.ndarray:
    exps = np.exp(values - values.max())
    return exps / exps.sum()
