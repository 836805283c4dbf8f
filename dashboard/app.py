"""The server: `streamlit run dashboard/app.py` starts it, as does any ASGI server."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

# `streamlit run` puts this folder on the path, and not the repository.
ROOT = str(Path(__file__).parents[1])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from dashboard.i18n import LANGUAGES, CatalogueError  # noqa: E402  needs the path above
from geodata import DataError  # noqa: E402

try:
    from dashboard.charts import PICTURES
    from dashboard.downloads import DOWNLOADS
    from dashboard.files import FILES
    from dashboard.serving import first_answer
    from dashboard.serving.origins import OwnOriginSockets
    from dashboard.serving.packing import PackedBundles
    from dashboard.serving.policy import SecurityHeaders
except (DataError, CatalogueError) as error:
    sys.exit(f"caspian-corridors: {error}")


@asynccontextmanager
async def warmed(_app: st.App) -> AsyncIterator[None]:
    """Import and make what is heavy before the first visitor comes, and spare it the garbage collection.

    Streamlit collects garbage after each run, which with Folium loaded takes longer than the
    run itself. The components must wait: they register only when a visitor's run imports them.
    """
    import_module("folium")
    panels = import_module("dashboard.panels")
    for subject in PICTURES:
        for code in LANGUAGES:
            panels.pictures_of(subject, code)
    gc.collect()
    gc.freeze()
    yield


app = st.App(
    "page.py",
    routes=[Route("/", first_answer.answer), *(file.route for file in (*FILES, *DOWNLOADS))],
    middleware=[
        Middleware(SecurityHeaders, page=first_answer.DOCUMENT),
        Middleware(OwnOriginSockets),
        Middleware(PackedBundles),
    ],
    lifespan=warmed,
)
