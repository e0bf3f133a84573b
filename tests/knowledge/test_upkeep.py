"""What keeps the knowledge right: freshness, the difference between two versions, the book and the schemas for an editor."""

import datetime as dt
import json
import re
import shutil
from html import unescape

import jsonschema
import pytest
import yaml

from knowledge import answers, book, conditions, content, diff, export, freshness, json_schema, store
from knowledge.kinds import KINDS
from knowledge.schema import Document, Leaf, Topic
from knowledge.schema_parts import Record
from tests.conftest import ROOT
from tests.knowledge.test_content import CARD, run

CONTENT = content.CONTENT_DIR
SYNTRA = "opleidingen/kinderbegeleider_baby_syntra.yml"


def replaced(folder, path, old, new):
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """A copy of the content to change."""
    return shutil.copytree(CONTENT, tmp_path / "content")


def reasons(folder, record_id, on):
    knowledge = store.from_content(content.load(folder))
    return {item.reason for item in freshness.stale(knowledge, on) if item.record_id == record_id}


# Freshness


@pytest.mark.parametrize(
    ("line", "day", "reason"),
    [
        ("valid_to: 2026-12-31", "2026-12-31", None),
        ("valid_to: 2026-12-31", "2027-01-01", freshness.PAST),
        ("schooljaar: 2026-2027", "2027-08-31", None),
        ("schooljaar: 2026-2027", "2027-09-01", freshness.SCHOOL_YEAR_OVER),
        ("last_checked: 2026-06-30", "2027-06-30", None),
        ("last_checked: 2026-06-30", "2027-07-01", freshness.UNCHECKED),
    ],
)
def test_a_record_is_listed_from_the_day_after_its_date(folder, line, day, reason):
    replaced(folder, CARD, "soort: antwoord", f"soort: antwoord\n{line}")
    found = reasons(folder, "cvo_zorgkundige_duur", dt.date.fromisoformat(day))
    assert found == ({reason} if reason else set())


def test_an_old_date_of_the_card_itself_counts_more_than_that_of_its_document(folder):
    on = dt.date(2026, 12, 1)
    assert freshness.UNCHECKED not in reasons(folder, "cvo_zorgkundige_duur", on)
    replaced(folder, CARD, "soort: antwoord", "soort: antwoord\nlast_checked: 2020-01-01")
    assert freshness.UNCHECKED in reasons(folder, "cvo_zorgkundige_duur", on)


def test_an_undated_record_is_as_old_as_the_oldest_document_that_it_cites():
    def document(name, checked):
        return Document(id=name, titel="t", uitgever="u", datum="d", land="vlaanderen", last_checked=checked)

    documents = {"000": document("000", dt.date(2026, 3, 1)), "001": document("001", dt.date(2025, 3, 1))}
    assert freshness.checked_on(Record(id="a", bronnen=["000:1", "001:1"]), documents) == dt.date(2025, 3, 1)
    assert freshness.checked_on(Record(id="a"), documents) == dt.date(2025, 3, 1)
    documents["001"].last_checked = None
    assert freshness.checked_on(Record(id="a", bronnen=["000:1", "001:1"]), documents) is None


def test_an_amount_of_a_past_school_year_and_a_past_condition_are_listed(folder):
    on = dt.date(2026, 9, 1)
    assert freshness.OLD_AMOUNT in reasons(folder, "overeenkomst_leervergoeding", on)
    assert freshness.OLD_AMOUNT not in reasons(folder, "overeenkomst_leervergoeding", dt.date(2026, 8, 31))
    replaced(folder, SYNTRA, "  fact: age\n", "  fact: age\n  valid_to: 2026-01-01\n")
    assert freshness.PAST in reasons(folder, "kinderbegeleider_baby_syntra", on)


def test_the_command_counts_every_reason_as_of_a_day(database_url):
    said = run("knowledge", "freshness", "--as-of", "2030-01-01")
    counts = {reason: int(count) for reason, count in re.findall(r"^(.+): (\d+)$", said, re.M)}
    assert set(counts) == set(freshness.REASONS)
    assert counts[freshness.UNCHECKED] > 400
    assert counts[freshness.SCHOOL_YEAR_OVER] > 30


# The difference between two versions


def changes(folder):
    return diff.differences(content.load(), content.load(folder))


def test_a_changed_figure_reads_as_from_and_to(folder):
    replaced(folder, CARD, "waarde: 1480", "waarde: 1500")
    assert changes(folder) == ["cvo_zorgkundige_duur: lestijden van 1480 naar 1500"]


def test_only_the_sentences_that_changed_are_told(folder):
    replaced(folder, CARD, "Er zijn twee snelheden:", "Je kiest uit twee snelheden:")
    assert changes(folder) == [
        "cvo_zorgkundige_duur: antwoord van “Er zijn twee snelheden:” naar “Je kiest uit twee snelheden:”"
    ]


def test_records_that_came_and_went_and_changed_lists(folder):
    text = (folder / CARD).read_text(encoding="utf-8")
    replaced(folder, "begrippen.yml", "- id: semester\n", "- id: halfjaar\n")
    replaced(folder, CARD, "titel:", "valid_to: 2027-06-30\ntitel:")
    replaced(folder, CARD, re.search(r'bronnen: \["', text)[0], 'bronnen: ["000:1", "')
    assert set(changes(folder)) == {
        "semester: weg (begrippen, semester)",
        "halfjaar: nieuw (begrippen, semester)",
        "cvo_zorgkundige_duur: valid_to van niets naar 2027-06-30",
        "cvo_zorgkundige_duur: bronnen (erbij: 000:1)",
    }


def test_the_command_says_when_nothing_differs(database_url):
    assert run("knowledge", "diff", str(CONTENT), str(CONTENT)) == "Geen verschil.\n"


# The book


@pytest.fixture(scope="session")
def html(knowledge):
    return book.render(knowledge, dt.date(2026, 11, 22))


def test_the_book_holds_every_record_with_its_source(knowledge, html):
    text = unescape(re.sub(r"<[^>]+>", "", html))
    for topic in knowledge.topics.values():
        assert f'id="{topic.id}"' in html
        assert topic.titel in text
        first = knowledge.text_of(topic).split("\n")[0].removeprefix("- ")
        assert first in text, topic.id
    for programme in knowledge.programmes.values():
        assert f'id="route_{programme.id}"' in html
    for told in (*knowledge.terms.values(), *knowledge.conflicts.values()):
        assert (told.uitleg if hasattr(told, "uitleg") else told.zin) in text
    assert html.count('class="source"') > len(knowledge.topics)


def test_the_book_needs_no_file_from_outside(html):
    assert not re.search(r"<(?:script|link|img|iframe|object)\b|\bsrc=|@import|url\(", html)


def test_the_book_escapes_and_lists_and_dates(knowledge, html):
    assert book.blocks("Kies:\n- <b>a</b>\n- https://www.vlor.be\n\nKlaar.") == (
        "<p>Kies:</p>\n<ul><li>&lt;b&gt;a&lt;/b&gt;</li><li>"
        '<a href="https://www.vlor.be">https://www.vlor.be</a></li></ul>\n<p>Klaar.</p>'
    )
    assert "Dit bedrag gold in 2025-2026, vraag het huidige bedrag na bij" in html


def test_the_command_writes_the_book(tmp_path, database_url):
    run("knowledge", "book", "-o", str(tmp_path / "kennis.html"))
    assert "Alles wat Wegwijs weet" in (tmp_path / "kennis.html").read_text(encoding="utf-8")


# The schemas for an editor


def test_the_schemas_in_docs_are_those_of_the_models():
    for kind, schema in json_schema.schemas().items():
        path = json_schema.SCHEMA_DIR / f"{kind}.json"
        assert path.exists(), "schrijf ze met: wegwijs knowledge schema"
        assert json.loads(path.read_text(encoding="utf-8")) == schema, (
            "schrijf ze opnieuw met: wegwijs knowledge schema"
        )
    assert {path.stem for path in json_schema.SCHEMA_DIR.glob("*.json")} == {*KINDS, "gesprekken"}


def as_json(path):
    """A content file as an editor sees it: dates are text."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))


@pytest.mark.parametrize("kind", KINDS)
def test_every_content_file_fits_its_schema(kind):
    validator = jsonschema.Draft7Validator(json_schema.schemas()[kind])
    files = [path for name, path in content._files(CONTENT) if name == kind]
    assert files
    for path in files:
        assert not [error.message for error in validator.iter_errors(as_json(path))], path


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (CARD, "titel:", "titul:"),
        (CARD, "land: vlaanderen", "land: belgie"),
        (SYNTRA, "fact: age", "fakt: age"),
        ("begrippen.yml", "woord: BK", "word: BK"),
    ],
)
def test_the_schema_refuses_what_the_check_refuses(folder, path, old, new):
    replaced(folder, path, old, new)
    schema = json_schema.schemas()[path.split("/")[0].removesuffix(".yml")]
    assert not jsonschema.Draft7Validator(schema).is_valid(as_json(folder / path))
    with pytest.raises(content.ContentError):
        content.load(folder)


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (CARD, "soort:", "valid_to: morgen\nsoort:", "valid_to: schrijf een datum als 2026-09-01"),
        (CARD, "soort:", "schooljaar: 2025\nsoort:", "schooljaar: dit heeft niet de juiste vorm"),
        (CARD, "titel: ", "titel: " + "lang" * 20 + " # ", "titel: dit is te lang: hoogstens 60 tekens"),
        (CARD, "waarde: 1480", "van: veel, tot: 9", "schrijf een getal"),
        (CARD, "beroepen: [zorgkundige]", "beroepen: zorgkundige", "beroepen: schrijf een lijst"),
        (CARD, "soort: antwoord", "soort:", "soort: deze sleutel is leeg"),
        (SYNTRA, "fact: age", "fakt: age", 'fakt: deze sleutel bestaat niet; bedoel je "fact"?'),
        (SYNTRA, "fact: age", "fact: ages", 'feit "ages" bestaat niet; bedoel je "age"?'),
        (CARD, "vervolg: [", "vervolg: [cvo_finansiering, ", 'bedoel je "cvo_financiering"?'),
    ],
)
def test_what_is_wrong_is_said_in_dutch_with_what_to_do(folder, path, old, new, said):
    replaced(folder, path, old, new)
    with pytest.raises(content.ContentError, match=re.escape(said)) as error:
        content.load(folder)
    assert all(problem.line > 1 for problem in error.value.problems)


def models():
    """Every model that staff fill in, those inside others too."""
    found = {}

    def visit(model):
        if model.__name__ not in found:
            found[model.__name__] = model
            for field in model.__fields__.values():
                if hasattr(field.type_, "__fields__"):
                    visit(field.type_)

    for model in (*KINDS.values(), Leaf):
        visit(model)
    return found


@pytest.mark.parametrize("name", sorted(models()))
def test_every_key_has_a_dutch_title_and_stands_in_the_guide_for_staff(name):
    guide = (ROOT / "docs" / "kennis-bijhouden.md").read_text(encoding="utf-8")
    for key, field in models()[name].__fields__.items():
        assert field.field_info.title, f"{name}.{key}"
        assert f"`{key}`" in guide, f"{name}.{key} ontbreekt in docs/kennis-bijhouden.md"


def test_the_guide_names_only_commands_and_files_that_exist():
    guide = (ROOT / "docs" / "kennis-bijhouden.md").read_text(encoding="utf-8")
    for path in re.findall(r"`((?:knowledge|docs|data|tests)/[^`\s<]*)`", guide):
        assert (ROOT / path).exists(), path
    said = run("knowledge", "--help")
    for command in re.findall(r"wegwijs knowledge (\w+)", guide):
        assert re.search(rf"^  {command}\b", said, re.M), command


def test_the_condition_in_the_guide_can_be_used(knowledge):
    guide = (ROOT / "docs" / "kennis-bijhouden.md").read_text(encoding="utf-8")
    examples = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.+?)```", guide, re.S)]
    [tree] = [example["voorwaarden"] for example in examples if example and "voorwaarden" in example]
    for leaf in conditions.leaves(conditions.parse(tree)):
        assert leaf.fact in knowledge.facts
        assert leaf.reden
        assert leaf.bron


def test_the_editor_settings_name_every_kind():
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert set(settings) == {f"docs/schema/{kind}.json" for kind in (*KINDS, "gesprekken")}
    for pattern in settings.values():
        assert list(ROOT.glob(pattern)), pattern


def test_a_topic_without_a_family_in_the_book_still_has_a_chapter(knowledge):
    topic = next(iter(knowledge.topics.values()))
    stranger = Topic(**{**topic.dict(), "familie": "vraag_iets_anders"})
    other = store.Knowledge(**{**knowledge.__dict__, "topics": {**knowledge.topics, stranger.id: stranger}})
    assert [chapter.id for chapter in book._chapters(other)][-1] == "vraag_iets_anders"


# Dates of every record, and what is said when they are past

LAST_DAY, AFTER = dt.date(2026, 8, 31), dt.date(2026, 9, 1)


def test_every_record_tells_when_it_was_checked(knowledge):
    for item in export.records(knowledge):
        assert dt.date.fromisoformat(item["last_checked"]) <= dt.date(2026, 11, 22), item["id"]


def test_a_record_is_of_the_school_year_of_its_document(knowledge):
    found = {(item["kind"], item["id"]): item for item in export.records(knowledge)}
    assert found["onderwerp", "overeenkomst_leervergoeding"]["school_year"] == "2025-2026"
    assert found["onderwerp", "stage_bevraging_top3"]["school_year"] == "2024-2025"
    assert found["onderwerp", "beleid_via6_wat"]["school_year"] is None
    assert found["onderwerp", "beleid_via6_wat"]["valid_to"] == "2024-12-31"


def test_an_amount_of_a_past_year_says_so_and_whom_to_ask(knowledge):
    cards = [topic for topic in knowledge.topics.values() if any(f.eenheid == "euro" for f in topic.cijfers.values())]
    assert len(cards) >= 9
    for topic in cards:
        now, then = (answers.answer_text(knowledge, topic, day) for day in (AFTER, LAST_DAY))
        assert re.search(r"(bedrag gold|bedragen golden) in 2025-2026, vraag .+ na bij \S", now), topic.id
        assert "2025-2026, vraag" not in then, topic.id


@pytest.mark.parametrize(
    ("card", "said", "over"),
    [
        ("beleid_korte_modules", "Dit was een plan voor 2021-2024.", dt.date(2025, 1, 1)),
        ("vlor_overleg_stages_vlaams", "Dit was een advies van 2018.", None),
    ],
)
def test_a_plan_is_told_as_past_when_its_time_is_over(knowledge, card, said, over):
    topic = knowledge.topics[card]
    assert said in answers.answer_text(knowledge, topic, AFTER)
    if over:
        assert said not in answers.answer_text(knowledge, topic, over - dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("card", "past"),
    [("modernisering_kinderopvang", ("startte", "studeerde")), ("premie_zevende_jaar", ("onderzocht",))],
)
def test_what_was_announced_is_told_in_the_past(knowledge, card, past):
    text = answers.answer_text(knowledge, knowledge.topics[card], AFTER)
    assert all(word in text for word in past), text
    assert not re.search(r"\b(?:zullen|zal|komen eraan|start in september 2025)\b", text)


def test_a_card_can_be_seen_as_on_another_day(database_url):
    before, after = (
        json.loads(run("knowledge", "show", "premie_overzicht", "--as-of", str(day)))["answer"]
        for day in (LAST_DAY, AFTER)
    )
    assert "vraag de huidige bedragen na bij VIVO of Diverscity" in after
    assert "huidige" not in before
