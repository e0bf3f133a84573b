"""What 30,000 invented people get on every route, beside the summary that was reviewed; and what no person may ever get."""

import datetime as dt

import pytest

from knowledge import conditions, grid, trajectory
from knowledge.schema_parts import Source

SMALL, LARGE = grid.SIZES
# What was ending, a trial or only planned: lines of the documents.
NOT_A_RIGHT = [Source.parse(text) for text in ("001:601-602", "001:928", "003:1-602", "004:1-480")]


@pytest.fixture(scope="module")
def kept():
    return grid.read()


def compared(knowledge, kept, size):
    on, tables = kept
    return grid.differences(tables[size], grid.table(knowledge, size, on))


def test_what_people_get_is_as_reviewed(knowledge, kept):
    found = compared(knowledge, kept, SMALL)
    assert not found, "klopt dit? bewaar het dan met: wegwijs knowledge grid --write"


@pytest.mark.long
def test_what_30000_people_get_is_as_reviewed(knowledge, kept):
    assert not compared(knowledge, kept, LARGE)


def test_the_summary_covers_every_route_and_everyone(knowledge, kept):
    for size, routes in kept[1].items():
        assert set(routes) == set(knowledge.programmes)
        assert {sum(counts.values()) for counts in routes.values()} == {size}


def test_a_table_is_what_each_person_gets_one_by_one(knowledge, kept):
    on, size = kept[0], 60
    people = [trajectory.complete(knowledge, profile) for profile in grid.profiles(knowledge, size)]
    for name, counts in grid.table(knowledge, size, on).items():
        one_by_one = [grid.verdict(knowledge, name, person, on) for person in people]
        assert counts == {verdict: one_by_one.count(verdict) for verdict in dict.fromkeys(one_by_one)}


def test_the_people_stay_the_same_when_a_fact_is_added(knowledge):
    fewer = {**knowledge.__dict__, "facts": {n: fact for n, fact in knowledge.facts.items() if n != "education"}}
    with_all = list(grid.profiles(knowledge, 50))
    without = list(grid.profiles(type(knowledge)(**fewer), 50))
    assert [{n: value for n, value in person.items() if n != "education"} for person in with_all] == without
    assert len({str(person) for person in with_all}) == 50


def test_every_fact_and_answer_occurs(knowledge):
    people = list(grid.profiles(knowledge, SMALL))
    for fact in knowledge.facts.values():
        said = {person.get(fact.id) for person in people}
        assert None in said
        assert conditions.DONT_KNOW in said
        assert {option.value for option in fact.values} <= said


def test_a_changed_rule_is_told_in_plain_words(kept):
    before = kept[1][SMALL]
    after = {name: dict(counts) for name, counts in before.items() if name != "verzorgende_evk"}
    people = before["zorgkundige_cvo"]["open"]
    after["zorgkundige_cvo"] |= {"open": people - 3, "niet": before["zorgkundige_cvo"].get("niet", 0) + 3}
    gone, changed = grid.differences(before, after)
    assert gone == "verzorgende_evk: weg"
    assert changed.startswith(f"zorgkundige_cvo: open van {people} naar {people - 3}, niet van ")


def cites(programme, passages):
    return any(
        own.document == other.document and own.lines[0] <= other.lines[1] and other.lines[0] <= own.lines[1]
        for own in programme.sources
        for other in passages
    )


def test_what_was_a_trial_ending_or_a_plan_is_never_open(knowledge, kept):
    at_risk = {p.id for p in knowledge.programmes.values() if p.status != "lopend" or cites(p, NOT_A_RIGHT)}
    assert sum(name.startswith("nl_") for name in at_risk) == 9
    for size, routes in kept[1].items():
        promised = {name: counts for name, counts in routes.items() if {"open", "bijna"} & set(counts)}
        assert not at_risk & set(promised), size


def test_years_later_nothing_is_closed_by_its_date(knowledge, kept):
    on, tables = kept
    for name, counts in grid.table(knowledge, SMALL, on + dt.timedelta(days=5 * 365)).items():
        assert counts.get("niet", 0) <= tables[SMALL][name].get("niet", 0), name
