"""The page as the server first answers it: title, picture, what the link shows, and the subjects as links.

It stands there before Streamlit's scripts have loaded, and for readers, crawlers and
messengers that run none. The live page takes it away when its map has been drawn.
"""

import gzip
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from dashboard.atlas import ATLAS, KNOWN_IDS
from dashboard.contents import Teller, document_title, panel
from dashboard.files import ICON, LAKES, LAND
from dashboard.i18n import LANGUAGES, preferred_language
from dashboard.map.picture import picture
from dashboard.view import Part, View, read_view

DOCUMENT: Final = (Path(streamlit.__file__).parent / "static/index.html").read_text(encoding="utf-8")
"""Streamlit's own page, which loads its scripts."""
TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
USUAL_WIDTH: Final = 900
"""Pixels of the map, for the width of its strokes."""
ANCHORS: Final = ('<html lang="en">', "<title>Streamlit</title>", '<div id="root"></div>', 'href="./favicon.png"')
"""What of Streamlit's page is replaced; its absence stops the start."""

missing = [anchor for anchor in ANCHORS if anchor not in DOCUMENT]
if missing:
    raise RuntimeError(f"Streamlit's page no longer holds {missing[0]}; adapt dashboard/serving/first_answer.py")


def view_of(request: Request) -> View:
    """Return the view that a request's link asks for."""
    parameters = {part.value: request.query_params.getlist(part) for part in Part}
    preferred = preferred_language(request.headers.get("accept-language"))
    view, _ = read_view(parameters, known=KNOWN_IDS, languages=LANGUAGES, preferred_language=preferred)
    return View(view.focus, view.language)


@lru_cache(maxsize=256)
def document(view: View, origin: str) -> bytes:
    """Return the page for a view, as the server at that origin answers it, compressed."""
    language = LANGUAGES[view.language]
    teller = Teller(ATLAS, view, language)
    shown = panel(teller)
    words = {
        "_": language.say,
        "view": view,
        "panel": shown,
        "title": document_title(shown, teller),
        "description": _description(teller),
        "canonical": f"{origin}/{view.link}",
        "alternates": {code: f"{origin}/{view.speak(code).link}" for code in LANGUAGES},
        "subjects": [teller.entry(subject) for subject in ATLAS.subjects.values()],
        "picture": picture(ATLAS, view.focus, land=LAND.body.decode(), lakes=LAKES.body.decode(), width_px=USUAL_WIDTH),
    }
    head = TEMPLATES.get_template("head.html").render(**words)
    body = TEMPLATES.get_template("body.html").render(**words)
    language_mark, title, root, icon = ANCHORS
    whole = (
        DOCUMENT.replace(language_mark, f'<html lang="{view.language}">')
        .replace(title, head)
        .replace(icon, f'href="./{ICON.address}"')
        .replace(root, root + body)
    )
    return gzip.compress(whole.encode(), 6, mtime=0)


def _description(teller: Teller) -> str:
    """Return one sentence on what the view shows."""
    shown = panel(teller)
    if shown.claims and not shown.summary:
        return shown.claims[0].statement
    return shown.summary or teller.say(
        "What connects Kazakhstan and Azerbaijan, and what was said about it on 21 October 2025"
    )


def answer(request: Request) -> Response:
    """Return the page for the link that was asked."""
    origin = f"{request.url.scheme}://{request.url.netloc}"
    packed = document(view_of(request), origin)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding, Accept-Language"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type="text/html", headers=headers | {"Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type="text/html", headers=headers)
