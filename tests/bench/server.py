"""A server of its own process, and what the kernel knows of it: CPU, memory, and bytes on its sockets."""

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from tests.browser.servers import ROOT, free_port, started_server

SENT: Final = re.compile(r"bytes_sent:(\d+)")
RECEIVED: Final = re.compile(r"bytes_received:(\d+)")


@dataclass(frozen=True)
class Server:
    """A running server."""

    address: str
    port: int
    process: psutil.Process
    start_ms: float
    """From the start of its process to the first healthy answer."""

    def _processes(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def cpu_ms(self) -> float:
        """Return the CPU time spent so far, user and system; it moves in steps of 10 ms."""
        times = [process.cpu_times() for process in self._processes()]
        return float(sum(spent.user + spent.system for spent in times)) * 1000

    def memory_mb(self) -> float:
        """Return the resident memory, in MB of a million bytes."""
        return float(sum(process.memory_info().rss for process in self._processes())) / 1e6

    def socket_bytes(self) -> dict[str, int]:
        """Return the bytes sent and received so far on each open connection that carried any, by the browser's end."""
        command = ("ss", "-tinH", "state", "established", "sport", "=", f":{self.port}")
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  fixed words
        return read_sockets(said)


def read_sockets(said: str) -> dict[str, int]:
    """Return bytes sent and received by peer from what `ss -tinH` says: two lines for each connection."""
    lines = said.splitlines()
    found = {}
    for about, counters in zip(lines[::2], lines[1::2], strict=True):
        totals = [int(match[1]) for match in (SENT.search(counters), RECEIVED.search(counters)) if match]
        if sum(totals):
            found[about.split()[-1]] = sum(totals)
    return found


@contextmanager
def measured_server(folder: Path = ROOT) -> Iterator[Server]:
    """Yield a server started in a folder; it ends with the block."""
    port = free_port()
    began = time.perf_counter()
    with started_server(folder, port) as started:
        start_ms = (time.perf_counter() - began) * 1000
        yield Server(started.address, port, psutil.Process(started.process.pid), start_ms)
