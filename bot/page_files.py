"""The files of the page as they are sent: scripts without comments and indentation, so that the sources may be readable."""

from __future__ import annotations

import functools
import gzip
import hashlib
import logging
from pathlib import Path
from typing import NamedTuple

from sanic import Request
from sanic.response import HTTPResponse, empty, raw, text

logger = logging.getLogger(__name__)
PAGE = Path(__file__).parent / "page"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


class Sent(NamedTuple):
    """A file as it goes over the line: its bytes, the same packed, and the tag by which a browser knows it."""

    content: bytes
    packed: bytes
    tag: str


def sent(path: Path) -> Sent:
    """The file as it is now: an edit shows at the next request. Raises OSError when it can't be read."""
    return _sent(path, path.stat().st_mtime_ns)


def page_file(request: Request, name: str) -> HTTPResponse:
    """One file of the page."""
    return file_of(request, PAGE, name)


def file_of(request: Request, folder: Path, name: str) -> HTTPResponse:
    """One file of a folder, packed; nothing outside it."""
    path = folder / name
    if path.parent != folder or not path.is_file() or path.suffix not in TYPES:
        return text("Deze pagina bestaat niet.", 404)
    file = sent(path)
    headers = {"Cache-Control": "no-cache", "ETag": file.tag, "Vary": "Accept-Encoding, Origin"}
    if file.tag == request.headers.get("if-none-match"):
        return empty(304, headers)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["Content-Encoding"] = "gzip"
    return raw(file.packed if packed else file.content, content_type=TYPES[path.suffix], headers=headers)


@functools.lru_cache(maxsize=64)
def _sent(path: Path, _changed: int) -> Sent:
    content = path.read_bytes()
    if path.suffix == ".js":
        content = _short(content, path.name)
    return Sent(content, gzip.compress(content, mtime=0), f'W/"{hashlib.sha256(content).hexdigest()[:20]}"')


def _short(script: bytes, name: str) -> bytes:
    """The same module in fewer bytes; as it was when it can't be parsed, since the browser then tells best what is wrong."""
    import minify  # here, as it starts a runtime of its own that only a server needs

    try:
        return bytes(minify.string("text/javascript", script.decode("utf-8")), "utf-8")
    except (minify.MinifyError, UnicodeDecodeError) as error:
        logger.warning("%s is sent as it is: %s", name, error)
        return script
