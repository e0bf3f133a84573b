"""What a public machine opens and what it keeps shut, over HTTP against the real process."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import httpx
import pytest

from bot.limits import PER_CONVERSATION, Buckets, Limits, Refused
from bot.serve import check_settings, make_app
from tests.conftest import Server
from tests.visitor import Visitor

PAGE_ROUTES = re.compile(r"|demo|page/<name:str>|chat|chat/erase|chat/history|chat/thumb|health|ready|metrics")
HEADERS = {
    "content-security-policy": "default-src 'self'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=()",
}


@pytest.fixture
def visitor(deployed: Server) -> Iterator[Visitor]:
    with Visitor(deployed.url) as someone:
        yield someone


@pytest.mark.parametrize(
    "path",
    ["/webhooks/rest/webhook", "/webhooks/rest/", "/model", "/model/parse", "/model/train", "/domain", "/status", "/version",
     "/conversations/x/messages", "/conversations/x/tracker/events", "/conversations/x/execute", "/conversations/x/story",
     "/webhooks/socketio/", "/webhook", "/socket.io/"],
)  # fmt: skip
def test_rasas_own_doors_are_shut(visitor: Visitor, path: str):
    for method in ("GET", "POST", "PUT"):
        reply = visitor.http.request(method, path, json={"text": "x", "sender": "x", "message": "/restart"})
        assert reply.status_code in (404, 405), (method, path)


def test_only_the_page_is_loaded_without_rest():
    names = {route.path for route in make_app(with_rest=False).router.routes}
    assert not any("webhook" in name or "conversation" in name or "model" in name for name in names), names


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 200), ("GET", "/page/nl.js", 200), ("GET", "/none", 404), ("GET", "/chat", 405), ("POST", "/chat", 400),
     ("GET", "/health", 200), ("GET", "/metrics", 200), ("GET", "/chat/history", 200), ("OPTIONS", "/chat", 204)],
)  # fmt: skip
def test_every_reply_bears_the_strict_headers(visitor: Visitor, method: str, path: str, status: int):
    reply = visitor.http.request(method, path)
    assert reply.status_code == status
    assert {name: reply.headers.get(name, "")[: len(value)] for name, value in HEADERS.items()} == HEADERS
    assert method != "GET" or reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in reply.headers and "access-control-allow-origin" not in reply.headers


def test_other_sites_get_no_permission(visitor: Visitor):
    reply = visitor.http.options("/chat", headers={"Origin": "https://kwaad.example", "Access-Control-Request-Method": "POST"})
    assert not [name for name in reply.headers if name.startswith("access-control")]
    refused = visitor.http.post("/chat", json={"id": "een-bericht", "text": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403 and refused.json()["error"].endswith(".")


def test_the_cookie_cannot_be_read_sent_along_or_guessed(visitor: Visitor):
    plain = visitor.post(start=True).reply.headers["set-cookie"]
    assert "HttpOnly" in plain and "SameSite=Strict" in plain and "Secure" not in plain
    with httpx.Client(base_url=visitor.http.base_url, headers={"X-Forwarded-Proto": "https"}) as secure:
        reply = secure.post("/chat", json={"id": "een-bericht", "start": True})
        assert "; Secure" in reply.headers["set-cookie"]
        assert "max-age=" in reply.headers["strict-transport-security"]
        values = {cookie.split("=")[1].split(";")[0] for cookie in (plain, reply.headers["set-cookie"])}
    assert len(values) == 2 and all(len(value) >= 43 for value in values)


def test_a_button_of_somebody_else_is_refused(visitor: Visitor, deployed: Server):
    button = visitor.post(start=True).items[0]["buttons"][0]["id"]
    with Visitor(deployed.url) as other:
        other.post(start=True)
        assert other.post(choice=button).reply.status_code == 409
        assert other.items == []


def test_one_conversation_may_not_fill_the_queue(visitor: Visitor):
    visitor.post(start=True)
    cookies = dict(visitor.http.cookies)
    statuses: list[int] = []

    def ask() -> None:
        body = {"id": f"gelijk-{threading.get_ident()}", "text": "hoelang duurt zorgkundige in het cvo?"}
        statuses.append(httpx.post(f"{visitor.http.base_url}/chat", json=body, cookies=cookies, timeout=60).status_code)

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) == {200, 429}


def test_who_asks_too_much_waits_and_may_go_on():
    now = [0.0]
    bucket = Buckets(*PER_CONVERSATION, clock=lambda: now[0])
    rate, most = PER_CONVERSATION
    assert [bucket.take("an") for _ in range(most)] == [0.0] * most
    wait = bucket.take("an")
    assert 0 < wait <= 1 / rate
    assert bucket.take("bo") == 0
    now[0] += wait
    assert bucket.take("an") == 0


def test_an_address_is_counted_only_when_a_proxy_tells_it():
    limits = Limits()
    with pytest.raises(Refused) as refused:
        for number in range(2000):
            with limits.turn(f"conversation {number}", "203.0.113.7"):
                pass
    assert refused.value.status == 429
    for number in range(2000):
        with limits.turn(f"other {number}", ""):
            pass


@pytest.mark.parametrize(
    ("name", "value"),
    [("WEGWIJS_PROXIES", "0"), ("WEGWIJS_PROXIES", "x"), ("WEGWIJS_ACTION_SECONDS", "-1"), ("WEGWIJS_ACTION_SECONDS", "nan")],
)
def test_a_wrong_setting_is_said_at_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=name):
        check_settings()
