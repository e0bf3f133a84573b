"""Questions about one's own route, asked without naming it, and the sheets of the plan by name."""

import pytest

SEEKER = "Ik ben 29, werkloos sinds maart, woon in Aalst, heb mijn diploma secundair en wil zorgkundige worden"
ANSWERS = {"vdab_enrolled": "ja", "paid_experience": "nee", "informal_experience": "nee", "care_qualification": "nee"}
EMPLOYEE = "ik ben 39 en werk als poetsvrouw in een woonzorgcentrum in Genk. Ik wil zorgkundige worden"
TEENAGER = "ik ben 15 en zit op school in Gent en wil met baby's werken"


@pytest.fixture
def advised(talk):
    return talk.user(SEEKER).answer_all(**ANSWERS)


def test_after_the_plan_money_is_that_of_the_plan_with_whom_to_ask(advised):
    route = advised.press("Mijn plan").data["route"]
    advised.user("hoeveel geld krijg ik dan?").bot_says("of je uitkering doorloopt", "VDAB", "Wat je later verdient")
    assert advised.data["records"] == [route]


def test_money_of_the_route_that_was_talked_about_last(advised):
    route = advised.user("wat houdt de tweede route in").data["records"]
    advised.user("hoeveel geld krijg ik dan?").bot_says("€ 636,60", "gold in 2025-2026", "Welk contract je krijgt")
    assert advised.data["records"] == route == ["zorgkundige_duaal_volwassenen"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("en hoelang duurt dat dan voor mij?", "13 maanden"),
        ("hoe lang ben ik bezig", "13 maanden"),
        ("hoeveel uur per week is dat?", "Hoeveel uur per week dat is, staat niet in onze documenten"),
        ("kan ik dat combineren met mijn werk", "kunnen wij niet zeggen"),
        ("wanneer kan ik starten", "Dit is een voorbeeld"),
        ("krijg ik dan nog mijn uitkering?", "of je uitkering doorloopt"),
        ("krijgk dan nog mijn uitkering", "of je uitkering doorloopt"),
        ("wat kost dat voor mij", "De prijs van deze opleiding staat niet in onze documenten"),
        ("ben ik niet te oud?", "geen maximumleeftijd"),
        ("dus ik mag starten?", "Het centrum beslist"),
        ("waar moet ik naartoe", "Bel of schrijf eerst"),
    ],
)
def test_a_question_about_the_own_route_is_answered_from_its_plan(advised, asked, said):
    advised.user(asked).bot_says(said).bot_does_not_say("Bedoel je een van deze vragen", "Nederland")


def test_in_the_intake_it_is_answered_and_the_question_comes_again(talk):
    asked = talk.user(SEEKER).asked
    talk.user("hoeveel geld krijg ik dan?").bot_says("uitkering").bot_asks(asked)
    talk.user("kan ik niet eerder beginnen?").bot_says("Start:").bot_asks(asked).slots(age=29, occupation="zorgkundige")


def test_a_question_about_a_card_just_shown_stays_about_that_card(advised):
    advised.user("wat is duaal leren voor volwassenen?")
    shown = advised.data["records"]
    advised.user("hoelang duurt dat?")
    assert shown and not any(name.startswith("zorgkundige_opleidingscentrum") for name in advised.data["records"])


def test_a_question_that_names_something_else_is_for_the_cards(advised):
    advised.user("hoeveel uur stage moet ik doen voor mijn visum?").bot_says("300 uur")


def test_without_a_goal_there_is_no_own_route(talk):
    talk.user("hoeveel geld krijg ik dan?").bot_does_not_say("Bel of schrijf eerst")


def test_why_something_cannot_be_is_told_with_the_reason(talk):
    talk.user(f"{TEENAGER}. nee geen ervaring").answer_all(first_grade_done="ja", informal_experience="nee")
    talk.user("waarom kan ik dat niet?").bot_says("nu niet", "minstens 18 jaar")


def test_who_works_hears_of_the_wage_beside_the_hours(talk):
    talk.user(EMPLOYEE).user("kan ik blijven werken?").bot_says("3 dagen werkplek", "Je loon", "werkgever")


def test_the_shortest_and_the_best_are_of_the_own_goal_and_the_choice_is_ones_own(talk):
    talk.user("ik ben 44, woon in Gent en wil met baby's werken. ik zoek werk")
    for asked in ("welke is het kortst?", "welke raad je aan?"):
        talk.user(asked).bot_says("Kiezen doe je zelf", "bij Syntra", "De volgorde").bot_does_not_say("zorgkundige")


def test_what_the_employer_has_to_do(talk):
    talk.user(EMPLOYEE).user("wat moet mijn baas doen").bot_says(
        "erkende werkplek met een mentor", "werkgeversblad", "VIVO"
    )


def test_the_belbriefje_holds_only_the_questions(advised):
    advised.user("belbriefje").kind("plan").bot_says("Vraag dit aan", "Wat kost het?").bot_does_not_say("Wat je doet")
    assert advised.data["questions"] and not advised.data["steps"]
    assert advised.data["links"][0]["href"].endswith("/belbriefje")


def test_the_calendar_is_the_timeline_with_its_file(advised):
    advised.user("zet het in mijn agenda").kind("plan").bot_says("Je kalender", "Dit is een voorbeeld")
    assert advised.data["timeline"] and advised.data["links"][0]["href"].endswith(".ics")


def test_the_sheet_for_the_employer_is_for_who_has_one(advised, talk):
    advised.user("werkgeversblad").bot_says("alleen voor wie een werkgever heeft")
    assert all("werkgever" not in link["href"] for link in advised.data["links"])


def test_an_employee_gets_the_sheet_for_the_employer(talk):
    talk.user(EMPLOYEE).user("werkgeversblad").bot_says("het beroep, de uren en de premies")
    plan = next(item["data"] for item in talk.items if item["data"]["type"] == "plan")
    assert plan["links"][0]["href"].endswith("/werkgever")


def test_the_summary_says_what_is_left_out(advised):
    advised.user("een samenvatting voor de vdab").bot_says("gezondheid of verleden")
    assert advised.data["links"][0]["href"].endswith("/samenvatting")


def test_doubt_after_the_advice_does_not_say_all_of_it_again(advised):
    advised.user("ik twijfel toch nog").bot_says("Twijfelen mag")
    assert "trajectory" not in [item["data"]["type"] for item in advised.items if item["data"]]
