"""The plan of a route: for eight persons as they would read it, and for any person what must never be in it."""

import dataclasses
import datetime as dt
import re

import pytest
import yaml

from knowledge import profiles, ranking, trajectory, verdicts
from knowledge.planning import build, calendar, questions, sheets, words
from knowledge.schema_parts import Source
from tests.conftest import ROOT
from tests.knowledge.test_trajectory import sample_profiles

TODAY = dt.date(2026, 11, 22)
PERSONS = {path.stem: path for path in sorted((ROOT / "tests/knowledge/personen").glob("*.yml"))}
# Person: the best route, its verdict, what the plan says, and what it may not say.
EXPECTED = {
    "tiener": (
        "kinderbegeleider_baby_opvoeding",
        "onbekend",
        ["Praat met je eigen school", "Start: 1 september 2027", "een secundaire school in je buurt"],
        ["leervergoeding", "EVC", "CVO", "semester"],
    ),
    "verpleegkundige_buitenland": (
        "zorgkundige_opleidingscentrum",
        "open",
        ["Praat met VDAB", "13 maanden", "vrijstellingen krijgen per submodule", "uitkering doorloopt"],
        ["verpleegkundige worden"],
    ),
    "mantelzorger": (
        "verzorgende_cvo",
        "open",
        ["Hoelang deze route duurt, staat niet in onze documenten", "OCMW", "EVC"],
        ["gedekt"],
    ),
    "woonzorgcentrum": (
        "zorgkundige_duaal_volwassenen",
        "open",
        ["Je loon", "VIVO", "€ 636,60", "gold in 2025-2026", "Welk contract je krijgt, hangt af", "je eigen werkgever (ODO(W))"],
        ["ontslag", "jouw contract is"],
    ),
    "schoonmaker_gemeente": (
        "huishoudhulp_zorg_cvo",
        "open",
        ["hoogstens 1 semester", "Diverscity"],
        ["VIVO", "ontslag", "inschrijven bij VDAB"],
    ),
    "meubelverkoper_nederland": (
        "nl_helpende",
        "nog_te_weten",
        ["waren een proef", "mbo-school", "binnen 1 jaar"],
        ["VDAB", "CVO", "VIVO"],
    ),
    "achtenvijftig": ("logistiek_assistent_zorg_cvo", "open", ["6 maanden", "1 jaar", "VDAB"], ["te oud"]),
    "eigen_creche": ("kinderbegeleider_baby_syntra", "open", ["2 lesavonden", "Syntra"], ["vergunning krijg"]),
}


def person(knowledge, name):
    return profiles.read(knowledge, yaml.safe_load(PERSONS[name].read_text(encoding="utf-8")))


def plan_of(knowledge, profile, start=None):
    return build.plan(knowledge, build.best(knowledge, profile, TODAY), profile, start, TODAY)


@pytest.mark.parametrize("name", PERSONS)
def test_the_plan_of_a_person(knowledge, name):
    route, verdict, said, unsaid = EXPECTED[name]
    plan = plan_of(knowledge, person(knowledge, name))
    assert (plan.programme.id, plan.verdict) == (route, verdict)
    text = words.as_text(knowledge, plan)
    assert [part for part in said if part.lower() not in text.lower()] == []
    assert [part for part in unsaid if part.lower() in text.lower()] == []


@pytest.mark.parametrize("name", PERSONS)
def test_sentences_are_short(knowledge, name):
    text = words.as_text(knowledge, plan_of(knowledge, person(knowledge, name)))
    sentences = [part for line in text.splitlines() for part in re.split(r"[.:?]\s", re.sub(r"https?://\S+", "", line))]
    lengths = [len(re.findall(r"[\w-]+", sentence)) for sentence in sentences if re.search(r"\w", sentence)]
    assert sum(lengths) / len(lengths) <= 15
    assert max(lengths) <= 24


def test_a_pupil_takes_no_route_of_adults_without_a_word_with_school(knowledge):
    programme = knowledge.programmes["kinderbegeleider_baby_cvo"]
    plan = build.plan(knowledge, programme, person(knowledge, "tiener"), None, TODAY)
    assert plan.verdict == "open" and "stop niet zomaar" in plan.steps[0].text
    assert "Opvoeding en begeleiding" in plan.steps[0].text and "secundaire school" in plan.call.name


def test_the_call_note_only_asks_what_the_one_who_is_called_can_answer(knowledge):
    for name in PERSONS:
        asked = [note.text for note in plan_of(knowledge, person(knowledge, name)).questions]
        assert [text for text in asked if "Vraag het aan" in text or "Vraag de school" in text] == []


def test_in_brussels_enrolling_is_asked_about_first(knowledge):
    programme = knowledge.programmes["verzorgende_opleidingscentrum"]
    plan = build.plan(knowledge, programme, person(knowledge, "mantelzorger"), None, TODAY)
    assert plan.verdict == "bijna"
    assert [("uitkering" in step.text, "Actiris" in step.text) for step in plan.steps[:2]] == [(True, False), (False, True)]


def test_the_own_creche_is_told_what_we_do_not_know(knowledge):
    plan = plan_of(knowledge, person(knowledge, "eigen_creche"))
    assert plan.months == (24.0, 24.0)  # in the evening
    assert any("niets over een vergunning" in card.text for card in plan.more)


def everyone(knowledge, count=120):
    """Any person with any route that concerns them: (profile, judgement, plan)."""
    for profile in sample_profiles(knowledge, count, seed=11):
        for judgement in trajectory.advise(knowledge, profile, TODAY).judgements[:6]:
            yield profile, judgement, build.plan(knowledge, judgement.programme, profile, None, TODAY)


def test_every_plan_says_what_to_do_with_whom_and_agrees_with_the_verdict(knowledge):
    for _, judgement, plan in everyone(knowledge):
        text = words.as_text(knowledge, plan)
        assert plan.steps and plan.call.name in text
        assert plan.verdict == judgement.verdict
        assert f"{judgement.programme.naam}: {verdicts.VERDICT_LABELS[judgement.verdict].lower()}" in text
        assert ("houdt je tegen" in text) == (judgement.verdict == "open")
        assert all(Source.parse(source) for source in plan.sources)
        assert all(source for step in plan.steps for source in step.sources)
        data = words.as_data(knowledge, plan)
        for shown in [*(step["text"] for step in data["steps"]), *data["duration"], *data["week"]]:
            assert shown in text
        if judgement.verdict == "niet":
            assert [reason.text for reason in judgement.reasons if reason.text not in text] == []
            assert not plan.timeline and not plan.income


def test_nothing_is_promised_or_advised_that_harms(knowledge):
    for profile, judgement, plan in everyone(knowledge):
        text = words.as_text(knowledge, plan)
        if profile.get("situation") == "werknemer":
            assert "Schrijf je in bij VDAB" not in text
            assert judgement.verdict != "niet" or "Neem geen ontslag" in text
        assert not re.search(r"je (behoudt|houdt) je (uitkering|loon)|uitkering loopt door|je krijgt een uitkering", text)
        if "€" in text and "leervergoeding" in text:
            assert re.search(r"gold in 2025-2026|Die was €", text)


def test_who_has_no_route_reads_what_to_do_instead(knowledge):
    plan = plan_of(knowledge, {"region": "nederland", "occupation": "zorgkundige"})
    assert plan.programme is None and plan.steps[0].contact.name.startswith("een mbo-school")
    assert "kennen geen route" in words.as_text(knowledge, plan)


def test_waiting_for_a_birthday_puts_the_start_after_it(knowledge):
    profile = {"region": "vlaanderen", "occupation": "kinderbegeleider_baby", "age": 17}
    plan = build.plan(knowledge, knowledge.programmes["kinderbegeleider_baby_syntra"], profile, None, TODAY)
    assert plan.verdict == "bijna" and "vanaf je achttiende verjaardag" in plan.steps[0].text
    assert plan.start >= dt.date(2027, 11, 22)


def test_the_own_start_moves_the_calendar(knowledge):
    profile = person(knowledge, "achtenvijftig")
    plan = plan_of(knowledge, profile, dt.date(2027, 9, 1))
    shown = {span.label: (span.begin, span.end) for span in plan.timeline}
    assert shown["Opleiding, als je snel gaat"] == (dt.date(2027, 9, 1), dt.date(2028, 2, 29))
    assert shown["Opleiding, als je langer doet"] == (dt.date(2027, 9, 1), dt.date(2028, 8, 31))
    assert "voorbeeld" in words.start_text(plan)


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (dt.date(2026, 11, 22), dt.date(2027, 2, 1)),
        (dt.date(2027, 1, 20), dt.date(2027, 9, 1)),  # too near to prepare for February
        (dt.date(2027, 8, 4), dt.date(2027, 9, 1)),
        (dt.date(2027, 8, 5), dt.date(2028, 2, 1)),
    ],
)
def test_the_next_start_leaves_four_weeks(today, start):
    assert calendar.next_start(today) == start


@pytest.mark.parametrize("text", ["morgen", "2026-11-21", "2026-13-01", "2040-01-01", "", "2027-2-1x"])
def test_a_start_that_cannot_be_is_refused_with_a_sentence(text):
    with pytest.raises(calendar.StartError, match="jaar"):
        calendar.read_start(text, TODAY)


def test_all_that_is_unstated_stands_on_the_call_note_as_a_question(knowledge):
    plan = plan_of(knowledge, person(knowledge, "mantelzorger"))
    asked = [note.text for note in plan.questions]
    assert len(asked) == len(set(asked))
    assert {questions.ASKED[item] for item in plan.programme.niet_vermeld} <= set(asked)
    assert any("2025-2026" in text for text in asked)  # that school year is over


def test_what_a_new_programme_leaves_unstated_is_asked_without_new_code(knowledge):
    known = knowledge.programmes["verzorgende_cvo"]
    added = known.copy(update={"niet_vermeld": ["parkeerplaats"]})
    other = dataclasses.replace(knowledge, programmes={**knowledge.programmes, added.id: added})
    plan = build.plan(other, added, {"age": 34}, None, TODAY)
    assert "Vraag ook naar: parkeerplaats." in [note.text for note in plan.questions]


def test_what_a_person_did_not_say_stands_on_the_call_note(knowledge):
    profile = {"region": "vlaanderen", "occupation": "zorgkundige", "situation": "werkzoekend", "vdab_enrolled": "weet_niet"}
    programme = knowledge.programmes["zorgkundige_opleidingscentrum"]
    plan = build.plan(knowledge, programme, profile, None, TODAY)
    assert knowledge.facts["vdab_enrolled"].vraag in [note.text for note in plan.questions]


def test_the_sheet_for_an_employer_holds_nothing_of_the_person(knowledge):
    profile = {**person(knowledge, "woonzorgcentrum"), "age": 61, "care_qualification": "verzorgende"}
    programme = knowledge.programmes["zorgkundige_duaal_volwassenen"]
    sheet = sheets.employer_sheet(knowledge, programme, profile, TODAY)
    other = {"situation": "werknemer", "employer_kind": "ouderenzorg", "employer_public": False, "region": "vlaanderen"}
    assert sheet == sheets.employer_sheet(knowledge, programme, other, TODAY)
    assert sheet.occupation == "zorgkundige" and sheet.hours
    assert [line.id for line in sheet.premiums] == ["premie_kwalificerend_werkplekleren"]


def test_premiums_of_a_sector_are_for_employers_of_that_sector(knowledge):
    programme = knowledge.programmes["zorgkundige_duaal_volwassenen"]
    base = {"situation": "werknemer", "region": "vlaanderen", "employer_public": True}
    home_care = sheets.employer_sheet(knowledge, programme, {**base, "employer_kind": "gezinszorg"}, TODAY)
    hospital = sheets.employer_sheet(knowledge, programme, {**base, "employer_kind": "ziekenhuis"}, TODAY)
    assert "subsidie_uurbedrag" in {line.id for line in home_care.premiums}
    assert "subsidie_uurbedrag" not in {line.id for line in hospital.premiums}
    assert sheets.employer_sheet(knowledge, programme, {"situation": "werkzoekend"}, TODAY) is None


def test_a_counsellor_reads_the_summary_in_a_minute(knowledge):
    for name in PERSONS:
        profile = person(knowledge, name)
        plan = plan_of(knowledge, profile)
        short = sheets.summary(knowledge, plan, profile, verdicts.VERDICT_LABELS)
        text = " ".join([short.wish, *short.known, short.route, *short.reasons, *short.open_points, *short.other])
        assert len(text.split()) <= 230, name  # a minute of reading
        assert plan.title in text


@pytest.mark.parametrize(
    ("priority", "first"),
    [("inkomen", "zorgkundige_duaal_volwassenen"), ("ervaring", "zorgkundige_evc"), ("snel", "zorgkundige_opleidingscentrum")],
)
def test_what_matters_puts_the_routes_in_order_and_is_said(knowledge, priority, first):
    profile = {
        "region": "vlaanderen", "occupation": "zorgkundige", "age": 34, "situation": "werkzoekend", "vdab_enrolled": True,
        "paid_experience": "zorg", "priority": priority,
    }  # fmt: skip
    judged = trajectory.advise(knowledge, profile, TODAY).judgements
    assert judged[0].programme.id == first
    order = [verdicts.VERDICT_ORDER.index(item.verdict) for item in judged]
    assert order == sorted(order)
    assert ranking.explained(judged, profile) != ranking.explained(judged, {**profile, "priority": None})


def test_a_public_employee_is_sent_to_diverscity_for_retraining(knowledge):
    programme = knowledge.programmes["zorgkundige_ika"]
    public = {"situation": "werknemer", "employer_public": True, "region": "vlaanderen", "occupation": "zorgkundige"}
    plan = build.plan(knowledge, programme, public, None, TODAY)
    assert plan.centre.name == "Diverscity" and "vivo" not in plan.centre.website


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"aeg": 34}, "Bedoel je 'age'?"),
        ({"age": "oud"}, "een getal van 12 tot 90"),
        ({"age": 7}, "een getal van 12 tot 90"),
        ({"situation": "piloot"}, "werkzoekend, werknemer"),
        ({"vdab_enrolled": "misschien"}, "true, false"),
        (["age"], "lijst van feiten"),
    ],
)
def test_a_wrong_profile_is_refused_in_dutch(knowledge, written, said):
    with pytest.raises(profiles.ProfileError) as error:
        profiles.read(knowledge, written)
    assert said in str(error.value)


def test_every_person_gets_some_advice(knowledge):
    for profile in sample_profiles(knowledge, 600, seed=13):
        plan = plan_of(knowledge, profile)
        assert plan.steps and plan.call.name
        assert any(step.contact for step in plan.steps) or plan.call
