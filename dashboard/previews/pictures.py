"""Pictures that are painted when they are first asked for, and kept.

The drawing program holds the interpreter's lock while it paints, a tenth of a second in
which the server could answer nobody; so it runs in an interpreter of its own.
"""

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from anyio import CapacityLimiter, to_thread

ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 60
"""Seconds."""
ONE_AT_A_TIME: Final = CapacityLimiter(1)
"""However many ask, they keep one processor busy and no more."""


def paint(svg: str, *, width: int, fonts: Sequence[bytes] = ()) -> bytes:
    """Return an SVG as a PNG of that width in pixels; subprocess.SubprocessError where it cannot be painted."""
    order = {"svg": svg, "width": width, "fonts": [base64.b64encode(font).decode() for font in fonts]}
    done = subprocess.run(
        [sys.executable, "-m", "dashboard.previews.painter"],
        cwd=ROOT,
        input=json.dumps(order).encode(),
        stdout=subprocess.PIPE,
        timeout=PATIENCE,
        check=True,
    )
    return done.stdout


@dataclass
class Picture:
    """A picture, by what draws it."""

    draw: Callable[[], str]
    """Returns the SVG."""
    width: int
    """Pixels."""
    fonts: Callable[[], Sequence[bytes]] = tuple
    _png: bytes | None = field(default=None, init=False)

    async def png(self) -> bytes:
        """Return the picture, painted now or before."""
        if self._png is None:
            return await to_thread.run_sync(self._painted, limiter=ONE_AT_A_TIME)
        return self._png

    def _painted(self) -> bytes:
        png = self._png  # painted, perhaps, while this one waited for its turn
        if png is None:
            png = self._png = paint(self.draw(), width=self.width, fonts=self.fonts())
        return png
