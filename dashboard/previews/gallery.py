"""Every preview there is: one for each subject and the overview in each language, at its address.

A preview is painted when it is first asked for. There are no more of them than these, and
each is painted once, so that no reader can keep the server busy with painting.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.atlas import ATLAS
from dashboard.contents import Teller
from dashboard.contents.panels import OVERVIEW
from dashboard.files import DATA, ICON, LAKES, LAND, WORDS
from dashboard.i18n import CATALOGUES, LANGUAGES
from dashboard.map import picture, style
from dashboard.map.data import subject_of
from dashboard.previews.band import WIDTH
from dashboard.previews.drawing import preview
from dashboard.previews.lettering import FONT_FILES, Face
from dashboard.previews.pictures import Picture
from dashboard.published import YEAR
from dashboard.view import View

HOUR: Final = 3600
"""Seconds."""


def _made_of() -> Iterator[bytes]:
    """Yield everything that the previews are made of."""
    for file in (DATA, LAND, LAKES, ICON, *WORDS.values()):
        yield file.body
    for subject in ATLAS.subjects.values():
        yield subject.model_dump_json().encode()
    sources = (*Path(__file__).parent.glob("*.py"), Path(picture.__file__), Path(style.__file__))
    for source in (*sorted(sources), *sorted(CATALOGUES.glob("*.po"))):
        yield source.read_bytes()
    for font in FONT_FILES:
        yield font.name.encode()  # which has a hash of the content in it


def _edition() -> str:
    digest = hashlib.sha256()
    for part in _made_of():
        digest.update(part)
    return digest.hexdigest()[:12]


EDITION: Final = _edition()
"""Stands in each address, and changes when a preview may: messengers never ask twice for the same address."""
AN_EDITION: Final = re.compile("[0-9a-f]{12}")


def _drawn(id_: str, language: str) -> str:
    teller = Teller(ATLAS, View(None if id_ == OVERVIEW else id_, language), LANGUAGES[language])
    return preview(teller, land=LAND.body.decode(), lakes=LAKES.body.decode(), icon=ICON.body.decode())


def _fonts() -> tuple[bytes, ...]:
    return tuple(face.unpacked for face in Face)


PREVIEWS: Final = {
    (language, id_): Picture(partial(_drawn, id_, language), WIDTH, _fonts)
    for language in LANGUAGES
    for id_ in (OVERVIEW, *ATLAS.subjects)
}


def pictured(focus: str | None) -> str:
    """Return whose preview stands for a thing: its subject's, where it has one and no more, or the overview."""
    id_ = subject_of(ATLAS).get(focus or "", focus or OVERVIEW)
    if id_ in ATLAS.lines:
        return ATLAS.lines[id_].subject
    if id_ in ATLAS.places:
        owners = [subject.id for subject in ATLAS.subjects.values() if id_ in subject.places]
        passing = [*{line.subject for line in ATLAS.lines.values() if id_ in line.stops}]
        return next((found[0] for found in (owners, passing) if len(found) == 1), OVERVIEW)
    return id_ if id_ in ATLAS.subjects else OVERVIEW


def address(view: View) -> str:
    """Return the path of the view's preview on the server, without a leading slash."""
    return f"previews/{EDITION}/{view.language}/{pictured(view.focus)}.png"


async def answer(request: Request) -> Response:
    """Return a preview; of another edition, for which a messenger may ask late, today's."""
    edition = request.path_params["edition"]
    found = PREVIEWS.get((request.path_params["language"], request.path_params["id"]))
    if found is None or not AN_EDITION.fullmatch(edition):
        return PlainTextResponse("Not found", 404)
    lasting = f"public, max-age={YEAR}, immutable" if edition == EDITION else f"public, max-age={HOUR}"
    return Response(await found.png(), media_type="image/png", headers={"Cache-Control": lasting})


ROUTE: Final = Route("/previews/{edition}/{language}/{id}.png", answer, methods=["GET"])
