"""What typed answers mean."""

import pytest

from knowledge import facts
from knowledge.conditions import DONT_KNOW


@pytest.mark.parametrize(
    ("fact", "said", "value"),
    [
        ("age", "34", 34),
        ("age", "ik ben vierendertig", 34),
        ("age", "47 jaar", 47),
        ("age", "3", None),
        ("age", "geen idee", DONT_KNOW),
        ("vdab_enrolled", "ja", True),
        ("vdab_enrolled", "Nee, nog niet", False),
        ("vdab_enrolled", "jazeker al een jaar", True),
        ("vdab_enrolled", "weet ik niet", DONT_KNOW),
        ("vdab_enrolled", "misschien morgen", None),
        ("situation", "Ik zoek werk", "werkzoekend"),
        ("situation", "werkloos", "werkzoekend"),
        ("education", "BSO", "ok3"),
        ("education", "Geen diploma secundair", "lager"),
        ("education", "ik heb een bachelor", "hoger"),
        ("paid_experience", "nee", "geen"),
        ("paid_experience", "ja in de zorg", "zorg"),
        ("region", "vlaandern", "vlaanderen"),
        ("occupation", "zorgkundige", "zorgkundige"),
    ],
)
def test_a_typed_answer(knowledge, fact, said, value):
    assert facts.read_answer(knowledge.facts[fact], said) == value


def test_every_label_is_accepted_as_the_answer(knowledge):
    for fact in knowledge.facts.values():
        for option in fact.values:
            assert facts.read_answer(fact, option.label) == option.value, (fact.id, option.label)
            assert facts.read_answer(fact, option.label.upper()) == option.value
