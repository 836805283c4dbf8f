"""Measures the dashboard, prints what was found, and compares it with the figures committed last."""

import argparse
import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from geodata import load_atlas
from tests.bench import figures, growth
from tests.bench.figures import COMMITTED, Session, figures_of, is_missed
from tests.bench.measures import MEASURES
from tests.bench.noise import Noise, load
from tests.bench.reader import targets
from tests.bench.rounds import launched_browser, measure_round, owner

LARGEST: Final = 12
"""Files that are listed."""


def main() -> int:
    """Take the measurements; the exit code is 1 when a gate is missed, or a click grows with the atlas."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="each with a fresh server and browser (5)")
    parser.add_argument("--keep", action="store_true", help=f"write the figures to {COMMITTED.name}")
    parser.add_argument("--no-growth", action="store_true", help="leave out the atlas of 10, 100 and 1,000 lines")
    options = parser.parse_args()

    load_before, atlas, found = load(), load_atlas(), []
    aims = targets(atlas, atlas.lines)
    for number in range(options.rounds):
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
        found.append(measure_round(aims))
    grown = {} if options.no_growth else growth.measure_growth(options.rounds)
    with launched_browser() as browser:
        software = f"Chromium {browser.version}, Python {platform.python_version()}, Streamlit {version('streamlit')}"
    now = Session(
        date=datetime.now(UTC).date().isoformat(),
        machine=f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        software=software,
        rounds=options.rounds,
        noise=Noise.of([spin for round_ in found for spin in round_.spins_ms], load_before),
        figures=figures_of([round_.figures for round_ in found]),
    )

    print(f"{now.machine}; {now.software}; {now.rounds} rounds.\n{now.noise}\n")
    print(*figures.table(now, Session.read(COMMITTED) if COMMITTED.exists() else None), sep="\n")
    print("\nA new visitor's largest files:")
    for path, size in sorted(found[-1].files, key=lambda file: -file[1])[:LARGEST]:
        print(f"{size / 1000:9.1f} kB  {owner(path):10} {Path(path).name or path}")
    missed = [
        measure.words for key, measure in MEASURES.items() if measure.is_gate and is_missed(measure, now.figures[key])
    ]
    if grown:
        print("", *growth.table(grown), sep="\n")
        missed += [f"{measure.words}, growing with the atlas" for measure in growth.excess(grown)]
    print("\n" + ("Missed: " + "; ".join(missed) if missed else "Every gate is held."))
    if options.keep:
        now.write(COMMITTED)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
