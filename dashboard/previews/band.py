"""The words of a preview: a band under the map that says what is marked, and the product's name over it."""

from dataclasses import dataclass, replace
from typing import Final

from dashboard.contents import Teller, panel
from dashboard.map.picture import dashes, is_dotted
from dashboard.map.style import DASHES, LINE_WIDTH
from dashboard.previews.lettering import Face, Type, first_sentence
from dashboard.previews.svg import element
from geodata.model import Status, SubjectKind

WIDTH: Final = 1200
"""Pixels, of the band and of the whole preview."""
PAPER: Final = "#fdfcf8"
RULE: Final = "#ddd6c5"
QUIET: Final = "#5b6670"
EDGE: Final = 44
"""Pixels left and right of the words."""
ABOVE: Final = 25
"""Pixels above the words, and below."""
STRIPE: Final = 6

TITLE: Final = Type(Face.SERIF, 54, 600, leading=1.12)
SMALLEST_TITLE: Final = 30
TITLE_SIZE: Final = (550, 142)
SENTENCE: Final = Type(Face.SANS, 28, 400, "#3d4a55", leading=1.32)
SMALLEST_SENTENCE: Final = 20
SENTENCE_SIZE: Final = (500, 162)
STATUS: Final = Type(Face.SANS, 23, 600)
KIND: Final = Type(Face.SANS, 23, 400, QUIET)
LEGEND_BASE: Final = 22
LEGEND_HEIGHT: Final = 40
SAMPLE: Final = 44
SAMPLE_WIDTH: Final = 6.0
PRODUCT: Final = Type(Face.SERIF, 25, 600)
SIGN_AT: Final = (28, 26)
SIGN_HEIGHT: Final = 52
ICON_SIZE: Final = 32


@dataclass(frozen=True)
class Card:
    """What the words say."""

    name: str
    kind: str
    statuses: tuple[tuple[Status, str], ...]
    """Each with its word."""
    sentence: str
    product: str


def card(teller: Teller) -> Card:
    """Return what a preview says of the teller's view; where the sections differ in status, all of theirs."""
    shown = panel(teller)
    subject = teller.atlas.subjects.get(teller.view.focus or "")
    found = {shown.status.status} if shown.status else {line.status for line in shown.lines}
    return Card(
        name=shown.name,
        kind="" if subject and subject.kind is SubjectKind.THEME else shown.kind,
        statuses=tuple((status, teller.status_words(status)) for status in Status if status in found),
        sentence=first_sentence(shown.summary),
        product=teller.say("Caspian Corridors"),
    )


def band(said: Card, colour: str) -> tuple[str, float]:
    """Return the band as SVG, and its height: what it is on the left, one sentence about it on the right."""
    legend = _legend(said, colour, TITLE_SIZE[0])
    title = TITLE.fitted(said.name, *TITLE_SIZE, SMALLEST_TITLE)
    sentence = SENTENCE.fitted(said.sentence, *SENTENCE_SIZE, SMALLEST_SENTENCE)
    left_height = title.height + (LEGEND_HEIGHT if legend else 0)
    room = max(left_height, sentence.height)
    height = STRIPE + 2 * ABOVE + room
    top, sentence_top = (STRIPE + ABOVE + (room - taken) / 2 for taken in (left_height, sentence.height))
    right = WIDTH - EDGE - SENTENCE_SIZE[0]
    drawn = (
        element("rect", width=WIDTH, height=height, fill=PAPER),
        element("rect", width=WIDTH, height=STRIPE, fill=colour),
        element("rect", x=right - 38, y=STRIPE + ABOVE, width=1.5, height=room, fill=RULE),
        element("g", legend, transform=f"translate({EDGE} {top:.1f})"),
        title.drawn(EDGE, top + left_height - title.height),
        sentence.drawn(right, sentence_top),
    )
    return "".join(drawn), height


def _legend(said: Card, colour: str, width: float) -> str:
    """Return in one row each status as its pattern and word, and the kind where it has room."""
    space, gap = 10, 24
    type_ = STATUS
    while sum(SAMPLE + space + type_.width(word) + gap for _, word in said.statuses) - gap > width:
        type_ = replace(type_, size=type_.size - 1)
    parts, x = [], 0.0
    for status, word in said.statuses:
        parts.append(_sample(status, colour, x, LEGEND_BASE - type_.size * 0.32))
        parts.append(type_.drawn(word, x + SAMPLE + space, LEGEND_BASE))
        x += SAMPLE + space + type_.width(word) + gap
    if said.kind and x + KIND.width(said.kind) <= width:
        parts.append(KIND.drawn(said.kind, x, LEGEND_BASE))
    return "".join(parts)


def _sample(status: Status, colour: str, x: float, y: float) -> str:
    """Return a short line in the pattern of a status."""
    dash = DASHES[status]
    return element(
        "line",
        x1=x + (SAMPLE_WIDTH / 2 if is_dotted(dash) else 0),
        y1=y,
        x2=x + SAMPLE,
        y2=y,
        stroke=colour,
        stroke_width=SAMPLE_WIDTH,
        stroke_dasharray=dashes(dash, by=SAMPLE_WIDTH / LINE_WIDTH),
        stroke_linecap="round" if is_dotted(dash) else "butt",
    )


def sign_width(product: str) -> float:
    """Return how wide the product's name with its icon is."""
    return PRODUCT.width(product) + ICON_SIZE + 42


def sign(product: str, icon: str) -> str:
    """Return the product's name with its icon (SVG), as it stands in the corner of the map."""
    return element(
        "g",
        element("rect", width=sign_width(product), height=SIGN_HEIGHT, rx=10, fill=PAPER, stroke=RULE),
        element("svg", icon, x=11, y=(SIGN_HEIGHT - ICON_SIZE) / 2, width=ICON_SIZE, height=ICON_SIZE),
        PRODUCT.drawn(product, ICON_SIZE + 24, 35),
        transform=f"translate({SIGN_AT[0]} {SIGN_AT[1]})",
    )
