"""Replicas killed in front of an open page, again and again."""

from itertools import cycle, islice
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from dashboard.atlas import ATLAS
from tests.browser.conftest import Visits
from tests.browser.replicas import survive_a_kill, two_replicas
from tests.soak.measuring import report

KILLS: Final = 20
SOON: Final = 5.0
"""Seconds."""


@pytest.mark.soak
def test_a_reader_hardly_notices_that_a_replica_is_killed(browser: Browser, tmp_path: Path) -> None:
    """Twenty times, in turns: after the page is back, and in the very moment, the reader clicks."""
    took: list[float] = []
    with two_replicas(tmp_path) as replicas:
        visits = Visits(browser, replicas.front.address)
        page = visits("?focus=btc&lang=ru&tab=others")
        with_lines = [subject for subject in ATLAS.subjects.values() if subject.lines and subject.id != "btc"]
        for number, subject in enumerate(islice(cycle(with_lines), KILLS)):
            took.append(survive_a_kill(page, replicas, subject, click_at_once=bool(number % 2)))
            replicas.restart()
        visits.close()
    report("back after a kill", seconds=[round(one, 2) for one in took[::2]])
    report("a click in the moment of a kill answered", seconds=[round(one, 2) for one in took[1::2]])
    assert max(took) < SOON
