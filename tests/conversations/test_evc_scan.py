"""The EVC scan in the real bot: from ticking to what to bring up; typed, pressed, interrupted, stopped."""

import pytest

from knowledge import evc_scan

BODY = "evc_check"


@pytest.fixture
def scan(talk):
    """A scan for verzorgende at its first list."""
    return talk.user("ik wil de evc-scan doen voor verzorgende").kind(BODY)


def draft(talk):
    return next(item["data"]["draft"] for item in talk.items if (item["data"] or {}).get("type") == "evc_result")


def test_from_the_first_tick_to_the_result(scan):
    assert scan.data["qualification"] == "verzorgende"
    assert scan.data["official"]["href"].startswith("https://app.akov.be/")
    scan.bot_says("zinnen zijn van ons", "geen test", "1. Ik help iemand met wassen")
    scan.user("1 en 3").kind("evc_question").press("Thuis of voor familie").press("Elke week")
    scan.kind(BODY).bot_does_not_say("zinnen zijn van ons").press("Geen van deze").kind("evc_result")
    scan.bot_says("Bespreek met het testcentrum", "met wassen of douchen (thuis of voor familie, elke week).",
                  "cliëntgerichte competenties", "onbetaalde ervaring", "EVK", "Bron:")  # fmt: skip
    scan.bot_does_not_say("omkleden", "gedekt", "vrijgesteld", "een diploma in de Nederlandse")
    assert "Ik help iemand met eten en drinken. Dat deed ik thuis of voor familie, elke week." in draft(scan)
    scan.slots(requested_slot=None)


def test_one_sentence_answers_three_questions_and_goes_into_the_draft(scan):
    scan.user("ik help mijn moeder elke dag met wassen en met eten").kind(BODY)
    scan.bot_says("Nog één lijst").user("alles").press("In betaald werk").press("Elke dag").kind("evc_result")
    assert "In mijn eigen woorden: ik help mijn moeder elke dag met wassen" in draft(scan)
    assert "Ik kook voor iemand die dat zelf niet kan." in draft(scan)


def test_poor_dutch_and_spelling(scan):
    scan.user("ik doen wasen en wc oma alle dagen").kind(BODY)
    answers = scan.loop.run_until_complete(scan.bot.store.retrieve(scan.sender)).get_slot("evc_answers")
    assert answers["items_0"] == ["wassen", "toilet"]
    assert answers["where_0"] == ["thuis"] and answers["how_often_0"] == ["elke_dag"]


def test_everything_but_one(scan):
    scan.user("alles behalve 2").kind("evc_question").bot_says("Waar deed je dat")
    scan.user("vrijwilliger").bot_says("Hoe vaak").user("weet ik niet").kind(BODY)


def test_nothing_ticked_gets_no_draft_and_no_promise(scan):
    scan.user("geen").kind(BODY).user("nee, niets daarvan").kind("evc_result")
    scan.bot_says("kruiste niets aan", "Wat je nog moet volgen").bot_does_not_say("Bespreek met")
    assert draft(scan) == ""


def test_a_question_in_between_is_answered_and_then_we_go_on(scan):
    scan.user("wat kost een evc-assessment?").kind("unknown").kind(BODY)
    scan.user("1").kind("evc_question").user("waarom vraag je dat?").bot_says("bewijs").kind("evc_question")


def test_back_and_an_answer_that_makes_no_sense(scan):
    scan.user("7").kind("clarify").bot_says("1 en 3").kind(BODY)
    scan.user("2").kind("evc_question").user("terug").kind(BODY).bot_says("1. Ik help")
    scan.user("terug").kind("evc_question").bot_says("Voor welk beroep")
    scan.press("Zorgkundige").kind(BODY)
    assert scan.data["qualification"] == "zorgkundige"


def test_stop_and_go_on_later(scan):
    scan.user("1 en 2").user("stop").bot_says("EVC-scan").slots(requested_slot=None)
    scan.user("hallo").bot_does_not_say("Waar deed je dat")
    scan.user("evc-scan").kind("evc_question").bot_says("Waar deed je dat")


def test_start_again_and_forget(scan):
    scan.user("1").user("opnieuw beginnen").kind("evc_question").bot_says("Voor welk beroep")
    scan.user("vergeet alles").bot_says("vergeten").slots(evc_answers=None)


def test_for_the_netherlands_with_level_and_duration(talk):
    talk.user("wat is mijn ervaring waard?").bot_says("Voor welk beroep").press("Een zorgberoep in Nederland")
    talk.bot_says("Welk zorgberoep").press("Helpende (niveau 2)").kind(BODY).user("1, 2").press("In betaald werk")
    talk.press("Elke dag").press("Alles").press("Weet ik niet").press("Weet ik niet").kind("evc_result")
    talk.bot_says("EVC-aanbieder", "niveau 2", "binnen 1 jaar", "een proef", "Nederlands, Rekenen", "leereenheden")
    talk.bot_does_not_say("testcentrum beslist")
    tracker = talk.loop.run_until_complete(talk.bot.store.retrieve(talk.sender))
    asked = [event.data["custom"]["data"] for event in tracker.events if (getattr(event, "data", None) or {}).get("custom")]
    assert len([data for data in asked if data["type"] in ("evc_check", "evc_question")]) <= evc_scan.MAX_QUESTIONS
    assert all(data["step"] <= data["at_most"] <= evc_scan.MAX_QUESTIONS for data in asked if "step" in data)


def test_from_the_intake_from_a_card_and_from_the_advice(talk):
    talk.user("ik ben 34, werkloos en wil zorgkundige worden in Gent").bot_asks("vdab_enrolled")
    talk.user("evc-scan").kind(BODY)
    assert talk.data["qualification"] == "zorgkundige", "the goal is known from the intake"
    talk.user("welke opleiding past bij mij?").bot_asks("vdab_enrolled").user("stop")
    talk.user("bestaat evc voor kinderbegeleider?").press("Doe de EVC-scan").kind("evc_question")
    talk.user("stop").user("ik wil zorgkundige worden in Gent, ik ben 34 en werkloos")
    talk.answer_all(paid_experience="ja, in de zorg")
    talk.press("Doe de EVC-scan").kind(BODY)


def test_distress_is_heard_in_the_scan(scan):
    scan.user("ik wil niet meer leven").kind("handover").bot_says("1813")


@pytest.mark.parametrize(
    "said",
    [
        "ik help ons ma alle dagen maar ik denk eraan om eruit te stappen",
        "wassen doe ik elke dag en 's nachts lig ik te wenen, ik wil niet meer",
        "ik kook voor hem en ik wou dat ik dood was",
    ],
)
def test_distress_between_the_words_of_an_answer_is_no_answer(scan, said):
    scan.user(said).kind("handover").bot_says("1813").kind(BODY)
    assert scan.data["group"] == 1


@pytest.mark.parametrize("said", ["ik heb pa gewassen tot aan zijn dood", "ik doen wasen opa alle dagen"])
def test_care_until_someone_died_is_an_answer(scan, said):
    scan.user(said)
    answers = scan.loop.run_until_complete(scan.bot.store.retrieve(scan.sender)).get_slot("evc_answers")
    assert answers["items_0"] == ["wassen"]
    tracker = scan.loop.run_until_complete(scan.bot.store.retrieve(scan.sender))
    if tracker.latest_message.intent["name"] == "crisis":
        assert scan.text.count("1813") == 1  # help is named as well, once


@pytest.mark.parametrize(("told", "shown"), [("nee", False), ("verzorgende", True), (None, True)])
def test_evk_is_only_for_who_may_have_a_qualification(talk, told, shown):
    if told:
        talk.user("ik wil verzorgende worden in Gent, ik ben 40 en werkloos").answer_all(care_qualification=told)
    talk.user("ik wil de evc-scan doen voor verzorgende").user("1").user("weet ik niet").user("weet ik niet")
    talk.user("geen").kind("evc_result")
    (talk.bot_says if shown else talk.bot_does_not_say)("Dat heet EVK")
