"""A figure stands in one place: a field of one card, named by every other text that shows it."""

import datetime as dt
import re
import shutil

import pytest
import yaml

from knowledge import answers, conditions, content, export, references, store, wording
from knowledge.schema_parts import Source

CONTENT = content.CONTENT_DIR
DURATION = "onderwerpen/vraag_cvo/cvo_zorgkundige_duur.yml"
COMPARED = "onderwerpen/vraag_cvo/zorgkundige_cvo_of_opleidingscentrum.yml"
# Two digits and more with a unit, so that "1 dag les per week" may be plain text.
PROSE = re.compile(
    r"€ ?\d[\d.,]*|(?<![\w:.-])\d[\d.,]+ ?(?:euro|%|procent|uur|uren|jaar|jaren|maanden|weken|dagen|lestijden|graaduren)\b"
)
# Key of the record -> why the figure is no field.
TYPED_ON_PURPOSE = {"graaduren": "het voorbeeld legt het woord uit, het is geen maat van een opleiding"}


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(CONTENT, tmp_path / "content")


def replaced(folder, path, old, new):
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def all_figures(loaded):
    """(record, figure) of every figure as written in the files."""
    for topic in loaded.topics().values():
        yield from ((topic.id, figure) for figure in topic.cijfers.values())
    for programme in loaded.programmes().values():
        for _, detail in references.details_of(programme):
            yield from ((programme.id, figure) for figure in detail.cijfers.values())


def same_place(one, other):
    first, second = Source.parse(one.bron), Source.parse(other.bron)
    return first.document == second.document and first.lines[0] <= second.lines[1] and second.lines[0] <= first.lines[1]


def test_no_figure_of_one_passage_stands_in_two_records(content):
    by_words = {}
    for owner, figure in all_figures(content):
        by_words.setdefault(wording.figure(figure), []).append((owner, figure))
    doubled = {
        (words, first, second)
        for words, found in by_words.items()
        for number, (first, one) in enumerate(found)
        for second, other in found[number + 1 :]
        if first != second and same_place(one, other)
    }
    assert not doubled, "laat het op één kaart staan en noem het elders als {kaart.cijfer}"


def written(value, key=""):
    """(key, text) of every text of a record as written, without where it stands."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in ("bron", "bronnen", "cijfers", "ook", "max", "min"):
                yield from written(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from written(part, key)
    elif isinstance(value, str):
        yield key, value


def test_no_figure_is_typed_in_a_text():
    found = []
    for _, path in content._files(CONTENT):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for record in data if isinstance(data, list) else [data]:
            for key, text in written(record):
                if PROSE.search(text) and record["id"] not in TYPED_ON_PURPOSE:
                    found.append(f"{record['id']} {key}: {PROSE.search(text)[0]}")
    assert not found, "zet het getal bij cijfers en noem het tussen accolades"


def test_an_excuse_is_still_needed(content):
    ids = {name for records in content.records.values() for name in records}
    assert set(TYPED_ON_PURPOSE) <= ids


def test_one_changed_line_changes_every_text_that_shows_the_figure(folder):
    before = {item["id"]: item["text"] for item in export.records(store.from_content(content.load()))}
    showing = {name for name, text in before.items() if "1480 lestijden" in text}
    assert {"cvo_zorgkundige_duur", "zorgkundige_cvo_of_opleidingscentrum", "zorgkundige_cvo"} <= showing
    assert "cvo_uren_of_opleidingscentrum" in showing
    replaced(folder, DURATION, "waarde: 1480", "waarde: 1500")
    after = {item["id"]: item["text"] for item in export.records(store.from_content(content.load(folder)))}
    assert not [name for name, text in after.items() if "1480 lestijden" in text]
    assert {name for name, text in after.items() if "1500 lestijden" in text} == showing


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (
            "{cvo_zorgkundige_duurt.lestijden}",
            'kaart "cvo_zorgkundige_duurt" bestaat niet; bedoel je "cvo_zorgkundige_duur"?',
        ),
        ("{cvo_zorgkundige_duur.lestijd}", 'heeft geen cijfer "lestijd"; bedoel je "lestijden"?'),
        ("{lestijden}", "{lestijden} staat in de tekst maar niet bij cijfers"),
    ],
)
def test_a_name_that_nothing_holds_is_refused_with_file_line_and_hint(folder, new, said):
    replaced(folder, COMPARED, "{cvo_zorgkundige_duur.lestijden}", new)
    with pytest.raises(content.ContentError) as error:
        content.load(folder)
    [problem] = error.value.problems
    assert said in problem.what
    assert problem.file.name == "zorgkundige_cvo_of_opleidingscentrum.yml"
    assert problem.where == "antwoord"
    assert problem.line > 1


def test_a_conflict_and_a_route_are_refused_as_well(folder):
    replaced(
        folder,
        "tegenstrijdigheden.yml",
        "{syntra_kinderbegeleider_stage.kijken}",
        "{syntra_kinderbegeleider_stage.zien}",
    )
    replaced(folder, "opleidingen/zorgkundige_cvo.yml", "{cvo_zorgkundige_duur.snel}", "{cvo_zorgkundige.snel}")
    with pytest.raises(content.ContentError) as error:
        content.load(folder)
    assert {problem.file.name for problem in error.value.problems} == {"tegenstrijdigheden.yml", "zorgkundige_cvo.yml"}


def test_a_borrowed_amount_is_of_its_year_too(knowledge):
    overview = knowledge.topics["premie_overzicht"]
    assert "€ 1000" in knowledge.text_of(overview)
    assert answers.past_note(knowledge, overview, dt.date(2026, 11, 22))


def test_a_condition_names_its_own_value(knowledge):
    rules = conditions.leaves(knowledge.conditions["kinderbegeleider_baby_syntra"])
    [age] = [leaf for leaf in rules if leaf.fact == "age"]
    assert age.reden == f"Bij Syntra moet je minstens {age.value} jaar zijn."
