"""What every calculator shares: figures read from the cards, decisions with their reasons, and the note on old amounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from knowledge import answers, conditions
from knowledge.conditions import Clause, Condition, Group, Outcome, Profile
from knowledge.schema import Leaf, Topic
from knowledge.schema_parts import Figure
from knowledge.store import Knowledge
from knowledge.today import today
from knowledge.verdicts import Reason

UNSAID = "Dat weten we nog niet."
ZERO = Decimal(0)
CENT = Decimal("0.01")
FLEMISH_GOVERNMENT = "de Vlaamse overheid"
Operator = Literal["=", ">=", "<", "in", "onbeschreven"]


class FigureMissing(LookupError):
    """A card, figure or organisation that a calculator needs is not in the knowledge base; the text says which."""


@dataclass(frozen=True)
class Line:
    """One line of a calculation: what it is about, whether it is so, how much, and why.

    `amount` is what is certain in the unit of its figure, None when that can't be said; `at_most` is what it may still
    become when what is unknown turns out well, None when that can't be said. `past_year` is the school year of an amount
    that is over (empty when it is not), `ask` who knows the amount of today.
    """

    id: str
    name: str
    outcome: Outcome
    reasons: tuple[Reason, ...]
    amount: Figure | None = None
    at_most: Figure | None = None
    notes: tuple[str, ...] = ()
    past_year: str = ""
    ask: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the reasons and an amount stand ("000:514"), each once."""
        amount = (self.amount.bron,) if self.amount and self.outcome != "no" else ()
        return tuple(dict.fromkeys(cited(self.reasons) + amount))


def cited(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Where these reasons stand, each place once."""
    return tuple(dict.fromkeys(source for reason in reasons for source in reason.sources))


def card(knowledge: Knowledge, name: str) -> Topic:
    """The card with this id. Raises FigureMissing when staff renamed or removed it."""
    if name not in knowledge.topics:
        raise FigureMissing(f'De rekenhulp heeft de kaart "{name}" nodig, maar die bestaat niet.')
    return knowledge.topics[name]


def figure(knowledge: Knowledge, name: str) -> Figure:
    """The figure "card.figure" of the knowledge base. Raises FigureMissing when it is not there."""
    topic, _, key = name.partition(".")
    found = card(knowledge, topic).cijfers.get(key)
    if found is None:
        raise FigureMissing(
            f'De rekenhulp heeft het cijfer "{key}" van de kaart "{topic}" nodig, maar dat staat er niet.'
        )
    return found


def organisation(knowledge: Knowledge, name: str) -> str:
    """How a visitor reads this organisation. Raises FigureMissing when it is not there."""
    if name not in knowledge.organisations:
        raise FigureMissing(f'De rekenhulp heeft de organisatie "{name}" nodig, maar die bestaat niet.')
    return knowledge.organisations[name].naam


def value(item: Figure) -> Decimal:
    """The single number of a figure, in its unit. Raises FigureMissing when it holds a range, a date or a text."""
    if isinstance(item.waarde, bool) or not isinstance(item.waarde, (int, float)):
        raise FigureMissing(f"De rekenhulp verwacht één getal bij {item.bron}, geen bereik, datum of tekst.")
    return Decimal(str(item.waarde))


def with_value(item: Figure, number: Decimal) -> Figure:
    """The same figure (unit and source) with another number, rounded to the hundredth."""
    return item.copy(update={"waarde": float(number.quantize(CENT)), "van": None, "tot": None})


def leaf(fact: str, op: Operator, wanted: Any, reden: str = "", bron: str = "", tip: str = "") -> Leaf:
    """One condition of a calculator on what was filled in; one without `reden` is never told."""
    return Leaf(fact=fact, op=op, value=wanted, reden=reden, bron=bron, tip=tip)


def open_in_documents(fact: str, reden: str, bron: str) -> Leaf:
    """What the documents leave open, so that nothing filled in can settle it."""
    return leaf(fact, "onbeschreven", None, reden, bron)


def all_of(*parts: Condition) -> Group:
    """Every part must hold."""
    return Group("all", parts)


def any_of(*parts: Condition) -> Group:
    """One part is enough."""
    return Group("any", parts)


def decide(condition: Condition, facts: Profile, on: dt.date | None = None) -> tuple[Outcome, tuple[Reason, ...]]:
    """The outcome for what was filled in, with the sentence and source of each clause that decided it."""
    result = conditions.evaluate(condition, facts, on)
    clauses = [clause for clause in result.clauses if clause.outcome == result.outcome and clause.leaf.reden]
    return result.outcome, unique(_reason(clause, facts) for clause in clauses)


def _reason(clause: Clause, facts: Profile) -> Reason:
    item = clause.leaf
    text = item.reden
    if clause.outcome == "no" and item.tip:
        text = f"{text} {item.tip}"
    if clause.outcome == "unknown" and item.op != "onbeschreven" and facts.get(item.fact) is None:
        text = f"{text} {UNSAID}"
    return Reason(text, item.fact, (item.bron,) if item.bron else (), clause.outcome)


def unique(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Each sentence once, in order."""
    seen: dict[str, Reason] = {}
    for reason in reasons:
        seen.setdefault(reason.text, reason)
    return tuple(seen.values())


def past_year(knowledge: Knowledge, topic: Topic, on: dt.date | None = None) -> str:
    """The school year ("2025-2026") of a card's amounts, when it is over on this date (today when none is given)."""
    year = topic.schooljaar or answers.school_year_of(knowledge, topic)
    return year if year and (on or today()) > answers.school_year_end(year) else ""


def past_note(year: str, ask: str) -> tuple[str, ...]:
    """The sentence about an amount of a past school year and whom to ask for today's; nothing when it is not past."""
    return (f"Dit bedrag gold in {year}, vraag het huidige bedrag na bij {ask}.",) if year else ()
