"""Many readers at once: opens tabs, chooses in them at a steady pace, and reads what each answer says.

It is a program of its own, so that what it costs does not count as the server's. It prints a
line of JSON when the tabs are open, and another when the choosing has ended.
"""

import argparse
import asyncio
import json
import random
import re
import sys
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

from markupsafe import escape
from websockets.exceptions import InvalidStatus

from dashboard.atlas import ATLAS
from tests.sessions import Session

NAMES: Final = {id_: thing.name for things in (ATLAS.subjects, ATLAS.lines) for id_, thing in things.items()}
"""What may be chosen, and how its panel begins, in English."""
HEADING: Final = re.compile(r'<h2 id="cc-panel-title"[^>]*>(.*?)</h2>')
AT_ONCE: Final = 8
"""Tabs that are being opened at the same time."""
PATIENCE: Final = 60.0
"""Seconds after which an answer does not come."""


@dataclass
class Crowd:
    """The readers, and what became of what they did."""

    address: str
    tabs: list[Session] = field(default_factory=list)
    refused: int = 0
    broken: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    """Seconds from the moment of each choice to the end of its answer."""
    held_back: int = 0
    """Choices that nobody could make, because everybody was waiting for an answer."""

    async def gather(self, readers: int) -> None:
        """Open so many tabs; who is refused is counted, and does not come again."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def come() -> None:
            try:
                tab = await Session.open(self.address, "?lang=en", patience=PATIENCE)
            except InvalidStatus as refusal:
                self.refused += refusal.response.status_code == 503
                if refusal.response.status_code != 503:
                    self.broken.append(f"the handshake was answered with {refusal.response.status_code}")
                return
            async with gate:
                await tab.load(PATIENCE)
                self.tabs.append(tab)

        await asyncio.gather(*(self._noting(come()) for _ in range(readers)))

    async def choose(self, per_second: float, seconds: float) -> None:
        """Choose here and there at this pace, whether or not earlier choices have been answered."""
        idle = list(self.tabs)
        under_way: set[asyncio.Task[None]] = set()
        began = time.perf_counter()
        for number in range(round(per_second * seconds)):
            due = began + number / per_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if not idle:
                self.held_back += 1
                continue
            tab = idle.pop(random.randrange(len(idle)))  # noqa: S311  no secret
            task = asyncio.create_task(self._noting(self._choose_in(tab, due, idle)))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        await asyncio.gather(*under_way)

    async def _choose_in(self, tab: Session, due: float, idle: list[Session]) -> None:
        focus = random.choice([id_ for id_ in NAMES if id_ != tab.view["focus"]])  # noqa: S311  no secret
        await tab.choose(focus, patience=PATIENCE)
        self.waited.append(time.perf_counter() - due)
        if trouble := trouble_in(tab, focus):
            self.wrong.append(f"{focus}: {trouble}")
        idle.append(tab)

    async def _noting(self, doing: Coroutine[Any, Any, None]) -> None:
        try:
            await doing
        except Exception as error:
            self.broken.append(repr(error))

    async def leave(self) -> None:
        """Close all tabs."""
        await asyncio.gather(*(tab.close() for tab in self.tabs), return_exceptions=True)


def trouble_in(tab: Session, focus: str) -> str | None:
    """Return what is wrong with the page after a choice; None where all of it tells of what was chosen."""
    if tab.exceptions:
        return f"an exception, {tab.exceptions[0].type}"
    if tab.view["focus"] != focus:
        return f"the page was told of {tab.view['focus']}"
    if parse_qs(tab.query).get("focus") != [focus]:
        return f"the link says {tab.query}"
    headings = HEADING.findall(" ".join(tab.texts))
    return None if headings == [escape(NAMES[focus])] else f"the panel begins with {headings}"


def tell(**figures: object) -> None:
    """Print a line of figures."""
    print(json.dumps(figures), flush=True)


def at(share: float, values: Sequence[float]) -> float:
    """Return the value below which this share of the values lies; 0 where there are none."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0


async def soak(address: str, readers: int, per_second: float, seconds: float) -> None:
    """Gather the readers, let them choose, and tell the figures."""
    crowd = Crowd(address)
    began = time.perf_counter()
    await crowd.gather(readers)
    tell(opened=len(crowd.tabs), refused=crowd.refused, broken=crowd.broken, seconds=time.perf_counter() - began)
    sys.stdin.readline()  # who measures the server says when it may begin
    began, cpu = time.perf_counter(), time.process_time()
    await crowd.choose(per_second, seconds)
    took = time.perf_counter() - began
    tell(
        choices=len(crowd.waited),
        held_back=crowd.held_back,
        broken=crowd.broken,
        wrong=crowd.wrong,
        p50=at(0.5, crowd.waited),
        p95=at(0.95, crowd.waited),
        p99=at(0.99, crowd.waited),
        most=max(crowd.waited, default=0.0),
        seconds=took,
        own_cpu=(time.process_time() - cpu) / took,
    )
    sys.stdin.readline()
    await crowd.leave()


def main() -> None:
    """Read what to do from the command line, and do it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("address")
    asked.add_argument("--readers", type=int, required=True)
    asked.add_argument("--per-second", type=float, required=True)
    asked.add_argument("--seconds", type=float, required=True)
    told = asked.parse_args()
    asyncio.run(soak(told.address, told.readers, told.per_second, told.seconds))


if __name__ == "__main__":
    main()
