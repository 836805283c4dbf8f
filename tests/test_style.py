"""The colours: readable, told apart by every eye, and all of them from one table."""

import re
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest
from coloraide import Color

from dashboard.atlas import ATLAS
from dashboard.charts.drawing import ACCENT, INK, ON_ACCENT, PAPER, QUIET, RULE
from dashboard.files import MAP_STYLE
from dashboard.map.picture import picture
from dashboard.map.style import COLOURS, FAINT_SHARE, SUBJECTS, Theme, colour_rules, faint, style_table, var
from dashboard.serving.first_answer import FRAME_STYLE, THEME_SCRIPT

ROOT: Final = Path(__file__).parents[1]
BODY: Final = ROOT / "dashboard/serving/templates/body.html"
DRAWN: Final = sorted(
    {line.subject for line in ATLAS.lines.values()}
    | {
        subject.id
        for subject in ATLAS.subjects.values()
        if any(ATLAS.places[place].doubt_km for place in subject.places)
    }
)
"""The subjects that have a line or an area on the map."""
BLINDNESSES: Final = (None, "protan", "deutan", "tritan")
TOLD_APART: Final = 12
"""Of difference by CIEDE2000. A difference of 1 is just seen between two large fields that touch;
lines are a few pixels wide and stand apart, so that a dozen times as much is asked of them."""

TEXTS: Final = {
    "ink": ("paper", "tint", "field", "land", "water", "caution", "stripe"),
    "quiet": ("paper", "tint", "field", "caution", "land", "water"),
    "accent": ("paper", "tint", "field", "caution"),
    "on-accent": ("accent",),
    "paper": ("ink",),
    "quotation": ("paper", "tint"),
    "caution-ink": ("caution",),
    "country": ("land",),
    "sea": ("water",),
}
"""Which colour is written on which ground."""
SIGNS: Final = {
    "edge": ("paper", "field", "tint"),
    "accent": ("paper", "tint", "land", "water"),
    "town": ("land", "water"),
    "ink": ("land", "water"),
    "aside": ("land", "water"),
}
"""Which colour draws a sign, a rim or a dot on which ground."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as the Web Content Accessibility Guidelines count it."""
    return float(Color(one).contrast(Color(other), method="wcag21"))


ON_PAPER = {"print.css", "paper.css"}
"""What is printed stands on white paper."""


def hexes(text: str) -> list[str]:
    """Return the colours that stand in a text as digits."""
    return re.findall(r"#(?:[0-9a-fA-F]{3}){1,2}\b(?!-)", text)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("subject", DRAWN)
def test_a_line_stands_out_from_land_and_water_also_beside_the_chosen_one(subject: str, theme: Theme) -> None:
    for colour in (SUBJECTS[subject].under(theme), faint(subject, theme)):
        assert contrast(colour, COLOURS["land"].under(theme)) >= 3
        assert contrast(colour, COLOURS["water"].under(theme)) >= 3


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_edge_of_an_entry_stands_out_from_the_page(subject: str, theme: Theme) -> None:
    for ground in ("paper", "tint"):
        assert contrast(SUBJECTS[subject].under(theme), COLOURS[ground].under(theme)) >= 3


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(("text", "ground"), [(text, ground) for text, grounds in TEXTS.items() for ground in grounds])
def test_text_can_be_read(text: str, ground: str, theme: Theme) -> None:
    assert contrast(COLOURS[text].under(theme), COLOURS[ground].under(theme)) >= 4.5


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(("sign", "ground"), [(sign, ground) for sign, grounds in SIGNS.items() for ground in grounds])
def test_a_sign_can_be_seen(sign: str, ground: str, theme: Theme) -> None:
    assert contrast(COLOURS[sign].under(theme), COLOURS[ground].under(theme)) >= 3


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("blindness", BLINDNESSES)
@pytest.mark.parametrize(("one", "other"), list(combinations(DRAWN, 2)))
def test_any_two_subjects_are_told_apart_by_every_eye(
    one: str, other: str, blindness: str | None, theme: Theme
) -> None:
    """Wholly without one kind of cones, as filters of colour-blindness show it."""
    seen = [Color(SUBJECTS[id_].under(theme)) for id_ in (one, other)]
    if blindness:
        seen = [colour.filter(blindness) for colour in seen]
    assert seen[0].delta_e(seen[1], method="2000") >= TOLD_APART


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("subject", DRAWN)
def test_a_faint_line_has_the_colour_that_a_browser_mixes(subject: str, theme: Theme) -> None:
    mixed = Color(COLOURS["aside"].under(theme)).mix(SUBJECTS[subject].under(theme), FAINT_SHARE, space="srgb")
    assert mixed.delta_e(faint(subject, theme), method="2000") < 1


def test_every_subject_that_can_be_drawn_has_a_colour() -> None:
    assert len(DRAWN) == 6
    assert set(SUBJECTS) == set(ATLAS.subjects)


@pytest.mark.parametrize(
    "file",
    [*(ROOT / "dashboard/assets").glob("*.[cj]s*"), *(ROOT / "dashboard").glob("*/templates/*.html")],
    ids=lambda file: file.name,
)
def test_no_colour_stands_outside_the_table(file: Path) -> None:
    text = re.sub(r"href=\"#[^\"]*\"|&#\d+;", "", file.read_text(encoding="utf-8"))
    assert not hexes(text)
    plain = "black|gr[ae]y" if file.name in ON_PAPER else "white|black|gr[ae]y"
    assert not re.findall(rf"\brgba?\(|\bhsla?\(|:\s*(?:{plain})\b", text)


def test_every_colour_that_a_style_names_is_in_the_table_and_every_one_of_the_table_is_used() -> None:
    page = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "dashboard").glob("assets/*.css"))
    body = BODY.read_text(encoding="utf-8")
    drawn = str(style_table()) + "".join((ACCENT, INK, ON_ACCENT, PAPER, QUIET, RULE))
    script = (ROOT / "dashboard/assets/map.js").read_text(encoding="utf-8")
    named = set(re.findall(r"var\(--([\w-]+)", page + body + drawn))
    defined = set(re.findall(r"--([\w-]+)\s*:", page + body + colour_rules()))
    assert named <= defined | {"tip-left"}
    painted = {name for name in COLOURS if f'"{name}"' in script}
    assert set(COLOURS) <= named | painted
    with pytest.raises(ValueError, match="no colour of the table"):
        var("puce")


def test_page_and_map_have_the_same_colours_light_unless_the_reader_or_the_device_asks_for_dark() -> None:
    rules = colour_rules()
    assert rules in MAP_STYLE.body.decode()
    light, dark = rules.index(":root{color-scheme:light"), rules.index("(prefers-color-scheme:dark)")
    assert light < dark < rules.index(":root[data-theme=dark]")
    assert rules.count("@media screen") == 2  # on paper all is light
    assert f"--land:{COLOURS['land'].light};" in rules
    assert rules.count(f"--land:{COLOURS['land'].dark};") == 2


def test_the_first_answers_picture_takes_its_colours_from_the_page() -> None:
    """It stands there in light colours, which the page's rules replace."""
    drawn = picture(ATLAS, "btc", land=LAND_OF_ONE_SQUARE, lakes=LAND_OF_ONE_SQUARE, width_px=900)
    assert set(hexes(drawn)) <= {
        *(colour.light for colour in (*COLOURS.values(), *SUBJECTS.values())),
        *(faint(id_, Theme.LIGHT) for id_ in SUBJECTS),
    }
    assert drawn.count("data-subject=") == len(ATLAS.lines)
    rules = BODY.read_text(encoding="utf-8")
    for part in (".cc-land", ".cc-lakes", ".cc-line"):
        assert f"{part} " in rules
        assert f'class="{part[1:]}' in drawn


def test_streamlits_own_parts_have_the_light_colours_of_the_table() -> None:
    """Until the page's style has come."""
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    assert theme["base"] == Theme.LIGHT
    pairs = {
        "primaryColor": "accent",
        "backgroundColor": "paper",
        "secondaryBackgroundColor": "tint",
        "textColor": "ink",
        "linkColor": "accent",
        "borderColor": "rule",
    }
    assert {name: theme[name] for name in pairs} == {name: COLOURS[role].light for name, role in pairs.items()}


def test_what_the_first_answer_shares_with_the_page_is_small() -> None:
    assert len(FRAME_STYLE) + len(THEME_SCRIPT) + len(colour_rules()) < 10_000


LAND_OF_ONE_SQUARE: Final = (
    '{"features": [{"geometry": {"type": "Polygon", "coordinates": '
    "[[[40, 40], [42, 40], [44, 40], [46, 40], [48, 42], [48, 44], [46, 46], [40, 46], [40, 40]]]}}]}"
)
