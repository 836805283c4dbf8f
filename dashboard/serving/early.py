"""What the browser will ask for later: Streamlit's parts that our page uses, and the map's own files.

Streamlit's page finds out step by step, each step another way to the server and back; so
the first answer names them.
"""

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from dashboard.files import DATA, LAKES, LAND, MAP_SCRIPT, MAP_STYLE, WORDS
from dashboard.serving.packing import BUNDLES

SCRIPTS: Final = BUNDLES / "static/js"
NAMED: Final = re.compile(r"""["']\./(static/(?:js|css)/[\w.-]+)["']""")
PARTS: Final = ("BidiComponent", "ComponentInstance", "Html")
"""The parts of our page, by the names of Streamlit's files; one that is gone is only not named any more."""
IMPORT: Final = re.compile(r"""(?:import|from)\s*["'`]\./([\w.-]+\.js)["'`]""")
(folder,) = getattr(find_spec("streamlit_folium"), "submodule_search_locations", None) or ("",)
FRAME: Final = Path(folder) / "frontend/build"
"""Found without importing the package, which would make itself known to Streamlit before there is a server."""


def scripts(page: str) -> list[Path]:
    """Return the files of Streamlit's that each reader's browser fetches: those that its page names, and our parts'."""
    named = [BUNDLES / path for path in NAMED.findall(page)]
    return [*named, *(SCRIPTS / name for name in modules(page))]


def modules(page: str) -> list[str]:
    """Return the names of the modules that our parts need, beside those that Streamlit's page names itself."""
    found: list[str] = []
    wanted = [file.name for part in PARTS for file in SCRIPTS.glob(f"{part}.*.js")]
    while wanted:
        name = wanted.pop(0)
        if name not in page and name not in found:
            found.append(name)
            wanted += IMPORT.findall((SCRIPTS / name).read_text(encoding="utf-8"))
    return found


def map_files(language: str) -> list[str]:
    """Return the addresses of what the map's frame asks for in a language."""
    script = next((FRAME / "static/js").glob("main.*.js"), None)
    frame = [f"component/streamlit_folium.st_folium/static/js/{script.name}"] if script else []
    return frame + [file.address for file in (MAP_SCRIPT, MAP_STYLE, DATA, LAND, LAKES, WORDS[language])]
