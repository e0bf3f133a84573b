"""The EVC scan without a bot: what is read, what comes out, and that nothing is promised."""

import itertools
import re

import pytest

from actions import evc_words
from knowledge import content, evc_scan, export, store
from knowledge.evc_reading import free_ticks, strict_ticks
from knowledge.evc_schema import MAX_QUESTIONS
from knowledge.schema_parts import Source

KNOWLEDGE = store.from_content(content.load())
SCANS = list(KNOWLEDGE.scans.values())
PROMISE = re.compile(r"gedekt|vrijgesteld|heb je recht|\bkrijg je vrijstelling|je slaagt|zeker", re.IGNORECASE)
EVC = {"verzorgende", "zorgkundige"}  # for these a part always stays to be followed (000:943-946)
FLEMISH = {"verzorgende", "zorgkundige", "huishoudhulp_zorg", "logistiek_assistent_zorg", "kinderbegeleider_baby",
           "kinderbegeleider_school"}  # fmt: skip


def answered(scan, items="alles", where="betaald_werk", how_often="elke_week"):
    """A scan gone through by the same answer to each question of a kind."""
    answers = evc_scan.start(KNOWLEDGE, scan.qualification)
    replies = {"items": items, "where": where, "how_often": how_often}
    for _ in range(MAX_QUESTIONS + 1):
        step = evc_scan.next_step(KNOWLEDGE, answers)
        if step is None:
            return answers
        answers = evc_scan.take(KNOWLEDGE, answers, replies[step.asks])
    raise AssertionError("the scan does not end")


def result_of(scan, **replies):
    return evc_scan.outcome(KNOWLEDGE, scan.qualification, answered(scan, **replies))


def test_every_qualification_has_a_scan():
    levels = {option.value for option in KNOWLEDGE.facts["qualification_nl"].values}
    assert {scan.qualification for scan in SCANS} == FLEMISH | levels


@pytest.mark.parametrize("scan", SCANS, ids=lambda scan: scan.qualification)
def test_nothing_is_promised_and_all_is_marked_as_ours(scan):
    for items, where in itertools.product(("alles", "1", "geen"), ("betaald_werk", "thuis")):
        result = result_of(scan, items=items, where=where)
        text = evc_words.result_text(KNOWLEDGE, result)
        assert not PROMISE.search(text), PROMISE.search(text)
        assert evc_words.OURS in text and scan.officieel.label in text
        assert "Wat je nog moet volgen" in text
        data = evc_words.result_data(KNOWLEDGE, result, "1")
        for line in itertools.chain(data["proof"], data["steps"], data["remains"], data["cautions"], [data["draft"]]):
            assert line in text, "the data says the same as the text"
    first = evc_scan.next_step(KNOWLEDGE, evc_scan.start(KNOWLEDGE, scan.qualification))
    assert evc_words.OURS in evc_words.question_text(KNOWLEDGE, evc_scan.start(KNOWLEDGE, scan.qualification), first)


@pytest.mark.parametrize("scan", SCANS, ids=lambda scan: scan.qualification)
def test_what_is_ticked_comes_back_with_where_and_how_often_and_no_more(scan):
    result = result_of(scan, items="2")
    assert [ability.sentence for ability in result.discuss] == [group.vaardigheden[1].zin for group in scan.groepen]
    assert all(ability.where == ("in betaald werk",) and ability.how_often == "elke week" for ability in result.discuss)
    assert all(ability.sentence in result.draft for ability in result.discuss)
    assert scan.groepen[0].vaardigheden[0].zin not in result.draft
    assert result.steps and result.ways and any("contract" in proof for proof in result.proof)


@pytest.mark.parametrize("scan", [scan for scan in SCANS if scan.qualification in EVC], ids=lambda scan: scan.qualification)
def test_a_part_always_stays_to_be_followed(scan):
    for items in ("alles", "geen"):
        result = result_of(scan, items=items)
        assert any("cliëntgerichte competenties" in detail.tekst and detail.bron == "000:943-946" for detail in result.remains)


def test_evk_is_named_for_verzorgende_only():
    kinds = {scan.qualification: {way.soort for way in scan.wegen} for scan in SCANS}
    assert [name for name, found in kinds.items() if "evk" in found] == ["verzorgende"]
    assert all("leereenheden" in found for name, found in kinds.items() if name not in FLEMISH)


def test_only_unpaid_experience_is_left_to_the_centre():
    scan = KNOWLEDGE.scans["scan_verzorgende"]
    assert not result_of(scan).cautions
    assert any("niet of onbetaalde ervaring volstaat" in detail.tekst for detail in result_of(scan, where="thuis").cautions)


def test_nothing_ticked_leads_to_a_training_and_not_to_a_centre():
    result = result_of(KNOWLEDGE.scans["scan_kinderbegeleider_baby"], items="geen")
    assert not result.discuss and not result.draft and not result.proof and not result.ways and not result.steps


def test_logistiek_assistent_has_no_evc_in_our_documents():
    text = evc_words.result_text(KNOWLEDGE, result_of(KNOWLEDGE.scans["scan_logistiek_assistent_zorg"]))
    assert "Onze documenten noemen geen EVC voor dit beroep" in text


@pytest.mark.parametrize(("name", "known"), [("helpende", "1 jaar"), ("ad_ghz", "noemen onze documenten geen duur")])
def test_the_duration_in_the_netherlands_is_that_of_the_booklet_or_unknown(name, known):
    assert known in evc_words.result_text(KNOWLEDGE, result_of(KNOWLEDGE.scans[f"scan_{name}"]))


def test_every_cited_document_exists_and_the_scans_are_exported():
    exported = {item["id"]: item for item in export.records(KNOWLEDGE) if item["kind"] == "evc_scan"}
    assert set(exported) == {scan.id for scan in SCANS}
    for scan in SCANS:
        assert scan.skills[0].zin in exported[scan.id]["text"]
        for bron in result_of(scan, where="thuis").sources:
            assert Source.parse(bron).document in KNOWLEDGE.documents


@pytest.mark.parametrize("scan", SCANS, ids=lambda scan: scan.qualification)
def test_short_plain_sentences(scan):
    text = evc_words.result_text(KNOWLEDGE, result_of(scan, where="thuis"))
    text = re.sub(r"https?://\S+|Bron: .*", "", text)
    sentences = [part.split() for part in re.split(r"[.!?:…]\s|\n", text) if part.strip()]
    assert max(map(len, sentences)) <= 22, max(sentences, key=len)
    assert sum(map(len, sentences)) / len(sentences) <= 15


def test_back_takes_answers_one_by_one_until_there_is_none():
    answers = answered(KNOWLEDGE.scans["scan_zorghulp"])
    asked = []
    while answers is not None:
        step = evc_scan.next_step(KNOWLEDGE, answers)
        asked.append(step.asks if step else "done")
        answers = evc_scan.back(KNOWLEDGE, answers)
    assert asked == ["done", "how_often", "where", "items", "how_often", "where", "items", "qualification"]


def test_a_dutch_occupation_without_its_level_is_asked_for_the_level():
    step = evc_scan.next_step(KNOWLEDGE, evc_scan.start(KNOWLEDGE, "zorg_nederland"))
    assert (step.asks, step.number) == ("level", 1) and step.at_most <= MAX_QUESTIONS


ALL = ("wassen", "aankleden", "eten", "toilet", "opstaan", "opmerken")


@pytest.mark.parametrize(
    ("said", "ticked"),
    [
        ("1 en 3", ("wassen", "eten")),
        ("1,2 , 4", ("wassen", "aankleden", "toilet")),
        ("2 - 4", ("aankleden", "eten", "toilet")),
        ("de eerste twee", ("wassen", "aankleden")),
        ("één en drie", ("wassen", "eten")),
        ("Alles", ALL),
        ("geen van deze", ()),
        ("Ik help iemand naar het toilet.; Ik help iemand met aankleden.", ("toilet", "aankleden")),
        ("7", None),
        ("0", ()),
        ("hallo", None),
        ("ik help met wassen", None),
    ],
)
def test_answers_that_can_mean_one_thing_only(said, ticked):
    assert strict_ticks(KNOWLEDGE.scans["scan_verzorgende"].groepen[0], said) == ticked


@pytest.mark.parametrize(
    ("said", "ticked"),
    [
        ("ik help met wassen", ("wassen",)),
        ("alles behalve 2 en 3", ("wassen", "toilet", "opstaan", "opmerken")),
        ("ik help met wassen, maar met eten niet", ("wassen",)),
        ("alles, maar niet naar het toilet", ("wassen", "aankleden", "eten", "opstaan", "opmerken")),
        ("ik deed 2 al 10 jaar", ("aankleden",)),
        ("3 keer per week", None),
        ("ik douch mijn vader, douchen en omkleden", ("wassen", "aankleden")),
        ("dat heb ik nooit gedaan", ()),
        ("wasen doe ik alle dagen", ("wassen",)),
        ("wassen is niet goed gelukt", None),
        ("eten niet", None),
        ("goeiemorgen", None),
    ],
)
def test_what_a_sentence_names(said, ticked):
    assert free_ticks(KNOWLEDGE.scans["scan_verzorgende"].groepen[0], said) == ticked


@pytest.mark.parametrize("scan", SCANS, ids=lambda scan: scan.qualification)
def test_every_sentence_is_found_by_its_own_words(scan):
    for group in scan.groepen:
        for skill in group.vaardigheden:
            for word in skill.woorden:
                assert free_ticks(group, f"ik doe {word}") == (skill.id,), word
