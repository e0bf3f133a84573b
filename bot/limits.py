"""How much one conversation, one address and all together may ask; who asks more is told to wait."""

from __future__ import annotations

import contextlib
import os
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator

MAX_AT_ONCE = 64  # turns waiting or in hand, of everyone
MAX_IN_ONE = 4  # of one conversation
PER_CONVERSATION = (5.0, 200)  # turns a second in the long run, and at once; far above what a person types
PER_ADDRESS = (20.0, 600)  # a school or a VDAB office is one address
KEPT_KEYS = 20_000
BUSY = "Het is nu heel druk. Wacht even, ik probeer het zo opnieuw."
TOO_FAST = "Je stuurt heel veel berichten na elkaar. Wacht even en probeer het dan opnieuw."


class Refused(Exception):
    """A request that can't be taken; the sentence is for the visitor."""

    def __init__(self, status: int, sentence: str, wait: float = 2.0) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.wait = wait  # seconds, for Retry-After


class Buckets:
    """A bucket of turns per key, filled at `rate` a second up to `most`. Keeps the newest keys only."""

    def __init__(self, rate: float, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._most = most
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> float:
        """Take one turn; returns 0, or the seconds to wait for the next."""
        now = self._clock()
        left, since = self._buckets.pop(key, (float(self._most), now))
        left = min(self._most, left + (now - since) * self._rate)
        allowed = left >= 1
        self._buckets[key] = (left - allowed, now)
        if len(self._buckets) > KEPT_KEYS:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self._rate


class Limits:
    """The limits of one process; several processes each have their own."""

    def __init__(self) -> None:
        self._conversations = Buckets(*PER_CONVERSATION)
        self._addresses = Buckets(*PER_ADDRESS)
        self._in_hand: Counter[str] = Counter()

    @property
    def in_hand(self) -> int:
        """Turns waiting or in hand."""
        return self._in_hand.total()

    @contextlib.contextmanager
    def turn(self, conversation: str, address: str) -> Iterator[None]:
        """Around one turn. An empty address is not counted: without a trusted proxy everyone has the same. Raises Refused."""
        if self.in_hand >= MAX_AT_ONCE:
            raise Refused(429, BUSY)
        wait = self._conversations.take(conversation) or (self._addresses.take(address) if address else 0.0)
        if wait or self._in_hand[conversation] >= MAX_IN_ONE:
            raise Refused(429, TOO_FAST, max(1.0, wait))
        self._in_hand[conversation] += 1
        try:
            yield
        finally:
            self._in_hand[conversation] -= 1
            if not self._in_hand[conversation]:
                del self._in_hand[conversation]


def proxies() -> int | None:
    """WEGWIJS_PROXIES: how many proxies of our own stand before us; then the address is read from X-Forwarded-For.

    Raises ValueError with a sentence when it isn't a small number.
    """
    value = os.environ.get("WEGWIJS_PROXIES", "")
    if not value:
        return None
    if not value.isdigit() or not 1 <= int(value) <= 9:
        raise ValueError(f"WEGWIJS_PROXIES is '{value}', maar moet een getal van 1 tot 9 zijn.")
    return int(value)
