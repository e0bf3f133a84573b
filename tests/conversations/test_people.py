"""Whole conversations of simulated people, in seven characters, through the real bot: each ends in the verdicts due to them."""

import hashlib
from pathlib import Path

import pytest
import yaml

from knowledge import next_question, trajectory

FOLDER = Path(__file__).parent / "people"
MOST_TURNS = 40
PEOPLE = [
    {**person, "karakter": path.stem}
    for path in sorted(FOLDER.glob("*.yml"))
    for person in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def always(person) -> bool:
    """A third of them, of every character, with each `make test`; all of them with `make test-long`."""
    return int(hashlib.md5(person["wie"].encode()).hexdigest(), 16) % 3 == 0


CASES = [
    pytest.param(
        person, id=f"{person['karakter']}: {person['wie']}", marks=[] if always(person) else [pytest.mark.long]
    )
    for person in PEOPLE
]


def test_there_are_sixty_of_seven_characters():
    assert len(PEOPLE) >= 60
    assert len({person["karakter"] for person in PEOPLE}) == 7
    occupations = {person["profiel"].get("occupation") for person in PEOPLE}
    assert occupations >= {
        "zorgkundige", "verzorgende", "huishoudhulp_zorg", "logistiek_assistent_zorg", "kinderbegeleider_baby",
        "kinderbegeleider_school", "zorg_nederland",
    }  # fmt: skip


def live(talk, person) -> int:
    """The person talks until the advice; gives the highest number of a question."""
    talk.user(person["begint"])
    if "tweede" in person:
        talk.user(person["tweede"])
    if talk.asked is None and talk.data.get("type") != "trajectory":
        talk.user("welke opleiding past bij mij?")
    todo = {fact: list(said) for fact, said in person.get("onderweg", {}).items()}
    most = 0
    answers = {fact: said if isinstance(said, list) else [said] for fact, said in person["antwoorden"].items()}
    fact = None
    for _ in range(MOST_TURNS):
        if talk.asked is None and todo.get(fact):  # stopped; comes back
            talk.user(todo[fact].pop(0))
        fact = talk.asked
        if fact is None:
            return most
        most = max(most, talk.data["step"])
        assert talk.data["step"] <= talk.data["at_most"]
        if todo.get(fact):
            talk.user(todo[fact].pop(0))
        else:
            said = answers.get(fact, [person.get("anders", "weet ik niet")])
            talk.user(str(said.pop(0) if len(said) > 1 else said[0]))
    raise AssertionError("the intake does not end")


@pytest.mark.parametrize("person", CASES)
def test_person(talk, knowledge, person):
    questions = live(talk, person)
    for said in person.get("achteraf", []):
        talk.user(said)
    if person.get("achteraf"):
        talk.user("toon alle routes")
    talk.kind("trajectory")
    assert questions <= next_question.MAX_QUESTIONS
    tracker = talk.loop.run_until_complete(talk.bot.store.retrieve(talk.sender))
    kept = {name: tracker.get_slot(name) for name in person["profiel"]}
    wrong = {name: (kept[name], due) for name, due in person["profiel"].items() if kept[name] not in (None, due)}
    assert not wrong  # what never was asked, since it changes nothing, may be unknown
    due = {item.programme.id: item.verdict for item in trajectory.advise(knowledge, person["profiel"]).judgements}
    assert talk.verdicts() == due
