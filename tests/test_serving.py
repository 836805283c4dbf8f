"""The first answer, the headers, the origins and the packed bundles."""

import gzip
import re

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboard.atlas import ATLAS
from dashboard.i18n import LANGUAGES
from dashboard.map.picture import path, project
from dashboard.serving import first_answer
from dashboard.serving.origins import OwnOriginSockets, is_own_origin
from dashboard.serving.packing import BUNDLES, PackedBundles, packed
from dashboard.serving.policy import CLOSED, SecurityHeaders, script_hashes
from dashboard.view import View


async def greet(socket: WebSocket) -> None:
    """Accept a websocket and say one word."""
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


@pytest.fixture
def client() -> TestClient:
    """Return a client of a server with our layers, and a plain answer where Streamlit would be."""
    routes = [
        Route("/", first_answer.answer),
        Route("/component/map", lambda _request: PlainTextResponse("frame")),
        WebSocketRoute("/_stcore/socket", greet),
    ]
    layers = [
        Middleware(SecurityHeaders, page=first_answer.DOCUMENT),
        Middleware(OwnOriginSockets),
        Middleware(PackedBundles),
    ]
    return TestClient(Starlette(routes=routes, middleware=layers))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("focus", [*ATLAS.subjects, "rail-agbend-karchivan", "kars-224-km-branch", "method"])
def test_the_first_answer_speaks_of_what_the_link_shows(client: TestClient, focus: str, language: str) -> None:
    page = client.get(f"/?focus={focus}&lang={language}").text
    assert f'<html lang="{language}">' in page
    if focus in ATLAS.subjects:
        name = LANGUAGES[language].say_content(focus, "name", ATLAS.subjects[focus].name)
        assert f"<title>{name} · " in page
        assert f'property="og:title" content="{name}"' in page
    assert re.search(r'name="description" content="[^"]{20,}"', page)
    assert f'rel="canonical" href="http://testserver/?focus={focus}&amp;lang={language}"' in page


def test_the_first_answer_holds_a_picture_and_every_subject_as_a_link(client: TestClient) -> None:
    page = client.get("/?lang=en").text
    assert page.count("<svg") == 1
    for subject in ATLAS.subjects:
        assert f'href="?focus={subject}&amp;lang=en"' in page


def test_the_first_answer_is_a_few_kilobytes_compressed(client: TestClient) -> None:
    answer = client.get("/?lang=en", headers={"Accept-Encoding": "gzip"})
    assert int(answer.headers["content-length"]) < 25_000


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", "{{7*191}}", '"><img src=x onerror=alert(1)>', "\x00"]
)
def test_nothing_of_a_broken_link_is_repeated(client: TestClient, payload: str) -> None:
    page = client.get("/", params={"focus": payload, "lang": payload, "map": payload}).text
    assert page == client.get("/").text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("ru-KZ,ru;q=0.9", "ru"), ("kk-KZ,ru;q=0.8", "kk"), ("uz,az;q=0.9", "az"), ("zh,tr;q=0.1", "tr"), ("zh", "en")],
)
def test_the_language_is_the_one_that_the_browser_wants_most_where_the_link_names_none(
    client: TestClient, accepted: str, language: str
) -> None:
    page = client.get("/", headers={"Accept-Language": accepted}).text
    assert f'<html lang="{language}">' in page
    assert '<html lang="en">' in client.get("/?lang=en", headers={"Accept-Language": accepted}).text


def test_the_page_runs_no_inline_script_but_streamlits_own_and_no_eval(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts
    assert script_hashes(first_answer.DOCUMENT)[0] in scripts
    frame = client.get("/component/map").headers["content-security-policy"]
    assert "unsafe-eval" not in frame
    assert "tile.openstreetmap.org" in frame


@pytest.mark.parametrize("path", ["/", "/component/map", "/nothing"])
def test_every_answer_bears_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors" in headers["content-security-policy"]


@pytest.mark.parametrize("path", CLOSED)
def test_paths_that_no_reader_needs_are_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_websocket_of_another_sites_page_is_refused(client: TestClient) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/socket", headers={"Origin": "https://other.example"}),
    ):
        pass
    with client.websocket_connect("/_stcore/socket", headers={"Origin": "http://testserver"}) as socket:
        assert socket.receive_text() == "hello"


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"origin": "https://map.example", "host": "map.example"}, True),
        ({"origin": "https://MAP.example", "host": "map.example"}, True),
        ({"origin": "https://map.example", "host": "inside:8501", "x-forwarded-host": "map.example"}, True),
        ({"origin": "https://map.example.evil.example", "host": "map.example"}, False),
        ({"origin": "null", "host": "map.example"}, False),
        ({"host": "map.example"}, True),
    ],
)
def test_an_origin_is_ours_when_its_host_is(headers: dict[str, str], own: bool) -> None:
    assert is_own_origin(Headers(headers)) is own


def test_streamlits_scripts_are_sent_compressed_and_kept_for_a_year(client: TestClient) -> None:
    script = next((BUNDLES / "static/js").glob("index.*.js"))
    answer = client.get(f"/static/js/{script.name}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert int(answer.headers["content-length"]) < script.stat().st_size / 2


@pytest.mark.parametrize(
    "path", ["/static/../index.html", "/static/../../__init__.py", "/static/js", "/static/none.js"]
)
def test_nothing_outside_the_bundles_is_packed(path: str) -> None:
    assert packed(path) is None


def test_a_path_is_a_start_and_whole_steps() -> None:
    assert project(0, 0) == (0, 0)
    assert path([(0, 0), (1, 0), (1, 0.001), (2, 0)]) == "M0 0l6 0 6 0"


def test_the_packed_answer_and_the_plain_one_are_the_same(client: TestClient) -> None:
    plain = client.get("/?lang=en", headers={"Accept-Encoding": "identity"}).content
    view = View(None, "en")
    assert gzip.decompress(first_answer.document(view, "http://testserver")) == plain
