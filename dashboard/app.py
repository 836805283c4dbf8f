"""The server: `streamlit run dashboard/app.py` starts it, as does any ASGI server."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Final

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

# `streamlit run` puts this folder on the path, and not the repository.
sys.path.insert(0, str(Path(__file__).parents[1]))

from dashboard.i18n import LANGUAGES, CatalogueError
from geodata import DataError

try:
    from dashboard.atlas import pictures_of
    from dashboard.charts import PICTURES
    from dashboard.downloads import DOWNLOADS
    from dashboard.files import FILES
    from dashboard.map import frame
    from dashboard.previews import gallery
    from dashboard.serving import crawlers, early, first_answer, first_visit, panel_ahead, print_edition
    from dashboard.serving.admission import Admission, allow_connections
    from dashboard.serving.messages import ReadersMessages
    from dashboard.serving.origins import OwnOriginSockets
    from dashboard.serving.packing import PackedBundles, packed
    from dashboard.serving.paths import KnownPaths
    from dashboard.serving.policy import SecurityHeaders
except (DataError, CatalogueError) as error:
    sys.exit(f"caspian-corridors: {error}")


HANDOVER: Final = 0.0005
"""Seconds until a busy thread lets another go on. A choice goes from thread to thread ten times, and with Python's
usual five milliseconds each time, half of its answer would be waiting."""


@asynccontextmanager
async def warmed(app: st.App) -> AsyncIterator[None]:
    """Make what is heavy, and open the page, before the first reader comes; then spare it the garbage collection.

    What stays for good need not be searched for garbage. No request is answered before this is
    done, so that a server that answers is ready.
    """
    allow_connections()
    sys.setswitchinterval(HANDOVER)
    for file in FILES:
        file.pack()
    for script in early.scripts(first_answer.DOCUMENT):
        packed(script)
    import_module("dashboard.panels")
    for subject in PICTURES:
        for code in LANGUAGES:
            pictures_of(subject, code)
    frame.keep(await first_visit.visit(app))
    gc.collect()
    gc.freeze()
    yield


ROUTES = [
    Route("/", first_answer.answer),
    gallery.ROUTE,
    panel_ahead.ROUTE,
    print_edition.ROUTE,
    *crawlers.ROUTES,
    *(file.route for file in (*FILES, *DOWNLOADS)),
]

app = st.App(
    "page.py",
    routes=ROUTES,
    middleware=[
        Middleware(SecurityHeaders, page=first_answer.DOCUMENT),
        Middleware(OwnOriginSockets),
        Middleware(Admission),
        Middleware(ReadersMessages),
        Middleware(PackedBundles),
        Middleware(KnownPaths, routes=ROUTES),
    ],
    lifespan=warmed,
)
