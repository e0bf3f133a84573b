"""Tells what kind of message it is: which act of conversation, a question about the field, or something outside it.

Ranking 500 meanings side by side sees each act as one among many; this model parts only the kinds, and its verdict is added
to the ranking (`Weights.kind` in bot/topic_model.py). Measured across voices in docs/nlu.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

QUESTION = "vraag"
PER_CARD = 8  # examples of each card: all of them would drown the acts
PIECES = 20_000  # pieces of words that count


def kind_of(label: str) -> str:
    """The act, "buiten_domein", or QUESTION for a card ("vraag_cvo/cvo_zorgkundige_duur")."""
    return QUESTION if "/" in label else label


class KindModel:
    """Fitted on examples; `scores` gives one number per label of the ranking: positive is yes, negative no."""

    def __init__(self, state: dict[str, Any]) -> None:
        self._state = state

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str], dense: np.ndarray, names: Sequence[str]) -> KindModel:
        """Learn from normalised examples with their label and embedding (len(texts), d); `names` are all labels, sorted."""
        rows = _some_of_each_card(labels)
        pieces = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True, max_features=PIECES, dtype=np.float32
        )
        features = sp.hstack([dense[rows], pieces.fit_transform([texts[row] for row in rows])]).tocsr()
        machine = LinearSVC(C=1.0, random_state=0).fit(features, [kind_of(labels[row]) for row in rows])
        kinds = list(machine.classes_)
        return cls(
            {
                "pieces": pieces,
                "dense_weights": machine.coef_[:, : dense.shape[1]].astype(np.float32),
                "piece_weights": machine.coef_[:, dense.shape[1] :].T.astype(np.float32),
                "bias": machine.intercept_.astype(np.float32),
                "kind_of_label": np.array([kinds.index(kind_of(name)) for name in names]),
            }
        )

    def scores(self, view: str, dense: np.ndarray) -> np.ndarray:
        """The distance to the border of its kind, per label (shape (len(names),)), of a normalised message."""
        state = self._state
        found = state["pieces"].transform([view])
        each = state["bias"] + state["dense_weights"] @ dense + found.data @ state["piece_weights"][found.indices]
        kinds: np.ndarray = each[state["kind_of_label"]]
        return kinds

    def dump(self) -> dict[str, Any]:
        """What the constructor needs, for joblib."""
        return self._state


def _some_of_each_card(labels: Sequence[str]) -> list[int]:
    """All rows of acts and of "out of scope", and at most PER_CARD of each card, spread over its examples."""
    of_card: dict[str, list[int]] = {}
    rows = []
    for row, label in enumerate(labels):
        if "/" in label:
            of_card.setdefault(label, []).append(row)
        else:
            rows.append(row)
    for found in of_card.values():
        rows += found[:: -(-len(found) // PER_CARD)]
    return sorted(rows)
