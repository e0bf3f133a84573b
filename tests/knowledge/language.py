"""Every text that a visitor can read, cut into sentences, and how hard it reads. Used by test_language.py."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import textstat
import yaml

from knowledge import answers, conditions, export, glossary
from knowledge.schema import Programme
from knowledge.store import Knowledge
from tests.conftest import ROOT

ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+|[\w.-]+@[\w.-]+\w|\b[\w-]+(?:\.[\w-]+)*\.(?:be|nl|com|eu)\b(?:/\S*)?")
FIGURE = re.compile(r"(?:€ ?)?\d[\d.,]*(?: ?%)?(?=\W|$)")
QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
PROPER = re.compile(r"(?<=[a-zé0-9,;:)’'/] )\(?[#A-Z][\w'’#-]*(?:[ /-][A-Z][\w'’-]*)*")
ENDS = re.compile(r"(?<=[.!?:;])[\"')”]*\s+")
FOREIGN = ("utter_taal_", "utter_andere_taal")
SPOKEN = re.compile(r"^[A-ZÉ\"'{][^\n]*\w[^\n]*\s\S[^\n]*[.!?:]$", re.S)

# Where sentences stand in code: the actions, the knowledge behind them, and what the server says.
CODE = ("actions", "knowledge", "bot/web_channel.py", "bot/origin.py", "bot/turns.py")

AS_OF = dt.date(2026, 11, 22)

textstat.set_lang("nl")


def sentences(text: str) -> list[str]:
    """The sentences of a text; each line of a list counts as one, and so do both sides of ":" and ";"."""
    lines = [re.sub(r"^\s*(?:[-•]|\d+\.)\s+", "", line).strip() for line in text.split("\n")]
    return [part for line in lines if line for part in ENDS.split(line) if re.search(r"\w", part)]


def words(sentence: str) -> list[str]:
    return re.findall(r"[\w€%][^\s]*", sentence)


def names_in(knowledge: Knowledge, extra: list[str]) -> re.Pattern[str]:
    """Names of occupations, routes, qualifications, organisations and studies: words that we can't choose."""
    found = {item.naam for kind in (knowledge.occupations, knowledge.organisations) for item in kind.values()}
    found |= {option.label for fact in knowledge.facts.values() for option in fact.values if len(option.label) > 6}
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in sorted(found | set(extra), key=len, reverse=True))})"
        r"(?:s|en|n|'s)?(?!\w)",
        re.I,
    )


def ease(text: str, names: re.Pattern[str] | None = None) -> float:
    """Flesch-Douma (100 very easy, 0 very hard). With `names`: addresses, figures and names each count as one short word."""
    said = []
    for sentence in sentences(ADDRESS.sub("site", text)):
        if names:
            sentence = PROPER.sub("naam", FIGURE.sub("tien", names.sub("naam", sentence)))
        said.append(sentence.rstrip(".!?:;") + ".")
    return float(textstat.flesch_reading_ease(" ".join(said)))


def cards(knowledge: Knowledge) -> dict[str, str]:
    """What each card says, as it is answered on a day after the school year of the documents."""
    return {f"kaart {topic.id}": answers.answer_text(knowledge, topic, AS_OF) for topic in knowledge.topics.values()}


def routes(knowledge: Knowledge) -> dict[str, str]:
    """Everything that can be said of each route."""
    return {f"route {item.id}": "\n".join(_of_route(knowledge, item)) for item in knowledge.programmes.values()}


def _of_route(knowledge: Knowledge, item: Programme) -> Iterator[str]:
    yield export.text_of(knowledge, item)
    yield from (export.detail_text(detail) for detail in item.te_regelen)
    for leaf in conditions.leaves(knowledge.conditions[item.id]):
        yield from filter(None, (leaf.reden, leaf.tip))
    for step in item.stappen:
        yield step.doe
        yield from filter(None, (step.neem_mee and f"Neem mee: {step.neem_mee}.", step.duur))


def small_records(knowledge: Knowledge) -> dict[str, str]:
    """Questions, explained words, conflicts, organisations and occupations."""
    found = {f"vraag {item.id}": f"{item.vraag}\n{item.waarom}" for item in knowledge.facts.values()}
    found |= {f"woord {item.id}": item.uitleg for item in knowledge.terms.values()}
    found |= {f"conflict {item.id}": item.zin for item in knowledge.conflicts.values()}
    found |= {f"organisatie {item.id}": f"{item.naam} {item.rol}." for item in knowledge.organisations.values()}
    return found | {f"beroep {item.id}": item.beschrijving for item in knowledge.occupations.values()}


def responses() -> dict[str, str]:
    """The fixed answers of domain.yml that are Dutch."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return {
        name: variant["text"]
        for name, variants in domain["responses"].items()
        for variant in variants
        if "text" in variant and not name.startswith(FOREIGN)
    }


def page() -> dict[str, str]:
    """The texts of the page."""
    code = (ROOT / "bot" / "page" / "nl.js").read_text(encoding="utf-8")
    code = re.sub(r"^\s*(?://|/?\*).*$", "", code, flags=re.M)
    return {f"nl.js: {text[:40]}": text for text in re.findall(r'"((?:[^"\\]|\\.)*)"', code) if " " in text}


def spoken_in_code() -> dict[str, str]:
    """Sentences in the code of actions and knowledge: texts of two words and more that begin and end as a sentence does."""
    found = {}
    for place in CODE:
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            found |= {f"{place}/{file.name}:{line}": text for line, text in _strings(file) if SPOKEN.match(text)}
    return found


def _strings(file: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string but docstrings; what is filled in reads as "iets"."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "iets" for part in node.values]
            yield node.lineno, "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (inside | docs):
            yield node.lineno, node.value


def unexplained(text: str, jargon: list[str], terms: list[str]) -> set[str]:
    """The words of the list, and abbreviations, that neither begrippen.yml (`terms`) nor the text itself explains."""
    left = ADDRESS.sub(" ", text)
    for term in sorted(terms, key=len, reverse=True):
        if term.lower() in left.lower():
            left = glossary.compiled(term).sub(" ", left)
    hard = {word for word in jargon if word.lower() in left.lower() and glossary.compiled(word).search(left)}
    hard |= set(re.findall(r"(?<![\w-])[A-Z]{3,}\d?(?![\w-])", left))
    return {word for word in hard if not glossary.explained_in(word, text)}
