"""An evaluation in words: the table in the terminal, and the sentences that the page has too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

HALVES = {"development": "ontwikkelhelft", "held_out": "bewaarde helft", "all": "samen"}
SETS = {
    "flanders_care": "webinar gezinszorg",
    "flanders_childcare": "webinar kinderopvang",
    "vlor": "advies onderwijsraad (Vlor)",
    "via6": "acties voor zij-instroom (VIA 6)",
    "netherlands": "leereenheden (Nederland)",
    "unknown": "niet in de documenten",
}
# Row of the table, where its figure stands in the summary of a half, and how it is written.
ROWS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Juiste antwoorden: elk beslissend feit staat erin", ("answers", "share"), "share"),
    ("Eerlijk 'dat weet ik niet' als het er niet in staat", ("unknown", "share"), "share"),
    ("Intents van het gesprek, macro F1", ("intents", "macro_f1"), "score"),
    ("   dezelfde, met de vragen erbij", ("intents", "macro_f1_with_questions"), "score"),
    ("   vragen die als vraag herkend zijn", ("intents", "questions_taken_for_questions"), "share"),
    ("   andere berichten die voor een vraag gehouden zijn", ("intents", "acts_taken_for_questions"), "share"),
    ("Entiteiten, F1", ("entities", "f1"), "score"),
    ("   precisie", ("entities", "precision"), "score"),
    ("   volledigheid (recall)", ("entities", "recall"), "score"),
    ("Binnen of buiten het domein, AUROC", ("out_of_scope", "auroc"), "score"),
    ("   valse antwoorden op vragen buiten het domein", ("out_of_scope", "false_answers"), "share"),
    ("Juist bij een vraag in een andere taal", ("languages", "share"), "share"),
    ("   met een zin in de taal van de vraag", ("languages", "own_language"), "share"),
    ("Woorden in een antwoord, mediaan", ("words", "median"), "number"),
    ("Een bericht begrijpen, mediaan (ms)", ("latency", "understanding", "median"), "number"),
    ("   95 van de 100 keer binnen (ms)", ("latency", "understanding", "p95"), "number"),
    ("   rekentijd daarvan, mediaan (ms)", ("latency", "computing", "median"), "number"),
    ("Een hele beurt, mediaan (ms)", ("latency", "turn", "median"), "number"),
    ("   95 van de 100 keer binnen (ms)", ("latency", "turn", "p95"), "number"),
)
GROUPS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("Juiste antwoorden per document", "per_document", SETS),
    ("Juiste antwoorden per manier van vragen", "per_register", {}),
    ("Juiste antwoorden per vrager", "per_persona", {}),
)
WIDTH = 58


def written(value: float, kind: str) -> str:
    """A figure as Dutch readers write it: "93,5 %", "0,931" or "62"."""
    text = {"share": f"{100 * value:.1f} %", "score": f"{value:.3f}", "number": f"{value:.0f}"}[kind]
    return text.replace(".", ",")


def figure(half: Mapping[str, Any], path: Sequence[str]) -> float:
    """The figure that stands at a path in the summary of a half."""
    value: Any = half
    for key in path:
        value = value[key]
    return float(value)


def table(summary: Mapping[str, Any]) -> str:
    """The table for the terminal."""
    lines = [" " * WIDTH + "".join(f"{name:>16}" for name in HALVES.values())]
    for name, path, kind in ROWS:
        cells = [written(figure(summary[half], path), kind) for half in HALVES]
        lines.append(f"{name:<{WIDTH}}" + "".join(f"{cell:>16}" for cell in cells))
    for title, key, names in GROUPS:
        lines += ["", f"{title:<{WIDTH}}"]
        for name in summary["all"]["answers"][key]:
            cells = [cell(summary[half]["answers"][key].get(name)) for half in HALVES]
            lines.append(f"   {names.get(name, name):<{WIDTH - 3}}" + "".join(f"{cell:>16}" for cell in cells))
    lines += ["", "Lat, gemeten op de bewaarde helft:"]
    for bar in summary["bars"]:
        lines.append(f"  {'✓' if bar['met'] else '✗'} {bar['name']}: {bar_text(bar)}")
    if "sample" in summary:
        lines.append(f"  Voorbeeldvragen: {summary['sample']['right']} van {summary['sample']['count']} juist")
    lines += ["", left_out_line(summary), model_line(summary)]
    return "\n".join(lines)


def cell(group: Mapping[str, float] | None) -> str:
    """The share and the count of a group; a dash when there is no such group."""
    return f"{written(group['share'], 'share')} ({group['count']:.0f})" if group else "–"


def bar_text(bar: Mapping[str, Any]) -> str:
    """What was reached, and between brackets what was asked."""
    kind = "number" if bar["goal"] > 1 else "share" if not bar["more_is_better"] else "score"
    limit = "minstens" if bar["more_is_better"] else "hoogstens"
    return f"{written(bar['value'], kind)} ({limit} {written(bar['goal'], kind)})"


def left_out_line(summary: Mapping[str, Any]) -> str:
    """How many messages didn't count."""
    return f"{sum(summary['left_out'].values())} berichten tellen niet mee: ze staan ook in de voorbeelden van de taaldata."


def model_line(summary: Mapping[str, Any]) -> str:
    """What was measured, when, what it cost to train, and whether other work slowed it down."""
    model, machine = summary["model"], summary["machine"]
    lines = [f"Model {model['name']}, {model['megabytes']:.0f} MB. Gemeten op {summary['measured']}."]
    if model["training_seconds"]:
        lines.append(f"Trainen duurde {model['training_seconds']:.0f} seconden.")
    else:
        lines.append("Hoelang trainen duurt, meet je met: wegwijs evaluate --retrain.")
    if machine["load"] > machine["cores"]:
        lines.append(
            f"Er liep ander werk op deze computer (belasting {machine['load']:.1f} op {machine['cores']} kernen): "
            "de wachttijden zijn langer dan gewoonlijk."
        )
    return " ".join(lines)
