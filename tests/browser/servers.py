"""Servers to test against: this repository's, or a copy of it with other content."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Final
from urllib.request import urlopen

ROOT: Final = Path(__file__).parents[2]


def server_command(port: int) -> list[str]:
    """Return the command that the README names, without its console."""
    return [sys.executable, "-u", "-m", "streamlit", "run", "dashboard/app.py", f"--server.port={port}"]


@dataclass(frozen=True)
class Server:
    """A server that runs: where it answers, its process, and the lines that it has written so far."""

    address: str
    process: subprocess.Popen[str]
    said: list[str]


@contextmanager
def started_server(
    folder: Path = ROOT, port: int | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Yield a server started in a folder, on a free port or the one given, that answers; it ends with the block."""
    port = port or free_port()
    with subprocess.Popen(  # noqa: S603  fixed words
        server_command(port),
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        server = Server(f"http://localhost:{port}", process, [])
        # A pipe that nobody reads would fill up, and the server stand still.
        reader = Thread(target=server.said.extend, args=(process.stdout,), daemon=True)
        reader.start()
        try:
            _wait_until_it_answers(server)
            yield server
        finally:
            process.terminate()
            process.wait()
            reader.join()


def _wait_until_it_answers(server: Server) -> None:
    """Return when the server answers; an AssertionError says what it wrote before it ended."""
    while server.process.poll() is None:
        try:
            with urlopen(f"{server.address}/_stcore/health"):  # noqa: S310  our own server
                return
        except OSError:  # not yet, or not any more
            time.sleep(0.05)
    raise AssertionError("the server did not start:\n" + "".join(server.said))


@contextmanager
def running_server(folder: Path = ROOT, port: int | None = None) -> Iterator[str]:
    """Yield the address of a server started in a folder, on a free port or the one given; it ends with the block."""
    with started_server(folder, port) as server:
        yield server.address


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def copy_of_the_project(folder: Path) -> Path:
    """Copy what a server needs, so that a test may change the content."""
    for part in ("dashboard", "geodata", ".streamlit"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "build"))
    return folder
