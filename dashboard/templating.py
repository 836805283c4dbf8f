"""The one way in which HTML is written from templates: every text is escaped, and a missing record is an error."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

__all__ = ["templates_in"]


def templates_in(folder: Path) -> Environment:
    """Return the templates of a folder, which do not change while the server runs."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
