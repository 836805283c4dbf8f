"""What browsers and search engines ask a site for: robots.txt, the sitemap, the manifest and the icons."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.atlas import ATLAS
from dashboard.files import ICON
from dashboard.i18n import LANGUAGES, SOURCE_LANGUAGE
from dashboard.map.style import ACCENT
from dashboard.previews.pictures import Picture
from dashboard.serving.address import HERE, own_address
from dashboard.view import View

DAY: Final = {"Cache-Control": f"public, max-age={24 * 3600}"}
PAPER: Final = "#fdfcf8"


def robots(request: Request) -> Response:
    """Return that every page may be read, and where the sitemap is."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {own_address(request)}/sitemap.xml\n"
    return Response(text, media_type="text/plain; charset=utf-8", headers=DAY)


def listed() -> Iterator[str | None]:
    """Yield what the sitemap lists: the overview, and each subject, line, place and statement of the article."""
    yield None
    for records in (ATLAS.subjects, ATLAS.lines, ATLAS.places, ATLAS.claims):
        yield from records


@cache
def _sitemap() -> str:
    """Return every listed view in each language, with its forms in the others."""
    pages = []
    for focus in listed():
        links = {code: f"{HERE}/{View(focus, code).link}" for code in LANGUAGES}
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(link)}/>' for code, link in links.items()
        )
        pages += [f"<url><loc>{escape(link)}</loc>{others}</url>" for link in links.values()]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n' + "\n".join(pages) + "\n</urlset>\n"
    )


@lru_cache(maxsize=8)
def _sitemap_at(address: str) -> bytes:
    return _sitemap().replace(HERE, address).encode()


def sitemap(request: Request) -> Response:
    """Return the sitemap (sitemaps.org, with the links between languages that search engines read)."""
    return Response(_sitemap_at(own_address(request)), media_type="application/xml", headers=DAY)


# Icons: the page's own, as PNG for those who take no SVG.


@dataclass(frozen=True)
class Icon:
    """The icon at an address of its own."""

    name: str
    size: int
    """Pixels."""
    margin: float = 0
    """Of the icon's colour around it, in shares of the icon; some systems cut icons into shapes of theirs."""
    is_square: bool = False
    """Whether the corners are filled."""

    def svg(self) -> str:
        """Return the icon as SVG."""
        start, whole = -self.margin * 32, 32 * (1 + 2 * self.margin)
        ground = f'<rect x="{start}" y="{start}" width="{whole}" height="{whole}" fill="{ACCENT}"/>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.size}" height="{self.size}" '
            f'viewBox="{start} {start} {whole} {whole}">{ground if self.is_square else ""}'
            f'<svg width="32" height="32">{ICON.body.decode()}</svg></svg>'
        )

    @property
    def route(self) -> Route:
        """The route that answers with the icon."""
        picture = Picture(self.svg, self.size)

        async def answer(_request: Request) -> Response:
            return Response(await picture.png(), media_type="image/png", headers=DAY)

        return Route(f"/{self.name}", answer, methods=["GET"])


IN_MANIFEST: Final = {
    "any": (Icon("icon-192.png", 192), Icon("icon-512.png", 512)),
    "maskable": (Icon("icon-maskable-512.png", 512, margin=0.12, is_square=True),),
}
"""By purpose, as the manifest calls it."""
ASKED_UNBIDDEN: Final = (
    Icon("favicon.png", 48),  # Streamlit's scripts name it
    Icon("favicon.ico", 48),  # browsers take a PNG by this name as well
    Icon("apple-touch-icon.png", 180, margin=0.06, is_square=True),
    Icon("apple-touch-icon-precomposed.png", 180, margin=0.06, is_square=True),
)


def manifest(request: Request) -> Response:
    """Return the web app manifest in the language that its address names, or in English."""
    asked = request.query_params.get("lang", "")
    language = LANGUAGES[asked if asked in LANGUAGES else SOURCE_LANGUAGE]
    text = {
        "name": language.say("Caspian Corridors"),
        "short_name": language.say("Caspian Corridors"),
        "description": language.say(
            "What connects Kazakhstan and Azerbaijan, and what was said about it on 21 October 2025"
        ),
        "lang": language.code,
        "start_url": f"./{View(None, language.code).link}",
        "scope": "./",
        "display": "minimal-ui",
        "theme_color": ACCENT,
        "background_color": PAPER,
        "icons": [
            {"src": icon.name, "sizes": f"{icon.size}x{icon.size}", "type": "image/png", "purpose": purpose}
            for purpose, icons in IN_MANIFEST.items()
            for icon in icons
        ],
    }
    body = json.dumps(text, ensure_ascii=False).encode()
    return Response(body, media_type="application/manifest+json", headers=DAY)


ANSWERS: Final[dict[str, Callable[[Request], Response]]] = {
    "/robots.txt": robots,
    "/sitemap.xml": sitemap,
    "/manifest.webmanifest": manifest,
}
ROUTES: Final = (
    *(Route(path, answer, methods=["GET"]) for path, answer in ANSWERS.items()),
    *(icon.route for icons in (*IN_MANIFEST.values(), ASKED_UNBIDDEN) for icon in icons),
)
