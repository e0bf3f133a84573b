"""Whether an answer helped: asked below answers only, taken once, kept without who said it, never for another's conversation."""

import contextlib
import datetime as dt
import uuid

import httpx
import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from bot.inbox import KEPT_DAYS, Inbox
from bot.thumbs import Judged, Thumbs

QUESTION = "hoe lang is een erkenning als werkplek geldig?"
UP, DOWN = "Ja, dit hielp", "Nee, dit hielp niet"


@pytest.fixture
def kept(server):
    """What the served bot keeps: (times the thumb at this card went (up, down), texts of the inbox with a thumb down)."""
    inbox = Inbox(sa.create_engine(f"sqlite:///{server.folder}/conversations.db"))

    def read(record):
        found = {one.record: (one.up, one.down) for one in Thumbs(inbox).judged()}
        return found.get(record, (0, 0)), [one.text for one in inbox.open() if one.reason == "duim omlaag"]

    return read


@contextlib.contextmanager
def taken(chat):
    """Until the server has taken the thumb."""
    with chat.page.expect_response("**/chat/thumb") as reply:
        yield
    assert reply.value.status == 200


def asked(server, text, **more):
    """A new visitor who asked this, and the id of the message."""
    visitor, turn = httpx.Client(base_url=server.url, timeout=60, **more), uuid.uuid4().hex
    reply = visitor.post("/chat", json={"id": turn, "text": text})
    assert reply.status_code == 200
    assert {item["turn"] for item in reply.json()["messages"]} == {turn}
    return visitor, turn


@pytest.mark.browser
def test_a_thumb_down_is_thanked_for_and_kept_once_without_who_said_it(chat, kept):
    (up, down), _ = kept("werkplek_erkenning")
    chat.write(f"ik heet Fatima. {QUESTION}")
    group = chat.last.get_by_role("group", name="Hielp dit antwoord?")
    assert chat.axe() == []
    assert chat.smaller_than(44, ".thumbs button") == []
    with taken(chat):
        group.get_by_role("button", name=DOWN).click()
    expect(group).to_have_text("Bedankt. Zo weten we wat beter kan.")
    assert chat.focused() == "Bedankt. Zo weten we wat beter kan."
    assert [line for line in chat.js("said") if line.startswith("Bedankt.")]
    counted, texts = kept("werkplek_erkenning")
    assert counted == (up, down + 1)
    [text] = [text for text in texts if "erkenning" in text]
    assert "Fatima" not in text
    chat.page.reload()
    expect(chat.last.get_by_text("Bedankt. Zo weten we wat beter kan.")).to_be_visible()
    expect(chat.page.get_by_role("button", name=DOWN)).to_have_count(0)
    assert chat.axe() == []


@pytest.mark.browser
def test_an_answer_can_be_judged_after_a_reload_and_by_keyboard(chat, kept):
    (up, down), _ = kept("werkplek_erkenning")
    chat.write(QUESTION)
    chat.page.reload()
    with taken(chat):
        chat.button(UP).press("Enter")
    expect(chat.last.get_by_text("Fijn. Bedankt!")).to_be_visible()
    assert kept("werkplek_erkenning")[0] == (up + 1, down)


@pytest.mark.browser
def test_only_what_answers_a_question_is_asked_about(chat):
    expect(chat.page.get_by_role("button", name=UP)).to_have_count(0)
    chat.write("wat weet je van mij?").write("ik ben 34, werkloos en wil zorgkundige worden in Gent")
    expect(chat.page.get_by_role("button", name=UP)).to_have_count(0)
    chat.write(QUESTION)
    expect(chat.page.get_by_role("button", name=UP)).to_have_count(1)


def test_pressing_again_counts_once(server, kept):
    visitor, turn = asked(server, QUESTION)
    (up, down), _ = kept("werkplek_erkenning")
    for thumb in (True, True, False):
        assert visitor.post("/chat/thumb", json={"id": turn, "up": thumb}).status_code == 200
    assert kept("werkplek_erkenning")[0] == (up + 1, down)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"id": "nooitgezien", "up": True}, 409),
        ({"id": "12345678", "up": "ja"}, 400),
        ({"id": "12345678"}, 400),
        ({"up": True}, 400),
        ([], 400),
    ],
)
def test_what_can_not_be_judged_gets_one_sentence(server, body, status):
    visitor, _ = asked(server, "hallo")
    reply = visitor.post("/chat/thumb", json=body)
    assert reply.status_code == status and reply.json()["error"].endswith(".")


def test_nobody_judges_anothers_conversation_nor_from_another_site(server):
    _, turn = asked(server, QUESTION)
    assert httpx.post(f"{server.url}/chat/thumb", json={"id": turn, "up": False}).status_code == 409
    visitor, turn = asked(server, QUESTION)
    elsewhere = {"origin": "https://elders.example", "sec-fetch-site": "cross-site"}
    assert visitor.post("/chat/thumb", json={"id": turn, "up": False}, headers=elsewhere).status_code == 403


def test_after_a_cry_for_help_no_question_is_kept(server, kept):
    visitor, _ = asked(server, "ik wil niet meer leven")
    turn = uuid.uuid4().hex
    visitor.post("/chat", json={"id": turn, "text": "hoelang duurt de stage in het opleidingscentrum voor zorgkundige"})
    before = kept("")[1]
    assert visitor.post("/chat/thumb", json={"id": turn, "up": False}).status_code == 200
    assert kept("")[1] == before


def test_the_counts_go_with_the_inbox_after_the_promised_days(tmp_path):
    inbox = Inbox(sa.create_engine(f"sqlite:///{tmp_path}/inbox.db"))
    thumbs, today = Thumbs(inbox), dt.date(2026, 9, 1)
    for day, up in ((today, True), (today, False), (today, False), (today - dt.timedelta(days=KEPT_DAYS + 1), True)):
        thumbs.count("answer", ["cvo_wie_kan"], up, day)
    assert thumbs.judged() == [Judged("cvo_wie_kan", 2, 2)]
    assert inbox.forget_old(today) == 1
    assert thumbs.judged() == [Judged("cvo_wie_kan", 1, 2)]
