"""How busy the machine was: one fixed piece of work, timed again and again between the measurements."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median, stdev
from typing import Final

SPINS: Final = 1_000_000
QUIET: Final = 0.05
"""Coefficient of variation of the work's time, up to which times may be trusted."""


def spin_ms() -> float:
    """Do the fixed piece of work, and return how long it took."""
    began = time.perf_counter()
    sum(number * number for number in range(SPINS))
    return (time.perf_counter() - began) * 1000


def load() -> float:
    """Return how many processes wanted to run during the last minute."""
    return os.getloadavg()[0]


@dataclass(frozen=True)
class Noise:
    """What the fixed work took, how much that varied, and the load before the first measurement."""

    spin_ms: float
    variation: float
    """Standard deviation of the work's time, as a share of its mean."""
    load: float

    @classmethod
    def of(cls, spins_ms: Sequence[float], load: float) -> "Noise":
        """Return the noise that at least two spins show."""
        return cls(median(spins_ms), stdev(spins_ms) / mean(spins_ms), load)

    @property
    def is_quiet(self) -> bool:
        """Whether times may be trusted."""
        return self.variation <= QUIET

    def __str__(self) -> str:
        """Say it in one sentence."""
        verdict = "quiet" if self.is_quiet else "noisy: trust the bytes, and take the times again in a quieter moment"
        return (
            f"A fixed piece of work took {self.spin_ms:.0f} ms ± {self.variation:.0%}, load {self.load:.1f} "
            f"on {os.cpu_count()} cores. The machine was {verdict}."
        )
