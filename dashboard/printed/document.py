"""The print edition as one page of HTML, which needs no script and stands for itself on A4 paper."""

import re
from pathlib import Path
from textwrap import shorten
from typing import Final

import segno
from markupsafe import Markup, escape

from dashboard.addresses import in_letters
from dashboard.charts import Mark
from dashboard.citation import LICENCE, OPENSTREETMAP
from dashboard.contents import Teller, title
from dashboard.map.data import legend, subject_of
from dashboard.map.style import ACCENT, COLOURS, DASHES, INK, SUBJECT_COLOURS, TOWN, light_rules
from dashboard.printed.edition import Edition, data_of
from dashboard.templating import templates_in

TEMPLATES: Final = templates_in(Path(__file__).parent / "templates")
STYLE: Final = light_rules(".sheet, .tools") + (Path(__file__).parents[1] / "assets/paper.css").read_text("utf-8")
LONGEST_FOOT: Final = 90
"""Characters of the name that stands at the foot of each page."""
QUIET_ZONE: Final = 4
"""Modules that must stay empty around a QR code (ISO/IEC 18004)."""
ADDRESS: Final = re.compile(r"https?://\S+")
BREAK: Final = re.compile(r"(?<=[/?&=#_.,])(?=[^/])|(?<=.)(?=[-%])")
"""Where an address may go on on the next line: never after a hyphen, which would pass for one of the line's."""


def written_out(text: str) -> Markup:
    """Return a text with the addresses in it as one writes them on paper: with letters, and able to break."""
    parts = []
    end = 0
    for found in ADDRESS.finditer(text):
        address = Markup("<wbr>").join(BREAK.split(in_letters(found[0])))
        parts += [escape(text[end : found.start()]), Markup('<span class="web">{}</span>').format(address)]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


TEMPLATES.filters["written_out"] = written_out


def document(edition: Edition, teller: Teller, *, map_drawing: str, fonts: str, icon: str, script: str) -> str:
    """Return the edition as a page.

    The drawing of the map is SVG, the fonts are style rules; icon and script are paths on the server.
    """
    name, product = edition.panel.name, teller.say("Caspian Corridors")
    subject = teller.view.focus or ""
    return TEMPLATES.get_template("document.html").render(
        _=teller.say,
        capitalised=teller.language.capitalised,
        language=teller.language,
        edition=edition,
        title=title(teller, edition.panel),
        page=page_rules(f"{product} · {shorten(name, LONGEST_FOOT, placeholder='…')} · {edition.printed}"),
        live=f"./{teller.view.link}",
        code=qr_code(edition.link),
        map=map_drawing,
        data_of=data_of(teller),
        legend=_legend(teller),
        bar_words=_bar_words(teller),
        colours=SUBJECT_COLOURS,
        colour=SUBJECT_COLOURS.get(subject, ACCENT),
        ink=INK,
        town=TOWN,
        dashes={status: dash or "" for status, dash in DASHES.items()},
        licence=LICENCE,
        attribution=OPENSTREETMAP,
        style=STYLE,
        fonts=fonts,
        icon=icon,
        script=script,
    )


def page_rules(foot: str) -> str:
    """Return the style rules of the sheets of paper, with this line at each one's foot."""
    look = f"color: {COLOURS['quiet'].light}; vertical-align: top; padding-top: 4mm"
    small = f'font: 8pt "Source Sans", system-ui, sans-serif; {look}'
    return (
        "@page { size: A4 portrait; margin: 16mm 18mm 20mm;\n"
        f"  @bottom-left {{ content: {_css_string(foot)}; {small} }}\n"
        f'  @bottom-right {{ content: counter(page) " / " counter(pages); {small} }} }}'
    )


def _css_string(text: str) -> str:
    """Return a text as CSS; whatever is no letter or digit is written by its number, so that nothing can end it."""
    return '"' + "".join(sign if sign.isalnum() else f"\\{ord(sign):x} " for sign in text) + '"'


def qr_code(link: str) -> str:
    """Return the QR code of a link as SVG that takes the size of its place."""
    code = segno.make(link, micro=False, error="m")
    return str(code.svg_inline(border=QUIET_ZONE, dark=INK, omitsize=True))


def _legend(teller: Teller) -> dict[str, object]:
    found, focus = legend(teller.atlas), teller.view.focus or ""
    line = teller.atlas.lines.get(focus)
    return {
        "chosen": line.subject if line else subject_of(teller.atlas).get(focus, focus),
        "subjects": [teller.entry(teller.atlas.subjects[id_]) for id_ in found["subjects"]],
        "statuses": [(status, teller.status_words(status)) for status in DASHES if status in found["statuses"]],
    }


def _bar_words(teller: Teller) -> dict[Mark, str]:
    """Return what each kind of bar stands for."""
    return {
        Mark.YEAR: teller.say("whole year"),
        Mark.PART: teller.say("part of a year"),
        Mark.CAPACITY: teller.say("stated capacity"),
        Mark.GOAL: teller.say("planned, expected or forecast"),
        Mark.ARTICLE: teller.say("the article"),
    }
