"""The calculators at both sides of every boundary, what they never assert, and their commands."""

import dataclasses
import datetime as dt
import itertools
import re
import shutil
import statistics

import pytest
import textstat
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cli_calculators import reken
from knowledge import content as content_module
from knowledge import store
from knowledge.calculators import base, hours, income, premiums, recognition
from knowledge.calculators.employer import Employer, Pupil
from tests.conftest import SEEDS

IN_YEAR, LAST_DAY, AFTER = dt.date(2026, 3, 1), dt.date(2026, 8, 31), dt.date(2026, 9, 1)
QUALIFYING, SUPPORT, GUIDANCE, SUBSIDY, ACTIRIS = range(5)
HOME_CARE = Employer("gezinszorg", public=True, region="vlaanderen", mentor_trained=True)
CRECHE = Employer("kinderopvang", public=False, region="vlaanderen", facility="kinderdagverblijf", mentor_trained=True)
TOWN_CRECHE = dataclasses.replace(CRECHE, public=True)
PUPIL = Pupil(
    10,
    training="onderwijskwalificatie",
    days=(10,) * 10,
    contract="oao_gesubsidieerd",
    evaluation=True,
    hours=100,
)


def pupil(months=10, days=10, **changes):
    return dataclasses.replace(PUPIL, months=months, days=(days,) * months, **changes)


def line(knowledge, which, employer, *pupils, on=IN_YEAR):
    return premiums.calculate(knowledge, employer, pupils or (PUPIL,), on).lines[which]


def euro(figure):
    assert figure is None or figure.eenheid == "euro"
    return figure and figure.waarde


def outcome_and_amount(found):
    return found.outcome, euro(found.amount), euro(found.at_most)


def said(found):
    return " ".join([reason.text for reason in found.reasons] + list(found.notes))


# The premie kwalificerend werkplekleren


@pytest.mark.parametrize(("months", "outcome", "amount"), [(3, "no", 0), (4, "yes", 1000), (12, "yes", 1000)])
def test_qualifying_workplace_asks_four_months(knowledge, months, outcome, amount):
    assert outcome_and_amount(line(knowledge, QUALIFYING, HOME_CARE, pupil(months))) == (outcome, amount, amount)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"region": "brussel"}, "no"),
        ({"region": None}, "unknown"),
        ({"mentor_trained": False}, "no"),
        ({"mentor_trained": None}, "unknown"),
        ({"public": False}, "yes"),
        ({"sector": "kinderopvang"}, "yes"),
    ],
)
def test_qualifying_workplace_asks_the_flemish_region_and_a_trained_mentor(knowledge, change, outcome):
    found = line(knowledge, QUALIFYING, dataclasses.replace(HOME_CARE, **change))
    assert found.outcome == outcome
    assert euro(found.amount) == {"yes": 1000, "no": 0, "unknown": None}[outcome]
    assert euro(found.at_most) == (0 if outcome == "no" else 1000)


@pytest.mark.parametrize("employer", [HOME_CARE, CRECHE])
def test_a_seventh_year_is_unknown_because_the_documents_differ(knowledge, employer):
    found = line(knowledge, QUALIFYING, employer, pupil(training="zevende_jaar"))
    assert outcome_and_amount(found) == ("unknown", None, 1000)
    assert "24 juni 2025" in said(found) and "webinar gezinszorg noemt die voorwaarde niet" in said(found)
    assert {source[:3] for source in found.sources} == {"000", "001"}
    assert "onderzocht" not in said(line(knowledge, QUALIFYING, employer))


def test_a_seventh_year_of_three_months_is_still_no(knowledge):
    assert line(knowledge, QUALIFYING, HOME_CARE, pupil(3, training="zevende_jaar")).outcome == "no"


def test_each_pupil_counts_for_itself(knowledge):
    found = line(knowledge, QUALIFYING, HOME_CARE, pupil(4), pupil(3), pupil(5), pupil(10, training="zevende_jaar"))
    assert outcome_and_amount(found) == ("yes", 2000, 3000)
    assert "2 van de 4 leerlingen" in said(found)
    assert [reason.outcome for reason in found.reasons][:4] == ["yes"] * 4


# The ondersteuningspremie


@pytest.mark.parametrize(
    ("days", "outcome", "amount"),
    [
        ((9, 9, 9, 9), "no", 0),
        ((9, 9, 9, 10), "yes", 250),
        ((10, 11, 31, 9), "yes", 750),
        ((10, 10, 10, 10), "yes", 1000),
    ],
)
def test_support_counts_months_with_ten_days(knowledge, days, outcome, amount):
    found = line(knowledge, SUPPORT, HOME_CARE, dataclasses.replace(PUPIL, months=4, days=days))
    assert outcome_and_amount(found) == (outcome, amount, amount)


@pytest.mark.parametrize(
    ("pupils", "amount", "limited"),
    [
        ([pupil(10)] * 3 + [pupil(9)], 9750, False),
        ([pupil(10)] * 4, 10000, False),
        ([pupil(10)] * 4 + [pupil(1)], 10000, True),
    ],
)
def test_support_has_a_ceiling_in_home_care(knowledge, pupils, amount, limited):
    found = line(knowledge, SUPPORT, HOME_CARE, *pupils)
    assert outcome_and_amount(found) == ("yes", amount, amount)
    assert ("Het maximum is € 10.000" in said(found)) is limited


def test_support_in_child_care_has_neither_ceiling_nor_days_and_says_so(knowledge):
    found = line(knowledge, SUPPORT, TOWN_CRECHE, *[pupil(10, days=9)] * 5)
    assert outcome_and_amount(found) == ("yes", 12500, 12500)
    assert "alleen in het webinar gezinszorg" in said(found)
    assert found.sources[0] == "001:544-546"


@pytest.mark.parametrize("sector", ["gezinszorg", "kinderopvang"])
@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"public": False}, "no"),
        ({"public": None}, "unknown"),
        ({"region": "brussel"}, "unknown"),
        ({"region": None}, "unknown"),
    ],
)
def test_support_is_for_public_services_and_for_brussels_nothing_is_said(knowledge, sector, change, outcome):
    found = line(knowledge, SUPPORT, dataclasses.replace(HOME_CARE, sector=sector, **change))
    assert outcome_and_amount(found) == (outcome, *((0, 0) if outcome == "no" else (None, 2500)))


def test_support_without_days_may_still_come(knowledge):
    assert outcome_and_amount(line(knowledge, SUPPORT, HOME_CARE, dataclasses.replace(PUPIL, days=None))) == (
        "unknown",
        None,
        2500,
    )


# The begeleidingspremie


@pytest.mark.parametrize(
    ("employer", "contract", "outcome"),
    [
        (CRECHE, "oao_gesubsidieerd", "yes"),
        (CRECHE, "deeltijds_gesubsidieerd", "yes"),
        (CRECHE, "ander", "unknown"),
        (CRECHE, None, "unknown"),
        (dataclasses.replace(CRECHE, facility=None), "oao_gesubsidieerd", "unknown"),
        (dataclasses.replace(CRECHE, facility="bko"), "oao_gesubsidieerd", "no"),
        (dataclasses.replace(CRECHE, region="brussel"), "oao_gesubsidieerd", "unknown"),
        (TOWN_CRECHE, "oao_gesubsidieerd", "no"),
        (HOME_CARE, "oao_gesubsidieerd", "no"),
        (dataclasses.replace(HOME_CARE, public=False), "oao_gesubsidieerd", "no"),
    ],
)
def test_guidance_is_for_private_creches_with_these_contracts(knowledge, employer, contract, outcome):
    found = line(knowledge, GUIDANCE, employer, pupil(contract=contract))
    amounts = {"yes": (1000, 1000), "no": (0, 0), "unknown": (None, 1000)}
    assert outcome_and_amount(found) == (outcome, *amounts[outcome])


def test_guidance_is_not_said_to_be_per_pupil(knowledge):
    found = line(knowledge, GUIDANCE, CRECHE, pupil(10), pupil(6))
    assert outcome_and_amount(found) == ("yes", 1000, 1600)
    assert "niet of dat per leerling is" in said(found)
    assert "per leerling" not in said(line(knowledge, GUIDANCE, CRECHE))


# The subsidy per hour and Actiris


@pytest.mark.parametrize(
    ("worked", "low", "high"),
    [
        (0.5, 16.37, 16.37),
        (180, 5893.2, 5893.2),  # 10 months of 18 hours
        (181, 5893.2, 5925.94),
        (216, 5893.2, 7071.84),  # 12 months of 18 hours
        (217, 5893.2, 7071.84),
    ],
)
def test_subsidy_per_hour_has_a_mean_maximum(knowledge, worked, low, high):
    found = line(knowledge, SUBSIDY, HOME_CARE, pupil(hours=worked))
    assert outcome_and_amount(found) == ("yes", low, high)
    assert ("Je zit daar boven" in said(found)) is (worked > 180)


@pytest.mark.parametrize(
    ("employer", "change", "outcome"),
    [
        (HOME_CARE, {}, "yes"),
        (dataclasses.replace(HOME_CARE, public=False), {}, "yes"),
        (dataclasses.replace(HOME_CARE, public=None), {}, "yes"),
        (HOME_CARE, {"evaluation": False}, "no"),
        (HOME_CARE, {"evaluation": None}, "unknown"),
        (HOME_CARE, {"hours": None}, "unknown"),
        (HOME_CARE, {"hours": 0}, "no"),
        (dataclasses.replace(HOME_CARE, region="brussel"), {}, "unknown"),
        (TOWN_CRECHE, {}, "no"),
        (CRECHE, {}, "no"),
    ],
)
def test_subsidy_is_for_home_care_after_a_positive_evaluation(knowledge, employer, change, outcome):
    assert line(knowledge, SUBSIDY, employer, pupil(**change)).outcome == outcome


@pytest.mark.parametrize(("region", "outcome"), [("brussel", "unknown"), ("vlaanderen", "no"), (None, "unknown")])
def test_actiris_has_no_amount(knowledge, region, outcome):
    found = line(knowledge, ACTIRIS, dataclasses.replace(HOME_CARE, region=region))
    assert (found.outcome, found.amount, found.at_most) == (outcome, None, None)
    assert ("Vraag het na bij Actiris." in found.notes) is (outcome == "unknown")


# Totals, dates, wrong input


def test_the_total_adds_what_is_certain_and_what_may_come(knowledge):
    sure = premiums.calculate(knowledge, HOME_CARE, [PUPIL], IN_YEAR)
    assert (sure.amount.waarde, sure.at_most.waarde) == (1000 + 2500 + 3274, 1000 + 2500 + 3274)
    open_ = premiums.calculate(knowledge, CRECHE, [pupil(training="zevende_jaar")], IN_YEAR)
    assert (open_.amount.waarde, open_.at_most.waarde) == (1000, 2000)
    assert any("mag combineren" in note for note in sure.notes)
    brussels = premiums.calculate(knowledge, dataclasses.replace(CRECHE, region="brussel"), [PUPIL], IN_YEAR)
    assert any("Actiris" in note and "niet in het totaal" in note for note in brussels.notes)


def test_amounts_of_a_past_school_year_say_so_in_lines_and_total(knowledge):
    now, later = (premiums.calculate(knowledge, HOME_CARE, [PUPIL], on) for on in (LAST_DAY, AFTER))
    assert not any("gold" in note for found in now.lines for note in found.notes)
    assert not any("golden" in note for note in now.notes)
    for found in later.lines:
        told = "Dit bedrag gold in 2025-2026, vraag het huidige bedrag na bij" in said(found)
        assert told is (found.outcome != "no"), found.id
    assert any("golden in 2025-2026" in note and "Diverscity" in note for note in later.notes)
    assert [found.outcome for found in now.lines] == [found.outcome for found in later.lines]
    assert now.amount == later.amount


@pytest.mark.parametrize(
    "wrong",
    [
        {"months": 0, "days": None},
        {"months": 13, "days": None},
        {"months": 2, "days": (10,)},
        {"months": 1, "days": (32,)},
        {"months": 1, "days": (-1,)},
        {"hours": -1},
        {"hours": float("nan")},
    ],
)
def test_numbers_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="Reken per schooljaar|Geef voor elk|Een maand telt|uren"):
        dataclasses.replace(PUPIL, **wrong)


def test_no_pupils_is_refused(knowledge):
    with pytest.raises(ValueError, match="minstens één leerling"):
        premiums.calculate(knowledge, HOME_CARE, [])


EMPLOYERS = st.builds(
    Employer,
    sector=st.sampled_from(["gezinszorg", "kinderopvang"]),
    public=st.sampled_from([None, True, False]),
    region=st.sampled_from([None, "vlaanderen", "brussel"]),
    facility=st.sampled_from([None, "kinderdagverblijf", "bko"]),
    mentor_trained=st.sampled_from([None, True, False]),
)
PUPILS = st.integers(1, 12).flatmap(
    lambda months: st.builds(
        Pupil,
        months=st.just(months),
        training=st.sampled_from([None, "onderwijskwalificatie", "zevende_jaar"]),
        days=st.none() | st.tuples(*[st.integers(0, 31)] * months),
        contract=st.sampled_from([None, "oao_gesubsidieerd", "deeltijds_gesubsidieerd", "ander"]),
        evaluation=st.sampled_from([None, True, False]),
        hours=st.none() | st.integers(0, 400),
    )
)
FORGETTABLE = [
    ("public", "region", "facility", "mentor_trained"),
    ("training", "days", "contract", "evaluation", "hours"),
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(employer=EMPLOYERS, pupils=st.lists(PUPILS, min_size=1, max_size=4), data=st.data())
def test_knowing_more_never_turns_yes_into_no_and_order_never_matters(knowledge, employer, pupils, data):
    calculated = premiums.calculate(knowledge, employer, pupils, IN_YEAR)
    turned = premiums.calculate(knowledge, employer, data.draw(st.permutations(pupils)), IN_YEAR)
    assert [outcome_and_amount(found) for found in calculated.lines] == [
        outcome_and_amount(found) for found in turned.lines
    ]
    forgotten = data.draw(st.sets(st.sampled_from(FORGETTABLE[0] + FORGETTABLE[1])))
    less_employer = dataclasses.replace(employer, **{name: None for name in forgotten if name in FORGETTABLE[0]})
    less_pupils = [
        dataclasses.replace(one, **{name: None for name in forgotten if name in FORGETTABLE[1]}) for one in pupils
    ]
    less = premiums.calculate(knowledge, less_employer, less_pupils, IN_YEAR)
    for before, after in zip(less.lines, calculated.lines):
        assert before.outcome == "unknown" or before.outcome == after.outcome
        if before.at_most and after.at_most:
            assert (
                (euro(before.amount) or 0) <= (euro(after.amount) or 0) <= euro(after.at_most) <= euro(before.at_most)
            )


# Income


@pytest.mark.parametrize(("months", "amount"), [(1, 636.6), (2, 1273.2), (15, 9549)])
def test_odos_is_per_month(knowledge, months, amount):
    found = income.income(knowledge, "ODOS", months=months, on=IN_YEAR)
    assert outcome_and_amount(found) == ("yes", amount, amount)


@pytest.mark.parametrize(("worked", "amount"), [(0, 0), (1, 4.44), (120.5, 535.02), (None, None)])
def test_odo_is_per_worked_hour(knowledge, worked, amount):
    found = income.income(knowledge, "ODO", hours=worked, on=IN_YEAR)
    assert outcome_and_amount(found) == ("yes", amount, amount)
    assert ("Geef je gewerkte uren op" in said(found)) is (worked is None)


def test_oao_is_a_range_without_a_period_and_never_multiplied(knowledge):
    for months in (1, 10):
        found = income.income(knowledge, "OAO", months=months, on=IN_YEAR)
        assert (found.amount.van, found.amount.tot, found.amount.waarde) == (612.5, 728.7, None)
        assert "niet per welke periode" in said(found)


@pytest.mark.parametrize("contract", ["ODO(W)", "deeltijds"])
def test_a_wage_has_no_known_amount(knowledge, contract):
    found = income.income(knowledge, contract, months=3, hours=100, on=AFTER)
    assert (found.outcome, found.amount, found.at_most) == ("no", None, None)
    assert "loon, geen leervergoeding" in said(found) and "gold in" not in said(found)


@pytest.mark.parametrize("contract", ["OAO", "ODOS", "ODO"])
def test_an_old_leervergoeding_says_so(knowledge, contract):
    assert "gold in" not in said(income.income(knowledge, contract, on=LAST_DAY))
    assert "gold in 2025-2026, vraag het huidige bedrag na bij" in said(income.income(knowledge, contract, on=AFTER))
    assert ("afstand" in said(income.income(knowledge, contract))) is (contract != "OAO")


@pytest.mark.parametrize("wrong", [{"months": 0}, {"hours": -0.5}, {"hours": float("inf")}])
def test_impossible_months_and_hours_are_refused(knowledge, wrong):
    with pytest.raises(ValueError, match="minstens 1 maand|uren"):
        income.income(knowledge, "ODO", **wrong)


# Lessons


@pytest.mark.parametrize(
    ("training", "other_done", "exempted", "remaining", "unit"),
    [
        ("kinderbegeleider_baby", False, 0, 720, "lestijden"),
        ("kinderbegeleider_school", False, 0, 680, "lestijden"),
        ("kinderbegeleider_baby", True, 0, 370, "lestijden"),
        ("kinderbegeleider_school", True, 0, 330, "lestijden"),
        ("kinderbegeleider_school", True, 329, 1, "lestijden"),
        ("kinderbegeleider_school", True, 330, 0, "lestijden"),
        ("kinderbegeleider_school", True, 331, 0, "lestijden"),
        ("zorgkundige", False, 0, 1480, "lestijden"),
        ("zorgkundige", False, 80.5, 1399.5, "lestijden"),
        ("opleidingscentrum", False, 20, 1300, "uur"),
    ],
)
def test_remaining_lessons(knowledge, training, other_done, exempted, remaining, unit):
    found = hours.remaining_lessons(knowledge, training, other_done=other_done, exempted=exempted)
    assert (found.remaining.waarde, found.remaining.eenheid) == (remaining, unit)
    assert found.certain is not other_done
    assert any("alleen uit de volgorde" in note for note in found.notes) is other_done
    assert any("spreek je af met" in reason.text for reason in found.reasons) is (exempted > 0)
    assert any("minimum" in note for note in found.notes) is (training == "opleidingscentrum")


def test_lessons_refuse_what_the_documents_do_not_have(knowledge):
    for training in ("zorgkundige", "opleidingscentrum"):
        with pytest.raises(ValueError, match="ingekort traject"):
            hours.remaining_lessons(knowledge, training, other_done=True)
    with pytest.raises(ValueError, match="vrijstelling"):
        hours.remaining_lessons(knowledge, "zorgkundige", exempted=-1)


# Stage


@pytest.mark.parametrize(
    ("done", "outcome", "missing", "core", "contexts", "not_counted"),
    [
        ((0, 0, 0, 0), "no", 300, 200, 2, 0),
        ((199, 0, 1, 100), "yes", 0, 0, 0, 0),
        ((198, 0, 1, 100), "no", 1, 1, 0, 0),
        ((198, 0, 1, 101), "no", 1, 1, 0, 1),
        ((100, 0, 100, 99), "no", 1, 0, 0, 0),
        ((100, 0, 100, 100), "yes", 0, 0, 0, 0),
        ((100, 0, 100, 101), "yes", 0, 0, 0, 1),
        ((300, 0, 0, 0), "no", 0, 0, 1, 0),
        ((299, 1, 0, 0), "yes", 0, 0, 0, 0),
        ((298.5, 1, 0, 0), "no", 0.5, 0, 0, 0),
        ((100, 100, 100, 0), "yes", 0, 0, 0, 0),
        ((0, 0, 0, 300), "no", 200, 200, 2, 200),
    ],
)
def test_stage_of_300_hours_of_which_200_in_two_of_three_contexts(
    knowledge, done, outcome, missing, core, contexts, not_counted
):
    found = hours.missing_stage(knowledge, hours.StageHours(*done))
    assert (found.outcome, found.missing.waarde, found.missing_core.waarde) == (outcome, missing, core)
    assert (found.missing_contexts, found.not_counted.waarde) == (contexts, not_counted)
    assert found.missing.eenheid == "uur"


def test_the_three_contexts_count_alike(knowledge):
    for done in itertools.permutations((150, 150, 0)):
        assert hours.missing_stage(knowledge, hours.StageHours(*done)).outcome == "yes"


@pytest.mark.parametrize(
    ("done", "outcome"), [((1, 0, 299), "yes"), ((0, 150, 150), "unknown"), ((0, 0, 300), "no"), ((0, 200, 0), "no")]
)
def test_the_seventh_year_also_asks_a_residential_context(knowledge, done, outcome):
    found = hours.missing_stage(knowledge, hours.StageHours(*done), seventh_year=True)
    assert found.outcome == outcome
    assert any("residentiële context verplicht" in reason.text for reason in found.reasons)


def test_stage_hours_below_zero_are_refused():
    with pytest.raises(ValueError, match="uren"):
        hours.StageHours(home_care=-1)


# Recognition


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(recognition.Workplace)])
@pytest.mark.parametrize(("value", "outcome"), [(True, "yes"), (False, "no"), (None, "unknown")])
def test_a_workplace_meets_all_four_conditions(knowledge, name, value, outcome):
    place = dataclasses.replace(recognition.Workplace(True, True, True, True), **{name: value})
    found = recognition.workplace(knowledge, place)
    assert found.outcome == outcome
    assert {reason.fact for reason in found.reasons} == ({name} if outcome != "yes" else set(vars(place)))


FIT = recognition.Mentor(age=25, experience=5, attest=True, trained=True)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, "yes"),
        ({"age": 24}, "no"),
        ({"age": None}, "unknown"),
        ({"experience": 4.9}, "no"),
        ({"experience": None}, "unknown"),
        ({"attest": False}, "no"),
        ({"attest": None}, "unknown"),
        ({"trained": False, "willing": True}, "yes"),
        ({"trained": False, "willing": False}, "no"),
        ({"trained": False}, "unknown"),
        ({"trained": None, "willing": True}, "yes"),
        ({"learners": 0}, "yes"),
        ({"learners": 2}, "yes"),
        ({"learners": 2, "employer": "social_profit"}, "yes"),
        ({"learners": 3, "employer": "social_profit"}, "no"),
        ({"learners": 3, "employer": "lokaal_bestuur"}, "yes"),
        ({"learners": 3}, "unknown"),
        ({"learners": 4, "employer": "lokaal_bestuur"}, "no"),
        ({"learners": 4}, "no"),
    ],
)
def test_mentor(knowledge, change, outcome):
    found = recognition.mentor(knowledge, dataclasses.replace(FIT, **change))
    assert found.outcome == outcome, found.reasons
    assert found.reasons and found.sources


def test_a_mentor_below_zero_is_refused(knowledge):
    with pytest.raises(ValueError, match="kleiner"):
        recognition.mentor(knowledge, dataclasses.replace(FIT, age=-1))


# Figures, sources and sentences


def test_figures_come_from_the_cards(tmp_path):
    folder = shutil.copytree(content_module.CONTENT_DIR, tmp_path / "content")
    path = folder / "onderwerpen/vraag_premie/premie_kwalificerend_werkplekleren.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("waarde: 1000", "waarde: 1234").replace("waarde: 4,", "waarde: 6,"), encoding="utf-8")
    changed = store.from_content(content_module.load(folder))
    assert outcome_and_amount(line(changed, QUALIFYING, HOME_CARE, pupil(6)))[:2] == ("yes", 1234)
    found = line(changed, QUALIFYING, HOME_CARE, pupil(5))
    assert found.outcome == "no" and "minstens 6 maanden" in said(found)


def test_a_missing_card_or_figure_is_named(knowledge):
    without = dataclasses.replace(
        knowledge, topics={name: topic for name, topic in knowledge.topics.items() if name != "subsidie_vesta"}
    )
    with pytest.raises(base.FigureMissing, match="subsidie_vesta"):
        premiums.calculate(without, HOME_CARE, [PUPIL])
    with pytest.raises(base.FigureMissing, match='"nergens"'):
        base.figure(knowledge, "premie_250_lokale_besturen.nergens")
    with pytest.raises(base.FigureMissing, match="één getal"):
        base.value(base.figure(knowledge, "subsidie_vesta.datum"))
    with pytest.raises(base.FigureMissing, match="organisatie"):
        base.organisation(knowledge, "nergens")


def everything_said(knowledge):
    """Every line and note that the calculators can give, from all employers and kinds of pupils."""
    pupils = [
        pupil(),
        pupil(3, training="zevende_jaar", contract="ander", hours=300),
        Pupil(4),
        pupil(5, days=3, evaluation=False),
    ]
    employers = itertools.product(
        ["gezinszorg", "kinderopvang"],
        [None, True, False],
        [None, "vlaanderen", "brussel"],
        [None, "bko"],
        [None, False],
    )
    for place in [HOME_CARE, CRECHE, TOWN_CRECHE, *(Employer(*values) for values in employers)]:
        for several in [[one] for one in pupils] + [pupils, pupils * 8]:
            calculation = premiums.calculate(knowledge, place, several, AFTER)
            yield from calculation.lines
            yield base.Line("totaal", "Totaal", "yes", (), notes=calculation.notes)
    for contract in income.NAMES:
        yield income.income(knowledge, contract, on=AFTER)
    for training in hours.FULL:
        lessons = hours.remaining_lessons(knowledge, training, other_done=training in hours.SHORTENED, exempted=10)
        yield base.Line(training, training, "yes", lessons.reasons, notes=lessons.notes)
    for done in itertools.product([0, 200], repeat=4):
        stage = hours.missing_stage(knowledge, hours.StageHours(*done), seventh_year=True)
        yield base.Line("stage", "Stage", stage.outcome, stage.reasons, notes=stage.notes)
    for answer in (None, True, False):
        yield recognition.workplace(knowledge, recognition.Workplace(answer, answer, answer, answer))
        for learners in range(5):
            yield recognition.mentor(knowledge, recognition.Mentor(26, 6, answer, answer, answer, learners))


def test_every_line_has_reasons_sources_and_short_dutch_sentences(knowledge):
    sentences, texts = set(), set()
    for found in everything_said(knowledge):
        assert found.id == "totaal" or (found.reasons and found.sources), found
        text = said(found)
        assert not re.search(r"[{}]|True|False|None", text), text
        texts.add(text)
        sentences.update(re.split(r"(?<=[.?!]) ", text))
    too_long = [sentence for sentence in sentences if len(sentence.split()) > 22]
    assert not too_long
    assert statistics.mean(len(sentence.split()) for sentence in sentences) <= 15
    textstat.set_lang("nl")
    assert statistics.mean(textstat.flesch_reading_ease(text) for text in texts) >= 70


@pytest.mark.skipif(not SEEDS.exists(), reason="the documents lie beside the clone only for developers and CI")
def test_cited_lines_exist(knowledge):
    lengths = {path.name[:3]: len(path.read_text(encoding="utf-8").splitlines()) for path in SEEDS.glob("*.txt")}
    for source in {source for found in everything_said(knowledge) for source in found.sources}:
        document, _, lines = source.partition(":")
        assert int(lines.split("-")[-1]) <= lengths[document], source


# The commands


def run(words):
    return CliRunner().invoke(reken, words.split())


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            "premies --sector gezinszorg --bestuur publiek --regio vlaanderen --mentoropleiding ja --leerlingen 5 --maanden 10 "
            "--opleiding onderwijskwalificatie --dagen 10 --evaluatie ja --uren 10 --datum 2026-09-01",
            ["€ 5000", "€ 10.000", "€ 1637", "Totaal: € 16.637", "gold in 2025-2026", "000:514"],
        ),
        ("premies --sector gezinszorg --bestuur publiek --regio vlaanderen --maanden 3 --dagen 9,10,11", ["€ 500"]),
        ("premies --sector kinderopvang --maanden 4", ["? onbekend", "Dat weten we nog niet", "hoogstens"]),
        ("inkomen --contract odos --maanden 2 --datum 2026-08-31", ["€ 1273,20"]),
        ("inkomen --contract ODO(W)", ["✗ nee", "loon"]),
        ("lestijden --opleiding kinderbegeleider_baby --andere-gevolgd", ["370 lestijden (niet zeker)", "volgorde"]),
        ("stage --ouderenzorg 150 --thuiszorg 40 --andere 130", ["Nog nodig: 10 uur", "Telt niet mee: 30 uur"]),
        ("erkenning --leeftijd 24 --mentor-aangeduid nee", ["✗ nee  De mentor", "✗ nee  De werkplek", "25 jaar"]),
    ],
)
@pytest.mark.usefixtures("database_url")
def test_the_commands_show_the_calculation(words, shown):
    result = run(words)
    assert result.exit_code == 0, result.output
    for text in shown:
        assert text in result.output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("premies --sector gezinszorg --maanden 13", "1 tot 12 maanden"),
        ("premies --sector gezinszorg --maanden 3 --dagen 9,10", "elk van de 3 maanden"),
        ("premies --sector gezinszorg --maanden 3 --dagen tien", "Schrijf de dagen"),
        ("lestijden --opleiding zorgkundige --andere-gevolgd", "ingekort traject"),
        ("stage --thuiszorg -3", "uren"),
    ],
)
@pytest.mark.usefixtures("database_url")
def test_a_wrong_number_ends_with_one_clear_sentence(words, why):
    result = run(words)
    assert result.exit_code == 1
    assert why in result.output and "Traceback" not in result.output
