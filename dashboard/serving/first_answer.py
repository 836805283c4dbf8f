"""The page as the server first answers it: title, picture, panel, the subjects as links, and the page's style.

It stands there before Streamlit's scripts have loaded, and for readers, crawlers and
messengers that run none. It opens the map's frame itself; the live page takes the map over, and the rest away.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.requests import Request
from starlette.responses import Response

from dashboard.atlas import ATLAS
from dashboard.contents import Teller, listing, panel
from dashboard.downloads import DOWNLOADS, titles
from dashboard.files import ASSETS, ICON, LAKES, LAND, PRINT_SCRIPT, PRINT_STYLE, fonts
from dashboard.i18n import LANGUAGES, language_and_territory
from dashboard.map import frame
from dashboard.map.picture import picture
from dashboard.map.style import ACCENT, colour_rules, faint_var
from dashboard.panel_markup import drawn_panel, markup, parts_of, tools
from dashboard.previews import gallery
from dashboard.previews.band import WIDTH
from dashboard.previews.drawing import HEIGHT
from dashboard.published import best_coding, is_held, packed_quickly
from dashboard.serving.address import HERE, own_address
from dashboard.serving.admission import PLACES
from dashboard.serving.early import map_files, modules
from dashboard.serving.link import asked_view
from dashboard.templating import templates_in
from dashboard.view import EMBEDDED, Part, Tab, View, asks_for_embedding

NO_WEBASSEMBLY: Final = "<script>delete window.WebAssembly</script>"
"""Streamlit's scripts would try it and do without; but the try is against the policy, and browsers report it."""
STREAMLITS_OWN: Final = (Path(streamlit.__file__).parent / "static/index.html").read_text(encoding="utf-8")
THEME_SCRIPT: Final = (ASSETS / "theme.js").read_text(encoding="utf-8")
FRAME_SCRIPT: Final = (ASSETS / "frame.js").read_text(encoding="utf-8")
ROOT: Final = '<div id="root"></div>'
STREAMLITS_SCRIPTS: Final = re.compile(r'<script type="module".*(?=</head>)', re.DOTALL)
"""Where Streamlit's page names what it loads: scripts and a style, to the end of its head."""


def _document() -> str:
    """Return Streamlit's own page with its scripts kept waiting, and before them ours that stand in the page itself.

    The colours are chosen first, lest the wrong ones flash up; then the map's frame is opened.
    """
    (loads,) = STREAMLITS_SCRIPTS.findall(STREAMLITS_OWN)
    ours = "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in modules(loads))
    waiting = f'<template id="cc-streamlit">{loads}{ours}</template>'
    return (
        STREAMLITS_SCRIPTS.sub("", STREAMLITS_OWN)
        .replace("<head>", f"<head>{NO_WEBASSEMBLY}", 1)
        .replace("<title>", f"<script>{THEME_SCRIPT}</script>\n    <title>", 1)
        .replace(ROOT, f"{ROOT}\n    {waiting}\n    <script>{FRAME_SCRIPT}</script>", 1)
    )


DOCUMENT: Final = _document()
"""The same for every reader, but for what is put in place of the anchors."""
MAP_VIEW: Final = "\ue001"
"""Stands for where the map stands, in what is made once for all readers; no text holds this character."""
TEMPLATES: Final = templates_in(Path(__file__).parent / "templates")
FRAME_STYLE: Final = (ASSETS / "frame.css").read_text(encoding="utf-8")
PAGE_STYLE: Final = (ASSETS / "page.css").read_text(encoding="utf-8")
EMBEDDED_HREF: Final = f'href="?{"=".join(EMBEDDED)}&amp;'
"""How the address of a link begins that stays within another page."""
USUAL_WIDTH: Final = 900
"""Pixels of the map, for the width of its strokes."""
ANCHORS: Final = ('<html lang="en">', "<title>Streamlit</title>", ROOT, 'href="./favicon.png"')
"""What of Streamlit's page is replaced; its absence stops the start."""

missing = [anchor for anchor in (*ANCHORS, NO_WEBASSEMBLY, THEME_SCRIPT, FRAME_SCRIPT) if anchor not in DOCUMENT]
if missing:
    raise RuntimeError(f"Streamlit's page no longer holds {missing[0]}; adapt dashboard/serving/first_answer.py")


@lru_cache(maxsize=64)
def page(
    view: View,
    ignored: tuple[Part, ...] = (),
    *,
    is_embedded: bool = False,
    is_full: bool = False,
    _today: date | None = None,
) -> str:
    """Return the page for a view, with marks where its own address, and where the map stands, belong.

    Where the server is full it says so; it is a whole answer even then, for messengers and crawlers too.
    Tomorrow it must be made anew, because the panel's citation bears the day.
    """
    language = LANGUAGES[view.language]
    teller = Teller(ATLAS, view, language)
    drawn = drawn_panel(view, ignored)
    told, _ = parts_of(drawn, view, f"{HERE}/")
    whole = replace(view, tab=Tab.ARTICLE)
    others = [code for code in LANGUAGES if code != view.language]
    words = {
        "_": language.say,
        "view": view,
        "is_embedded": is_embedded,
        "name": panel(teller).name,
        "panel": told.replace('href="?', EMBEDDED_HREF) if is_embedded else told,
        "title": drawn.title,
        "description": _description(teller),
        "canonical": f"{HERE}/{whole.link}",
        "alternates": {code: f"{HERE}/{whole.speak(code).link}" for code in LANGUAGES},
        "preview": {
            "address": f"{HERE}/{gallery.address(view)}",
            "width": WIDTH,
            "height": HEIGHT,
            "alt": _preview_in_words(teller),
        },
        "territories": {code: language_and_territory(LANGUAGES[code]) for code in (view.language, *others)},
        "colour": ACCENT,
        "map_files": map_files(view.language),
        "print_script": PRINT_SCRIPT.address,
        "print_style": PRINT_STYLE.address,
        "tools": "" if is_embedded else tools(view, language),
        "contents": "" if is_embedded else _contents(teller),
        "full": is_full,
        "style": fonts("./") + colour_rules() + FRAME_STYLE,
        "page_style": PAGE_STYLE,
        "faint": faint_var("var(--subject)"),
        "frame": _frame(view, is_embedded=is_embedded),
        "picture": picture(ATLAS, view.focus, land=LAND.body.decode(), lakes=LAKES.body.decode(), width_px=USUAL_WIDTH),
    }
    head = TEMPLATES.get_template("head.html").render(**words)
    body = TEMPLATES.get_template("body.html").render(**words)
    language_mark, title_mark, root, icon = ANCHORS
    return (
        DOCUMENT.replace(language_mark, f'<html lang="{view.language}">')
        .replace(title_mark, head)
        .replace(icon, f'href="./{ICON.address}"')
        .replace(root, root + body)
    )


@lru_cache(maxsize=256)
def document(
    view: View,
    address: str,
    ignored: tuple[Part, ...] = (),
    *,
    is_embedded: bool = False,
    is_full: bool = False,
    today: date | None = None,
) -> Mapping[str, bytes]:
    """Return the page for a view, as the server at that address answers it, in each content coding, the best one first.

    Strangers may call the server by many names; each costs no more than filling one in.
    """
    view, stands = replace(view, map=None), str(view.map) if view.map else ""
    whole = page(view, ignored, is_embedded=is_embedded, is_full=is_full, _today=today)
    return packed_quickly(whole.replace(HERE, address).replace(MAP_VIEW, stands).encode())


def _frame(view: View, *, is_embedded: bool) -> str:
    """Return what frame.js is told, as JSON that can stand in HTML; RuntimeError before the map has been drawn."""
    drawn = frame.kept()
    if drawn is None:
        raise RuntimeError("the map's frame is not known yet: the server's own first visit comes before any reader's")
    told = {
        "address": drawn.address,
        "message": drawn.message,
        "view": {"focus": view.focus, "language": view.language, "map": MAP_VIEW, "hasList": not is_embedded},
        "tab": None if view.tab is Tab.ARTICLE else view.tab,
    }
    return json.dumps(told, ensure_ascii=False).replace("<", r"\u003c")


def _contents(teller: Teller) -> str:
    """Return everything that is on the map as a list of links, and the data to take away."""
    language = teller.language
    return markup("contents.html", language, contents=listing(teller), downloads=DOWNLOADS, titles=titles(language))


def _preview_in_words(teller: Teller) -> str:
    """Return what the preview shows, for those who do not see it."""
    subject = ATLAS.subjects.get(gallery.pictured(teller.view.focus))
    if subject is None:
        return teller.say("Map of the corridors")
    return teller.say("Map with this marked: {name}", name=teller.name(subject))


def _description(teller: Teller) -> str:
    """Return one sentence on what the view shows."""
    shown = panel(teller)
    if teller.view.focus in ATLAS.places and shown.subjects:
        # Its note alone would not say what the place has to do with all this.
        return f"{shown.name}, {shown.kind}: {', '.join(subject.name for subject in shown.subjects)}"
    if shown.claims and not shown.summary:
        return shown.claims[0].statement
    return shown.summary or teller.say(
        "What connects Kazakhstan and Azerbaijan, and what was said about it on 21 October 2025"
    )


def answer(request: Request) -> Response:
    """Return the page for the link that was asked."""
    view, ignored = asked_view(request)
    packed = document(
        replace(view, theme=None),
        own_address(request),
        ignored,
        is_embedded=asks_for_embedding(request.query_params.multi_items()),
        is_full=PLACES.full,
        today=datetime.now(UTC).date(),
    )
    coding = best_coding(request.headers, packed)
    body = packed[coding] if coding else gzip.decompress(packed["gzip"])
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding, Accept-Language"}
    if is_held(request.headers, tag):
        # With its kind, for the policy goes by that, and a browser puts these headers in place of those that it kept.
        return Response(status_code=304, media_type="text/html", headers=headers)
    return Response(body, media_type="text/html", headers=headers | ({"Content-Encoding": coding} if coding else {}))
