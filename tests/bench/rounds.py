"""One round of measurements: a fresh server, a fresh browser, and every figure once."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Final

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.bench.noise import spin_ms
from tests.bench.reader import PATIENCE_MS, Reader, Target
from tests.bench.server import Server, measured_server
from tests.browser.conftest import DESKTOP
from tests.browser.get_browser import find_browser

CLICKS: Final = 20
NEW_VISITORS: Final = 2
SESSIONS: Final = 10

Sample = dict[str, float]
"""One figure for each measure."""


@dataclass
class Round:
    """What one round found."""

    figures: Sample = field(default_factory=dict)
    files: list[tuple[str, int]] = field(default_factory=list)
    """Path and bytes of each file that a new visitor fetched."""
    spins_ms: list[float] = field(default_factory=list)


@contextmanager
def launched_browser() -> Iterator[Browser]:
    """Yield a headless Chromium that has just been started."""
    executable = find_browser()
    assert executable, "no browser; run make bench, which gets one"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()


@contextmanager
def new_visitor(browser: Browser) -> Iterator[BrowserContext]:
    """Yield a browser's context that has never been anywhere."""
    width, height = DESKTOP
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


def measure_round(aims: Sequence[Target]) -> Round:
    """Return every figure once."""
    found = Round()

    def note(figures: Sample) -> None:
        found.figures |= figures
        found.spins_ms.append(spin_ms())

    found.spins_ms.append(spin_ms())
    with launched_browser() as browser, measured_server() as server:
        note(_start(browser, server))
        note(_coming(browser, server, aims))
        with new_visitor(browser) as context:
            with Reader(context, server.address) as reader:
                note(_load(reader, server))
                found.files = list(reader.fetched)
                note(clicks(reader, server, aims))
            note(_return(context, server))
        note(_sessions(browser, server))
    return found


def _start(browser: Browser, server: Server) -> Sample:
    with new_visitor(browser) as context, Reader(context, server.address) as reader:
        route_ms = reader.route_ms()
        reader.rest()
        return {"start": server.start_ms, "start_route": route_ms, "memory": server.memory_mb()}


def _coming(browser: Browser, server: Server, aims: Sequence[Target]) -> Sample:
    samples = []
    for aim in aims[:NEW_VISITORS]:
        with new_visitor(browser) as context, Reader(context, server.address) as reader:
            samples.append((reader.picture_ms(), reader.route_ms(), reader.interactive_ms(aim)))
    picture_ms, route_ms, interactive_ms = map(median, zip(*samples, strict=True))
    return {"new_picture": picture_ms, "new_route": route_ms, "new_interactive": interactive_ms}


def owner(path: str) -> str:
    """Return whose file it is that lies at a path of the server."""
    if path.startswith("/component/"):
        return "component"
    return "streamlit" if path.startswith(("/static/", "/_stcore/")) else "ours"


def rest_alone(reader: Reader, server: Server) -> None:
    """Wait until the page is at rest, and its websocket is the only connection left that carried anything."""
    reader.route_ms()
    reader.rest()
    while len(server.socket_bytes()) > 1:
        reader.page.wait_for_timeout(200)


def _load(reader: Reader, server: Server) -> Sample:
    """Return what a whole visit carries."""
    rest_alone(reader, server)
    weights = Counter[str]()
    for path, size in reader.fetched:
        weights[owner(path)] += size
    weights["socket"] = sum(server.socket_bytes().values())
    return {
        "new_bytes": weights.total() / 1000,
        **{f"new_{whose}": weights[whose] / 1000 for whose in ("ours", "streamlit", "component", "socket")},
        "new_requests": len(reader.fetched),
    }


def clicks(reader: Reader, server: Server, aims: Sequence[Target]) -> Sample:
    """Return what a click takes, on a page that rests alone."""
    cpu_ms, busy_ms = server.cpu_ms(), reader.busy_ms()
    answered, carried = [], []
    (socket,) = server.socket_bytes()
    for number in range(CLICKS):
        before, fetched = server.socket_bytes()[socket], len(reader.fetched)
        answered.append(reader.click(aims[number % len(aims)]))
        reader.rest()
        files = sum(size for _, size in reader.fetched[fetched:])
        carried.append(server.socket_bytes()[socket] - before + files)
    panels_ms = [click.panel_ms for click in answered]
    task_ms, script_ms = (after - before for before, after in zip(busy_ms, reader.busy_ms(), strict=True))
    return {
        "mark": median(click.mark_ms for click in answered),
        "panel": median(panels_ms),
        "panel_p95": quantiles(panels_ms, n=20)[-1],
        "click_cpu": (server.cpu_ms() - cpu_ms) / CLICKS,
        "click_bytes": median(carried[: len(aims)]),
        "click_again": median(carried[len(aims) :]),
        "click_task": task_ms / CLICKS,
        "click_script": script_ms / CLICKS,
    }


def _return(context: BrowserContext, server: Server) -> Sample:
    """Return what a second visit by the same browser takes."""
    with Reader(context, server.address) as reader:
        picture_ms, route_ms = reader.picture_ms(), reader.route_ms()
        reader.rest()
        size = sum(size for _, size in reader.fetched)
    # A file out of the browser's cache is answered, but nothing is transferred.
    carried = [size for _, size in reader.fetched if size]
    return {
        "repeat_bytes": size / 1000,
        "repeat_requests": len(carried),
        "repeat_picture": picture_ms,
        "repeat_route": route_ms,
    }


def _sessions(browser: Browser, server: Server) -> Sample:
    before_mb = server.memory_mb()
    with new_visitor(browser) as context:
        for _ in range(SESSIONS):
            reader = Reader(context, server.address)
            reader.route_ms()
            reader.rest()
        return {"memory_session": (server.memory_mb() - before_mb) * 1000 / SESSIONS}
