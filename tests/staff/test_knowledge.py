"""Knowledge: browse, change a record in its form, see what it would come to, save, download; freshness and conflicts."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.staff import forms, records
from knowledge.content import Content
from tests.conftest import ROOT

CARD = "/staff/kennis/onderwerpen/werkplek_erkenning"
FILE = "knowledge/content/onderwerpen/vraag_werkplek/werkplek_erkenning.yml"


def posted(form: list[forms.Field]) -> dict[str, str]:
    """What a browser sends of a form that nobody touched."""
    found = {}
    for part in form:
        found |= (
            posted(part.fields) if part.kind in ("group", "parts") else {part.name: part.value} if part.value else {}
        )
    return found


def test_a_form_that_nobody_touched_changes_nothing_in_the_file(content: Content):
    """For each kind the first, the middle and the last record."""
    changed = []
    for kind in [kind for kind in content.records if kind != "plaatsen"]:
        names = list(content.records[kind])
        for name in {names[0], names[len(names) // 2], names[-1]}:
            text = content.files[f"{kind}/{name}"].read_text(encoding="utf-8")
            form = forms.fields(kind, records.raw(ROOT, kind, name))
            after = records.changed(text, name, forms.read(form, posted(form)))
            if "".join(after.split()) != "".join(text.split()):
                changed.append(f"{kind}/{name}")
    assert changed == []


def test_a_change_keeps_comments_and_order():
    text = (
        "# waarom\nid: kaart  # naam\ncijfers:\n  duur: {waarde: 5, eenheid: jaar, bron: '000:385'}  # nagekeken\n"
        "volgorde: [b, a]\n"
    )
    wanted = {
        "id": "kaart",
        "cijfers": {"duur": {"waarde": 6, "eenheid": "jaar", "bron": "000:385"}},
        "volgorde": ["b", "a"],
    }
    assert records.changed(text, "kaart", wanted) == text.replace("waarde: 5", "waarde: 6")


@pytest.mark.browser
def test_browse_by_occupation_route_and_document(desk):
    desk.open("/staff/kennis").choose("Beroep", "zorgkundige").choose("Route", "cvo").press("Toon")
    desk.reads("Hoelang duurt zorgkundige", "kaart")
    assert "gevonden" in desk.page.get_by_role("status").inner_text()
    everything = desk.page.locator(".list li").count()
    desk.page.get_by_label("Document").select_option("004")
    desk.press("Toon")
    assert desk.page.locator(".list li").count() < everything
    assert desk.axe() == []


@pytest.mark.browser
def test_an_amount_is_changed_seen_before_and_after_saved_and_taken_back(desk, desk_server):
    desk.open("/staff/kennis").fill("Zoek", "erkenning werkplek vestiging hernieuwen").press("Toon")
    desk.follow("Hoe wordt een organisatie erkend als werkplek?").reads("De erkenning is 5 jaar geldig")
    assert desk.axe() == []
    desk.page.locator("[id='cijfers.1.waarde']").fill("6")
    desk.press("Kijk na").reads("geldig van 5 naar 6", "De bot zegt dan", "De erkenning is 6 jaar geldig")
    assert desk.axe() == []
    with desk.page.expect_download() as download:
        desk.press("Download het bestand")
    assert "geldig: {waarde: 6, eenheid: jaar" in Path(download.value.path()).read_text(encoding="utf-8")
    assert "waarde: 5, eenheid: jaar" in (desk_server.copy / FILE).read_text(encoding="utf-8")
    desk.press("Bewaar in de werkmap").reads("Bewaard in", "+  geldig: {waarde: 6, eenheid: jaar, bron: '000:385'}")
    before, after = (ROOT / FILE).read_text(encoding="utf-8"), (desk_server.copy / FILE).read_text(encoding="utf-8")
    assert after == before.replace("waarde: 5, eenheid: jaar", "waarde: 6, eenheid: jaar")
    desk.press("Maak dit ongedaan")
    assert (desk_server.copy / FILE).read_text(encoding="utf-8") == before


@pytest.mark.browser
def test_a_mistake_is_named_and_nothing_is_written(desk, desk_server):
    desk.open(CARD)
    desk.page.locator("#antwoord").fill("De erkenning geldt {bestaatniet}.")
    desk.page.locator("[id='cijfers.1.bron']").fill("pagina 3")
    desk.press("Kijk na").reads("Er is niets bewaard", "schrijf de bron als")
    expect(desk.page.get_by_role("button", name="Bewaar in de werkmap")).to_have_count(0)
    expect(desk.page.locator("#antwoord")).to_have_value("De erkenning geldt {bestaatniet}.")
    assert "bestaatniet" not in (desk_server.copy / FILE).read_text(encoding="utf-8")


@pytest.mark.browser
def test_a_condition_that_changes_says_whose_advice_changes(desk):
    desk.open("/staff/kennis/opleidingen/zorgkundige_cvo")
    conditions = desk.page.locator("#voorwaarden")
    conditions.fill(conditions.input_value().replace("value: 16", "value: 40"))
    desk.press("Kijk na").reads("van 16 naar 40", "Voor deze personen verandert het advies", "van open naar")


@pytest.mark.browser
def test_what_gets_old_and_what_disagrees_is_listed(desk):
    desk.open("/staff/kennis/versheid?dag=2029-01-01").reads(
        "Bedrag uit een voorbij schooljaar", "Langer dan 12 maanden"
    )
    assert desk.axe() == []
    desk.open("/staff/kennis/tegenspraak").reads(
        "Het ene webinar zegt dat volwassenen duaal alleen zorgkundige kunnen leren"
    )
    assert desk.axe() == []
