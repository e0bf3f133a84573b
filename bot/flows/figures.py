"""Where people stop, what they ask and what they reach, by day: counted from kept conversations, without any text of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from bot.conversations import ConversationStore
from bot.flows.coverage import kept
from bot.flows.observation import Observed

ADVICE, PLAN, HANDOVER = "trajectory", "plan", "handover"
NOT_UNDERSTOOD = frozenset({"nlu_fallback"})
MOST_ASKED = 20
NO_QUESTION = "geen vraag van de intake"
LABELS = {
    "conversations": "gesprekken",
    "turns": "beurten",
    "intake": "begonnen aan de vragen",
    "advice": "kregen advies",
    "plan": "kregen een plan",
    "handover": "naar een mens gewezen",
    "not_understood": "niet begrepen berichten",
}


async def figures(store: ConversationStore, facts: Collection[str]) -> dict[str, Any]:
    """The figures of all conversations that are kept (7 days). `facts` are the names of facts. See `count`."""
    return count(await kept(store, facts))


def count(conversations: Iterable[Sequence[Observed]]) -> dict[str, Any]:
    """{"days": [{"day", "conversations", "turns", "intake", "advice", "plan", "handover", "not_understood"}], "total": the
    same without a day, "shares": {"advice", "plan", "handover"} of all conversations (0 to 1), "asked": [{"record", "count"}],
    "stopped_at": [{"fact", "count"}] of those who began the intake and got no advice, "steps": [{"step", "count"}] how many
    came as far as each step}. Conversations are counted on the day of their first turn.
    """
    talks = [list(turns) for turns in conversations if turns]
    days: dict[str, Counter[str]] = {}
    total, asked, stopped, reached = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for turns in talks:
        day = dt.datetime.fromtimestamp(turns[0].at).date().isoformat()
        found = _of_one(turns)
        days.setdefault(day, Counter()).update(found)
        total.update(found)
        asked.update(record for turn in turns if "action_answer" in turn.done for record in turn.records[:1])
        if found["intake"] and not found["advice"]:
            stopped[_last_question(turns)] += 1
        reached.update(name for name in ("conversations", "intake", "advice", "plan") if found[name])
    number = max(1, len(talks))
    return {
        "days": [{"day": day, **_row(days[day])} for day in sorted(days)],
        "total": _row(total),
        "shares": {name: round(total[name] / number, 4) for name in ("advice", "plan", "handover")},
        "asked": [{"record": name, "count": times} for name, times in asked.most_common(MOST_ASKED)],
        "stopped_at": [{"fact": name, "count": times} for name, times in stopped.most_common()],
        "steps": [{"step": name, "count": reached[name]} for name in ("conversations", "intake", "advice", "plan")],
    }


def _of_one(turns: Sequence[Observed]) -> Counter[str]:
    kinds = {kind for turn in turns for kind in turn.kinds}
    return Counter(
        {
            "conversations": 1,
            "turns": len(turns),
            "intake": int(any(turn.asked for turn in turns) or ADVICE in kinds),
            "advice": int(ADVICE in kinds),
            "plan": int(PLAN in kinds),
            "handover": int(HANDOVER in kinds),
            "not_understood": sum(turn.intent in NOT_UNDERSTOOD and not turn.loop for turn in turns),
        }
    )


def _row(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in LABELS}


def _last_question(turns: Sequence[Observed]) -> str:
    """The question that was open when someone stopped."""
    return next((turn.asked for turn in reversed(turns) if turn.asked), NO_QUESTION)


def table(counted: dict[str, Any]) -> str:
    """The figures as lines for a terminal."""
    lines = [f"{label:<28}{counted['total'][name]:>8}" for name, label in LABELS.items()]
    lines += ["", "Per dag:"] + [
        f"  {row['day']}: {row['conversations']} gesprekken, {row['advice']} met advies" for row in counted["days"]
    ]
    lines += ["", "Laatste vraag voor iemand stopte:"] + [
        f"  {item['fact']}: {item['count']}" for item in counted["stopped_at"]
    ]
    lines += ["", "Meest gevraagd:"] + [f"  {item['record']}: {item['count']}" for item in counted["asked"]]
    return "\n".join(lines)
