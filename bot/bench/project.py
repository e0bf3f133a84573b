"""Makes the projects that are compared: the same domain, rules and stories, and the same share of the examples."""

from __future__ import annotations

import math
import random
import shutil
from pathlib import Path
from typing import Any

import yaml

from bot.train import ROOT

LINKED = ("actions", "bot", "knowledge", "domain.yml", "requirements.lock", "pyproject.toml", "tests")
STOCK_CONFIG = Path(__file__).parent / "stock_config.yml"
FEWEST = 2  # examples that every label keeps, however small the share
SEED = 7


def make(folder: Path, share: float = 1.0, stock_epochs: int | None = None) -> int:
    """A project in a new folder, with a share (0 to 1) of the examples; stock Rasa's when epochs are given.

    Code and content are links to ours. Gives the number of example sentences.
    """
    folder.mkdir(parents=True)
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "data", folder / "data")
    count = sum(_thin(path, share) for path in sorted((folder / "data" / "nlu").rglob("*.yml")))
    if stock_epochs is None:
        shutil.copy(ROOT / "config.yml", folder)
    else:
        (folder / "config.yml").write_text(yaml.safe_dump(stock_config(stock_epochs)), encoding="utf-8")
        (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    return count


def stock_config(epochs: int) -> dict[str, Any]:
    """Stock Rasa's configuration, with another number of epochs."""
    config: dict[str, Any] = yaml.safe_load(STOCK_CONFIG.read_text(encoding="utf-8"))
    for part in (*config["pipeline"], *config["policies"]):
        if "epochs" in part:
            part["epochs"] = epochs
    return config


def _thin(path: Path, share: float) -> int:
    """Keep a share of the examples of every intent in a file; the same ones each time. Gives how many are kept."""
    data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    count = 0
    for entry in data["nlu"]:
        if "intent" not in entry:
            continue
        lines = entry["examples"].splitlines()
        kept = min(len(lines), max(FEWEST, math.ceil(share * len(lines))))
        chosen = random.Random(f"{SEED}{path.name}{entry['intent']}").sample(range(len(lines)), kept)
        entry["examples"] = "".join(f"{lines[index]}\n" for index in sorted(chosen))
        count += kept
    if share < 1:
        path.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")
    return count
