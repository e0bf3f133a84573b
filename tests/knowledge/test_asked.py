"""Which part of the own plan a message asks for, which fact it names, and what is left to the cards."""

import pytest

from knowledge import naming
from knowledge.planning import asked


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("hoeveel geld krijg ik dan?", "geld"),
        ("Van wat moet ik ondertussen leven?", "geld"),
        ("en mijn dop?", "geld"),
        ("verlies ik mijn leefloon?", "geld"),
        ("hoe lang duurt dat voor mij", "duur"),
        ("wanneer ben ik klaar?", "duur"),
        ("hoeveel dagen per week is dat?", "week"),
        ("is dat te combineren met mijn gezin?", "week"),
        ("kan ik dat 's avonds doen", "week"),
        ("wanneer mag ik beginnen", "start"),
        ("hoe lang moet ik dan nog wachten?", "start"),
        ("is dat gratis?", "prijs"),
        ("waarom mag ik dat niet doen?", "waarom_niet"),
        ("is het niet te laat voor mij", "leeftijd"),
        ("wat moet mijn werkgever doen?", "werkgever"),
        ("is dat zeker?", "zeker"),
        ("dus ik mag starten?", "zeker"),
        ("waar moet ik naartoe", "waar"),
        ("welke is het kortst?", "kortst"),
        ("welke raad je aan", "beste"),
        # A question about something by name, or about nothing of a plan.
        ("hoeveel uur stage moet ik doen?", None),
        ("hoelang duurt de stage in een ziekenhuis?", None),
        ("wat kost een babysit?", None),
        ("wat is het kortste woord?", None),
        ("krijg ik een computer van de school?", None),
        ("hoeveel geld krijgt mijn baas voor een mentor?", None),
        ("ik ben 34", None),
        ("", None),
    ],
)
def test_the_part_of_the_plan_that_is_asked(text, part):
    assert asked.part_asked(text) == part


@pytest.mark.parametrize(
    ("text", "sheet"),
    [
        ("belbriefje", "belbriefje"),
        ("welke vragen stel ik aan het centrum", "belbriefje"),
        ("toon de tijdlijn", "kalender"),
        ("ik wil mijn baas iets op papier geven", "werkgever"),
        ("samenvatting graag", "samenvatting"),
        ("mijn plan", None),
        ("wat moet ik nu doen", None),
    ],
)
def test_the_sheet_that_is_named(text, sheet):
    assert asked.sheet_asked(text) == sheet


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("vergeet dat van mijn rug", True),
        ("wis mijn leeftijd", True),
        ("vergeet wat ik zei over mijn diploma", True),
        ("vergeet alles", False),
        ("vergeet mijn gegevens", False),
        ("vergeet alles wat ik zei over mijn kinderen", False),
        ("wis dit gesprek", False),
        ("vergeet wat ik zei over mij", False),
    ],
)
def test_one_thing_or_all_of_it(text, one):
    assert naming.one_thing(text) is one


@pytest.mark.parametrize(
    ("text", "refuses"),
    [
        ("dat zeg ik niet", True),
        ("mijn leeftijd gaat u niet aan", True),
        ("dat wil ik liever niet vertellen", True),
        ("da moede gij ni weten", False),  # too far from the words: the model has it
        ("ik geef mijn werk niet op", False),
        ("ik zeg mijn job niet op", False),
        ("nee", False),
    ],
)
def test_who_will_not_tell(text, refuses):
    assert naming.refuses(text) is refuses


def test_a_fact_is_named_by_its_nouns():
    assert naming.named("dat van mijn rug") == ["health_limits"]
    assert naming.named("mijn leeftijd") == ["age"]
    assert naming.named("iets anders") == []
