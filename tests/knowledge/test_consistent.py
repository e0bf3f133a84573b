"""Card, text, plan, printed page and summary say the same of the same person, for 300 of the grid; and nobody goes without."""

import datetime as dt
import html
import re

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import advice as advice_action
from bot.plan_pages.views import View
from bot.plan_store import KeptPlan
from knowledge import facts, grid, trajectory
from knowledge.planning import build, instead, sheets, words
from knowledge.verdicts import VERDICT_LABELS

PEOPLE = 300
TODAY = dt.date.today()  # the chat and the printed page both are of today
EVERYONE = grid.SIZES[1]


def said(knowledge, profile):
    """The advice as the chat gives it: text and data."""
    dispatcher = CollectingDispatcher()
    advice_action.say_advice(dispatcher, knowledge, trajectory.advise(knowledge, profile))
    message = dispatcher.messages[0]
    return message["text"], message["custom"]["data"]


def printed(knowledge, profile, part="plan"):
    """A page of the plan as a person reads it, in plain words."""
    route = build.best(knowledge, profile)
    kept = KeptPlan(route.id if route else "", profile, dt.datetime.now().timestamp() + 1000)
    page = View(kept, "code", None, "", TODAY).page(part)
    assert page is not None
    return flat(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())))


def flat(text):
    return re.sub(r"\s+([,.;:?])", r"\1", " ".join(text.split()))


@pytest.fixture(scope="module")
def people(knowledge):
    found = list(grid.profiles(knowledge, PEOPLE))
    assert len({tuple(sorted(map(str, person.items()))) for person in found}) == PEOPLE
    return found


def test_the_card_is_what_was_judged(knowledge, people):
    for person in people:
        judged = trajectory.advise(knowledge, person).judgements
        _, data = said(knowledge, person)
        card = [(item["id"], item["verdict"], [why["text"] for why in item["reasons"]]) for item in data.get("routes", [])]
        assert card == [(one.programme.id, one.verdict, [why.text for why in one.reasons]) for one in judged]


def test_the_text_says_of_the_best_what_the_card_says(knowledge, people):
    for person in people:
        text, data = said(knowledge, person)
        best = data.get("routes", [])[: advice_action.SHOWN]
        told = re.findall(r"^\d+\. (.+) — (.+)$", text, re.MULTILINE)
        assert told == [(item["name"], VERDICT_LABELS[item["verdict"]]) for item in best]
        for item in best:
            assert all(why["text"] in text for why in item["reasons"][:2])


def test_plan_and_paper_have_the_verdict_and_reasons_of_the_card(knowledge, people):
    for person in people:
        _, data = said(knowledge, person)
        paper, plan = printed(knowledge, person), build.plan(knowledge, build.best(knowledge, person), person)
        if not data.get("routes"):
            assert plan.lead in paper and data["type"] == "unknown"
            assert all(step.text in paper for step in plan.steps)
            continue
        first, *others = data["routes"]
        assert f"Je plan: {first['name']} {VERDICT_LABELS[first['verdict']]}" in paper
        assert words.as_data(knowledge, plan)["verdict"] == first["verdict"]
        assert [why["text"] for why in first["reasons"] if flat(why["text"]) not in paper] == []
        left = [(item["name"], item["verdict"]) for item in others if item["verdict"] != "niet"]
        assert len(plan.other) == min(len(left), build.OTHERS_SHOWN) and set(plan.other) <= set(left)
        for name, verdict in plan.other:
            assert f"{name}: {VERDICT_LABELS[verdict].lower()}" in paper


def test_the_counsellor_reads_the_same_verdict_and_reasons(knowledge, people):
    for person in people:
        _, data = said(knowledge, person)
        route = build.best(knowledge, person)
        short = sheets.summary(knowledge, build.plan(knowledge, route, person), person, VERDICT_LABELS)
        sheet = printed(knowledge, person, "samenvatting")
        private = {name: value for name, value in person.items() if knowledge.facts[name].gevoelig}
        assert not [clause for clause in facts.summary(knowledge, private) if clause in sheet]
        if data.get("routes"):
            first = data["routes"][0]
            assert (short.route, short.verdict) == (first["name"], VERDICT_LABELS[first["verdict"]])
            assert list(short.reasons) == [why["text"] for why in first["reasons"][:2]]
            assert f"{short.route}: {short.verdict.lower()}" in sheet


def test_of_30000_people_each_has_a_way_or_is_told_what_to_do_and_whom_to_call(knowledge):
    closed = grid.without_open_way(knowledge, EVERYONE, TODAY)
    assert 0 < len(closed) < EVERYONE / 3
    for person in closed:
        steps = instead.instead(knowledge, person, TODAY)
        assert steps and steps[0].contact and (steps[0].contact.website or steps[0].contact.role)
    for person in closed[:: len(closed) // 20]:
        text = words.as_text(knowledge, build.plan(knowledge, None, person, None, TODAY))
        assert "Dit kun je wel doen" in text and "Bel of schrijf eerst: " in text
