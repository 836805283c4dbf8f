"""The link that a request asks for, read as the page reads it."""

from starlette.requests import Request

from dashboard.atlas import KNOWN_IDS
from dashboard.i18n import LANGUAGES, preferred_language
from dashboard.view import Part, View, read_view


def asked_view(request: Request) -> tuple[View, tuple[Part, ...]]:
    """Return the view that a request's link asks for, and the parts of the link that were ignored."""
    parameters = {part.value: request.query_params.getlist(part) for part in Part}
    preferred = preferred_language(request.headers.get("accept-language"))
    return read_view(parameters, known=KNOWN_IDS, languages=LANGUAGES, preferred_language=preferred)
