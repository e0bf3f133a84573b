"""What /metrics tells: counts and times, nothing about people."""

from __future__ import annotations

import logging

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from bot.limits import Limits
from bot.turns import Turn

logger = logging.getLogger(__name__)


class Metrics:
    """Counts without personal data, for /metrics."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter("wegwijs_turns", "Messages handled", ["kind"], registry=self.registry)
        self.refused = Counter("wegwijs_refused", "Requests refused", ["status"], registry=self.registry)
        self.seconds = Histogram("wegwijs_turn_seconds", "Time a turn took", registry=self.registry)
        self.faults = Counter("wegwijs_faults", "Turns that failed and were undone", registry=self.registry)
        self.in_hand = Gauge("wegwijs_turns_in_hand", "Turns waiting or in hand", registry=self.registry)
        ProcessCollector(registry=self.registry)

    def watch(self, limits: Limits) -> None:
        """Show how many turns are in hand."""
        self.in_hand.set_function(lambda: limits.in_hand)

    def observe(self, turn: Turn, kind: str, seconds: float) -> None:
        """Count a turn, and leave a line in the log that says nothing about the person."""
        kind = "repeat" if turn.repeated else kind
        failed = any((item["data"] or {}).get("type") == "error" for item in turn.items)
        self.seconds.observe(seconds)
        self.turns.labels(kind).inc()
        self.faults.inc(failed and not turn.repeated)
        fields = {"kind": kind, "milliseconds": round(seconds * 1000), "failed": failed}
        logger.info("turn", extra={"fields": fields})
