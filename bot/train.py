"""Trains the Rasa model when nothing trained fits the data."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import progress

ROOT = Path(__file__).parent.parent
MODELS = Path("models")
KEPT = 2  # models: the newest, and the one before it
SOURCES = ("config.yml", "domain.yml", "data", "knowledge/content/plaatsen.yml", "bot/topic_model.py", "bot/kind_model.py",
           "bot/topic_classifier.py", "bot/entity_extractor.py", "bot/spacy_nl.py", "bot/text.py", "bot/embedding.py",
           "requirements.lock")  # fmt: skip
CARDS = "knowledge/content/onderwerpen"  # a changed text or amount needs no training; another card does


def fingerprint(root: Path = ROOT, sources: Sequence[str] = SOURCES) -> str:
    """Changes when anything changes that needs another training, or when one of `sources` or the set of cards does."""
    digest = hashlib.sha256()
    for source in sources:
        path = root / source
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(root)}\0".encode())
                digest.update(file.read_bytes())
    for card in sorted((root / CARDS).rglob("*.yml")):
        digest.update(card.name.encode())
    return digest.hexdigest()[:16]


def model_path(root: Path = ROOT) -> Path:
    """Where the model for the present data is, or would be."""
    return root / MODELS / f"wegwijs-{fingerprint(root)}.tar.gz"


def kept(root: Path = ROOT) -> list[Path]:
    """The models that there are, the newest first."""
    return sorted((root / MODELS).glob("wegwijs-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)


def ensure_model(root: Path = ROOT) -> Path:
    """The model that fits the data; trained first when there is none."""
    path = model_path(root)
    if path.exists():
        progress.say(f"Model is al getraind: {path.name}")
        return path
    # Apart: training may use every core, a serving process must not; and its memory is given back.
    settings = {**os.environ, "OMP_NUM_THREADS": str(os.cpu_count() or 1)}
    done = subprocess.run([sys.executable, "-m", "bot.cli", "train", "--force"], cwd=root, env=settings)
    if done.returncode != 0 or not path.exists():
        progress.fail("Het model is niet getraind. De fout staat hierboven.")
    return path


def train(root: Path = ROOT) -> Path:
    """Train and save; the model before it stays, to compare with. Parts whose input didn't change come from Rasa's cache."""
    from rasa.model_training import train as rasa_train  # noqa: PLC0415  (imports TensorFlow)

    _without_progress_bars()
    path = model_path(root)
    progress.say("Model trainen (de eerste keer ongeveer 7 minuten, daarna sneller) …")
    path.parent.mkdir(exist_ok=True)
    result = rasa_train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "data")],
        output=str(path.parent),
        fixed_model_name=path.name.removesuffix(".tar.gz"),
    )
    if result.code != 0 or not path.exists():
        progress.fail("Het model is niet getraind. Kijk naar de fout hierboven en voer 'make check' uit.")
    for old in kept(root)[KEPT:]:
        old.unlink()
    progress.say(f"Model getraind: {path.name}, {path.stat().st_size / 1e6:.0f} MB")
    return path


def _without_progress_bars() -> None:
    """Rasa's bars fill a log with thousands of lines; the steps are said by `progress` instead."""
    import tqdm  # noqa: PLC0415

    begin = tqdm.tqdm.__init__

    def without(self: tqdm.tqdm, *args: object, **settings: object) -> None:
        begin(self, *args, **{**settings, "disable": True})  # Rasa says disable=False itself

    tqdm.tqdm.__init__ = without  # type: ignore[method-assign]
