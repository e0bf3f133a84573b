"""Settings that must stand before Rasa, TensorFlow or the embedding are imported."""

from __future__ import annotations

import logging
import os
import warnings


def prepare() -> None:
    """Quiet, private and on few threads. Call first thing in every process."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # else a busy machine turns 60 ms into 1.7 s
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TICKET_LOCK_LIFETIME", "20")
    os.environ.setdefault("TQDM_DISABLE", "1")
    os.environ.setdefault("RASA_CACHE_DIRECTORY", ".cache/rasa")  # what training may skip
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    warnings.filterwarnings("ignore")


def quiet_logs() -> None:
    """Warnings and worse only; Rasa's structured log prints what users type, so it is closed below errors."""
    import structlog  # noqa: PLC0415

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("rasa", "tensorflow", "sanic", "sanic.root", "sanic.access", "rasa_sdk", "matplotlib"):
        logging.getLogger(name).setLevel(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
