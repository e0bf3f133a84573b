"""The person decides: corrections, going back, stopping, questions in between."""

import pytest

START = "ik ben 34, werkloos en wil zorgkundige worden in Gent"


@pytest.fixture
def intake(talk):
    """An intake at its first question."""
    return talk.user(START).bot_asks("vdab_enrolled")


def test_a_correction_changes_that_fact_only(intake):
    intake.user("nee, ik ben 35 jaar oud")
    intake.slots(age=35, situation="werkzoekend", occupation="zorgkundige").bot_says("35")


def test_why_is_this_asked(intake):
    intake.user("waarom vraag je dat?").bot_says("VDAB", "opleidingscentrum").bot_asks("vdab_enrolled")


def test_back_to_the_previous_question(intake):
    intake.user("ja").bot_asks("paid_experience").user("terug").bot_asks("vdab_enrolled").slots(vdab_enrolled=None)


def test_a_question_in_between_is_answered_and_then_we_go_on(intake):
    intake.user("hoelang duurt de opleiding zorgkundige in het CVO?").bot_says("1480").bot_asks("vdab_enrolled")
    intake.slots(vdab_enrolled=None)


def test_a_question_about_another_occupation_does_not_change_the_goal(intake):
    intake.user("hoeveel lestijden telt kinderbegeleider baby's en peuters in het cvo?").bot_says("720")
    intake.slots(occupation="zorgkundige")


def test_dont_know_is_an_answer(intake):
    intake.user("weet ik niet").slots(vdab_enrolled="weet_niet").bot_asks("paid_experience")


def test_stop(intake):
    intake.user("stop maar").bot_says("stoppen").slots(requested_slot=None)


def test_start_again(intake):
    intake.user("opnieuw beginnen").slots(age=None, occupation=None).bot_asks("occupation")


def test_what_do_you_know_of_me(intake):
    intake.user("wat weet je nu van mij?").bot_says("je bent 34 jaar", "je zoekt werk")


def test_forget_everything(intake):
    intake.user("vergeet alles").bot_says("vergeten").slots(age=None)
    assert intake.loop.run_until_complete(intake.bot.history(intake.sender)) == []


def test_a_person_instead(intake):
    intake.user("ik wil met een mens praten").kind("handover").bot_says("VDAB")


def test_what_if_does_not_keep_the_supposition(talk):
    talk.user("ik ben 17 en wil kinderbegeleider baby's en peuters worden in Gent, ik ben werkloos").answer_all()
    talk.user("en wat als ik 18 jaar oud ben?").bot_says("Syntra").slots(age=17)


def test_compare_two_routes(talk):
    talk.user("vergelijk cvo met opleidingscentrum voor zorgkundige").bot_says("1480", "1320", "13 maanden")


def test_compare_two_routes_of_ones_own_goal(intake):
    intake.user("vergelijk cvo en duaal voor mij").kind("comparison").bot_says("2,5 jaar", "1 jaar en 3 maanden")


def test_something_like_a_question_in_the_intake_is_not_taken_for_an_answer(intake):
    intake.user("is er een premie voor mijn baas?").bot_asks("vdab_enrolled").bot_does_not_say("kan ik niet gebruiken")
