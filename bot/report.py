"""Shows an evaluation: a table in the terminal, a JSON file, and one HTML page with pictures that needs nothing else.

Wrong replies are listed for the development half only. The held-out half stays unseen, so that it keeps its worth.
"""

from __future__ import annotations

import base64
import datetime as dt
import html
import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot import measures, pictures
from bot.evaluate import DEVELOPMENT, Item, Outcome
from bot.measures import QUESTION_SETS

FOLDER = Path("results")
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
            cells = [_cell(summary[half]["answers"][key].get(name)) for half in HALVES]
            lines.append(f"   {names.get(name, name):<{WIDTH - 3}}" + "".join(f"{cell:>16}" for cell in cells))
    lines += ["", "Lat, gemeten op de bewaarde helft:"]
    for bar in summary["bars"]:
        lines.append(f"  {'✓' if bar['met'] else '✗'} {bar['name']}: {_bar_text(bar)}")
    if "sample" in summary:
        lines.append(f"  Voorbeeldvragen: {summary['sample']['right']} van {summary['sample']['count']} juist")
    lines += ["", left_out_line(summary), model_line(summary)]
    return "\n".join(lines)


GROUPS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("Juiste antwoorden per document", "per_document", SETS),
    ("Juiste antwoorden per manier van vragen", "per_register", {}),
    ("Juiste antwoorden per vrager", "per_persona", {}),
)


def _cell(group: Mapping[str, float] | None) -> str:
    return f"{written(group['share'], 'share')} ({group['count']:.0f})" if group else "–"


def _bar_text(bar: Mapping[str, Any]) -> str:
    kind = "number" if bar["goal"] > 1 else "share" if not bar["more_is_better"] else "score"
    limit = "minstens" if bar["more_is_better"] else "hoogstens"
    return f"{written(bar['value'], kind)} ({limit} {written(bar['goal'], kind)})"


def model_facts(path: Path, seconds: float | None, folder: Path = FOLDER) -> dict[str, Any]:
    """Name, size, and training time when it was trained just now or before an earlier evaluation of the same model."""
    earlier = folder / "evaluation.json"
    if seconds is None and earlier.exists():
        model = json.loads(earlier.read_text(encoding="utf-8"))["model"]
        seconds = model["training_seconds"] if model["name"] == path.name else None
    return {"name": path.name, "megabytes": path.stat().st_size / 1e6, "training_seconds": seconds}


def complete(outcome: Outcome, model: Mapping[str, Any]) -> dict[str, Any]:
    """Every figure of an evaluation, with what was measured, when, and on how busy a machine."""
    return {
        **measures.summarise(outcome),
        "model": dict(model),
        "left_out": outcome.left_out,
        "measured": dt.date.today().isoformat(),
        "machine": {"cores": os.cpu_count(), "load": os.getloadavg()[0]},
    }


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


def write(summary: Mapping[str, Any], outcome: Outcome, folder: Path = FOLDER) -> tuple[Path, Path]:
    """Write evaluation.json and evaluation.html; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    data, page = folder / "evaluation.json", folder / "evaluation.html"
    data.write_text(json.dumps({**summary, "wrong": wrong(outcome)}, ensure_ascii=False, indent=1), encoding="utf-8")
    page.write_text(html_page(summary, outcome), encoding="utf-8")
    keep(outcome, folder)
    return data, page


def keep(outcome: Outcome, folder: Path = FOLDER) -> None:
    """Keep what was heard and said in outcome.json, for the pictures of the staff page; the held-out half without its words."""
    folder.mkdir(parents=True, exist_ok=True)
    sets = {
        name: [item if item["half"] == DEVELOPMENT else _without_words(item) for item in items]
        for name, items in outcome.sets.items()
    }
    kept = {"sets": sets, "left_out": outcome.left_out}
    (folder / "outcome.json").write_text(json.dumps(kept, ensure_ascii=False, default=float), encoding="utf-8")


def _without_words(item: Item) -> Item:
    """An item from which every figure can still be computed, and nothing can be read."""
    bare = {name: value for name, value in item.items() if name not in ("message", "must", "must_not", "gold")}
    if "reply" in item:
        text = item["reply"]["text"]
        bare["reply"] = {**item["reply"], "text": " ".join("x" for _ in measures.WORD.findall(text))}
        if "own_language" in item:
            bare["own_language"] = "" if re.search(item["own_language"], text) else "(?!)"
    return bare


def wrong(outcome: Outcome) -> list[dict[str, str]]:
    """What went wrong in the development half."""
    found = [
        {"set": item["set"], "message": item["message"], "wanted": item["gold"], "reply": item["reply"]["text"]}
        for item in outcome.items((*QUESTION_SETS, "languages"), DEVELOPMENT)
        if not item["right"]
    ]
    found += [
        {"set": "acts", "message": item["message"], "wanted": item["intent"], "reply": item["heard"]["intent"]}
        for item in outcome.items(["acts"], DEVELOPMENT)
        if measures.folded(item["heard"]["intent"]) != item["intent"]
    ]
    found += [
        {"set": "out_of_scope", "message": item["message"], "wanted": "geen antwoord", "reply": item["reply"]["text"]}
        for item in outcome.items(["out_of_scope"], DEVELOPMENT)
        if item["reply"]["type"] == "answer"
    ]
    return found


STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; } .scroll { overflow-x: auto; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #d5d9df; vertical-align: top;
  overflow-wrap: anywhere; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
img { max-width: 100%; height: auto; } figure { margin: 1rem 0; } figcaption { color: #4a5058; }
.met { color: #14612f; font-weight: 600; } .missed { color: #a3260b; font-weight: 600; }
""".strip()


def html_page(summary: Mapping[str, Any], outcome: Outcome) -> str:
    """The whole page; pictures are inside it."""
    body = "\n".join(
        [
            *_introduction(summary),
            *(part for group in GROUPS for part in _group(summary, *group)),
            *_understanding(summary, outcome),
            *_scope(summary, outcome),
            *_costs(outcome),
            *_wrong(outcome),
        ]
    )
    return (
        '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>Wegwijs: meting</title><style>{STYLE}</style></head>\n'
        f"<body><main>\n{body}\n</main></body></html>\n"
    )


def _introduction(summary: Mapping[str, Any]) -> list[str]:
    counts = summary["all"]
    rows = [
        [name.strip(), *(written(figure(summary[half], path), kind) for half in HALVES)] for name, path, kind in ROWS
    ]
    return [
        "<h1>Hoe goed begrijpt Wegwijs vragen?</h1>",
        _p(
            f"Wij stelden {counts['answers']['count']} vragen waarop de documenten een antwoord geven, "
            f"{counts['unknown']['count']} vragen waarop ze dat niet doen en {counts['out_of_scope']['count']} berichten "
            "over iets heel anders. Een antwoord is juist als elk beslissend feit erin staat. De vragen zijn door "
            "anderen geschreven dan de voorbeelden waarvan Wegwijs leert."
        ),
        _p(
            "Elke verzameling heeft twee helften. Met de ontwikkelhelft zijn drempels gekozen. De bewaarde helft is "
            "alleen gebruikt om te meten: die cijfers zeggen het eerlijkst wat je mag verwachten."
        ),
        _p(f"{left_out_line(summary)} {model_line(summary)}"),
        "<h2>De lat en wat gehaald is</h2>",
        _bars_table(summary),
        "<h2>Alle cijfers</h2>",
        _table(["", *HALVES.values()], rows),
    ]


def _group(summary: Mapping[str, Any], title: str, key: str, names: Mapping[str, str]) -> list[str]:
    held_out = {names.get(name, name): group for name, group in summary["held_out"]["answers"][key].items()}
    rows = [
        [names.get(name, name), *(_cell(summary[half]["answers"][key].get(name)) for half in HALVES)]
        for name in summary["all"]["answers"][key]
    ]
    return [
        f"<h2>{title}</h2>",
        _picture(pictures.shares(held_out, measures.BARS[0][2]), f"{title}, bewaarde helft."),
        _table(["", *HALVES.values()], rows),
    ]


def _understanding(summary: Mapping[str, Any], outcome: Outcome) -> list[str]:
    rows = [
        [name, *(written(group[key], "score") for key in ("precision", "recall", "f1")), f"{group['wanted']:.0f}"]
        for name, group in summary["held_out"]["entities"]["per_entity"].items()
    ]
    return [
        "<h2>Wat Wegwijs verwart</h2>",
        _picture(
            pictures.confusions(*measures.confusions(outcome.items(["acts"]), outcome.items(QUESTION_SETS))),
            "Elke rij is wat iemand bedoelde, elke kolom wat Wegwijs verstond, in procent. Op de schuine lijn is juist.",
        ),
        "<h2>Woorden die Wegwijs uit een bericht haalt</h2>",
        _table(["bewaarde helft", "precisie", "volledigheid", "F1", "aantal"], rows),
    ]


def _scope(summary: Mapping[str, Any], outcome: Outcome) -> list[str]:
    replies = summary["held_out"]["out_of_scope"]["replies"].items()
    return [
        "<h2>Binnen of buiten het domein</h2>",
        _picture(
            pictures.margins(outcome),
            "Hoe ver de beste betekenis binnen het domein voorloopt op 'buiten het domein', bewaarde helft. "
            "Hoe minder de twee vormen overlappen, hoe beter.",
        ),
        _p(
            "Soort antwoord op berichten buiten het domein: "
            + ", ".join(f"{name} {written(share, 'share')}" for name, share in replies)
            + "."
        ),
        _table(
            ["soort bericht, beide helften", "valse antwoorden (aantal berichten)"],
            [[name, _cell(group)] for name, group in summary["all"]["out_of_scope"]["false_answers_per_kind"].items()],
        ),
        "<h2>Andere talen</h2>",
        _table(
            ["taal, beide helften", "juist (aantal vragen)"],
            [[name, _cell(group)] for name, group in summary["all"]["languages"]["per_language"].items()],
        ),
    ]


def _costs(outcome: Outcome) -> list[str]:
    return [
        "<h2>Lengte en snelheid</h2>",
        _picture(pictures.lengths(outcome), "Aantal woorden in een antwoord, met bron en datum. De streep is de lat."),
        _picture(
            pictures.seconds(outcome), "Hoelang begrijpen en een hele beurt duren. Geen bericht was vooraf bekend."
        ),
    ]


def _wrong(outcome: Outcome) -> list[str]:
    rows = [[item["set"], item["message"], item["wanted"], item["reply"]] for item in wrong(outcome)]
    return [
        "<h2>Wat fout ging in de ontwikkelhelft</h2>",
        _p(
            "Fouten van de bewaarde helft staan hier met opzet niet. Wie ze leest en verbetert, kan er niet meer mee meten."
        ),
        _table(["verzameling", "bericht", "verwacht", "antwoord"], rows, numbers=False),
    ]


def _p(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: bool = True) -> str:
    side = ' class="number"' if numbers else ""
    top = "".join(f'<th scope="col"{side if place else ""}>{html.escape(cell)}</th>' for place, cell in enumerate(head))
    body = "".join(
        "<tr>"
        + f'<th scope="row">{html.escape(row[0])}</th>'
        + "".join(f"<td{side}>{html.escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _bars_table(summary: Mapping[str, Any]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{html.escape(bar["name"])}</th><td class="number">{_bar_text(bar)}</td>'
        + (f'<td class="{"met" if bar["met"] else "missed"}">{"gehaald" if bar["met"] else "niet gehaald"}</td></tr>')
        for bar in summary["bars"]
    )
    if "sample" in summary:
        rows += (
            f'<tr><th scope="row">voorbeeldvragen</th><td class="number">{summary["sample"]["right"]} van '
            f"{summary['sample']['count']}</td><td></td></tr>"
        )
    return f"<table><tbody>{rows}</tbody></table>"


def _picture(svg: bytes, caption: str) -> str:
    data = base64.b64encode(svg).decode()
    text = html.escape(caption)
    return f'<figure><img alt="{text}" src="data:image/svg+xml;base64,{data}"><figcaption>{text}</figcaption></figure>'
