"""What an employer fills in to calculate premiums. None is "not known yet" everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sector = Literal["gezinszorg", "kinderopvang"]
Region = Literal["vlaanderen", "brussel"]
Facility = Literal["kinderdagverblijf", "bko"]
Training = Literal["onderwijskwalificatie", "zevende_jaar"]
Contract = Literal["oao_gesubsidieerd", "deeltijds_gesubsidieerd", "ander"]

MONTHS_IN_YEAR = 12
DAYS_IN_MONTH = 31


@dataclass(frozen=True)
class Employer:
    """Where the pupils learn. `facility` only matters in child care; `mentor_trained` is by the end of the pupil's path."""

    sector: Sector
    public: bool | None = None
    region: Region | None = None
    facility: Facility | None = None
    mentor_trained: bool | None = None


@dataclass(frozen=True)
class Pupil:
    """One pupil in one school year. Raises ValueError, in Dutch, for numbers that can't be.

    `months` are of this school year (1 to 12), `days` the days under the mentor in each of them, `hours` those of the year
    under remote supervision (verwijderd toezicht, wijkwerking or werkvergadering) in gezinszorg, `evaluation` whether the
    interim evaluation was positive.
    """

    months: int
    training: Training | None = None
    days: tuple[int, ...] | None = None
    contract: Contract | None = None
    evaluation: bool | None = None
    hours: float | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.months <= MONTHS_IN_YEAR:
            raise ValueError(f"Reken per schooljaar: 1 tot {MONTHS_IN_YEAR} maanden, niet {self.months}.")
        if self.days is not None and len(self.days) != self.months:
            raise ValueError(
                f"Geef voor elk van de {self.months} maanden het aantal dagen, niet {len(self.days)} keer."
            )
        if any(not 0 <= number <= DAYS_IN_MONTH for number in self.days or ()):
            raise ValueError(f"Een maand telt 0 tot {DAYS_IN_MONTH} dagen.")
        if self.hours is not None and not 0 <= self.hours < float("inf"):
            raise ValueError("Het aantal uren kan niet kleiner zijn dan 0.")
