"""The difficult words that a reply carries along."""

import pytest

from knowledge import answers, glossary


def words(knowledge, text):
    return [item["word"] for item in glossary.difficult_words(knowledge, text)]


def test_a_word_comes_with_its_meaning_as_it_is_written(knowledge):
    [item] = glossary.difficult_words(knowledge, "Je mag competenties meetellen.")
    assert item["word"] == "competenties"
    assert item["meaning"] in {term.uitleg for term in knowledge.terms.values() if term.woord == "competenties"}


def test_at_most_three_the_hardest_first_each_once(knowledge):
    text = "Het CVO geeft stage in een setting. Een vrijstelling kan. Je krijgt leervergoeding. Het CVO en de VDAB weten het."
    assert words(knowledge, text) == ["VDAB", "CVO", "leervergoeding"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Je krijgt een BK (beroepskwalificatie).", []),
        ("Een mentor is iemand die je helpt.", []),
        ("Je leert met hulp van wie er al werkt (mentor).", []),
        ("Kijk op https://www.vdab.be/mentor of mail cvo@mentor.be.", []),
        ("Ik ga met de bus, en ov is openbaar vervoer.", []),
        ("Je hebt een mentor nodig.", ["mentor"]),
        ("Dat geldt voor VIA 6.", ["VIA 6"]),
    ],
)
def test_what_the_text_explains_or_only_looks_alike_is_left_out(knowledge, text, found):
    assert words(knowledge, text) == found


def test_every_word_of_a_card_stands_in_its_text(knowledge):
    carrying = 0
    for topic in knowledge.topics.values():
        text = answers.answer_text(knowledge, topic)
        found = glossary.difficult_words(knowledge, text)
        carrying += bool(found)
        assert len(found) <= glossary.MOST
        for item in found:
            assert item["word"] in text
            assert item["meaning"]
    assert carrying > 200
