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


@pytest.mark.parametrize("goal", ["verzorgende", "zorgkundige"])
def test_a_label_answers_its_question_and_no_other(talk, goal):
    talk.user(f"ik ben 34, werkloos, ingeschreven bij vdab en wil {goal} worden in Gent")
    talk.answer_all(care_qualification="Verzorgende").kind("trajectory").slots(occupation=goal)


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


def test_terug_works_after_the_advice_too(talk):
    talk.user(START).answer_all(education="tso").kind("trajectory")
    talk.user("terug").bot_asks("education").user("bso").kind("trajectory").slots(education="ok3")


def test_nothing_to_go_back_to_is_said(talk):
    talk.user("terug").bot_says("geen vraag om naar terug te gaan")


def test_a_correction_of_the_goal_keeps_the_rest(intake):
    intake.user("doe toch maar verzorgende").slots(occupation="verzorgende", age=34, situation="werkzoekend")


def test_a_denial_takes_only_that_fact_away(intake):
    intake.user("ik ben niet werkloos").slots(situation=None, age=34, occupation="zorgkundige").bot_asks("situation")


def test_agreeing_with_what_was_played_back_answers_nothing(intake):
    intake.user("ja dat klopt").bot_asks("vdab_enrolled").slots(vdab_enrolled=None).bot_does_not_say(
        "kan ik niet gebruiken"
    )


def test_facts_come_in_passing_with_the_answer(intake):
    intake.user("ja, en ik zorg al jaren voor mijn moeder").slots(vdab_enrolled=True, informal_experience="zorg")


def test_what_is_told_of_someone_else_is_not_kept(intake):
    intake.user("mijn man is 50 en werkt in een rusthuis").slots(age=34, situation="werkzoekend", employer_kind=None)
    intake.bot_asks("vdab_enrolled")


def test_a_parent_asks_for_a_child(talk):
    talk.user("mijn zoon van 16 wil kinderbegeleider worden").bot_says("voor je zoon", "16 jaar").bot_asks("occupation")
    talk.slots(age=16, occupation=None).user("hij zit nog op school").slots(situation="leerling")


def test_why_names_the_routes_it_counts_for(intake):
    intake.user("waarom vraag je dat?").bot_says("opleidingscentrum", "overslaan")


def test_who_doubts_is_pointed_to_a_look_from_nearby_first(talk):
    talk.user("ik weet niet wat ik wil worden").bot_says("inleefmoment", "mentor", "Bron:").bot_asks("interest_with")


def test_without_a_goal_the_occupations_that_fit_come_first(talk):
    talk.user("ik weet niet wat ik wil worden").user("met kinderen").user("maakt niet uit, weet ik niet").bot_asks(
        "interest_doing"
    )
    talk.user("spelen en huiswerk maken").bot_says("Dit past bij", "Kinderbegeleider schoolgaande kinderen").bot_asks(
        "occupation"
    )
    talk.press("Kinderbegeleider schoolgaande kinderen").slots(occupation="kinderbegeleider_school")


def test_dont_know_as_a_goal_leads_to_what_someone_likes(talk):
    talk.user("welke opleiding past bij mij?").bot_asks("occupation").user("weet ik niet").bot_asks("interest_with")


@pytest.mark.parametrize(
    "said",
    [
        "en als ik mijn ontslag geef?",
        "wat als ik mijn werk opzeg",
        "kan ik mijn ontslag geven voor het opleidingscentrum?",
    ],
)
def test_who_thinks_of_leaving_a_job_is_warned(talk, said):
    talk.user("ik ben 40, werk in een fabriek in Genk en wil zorgkundige worden").user(said)
    talk.bot_says("Neem geen ontslag vóór je VDAB of je vakbond sprak").slots(situation="werknemer")


def test_what_if_shows_what_changes_and_why(intake):
    intake.user("en als ik bij een openbaar bestuur zou werken?").kind("comparison").bot_says("Stel: ", "IKA", "Onbekend")
    intake.bot_asks("vdab_enrolled").slots(situation="werkzoekend", employer_public=None)


def test_several_what_ifs_in_a_row_each_start_from_who_you_are(talk):
    talk.user("ik ben 17 en wil kinderbegeleider baby's en peuters worden in Gent, ik ben werkloos").answer_all()
    talk.user("en als ik 18 ben?").bot_says("Syntra").user("en als ik bij de gemeente werk?").bot_does_not_say("Syntra")
    talk.slots(age=17, situation="werkzoekend")


def test_what_if_on_the_pace_tells_what_the_documents_say_of_hours(intake):
    intake.user("en als ik halftijds ga?").bot_says("uren en ritme", "centrum").slots(weekly_time=None)


def test_what_if_in_the_other_country_names_the_routes_there(intake):
    intake.user("en als ik in Nederland ga werken?").kind("comparison").bot_says("leereenheden", "Verhuis niet")
    intake.slots(region="vlaanderen", occupation="zorgkundige")


def test_an_unknown_what_if_says_what_can_be_supposed(intake):
    intake.user("en als ik morgen de lotto win?").kind("clarify").bot_says("leeftijd", "diploma").bot_asks(
        "vdab_enrolled"
    )


def test_a_comparison_tells_what_each_is_for_this_person(intake):
    intake.user("vergelijk cvo met opleidingscentrum")
    table = next(item["data"] for item in intake.items if (item["data"] or {}).get("type") == "comparison")
    rows = {row["label"]: row["cells"] for row in table["rows"]}
    assert set(rows["Voor jou"]) == {"Open", "Nog te weten"}
    assert all(rows["Waarom"]) and len(rows["Waarom"]) == 2


def test_a_comparison_with_a_route_that_is_not_there_says_so(intake):
    intake.user("vergelijk syntra met cvo").bot_says("niet in onze documenten")


@pytest.mark.parametrize("said", ["weet ik niet", "sla over"])
def test_every_question_can_be_skipped(talk, said):
    talk.user("welke opleiding past bij mij?")
    steps = []
    while talk.asked:
        steps.append(talk.data["step"])
        talk.user(said)
    talk.kind("trajectory")
    assert steps == list(range(1, len(steps) + 1)) and len(steps) <= 12


def test_what_is_tactless_is_never_asked(knowledge):
    words = ("strafblad", "gezondheid", "ziek", "afkomst", "nationaliteit", "vluchteling", "uitkering", "leefloon")
    asked = [fact.vraag.lower() for fact in knowledge.facts.values() if not fact.nooit_vragen]
    assert not [question for question in asked if any(word in question for word in words)]
