"""Language that someone who reads slowly can follow: short sentences, an easy text, no word without its meaning.

How easy a text reads is Flesch-Douma, counted by textstat: at least 60 for every answer, 70 on average. Addresses, figures and
names (of an occupation, study, organisation or project: names.yml) count as one short word each. A name can't be chosen, and
`kinderbegeleider` is as long for every reader; leaving it out would say less. Words of the trade are NOT left out: they count in
full, and what a reader needn't know is explained in begrippen.yml or in the same text (jargon.yml).
"""

import statistics

import pytest
import yaml

from tests.conftest import ROOT
from tests.knowledge import language

AT_MOST = 22  # words in a sentence
ON_AVERAGE = 15
EASE = 60
EASE_ON_AVERAGE = 70
LISTS = ROOT / "tests" / "knowledge"


def listed(name):
    return yaml.safe_load((LISTS / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def names(knowledge):
    return language.names_in(knowledge, listed("names.yml"))


@pytest.fixture(scope="module")
def readable(knowledge):
    """Every text by group and place."""
    return {
        "cards": language.cards(knowledge),
        "routes": language.routes(knowledge),
        "small records": language.small_records(knowledge),
        "responses": language.responses(),
        "page": language.page(),
        "code": language.spoken_in_code(),
    }


GROUPS = ["cards", "routes", "small records", "responses", "page", "code"]


@pytest.mark.parametrize("group", GROUPS)
def test_no_sentence_is_long_and_the_average_is_short(readable, group):
    texts = readable[group]
    assert len(texts) > 10
    counts = {
        (place, sentence): len(language.words(sentence))
        for place, text in texts.items()
        for sentence in language.sentences(language.ADDRESS.sub("site", text))
    }
    assert not [found for found, count in counts.items() if count > AT_MOST]
    assert statistics.mean(counts.values()) <= ON_AVERAGE


@pytest.mark.parametrize("group", ["cards", "routes", "responses"])
def test_every_answer_reads_easily(readable, names, group):
    eases = {place: language.ease(text, names) for place, text in readable[group].items()}
    assert not {place: round(ease) for place, ease in eases.items() if ease < EASE}
    assert statistics.mean(eases.values()) >= EASE_ON_AVERAGE


@pytest.mark.parametrize("group", ["small records", "page", "code"])
def test_single_sentences_read_easily_on_average(readable, names, group):
    """One long word decides the figure of a text of five words, so these are held to the average only."""
    assert statistics.mean(language.ease(text, names) for text in readable[group].values()) >= EASE_ON_AVERAGE


def test_a_hard_word_is_explained(knowledge, readable):
    terms = [term.woord for term in knowledge.terms.values()]
    found = {
        place: words
        for group in ("cards", "routes", "responses")
        for place, text in readable[group].items()
        if (words := language.unexplained(text, listed("jargon.yml"), terms))
    }
    assert not found, "leg het woord uit in de tekst of in begrippen.yml"


def test_the_measure_tells_hard_from_easy(names):
    hard = "De optimalisatie van de arbeidsorganisatie vereist intersectorale harmonisering."
    easy = "Je leert twee dagen per week op school. De rest van de week werk je mee."
    assert language.ease(hard, names) < EASE < EASE_ON_AVERAGE < language.ease(easy, names)
    assert language.unexplained(hard, ["harmonisering"], ["stage"]) == {"harmonisering"}
    assert not language.unexplained("Het moet gelijk zijn (harmonisering).", ["harmonisering"], ["stage"])
