""" "Later verder": a code, on another device, and what ends it."""

import re
import time

import httpx
import pytest

from actions.later import MAX_TRIES, new_code
from bot.later import code_in
from tests.tester import Conversation

START = "ik ben 34, werkloos en wil zorgkundige worden in Gent"
CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}")


@pytest.fixture
def other(bot, loop):
    """The same person on another device."""
    return Conversation(bot, loop)


@pytest.fixture
def code(talk):
    """A code for a conversation that is under way."""
    return CODE.search(talk.user(START).user("ja").user("ik wil later verder").text)[0]


def test_on_another_device_the_talk_goes_on(talk, other, code):
    other.user(f"hallo, mijn code is {code.lower().replace('-', ' ')}")
    other.bot_says("Welkom terug", "je bent 34 jaar").bot_asks("paid_experience")
    other.slots(age=34, situation="werkzoekend", vdab_enrolled=True, occupation="zorgkundige")
    other.answer_all(paid_experience="nee", informal_experience="nee", education="tso").kind("trajectory")


def test_a_code_after_the_advice_gives_the_advice_back(talk, other):
    talk.user(START).answer_all()
    code = CODE.search(talk.user("later verder").text)[0]
    other.user(code).kind("trajectory")


def test_a_wrong_code_gets_a_clear_sentence(talk):
    talk.user("K7M2-9QXR-4TPA-B3NW").kind("clarify").bot_says("ken ik niet", "4 groepen")
    talk.user("code K7M2-9QXR-4TPA").bot_says("4 groepen")


def test_a_wrong_code_in_the_intake_keeps_the_question(talk):
    talk.user(START).user("K7M2-9QXR-4TPA-B3NW").bot_says("ken ik niet").bot_asks("vdab_enrolled").slots(age=34)


def test_guessing_is_limited(talk, other, code):
    for _ in range(MAX_TRIES):
        other.user(new_code()).bot_says("ken ik niet")
    other.user(code).bot_says("te veel codes").slots(age=None)


def test_forget_everything_ends_the_code(talk, other, code):
    talk.user("vergeet alles")
    other.user(code).bot_says("ken ik niet").slots(age=None)


def test_forgetting_on_the_other_device_ends_the_code_too(talk, other, code, bot, loop):
    other.user(code).user("vergeet alles")
    Conversation(bot, loop).user(code).bot_says("ken ik niet")


def test_a_code_is_gone_after_seven_days(talk, other, code, bot, loop):
    days = 24 * 3600
    find = bot.later.find
    assert loop.run_until_complete(find(code, other.sender, time.time() + 6.9 * days))["status"] == "found"
    assert loop.run_until_complete(find(code, other.sender, time.time() + 7.1 * days))["status"] == "wrong"
    assert bot.later.forget_before(time.time() + 0.1 * days) >= 1
    assert loop.run_until_complete(find(code, other.sender))["status"] == "wrong"


def test_the_code_itself_is_not_in_the_table(talk, code, bot):
    with bot.later._engine.connect() as connection:
        rows = str(connection.exec_driver_sql("select * from later_codes").all())
    assert code not in rows and code.replace("-", "") not in rows


def test_codes_are_readable_and_differ():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(CODE.fullmatch(code) and not set("01ILOU") & set(code) for code in codes)
    assert all(code_in(code) == code.replace("-", "") for code in codes)


@pytest.mark.parametrize(
    "text",
    [
        "ik werk voor mijn baas sinds 2019",
        "ben 34, woon in Gent",
        "1480 uur in 2025 2026",
        "weet niet waar deze over gaan",
        "/hervat",
    ],
)
def test_ordinary_words_are_no_code(text):
    assert code_in(text) is None


def test_codes_work_over_rest_too(server):
    def say(sender, message):
        reply = httpx.post(f"{server.url}/webhooks/rest/webhook", json={"sender": sender, "message": message}, timeout=60)
        return reply.json()

    say("rest-een", START)
    code = CODE.search(str(say("rest-een", "later verder")))[0]
    back = say("rest-twee", code)
    assert "je bent 34 jaar" in str(back)
    assert [item["custom"]["data"].get("fact") for item in back if "custom" in item][-1] == "vdab_enrolled"
    assert "ken ik niet" in str(say("rest-drie", "K7M2-9QXR-4TPA-B3NW"))
