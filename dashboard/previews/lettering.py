"""The letters of the previews: the page's own fonts, how wide a text is in them, and how it wraps.

The fonts come with Streamlit, whose page uses them. They are packed for browsers; here
they are unpacked, and nothing of the machine's own fonts is used, so that every machine
draws the same. Lengths are in pixels.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from fontTools.ttLib import TTFont, woff2

from dashboard.files import MEDIA
from dashboard.map.style import INK
from dashboard.previews.svg import element, text

ELLIPSIS: Final = "…"
BASE_LINE: Final = 0.82
"""Sizes, from the top of a line."""
STEP: Final = 2
"""By which type grows smaller until its text fits."""
WORDS: Final = re.compile("(?<= )")
"""A line ends after a space."""
SHORT_WORD: Final = re.compile(r"(?<= )(\w\w?) ")
"""Stays with the word after it, as it does in good print."""
SENTENCE_END: Final = re.compile(r"(?<=\w{4}[.!?]) |(?<=\w{3}[»”’)][.!?]) ")
"""A full stop after fewer letters may belong to an abbreviation, as to "г." after a year in Russian."""


class Face(Enum):
    """A font by the beginning of its file's name, which goes on with a hash."""

    SANS = "SourceSansVF-Upright"
    SERIF = "SourceSerifVariable-Roman"
    SERIF_ITALIC = "SourceSerifVariable-Italic"

    @cached_property
    def file(self) -> Path:
        """The packed font; a RuntimeError says that Streamlit no longer has it."""
        found = sorted(MEDIA.glob(f"{self.value}.*.woff2"))
        if not found:
            raise RuntimeError(f"Streamlit no longer holds the font {self.value} in {MEDIA}; adapt {__file__}")
        return found[0]

    @cached_property
    def font(self) -> TTFont:
        """The font, to be measured."""
        return TTFont(BytesIO(self.unpacked))

    @cached_property
    def unpacked(self) -> bytes:
        """The unpacked font's file, which drawing programs can read."""
        file = BytesIO()
        woff2.decompress(self.file, file)
        return file.getvalue()

    @cached_property
    def family(self) -> str:
        """The name by which a drawing asks for the font."""
        return str(self.font["name"].getDebugName(1))

    @cached_property
    def letters(self) -> frozenset[str]:
        """Every character that the font can write."""
        return frozenset(map(chr, self.font.getBestCmap()))


@dataclass(frozen=True)
class Type:
    """A face in a size, weight and colour; the leading is in sizes."""

    face: Face
    size: float
    weight: int = 400
    colour: str = INK
    leading: float = 1.2

    @property
    def cut(self) -> dict[str, float]:
        """Where the type lies between the extremes that the font holds."""
        wanted = {"wght": self.weight, "opsz": self.size}
        axes = {axis.axisTag: axis for axis in self.face.font["fvar"].axes}
        return {tag: min(max(wanted[tag], axis.minValue), axis.maxValue) for tag, axis in axes.items()}

    def width(self, text: str) -> float:
        """Return how wide the text is, without the kerning that draws some letters nearer together."""
        cut = tuple(self.cut.items())
        return sum(_advance(self.face, cut, letter) for letter in text) * self.size

    @property
    def line_height(self) -> float:
        """From one base line to the next."""
        return self.size * self.leading

    def fitted(self, text: str, width: float, height: float, smallest: float) -> "Paragraph":
        """Return the text in the largest type up to this one in which it has room; the smallest cuts it off."""
        size = self.size
        while size > smallest and not replace(self, size=size).has_room(text, width, height):
            size -= STEP
        type_ = replace(self, size=max(size, smallest))
        return Paragraph(type_, type_.balanced(text, width, type_.lines_in(height)))

    def lines_in(self, height: float) -> int:
        """Return how many lines have room, at least one."""
        return max(1, int(height / self.line_height))

    def has_room(self, text: str, width: float, height: float) -> bool:
        """Return whether the text needs neither cutting off nor breaking a word."""
        most = self.lines_in(height)
        return self._widest_word(text) <= width and len(self.wrapped(text, width, most + 1)) <= most

    def _widest_word(self, text: str) -> float:
        return max(self.width(word.rstrip()) for word in WORDS.split(_single_spaced(text)))

    def balanced(self, text: str, width: float, most_lines: int) -> tuple[str, ...]:
        """Return the lines of the text, about equally long."""
        lines = self.wrapped(text, width, most_lines)
        narrowest = self._widest_word(text)
        while not lines[-1].endswith(ELLIPSIS) and (width := width - self.size / 2) >= narrowest:
            narrower = self.wrapped(text, width, len(lines) + 1)
            if len(narrower) > len(lines):
                break
            lines = narrower
        return lines

    def wrapped(self, text: str, width: float, most_lines: int) -> tuple[str, ...]:
        """Return the text in lines that are no wider than that; an ellipsis stands for what has no room."""
        lines = [""]
        for piece in self._pieces(text, width):
            if self.width((lines[-1] + piece).rstrip()) <= width:
                lines[-1] += piece
            elif len(lines) == most_lines:
                lines[-1] = self._ended(lines[-1], width)
                break
            else:
                lines.append(piece)
        return tuple(line.rstrip() for line in lines)

    def _pieces(self, text: str, width: float) -> Iterator[str]:
        """Yield what must stay on one line: words, and the letters of a word that is wider than a line."""
        for piece in WORDS.split(_single_spaced(text)):
            if self.width(piece.rstrip()) <= width:
                yield piece
            else:
                yield from piece

    def _ended(self, line: str, width: float) -> str:
        """Return the line with an ellipsis after as many of its words as leave room for one."""
        line = line.rstrip()
        while line and self.width(line + ELLIPSIS) > width:
            line = (line.rpartition(" ")[0] or line[:-1]).rstrip()
        return line.rstrip(" ,;:–-") + ELLIPSIS

    def drawn(self, line: str, x: float, y: float, **attributes: str | float) -> str:
        """Return one line of text as SVG, its first letter at x, its base line at y."""
        cut = ",".join(f"'{tag}' {value:g}" for tag, value in self.cut.items())
        return element(
            "text",
            text(line),
            x=x,
            y=y,
            font_family=f"'{self.face.family}'",
            font_size=self.size,
            font_weight=self.weight,
            font_style="italic" if self.face is Face.SERIF_ITALIC else "normal",
            style=f"font-variation-settings:{cut}",
            fill=self.colour,
            **attributes,
        )


@dataclass(frozen=True)
class Paragraph:
    """Lines of one type."""

    type: Type
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return self.type.line_height * len(self.lines)

    def drawn(self, x: float, top: float) -> str:
        """Return the lines as SVG."""
        first = top + (self.type.line_height - self.type.size) / 2 + self.type.size * BASE_LINE
        return "".join(
            self.type.drawn(line, x, first + self.type.line_height * number) for number, line in enumerate(self.lines)
        )


@cache
def _advance(face: Face, cut: tuple[tuple[str, float], ...], letter: str) -> float:
    """Return how far a letter moves the pen, in sizes of the type."""
    name = face.font.getBestCmap().get(ord(letter), ".notdef")
    advance: float = _glyphs(face, cut)[name].width
    return advance / float(face.font["head"].unitsPerEm)


@cache
def _glyphs(face: Face, cut: tuple[tuple[str, float], ...]) -> Any:
    return face.font.getGlyphSet(location=dict(cut))


def _single_spaced(text: str) -> str:
    """Return the text without needless white space; a dash stays with the word before it."""
    text = re.sub("[ \t\r\n]+", " ", text).strip()
    return SHORT_WORD.sub("\\1\N{NO-BREAK SPACE}", text).replace(" –", "\N{NO-BREAK SPACE}–")


def first_sentence(text: str) -> str:
    """Return the text up to the end of its first sentence."""
    return SENTENCE_END.split(text, maxsplit=1)[0]


# Without its fonts the server shall not start, rather than fail at the first preview.
FONT_FILES: Final = tuple(face.file for face in Face)
