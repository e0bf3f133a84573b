"""Setting up nl_core_news_sm: fetched and checked from a server on loopback, or the fallback."""

import hashlib
import http.server
import threading
import zipfile

import pytest

from bot import spacy_nl, spacy_package

WHEEL = "nl_core_news_sm-3.4.0-py3-none-any.whl"


@pytest.fixture
def home(tmp_path):
    """A package of the same shape, served on loopback: URL and hash."""
    path = tmp_path / "served" / WHEEL
    path.parent.mkdir()
    info = "nl_core_news_sm-3.4.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("nl_core_news_sm/__init__.py", "loaded = True\n")
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: nl-core-news-sm\nVersion: 3.4.0\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=str(path.parent))

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{WHEEL}", hashlib.sha256(path.read_bytes()).hexdigest()
    server.shutdown()


def test_a_reachable_package_with_the_right_hash_is_installed(home, tmp_path):
    wheel = spacy_package.fetch(*home, tmp_path)
    spacy_package.install(wheel, tmp_path / "site")
    assert "loaded" in (tmp_path / "site/nl_core_news_sm/__init__.py").read_text()


@pytest.mark.parametrize(
    ("url", "sha256", "reason"),
    [
        (None, "0" * 64, "klopt niet"),
        (None, "", "nog niet ingevuld"),
        ("http://127.0.0.1:9/x.whl", "0" * 64, "niet te bereiken"),
    ],
)
def test_anything_else_is_refused_with_its_reason(home, tmp_path, url, sha256, reason):
    with pytest.raises(spacy_package.NotFetched, match=reason):
        spacy_package.fetch(url or home[0], sha256, tmp_path, timeout=2)


def test_the_fallback_gives_dutch_lemmas(tmp_path):
    spacy_nl.make_fallback(tmp_path / "nl")
    import spacy

    doc = spacy.load(tmp_path / "nl")("drie crèches")
    assert [token.lemma_ for token in doc][1] == "crèche"
