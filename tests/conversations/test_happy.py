"""Whole conversations that go well."""

ZORGKUNDIGE = {"zorgkundige_cvo", "zorgkundige_opleidingscentrum", "zorgkundige_duaal_volwassenen", "zorgkundige_evc"}


def test_the_example_of_the_readme(talk):
    talk.user("ik ben 34, werkloos en wil zorgkundige worden in Gent")
    talk.slots(age=34, situation="werkzoekend", occupation="zorgkundige", region="vlaanderen")
    talk.bot_says("je bent 34 jaar", "je zoekt werk").bot_asks("vdab_enrolled")
    talk.user("ja").bot_asks("paid_experience")
    talk.user("nee").bot_asks("informal_experience")
    talk.user("nee").bot_asks("education")
    talk.user("middelbaar diploma").kind("trajectory")
    verdicts = talk.verdicts()
    assert set(verdicts) >= ZORGKUNDIGE
    assert verdicts["zorgkundige_cvo"] == verdicts["zorgkundige_opleidingscentrum"] == "open"
    assert verdicts["zorgkundige_evc"] == "niet"
    routes = talk.data["routes"]
    assert all(route["reasons"] and route["reasons"][0]["sources"] for route in routes)
    talk.bot_says("1480 lestijden", "Bron:")


def test_an_employee_of_a_care_home(talk):
    talk.user("Ik ben 41 en ik werk in een woonzorgcentrum, ik wil zorgkundige worden in Aalst")
    talk.slots(employer_kind="ouderenzorg", situation="werknemer", age=41)
    talk.answer_all(employer_public="nee", project_3030="nee", paid_experience="nee", informal_experience="nee")
    assert talk.verdicts()["zorgkundige_opleidingscentrum"] == "niet"
    assert talk.verdicts()["zorgkundige_ika"] == "onbekend"


def test_a_carer_for_her_mother(talk):
    talk.user("ik ben al jaren mantelzorger voor mijn moeder en zou graag zorgkundige worden in Mechelen, ik ben 52")
    talk.slots(informal_experience="zorg", age=52).answer_all()
    assert talk.verdicts()["zorgkundige_evc"] == "nog_te_weten"  # whether unpaid experience counts, the centre says


def test_a_pupil_of_15(talk):
    talk.user("ik ben 15 en zit nog op school, ik wil later kinderbegeleider baby's en peuters worden in Hasselt")
    talk.slots(situation="leerling").answer_all(first_grade_done="ja", education="geen diploma")
    assert talk.verdicts()["kinderbegeleider_baby_syntra"] == "niet"
    assert talk.verdicts()["kinderbegeleider_baby_cvo"] == "open"


def test_a_dutch_furniture_seller(talk):
    talk.user("ik verkoop meubels in Utrecht en wil verzorgende ig worden")
    talk.answer_all()
    assert talk.verdicts() == {"nl_verzorgende_ig": "nog_te_weten"}


def test_someone_with_her_own_creche_in_mind(talk):
    talk.user("ik wil een eigen crèche beginnen in Leuven, ik ben 28")
    if not talk.asked:  # what the rules for a crèche are is unknown; the routes are a button away
        talk.kind("unknown").press("Welke routes zijn er voor mij?")
    talk.slots(own_daycare=True, age=28).answer_all()
    assert talk.verdicts()["kinderbegeleider_baby_syntra"] == "open"


def test_everything_told_at_once_needs_no_question(talk):
    talk.user(
        "Ik ben 29, werkloos en ingeschreven bij VDAB, woon in Aalst, heb een diploma secundair, geen ervaring in de zorg, "
        "wil zorgkundige worden"
    )
    talk.answer_all(informal_experience="nee")
    assert talk.verdicts()["zorgkundige_opleidingscentrum"] == "open"


def test_buttons_do_the_same_as_words(talk):
    talk.user("hallo").press("Welke opleiding past bij mij?").bot_asks("occupation")
    talk.press("Zorgkundige").bot_asks("region").press("Brussel").bot_asks("age")
    talk.user("22").press("Ik zoek werk").press("Nee").slots(vdab_enrolled=False, region="brussel")


def test_the_duration_in_the_cvo_with_its_source(talk):
    talk.user("hoelang duurt de opleiding zorgkundige in het CVO?").kind("answer")
    talk.bot_says("1480 lestijden", "2,5 jaar", "1,5 jaar", "Bron:", "2025-2026")


def test_a_follow_up_keeps_the_subject(talk):
    talk.user("hoelang duurt zorgkundige in het cvo?").user("en hoeveel stage is dat?").bot_says("45 %")


def test_more_about_a_route_after_the_advice(talk):
    talk.user("ik ben 34, werkloos, ingeschreven bij vdab en wil zorgkundige worden in Gent").answer_all()
    talk.press("Toon alle routes").kind("trajectory").bot_says("7de jaar")
    talk.user("vertel meer over de eerste route").bot_says("Zo begin je eraan", "niet in onze documenten")
