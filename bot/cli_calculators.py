"""The command line of the calculators: wegwijs reken premies, inkomen, lestijden, stage, erkenning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar, cast, get_args

import click

from bot import progress
from knowledge import answers, store, wording
from knowledge.calculators import employer, hours, income, premiums, recognition
from knowledge.calculators.base import FigureMissing, Line, cited
from knowledge.calculators.employer import Employer, Pupil
from knowledge.schema_parts import Figure
from knowledge.store import Knowledge
from knowledge.verdicts import Reason

T = TypeVar("T")
MARKS = {"yes": "✓ ja", "no": "✗ nee", "unknown": "? onbekend"}
YES_NO = {"ja": True, "nee": False, None: None}


def choice(kind: Any) -> Any:
    """The values of a Literal as a choice."""
    return click.Choice([str(value) for value in get_args(kind)])


def yes_no(flag: str, text: str, name: str | None = None) -> Callable[[T], T]:
    """An option "ja" or "nee"; left out it is not known."""
    return cast(
        Callable[[T], T], click.option(flag, *([name] if name else []), type=click.Choice(["ja", "nee"]), help=text)
    )


def as_of(command: T) -> T:
    """The option --datum: reckon as on that date."""
    option = click.option("--datum", type=click.DateTime(["%Y-%m-%d"]), help="reken zoals op deze dag (jjjj-mm-dd)")
    return cast(T, option(cast(Any, command)))


def calculated(what: Callable[[Knowledge], T]) -> T:
    """Run a calculation on the current base; wrong numbers and missing figures end with one clear sentence."""
    try:
        return what(store.current())
    except (ValueError, FigureMissing, store.KnowledgeMissing) as error:
        progress.fail(str(error))
        raise


def day(datum: dt.datetime | None) -> dt.date | None:
    return datum.date() if datum else None


@click.group()
def reken() -> None:
    """Premies, inkomen, lestijden, stage-uren en erkenning uitrekenen."""


@reken.command()
@click.option("--sector", type=choice(employer.Sector), required=True)
@click.option("--bestuur", type=click.Choice(["publiek", "privaat"]), help="publiek (lokaal bestuur) of privaat")
@click.option("--regio", type=choice(employer.Region), help="waar de vestiging ligt")
@click.option("--opvang", type=choice(employer.Facility), help="soort kinderopvang")
@yes_no("--mentoropleiding", "volgt de mentor ze voor het einde van het traject?")
@click.option("--leerlingen", default=1, show_default=True, type=click.IntRange(1, 1000))
@click.option("--maanden", required=True, type=int, help="per leerling, in dit schooljaar")
@click.option("--opleiding", type=choice(employer.Training), help="leidt ze naar een onderwijskwalificatie?")
@click.option("--dagen", help="per maand bij de mentor: 12, of per maand 12,12,8")
@click.option("--contract", type=choice(employer.Contract), help="van de leerling")
@yes_no("--evaluatie", "is de tussentijdse evaluatie positief?")
@click.option("--uren", type=float, help="per leerling en per jaar onder verwijderd toezicht")
@as_of
def premies(
    sector: str,
    bestuur: str | None,
    regio: str | None,
    opvang: str | None,
    mentoropleiding: str | None,
    leerlingen: int,
    maanden: int,
    opleiding: str | None,
    dagen: str | None,
    contract: str | None,
    evaluatie: str | None,
    uren: float | None,
    datum: dt.datetime | None,
) -> None:
    """Welke premies en subsidies krijgt een werkgever? Wat je weglaat, is nog niet geweten."""

    def work(knowledge: Knowledge) -> tuple[Knowledge, premiums.Calculation]:
        public = {"publiek": True, "privaat": False, None: None}[bestuur]
        place = Employer(cast(Any, sector), public, cast(Any, regio), cast(Any, opvang), YES_NO[mentoropleiding])
        pupil = Pupil(
            maanden, cast(Any, opleiding), _days(dagen, maanden), cast(Any, contract), YES_NO[evaluatie], uren
        )
        return knowledge, premiums.calculate(knowledge, place, [pupil] * leerlingen, day(datum))

    knowledge, result = calculated(work)
    for line in result.lines:
        show_line(knowledge, line)
    click.echo(f"Totaal: {wording.figure(result.amount)}{at_most(result.amount, result.at_most)}")
    show_notes(result.notes)


def _days(text: str | None, months: int) -> tuple[int, ...] | None:
    if text is None:
        return None
    try:
        days = tuple(int(part) for part in text.split(","))
    except ValueError as error:
        raise ValueError('Schrijf de dagen als "12", of per maand als "12,12,8".') from error
    return days * months if len(days) == 1 else days


@reken.command()
@click.option("--contract", type=click.Choice(get_args(income.Contract), case_sensitive=False), required=True)
@click.option("--maanden", default=1, show_default=True, type=int, help="voor een ODOS")
@click.option("--uren", type=float, help="gewerkte uren, voor een ODO")
@as_of
def inkomen(contract: str, maanden: int, uren: float | None, datum: dt.datetime | None) -> None:
    """Wat verdient een lerende bij duaal leren?"""

    def work(knowledge: Knowledge) -> tuple[Knowledge, Line]:
        return knowledge, income.income(knowledge, cast(income.Contract, contract), maanden, uren, day(datum))

    show_line(*calculated(work))


@reken.command()
@click.option("--opleiding", type=choice(hours.Training), required=True)
@click.option("--andere-gevolgd", is_flag=True, help="de andere opleiding kinderbegeleider is al gevolgd")
@click.option("--vrijgesteld", default=0.0, type=float, help="zoveel is vrijgesteld")
def lestijden(opleiding: str, andere_gevolgd: bool, vrijgesteld: float) -> None:
    """Hoeveel lestijden blijven er over?"""

    def work(knowledge: Knowledge) -> tuple[Knowledge, hours.Lessons]:
        training = cast(hours.Training, opleiding)
        return knowledge, hours.remaining_lessons(knowledge, training, other_done=andere_gevolgd, exempted=vrijgesteld)

    knowledge, result = calculated(work)
    sure = "" if result.certain else " (niet zeker)"
    click.echo(f"Nog te volgen: {wording.figure(result.remaining)}{sure}, van {wording.figure(result.full)}.")
    show_reasons(knowledge, result.reasons, cited(result.reasons))
    show_notes(result.notes)


@reken.command()
@click.option("--ouderenzorg", default=0.0, type=float, help="uren in de residentiële ouderenzorg")
@click.option("--ziekenhuis", default=0.0, type=float)
@click.option("--thuiszorg", default=0.0, type=float)
@click.option("--andere", default=0.0, type=float, help="uren in een andere setting")
@click.option("--zevende-jaar", is_flag=True, help="7de jaar verzorgende/zorgkundige")
def stage(ouderenzorg: float, ziekenhuis: float, thuiszorg: float, andere: float, zevende_jaar: bool) -> None:
    """Welke stage-uren ontbreken nog voor het visum van zorgkundige?"""

    def work(knowledge: Knowledge) -> tuple[Knowledge, hours.Stage]:
        done = hours.StageHours(ouderenzorg, ziekenhuis, thuiszorg, andere)
        return knowledge, hours.missing_stage(knowledge, done, seventh_year=zevende_jaar)

    knowledge, result = calculated(work)
    click.echo(f"In orde: {MARKS[result.outcome]}")
    click.echo(f"Nog nodig: {wording.figure(result.missing)}.")
    click.echo(f"Daarvan in ouderenzorg, ziekenhuis of thuiszorg: {wording.figure(result.missing_core)}.")
    click.echo(f"Contexten te weinig: {result.missing_contexts}. Telt niet mee: {wording.figure(result.not_counted)}.")
    show_reasons(knowledge, result.reasons, cited(result.reasons))
    show_notes(result.notes)


@reken.command()
@yes_no("--mentor-aangeduid", "duid je een mentor aan?")
@yes_no("--uitrusting", "past de organisatie bij het opleidingsplan?")
@yes_no("--draagkracht", "is er voldoende financiële draagkracht?")
@yes_no("--geen-veroordelingen", "heb je geen veroordelingen?")
@click.option("--leeftijd", type=int, help="van de mentor")
@click.option("--ervaring", type=float, help="jaren van de mentor in het beroep")
@yes_no("--attest", "legt de mentor het attest model 2 voor?")
@yes_no("--opleiding", "volgde de mentor een mentoropleiding?")
@yes_no("--bereid", "is de mentor bereid ze te volgen?")
@click.option("--leerlingen", type=int, help="tegelijk bij deze mentor")
@click.option("--werkgever", type=choice(recognition.EmployerKind))
def erkenning(
    mentor_aangeduid: str | None,
    uitrusting: str | None,
    draagkracht: str | None,
    geen_veroordelingen: str | None,
    leeftijd: int | None,
    ervaring: float | None,
    attest: str | None,
    opleiding: str | None,
    bereid: str | None,
    leerlingen: int | None,
    werkgever: str | None,
) -> None:
    """Kan een werkplek en een mentor erkend worden? Wat je weglaat, is nog niet geweten."""

    def work(knowledge: Knowledge) -> tuple[Knowledge, tuple[Line, Line]]:
        place = recognition.Workplace(
            YES_NO[mentor_aangeduid], YES_NO[uitrusting], YES_NO[draagkracht], YES_NO[geen_veroordelingen]
        )
        person = recognition.Mentor(
            leeftijd, ervaring, YES_NO[attest], YES_NO[opleiding], YES_NO[bereid], leerlingen, cast(Any, werkgever)
        )
        return knowledge, (recognition.workplace(knowledge, place), recognition.mentor(knowledge, person))

    knowledge, lines = calculated(work)
    for line in lines:
        show_line(knowledge, line)


def at_most(amount: Figure | None, most: Figure | None) -> str:
    """What an amount may still become, when that is more."""
    return f" (hoogstens {wording.figure(most)})" if most and most != amount else ""


def show_line(knowledge: Knowledge, line: Line) -> None:
    """One line of a calculation with its amount, reasons, notes and sources."""
    amount = f": {wording.figure(line.amount)}" if line.amount and line.outcome != "no" else ""
    click.echo(f"{MARKS[line.outcome]}  {line.name}{amount}{at_most(line.amount, line.at_most)}")
    show_reasons(knowledge, line.reasons, line.sources)
    show_notes(line.notes)
    click.echo("")


def show_reasons(knowledge: Knowledge, reasons: Iterable[Reason], sources: Sequence[str]) -> None:
    """Each reason with its mark, then the documents and where in them."""
    for reason in reasons:
        click.echo(f"    {MARKS[reason.outcome][0]} {reason.text}")
    click.echo(f"    {answers.source_line(knowledge, sources)} ({', '.join(sources)})")


def show_notes(notes: Iterable[str]) -> None:
    for note in notes:
        click.echo(f"    - {note}")
