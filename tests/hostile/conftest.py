"""A server in a strange country that may speak to nobody first."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.browser.servers import Server, started_server

GUARD: Final = Path(__file__).parent / "guard"


class Guarded(NamedTuple):
    """A server that may open no connection, and where its attempts are written down."""

    server: Server
    diary: Path

    @property
    def attempts(self) -> list[str]:
        """What the server has tried, line by line."""
        return self.diary.read_text("utf-8").splitlines() if self.diary.exists() else []


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """Yield a server that may open no connection, in the locale C without UTF-8, where it is already tomorrow."""
    diary = tmp_path_factory.mktemp("guard") / "diary.txt"
    surroundings = {
        "PYTHONPATH": str(GUARD),
        "TEST_DIARY": str(diary),
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "TZ": "Pacific/Kiritimati",
    }
    with started_server(environment=surroundings) as server:
        yield Guarded(server, diary)
