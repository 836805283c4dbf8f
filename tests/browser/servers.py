"""Servers to test against: this repository's, or a copy of it with other content."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


def server_command(port: int) -> list[str]:
    """Return the command that the README names, without its console."""
    return [sys.executable, "-u", "-m", "streamlit", "run", "dashboard/app.py", f"--server.port={port}"]


@contextmanager
def running_server(
    folder: Path = ROOT, port: int | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Yield the address of a server started in a folder, on a free port or the one given; it ends with the block.

    The environment is added to the tests' own.
    """
    with subprocess.Popen(  # noqa: S603  fixed words
        server_command(port or free_port()),
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if "URL: http" in line:
                break
        else:
            raise AssertionError("the server did not start:\n" + "".join(said))
        try:
            yield line.split()[-1]
        finally:
            process.terminate()
            process.communicate()


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
