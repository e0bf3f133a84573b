"""What someone won't tell, takes back or says in passing: nothing is wiped on a guess, and nothing read that wasn't said."""

START = "Ik ben 29, werkloos, woon in Aalst en wil zorgkundige worden"


def test_one_thing_is_forgotten_and_the_rest_stays(talk):
    talk.user(f"{START}. Ik heb rugpijn").slots(health_limits=True)
    talk.user("vergeet dat van mijn rug").bot_says("haal ik weg").slots(health_limits=None, age=29)


def test_what_is_not_known_by_that_name_is_asked_and_nothing_is_wiped(talk):
    talk.user(START).user("vergeet dat van mijn hond").bot_says("Wat mag ik vergeten?").slots(age=29)
    talk.press("Je bent 29 jaar").slots(age=None, occupation="zorgkundige")


def test_all_of_it_is_still_forgotten_at_a_word(talk):
    talk.user(START).user("vergeet alles over mij").slots(age=None, occupation=None)


def test_who_will_not_tell_is_not_asked_again(talk):
    talk.user("ik wil huishoudhulp worden in Roeselare")
    talk.user("mijn leeftijd gaat je niks aan").slots(age="weet_niet")
    for _ in range(12):
        assert talk.asked != "age"
        talk.user("weet ik niet")


def test_a_refusal_skips_the_open_question(talk):
    asked = talk.user(START).asked
    talk.user("dat zeg ik liever niet").slots(**{asked: "weet_niet"})
    assert talk.asked != asked


def test_keeping_a_job_is_no_refusal(talk):
    talk.user("ik ben 40 en wil zorgkundige worden in Gent").bot_asks("situation")
    talk.user("ik geef mijn werk niet op").slots(situation=None)


def test_a_question_is_no_answer(talk):
    talk.user(
        "Ben 58, ontslagen, in Brussel, ingeschreven bij vdab. Ik wil zorgkundige worden. Geen ervaring in de zorg"
    )
    talk.bot_asks("informal_experience").user("ben ik niet te oud?").slots(informal_experience=None)
    talk.bot_says("geen maximumleeftijd").bot_asks("informal_experience")


def test_a_relative_named_as_experience_is_no_talk_for_her(talk):
    talk.user(START).user("ja")
    talk.bot_asks("paid_experience").user("ja, voor mijn schoonmoeder")
    talk.slots(about=None, informal_experience="zorg", paid_experience=None)


def test_a_bare_yes_to_a_question_with_kinds_asks_which(talk):
    talk.user(START).user("ja").bot_asks("paid_experience")
    talk.user("ja").bot_says("in de zorg, in de kinderopvang of in allebei").bot_asks("paid_experience")


def test_a_faint_again_is_asked_first_and_the_words_of_a_button_are_obeyed(talk):
    talk.user(START).user("en als ik ook 60 was?").bot_says("Stel:")
    talk.user("terug naar hoe het echt is").bot_says("wat je echt vertelde").slots(age=29)
    talk.user("opnieuw").bot_says("we beginnen opnieuw").slots(age=None)


def test_yes_with_a_number_of_years_is_no_age(talk):
    talk.user(START).user("ja").bot_asks("paid_experience").user("ja 20 jaar").slots(age=29)


def test_what_one_would_do_can_be_supposed(talk):
    talk.user("Ik ben 29, zoek werk, sta niet ingeschreven bij VDAB, woon in Aalst en wil zorgkundige worden")
    talk.user("en als ik me inschrijf bij vdab?").bot_says("je bent ingeschreven bij VDAB", "opleidingscentrum")
    talk.user("en als ik een diploma haal?").bot_says("je maakte het secundair af").slots(vdab_enrolled=False)


def test_facts_beside_a_question_are_played_back(talk):
    talk.user("Ik ben 52 en zorg al jaren voor mijn moeder. Telt mantelzorg mee voor EVC?")
    talk.bot_says("Ik onthoud", "je bent 52 jaar").slots(age=52)


def test_without_an_occupation_the_routes_are_those_of_what_one_likes(talk):
    talk.user("Ik ben 44, woon in Kortrijk en wil met kinderen werken").user("toon alles")
    assert {route["occupation"] for item in talk.items for route in (item["data"] or {}).get("routes", [])} == {
        "kinderbegeleider_baby",
        "kinderbegeleider_school",
    }


def test_routes_of_the_same_name_are_told_apart(talk):
    talk.user("Ik ben 44, woon in Kortrijk, werk bij de gemeente en wil met kinderen werken").user("toon alles")
    names = [route["name"] for item in talk.items for route in (item["data"] or {}).get("routes", [])]
    of_adults = [name for name in names if "IKA" in name or "volwassenen" in name or "CVO" in name]
    assert len(set(of_adults)) == len(of_adults) == 6
    talk.user("en als ik ontslag neem?")
    labels = [row["label"] for row in talk.items[0]["data"]["rows"]]
    assert len(set(labels)) == len(labels)


def test_two_routes_are_compared_by_their_place_or_their_letters(talk):
    talk.user("Ik ben 44, woon in Kortrijk, werk bij de gemeente en wil met schoolkinderen werken").answer_all()
    ids = list(talk.verdicts())
    talk.user("vergelijk de eerste met de derde")
    assert talk.data["records"] == [ids[0], ids[2]]
    talk.user("vergelijk ika met cvo")
    assert set(talk.data["records"]) == {"kinderbegeleider_school_cvo", "kinderbegeleider_school_ika"}


def test_in_the_netherlands_what_one_likes_comes_first(talk):
    talk.user("ik woon in Utrecht, ben 38 en wil met gehandicapten werken").answer_all()
    first = list(talk.verdicts())[:2]
    assert all(name.endswith("ghz") for name in first), first
    talk.bot_says("Gehandicaptenzorg staat eerst").press("Mijn plan").bot_says("Kies welk beroep en welk niveau")


def test_what_is_told_after_the_advice_and_changes_nothing_brings_no_second_advice(talk):
    talk.user(START).answer_all(vdab_enrolled="ja")
    talk.user("ik heb ook een hond").bot_says("verandert niets").kind("answer").press("Toon alle routes").kind(
        "trajectory"
    )
    talk.user("nee, ik ben 17").kind("trajectory")


def test_a_greeting_that_tells_something_is_heard(talk):
    talk.user("ik wil huishoudhulp worden in Genk. ik ben 60").bot_asks("situation")
    talk.user("IK BEN MET PENSIOEN").slots(situation="niet_actief")


def test_a_faint_guess_does_not_lead_out_of_the_intake_into_the_scan(talk):
    asked = talk.user("ik ben 21, woon in Oostende en wil met baby's werken").asked
    talk.user("kan ik eerst eens gaan kijken").bot_asks(asked)


def test_for_someone_else_it_is_her_route(talk):
    talk.user("Mijn dochter van 17 zit in 6 bso verzorging in Brugge. Ze wil zorgkundige worden")
    talk.slots(about="dochter", occupation="zorgkundige", situation="leerling")
    talk.user("krijgt ze geld").bot_says("zeggen niets over geld", "7de jaar")
    talk.user("en als ze 18 is?").bot_says("Stel: je bent 18 jaar")
