"""Nothing of the five documents is missing: every line is cited by an answer or excused, and its figures are in the words."""

import re

import pytest
import yaml

from knowledge import export
from tests.conftest import ROOT, SEEDS

EXCUSES = ROOT / "tests" / "knowledge" / "uncited_lines.yml"
REASONS = {"kop", "begroeting", "bladrand"}
# What a visitor gets as an answer. Explained words and conflicts cite lines too, but tell no more than a part of them.
ANSWERING = {"onderwerp", "opleiding", "organisatie", "beroep"}
MEASURED = re.compile(
    r"(?:€|euro)\s*(?P<amount>\d[\d.,]*)"
    r"|(?P<number>\d[\d.,]*)\s*(?:€|euro|%|procent|u\b|uur|uren|jaar|jaren|maand|maanden|week|weken|dagen|lestijden|lt\b|graaduren)"
)

pytestmark = pytest.mark.skipif(
    not SEEDS.exists(), reason="the documents lie beside the clone only for developers and CI"
)


@pytest.fixture(scope="module")
def lines():
    """Every line with a letter or digit in it: {("000", 2): "Welkom!"}."""
    return {
        (path.name[:3], number): line.strip()
        for path in sorted(SEEDS.glob("*.txt"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\w", line)
    }


@pytest.fixture(scope="module")
def citing(knowledge):
    """For every cited line the words of the records that cite it, their title first."""
    found = {}
    for item in export.records(knowledge):
        if item["kind"] in ANSWERING:
            for source in item["sources"]:
                for number in range(source["lines"][0], source["lines"][1] + 1):
                    found.setdefault((source["document"], number), []).append(f"{item['title']} {item['text']}")
    return found


@pytest.fixture(scope="module")
def excused():
    found = {}
    for item in yaml.safe_load(EXCUSES.read_text(encoding="utf-8")):
        first, _, last = item["lines"].partition("-")
        for number in range(int(first), int(last or first) + 1):
            found[(item["document"], number)] = item["reason"]
    return found


def test_every_line_is_cited_by_an_answer_or_excused(lines, citing, excused):
    missing = [f"{place[0]}:{place[1]} {text}" for place, text in lines.items() if place not in citing | excused]
    print(*missing, sep="\n")
    assert not missing


def test_an_excuse_has_a_reason_and_is_needed(lines, citing, excused):
    assert set(excused.values()) <= REASONS
    assert not [place for place in excused if place in lines and place in citing]


def test_every_measured_figure_of_a_line_is_in_the_words_of_an_answer_that_cites_it(lines, citing):
    missing = []
    for place, text in lines.items():
        if text.startswith("http"):
            continue
        for found in MEASURED.finditer(text):
            figure = plain(found["amount"] or found["number"])
            if not any(figure in figures(words) for words in citing.get(place, [])):
                missing.append(f"{place[0]}:{place[1]} {found[0]}: {text}")
    print(*missing, sep="\n")
    assert not missing


def plain(figure):
    """A figure without the points of thousands, decimals as written: "10.000" and "10000" are one."""
    return (
        re.sub(r"\.(?=\d{3})", "", figure).rstrip(".,").removesuffix(",00").removesuffix("0" if "," in figure else "")
    )


def figures(words):
    return {plain(found) for found in re.findall(r"\d[\d.,]*", words)}
