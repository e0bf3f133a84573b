"""Where plans to take home are kept: facts and route under an unguessable code, gone after 7 days or on "vergeet alles"."""

from __future__ import annotations

import json
import re
import secrets
import time
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.retention import KEPT_SECONDS, KeptTable

CODE_BYTES = 18  # 24 characters that nobody guesses
CODE = re.compile(r"[\w-]{20,40}", re.ASCII)
metadata = sa.MetaData()
PLANS = sa.Table(
    "kept_plans",
    metadata,
    sa.Column("code", sa.String(40), primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("route", sa.String(120), nullable=False),
    sa.Column("profile", sa.Text, nullable=False),
    sa.Column("kept_at", sa.Float, nullable=False, index=True),
)


@dataclass(frozen=True)
class KeptPlan:
    """What a page needs to show a plan again: the route ("" for none) and the facts, nothing else of the person."""

    route: str
    profile: dict[str, Any]
    until: float


class PlanStore(KeptTable):
    """Plans by code, in a table of their own beside the conversations. Joins `Retention`."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        super().__init__("plans", engine, PLANS, PLANS.c.sender_id, PLANS.c.kept_at)
        metadata.create_all(engine)

    def keep(self, sender_id: str, route: str, profile: dict[str, Any], now: float | None = None) -> str:
        """Keep a plan; gives its code. The same plan of the same conversation keeps its code, and its days begin anew."""
        facts = json.dumps(profile, sort_keys=True, ensure_ascii=False)
        same = (PLANS.c.sender_id == sender_id) & (PLANS.c.route == route) & (PLANS.c.profile == facts)
        moment = now or time.time()
        with self._engine.begin() as connection:
            known = connection.execute(sa.select(PLANS.c.code).where(same)).scalar()
            if known:
                connection.execute(PLANS.update().where(PLANS.c.code == known).values(kept_at=moment))
                return str(known)
            code = secrets.token_urlsafe(CODE_BYTES)
            row = {"code": code, "sender_id": sender_id, "route": route, "profile": facts, "kept_at": moment}
            connection.execute(PLANS.insert().values(**row))
            return code

    def find(self, code: str, now: float | None = None) -> KeptPlan | None:
        """The plan of a code; None for an unknown code and for one past its days."""
        if not CODE.fullmatch(code):
            return None
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(PLANS).where(PLANS.c.code == code)).first()
        if row is None or row.kept_at + KEPT_SECONDS < (now or time.time()):
            return None
        return KeptPlan(row.route, json.loads(row.profile), row.kept_at + KEPT_SECONDS)
