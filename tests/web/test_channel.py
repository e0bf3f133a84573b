"""The served bot over HTTP: the page's channel, the REST channel, and what must not get in."""

import json
import uuid

import httpx
import pytest


@pytest.fixture
def visitor(server):
    with httpx.Client(base_url=server.url, timeout=30) as client:
        yield client


def say(visitor, **body):
    return visitor.post("/chat", json={"id": uuid.uuid4().hex, **body})


def texts(reply):
    return "\n".join(item["text"] for item in reply.json()["messages"])


def test_the_page_and_its_headers(visitor):
    page = visitor.get("/")
    assert page.status_code == 200
    assert "wegwijs-chat" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    assert page.headers["x-content-type-options"] == "nosniff"


def test_a_conversation_is_kept_by_an_httponly_cookie(visitor):
    first = say(visitor, start=True)
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    say(visitor, text="ik ben 34, werkloos en wil zorgkundige worden in Gent")
    history = visitor.get("/chat/history").json()["messages"]
    assert [item["role"] for item in history] == ["bot", "user", "bot"]


def test_a_repeated_message_id_is_answered_the_same_and_kept_once(visitor):
    body = {"id": uuid.uuid4().hex, "text": "hoelang duurt zorgkundige in het cvo?"}
    first, again = visitor.post("/chat", json=body), visitor.post("/chat", json=body)
    assert first.json() == again.json()
    roles = [item["role"] for item in visitor.get("/chat/history").json()["messages"]]
    assert roles.count("user") == 1


def test_a_button_works_by_its_id_only(visitor):
    button = say(visitor, start=True).json()["messages"][0]["buttons"][0]
    assert "payload" not in button
    assert "welk beroep" in texts(say(visitor, choice=button["id"])).lower()
    assert say(visitor, choice="0" * 24).status_code == 409
    assert say(visitor, choice="/restart").status_code == 409


def test_erase_forgets_at_once(visitor):
    say(visitor, text="ik ben 34 en werkloos")
    assert visitor.post("/chat/erase").status_code == 200
    assert visitor.get("/chat/history").json()["messages"] == []


def test_somebody_elses_cookie_cannot_be_guessed(visitor, server):
    say(visitor, text="ik ben 34 en werkloos")
    stranger = httpx.get(f"{server.url}/chat/history", cookies={"wegwijs": "1"})
    assert stranger.json()["messages"] == []


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{", 400),
        (b'{"id": 3, "text": "x"}', 400),
        (b'{"id": "12345678", "text": ["x"]}', 400),
        (b'{"id": "12345678", "text": "   "}', 400),
        (b"[" * 20000, 400),
        (json.dumps({"id": "12345678", "text": "x" * 50_000}).encode(), 413),
        (json.dumps({"id": "12345678", "text": "x" * 500_000}).encode(), 413),
        ("\ud800".encode("utf-8", "surrogatepass"), 400),
    ],
)
def test_bad_input_gets_one_plain_sentence(visitor, content, status):
    reply = visitor.post("/chat", content=content)
    assert reply.status_code == status
    assert reply.json()["error"].endswith(".")


def test_lone_surrogates_in_a_message_are_survived(visitor):
    reply = visitor.post("/chat", content=b'{"id": "12345678", "text": "\\ud800 hallo"}')
    assert reply.status_code == 200


def test_the_rest_channel_speaks_as_any_rasa_bot(visitor):
    sender = uuid.uuid4().hex
    said = rest(visitor, sender, "ik ben 34, werkloos en wil zorgkundige worden in Gent")
    question = next(item["custom"]["data"] for item in said if "custom" in item)
    assert question == {"type": "question", "fact": "vdab_enrolled", "step": 1, "at_most": 4}
    payload = next(item["buttons"] for item in said if item.get("buttons"))[0]["payload"]
    after = rest(visitor, sender, payload)
    assert next(item["custom"]["data"] for item in after if "custom" in item)["fact"] == "paid_experience"


def test_the_rest_channel_ends_in_a_trajectory(visitor):
    sender = uuid.uuid4().hex
    said = rest(visitor, sender, "ik ben 34, werkloos en wil zorgkundige worden in Gent")
    for _ in range(12):
        data = next(item["custom"]["data"] for item in said if "custom" in item)
        if data["type"] != "question":
            break
        said = rest(visitor, sender, "weet ik niet")
    assert data["type"] == "trajectory"
    assert {"id", "name", "occupation", "country", "verdict", "reasons"} <= set(data["routes"][0])


@pytest.mark.parametrize("content", [b"", b"[]", b'{"message": 3}', b"nonsense"])
def test_the_rest_channel_refuses_bad_bodies(visitor, content):
    assert visitor.post("/webhooks/rest/webhook", content=content).status_code == 400


def rest(visitor, sender, message):
    return visitor.post("/webhooks/rest/webhook", json={"sender": sender, "message": message}).json()


def test_health_ready_and_metrics(visitor):
    assert visitor.get("/health").status_code == 200
    assert visitor.get("/ready").json() == {"ready": True}
    say(visitor, text="hallo")
    assert "wegwijs_turns_total" in visitor.get("/metrics").text


@pytest.mark.parametrize(
    "path", ["/page/../serve.py", "/page/..%2fserve.py", "/page/none.js", "/conversations/x/tracker", "/domain"]
)
def test_nothing_else_is_served(visitor, path):
    assert visitor.get(path).status_code == 404


def test_a_port_in_use_is_said_in_one_sentence(server):
    import os
    import subprocess
    import sys

    from tests.conftest import ROOT

    run = subprocess.run(
        [sys.executable, "-m", "bot.cli", "run"],
        cwd=ROOT, env={**os.environ, "WEGWIJS_PORT": str(server.port)}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert run.returncode == 1
    assert f"Poort {server.port} is al in gebruik" in run.stderr
