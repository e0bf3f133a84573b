"""Puts messages that mean the same together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from bot.embedding import embed
from bot.evaluate import topic_classifier
from bot.inbox import Message
from bot.text import normalise
from bot.turns import Bot

APART = 0.62  # cosine distance of standardised embeddings from which two messages mean something else


@dataclass(frozen=True)
class Group:
    """Messages of one meaning, the most typical first, and the cards that came nearest."""

    messages: tuple[Message, ...]
    topics: tuple[str, ...]

    @property
    def times(self) -> int:
        return sum(message.times for message in self.messages)


def vectors(bot: Bot, texts: Sequence[str]) -> np.ndarray:
    """Standardised embeddings of unit length, shape (n, 384); raw ones all lie close together."""
    scaler = topic_classifier(bot)._model._state["scaler"]  # type: ignore[union-attr]
    found = scaler.transform(np.stack([embed(normalise(text)) for text in texts]))
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def groups(messages: Sequence[Message], points: np.ndarray) -> list[Group]:
    """The messages by meaning, what was said most often first."""
    if len(messages) < 2:
        return [Group(tuple(messages), messages[0].topics)] if messages else []
    clustering = AgglomerativeClustering(
        n_clusters=None, affinity="cosine", linkage="average", distance_threshold=APART
    )
    labels = clustering.fit_predict(points)
    found = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        centre = points[members].mean(axis=0)
        order = members[np.argsort(-(points[members] @ centre))]
        inside = [messages[index] for index in order]
        topics = [name for message in inside for name in message.topics]
        found.append(
            Group(tuple(inside), tuple(sorted(dict.fromkeys(topics), key=lambda name: -topics.count(name))[:3]))
        )
    return sorted(found, key=lambda group: -group.times)
