"""Where the packages come from: every one locked with hashes, and set-up takes no other."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
SET_UP = (ROOT / "scripts" / "setup.sh").read_text(encoding="utf-8")


def test_every_package_has_one_version_and_hashes():
    blocks = re.split(r"\n(?=\w)", LOCK.strip())
    assert len(blocks) > 100
    locked = re.compile(r"[\w.\[\],-]+==\S+.*--hash=sha256:", re.DOTALL)
    assert [block.split()[0] for block in blocks if not locked.match(block)] == []


def test_set_up_takes_nothing_without_its_hash():
    installs = [line for line in SET_UP.splitlines() if "pip install" in line]
    assert installs
    for line in installs:
        assert "--require-hashes" in line or "--no-index" in line, line


@pytest.mark.long
def test_the_same_data_and_seed_give_the_same_model(tmp_path, content):
    """Two trainings apart; both models rank all topics of some sentences alike, to six decimals."""
    import asyncio
    import os
    import shutil
    import subprocess
    import sys

    from bot.turns import Bot

    said = ["hoelang duurt zorgkundige?", "ik ben 34 en werkloos", "wat is evc", "wat is het weer", "en in nederland?", "asdf"]
    outcomes = []
    for number in range(2):
        copy = tmp_path / str(number)
        ignored = shutil.ignore_patterns(".git", ".venv", "models", "var", "results", ".cache", "__pycache__", "node_modules")
        shutil.copytree(ROOT, copy, ignore=ignored)
        settings = {**os.environ, "PYTHONPATH": str(copy), "WEGWIJS_CACHE_DIR": str(copy / "cache")}
        subprocess.run([sys.executable, "-m", "bot.cli", "train", "--force"], cwd=copy, env=settings, check=True)
        model = next((copy / "models").glob("*.tar.gz"))
        bot = Bot.load(model, "sqlite:///:memory:")
        outcomes.append([_rounded(asyncio.run(bot.agent.parse_message(text))) for text in said])
    assert outcomes[0] == outcomes[1]


def _rounded(value):
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, (list, tuple)) else value
