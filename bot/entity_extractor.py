"""Rasa component: finds the words of the field and facts about the person, also misspelt, compounded or denied.

The words stand in data/nlu/entiteiten.yml: a lookup table names the entity, a synonym "entity=value" says what it means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Dict, List, NamedTuple, Optional, Text, Type  # noqa: UP035  (Rasa reads these annotations)

import joblib
from rapidfuzz.distance import DamerauLevenshtein
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import age_entity, follow_up, train
from knowledge import content, store

IN_FULL = "in_full"  # output property of "en in het CVO?": the question that it stands for, {"text", "entities"}
NEGATIONS = {"geen", "niet", "nie", "nooit", "zonder", "noch", "ni", "g1", "niks"}
NEGATION_REACH = 2  # words before the entity, in the same clause
SHORTEST_NEAR = 5  # letters; a shorter word must be spelt right
COMPOUND_LENGTH = 6  # a shorter word inside a longer one says little


class Phrase(NamedTuple):
    """One way to say a value of an entity."""

    entity: Text
    value: Text
    words: tuple[Text, ...]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class WordListExtractor(GraphComponent, EntityExtractorMixin):
    """Entities by word list with edit distance, places by name, ages by pattern."""

    @classmethod
    def required_components(cls) -> List[Type]:
        return []

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """What training depends on beside the word lists, so that Rasa's cache knows when it may be skipped."""
        return train.fingerprint(sources=("knowledge/content/plaatsen.yml", "bot/entity_extractor.py"))

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        phrases: Optional[List[Phrase]] = None,
        audiences: frozenset[Text] = frozenset(),
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._by_first: Dict[Text, List[Phrase]] = {}
        self._set(phrases or [], audiences)

    def _set(self, phrases: List[Phrase], audiences: frozenset[Text]) -> None:
        self._phrases = phrases
        self._audiences = audiences
        self._by_first = {}
        for phrase in phrases:
            self._by_first.setdefault(phrase.words[0], []).append(phrase)
        self._by_letter: Dict[Text, List[int]] = {}  # places in `phrases` of those that a misspelt word may mean
        self._by_ending: Dict[Text, List[int]] = {}
        for place, phrase in enumerate(phrases):
            first = phrase.words[0]
            if len(first) >= SHORTEST_NEAR:
                self._by_letter.setdefault(first[0], []).append(place)
                self._by_ending.setdefault(first, []).append(place)

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> WordListExtractor:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> WordListExtractor:
        with model_storage.read_from(resource) as folder:
            phrases = [Phrase(*row) for row in joblib.load(folder / "phrases.joblib")]
            audiences = frozenset(joblib.load(folder / "audiences.joblib"))
        return cls(config, model_storage, resource, phrases, audiences)

    def train(self, training_data: TrainingData) -> Resource:
        """Collect the word lists of the training data and the places of the knowledge."""
        phrases = []
        for words, meaning in training_data.entity_synonyms.items():
            for part in meaning.split("|"):
                entity, _, value = part.partition("=")
                phrases.append(Phrase(entity, value, tuple(words.lower().split())))
        knowledge = store.from_content(content.load())
        for place in knowledge.places:
            phrases.append(Phrase("place", place, tuple(place.split())))
        self._set(phrases, _words_of({name for topic in knowledge.topics.values() for name in topic.doelgroepen}))
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(sorted(self._audiences), folder / "audiences.joblib")
            joblib.dump([tuple(phrase) for phrase in phrases], folder / "phrases.joblib")
        return self._resource

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        for message in messages:
            if message.get(ENTITIES) and not message.get(TOKENS_NAMES[TEXT]):
                continue  # a button named its entities
            text, tokens = message.get(TEXT) or "", message.get(TOKENS_NAMES[TEXT]) or []
            found = list(message.get(ENTITIES, [])) + self.extract(text, tokens)
            message.set(ENTITIES, found, add_to_output=True)
            asked = follow_up.before(tracker)
            if asked and follow_up.switches(text, found):
                full = follow_up.in_full(asked, self.extract(asked, _words(asked)), text, found)
                named = self.extract(full, _words(full))
                message.set(IN_FULL, {"text": full, "entities": named}, add_to_output=True)
        return messages

    def extract(self, text: Text, tokens: List[Token]) -> List[Dict[Text, Any]]:
        """The entities of a text, in order; a denied one has the role "niet"."""
        tokens = [token for token in tokens if re.search(r"\w", token.text)]
        entities = list(self._by_words(tokens))
        age = age_entity.first(text)
        if age:
            entities.append({"entity": "age", **age._asdict(), "confidence": 1.0})
        entities = _without_repeats(entities, text)
        return self.add_extractor_name(sorted(entities, key=lambda entity: entity["start"]))

    def _by_words(self, tokens: List[Any]) -> Iterator[Dict[Text, Any]]:
        words = [token.text.lower().strip("'’\"-") for token in tokens]
        lemmas = [token.get("lemma") or word for token, word in zip(tokens, words)]
        taken: Dict[Text, int] = {}
        for start in range(len(words)):
            best: Dict[Text, Phrase] = {}
            for phrase in self._matches(words, lemmas, start):
                known = best.get(phrase.entity)
                if known is None or len(phrase.words) > len(known.words):
                    best[phrase.entity] = phrase
            for phrase in best.values():
                if taken.get(phrase.entity, -1) >= start:
                    continue
                end = start + len(phrase.words) - 1
                taken[phrase.entity] = end
                entity = {
                    "entity": phrase.entity,
                    "value": phrase.value,
                    "start": tokens[start].start,
                    "end": tokens[end].end,
                    "confidence": 1.0,
                }
                if _denied(tokens, words, start, end):
                    entity["role"] = "niet"
                yield entity

    def _matches(self, words: List[Text], lemmas: List[Text], start: int) -> Iterator[Phrase]:
        first = {words[start], lemmas[start]}
        for word in first:
            for phrase in self._by_first.get(word, []):
                if self._rest_fits(phrase, words, lemmas, start):
                    yield phrase
        word = words[start]
        if len(word) < SHORTEST_NEAR or any(name in self._by_first for name in first) or first & self._audiences:
            return  # rightly spelt, so no slip of another word: "werkgever" is no "werknemer"
        near = set(self._by_letter.get(word[0], ()))
        for cut in range(1, len(word) - SHORTEST_NEAR + 1):
            near.update(self._by_ending.get(word[cut:], ()))
        for place in sorted(near):
            phrase = self._phrases[place]
            if _close(word, phrase.words[0], phrase.entity) and self._rest_fits(phrase, words, lemmas, start):
                yield phrase

    @staticmethod
    def _rest_fits(phrase: Phrase, words: List[Text], lemmas: List[Text], start: int) -> bool:
        if start + len(phrase.words) > len(words):
            return False
        for offset, wanted in enumerate(phrase.words[1:], 1):
            word = words[start + offset]
            if wanted not in (word, lemmas[start + offset]) and not _close(word, wanted, phrase.entity):
                return False
        return True


def _words(text: Text) -> List[Token]:
    """The words of a text that isn't the message, without lemmas."""
    return [Token(match[0], match.start()) for match in re.finditer(r"[\w'’-]+", text)]


def _words_of(audiences: set[Text]) -> frozenset[Text]:
    """For whom the cards are, as words, in singular and plural."""
    return frozenset(name + ending for name in audiences for ending in ("", "s", "n", "en") if name.isalpha())


def _close(word: Text, wanted: Text, entity: Text) -> bool:
    """One slip in a word of 5 letters or more, two from 9; or the wanted word at the start or end of a compound."""
    if len(wanted) < SHORTEST_NEAR or word[0] != wanted[0]:
        return len(wanted) >= COMPOUND_LENGTH + 2 and entity != "place" and word.endswith(wanted)
    if entity != "place" and len(wanted) >= COMPOUND_LENGTH and word.startswith(wanted):
        return True
    allowed = 2 if len(wanted) >= 9 else 1
    if entity == "place" and len(wanted) < 7:
        return False
    return DamerauLevenshtein.distance(word, wanted, score_cutoff=allowed) <= allowed


def _denied(tokens: List[Any], words: List[Text], start: int, end: int) -> bool:
    """Whether "geen", "niet" … stands just before the words, or "niet" just after them, in the same clause."""
    for index in range(start - 1, max(-1, start - 1 - NEGATION_REACH), -1):
        if tokens[index + 1].start - tokens[index].end > 1:
            return False
        if _without_stress(words[index]) in NEGATIONS:
            return True
    after = end + 1
    joined = after < len(words) and tokens[after].start - tokens[end].end <= 1
    return joined and _without_stress(words[after]) in ("niet", "nie", "ni")


def _without_stress(word: Text) -> Text:
    """Without the accents that stress a word in Dutch: "géén", "níét"."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def _without_repeats(entities: List[Dict[Text, Any]], text: Text) -> List[Dict[Text, Any]]:
    """Drops a sector that only completes the name of an occupation: "huishoudhulp in de zorg"."""
    jobs = [entity for entity in entities if entity["entity"] == "occupation"]

    def completes(entity: Dict[Text, Any]) -> bool:
        return entity["entity"] == "sector" and any(
            job["start"] <= entity["start"] < job["end"]
            or (
                job["end"] <= entity["start"]
                and re.fullmatch(
                    r"\s*(?:(?:in\s+de|van\s+de|in)\s*)?", text[job["end"] : entity["start"]], re.IGNORECASE
                )
            )
            or (
                entity["end"] <= job["start"]
                and re.fullmatch(r"\s*(?:van|voor)?\s*", text[entity["end"] : job["start"]], re.IGNORECASE)
            )
            for job in jobs
        )

    return [entity for entity in entities if not completes(entity)]
