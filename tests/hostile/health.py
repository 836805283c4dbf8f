"""Whether the server answers meanwhile, and how soon, seen from another process."""

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Final
from urllib.request import urlopen

PAUSE: Final = 0.02
"""Seconds between two questions."""
QUICK: Final = 0.1
"""Seconds within which a healthy server answers, whatever else it is asked."""


@dataclass
class Health:
    """How long each answer took, in seconds; filled in when the watch has ended."""

    answers: list[float] = field(default_factory=list)

    @property
    def p99(self) -> float:
        """The time within which 99 of 100 answers came, in seconds."""
        return sorted(self.answers)[int(len(self.answers) * 0.99)]


@contextmanager
def watched_health(address: str) -> Iterator[Health]:
    """Ask the server again and again how it is while the block runs; each answer must be that it is well."""
    ours, theirs = multiprocessing.Pipe()
    # A fork would take the browser's and the event loop's threads with it.
    watcher = multiprocessing.get_context("spawn").Process(target=_watch, args=(address, theirs), daemon=True)
    watcher.start()
    assert ours.recv() == "watching"
    health = Health()
    try:
        yield health
    finally:
        ours.send("enough")
        told = ours.recv()
        watcher.join()
    assert not isinstance(told, str), told
    health.answers.extend(told)


def _watch(address: str, theirs: Connection) -> None:
    """Ask until told that it is enough; then tell how long each answer took, or what went wrong."""
    answers: list[float] = []
    trouble = ""
    theirs.send("watching")
    while not theirs.poll(PAUSE):
        began = time.perf_counter()
        try:
            with urlopen(f"{address}/_stcore/health", timeout=20) as answer:  # noqa: S310  our own server
                if answer.status != 200:
                    trouble = f"the server's health was answered with {answer.status}"
        except OSError as error:
            trouble = f"the server did not say how it was: {error}"
        answers.append(time.perf_counter() - began)
    theirs.recv()
    theirs.send(trouble or answers)
