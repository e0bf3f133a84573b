"""Two bots are one: whatever the one said, kept or promised holds at the other."""

from __future__ import annotations

import json
import re
import signal
import threading
import time
import uuid
from collections.abc import Iterator

import httpx
import pytest
import redis

from scripts.cluster import HERE, Cluster, answers
from tests.visitor import Visitor

pytestmark = pytest.mark.long
BEGIN = "ik ben 34, werkloos en wil zorgkundige worden in Gent"


@pytest.fixture
def both(cluster: Cluster) -> Iterator[tuple[Visitor, Visitor]]:
    """One person at both bots, past nginx: the cookie of the first is the second's too."""
    one, two = (Visitor(f"http://{HERE}:{port}") for port in cluster.bot_ports)
    with one, two:
        one.user(BEGIN)
        two.http.cookies = one.http.cookies
        yield one, two


def test_an_intake_begun_at_one_goes_on_at_the_other(both: tuple[Visitor, Visitor]):
    one, two = both
    assert one.asked == "vdab_enrolled"
    assert two.user("ja").asked == "paid_experience"
    button = next(item for item in two.items if item["buttons"])["buttons"][0]
    one.post(choice=button["id"])
    assert one.reply.status_code == 200 and one.asked not in (None, "paid_experience")
    assert one.history() == two.history()


def test_a_plan_and_a_code_of_one_are_found_at_the_other(both: tuple[Visitor, Visitor], cluster: Cluster):
    one, two = both
    link = re.search(r"/plan/[\w-]+", one.user("maak mijn plan").text)[0]
    assert two.http.get(link).status_code == 200
    code = re.search(r"\w{4}-\w{4}-\w{4}-\w{4}", one.user("ik wil later verder").text)[0]
    with Visitor(two.http.base_url) as elsewhere:
        elsewhere.user(code)
        assert "34 jaar" in elsewhere.user("wat weet je nu van mij?").text
    assert two.http.post("/chat/erase").status_code == 200
    assert one.history() == [] and one.http.get(link).status_code == 404


def insist(who: Visitor, same: str, text: str) -> None:
    """Send a message until it is answered; only "not now" may be said meanwhile."""
    while who.post(id=same, text=text).reply.status_code != 200:
        assert who.reply.status_code == 503, who.text
        time.sleep(0.2)


def say_together(both: tuple[Visitor, Visitor], messages: list[tuple[str, str]]) -> None:
    """Each a message (id and text) at the very same time."""
    together = [threading.Thread(target=insist, args=(who, *message)) for who, message in zip(both, messages)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()


@pytest.mark.parametrize("both", range(30), indirect=True)
def test_the_same_message_at_both_at_once_is_handled_once(both: tuple[Visitor, Visitor]):
    same = (uuid.uuid4().hex, "ja")
    say_together(both, [same, same])
    assert [who.asked for who in both] == ["paid_experience"] * 2
    assert [item["text"] for item in both[0].history() if item["role"] == "user"] == [BEGIN, "ja"]


@pytest.mark.parametrize("both", range(10), indirect=True)
def test_two_messages_at_both_at_once_are_both_handled_whole(both: tuple[Visitor, Visitor]):
    wanted = ["wat is evc?", "hoelang duurt zorgkundige in het cvo?"]
    say_together(both, [(uuid.uuid4().hex, text) for text in wanted])
    history = both[0].history()
    assert sorted(item["text"] for item in history if item["role"] == "user") == sorted((BEGIN, *wanted))
    assert sum("1480" in item["text"] for item in history if item["role"] == "bot") == 1


def test_a_message_whose_bot_was_killed_with_the_lock_in_hand_is_answered_within_the_life_of_a_lock(cluster: Cluster):
    with Visitor(cluster.url) as visitor:
        visitor.user(BEGIN)
        sender = visitor.http.cookies["wegwijs"]
        ticket = json.dumps({"number": 0, "expires": time.time() + 12})
        with redis.Redis(HERE, cluster.lock_port, db=1, password=cluster.password) as locks:
            locks.set(f"lock:{sender}", json.dumps({"conversation_id": sender, "tickets": [ticket]}))
            same, began = uuid.uuid4().hex, time.monotonic()
            while visitor.post(id=same, text="ja").reply.status_code != 200:
                assert time.monotonic() - began < 40
                time.sleep(0.5)
            assert visitor.asked == "paid_experience"
            assert locks.ttl(f"lock:{sender}") != -1, "a lock that nobody holds stays for ever"


def test_a_bot_that_must_stop_says_so_and_still_takes_turns(cluster: Cluster):
    bot, address = cluster.bots[1], f"http://{HERE}:{cluster.bot_ports[1]}"
    with Visitor(address) as visitor:
        visitor.user(BEGIN)
        bot.process.send_signal(signal.SIGTERM)
        while answers(f"{address}/ready"):
            time.sleep(0.05)
        assert visitor.user("ja").asked == "paid_experience"
    assert bot.process.wait(30) == 0
    with Visitor(cluster.url) as other:
        assert other.user(BEGIN).asked == "vdab_enrolled"
    bot.start()


def test_nginx_limits_an_address_over_all_bots_and_says_so_in_dutch(cluster: Cluster):
    with httpx.Client(base_url=cluster.url) as http:
        replies = [http.post("/chat", json={}, headers={"X-Forwarded-For": f"10.0.0.{n % 250}"}) for n in range(900)]
    refused = [reply for reply in replies if reply.status_code == 429]
    assert refused and refused[0].json()["error"].endswith(".") and int(refused[0].headers["retry-after"]) > 0
    time.sleep(30)  # for the next test: the bucket empties at 20 a second


@pytest.mark.parametrize("path", ["/metrics", "/health", "/ready", "/staff", "/staff/kennis", "/webhooks/rest/webhook"])
def test_what_is_for_staff_stays_behind_nginx(cluster: Cluster, path: str):
    assert httpx.get(cluster.url + path).status_code == 404


def test_each_header_comes_once(cluster: Cluster):
    reply = httpx.get(cluster.url)
    for name in ("content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"):
        assert len(reply.headers.get_list(name)) == 1, name
    begun = httpx.post(f"{cluster.url}/chat", json={"id": uuid.uuid4().hex, "start": True})
    assert len(begun.headers.get_list("set-cookie")) == 1


def test_a_body_that_is_too_large_gets_one_sentence(cluster: Cluster):
    reply = httpx.post(f"{cluster.url}/chat", content=b"x" * 70_000)
    assert reply.status_code == 413 and reply.json()["error"].startswith("Je bericht is te lang")


def test_no_log_holds_a_word_or_a_code_of_a_visitor(cluster: Cluster):
    with Visitor(cluster.url) as visitor:
        visitor.user(f"{BEGIN} mijn kat heet Snorremans")
        link = re.search(r"/plan/([\w-]+)", visitor.user("maak mijn plan").text)[1]
        visitor.http.get(f"/plan/{link}")
        sender = visitor.http.cookies["wegwijs"]
    logs = [path.read_text(errors="replace") for path in cluster.folder.glob("*.log")]
    assert len(logs) == 5
    for secret in ("Snorremans", "zorgkundige worden", sender, link):
        assert not any(secret in log for log in logs), secret
