"""The print edition of a view at its own address: `print?focus=…&lang=…&map=…`."""

import gzip
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.atlas import ATLAS, pictures_of
from dashboard.contents import Teller
from dashboard.files import ICON, LAKES, LAND, PRINT_SCRIPT, fonts
from dashboard.i18n import LANGUAGES
from dashboard.printed.document import document
from dashboard.printed.edition import edition
from dashboard.printed.plate import plate
from dashboard.serving.address import own_address
from dashboard.serving.link import asked_view
from dashboard.view import Part, View

PATH: Final = "print"
ONE_AT_A_TIME: Final = CapacityLimiter(1)
"""However many print, they keep one processor busy and no more."""
FONTS: Final = fonts("./")


@lru_cache(maxsize=64)
def printed(view: View, ignored: tuple[Part, ...], address: str, today: date) -> bytes:
    """Return the print edition of a view, as the server at that address answers it on that day, compressed."""
    language = LANGUAGES[view.language]
    teller = Teller(ATLAS, view, language)
    page = document(
        edition(
            teller,
            ignored,
            address=address,
            printed=today,
            charts_of=lambda subject: pictures_of(subject, language.code),
        ),
        teller,
        map_drawing=plate(teller, land=LAND.body.decode(), lakes=LAKES.body.decode()),
        fonts=FONTS,
        icon=ICON.address,
        script=PRINT_SCRIPT.address,
    )
    return gzip.compress(page.encode(), 6, mtime=0)


async def answer(request: Request) -> Response:
    """Return the print edition for the link that was asked."""
    view, ignored = asked_view(request)
    packed = await to_thread.run_sync(
        printed, view, ignored, own_address(request), datetime.now(UTC).date(), limiter=ONE_AT_A_TIME
    )
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding, Accept-Language"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type="text/html", headers=headers | {"Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type="text/html", headers=headers)


ROUTE: Final = Route(f"/{PATH}", answer, methods=["GET"])
