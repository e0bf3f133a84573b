"""Ranks what a message may mean: nearest examples, the words and the meaning of each label taken whole, and the kind of message.

Labels are Rasa's full intents: "vraag_cvo/cvo_zorgkundige_duur" for a card, "groet" for an act of conversation.
Measured against other designs in docs/nlu.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import StandardScaler

from bot.embedding import embed, embed_known
from bot.kind_model import KindModel
from bot.text import language_of, normalise, question_part

WORD = re.compile(r"\w+")
FOREIGN_WORDS = 3  # a shorter message may well be names or typing errors
FOREIGN_SHARE = 0.5
FOREIGN_TIMES = 2.6  # makes up for the views that another language can't have: all weights over those of meaning
LONG_MESSAGE = 90  # characters; a longer one is also ranked by the part that asks
NEAREST = 3
OUT_OF_SCOPE = "buiten_domein"
CARD_TIMES = 3  # how often a card's own text stands beside its examples
OUT_OF_SCOPE_LEAD = 0.1  # the same for what lies outside; less, for an act is often short and plain
# An act is a guess when its kind scores less than the first while its best examples are no nearer than the second.
GUESSED = ((-0.6, 0.6), (-0.2, 0.4))  # from the development half of tests/questions
ACT_LEAD = 0.12  # for an act of conversation: its many examples, taken whole, resemble any one message less


@dataclass(frozen=True)
class Weights:
    """How much each view counts: mean of the best three examples, words, pieces of words, meaning of the card, kind."""

    nearest: float = 0.68
    words: float = 1.2
    pieces: float = 0.5
    card: float = 0.36
    kind: float = 0.15


WEIGHTS = Weights()


@dataclass(frozen=True)
class Reading:
    """A message as the model sees it: language, and per label (shape (len(labels),)) its score and two views by themselves."""

    language: str  # as `language_of`
    strange: bool  # most words are known to no example or card, and it is no language that is recognised
    scores: np.ndarray
    nearest: np.ndarray
    kind: np.ndarray

    def is_guess(self, place: int) -> bool:
        """Whether the label at this place came first though its kind is denied and no example is near; only in Dutch."""
        kind, near = self.kind[place], self.nearest[place]
        return self.language == "nl" and any(kind < denied and near < far for denied, far in GUESSED)


def views_of(text: str) -> list[str]:
    """The normalised message, and for a long one also the part that asks."""
    whole = normalise(text)
    if len(whole) > LONG_MESSAGE:
        asked = normalise(question_part(text))
        if 12 < len(asked) < len(whole):
            return [whole, asked]
    return [whole]


class TopicModel:
    """Fitted on examples and cards; `scores` gives a number per label, higher is likelier."""

    def __init__(self, labels: list[str], state: dict[str, Any]) -> None:
        self.labels = labels
        self._state = state
        self._starts = state["starts"]
        self._dense = state.pop("dense").astype(np.float32)
        self._kind = KindModel(state["kind"])

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str], cards: Mapping[str, str]) -> TopicModel:
        """Learn from examples (text, label) and from card texts by label."""
        order = np.argsort(np.array(labels), kind="stable")
        texts = [normalise(texts[i]) for i in order]
        labels = [labels[i] for i in order]
        names = sorted(set(labels))
        target = np.searchsorted(names, labels)
        starts = np.searchsorted(target, np.arange(len(names)))
        card_texts = [normalise(cards.get(name, "")) for name in names]
        raw = embed_known(texts, progress=True)
        scaler = StandardScaler().fit(raw)
        dense = _unit(scaler.transform(raw))
        whole = [
            " ".join([*texts[first:last], *[card] * CARD_TIMES])
            for first, last, card in zip(starts, [*starts[1:], len(texts)], card_texts)
        ]
        words = TfidfVectorizer(token_pattern=WORD.pattern, ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32)
        pieces = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), min_df=2, sublinear_tf=True, max_features=60000, dtype=np.float32
        )
        state = {
            "scaler": scaler,
            "dense": dense.astype(np.float16),
            "starts": starts,
            "words_of_labels": words.fit_transform(whole).T.tocsr(),  # a row per word: a message has few
            "words": words,
            "pieces_of_labels": pieces.fit_transform(whole).T.tocsr(),
            "pieces": pieces,
            "known": frozenset(word for text in whole for word in WORD.findall(text)),
            "card_dense": _unit(scaler.transform(embed_known(card_texts))).astype(np.float32),
            "has_card": np.array([bool(text) for text in card_texts]),
            "kind": KindModel.fit(texts, labels, dense, names).dump(),
            "outside": np.array([name == OUT_OF_SCOPE for name in names]),
            "acts": np.array([not text and name != OUT_OF_SCOPE for name, text in zip(names, card_texts)]),
        }
        return cls(names, state)

    def is_foreign(self, view: str) -> bool:
        """Whether a message is in another language, or most of its words are unknown to the Dutch examples and cards."""
        if language_of(view) != "nl":
            return True
        words = WORD.findall(view)
        known = sum(word in self._state["known"] for word in words)
        return len(words) >= FOREIGN_WORDS and known < FOREIGN_SHARE * len(words)

    def read(self, text: str) -> Reading:
        """What a message may mean: the best of its views for every label."""
        views = views_of(text)
        scores, nearest, kind = (np.max(found, axis=0) for found in zip(*map(self._read_view, views)))
        language = language_of(views[0])
        return Reading(language, language == "nl" and self.is_foreign(views[0]), scores, nearest, kind)

    def scores(self, text: str) -> np.ndarray:
        """One score per label (shape (len(labels),)), the best over the views of the message."""
        return self.read(text).scores

    def _dense_of(self, view: str) -> np.ndarray:
        scaled: np.ndarray = _unit(self._state["scaler"].transform(embed(view)[None, :]))[0].astype(np.float32)
        return scaled

    def _read_view(self, view: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        state = self._state
        dense = self._dense_of(view)
        nearest, kind = self._nearest(self._dense @ dense), self._kind.scores(view, dense)
        card = state["card_dense"] @ dense
        # An act has no card: it gets what the best cards get, so that it neither wins nor loses by that.
        scores = WEIGHTS.nearest * nearest + WEIGHTS.card * np.where(state["has_card"], card, np.partition(card, -5)[-5])
        if self.is_foreign(view):
            return FOREIGN_TIMES * scores, nearest, kind  # only the multilingual embedding knows another language
        for name, weight in (("words", WEIGHTS.words), ("pieces", WEIGHTS.pieces)):
            scores += weight * (state[name].transform([view]) @ state[f"{name}_of_labels"]).toarray()[0]
        scores += WEIGHTS.kind * kind
        scores[state["acts"]] += ACT_LEAD
        scores[state["outside"]] += OUT_OF_SCOPE_LEAD
        return scores, nearest, kind

    def _nearest(self, similarity: np.ndarray) -> np.ndarray:
        """The mean of the best few examples of each label."""
        rest = similarity.copy()
        sizes = np.diff(np.append(self._starts, len(similarity)))
        total = np.zeros(len(self._starts))
        for _ in range(NEAREST):
            best = np.maximum.reduceat(rest, self._starts)
            total += best
            rest[rest == np.repeat(best, sizes)] = -1.0
        return total / NEAREST

    def dump(self) -> dict[str, Any]:
        """What `load` needs, for joblib."""
        return {"labels": self.labels, **self._state, "dense": self._dense.astype(np.float16)}

    @classmethod
    def load(cls, data: dict[str, Any]) -> TopicModel:
        """The model that `dump` described."""
        state = dict(data)
        return cls(state.pop("labels"), state)


def _unit(matrix: np.ndarray) -> np.ndarray:
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(norms == 0, 1, norms)
