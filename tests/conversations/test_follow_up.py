"""A short question after an answer keeps what the answer was about, and changes what it names."""

import json
from pathlib import Path

import pytest

from tests.tester import Conversation


@pytest.mark.parametrize("name, enough", [("switched", 36), ("onward", 39)])
def test_a_question_after_another_finds_its_own_card(talk, name, enough):
    asked = [json.loads(line) for line in (Path(__file__).parent / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    wrong = []
    for item in asked:
        talk = Conversation(talk.bot, talk.loop).user(item["first"]).user(item["then"])
        if not set(talk.data.get("records", [])) & set(item["cards"]):
            wrong.append(f"{item['first']} {item['then']}: {talk.text[:80]}")
    assert len(asked) - len(wrong) >= enough, wrong


@pytest.mark.parametrize(
    "first, then, fact",
    [
        ("hoelang duurt zorgkundige in het cvo?", "en in het opleidingscentrum?", "13 maanden"),
        ("hoelang duurt zorgkundige in het cvo?", "en verzorgende?", "hoelang dat duurt"),
        ("hoelang duurt zorgkundige in het cvo?", "en huishoudhulp?", "huishoudhulp"),
        ("wat verdien ik als zorgkundige?", "en in nederland?", "geen salaris, salarisschaal of cao in Nederland"),
    ],
)
def test_another_occupation_route_or_country(talk, first, then, fact):
    talk.user(first)
    talk.user(then).bot_says(fact, "Bron:")


def test_a_button_and_a_follow_up_can_be_asked_on(talk):
    talk.user("hoelang duurt zorgkundige in het cvo?").press("Hoeveel stage zit er in een zorgopleiding in het CVO?")
    talk.user("en voor kinderbegeleider?").bot_says("stage").bot_does_not_say("zorgkundige")
    talk.user("en bij syntra?").bot_says("stage", "Syntra")


@pytest.mark.parametrize(
    "asked", ["zou ik zorgkundige kunnen worden?", "kan ik nog zorgkundige worden?", "kank zorgkundige worde"]
)
def test_an_occupation_that_is_asked_about_is_the_goal_of_who_tells_of_oneself(talk, asked):
    talk.user(f"ik ben 47, poets al tien jaar met dienstencheques in aalst, geen diploma. {asked}")
    talk.slots(age=47, occupation="zorgkundige", region="vlaanderen", education="lager")


def test_what_no_card_holds_is_said_beside_the_answer(talk):
    talk.user("kan ik opleidingscheques gebruiken voor logistiek assistent in het cvo?").bot_says("loopbaancheques")


def test_an_offered_answer_is_no_compliment(talk):
    talk.user("ik wil iets anders gaan doen maar kweet nie wat").bot_asks("interest_with")
    talk.user("oudjes").bot_asks("interest_where")
    talk.user("bij collegas").bot_asks("interest_doing")
    talk.user("praktische taken").slots(interest_doing="praktisch")


def test_a_question_in_between_is_about_ones_own_goal(talk):
    talk.user("ik ben 47 en poets al 10 jaar in Gent, ik wil zorgkundige worden")
    talk.user("hoelang duurt da in t cvo").bot_says("1480").bot_does_not_say("kinderbegeleider")


def test_what_only_flanders_has_is_not_told_of_the_netherlands(talk):
    talk.user("hoeveel stage zit er in zorgkundige bij het cvo?")
    talk.user("en in nederland?").kind("clarify").bot_says("niets over Nederland")


@pytest.mark.parametrize("text", ["en in nederland?", "en verzorgende?", "en dat?"])
def test_a_follow_up_of_nothing_is_asked_back(talk, text):
    talk.user(text).kind("clarify")
