"""Ranks what a message may mean: nearest examples, a linear model and the cards' own words, together.

Labels are Rasa's full intents: "vraag_cvo/cvo_zorgkundige_duur" for a card, "groet" for an act of conversation.
Measured against other designs in docs/nlu.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import StandardScaler

from bot.embedding import embed, embed_known
from bot.text import language_of, normalise, question_part

WORD = re.compile(r"\w+")
FOREIGN_WORDS = 3  # a shorter message may well be names or typing errors
FOREIGN_SHARE = 0.5
LONG_MESSAGE = 90  # characters; a longer one is also ranked by the part that asks
DENSE_SHARE = 0.6  # of the similarity of two sentences; the rest is lexical
NEAREST = 3
RIDGE = 1.0
LEXICAL_WEIGHT = 0.7
SVD_SIZE = 600


@dataclass(frozen=True)
class Weights:
    """How much each view counts: best example, mean of the best three, linear model, card words, card meaning."""

    best: float = 0.5
    nearest: float = 0.5
    linear: float = 0.5
    card_words: float = 0.5
    card_meaning: float = 0.3


WEIGHTS = Weights()


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

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str], cards: Mapping[str, str]) -> TopicModel:
        """Learn from examples (text, label) and from card texts by label."""
        order = np.argsort(np.array(labels), kind="stable")
        texts = [normalise(texts[i]) for i in order]
        names = sorted(set(labels))
        target = np.array([names.index(labels[i]) for i in order])
        vectoriser = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, max_features=60000, dtype=np.float32
        )
        lexical = vectoriser.fit_transform(texts)
        raw = embed_known(texts, progress=True)
        scaler = StandardScaler().fit(raw)
        dense = _unit(scaler.transform(raw))
        svd = TruncatedSVD(min(SVD_SIZE, lexical.shape[1] - 1, len(texts) - 1), random_state=0).fit(lexical)
        card_texts = [normalise(cards.get(name, "")) for name in names]
        linear = _ridge(np.hstack([dense, LEXICAL_WEIGHT * svd.transform(lexical)]), target, len(names))
        state = {
            "vectoriser": vectoriser,
            "scaler": scaler,
            "lexical": lexical.tocsr(),
            "dense": dense.astype(np.float16),
            "linear_dense": linear[: dense.shape[1]],
            # The projection is folded into the weights: a message then costs one product over its own n-grams.
            "linear_lexical": (LEXICAL_WEIGHT * svd.components_.T @ linear[dense.shape[1] :]).astype(np.float16),
            "words": frozenset(word for text in [*texts, *card_texts] for word in WORD.findall(text)),
            "starts": np.searchsorted(target, np.arange(len(names))),
            "card_lexical": vectoriser.transform(card_texts).tocsr(),
            "card_dense": _unit(scaler.transform(embed_known(card_texts))).astype(np.float32),
            "has_card": np.array([bool(text) for text in card_texts]),
        }
        return cls(names, state)

    def is_foreign(self, view: str) -> bool:
        """Whether a message is in another language, or most of its words are unknown to the Dutch examples and cards."""
        if language_of(view) != "nl":
            return True
        words = WORD.findall(view)
        known = sum(word in self._state["words"] for word in words)
        return len(words) >= FOREIGN_WORDS and known < FOREIGN_SHARE * len(words)

    def scores(self, text: str) -> np.ndarray:
        """One score per label (shape (len(labels),)), the best over the views of the message."""
        return np.max([self._score_view(view) for view in views_of(text)], axis=0)

    def _score_view(self, view: str) -> np.ndarray:
        state = self._state
        if "dense32" not in state:
            state["dense32"] = state["dense"].astype(np.float32)
        lexical = state["vectoriser"].transform([view])
        dense = _unit(state["scaler"].transform(embed(view)[None, :]))[0].astype(np.float32)
        meaning = state["dense32"] @ dense
        if self.is_foreign(view):
            # Only the multilingual embedding knows another language.
            return WEIGHTS.best * np.maximum.reduceat(meaning, self._starts) + WEIGHTS.nearest * self._nearest(meaning)
        similarity = DENSE_SHARE * meaning + (1 - DENSE_SHARE) * _product(state["lexical"], lexical)
        best = np.maximum.reduceat(similarity, self._starts)
        linear = dense @ state["linear_dense"]
        linear = linear + lexical.data @ state["linear_lexical"][lexical.indices].astype(np.float32)
        card = WEIGHTS.card_words * _product(state["card_lexical"], lexical)
        card += WEIGHTS.card_meaning * (state["card_dense"] @ dense)
        # An act has no card: it gets what the best cards get, so that it neither wins nor loses by that.
        card = np.where(state["has_card"], card, np.partition(card, -5)[-5])
        return WEIGHTS.best * best + WEIGHTS.nearest * self._nearest(similarity) + WEIGHTS.linear * linear + card

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
        return {"labels": self.labels, **{key: value for key, value in self._state.items() if key != "dense32"}}

    @classmethod
    def load(cls, data: dict[str, Any]) -> TopicModel:
        """The model that `dump` described."""
        state = dict(data)
        return cls(state.pop("labels"), state)


def _unit(matrix: np.ndarray) -> np.ndarray:
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(norms == 0, 1, norms)


def _product(rows: sp.csr_matrix, one: sp.csr_matrix) -> np.ndarray:
    # A dense vector: several times faster than a sparse product of the same numbers.
    return rows @ one.toarray().ravel()


def _ridge(features: np.ndarray, target: np.ndarray, classes: int) -> np.ndarray:
    wanted = np.zeros((len(target), classes), np.float32)
    wanted[np.arange(len(target)), target] = 1
    wanted -= wanted.mean(0)
    gram = features.T @ features + RIDGE * np.eye(features.shape[1])
    return np.linalg.solve(gram, features.T @ wanted).astype(np.float32)
