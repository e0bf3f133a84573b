"""Who may see the staff page: one password, sessions in memory, and requests that come from the page itself only."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import time
from urllib.parse import urlsplit

from sanic import Request

COOKIE = "wegwijs_staff"
SESSION_SECONDS = 8 * 3600  # a working day
MAX_FAILURES = 5  # wrong passwords ...
FAILURE_SECONDS = 300  # ... within this time; then everyone waits
MIN_LENGTH = 10  # characters of a password
OWN_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
# What only a proxy adds. Behind one everybody seems to come from this machine, so a forwarded request gets nothing.
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def password() -> str:
    """WEGWIJS_STAFF_PASSWORD; empty when there is to be no staff page. Raises ValueError when it is too short."""
    value = os.environ.get("WEGWIJS_STAFF_PASSWORD", "")
    if value and len(value) < MIN_LENGTH:
        raise ValueError(f"WEGWIJS_STAFF_PASSWORD is te kort: kies er een van minstens {MIN_LENGTH} tekens.")
    return value


class Sessions:
    """Open sessions and failed attempts. Lives as long as the process: after a restart everyone logs in again."""

    def __init__(self, wanted: str) -> None:
        self._wanted = _digest(wanted)
        self._open: dict[str, float] = {}  # digest of the token -> when it ends
        self._failures: list[float] = []

    def may_try(self) -> bool:
        """Whether there were few enough wrong passwords of late, whoever typed them."""
        limit = time.monotonic() - FAILURE_SECONDS
        self._failures = [moment for moment in self._failures if moment > limit]
        return len(self._failures) < MAX_FAILURES

    def log_in(self, typed: str) -> str | None:
        """A new token for the right password; None, and one more failure, for another."""
        if not hmac.compare_digest(_digest(typed), self._wanted):
            self._failures.append(time.monotonic())
            return None
        token = secrets.token_urlsafe(32)
        self._open[_digest(token)] = time.monotonic() + SESSION_SECONDS
        return token

    def log_out(self, token: str) -> None:
        self._open.pop(_digest(token), None)

    def holds(self, token: str | None) -> bool:
        """Whether this token opens the page now."""
        now = time.monotonic()
        self._open = {key: end for key, end in self._open.items() if end > now}
        return bool(token) and _digest(str(token)) in self._open


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def from_this_machine(request: Request) -> bool:
    """Whether the browser asked this machine by its own name, with no proxy between (nor a name that was rebound)."""
    name = urlsplit(f"//{request.headers.get('host', '')}").hostname
    return name in OWN_NAMES and not any(header in request.headers for header in FORWARDED)


def from_own_page(request: Request) -> bool:
    """Whether a post was sent by a page of this very origin."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    return site == "same-origin" and request.headers.get("origin") == f"http://{request.headers.get('host')}"


def cookie(token: str, seconds: int = SESSION_SECONDS) -> str:
    """The Set-Cookie value; zero seconds takes the cookie away."""
    return f"{COOKIE}={token}; Path=/staff; HttpOnly; SameSite=Strict; Max-Age={seconds}"
