"""Documentation and code agree: the commands, options, files, links, settings and contracts that the pages name exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot import cli
from knowledge.verdicts import VERDICT_ORDER
from tests.conftest import ROOT

DOCS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
CODE = [path for name in ("bot", "actions", "knowledge", "scripts") for path in (ROOT / name).rglob("*.*")]
CODE = [path for path in [*CODE, ROOT / "Makefile"] if path.suffix in (".py", ".sh", "")]
MADE = {line.strip().rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines() if line.strip()}
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)")
WEGWIJS = re.compile(r"(?:^|[\s/`(])wegwijs((?: +[\w./:-]+| +\"[^\"]*\")+)")
SETTING = re.compile(r"\bWEGWIJS_[A-Z0-9_]*[A-Z0-9]\b")
LINK = re.compile(r"(?:\]\(|src=\")([^)\s\"]+)")
SUFFIX = re.compile(r"[\w*>]\.(?:py|js|css|html|md|yml|yaml|toml|lock|sh|jsonl?|png|svg|ics|db)$")
PATH = re.compile(r"[\w.*<>…-]+(?:/[\w.*<>…-]+)*/?")
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()}


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code_of(page: Path) -> list[str]:
    """The lines of code blocks and the code inside sentences."""
    text = text_of(page)
    blocks = [line for block in FENCED.findall(text) for line in block.splitlines()[1:-1]]
    return blocks + INLINE.findall(FENCED.sub("", text))


def unknown_part(words: list[str]) -> str:
    """What does not exist of a `wegwijs …` command line: a command or an option; empty when all of it does."""
    command: click.Command = cli.main
    for word in words:
        if word.startswith("-"):
            options = {flag for parameter in command.params for flag in parameter.opts} | {"--help"}
            if word.partition("=")[0] not in options:
                return word
        elif isinstance(command, click.Group):
            if word not in command.commands:
                return word
            command = command.commands[word]
    return ""


def paths_named(page: Path) -> Iterator[str]:
    """What looks like a file or folder of this project, in code inside sentences."""
    for code in INLINE.findall(FENCED.sub("", text_of(page))):
        if PATH.fullmatch(code) and (SUFFIX.search(code) or ("/" in code and code.split("/")[0] in FOLDERS)):
            yield code


def exists(name: str) -> bool:
    """Whether a path is in the project, or is made by it; of a pattern such as <id>.yml at least one must be there."""
    first = name.split("/")[0]
    if first in MADE or any(Path(name).match(pattern) for pattern in MADE):
        return True
    pattern = re.sub(r"<[^>]*>|…", "*", name.rstrip("/"))
    if "/" not in pattern:
        return any(next(folder.rglob(pattern), None) for folder in sources()) or bool(list(ROOT.glob(pattern)))
    return bool(list(ROOT.glob(pattern)))


def sources() -> list[Path]:
    return [ROOT / name for name in sorted(FOLDERS) if not name.startswith(".") and name not in MADE]


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_make_target_exists(page):
    targets = set(re.findall(r"^([a-z][a-z-]*):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert {name for code in code_of(page) for name in MAKE.findall(code)} - targets == set()


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_command_and_option_exists(page):
    lines = [line.split() for code in code_of(page) for line in WEGWIJS.findall(code)]
    assert [(" ".join(words), unknown_part(words)) for words in lines if unknown_part(words)] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_file_and_link_exists(page):
    links = [link.partition("#")[0] for link in LINK.findall(text_of(page)) if "://" not in link]
    missing = [link for link in links if link and not (page.parent / link).exists()]
    assert [name for name in paths_named(page) if not exists(name)] + missing == []


def test_every_setting_named_is_read_and_every_setting_read_is_named():
    read = {name for path in CODE for name in SETTING.findall(text_of(path))}
    named = {name for page in DOCS for name in SETTING.findall(text_of(page))}
    assert named == read


def test_the_documented_verdicts_and_kinds_of_reply_are_those_of_the_code():
    design = text_of(ROOT / "docs" / "ontwerp.md")
    verdicts = re.findall(r"^\| `(\w+)` \|", section(design, "What each verdict means"), re.MULTILINE)
    assert verdicts == list(VERDICT_ORDER)
    kinds = set(re.findall(r"^\| `(\w+)` \|", section(design, "Contracts"), re.MULTILINE))
    spoken = [*ROOT.glob("actions/*.py"), ROOT / "bot" / "action_runner.py", ROOT / "domain.yml"]
    code = "\n".join(text_of(path) for path in spoken)
    assert {kind for kind in kinds if not re.search(rf'"{kind}"|type: {kind}\b', code)} == set()
    assert set(re.findall(r'(?:"type": "|\{type: )([a-z_]+)', code)) - kinds == set()


def section(text: str, title: str) -> str:
    """The part of a page under one of its headings of the second level."""
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [("knowledge check", ""), ("knowledge chek", "chek"), ("knowledge export --jsn", "--jsn"), ("knowledge show an_id", "")],
)
def test_a_wrong_command_would_be_found(line, wrong):
    assert unknown_part(line.split()) == wrong


def test_a_wrong_path_would_be_found():
    assert exists("knowledge/content/onderwerpen/<familie>/<id>.yml") and exists("results/evaluation.json")
    assert not exists("knowledge/contents/") and not exists("no_such_file.yml")
