"""Draws the flows as they are: the acts of conversation, the answers, the intake with its routes; Graphviz lays them out.

Colour and number say how often conversations pass; a dashed border says that none does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

import graphviz

from bot.flows.coverage import Walked
from bot.flows.paths import FORM, Place, Trail
from bot.flows.places import Places
from knowledge import conditions
from knowledge.next_question import GROUP_ORDER
from knowledge.store import Knowledge

PARTS = {"gesprek": "Het gesprek", "antwoorden": "Antwoorden op vragen", "intake": "De vragen en de routes"}
GROUPS = {
    "doel": "doel",
    "situatie": "situatie",
    "ervaring": "ervaring",
    "haalbaar": "wat haalbaar is",
    "diploma": "diploma",
}
FONT = "DejaVu Sans"
NONE = {"fillcolor": "#ffffff", "style": "filled,dashed,rounded", "color": "#b3261e", "fontcolor": "#1b1b1b"}
SHADES = ((10, "#1f4e79", "#ffffff"), (3, "#9cc3e6", "#1b1b1b"), (1, "#dceaf7", "#1b1b1b"))
QUESTION = "vraag_"
LINE = 26  # characters before a label is broken

Link = Callable[[Place], str]


class GraphvizMissing(RuntimeError):
    """The program `dot` isn't there; the text says how to get it."""


class Map:
    """Draws one part after the other; `tests` and `talk` count what conversations walked."""

    def __init__(self, places: Places, knowledge: Knowledge, tests: Walked, talk: Walked | None, link: Link) -> None:
        self.places = places
        self.knowledge = knowledge
        self.tests = tests
        self.talk = talk
        self.link = link

    def draw(self) -> dict[str, str]:
        """Each part of PARTS as SVG. Raises GraphvizMissing."""
        return {"gesprek": svg(self._acts()), "antwoorden": svg(self._answers()), "intake": svg(self._intake())}

    def _count(self, kind: str, name: str) -> tuple[int, int]:
        return getattr(self.tests, kind)[name], getattr(self.talk, kind)[name] if self.talk else 0

    def _counted(self, kind: str, name: str) -> str:
        """ "3×" by tests; "3× + 12×" with real talk."""
        tests, talk = self._count(kind, name)
        return f"{tests}× + {talk}×" if self.talk else f"{tests}×"

    def _look(self, kind: str, name: str) -> dict[str, str]:
        times = sum(self._count(kind, name))
        for least, fill, ink in SHADES:
            if times >= least:
                return {"fillcolor": fill, "fontcolor": ink, "style": "filled,rounded", "color": "#1f4e79"}
        return dict(NONE)

    def _href(self, place: Place | None) -> dict[str, str]:
        return {"URL": self.link(place), "tooltip": f"{place.file}:{place.line}"} if place else {}

    def _node(self, graph: graphviz.Digraph, key: str, kind: str, name: str, label: str, place: Place | None) -> None:
        graph.node(key, f"{broken(label)}\n{self._counted(kind, name)}", **self._look(kind, name), **self._href(place))

    def _acts(self) -> graphviz.Digraph:
        graph = new_graph("gesprek")
        trails = [trail for trail in self.places.paths if trail not in self._question_rules()]
        self._nodes_of(graph, trails)
        for trail in trails:
            self._edges_of(graph, trail)
        return graph

    def _nodes_of(self, graph: graphviz.Digraph, trails: Iterable[Trail]) -> None:
        """What people mean on the left, what the bot does on the right."""
        moves = [move for trail in trails for move in trail.moves]
        for name in dict.fromkeys(name for move in moves for name in move.intents):
            self._node(graph, f"i/{name}", "intents", name, name, self.places.examples(name))
        for name in dict.fromkeys(move.action for move in moves if move.action):
            place = self.places.response(name) or next(
                Place(t.file, m.line) for t in trails for m in t.moves if m.action == name
            )
            self._node(graph, f"a/{name}", "actions", name, name, place)

    def _edge_look(self, trail: Trail) -> dict[str, str]:
        """An arrow of a rule or story: solid, dashed in the form, bold of a story; red where nobody passes."""
        kind = "rules" if trail.kind == "rule" else "stories"
        passed = sum(self._count(kind, trail.name)) > 0
        look = {"style": "dashed" if trail.loop else "bold" if trail.kind == "story" else "solid"}
        look |= {"color": "#1f4e79" if passed else "#b3261e", **self._href(trail.place)}
        look["edgetooltip"] = look["tooltip"] = f"{trail.name}: {self._counted(kind, trail.name)}"
        return look

    def _edges_of(self, graph: graphviz.Digraph, trail: Trail) -> None:
        look = self._edge_look(trail)
        before: list[str] = [] if trail.intents else [f"a/{FORM}"]
        for move in trail.moves:
            keys = [f"i/{name}" for name in move.intents] or [f"a/{move.action}"]
            for first in before:
                for second in keys:
                    if first != second:
                        graph.edge(first, second, **look)
            before = keys

    def _question_rules(self) -> list[Trail]:
        """The rules that answer questions."""
        return [
            trail
            for trail in self.places.paths
            if trail.kind == "rule" and any(name.startswith(QUESTION) for name in trail.intents)
        ]

    def _answers(self) -> graphviz.Digraph:
        """Each family of questions with its cards."""
        graph = new_graph("antwoorden")
        rules = self._question_rules()
        self._node(graph, "answer", "actions", "action_answer", "action_answer", rules[0].place if rules else None)
        # Without a rule that can be read the cards still show to which families they belong.
        families = rules[0].intents if rules else dict.fromkeys(card.familie for card in self.knowledge.topics.values())
        for family in (name for name in families if name.startswith(QUESTION)):
            self._node(graph, family, "intents", family, family, self.places.examples(family))
            for rule in rules:
                if family in rule.intents:
                    graph.edge("answer", family, **self._edge_look(rule))
            cards = [topic for topic in self.knowledge.topics.values() if topic.familie == family]
            rows = [
                self._row("records", card.id, card.titel, Place(path, 1))
                for card in cards
                if (path := self.places.card(card.id))
            ]
            if rows:
                graph.node(f"t/{family}", html_table(f"{len(rows)} kaarten", rows), shape="plain")
                graph.edge(family, f"t/{family}")
        return graph

    def _row(self, kind: str, name: str, label: str, place: Place, more: str = "") -> str:
        """One row of a table, coloured and linked."""
        look = self._look(kind, name)
        text = f"{escape(label)} ({self._counted(kind, name)})" + (f"<BR/><I>{escape(more)}</I>" if more else "")
        link, hint = escape(self.link(place)), escape(f"{place.file}:{place.line}")
        return (
            f'<TR><TD ALIGN="LEFT" BALIGN="LEFT" BGCOLOR="{look["fillcolor"]}" HREF="{link}" TITLE="{hint}">'
            f'<FONT COLOR="{look["fontcolor"]}">{text}</FONT></TD></TR>'
        )

    def _intake(self) -> graphviz.Digraph:
        """The questions by group, in the order in which groups are asked; then the routes of each occupation."""
        graph = new_graph("intake")
        start = next((trail.place for trail in self.places.paths if FORM in trail.actions), None)
        self._node(graph, "form", "actions", FORM, FORM, start)
        before = "form"
        for group in GROUP_ORDER:
            facts = [fact for fact in self.knowledge.facts.values() if fact.groep == group and not fact.nooit_vragen]
            if not facts:
                continue
            with graph.subgraph(
                name=f"cluster_{group}", graph_attr={"label": GROUPS[group], "color": "#767676"}
            ) as part:
                for fact in facts:
                    self._node(part, f"f/{fact.id}", "facts", fact.id, fact.vraag, self.places.fact(fact.id))
            graph.edge(before, f"f/{facts[0].id}")
            before = f"f/{facts[0].id}"
        for fact in self.knowledge.facts.values():
            if fact.vraag_als and not fact.nooit_vragen:
                graph.edge(
                    f"f/{fact.vraag_als.fact}", f"f/{fact.id}", style="dashed", constraint="false", tooltip="alleen als"
                )
        advise = next((trail.place for trail in self.places.paths if "action_advise" in trail.actions), None)
        self._node(graph, "advice", "actions", "action_advise", "action_advise", advise)
        graph.edge(before, "advice")
        for occupation in self.knowledge.occupations.values():
            rows = list(self._route_rows(occupation.id))
            if rows:
                graph.node(f"o/{occupation.id}", html_table(occupation.naam, rows), shape="plain")
                graph.edge("advice", f"o/{occupation.id}")
        return graph

    def _route_rows(self, occupation: str) -> Iterable[str]:
        for programme in self.knowledge.programmes.values():
            path = self.places.route(programme.id)
            if programme.beroep == occupation and path:
                asked = dict.fromkeys(leaf.fact for leaf in conditions.leaves(self.knowledge.conditions[programme.id]))
                place = next(iter(self.places.conditions(programme.id, asked)), Place(path, 1))
                questions = [self.knowledge.facts[name].vraag for name in asked if name in self.knowledge.facts]
                more = f"hangt af van: {' '.join(questions)}" if asked else "geen voorwaarde"
                yield self._row("routes", programme.id, programme.naam, place, more)


def new_graph(name: str) -> graphviz.Digraph:
    """A graph from left to right, in one font and size."""
    return graphviz.Digraph(
        name,
        graph_attr={
            "rankdir": "LR",
            "fontname": FONT,
            "fontsize": "13",
            "ranksep": "1.1",
            "nodesep": "0.14",
            "bgcolor": "transparent",
        },
        node_attr={"shape": "box", "fontname": FONT, "fontsize": "12", "margin": "0.12,0.06"},
        edge_attr={"color": "#767676", "arrowsize": "0.7"},
    )


def html_table(title: str, rows: Iterable[str]) -> str:
    """A table as Graphviz reads it."""
    head = f'<TR><TD ALIGN="LEFT"><B>{escape(title)}</B></TD></TR>'
    return f'<<TABLE BORDER="0" CELLBORDER="1" CELLSPACING="0" CELLPADDING="4" COLOR="#767676">{head}{"".join(rows)}</TABLE>>'


def broken(label: str) -> str:
    """A label over several lines, broken between words."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + len(word) >= LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def svg(graph: graphviz.Digraph) -> str:
    """Lay out as SVG, to stand inside a page. Raises GraphvizMissing."""
    try:
        text = graph.pipe(format="svg", encoding="utf-8")
    except graphviz.ExecutableNotFound as error:
        raise GraphvizMissing(
            "Graphviz ontbreekt op deze computer. Installeer het met: apt-get install graphviz"
        ) from error
    drawn = text[text.index("<svg") :]
    title = f"<title>{escape(PARTS.get(graph.name or '', graph.name or ''))}</title>"
    return re.sub(r"<title>[^<]*</title>", title, drawn, count=1)
