"""The three-valued conditions: outcomes, missing facts, and what must hold for every tree and profile."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import conditions
from knowledge.conditions import DONT_KNOW, NOT_APPLICABLE, evaluate, parse


def leaf(fact, op, value):
    return {"fact": fact, "op": op, "value": value, "reden": f"{fact} {op} {value}", "bron": "000:1"}


ADULT = leaf("age", ">=", 18)
JOBLESS = leaf("situation", "=", "werkzoekend")


@pytest.mark.parametrize(
    ("tree", "profile", "outcome", "missing"),
    [
        (ADULT, {"age": 18}, "yes", set()),
        (ADULT, {"age": 17}, "no", set()),
        (ADULT, {}, "unknown", {"age"}),
        (ADULT, {"age": DONT_KNOW}, "unknown", set()),
        (JOBLESS, {"situation": NOT_APPLICABLE}, "no", set()),
        ({"all": [ADULT, JOBLESS]}, {"age": 17}, "no", set()),
        ({"all": [ADULT, JOBLESS]}, {"age": 18}, "unknown", {"situation"}),
        ({"any": [ADULT, JOBLESS]}, {"age": 18}, "yes", set()),
        ({"any": [ADULT, JOBLESS]}, {"age": 17}, "unknown", {"situation"}),
        ({"not": ADULT}, {"age": 17}, "yes", set()),
        ({"not": ADULT}, {}, "unknown", {"age"}),
        ({}, {}, "yes", set()),
    ],
)
def test_outcome_and_missing_facts(tree, profile, outcome, missing):
    result = evaluate(parse(tree), profile)
    assert (result.outcome, set(result.missing)) == (outcome, missing)


def test_a_rule_that_the_documents_leave_open_is_never_settled():
    open_rule = parse({**leaf("age", "=", 1), "op": "onbeschreven"})
    assert evaluate(open_rule, {"age": 40}).outcome == "unknown"
    assert not evaluate(open_rule, {"age": 40}).missing


def test_an_expired_rule_never_says_no():
    expired = parse({**ADULT, "valid_to": dt.date(2025, 6, 30)})
    before, after = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
    assert evaluate(expired, {"age": 17}, before).outcome == "no"
    assert evaluate(expired, {"age": 17}, after).outcome == "unknown"


@pytest.mark.parametrize(
    ("tree", "part"),
    [
        ({"all": []}, "minstens één"),
        ({"all": [ADULT], "any": [ADULT]}, "naast"),
        ({"fact": "age", "op": "groter", "value": 3}, "op"),
    ],
)
def test_a_wrong_condition_is_refused_with_its_place(tree, part):
    with pytest.raises(conditions.ConditionError, match=part):
        parse(tree)


FACTS = ("a", "b", "c", "d")
leaves = st.builds(
    lambda fact, op, value: leaf(fact, op, value),
    st.sampled_from(FACTS),
    st.sampled_from([">=", "<", "="]),
    st.integers(0, 3),
)
trees = st.recursive(
    leaves,
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        part.map(lambda one: {"not": one}),
    ),
    max_leaves=8,
)
profiles = st.dictionaries(st.sampled_from(FACTS), st.integers(0, 3))


@given(trees, profiles, st.sampled_from(FACTS), st.integers(0, 3))
def test_one_fact_more_never_turns_yes_into_no_or_no_into_yes(tree, profile, name, value):
    before = evaluate(parse(tree), profile).outcome
    after = evaluate(parse(tree), {name: value, **profile}).outcome
    assert before == "unknown" or after == before


@given(trees, profiles)
def test_order_never_matters(tree, profile):
    def mirrored(node):
        for kind in ("all", "any"):
            if kind in node:
                return {kind: [mirrored(part) for part in reversed(node[kind])]}
        return {"not": mirrored(node["not"])} if "not" in node else node

    first, second = evaluate(parse(tree), profile), evaluate(parse(mirrored(tree)), profile)
    assert (first.outcome, first.missing) == (second.outcome, second.missing)


@given(trees, profiles)
def test_a_missing_fact_can_still_matter(tree, profile):
    result = evaluate(parse(tree), profile)
    assert (result.outcome == "unknown") == bool(result.missing)
    assert not result.missing & set(profile)
