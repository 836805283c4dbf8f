"""Cuts our fonts out of the ones that Streamlit carries: `python -m dashboard.fonts.build`.

What stays are the letters of the languages that we speak and may come to speak with the Latin
and the Cyrillic script, in one weight each.
"""

from pathlib import Path
from typing import Final

import streamlit
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from dashboard.fonts import FACES, FAMILY, Face

MEDIA: Final = Path(streamlit.__file__).parent / "static/static/media"
LATIN: Final = (*range(0x20, 0x7F), *range(0xA0, 0x180), 0x18F, 0x259)
CYRILLIC: Final = (*range(0x400, 0x460), *map(ord, "ҒғҚқҢңҮүҰұҺһӘәӨө"))
SIGNS: Final = tuple(map(ord, "‐‑–—‘’‚“”„•…‹›€₸₺№−≈≠←↑→↓ʼ"))
COPYRIGHT, LICENCE, LICENCE_ADDRESS = 0, 13, 14
NAMES: Final = (1, 4, 6)
"""Family, full and PostScript name."""


def cut(face: Face) -> None:
    """Write one cut; takes some seconds."""
    font = TTFont(next(MEDIA.glob(face.source)), recalcTimestamp=False)
    options = Options(
        layout_features=["ccmp", "kern", "liga", "locl", "mark"],
        hinting=False,
        name_IDs=[COPYRIGHT, LICENCE, LICENCE_ADDRESS],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=(*LATIN, *CYRILLIC, *SIGNS))
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wght": face.weight, "opsz": face.optical_size})
    for name in NAMES:
        font["name"].setName(FAMILY.replace(" ", "") if name == NAMES[-1] else FAMILY, name, 3, 1, 0x409)
    font.flavor = "woff2"
    font.save(face.file)


if __name__ == "__main__":
    for each in FACES:
        cut(each)
