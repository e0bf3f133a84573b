"""The command line of the trajectory: wegwijs advise, for one written profile."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click
import yaml

from bot import progress
from knowledge import answers, facts, next_question, profiles, ranking, store, trajectory
from knowledge.planning import build, calendar, words
from knowledge.store import Knowledge
from knowledge.trajectory import Advice
from knowledge.verdicts import VERDICT_LABELS

EXAMPLE = "Bijvoorbeeld: age: 34"


@click.command()
@click.option("--profile", "path", required=True, help="YAML-bestand met feiten, zoals age: 34")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="zoals op deze dag, zoals 2027-01-31")
@click.option("--start", default="", help="begin van de opleiding, zoals 2027-09-01")
@click.option("--json", "as_json", is_flag=True, help="als JSON")
def advise(path: str, as_of: dt.datetime | None, start: str, as_json: bool) -> None:
    """Toon wat kan voor iemand: elke route met reden, de open vragen en het plan van de beste route."""
    on = as_of.date() if as_of else dt.date.today()
    try:
        knowledge = store.current()
        profile = profiles.read(knowledge, _written(path))
        begin = calendar.read_start(start, on) if start else None
    except profiles.ProfileError as error:
        for problem in error.problems:
            click.echo(f"✗ {problem}", err=True)
        progress.fail(f"{len(error.problems)} fout(en) in {path}.")
        raise
    except (ValueError, store.KnowledgeMissing) as error:
        progress.fail(str(error))
        raise
    data = advice_data(knowledge, profile, begin, on)
    click.echo(
        json.dumps(data, ensure_ascii=False, indent=2) if as_json else advice_text(knowledge, profile, begin, on)
    )


def _written(path: str) -> Any:
    """The YAML of a file. Raises ValueError, in Dutch, when it can't be read."""
    try:
        written = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"Het bestand '{path}' is niet te lezen. Kijk het pad na.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" (regel {mark.line + 1})" if mark else ""
        raise ValueError(f"'{path}' is geen geldige YAML{place}. Schrijf op elke regel een feit. {EXAMPLE}") from error
    return {} if written is None else written


def open_questions(knowledge: Knowledge, advice: Advice, profile: dict[str, Any], on: dt.date) -> list[str]:
    """The facts that may still be asked, the next one first."""
    first = next_question.next_question(knowledge, profile, on=on)
    rest = [name for name in knowledge.facts if name in advice.missing and not knowledge.facts[name].nooit_vragen]
    return list(dict.fromkeys([first.fact.id, *rest])) if first else []


def advice_data(knowledge: Knowledge, profile: dict[str, Any], start: dt.date | None, on: dt.date) -> dict[str, Any]:
    """Verdicts with reasons, what is still to be asked, and the plan of the best route."""
    advice = trajectory.advise(knowledge, profile, on)
    made = build.plan(knowledge, build.best(knowledge, profile, on), profile, start, on)
    routes = [
        {
            "id": item.programme.id,
            "name": item.programme.naam,
            "verdict": item.verdict,
            "reasons": [
                {"text": reason.text, "fact": reason.fact, "sources": answers.source_list(knowledge, reason.sources)}
                for reason in item.reasons
            ],
            "ask": item.ask.naam,
        }
        for item in advice.judgements
    ]
    return {
        "as_of": on.isoformat(),
        "profile": profile,
        "routes": routes,
        "ranking": ranking.explained(advice.judgements, advice.profile),
        "questions": open_questions(knowledge, advice, profile, on),
        "plan": words.as_data(knowledge, made),
    }


def advice_text(knowledge: Knowledge, profile: dict[str, Any], start: dt.date | None, on: dt.date) -> str:
    """The same to read."""
    advice = trajectory.advise(knowledge, profile, on)
    lines = ["Dit weet ik:", *(f"- {clause}" for clause in facts.summary(knowledge, advice.profile)), ""]
    for item in advice.judgements:
        lines.append(f"{item.programme.naam}: {VERDICT_LABELS[item.verdict].lower()}")
        for reason in item.reasons:
            where = f" [{', '.join(filter(None, reason.sources))}]" if any(reason.sources) else ""
            lines.append(f"  - {reason.text}{where}")
    asked = open_questions(knowledge, advice, profile, on)
    lines += ["", ranking.explained(advice.judgements, advice.profile), ""]
    lines += ["Nog te vragen:", *(f"- {knowledge.facts[name].vraag}" for name in asked), ""] if asked else []
    made = build.plan(knowledge, build.best(knowledge, profile, on), profile, start, on)
    lines += [words.as_text(knowledge, made), ""]
    if made.questions:
        lines += ["Vragen voor het centrum:", *(f"- {words.note_text(note)}" for note in made.questions)]
    return "\n".join(lines)
