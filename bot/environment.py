"""Settings that must stand before Rasa, TensorFlow or the embedding are imported."""

from __future__ import annotations

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
    os.environ.setdefault("POSTGRESQL_POOL_SIZE", "5")  # Rasa's 50 + 100 for each process would use up any server
    os.environ.setdefault("POSTGRESQL_MAX_OVERFLOW", "5")
    os.environ.setdefault("TQDM_DISABLE", "1")
    os.environ.setdefault("RASA_CACHE_DIRECTORY", ".cache/rasa")  # what training may skip
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    warnings.filterwarnings("ignore")


def quiet_logs() -> None:
    """Our log lines and others' errors only, as JSON without what users type."""
    from bot import logs  # noqa: PLC0415

    logs.configure()
