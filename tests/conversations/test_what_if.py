"""Suppositions that add up: "ook" keeps the one before, all of them are named, one button goes back to what is real."""

import pytest

START = "ik ben 34, werkloos en wil zorgkundige worden in Gent"


@pytest.fixture
def advised(talk):
    return talk.user(START).answer_all(vdab_enrolled="ja").kind("trajectory")


def supposed(talk):
    return talk.loop.run_until_complete(talk.bot.store.retrieve(talk.sender)).get_slot("supposed")


def test_a_second_supposition_with_ook_keeps_the_first(advised):
    advised.user("en als ik halftijds werk?").bot_says("Stel: ", "deeltijds")
    advised.user("en als ik ook bij een openbaar bestuur zou werken?")
    advised.bot_says("je leert liefst deeltijds", "openbaar bestuur", "allemaal maar verondersteld", "IKA")
    advised.slots(weekly_time=None, employer_public=None, situation="werkzoekend")


def test_without_ook_a_supposition_starts_from_who_you_are(advised):
    advised.user("en als ik halftijds ga?").user("en als ik bij de gemeente werk?").bot_does_not_say("deeltijds")


def test_one_button_goes_back_to_what_is_real(advised):
    before = advised.verdicts()
    advised.user("en als ik bij een openbaar bestuur werk?").user("en als ik daarbij voltijds leer?")
    advised.press("Terug naar hoe het echt is").kind("trajectory").bot_says("wat je echt vertelde")
    assert advised.verdicts() == before and not supposed(advised)


def test_going_back_in_the_intake_asks_the_open_question_again(talk):
    talk.user(START).user("en als ik 17 was?").press("Terug naar hoe het echt is").bot_asks("vdab_enrolled")


@pytest.mark.parametrize("said", ["en als ik minder uren werk?", "wat als ik minder ga werken", "en als ik 4/5 werk"])
def test_fewer_hours_asks_of_what_and_then_shows(advised, said):
    advised.user(said).kind("clarify").bot_says("Minder uren waarvan").press("Deeltijds leren")
    advised.bot_says("Stel: je leert liefst deeltijds", "uren en ritme").slots(weekly_time=None)


def test_fewer_hours_of_a_job_says_that_the_wage_is_unknown(advised):
    advised.user("en als ik ook minder uren zou werken?").press("Minder werken").bot_says("loon", "vakbond")


def test_fewer_hours_on_top_of_another_supposition(advised):
    advised.user("en als ik bij een openbaar bestuur werk?").user("en als ik ook minder uren werk?")
    advised.press("Deeltijds leren").bot_says("openbaar bestuur", "deeltijds", "allemaal maar verondersteld")


def test_suppositions_are_forgotten_with_everything(advised):
    advised.user("en als ik halftijds ga?").user("opnieuw beginnen")
    assert not supposed(advised)


def test_the_word_for_an_employer_is_no_slip_of_employee(talk):
    parsed = talk.loop.run_until_complete(talk.bot.agent.parse_message("welke premies krijgt een werkgever?"))
    assert "situation" not in {entity["entity"] for entity in parsed["entities"]}
    parsed = talk.loop.run_until_complete(talk.bot.agent.parse_message("ik ben werknmer bij de stad"))
    assert ("situation", "werknemer") in {(entity["entity"], entity["value"]) for entity in parsed["entities"]}


def test_who_asks_about_leaving_a_job_is_told_with_whom_to_talk_first(talk):
    talk.user("moet ik mijn job opgeven?").bot_says("Neem geen ontslag", "staat niet in onze documenten")
    talk.user("ik ben 34, werk in een winkel in Gent en wil zorgkundige worden")
    open_question = talk.asked
    talk.user("moet ik ontslag nemen?").bot_says("Neem geen ontslag")
    assert talk.asked == open_question
