"""What staff who don't program get wrong most often: every message names file, line, key and what to do."""

import re
import shutil

import pytest

from knowledge import content

CARD = "onderwerpen/vraag_cvo/cvo_zorgkundige_duur.yml"
ROUTE = "opleidingen/kinderbegeleider_baby_syntra.yml"
TITLE = 'titel: "Hoelang duurt zorgkundige in het CVO?"'


def as_written(folder, path):
    return (folder / path).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("path", "old", "new", "key", "said"),
    [
        (CARD, "soort: antwoord", "soort antwoord", "soort", "ontbreekt een dubbelepunt"),
        (CARD, "  lestijden: {", "\tlestijden: {", "lestijden", "spring in met spaties"),
        (CARD, "  standaard:", "   standaard:", "standaard", "evenveel spaties"),
        (CARD, TITLE, TITLE[:-1], "titel", "een aanhalingsteken is niet gesloten"),
        (CARD, TITLE, "titel: CVO: hoelang duurt het?", "titel", "zet de hele tekst tussen aanhalingstekens"),
        (CARD, "id: cvo_zorgkundige_duur", "id: CVO zorgkundige", "id", "gebruik alleen kleine letters"),
        (CARD, "id: cvo_zorgkundige_duur", "id: cvo_zorgkundige_lang", "id", "zet hier id: cvo_zorgkundige_duur"),
        (CARD, "familie: vraag_cvo", "familie: vraag_evc", "familie", "zet hier de naam van de map: vraag_cvo"),
        (CARD, "titel:", "titul:", "titul", 'bedoel je "titel"?'),
        (CARD, "soort: antwoord", "soort: antwoord\nland: brussel", "land", "staat er twee keer"),
        (CARD, '"000:644"', '"bladzijde 12"', "bronnen.0", 'schrijf de bron als "000:733-748"'),
        (CARD, '"000:644"', '"000:9644"', "bronnen", "document 000 telt 1157 regels"),
        (CARD, "waarde: 1480", "waarde: 1480 lestijden", "cijfers.lestijden.eenheid", "alleen het getal"),
        (CARD, "waarde: 1480", "waarde: -1480", "cijfers.lestijden.eenheid", "nooit kleiner dan 0"),
        (CARD, "eenheid: jaar", "eenheid: jaaar", "standaard", 'bedoel je "jaar"?'),
        (CARD, "waarde: 1480", "waarde: 1.480", "waarde", "schrijf 1480 in plaats van 1.480"),
        (CARD, "waarde: 2.5", "waarde: 2,5", "5", "2.5 in plaats van 2,5"),
        (CARD, "{lestijden}.", "{lestijden.", "antwoord", "een accolade is niet gesloten"),
        (CARD, "cvo_zorgkundige_inkorten", "cvo_zorgkundige_inkortn", "vervolg", 'bedoel je "cvo_zorgkundige_inkorten"?'),
        (CARD, "soort: antwoord", "soort: antwoord\nvalid_to: 31-12-2026", "valid_to", "schrijf een datum als 2026-09-01"),
        (CARD, "soort: antwoord", "soort: antwoord\nlast_checked: 2026-02-31", "last_checked", "deze dag bestaat niet"),
        (CARD, "soort: antwoord", "soort: antwoord\nvalid_from: 2027-01-01\nvalid_to: 2026-01-01", "valid_to", "ligt voor"),
        (ROUTE, "vraag_het_aan: syntra", "vraag_het_aan: sintra", "vraag_het_aan", 'bedoel je "syntra"?'),
        (ROUTE, "bij: syntra", "bij: sintra", "stappen", 'organisatie "sintra" bestaat niet'),
        ("begrippen.yml", "- id: semester", "- id: bk", "id", '"bk" bestaat al in'),
        ("tegenstrijdigheden.yml", "lokale_besturen.max}", "lokale_besturen.top}", "zin", 'heeft geen cijfer "top"'),
    ],
)  # fmt: skip
def test_a_typical_mistake_is_told_once_with_its_place_and_remedy(tmp_path, path, old, new, key, said):
    folder = shutil.copytree(content.CONTENT_DIR, tmp_path / "content")
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(content.ContentError) as error:
        content.load(folder)
    [problem] = error.value.problems
    assert said in problem.what
    assert problem.where == key
    assert str(problem).startswith(f"{folder / path}:{problem.line}: {key}: ")
    wrong = next(number for number, line in enumerate(as_written(folder, path), 1) if new.splitlines()[-1] in line)
    section = [line for line in as_written(folder, path)[problem.line - 1 : wrong] if re.match(r"[a-z]|- id", line)]
    assert len(section) <= 1, "the line named is that of the mistake, or of the key that holds it"


def test_an_empty_file_is_told(tmp_path):
    folder = shutil.copytree(content.CONTENT_DIR, tmp_path / "content")
    (folder / CARD).write_text("", encoding="utf-8")
    with pytest.raises(content.ContentError, match="dit bestand is leeg"):
        content.load(folder)
