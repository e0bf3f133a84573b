"""Verdicts per route in readable situations, and what must hold for every person."""

import itertools
import random
import statistics

import pytest
import yaml

from knowledge import conditions, next_question, ranking, trajectory, verdicts
from tests.conftest import ROOT

GROUPS = yaml.safe_load((ROOT / "tests/knowledge/situations.yml").read_text(encoding="utf-8"))
CASES = [
    pytest.param(route, case, id=f"{route}: {case['wie']}")
    for group in GROUPS
    for route in group["routes"]
    for case in group["situaties"]
]


def filled(route, past):
    """A situation with the Dutch qualification of this route (THIS) or another (OTHER) filled in."""
    this = route.removeprefix("nl_")
    qualifications = {"THIS": this, "OTHER": "zorghulp" if this == "helpende" else "helpende"}
    return {name: qualifications.get(value, value) for name, value in past.items()}


def judged(knowledge, route, past):
    past = filled(route, past)
    profile = trajectory.complete(knowledge, past)
    return verdicts.judge(knowledge, knowledge.programmes[route], profile)


@pytest.mark.parametrize(("route", "case"), CASES)
def test_situation(knowledge, route, case):
    judgement = judged(knowledge, route, case["past"])
    assert judgement.verdict == case["verdict"], judgement.reasons
    if "reden" in case:
        assert any(case["reden"].lower() in reason.text.lower() for reason in judgement.reasons), judgement.reasons
    if "feit" in case:
        assert case["feit"] in {reason.fact for reason in judgement.reasons}


def test_every_route_has_at_least_six_situations(knowledge):
    counted = {route: len(group["situaties"]) for group in GROUPS for route in group["routes"]}
    assert {route for route in knowledge.programmes if counted.get(route, 0) < 6} == set()


def test_every_closed_or_undecided_situation_names_its_condition_or_fact():
    cases = [case for group in GROUPS for case in group["situaties"] if case["verdict"] in ("niet", "nog_te_weten")]
    assert [case["wie"] for case in cases if "reden" not in case and "feit" not in case] == []


def sides(leaf):
    """A value that meets a condition and one that doesn't: at a limit the nearest on either side."""
    if leaf.op in (">=", "<"):
        return {leaf.value}, {leaf.value - 1}
    return set(leaf.value) if isinstance(leaf.value, list) else {leaf.value}, None


def test_situations_stand_on_both_sides_of_every_boundary(knowledge):
    missing = []
    for route, condition in knowledge.conditions.items():
        pasts = [filled(route, case["past"]) for group in GROUPS if route in group["routes"] for case in group["situaties"]]
        for leaf in conditions.leaves(condition):
            if leaf.op == "onbeschreven":
                continue
            told = {past[leaf.fact] for past in pasts if leaf.fact in past} - {"weet_niet"}
            inside, outside = sides(leaf)
            if not told & inside or not (told & outside if outside else told - inside):
                missing.append((route, leaf.fact, leaf.op, leaf.value))
    assert missing == []


def sample_profiles(knowledge, count, seed=7):
    """People as the grid has them: any combination of answers, each fact sometimes unknown."""
    source = random.Random(seed)
    values = {
        fact.id: [True, False]
        if fact.type == "bool"
        else [14, 15, 16, 17, 18, 34, 58]
        if fact.type == "int"
        else [o.value for o in fact.values]
        for fact in knowledge.facts.values()
    }
    return [
        {name: source.choice(options) for name, options in values.items() if source.random() < 0.8}
        for _ in range(count)
    ]


def test_no_person_is_left_without_reasons_or_someone_to_ask(knowledge):
    for profile in sample_profiles(knowledge, 1500):
        for judgement in trajectory.advise(knowledge, profile).judgements:
            if judgement.verdict == "niet":
                assert any(reason.outcome == "no" and reason.fact and reason.sources for reason in judgement.reasons)
            if judgement.verdict == "nog_te_weten" and judgement.programme.status == "lopend":
                assert any(reason.outcome == "unknown" for reason in judgement.reasons)
            assert judgement.reasons and all(reason.text for reason in judgement.reasons)
            assert judgement.programme.vraag_het_aan in knowledge.organisations
            if judgement.verdict == "open":
                assert judgement.programme.volledig and judgement.programme.status == "lopend"


SCHOOL = "secundaire_school"


def test_the_young_read_first_what_a_school_offers_and_last_what_comes_with_age(knowledge):
    for profile in sample_profiles(knowledge, 400, seed=23):
        judged = trajectory.advise(knowledge, profile).judgements
        left = [item for item in judged if item.verdict != "niet"]
        assert judged[: len(left)] == tuple(left)
        later = ["age" in item.fixes for item in left]
        assert later == sorted(later)
        school = [item.programme.vraag_het_aan == SCHOOL for item in left]
        if profile.get("situation") == "leerling" or profile.get("age", 18) < 18:
            assert school == sorted(school, reverse=True)
        else:
            undecided = [at for at, item in zip(school, left) if item.verdict in ("nog_te_weten", "onbekend")]
            assert undecided == sorted(undecided)


def test_the_order_is_explained(knowledge):
    base = {"region": "vlaanderen", "occupation": "zorgkundige"}

    def said(**known):
        advice = trajectory.advise(knowledge, {**base, **known})
        return ranking.explained(advice.judgements, advice.profile)

    pupil, young = said(age=15, situation="leerling"), said(age=17, situation="werkzoekend")
    adult = said(age=34, situation="werkzoekend")
    assert "je zit nog op school" in pupil and "je bent nog geen 18" in young
    assert "eerst wat open is" in adult and "voor jongeren staan lager" in adult


def answer_for(fact, person):
    return person.get(fact.id, "weet_niet")


@pytest.mark.parametrize("people", [300, pytest.param(2000, marks=pytest.mark.long)])
def test_questions_are_few_and_the_maximum_is_kept(knowledge, people):
    counts = []
    for person in sample_profiles(knowledge, people):
        known, asked, most = {}, 0, 99
        while question := next_question.next_question(knowledge, known, asked):
            assert question.step == asked + 1 <= question.at_most <= most
            most = question.at_most
            known[question.fact.id] = answer_for(question.fact, person)
            asked += 1
        counts.append(asked)
    assert max(counts) <= 12
    assert statistics.median(counts) <= 8


def test_who_told_everything_is_asked_nothing(knowledge):
    person = {
        "region": "vlaanderen", "occupation": "zorgkundige", "age": 29, "situation": "werkzoekend", "vdab_enrolled": True,
        "paid_experience": "geen", "informal_experience": "geen", "education": "ok4", "care_qualification": "geen",
    }  # fmt: skip
    assert next_question.next_question(knowledge, person) is None


def test_only_facts_that_can_change_a_verdict_are_asked(knowledge):
    for person in sample_profiles(knowledge, 60, seed=3):
        known = {name: person[name] for name in itertools.islice(person, 3)}
        question = next_question.next_question(knowledge, known)
        if question is None or question.fact.id in next_question.GOAL_FACTS:
            continue
        fact = question.fact
        values = (
            [True, False]
            if fact.type == "bool"
            else [12, 15, 16, 18, 40]
            if fact.type == "int"
            else [o.value for o in fact.values]
        )
        seen = {
            tuple(
                (j.programme.id, j.verdict, tuple(r.text for r in j.reasons))
                for j in trajectory.advise(knowledge, {**known, fact.id: v}).judgements
            )
            for v in values
        }
        assert len(seen) > 1, (known, fact.id)


def test_losing_a_job_or_moving_is_never_advised(knowledge):
    for person in sample_profiles(knowledge, 400, seed=5):
        for judgement in trajectory.advise(knowledge, person).judgements:
            if judgement.verdict == "bijna":
                for reason in judgement.reasons:
                    assert knowledge.facts[reason.fact].verandert in ("vanzelf", "doenbaar")
