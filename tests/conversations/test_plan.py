"""The plan in the chat: after the advice, per route, typed, within the intake, and gone with everything else."""

import datetime as dt
import time

import pytest
import sqlalchemy as sa

from bot.plan_store import PlanStore
from bot.retention import KEPT_SECONDS
from knowledge import store

START = "Ik ben 29, werkloos sinds maart, woon in Aalst, heb mijn diploma secundair en wil zorgkundige worden"
ANSWERS = {"vdab_enrolled": "ja", "paid_experience": "nee", "informal_experience": "nee", "care_qualification": "nee"}


@pytest.fixture
def advised(talk):
    return talk.user(START).answer_all(**ANSWERS)


def code_in(talk):
    href = talk.data["links"][0]["href"]
    assert href.startswith("/plan/")
    return href.removeprefix("/plan/")


def test_the_plan_of_the_best_route_says_the_same_in_words_and_data(advised):
    best = next(iter(advised.verdicts().items()))
    advised.press("Mijn plan").kind("plan")
    data = advised.data
    assert (data["route"], data["verdict"]) == best
    advised.bot_says(data["title"], *(step["text"] for step in data["steps"]), *data["duration"], data["call"]["name"])
    advised.bot_says("voorbeeld")
    assert {"label", "from", "to"} == set(data["timeline"][0]) and dt.date.fromisoformat(data["timeline"][0]["to"])
    assert data["records"] == [data["route"]] and all(source["document"] for source in data["sources"])
    assert code_in(advised) in advised.text


def test_the_plan_of_another_route(advised):
    third = list(advised.verdicts())[2]
    advised.user("wat houdt de derde route in").press("Plan voor:").kind("plan")
    assert advised.data["route"] == third == advised.bot.plans.find(code_in(advised)).route


def test_the_plan_can_be_asked_for_in_words(advised):
    advised.user("geef me mijn plan").kind("plan")


def test_without_anything_told_the_bot_first_wants_to_know_more(talk):
    talk.user("toon mijn plan").kind("clarify").press("Stel mij de vragen")
    assert talk.asked


def test_in_the_intake_the_plan_is_shown_and_the_question_comes_again(talk):
    talk.user("ik wil zorgkundige worden in Gent")
    asked = talk.asked
    talk.user("toon mijn plan").kind("plan").bot_asks(asked)


def test_who_says_what_matters_sees_the_routes_in_that_order(advised):
    before = list(advised.verdicts())
    advised.press("Wat telt voor jou?").press("Geld tijdens het leren").kind("trajectory")
    advised.bot_says(
        "waar je tijdens het leren een vergoeding of loon kunt krijgen", "je wilt vooral geld tijdens het leren"
    )
    assert list(advised.verdicts())[0] == "zorgkundige_duaal_volwassenen" != before[0]


def test_the_same_plan_keeps_its_link_and_another_gets_its_own(advised):
    first = code_in(advised.press("Mijn plan"))
    assert code_in(advised.press("Mijn plan")) == first
    advised.user("nee, ik ben 17")
    assert code_in(advised.user("geef me mijn plan")) != first


def test_only_facts_are_kept_and_forgotten_on_request(advised):
    code = code_in(advised.press("Mijn plan"))
    kept = advised.bot.plans.find(code)
    assert kept.profile["age"] == 29 and set(kept.profile) <= set(store.current().facts)
    advised.user("vergeet alles")
    assert advised.bot.plans.find(code) is None


def test_who_has_no_route_still_gets_a_plan(talk):
    talk.user("/geef_info").user("ik wil zorgkundige worden in Nederland").answer_all()
    talk.user("geef me mijn plan").kind("plan").bot_says("Wat je nu kunt doen", "mbo-school")


def test_a_plan_is_gone_after_seven_days(tmp_path):
    plans = PlanStore(sa.create_engine(f"sqlite:///{tmp_path}/plans.db"))
    now = time.time()
    code = plans.keep("somebody", "zorgkundige_cvo", {"age": 34}, now)
    assert plans.find(code, now + KEPT_SECONDS - 60).profile == {"age": 34}
    assert plans.find(code, now + KEPT_SECONDS + 1) is None
    assert plans.forget_before(now - 60) == 0
    assert plans.forget_before(now + 1) == 1


def test_codes_are_long_and_all_different(tmp_path):
    plans = PlanStore(sa.create_engine(f"sqlite:///{tmp_path}/plans.db"))
    codes = {plans.keep(f"person {number}", "zorgkundige_cvo", {}) for number in range(50)}
    assert len(codes) == 50 and min(map(len, codes)) >= 22
    assert plans.find("x" * 24) is None and plans.find("' OR 1=1 --") is None


def test_no_plan_is_made_before_it_is_known_for_what(talk):
    talk.user("ik woon in Gent en ben 34").user("mijn plan").bot_says("weten welk beroep").bot_does_not_say("Wat je doet")


def test_a_pupil_of_15_reads_first_what_a_school_offers(talk):
    talk.user("ik ben 15, zit nog op school in Gent en wil later kinderbegeleider met baby's worden")
    talk.answer_all(paid_experience="nee", informal_experience="nee", first_grade_done="ja", education="nog geen diploma")
    talk.bot_says("stop niet zomaar", "1. Opvoeding en begeleiding", "eerst wat een secundaire school biedt")
    assert [route["verdict"] for route in talk.data["routes"][:2]] == ["onbekend", "open"]
    talk.user("mijn plan").bot_says("Praat met je eigen school").bot_does_not_say("semester")
