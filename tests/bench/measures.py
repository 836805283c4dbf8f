"""What is measured, in what unit, and what must hold."""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Kind(Enum):
    """What a figure depends on."""

    WORK = "the machine's speed"
    FRAMES = "the browser's frames, sixty a second on any machine"
    SIZE = "the dashboard alone"
    MEMORY = "the dashboard and its platform"


@dataclass(frozen=True)
class Measure:
    """One row of the table; less is better in all of them."""

    words: str
    unit: str
    kind: Kind
    goal: float | None = None
    is_gate: bool = False
    """Whether missing the goal fails `make bench`."""


MEASURES: Final = {
    "mark": Measure("click: marked on the map", "ms", Kind.FRAMES, goal=20),
    "panel": Measure("click: all its words in the panel", "ms", Kind.WORK),
    "panel_p95": Measure("click: the same, 95th percentile", "ms", Kind.WORK),
    "click_cpu": Measure("click: CPU of the server", "ms", Kind.WORK, goal=15, is_gate=True),
    "click_bytes": Measure("a line's first click: bytes, both ways", "B", Kind.SIZE, goal=6000, is_gate=True),
    "click_again": Measure("its later clicks: bytes, both ways", "B", Kind.SIZE),
    "click_task": Measure("click: browser's main thread", "ms", Kind.WORK),
    "click_script": Measure("click: of that, scripts", "ms", Kind.WORK),
    "new_bytes": Measure("new visitor: bytes", "kB", Kind.SIZE, goal=1200, is_gate=True),
    "new_ours": Measure("new visitor: of that, our own files", "kB", Kind.SIZE, goal=250, is_gate=True),
    "new_streamlit": Measure("new visitor: of that, Streamlit's files", "kB", Kind.SIZE),
    "new_component": Measure("new visitor: of that, the map component's files", "kB", Kind.SIZE),
    "new_socket": Measure("new visitor: of that, over the websocket", "kB", Kind.SIZE),
    "new_requests": Measure("new visitor: requests", "", Kind.SIZE),
    "new_picture": Measure("new visitor: first picture of the map", "ms", Kind.WORK),
    "new_route": Measure("new visitor: live map, first route", "ms", Kind.WORK),
    "new_interactive": Measure("new visitor: first click answered", "ms", Kind.WORK),
    "repeat_bytes": Measure("repeat visit: bytes", "kB", Kind.SIZE),
    "repeat_requests": Measure("repeat visit: requests", "", Kind.SIZE),
    "repeat_picture": Measure("repeat visit: first picture of the map", "ms", Kind.WORK),
    "repeat_route": Measure("repeat visit: live map, first route", "ms", Kind.WORK),
    "start": Measure("server: start to healthy", "ms", Kind.WORK),
    "start_route": Measure("server: its very first visitor's first route", "ms", Kind.WORK),
    "memory": Measure("server: memory after the first visit", "MB", Kind.MEMORY),
    "memory_session": Measure("server: memory for each further open page", "kB", Kind.MEMORY),
}
