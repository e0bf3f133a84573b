"""Looking ahead to another day, A against B, and the command line with its exit codes."""

import datetime as dt
import os
import shutil

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from bot import cli, train
from bot.flows import ahead, compare, conversation_file, html_report, runner
from bot.flows.judging import Judge
from bot.flows.places import CONTENT, Places
from bot.inbox import THUMBS_DOWN, Inbox
from bot.thumbs import Thumbs
from knowledge import answers, content, store, today
from tests.conftest import ROOT

WITHIN, AFTER = dt.date(2026, 3, 1), dt.date(2026, 12, 1)  # the school year 2025-2026, and after it
NOTE = "in 2025-2026, vraag"


@pytest.fixture(scope="module")
def allowance(knowledge):
    return conversation_file.load([ROOT / conversation_file.FOLDER / "leervergoeding.yml"], knowledge)


def test_the_model_before_the_newest_is_there_to_compare_with(tmp_path):
    (tmp_path / train.MODELS).mkdir()
    for age, name in enumerate(("nieuw", "vorig", "oud")):
        path = tmp_path / train.MODELS / f"wegwijs-{name}.tar.gz"
        path.touch()
        os.utime(path, (-age, -age))
    assert [path.name for path in train.kept(tmp_path)[: train.KEPT]] == ["wegwijs-nieuw.tar.gz", "wegwijs-vorig.tar.gz"]


def test_a_later_day_changes_an_amount_that_is_then_of_a_past_year(bot, loop, knowledge, allowance):
    runs = []
    for day in (WITHIN, AFTER):
        with today.as_of(day):
            runs.append(loop.run_until_complete(runner.run_flows(bot, allowance, Judge(Places(ROOT), knowledge))))
    assert [run.day for run in runs] == [WITHIN, AFTER]
    assert NOTE not in runs[0].results[0].turns[0].observed.text
    found = ahead.changes(knowledge, *runs)
    assert any("leervergoeding.yml: beurt 1" in change.name and NOTE in change.then for change in found)
    assert any(change.name == "kaart overeenkomst_leervergoeding" for change in found)
    html = html_report.report(runs[1], found)
    assert "Wat op 1 december 2026 verandert" in html and NOTE in html
    assert ahead.changes(knowledge, runs[0], runs[0]) == []


def test_looking_ahead_ends_with_its_block(knowledge):
    with today.as_of(WITHIN):
        assert today.today() == WITHIN
        text = answers.answer_text(knowledge, knowledge.topics["overeenkomst_leervergoeding"])
    assert NOTE not in text
    assert today.today() == dt.date.today()


@pytest.fixture(scope="module")
def other_folder(tmp_path_factory):
    """Knowledge with another amount."""
    folder = shutil.copytree(ROOT / CONTENT, tmp_path_factory.mktemp("ander") / "content")
    path = folder / "onderwerpen/vraag_cvo/cvo_zorgkundige_duur.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("waarde: 1480", "waarde: 1840"), encoding="utf-8")
    return folder


def test_a_changed_amount_is_listed_as_worse_and_the_other_way_as_better(bot, loop, knowledge, other_folder):
    def load():
        return bot

    other = store.from_content(content.load(other_folder))
    flows = conversation_file.load([ROOT / conversation_file.FOLDER / "duur_cvo_en_stage.yml"], knowledge)
    questions = [{"set": "proef", "message": "hoelang duurt de opleiding zorgkundige in het CVO?", "must": ["1480"]}]
    sides = [compare.Side("A", load, knowledge), compare.Side("B", load, other)]
    worse = loop.run_until_complete(compare.compare(*sides, flows, questions))
    assert worse.counts() == {compare.WORSE: 2, compare.BETTER: 0, compare.OTHER: 0}
    assert all("1480" in item.a and "1840" in item.b for item in worse.differences)
    better = loop.run_until_complete(compare.compare(*reversed(sides), flows, questions))
    assert better.counts()[compare.BETTER] == 2
    assert "B tegenover A, op 3 beurten en vragen: 0 beter, 2 slechter, 0 anders." in compare.table_text(worse)
    assert "1840" in compare.html(worse)
    same = loop.run_until_complete(compare.compare(sides[0], sides[0], flows, questions))
    assert same.differences == ()


def run(*words):
    return CliRunner().invoke(cli.main, ["flows", *map(str, words)])


def test_the_command_fails_on_what_goes_otherwise_and_writes_the_report(
    database_url, tmp_path, other_folder, monkeypatch
):
    monkeypatch.chdir(ROOT)
    page = tmp_path / "verslag.html"
    done = run("run", "--topic", "stage", "--content", other_folder, "--as-of", "2026-03-01", "--html", page)
    assert done.exit_code == 1
    assert "✗ Hoelang in het CVO, en hoeveel stage" in done.output and "✓ Uren stage voor zorgkundige" in done.output
    assert "zegt: verwacht “1480 lestijden”" in done.output
    assert f"kijk in {other_folder}/onderwerpen/vraag_cvo/cvo_zorgkundige_duur.yml:" in done.output
    assert "1 van de 2 gesprekken loopt anders dan verwacht" in done.output
    assert "antwoorden anders dan vandaag" in done.output
    assert "1480 lestijden" in page.read_text(encoding="utf-8")
    assert run("run", "--topic", "stage_uren").exit_code == 0


def test_the_command_says_what_is_wrong_with_what_was_typed(database_url, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert "Geen enkel gesprek gaat over 'voetbal'" in run("run", "--topic", "voetbal").output
    assert "is er niet" in run("check", tmp_path / "weg.yml").output
    assert "Zeg wat je vergelijkt" in run("compare").output
    assert "niet te lezen" in run("figures", "--talk", "postgresql://nergens.invalid/x").output
    assert run("check").exit_code == 0


def test_without_graphviz_the_map_says_what_to_install(database_url, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PATH", "/nergens")
    assert "apt-get install graphviz" in run("map", "--no-run").output


def test_the_inbox_and_the_thumbs_are_told(tmp_path):
    url = f"sqlite:///{tmp_path}/conversations.db"
    inbox = Inbox(sa.create_engine(url))
    inbox.add("mag mijn hond mee naar de les", THUMBS_DOWN, {"topics": [{"id": "cvo_wie_kan"}]})
    Thumbs(inbox).count("answer", ["cvo_wie_kan"], False)
    told = run("inbox", "--talk", url).output
    assert "1× mag mijn hond mee naar de les (duim omlaag," in told and "lijkt op cvo_wie_kan" in told
    assert "cvo_wie_kan: 0 keer ja, 1 keer nee" in run("figures", "--talk", url).output
