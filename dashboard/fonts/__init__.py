"""The letters of headings and of names on the map: a small part of the Source Serif that Streamlit carries.

The whole of it would be a third of all that a new reader has to load. `make fonts` cuts it out;
`OFL.txt` is its licence, by which a part must bear another name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
FAMILY: Final = "Corridors Serif"


@dataclass(frozen=True)
class Face:
    """One cut of the family."""

    style: str
    """As in CSS."""
    weight: int
    optical_size: int
    """Points at which the letters are meant to be read."""
    source: str
    """The name, with a star for its hash, of the file that Streamlit carries."""
    file: Path


FACES: Final = (
    Face("normal", 600, 20, "SourceSerifVariable-Roman.ttf.*.woff2", FOLDER / "corridors-serif.woff2"),
    Face("italic", 500, 14, "SourceSerifVariable-Italic.ttf.*.woff2", FOLDER / "corridors-serif-italic.woff2"),
)


def font_faces(address: Callable[[Face], str]) -> str:
    """Return the style rules that name the family's files by their addresses."""
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-style:{face.style};font-weight:{face.weight};'
        f'font-display:swap;src:url("{address(face)}") format("woff2")}}\n'
        for face in FACES
    )
