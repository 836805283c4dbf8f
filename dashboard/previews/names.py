"""Where names stand on a preview: each looks for room around its place, and one without room is left out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import ceil, dist
from typing import Final

from dashboard.map.picture import Point
from dashboard.previews.lettering import BASE_LINE, Type

STEP: Final = 4.0
"""Pixels between the points by which a line's way under a name is measured."""
LINE_HEIGHT: Final = 1.1
"""Sizes of the type."""
ASIDE: Final = (
    (0, 0),
    (0, 24),
    (0, -24),
    (36, 0),
    (-36, 0),
    (36, 24),
    (-36, 24),
    (36, -24),
    (-36, -24),
    (70, 0),
    (-70, 0),
)
"""Pixels by which a country's or a sea's name may give way."""


class Mark(Enum):
    """How a name stands to what the picture is about."""

    CHOSEN = "chosen"
    FAINT = "faint"
    """It belongs to the surroundings, and had better go than hide a marked line."""
    NONE = "none"
    """Nothing is chosen."""


MOST_CROSSED: Final = {Mark.CHOSEN: 90, Mark.FAINT: 16, Mark.NONE: 60}
"""Steps of a line of weight 1 that a name may cover."""


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Return whether the two overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: "Box") -> bool:
        """Return whether the other lies wholly within this one."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def grown(self, by: float) -> "Box":
        """Return the rectangle, larger by so much on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True)
class Name:
    """A name to be placed: beside its dot, or over its middle where it has none."""

    text: str
    type: Type
    at: Point
    dot: Box | None = None
    mark: Mark = Mark.NONE

    def boxes(self) -> Iterator[Box]:
        """Yield where the name may stand, the best first."""
        width, height = self.type.width(self.text), self.type.size * LINE_HEIGHT
        x, y = self.at
        if self.dot is None:
            corners = [(right - width / 2, down - height / 2) for right, down in ASIDE]
        else:
            gap = self.dot.right - x + 1
            near = gap * 0.6
            corners = [
                (gap, -height / 2),
                (-gap - width, -height / 2),
                (-width / 2, gap - 4),
                (-width / 2, 2 - gap - height),
                (near, near / 2),
                (near, -height - near / 2),
                (-width - near, near / 2),
                (-width - near, -height - near / 2),
            ]
        for right, down in corners:
            yield Box(x + right, y + down, x + right + width, y + down + height)

    def drawn(self, box: Box) -> str:
        """Return the name in its box as SVG, with a light rim that parts it from the lines."""
        return self.type.drawn(
            self.text,
            box.left,
            box.top + self.type.size * (BASE_LINE + (LINE_HEIGHT - 1) / 2),
            stroke="#fff",
            stroke_opacity=0.85,
            stroke_width=5,
            stroke_linejoin="round",
            paint_order="stroke",
            opacity=0.65 if self.mark is Mark.FAINT else 1,
        )


def placed(
    names: Sequence[Name],
    *,
    taken: Iterable[Box],
    dots: Iterable[Box],
    lines: Iterable[tuple[Sequence[Point], int]],
    edge: Box,
) -> Iterator[tuple[Name, Box]]:
    """Yield each name that finds room, with its box; the first come first, lines are crossed as little as can be.

    A line has a weight: how bad it is to cross it. Only a marked name may cover other places' dots.
    """
    occupied, spotted, trodden = list(taken), list(dots), _trodden(lines)
    for name in names:
        best = min(_free(name, occupied, spotted, trodden, edge), default=None, key=lambda found: found[:2])
        if best:
            occupied.append(best[2].grown(4))
            yield name, best[2]


def _free(
    name: Name, occupied: Sequence[Box], dots: Sequence[Box], trodden: Counter[tuple[int, int]], edge: Box
) -> Iterator[tuple[float, int, Box]]:
    """Yield where a name has room, each box behind its cost and rank."""
    for rank, box in enumerate(name.boxes()):
        if not edge.holds(box) or any(box.meets(other) for other in occupied if other != name.dot):
            continue
        covered = sum(box.meets(dot) for dot in dots if dot != name.dot)
        crossed = _crossed(box, trodden)
        if crossed <= MOST_CROSSED[name.mark] and (not covered or name.mark is Mark.CHOSEN):
            yield crossed + 10 * covered + rank / 2, rank, box


def _trodden(lines: Iterable[tuple[Sequence[Point], int]]) -> Counter[tuple[int, int]]:
    """Return the weight of the lines that pass each square of that step."""
    squares: Counter[tuple[int, int]] = Counter()
    for line, weight in lines:
        for start, end in pairwise(line):
            steps = max(1, ceil(dist(start, end) / STEP))
            for step in range(steps):
                share = step / steps
                x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
                squares[int(x // STEP), int(y // STEP)] += weight
    return squares


def _crossed(box: Box, squares: Counter[tuple[int, int]]) -> int:
    across = range(int(box.left // STEP), int(box.right // STEP) + 1)
    down = range(int(box.top // STEP), int(box.bottom // STEP) + 1)
    return sum(squares[x, y] for x in across for y in down)
