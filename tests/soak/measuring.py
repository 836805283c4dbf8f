"""A server and a crowd of readers, each in a process of its own, and what they cost."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import psutil

from tests.browser.servers import ROOT, Server

MEGABYTE: Final = 2**20


def memory_mb(server: Server) -> float:
    """Return the memory that a server's process occupies."""
    return float(psutil.Process(server.process.pid).memory_info().rss) / MEGABYTE


def cpu_seconds(server: Server) -> float:
    """Return how long the server's process has computed, on all processors together."""
    times = psutil.Process(server.process.pid).cpu_times()
    return float(times.user + times.system)


@dataclass
class Readers:
    """A crowd, in its own process."""

    process: subprocess.Popen[str]

    def hear(self) -> dict[str, Any]:
        """Wait for the crowd's next figures, and return them."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the crowd ended without a word"
        figures: dict[str, Any] = json.loads(line)
        return figures

    def go_on(self) -> None:
        """Let the crowd go on: to choose after it has come, to leave after it has chosen."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()


@contextmanager
def crowd(address: str, readers: int, per_second: float, seconds: float) -> Iterator[Readers]:
    """Yield so many readers, who come at once; they have gone when the block ends."""
    command = [sys.executable, "-m", "tests.soak.load", address]
    command += [f"--readers={readers}", f"--per-second={per_second}", f"--seconds={seconds}"]
    with subprocess.Popen(  # noqa: S603  fixed words
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Readers(process)
        finally:
            process.terminate()
            process.wait()


def report(title: str, **figures: object) -> None:
    """Print figures for whoever runs the soak, with how busy the machine was besides."""
    told = ", ".join(
        f"{name} {value:.3g}" if isinstance(value, float) else f"{name} {value}" for name, value in figures.items()
    )
    print(f"\n{title}: {told}, load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)
