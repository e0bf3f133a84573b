"""`wegwijs advise`: verdicts, open questions and a plan for a written profile; a bad one gets clear Dutch."""

import json

import pytest
from click.testing import CliRunner

from bot.cli_advise import advise
from tests.conftest import ROOT

PERSONS = ROOT / "tests/knowledge/personen"


@pytest.fixture
def run(knowledge, tmp_path):
    def command(profile, *options):
        path = tmp_path / "p.yml"
        path.write_text(profile, encoding="utf-8")
        return CliRunner().invoke(advise, ["--profile", str(path), *options])

    return command


def test_it_says_the_verdicts_with_reasons_and_the_plan(knowledge):
    done = CliRunner().invoke(advise, ["--profile", str(PERSONS / "achtenvijftig.yml"), "--as-of", "2026-11-22"])
    assert done.exit_code == 0
    said = ("Logistiek assistent in de zorg in het CVO: open", "vanaf 16 jaar. [000:682]", "De volgorde:", "1. Zoek een CVO")
    assert [part for part in said if part not in done.output] == []


def test_as_json_it_is_for_programs(run):
    options = ("--json", "--as-of", "2026-11-22", "--start", "2027-09-01")
    done = run("region: vlaanderen\noccupation: zorgkundige\nage: 34\n", *options)
    data = json.loads(done.output)
    assert data["routes"][0]["verdict"] == "open" and data["routes"][0]["reasons"][0]["sources"][0]["document"] == "000"
    assert data["questions"][0] == "situation" and data["plan"]["start"] == "2027-09-01"
    assert data["plan"]["route"] == data["routes"][0]["id"]


def test_who_told_nothing_is_asked_for_the_goal_first(run):
    done = run("", "--json")
    assert json.loads(done.output)["questions"][0] == "occupation"


@pytest.mark.parametrize(
    ("profile", "options", "said"),
    [
        ("age: [", [], "geen geldige YAML (regel"),
        ("- 34", [], "lijst van feiten"),
        ("aeg: 34", [], "Bedoel je 'age'?"),
        ("age: 34", ["--start", "vandaag"], "Schrijf de datum als"),
    ],
)
def test_a_bad_profile_or_start_is_refused(run, profile, options, said):
    done = run(profile, *options)
    assert done.exit_code != 0 and said in done.output
    assert "Traceback" not in done.output


def test_a_missing_file_is_named(knowledge):
    done = CliRunner().invoke(advise, ["--profile", "bestaat_niet.yml"])
    assert done.exit_code != 0 and "'bestaat_niet.yml' is niet te lezen" in done.output
