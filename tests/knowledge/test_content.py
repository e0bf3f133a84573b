"""The content files and the base built from them: broken files, live rebuild, and the contracts for programs outside."""

import json
import re
import shutil
import subprocess
import sys
import time

import pytest

from knowledge import content as content_module
from knowledge import export, store, wording
from knowledge.schema_parts import Figure
from tests.conftest import ROOT, SEEDS

CARD = "onderwerpen/vraag_cvo/cvo_zorgkundige_duur.yml"


@pytest.fixture
def folder(tmp_path):
    """A copy of the content to break."""
    return shutil.copytree(content_module.CONTENT_DIR, tmp_path / "content")


def break_card(folder, old, new):
    path = folder / CARD
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("titel:", "titul:", 'bedoel je "titel"'),
        ("land: vlaanderen", "land: belgie", "kies"),
        ("eenheid: lestijden", "eenheid: [", "een haak is niet gesloten"),
        ("waarde: 1480", "warde: 1480", "warde"),
        ("{lestijden}", "{lestijdn}", "niet bij cijfers"),
        ("000:", "0:", "schrijf de bron als"),
    ],
)
def test_a_broken_file_is_refused_with_file_line_and_hint(folder, old, new, said):
    break_card(folder, old, new)
    with pytest.raises(content_module.ContentError) as error:
        content_module.load(folder)
    text = str(error.value)
    assert said in text
    assert re.search(r"cvo_zorgkundige_duur\.yml:\d+", text)


def test_a_failed_build_leaves_the_base_in_use(folder, tmp_path):
    url = f"sqlite:///{tmp_path}/k.db"
    store.build_from_files(folder, url)
    before = store.read(url).fingerprint
    break_card(folder, "titel:", "titul:")
    with pytest.raises(content_module.ContentError):
        store.build_from_files(folder, url)
    assert store.read(url).fingerprint == before


def test_a_running_bot_answers_from_the_new_base_within_10_seconds(folder, tmp_path):
    url = f"sqlite:///{tmp_path}/k.db"
    store.build_from_files(folder, url)
    current = store.Current(url)
    assert "1480 lestijden" in answer(current.get())
    break_card(folder, "waarde: 1480", "waarde: 1500")
    store.build_from_files(folder, url)
    deadline = time.monotonic() + 10
    while "1500 lestijden" not in answer(current.get()):
        assert time.monotonic() < deadline
        time.sleep(0.2)


def answer(knowledge):
    return knowledge.text_of(knowledge.topics["cvo_zorgkundige_duur"])


def test_no_base_at_all_says_how_to_make_one(tmp_path):
    with pytest.raises(store.KnowledgeMissing, match="wegwijs knowledge build"):
        store.read(f"sqlite:///{tmp_path}/none.db")


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ({"waarde": 1480, "eenheid": "lestijden"}, "1480 lestijden"),
        ({"waarde": 2.5, "eenheid": "jaar"}, "2,5 jaar"),
        ({"waarde": 1, "eenheid": "jaar"}, "1 jaar"),
        ({"waarde": 32.74, "eenheid": "euro"}, "€ 32,74"),
        ({"waarde": 10000, "eenheid": "euro"}, "€ 10.000"),
        ({"van": 612.5, "tot": 728.7, "eenheid": "euro"}, "€ 612,50 tot € 728,70"),
        ({"van": 5, "tot": 7, "eenheid": "maanden"}, "5 tot 7 maanden"),
        ({"waarde": "2019-09-01", "eenheid": "datum"}, "1 september 2019"),
        ({"waarde": 45, "eenheid": "procent"}, "45 %"),
    ],
)
def test_figures_read_in_dutch(figure, text):
    assert wording.figure(Figure(bron="000:1", **figure)) == text


def test_every_card_can_be_worded(knowledge):
    for topic in knowledge.topics.values():
        text = knowledge.text_of(topic)
        assert not re.search(r"[{}]|True|False|None", text), topic.id


def test_every_record_has_id_text_and_sources(knowledge):
    items = export.records(knowledge)
    assert len({(item["kind"], item["id"]) for item in items}) == len(items)
    for item in items:
        assert item["text"].strip(), item["id"]
        for source in item["sources"]:
            assert source["document"] in knowledge.documents
            assert 0 < source["lines"][0] <= source["lines"][1]


def test_the_command_line_prints_facts_and_records_as_the_contract_says(database_url):
    facts = json.loads(run("knowledge", "facts", "--json"))
    assert {"name", "type", "values", "min", "max", "unit"} <= set(facts[0])
    assert {"age", "situation", "occupation", "region"} <= {fact["name"] for fact in facts}
    records = json.loads(run("knowledge", "export", "--json"))
    card = next(record for record in records if record["id"] == "cvo_zorgkundige_duur")
    assert "1480 lestijden" in card["text"]
    assert card["sources"][0]["document"] == "000"


def run(*words):
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *words], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.skipif(not SEEDS.exists(), reason="the documents lie beside the clone only for developers and CI")
def test_every_cited_line_exists(knowledge):
    lengths = {path.name[:3]: len(path.read_text(encoding="utf-8").splitlines()) for path in SEEDS.glob("*.txt")}
    for item in export.records(knowledge):
        for source in item["sources"]:
            assert source["lines"][1] <= lengths[source["document"]], item["id"]
