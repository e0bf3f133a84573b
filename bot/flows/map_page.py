"""The map as one page that needs nothing else: the pictures, what no test walks, and the source that each node links to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from bot.flows.flow_map import PARTS
from bot.flows.html_report import page
from bot.flows.paths import Place

STYLE = """
body{max-width:none}
.picture{overflow:auto;max-height:85vh;border:1px solid #767676;background:#fff;color:#1b1b1b}
.picture svg{display:block;height:auto}
.tools button{font:inherit;min-width:2.75rem;min-height:2.75rem;margin:0 .3rem .3rem 0}
pre{overflow-x:auto;line-height:1.4}pre span{display:block}pre span:target{background:#ffe08a;color:#1b1b1b}
"""
SCRIPT = """
for (const picture of document.querySelectorAll(".picture")) {
  const drawn = picture.querySelector("svg"), own = drawn.viewBox.baseVal.width * 4 / 3;
  let scale = Math.min(1, picture.clientWidth / own);
  const show = () => { drawn.setAttribute("width", own * scale); drawn.removeAttribute("height"); };
  for (const button of document.querySelectorAll(`[data-for="${picture.id}"]`))
    button.addEventListener("click", () => {
      const factor = Number(button.dataset.zoom);
      scale = factor ? Math.min(4, Math.max(.1, scale * factor)) : Math.min(1, picture.clientWidth / own);
      show();
    });
  show();
}
const open = () => { const line = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (line) { const box = line.closest("details"); if (box) box.open = true; line.scrollIntoView({block: "center"}); } };
addEventListener("hashchange", open); open();
"""
LEGEND = (
    "Een getal zegt hoe vaak de tests er langskomen; na de + staat hoe vaak echte gesprekken dat doen. Hoe donkerder, hoe vaker. "
    "Een rode stippellijn rond een vak: daar komt niemand. Een volle pijl geldt altijd, een streepjespijl midden in de vragen. "
    "Een dikke pijl is een verhaal. Klik op een vak of een pijl voor het bestand en de lijn."
)


SHOWN_LINES = 14  # of a file, from the line that a node links to


class Links:
    """Links of the map to the lines shown below it; remembers which lines those are."""

    def __init__(self) -> None:
        self.lines: dict[Path, set[int]] = {}

    def __call__(self, place: Place) -> str:
        self.lines.setdefault(place.file, set()).add(place.line)
        return f"#{place.file.as_posix()}:{place.line}"


def render(
    pictures: Mapping[str, str], unwalked: Mapping[str, Sequence[tuple[str, Place | None]]], links: Links
) -> str:
    """The page of a map that was drawn with these links."""
    parts = [f"<p>{LEGEND}</p>"]
    parts += [_picture(name, PARTS[name], drawn) for name, drawn in pictures.items()]
    parts.append("<h2>Waar geen test langskomt</h2>")
    parts += [_unwalked(kind, items, links) for kind, items in unwalked.items()]
    parts.append("<h2>De bestanden</h2>")
    parts += [_source(path, lines) for path, lines in sorted(links.lines.items())]
    return page("De gesprekken getekend", "\n".join(parts), STYLE, SCRIPT)


def _picture(name: str, title: str, drawn: str) -> str:
    buttons = "".join(
        f'<button type="button" data-for="{name}" data-zoom="{factor}" aria-label="{escape(title)}: {word}">{word}</button>'
        for factor, word in ((1.4, "groter"), (0.7, "kleiner"), (0, "alles"))
    )
    return (
        f'<h2>{escape(title)}</h2><div class="tools">{buttons}</div>'
        f'<div class="picture" id="{name}" role="region" aria-label="{escape(title)}" tabindex="0">{drawn}</div>'
    )


def _unwalked(kind: str, items: Sequence[tuple[str, Place | None]], links: Links) -> str:
    if not items:
        return f"<p>{escape(kind)}: alles wordt gelopen.</p>"
    rows = "".join(f"<li>{_linked(name, place, links)}</li>" for name, place in items)
    return f"<details><summary>{escape(kind)}: {len(items)}</summary><ul>{rows}</ul></details>"


def _linked(name: str, place: Place | None, links: Links) -> str:
    if place is None:
        return escape(name)
    return f'<a href="{escape(links(place))}">{escape(name)}</a> ({escape(place.file.as_posix())}:{place.line})'


def _source(path: Path, wanted: set[int]) -> str:
    """The lines of a file from each line that is linked to."""
    lines = path.read_text(encoding="utf-8").splitlines()
    near = sorted({n for line in wanted for n in range(line, min(line + SHOWN_LINES, len(lines) + 1))})
    shown = []
    for before, number in zip([0, *near], near):
        gap = "<span>…</span>" if number > before + 1 else ""
        shown.append(
            f'{gap}<span id="{escape(path.as_posix())}:{number}">{number:4}  {escape(lines[number - 1])}</span>'
        )
    return f"<details><summary>{escape(path.as_posix())}</summary><pre>{''.join(shown)}</pre></details>"
