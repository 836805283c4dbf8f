"""Figures: the median of all rounds and its spread, kept in a file, and compared with those of another day."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.measures import MEASURES, Kind, Measure
from tests.bench.noise import Noise

COMMITTED: Final = Path(__file__).parent / "figures.json"
SURE: Final = {Kind.WORK: 0.10, Kind.FRAMES: 0.25, Kind.SIZE: 0.01, Kind.MEMORY: 0.10}
"""A smaller difference, as a share, is none, however calm the rounds were."""
SIGMAS: Final = 3
"""A difference counts beyond so many of the spreads of both figures."""


@dataclass(frozen=True)
class Figure:
    """The median of the rounds, and how far they lie from it."""

    median: float
    spread: float
    """Median distance from the median, scaled to a standard deviation, as a share of the median."""

    @classmethod
    def of(cls, samples: Sequence[float]) -> "Figure":
        """Return the figure of one sample for each round."""
        middle = median(samples)
        distance = median(abs(sample - middle) for sample in samples)
        return cls(middle, 1.4826 * distance / abs(middle) if middle else 0.0)


def figures_of(samples: Sequence[Mapping[str, float]]) -> dict[str, Figure]:
    """Return the figure of each measure over the rounds' samples."""
    return {key: Figure.of([sample[key] for sample in samples]) for key in samples[0]}


@dataclass(frozen=True)
class Session:
    """All that was measured at one time on one machine."""

    date: str
    machine: str
    software: str
    rounds: int
    noise: Noise
    figures: Mapping[str, Figure]

    def write(self, file: Path) -> None:
        """Write the session to a file."""
        file.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, file: Path) -> "Session":
        """Return the session that a file holds."""
        written = json.loads(file.read_text(encoding="utf-8"))
        figures = {key: Figure(**figure) for key, figure in written["figures"].items()}
        return cls(**{**written, "noise": Noise(**written["noise"]), "figures": figures})


def noise(measure: Measure, *figures: Figure) -> float:
    """Return the share by which the figures of a measure may differ for no reason."""
    return max(SURE[measure.kind], SIGMAS * math.hypot(*(figure.spread for figure in figures)))


def change(measure: Measure, now: Figure, then: Figure, *, speed: float) -> float:
    """Return by what share a figure is above an earlier one, as if both machines had the same speed.

    Speed is how long the fixed piece of work takes now, divided by how long it took then.
    """
    expected = then.median * (speed if measure.kind is Kind.WORK else 1)
    return now.median / expected - 1 if expected else 0.0


def verdict(measure: Measure, now: Figure, then: Figure, *, speed: float) -> str:
    """Return "worse" or "better" where a figure has changed beyond the noise of both, else nothing."""
    changed = change(measure, now, then, speed=speed)
    if abs(changed) <= noise(measure, now, then):
        return ""
    return "worse" if changed > 0 else "better"


def is_missed(measure: Measure, figure: Figure) -> bool:
    """Return whether a figure is above its goal."""
    return measure.goal is not None and figure.median > measure.goal


def table(now: Session, then: Session | None) -> Iterator[str]:
    """Yield the lines of the table of a session, beside an earlier one where there is one."""
    yield f"{'':50} {'median':>9}    spread     goal" + (f"   {then.date:>10}  change" if then else "")
    speed = now.noise.spin_ms / then.noise.spin_ms if then else 1.0
    for key, measure in MEASURES.items():
        figure = now.figures[key]
        goal = f"≤ {measure.goal:g}" if measure.goal is not None else ""
        row = f"{measure.words:50} {number(figure.median):>9} {measure.unit:2} ±{figure.spread:4.0%} {goal:>8}"
        if then and key in then.figures:
            before = then.figures[key]
            row += f"   {number(before.median):>10} {change(measure, figure, before, speed=speed):+7.0%} "
            row += verdict(measure, figure, before, speed=speed)
        yield (row + (" MISSED" if is_missed(measure, figure) else "")).rstrip()


def number(value: float) -> str:
    """Return a figure as the tables write it."""
    return f"{value:,.1f}" if abs(value) < 100 else f"{value:,.0f}"
