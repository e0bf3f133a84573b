"""One HTML page of a run: what was expected beside what was said, and where to mend. It needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from bot.flows.runner import FlowResult, Run, TurnResult
from knowledge.wording import date

if TYPE_CHECKING:
    from bot.flows.ahead import Change

STYLE = """
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:68rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2rem}h3{font-size:1.05rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th[scope=row]{width:11rem}
th,td{border:1px solid #767676;padding:.4rem .6rem;text-align:left;vertical-align:top}
.wide{overflow-x:auto}code{font-size:.95em}
.wrong{border-left:.4rem solid #b3261e;padding-left:.8rem}.right{border-left:.4rem solid #1b6e3c;padding-left:.8rem}
summary{cursor:pointer;padding:.3rem 0}a{color:inherit}
:focus-visible{outline:3px solid #1f5fbf;outline-offset:2px}
"""


def page(title: str, body: str, style: str = "", script: str = "") -> str:
    """A whole page in Dutch around a body that is HTML already."""
    code = f"<script>{script}</script>" if script else ""
    return (
        '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n{body}\n</main>\n{code}</body>\n</html>\n"
    )


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of plain texts, which scrolls by itself on a narrow screen."""
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return (
        f'<div class="wide" role="region" aria-label="{escape(caption)}" tabindex="0"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def report(run: Run, changes: Sequence[Change] = ()) -> str:
    """The page of a run; `changes` are the answers that are otherwise on its day than today."""
    played = f"{len(run.results)} gesprekken, gespeeld zoals op {date(run.day)}."
    parts = [f"<p>{played} <strong>{run.verdict()}</strong></p>"]
    if run.failed:
        parts.append("<h2>Wat anders loopt</h2>" + "".join(_failed(result) for result in run.failed))
    if changes:
        rows = [(change.name, change.what, change.now, change.then) for change in changes]
        parts.append(f"<h2>Wat op {date(run.day)} verandert</h2>")
        parts.append(table("Antwoorden die dan anders zijn", ("waar", "wat", "vandaag", "dan"), rows))
    good = [result for result in run.results if result.passed]
    parts.append(f"<h2>Wat klopt</h2><p>{len(good)} gesprekken.</p>" + "".join(_talk(result) for result in good))
    return page("Gesprekken getest", "\n".join(parts))


def _failed(result: FlowResult) -> str:
    blocks = [f'<section class="wrong"><h3>{escape(result.flow.title)}</h3>']
    for failure in result.failures:
        rows = [
            ("beurt", f"{failure.number}: “{failure.said}”"),
            ("staat in", f"{failure.file}:{failure.line}"),
            (f"verwacht ({failure.what})", failure.expected),
            ("gezegd", failure.got),
            ("kijk in", "\n".join(map(str, failure.mend)) or "–"),
        ]
        cells = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{_lines(text)}</td></tr>' for name, text in rows)
        blocks.append(f"<table>{cells}</table>")
    return "".join([*blocks, _talk(result), "</section>"])


def _talk(result: FlowResult) -> str:
    """The whole conversation, folded."""
    mark = "klopt" if result.passed else "loopt anders"
    return (
        f"<details><summary>{escape(result.flow.title)} ({mark}, {len(result.turns)} beurten)</summary>"
        f"{''.join(_turn(turn) for turn in result.turns)}</details>"
    )


def _turn(result: TurnResult) -> str:
    seen = result.observed
    who = "Knop" if result.turn.pressed else "Jij"
    side = "wrong" if result.failures else "right"
    said = f"<p><strong>{who}:</strong> {escape(result.turn.said)}</p>"
    return f'<div class="{side}">{said}<p><strong>Bot:</strong> {_lines(seen.text)}</p></div>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
