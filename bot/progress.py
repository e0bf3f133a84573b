"""Tells at the terminal what is going on."""

from __future__ import annotations

import sys
import time

_STARTED = time.monotonic()


def say(sentence: str) -> None:
    """One line with the seconds since the start."""
    print(f"[{time.monotonic() - _STARTED:5.0f} s] {sentence}", flush=True)


def fail(sentence: str) -> None:
    """One clear sentence about what is wrong and what to do, then exit with 1."""
    print(f"\n✗ {sentence}", file=sys.stderr, flush=True)
    raise SystemExit(1)
