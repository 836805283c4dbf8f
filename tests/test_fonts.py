"""The letters that headings are set in."""

import unicodedata

import pytest
from fontTools.ttLib import TTFont

from dashboard.atlas import ATLAS
from dashboard.contents import Teller, panel
from dashboard.fonts import FACES, FAMILY, Face
from dashboard.i18n import LANGUAGES
from dashboard.view import View

OWN_SCRIPTS = ("LATIN", "CYRILLIC", "DIGIT")


def letters_of_headings() -> set[str]:
    """Return the letters and digits of our scripts that stand in a heading, in any language."""
    things = (None, *ATLAS.subjects, *ATLAS.lines, *ATLAS.places, *ATLAS.discrepancies, "article", "method")
    headings = (
        panel(Teller(ATLAS, View(thing, code), language)).name
        for code, language in LANGUAGES.items()
        for thing in things
    )
    return {letter for name in headings for letter in name if unicodedata.name(letter, "").startswith(OWN_SCRIPTS)}


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.style)
def test_every_letter_of_a_heading_is_in_the_font(face: Face) -> None:
    font = TTFont(face.file)
    drawn = {chr(code) for code in font.getBestCmap()}
    assert not letters_of_headings() - drawn


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.style)
def test_a_part_of_a_font_bears_another_name_and_its_licence(face: Face) -> None:
    names = {record.nameID: str(record) for record in TTFont(face.file)["name"].names}
    assert names[1] == names[4] == FAMILY
    assert "Source" not in names[6]
    assert "SIL Open Font License" in names[13]


def test_the_fonts_are_small() -> None:
    assert sum(face.file.stat().st_size for face in FACES) < 80_000
