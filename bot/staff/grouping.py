"""Puts messages that mean the same together, what was said last first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
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
    """Messages of one meaning, the newest first; the most typical of them; and the cards that came nearest."""

    messages: tuple[Message, ...]
    typical: Message
    topics: tuple[str, ...]

    @property
    def times(self) -> int:
        return sum(message.times for message in self.messages)

    @property
    def day(self) -> dt.date:
        """When one of these was last said for the first time."""
        return max(message.day for message in self.messages)


class Meanings:
    """Remembers the vectors of the messages that lie in the inbox, so that only new ones cost time."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: dict[str, np.ndarray] = {}

    def missing(self, messages: Sequence[Message]) -> list[str]:
        """The texts of which the vector isn't known yet."""
        return [message.text for message in messages if message.text not in self._known]

    def learn(self, messages: Sequence[Message], say: Callable[[str], None] = lambda _: None) -> None:
        """Compute what is missing (about 30 ms each) and forget what is no longer in the inbox."""
        todo = self.missing(messages)
        fresh = {}
        for number, text in enumerate(todo):
            if number % 20 == 0:
                say(f"Berichten lezen: {number} van {len(todo)}.")
            fresh[text] = vectors(self._bot, [text])[0]
        known = {**self._known, **fresh}
        self._known = {message.text: known[message.text] for message in messages}

    def groups(self, messages: Sequence[Message]) -> list[Group]:
        """The messages by meaning."""
        self.learn(messages)
        return groups(messages, np.stack([self._known[message.text] for message in messages])) if messages else []


def vectors(bot: Bot, texts: Sequence[str]) -> np.ndarray:
    """Standardised embeddings of unit length, shape (n, 384); raw ones all lie close together."""
    scaler = topic_classifier(bot)._model._state["scaler"]  # type: ignore[union-attr]
    found = scaler.transform(np.stack([embed(normalise(text)) for text in texts]))
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def groups(messages: Sequence[Message], points: np.ndarray) -> list[Group]:
    """The messages by meaning: the group with the newest first, and in it what was said most often."""
    if len(messages) < 2:
        return [Group((message,), message, message.topics) for message in messages]
    clustering = AgglomerativeClustering(
        n_clusters=None, affinity="cosine", linkage="average", distance_threshold=APART
    )
    labels = clustering.fit_predict(points)
    found = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        centre = points[members].mean(axis=0)
        typical = messages[members[np.argmax(points[members] @ centre)]]
        inside = sorted((messages[index] for index in members), key=lambda message: (message.day, message.times), reverse=True)
        topics = [name for message in inside for name in message.topics]
        nearest = sorted(dict.fromkeys(topics), key=lambda name: -topics.count(name))[:3]
        found.append(Group(tuple(inside), typical, tuple(nearest)))
    return sorted(found, key=lambda group: (group.day, group.times), reverse=True)
