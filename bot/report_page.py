"""The page of an evaluation: one HTML file with its pictures inside, which needs nothing else."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping, Sequence
from typing import Any

from bot import measures, pictures
from bot.evaluate import Outcome
from bot.measures import QUESTION_SETS
from bot.report_text import GROUPS, HALVES, ROWS, bar_text, cell, figure, left_out_line, model_line, written

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


def html_page(summary: Mapping[str, Any], outcome: Outcome, wrong: Sequence[Mapping[str, str]]) -> str:
    """The whole page; pictures are inside it. `wrong` is what may be shown of what went wrong."""
    body = "\n".join(
        [
            *_introduction(summary),
            *(part for group in GROUPS for part in _group(summary, *group)),
            *_understanding(summary, outcome),
            *_scope(summary, outcome),
            *_costs(outcome),
            *_wrong(wrong),
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
        [names.get(name, name), *(cell(summary[half]["answers"][key].get(name)) for half in HALVES)]
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
            [[name, cell(group)] for name, group in summary["all"]["out_of_scope"]["false_answers_per_kind"].items()],
        ),
        "<h2>Andere talen</h2>",
        _table(
            ["taal, beide helften", "juist (aantal vragen)"],
            [[name, cell(group)] for name, group in summary["all"]["languages"]["per_language"].items()],
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


def _wrong(wrong: Sequence[Mapping[str, str]]) -> list[str]:
    rows = [[item["set"], item["message"], item["wanted"], item["reply"]] for item in wrong]
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
        f'<tr><th scope="row">{html.escape(bar["name"])}</th><td class="number">{bar_text(bar)}</td>'
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
