"""Forbids the process to speak to anybody first, and writes down each attempt; Python imports this when it starts."""

import os
import sys
from typing import Any, Final

DIARY: Final = os.environ["TEST_DIARY"]
"""The file that is written."""
WATCHED: Final = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})


def forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """Note the attempt, and end it."""
    if event in WATCHED:
        with open(DIARY, "a", encoding="utf-8") as diary:  # noqa: PTH123  pathlib is not there yet
            diary.write(f"{event} {arguments[1:]}\n")
        raise PermissionError(f"{event} is forbidden here")


sys.addaudithook(forbid)
