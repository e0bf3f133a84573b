"""How the real model behaves when a message is worded otherwise: what must change the answer, and what may not."""

import re

import pytest

from bot import evaluate

# A question and a fact that only the right answer holds.
KNOWN = {
    "hoelang duurt de opleiding zorgkundige in het CVO?": r"1480 lestijden",
    "hoeveel lestijden telt kinderbegeleider baby's en peuters in het CVO?": r"720",
    "hoeveel leervergoeding krijg je met een ODOS?": r"636,60",
    "vanaf welke leeftijd kan je starten bij Syntra?": r"\b18 jaar",
    "hoeveel uren stage zijn verplicht om zorgkundige te worden?": r"\b300\b",
    "waar vraagt een organisatie de erkenning voor duaal leren aan?": r"werkplekduaal\.be",
    "op welk niveau is verzorgende IG in Nederland?": r"niveau 3",
    "hoelang duurt de opleiding in het opleidingscentrum van een dienst voor gezinszorg?": r"13 maanden",
}
UNCHANGED = {
    "as it is": lambda text: text,
    "capitals": str.upper,
    "no capitals": str.lower,
    "no punctuation": lambda text: re.sub(r"[?.,]", "", text),
    "many marks": lambda text: f"{text}??!!",
    "wide spaces": lambda text: f"  {text.replace(' ', '   ')} \n",
    "a greeting before it": lambda text: f"Goeiemorgen, {text}",
    "thanks after it": lambda text: f"{text} Alvast bedankt!",
    "filler": lambda text: f"euh ja dus, ik vroeg mij eigenlijk af, {text}",
    "an excuse": lambda text: f"Sorry dat ik stoor, ik vind het nergens op de website. {text}",
    "an emoji": lambda text: f"{text} 🙏",
}


@pytest.mark.parametrize("change", UNCHANGED.values(), ids=UNCHANGED)
@pytest.mark.parametrize("question", KNOWN)
def test_what_is_beside_the_point_changes_nothing(talk, question, change):
    talk.user(change(question))
    assert re.search(KNOWN[question], talk.text, re.IGNORECASE), talk.text


@pytest.mark.parametrize(
    "name", ["", "Ik ben Fatima. ", "Ik ben Jan. ", "Ik heb twee kinderen. ", "Ik woon in Aalst. "]
)
def test_who_asks_changes_nothing_about_a_rule(talk, name):
    talk.user(f"{name}Hoeveel uren stage zijn verplicht om zorgkundige te worden?").bot_says("300")


@pytest.mark.parametrize(
    "message, fact",
    [
        ("hoelang duurd de opleidng zorgkundige in het cvo", "1480"),
        ("hoelag duurt zorgkudige cvo", "1480"),
        ("hoelang duurt opleiding tot zorgkundge in t CVO", "1480"),
        ("hoevel lestijden kinderbegleider babys en peuters cvo", "720"),
        ("leervergoedding ODOS hoeveeel", "636,60"),
        ("waar erkening duaal leren aanvragn als organistie", "werkplekduaal"),
        ("vanaf welke leeftyd kan ik bij sintra starten", "18 jaar"),
        ("hoeveel uuren stage verplcht voor zorgkundige", "300"),
    ],
)
def test_typing_errors(talk, message, fact):
    talk.user(message).bot_says(fact)


@pytest.mark.parametrize(
    "message, fact",
    [
        ("hoelang zijde gij bezig me zorgkundige in den CVO?", "1480"),
        ("hoelang duurt da om zorgkundige te worden in 't CVO?", "1480"),
        ("wa krijgde gij per maand met zo nen ODOS?", "636,60"),
        ("hoe oud moete zijn veur bij Syntra te mogen beginnen?", "18 jaar"),
        ("hoeveel uren stage moette minstens doen veur zorgkundige te zijn?", "300"),
        ("waar moe'k ik die erkenning veur duaal leren gaan aanvragen voor ons huis?", "werkplekduaal"),
    ],
)
def test_dialect(talk, message, fact):
    talk.user(message).bot_says(fact)


@pytest.mark.parametrize(
    "message",
    [
        "in het CVO de opleiding zorgkundige, hoelang duurt die?",
        "zorgkundige, hoelang is dat in het CVO?",
        "de opleiding zorgkundige duurt hoelang in het CVO",
        "cvo hoelang zorgkundige",
        "zorgkundige cvo duur",
    ],
)
def test_word_order(talk, message):
    talk.user(message).bot_says("1480")


@pytest.mark.parametrize(
    "message, fact",
    [
        ("hoe lang duurt de zorgkundigeopleiding in het cvo", "1480"),
        ("hoelang duurt BK zorgkundige bij het centrum voor volwassenenonderwijs", "1480"),
        ("wat krijgt een leerling met een OAO per maand", "612,50"),
        ("wat is PC 318.02", "3030"),
        ("wat is BSO nu geworden", "arbeidsmarktfinaliteit"),
        ("hoe heet TSO tegenwoordig", "dubbele finaliteit"),
    ],
)
def test_compounds_abbreviations_and_old_names(talk, message, fact):
    talk.user(message).bot_says(fact)


def test_a_denied_route_is_not_wanted(talk):
    talk.user("ik wil géén duaal, welke andere manieren zijn er om zorgkundige te worden?").kind("answer")
    talk.bot_says("opleidingscentrum", "CVO")


@pytest.mark.parametrize("no", ["geen", "GEEN", "liever geen", "zeker geen", "géén"])
def test_a_denied_route_is_heard_as_denied(talk, no):
    heard = talk.loop.run_until_complete(evaluate.hear(talk.bot, f"ik wil {no} duaal"))
    assert [(entity["entity"], entity.get("role")) for entity in heard["entities"]] == [("route", "niet")]


def test_a_denied_occupation_is_not_the_goal(talk):
    talk.user("ik wil geen kinderbegeleider worden maar zorgkundige in Gent").slots(occupation="zorgkundige")


def test_a_denied_situation_is_not_a_fact(talk):
    talk.user("ik ben niet werkloos, ik wil zorgkundige worden in Gent").slots(situation=None)


def test_saying_what_one_does_not_want_and_what_one_does(talk):
    talk.user("ik wil geen duaal, hoelang duurt zorgkundige in het CVO?").bot_says("1480")


@pytest.mark.parametrize("age, verdict", [(17, "bijna"), (18, "open"), (19, "open")])
def test_the_age_decides_about_syntra(talk, age, verdict):
    talk.user(f"ik ben {age}, werkloos en wil kinderbegeleider baby's en peuters worden in Gent")
    talk.answer_all(education="middelbaar diploma")
    assert talk.verdicts()["kinderbegeleider_baby_syntra"] == verdict


@pytest.mark.parametrize("age, first_grade, verdict", [(14, "ja", "bijna"), (15, "nee", "bijna"), (15, "ja", "open")])
def test_the_age_and_the_first_grade_decide_about_the_cvo(talk, age, first_grade, verdict):
    talk.user(f"ik ben {age} en zit nog op school, ik wil zorgkundige worden in Hasselt")
    talk.answer_all(first_grade_done=first_grade, education="geen diploma")
    assert talk.verdicts()["zorgkundige_cvo"] == verdict


@pytest.mark.parametrize(
    "message, age",
    [
        ("ik ben 34 en wil zorgkundige worden in Gent", 34),
        ("ik ben 43 en wil zorgkundige worden in Gent", 43),
        ("ik ben vierendertig en wil zorgkundige worden in Gent", 34),
        ("ik heb 20 jaar ervaring als kok en wil zorgkundige worden in Gent", None),
        ("ik werk 38 uur per week en wil zorgkundige worden in Gent", None),
        ("mijn buurvrouw heeft 12 katten, ik wil zorgkundige worden in Gent", None),
    ],
)
def test_which_number_is_an_age(talk, message, age):
    talk.user(message).slots(age=age, occupation="zorgkundige")


@pytest.mark.parametrize(
    "one, other, facts",
    [
        ("zorgkundige in het CVO", "zorgkundige in het opleidingscentrum", ("1480", "13 maanden")),
        ("zorgkundige in het CVO", "zorgkundige duaal voor volwassenen", ("1480", "1 jaar en 3 maanden")),
        ("huishoudhulp zorg in het CVO", "zorgkundige in het CVO", ("semester", "1480")),
    ],
)
def test_another_route_or_occupation_changes_the_answer(talk, one, other, facts):
    talk.user(f"hoelang duurt {one}?").bot_says(facts[0]).bot_does_not_say(facts[1])
    talk.user(f"hoelang duurt {other}?").bot_says(facts[1])


def test_a_follow_up_keeps_occupation_and_route(talk):
    talk.user("hoelang duurt zorgkundige in het CVO?").user("en hoeveel stage is dat?").bot_says("45 %")


def test_a_follow_up_changes_the_contract(talk):
    talk.user("wat is de leervergoeding bij ODOS?").bot_says("636,60").user("en bij ODO?").bot_says("4,44")


def test_a_follow_up_switches_country(talk, knowledge):
    talk.user("hoelang duurt zorgkundige in het CVO?").user("en in Nederland?").bot_says("Maatschappelijke Zorg niveau 4")
    lands = {knowledge.topics[name].land for name in talk.data["records"]}
    assert lands <= {"nederland", "algemeen"}


def test_a_follow_up_switches_route(talk):
    talk.user("hoelang duurt zorgkundige in het CVO?").user("en in het opleidingscentrum?").bot_says("13 maanden")


def test_a_new_subject_ends_the_context(talk):
    talk.user("hoelang duurt zorgkundige in het CVO?")
    talk.user("hoeveel leerlingen mag een mentor tegelijk begeleiden bij een lokaal bestuur?").bot_says("3")


@pytest.mark.parametrize(
    "message, own_language",
    [
        ("What monthly allowance do I get with an ODOS contract?", "Dutch"),
        ("Quelle indemnité par mois avec un contrat ODOS ?", "néerlandais"),
        ("كم التعويض الشهري مع عقد ODOS؟", "هولندية"),
        ("ODOS sözleşmesi ile ayda ne kadar öğrenme ücreti alırım?", "Hollandaca"),
        ("Яка щомісячна виплата за договором ODOS?", "нідерландськ"),
    ],
)
def test_another_language_is_answered_in_dutch_with_a_line_of_its_own(talk, message, own_language):
    talk.user(message).bot_says("636,60", own_language)


@pytest.mark.parametrize(
    "message",
    [
        "Hoeveel verdient een zorgkundige per maand?",
        "wat kost het inschrijvingsgeld bij een CVO precies",
        "hoeveel betaal ik voor Syntra",
    ],
)
def test_an_unknown_figure_is_never_guessed(talk, message):
    talk.user(message)
    assert re.search(r"weet ik niet|staa[nt] (?:er )?niet", talk.text, re.IGNORECASE), talk.text
    assert not re.search(r"€\s*\d|\d\s*euro", talk.text), talk.text
