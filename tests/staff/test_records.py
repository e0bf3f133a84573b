"""Records that come and go: an empty form that the schema makes, what is missing said in words, and what refers to a record."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
CARD = "knowledge/content/onderwerpen/vraag_onbekend/onbekend_middageten.yml"
QUESTIONS = "data/nlu/vraag_onbekend.yml"
PLACES = ("in de refter", "in het cvo", "bij syntra", "op school", "tussen de lessen")
WANTS = ("kan ik eten", "is er soep", "wat kost een broodje", "krijg ik koffie")
ASKED = [f"{want} {place}" for place in PLACES for want in WANTS]


def text(server, path):
    return (server.copy / path).read_text(encoding="utf-8")


def fill(desk, **fields):
    for name, value in fields.items():
        place = desk.page.locator(f"[id='{name}']")
        if place.evaluate("node => node.tagName") == "SELECT":
            place.select_option(value)
        else:
            place.fill(value)
    return desk


@pytest.fixture
def new_card(desk):
    desk.open("/staff/kennis").follow("kaart").reads("Nieuw: kaart", within="h1")
    assert desk.axe() == []
    return fill(
        desk,
        id="onbekend_middageten",
        familie="vraag_onbekend",
        titel="Kan ik 's middags eten op school?",
        soort="onbekend",
        land="vlaanderen",
        antwoord="Dat weet ik niet: onze documenten zeggen niets over eten op school.\nVraag het aan het centrum.",
    )


def test_a_new_card_with_its_questions_is_checked_seen_saved_and_taken_back(desk, desk_server, new_card):
    before = text(desk_server, QUESTIONS)
    desk.fill("voorbeeldvragen minstens 20, elk op een lijn, zoals mensen ze typen: kort, lang, met fouten, in dialect", ASKED[0])
    desk.press("Kijk na").reads("Er is niets bewaard", "schrijf er minstens 20", "dit zijn er 1")
    expect(desk.page.locator("#titel")).to_have_value("Kan ik 's middags eten op school?")
    expect(desk.page.locator("#familie")).to_have_value("vraag_onbekend")
    assert desk.axe() == []
    fill(desk, voorbeeldvragen="\n".join(ASKED)).press("Kijk na")
    desk.reads("onbekend_middageten: nieuw", "Dat weet ik niet: onze documenten zeggen niets over eten op school.")
    assert desk.axe() == []
    with desk.page.expect_download() as download:
        desk.press("Download het bestand")
    assert "titel: Kan ik 's middags eten op school?" in Path(download.value.path()).read_text(encoding="utf-8")
    assert not (desk_server.copy / CARD).exists()
    desk.press("Bewaar in de werkmap").reads(f"Bewaard in {CARD}", f"Bewaard in {QUESTIONS}", "make run")
    assert text(desk_server, CARD).startswith("id: onbekend_middageten\nfamilie: vraag_onbekend\n")
    lines = "".join(f"    - {line}\n" for line in ASKED)
    assert text(desk_server, QUESTIONS).endswith(f"- intent: vraag_onbekend/onbekend_middageten\n  examples: |\n{lines}")
    desk.press("Maak dit ongedaan").reads("Kennis", within="h1")
    assert not (desk_server.copy / CARD).exists()
    assert text(desk_server, QUESTIONS) == before


def test_what_is_missing_or_wrong_is_said_in_words(desk, new_card):
    fill(desk, id="Met Spaties", titel="").press("Kijk na")
    desk.reads("Er is niets bewaard", "id: geef een korte naam: kleine letters, cijfers en _", "titel: vul dit in")
    fill(desk, id="werkplek_erkenning").press("Kijk na").reads("er is al een kaart met de naam werkplek_erkenning")
    expect(desk.page.get_by_role("button", name="Bewaar in de werkmap")).to_have_count(0)


def test_an_organisation_comes_and_goes(desk, desk_server):
    path = "knowledge/content/organisaties.yml"
    before = text(desk_server, path)
    desk.open("/staff/kennis").follow("organisatie")
    fill(desk, id="infopunt", naam="het Infopunt", rol="helpt je kiezen", bronnen="000:688").press("Kijk na")
    desk.reads("infopunt: nieuw (organisaties, het Infopunt)").press("Bewaar in de werkmap").reads(f"Bewaard in {path}")
    assert text(desk_server, path) == before.rstrip() + (
        "\n- id: infopunt\n  naam: het Infopunt\n  rol: helpt je kiezen\n  bronnen: ['000:688']\n"
    )
    desk.follow("Ga terug").follow("Verwijder …").reads("Niets verwijst hiernaar", "infopunt: weg")
    assert desk.axe() == []
    desk.press("Verwijder uit de werkmap").reads(f"Bewaard in {path}")
    assert text(desk_server, path) == before.rstrip() + "\n"
    desk.press("Maak dit ongedaan")
    assert "infopunt" in text(desk_server, path)
    (desk_server.copy / path).write_text(before, encoding="utf-8")


def test_what_refers_to_a_record_is_named_and_it_stays(desk, desk_server):
    desk.open("/staff/kennis/onderwerpen/werkplek_erkenning").follow("Verwijder …")
    desk.reads("kan nog niet weg", "werkplek_hulp.yml:20", "verwijst hiernaar bij “vervolg”")
    desk.reads("tests/flows/werkplek_erkenning.yml:")
    assert desk.axe() == []
    expect(desk.page.get_by_role("button", name="Verwijder uit de werkmap")).to_have_count(0)
    desk.open("/staff/kennis/weg/organisaties/vdab").reads("de code noemt dit")
    assert (desk_server.copy / "knowledge/content/onderwerpen/vraag_werkplek/werkplek_erkenning.yml").exists()


def test_a_card_goes_with_its_own_questions(desk, desk_server):
    """One that nothing refers to: put there beside the page."""
    free = desk_server.copy / "knowledge/content/onderwerpen/vraag_onbekend/onbekend_proef.yml"
    free.write_text(
        "id: onbekend_proef\nfamilie: vraag_onbekend\ntitel: Een proef?\nsoort: onbekend\nland: algemeen\n"
        "antwoord: Dat weet ik niet.\n",
        encoding="utf-8",
    )
    questions = desk_server.copy / "data/nlu/proef.yml"
    examples = "- intent: vraag_onbekend/onbekend_proef\n  examples: |\n    - proef\n"
    questions.write_text(f'version: "3.1"\nnlu:\n{examples}', encoding="utf-8")
    desk.open("/staff/kennis/weg/onderwerpen/onbekend_proef").reads("de voorbeeldvragen van deze kaart gaan mee weg")
    desk.press("Verwijder uit de werkmap").reads("Verwijderd:", "dan leert hij ook de vragen af")
    assert not free.exists() and not questions.exists()
