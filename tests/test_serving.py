"""The first answer, the headers, the origins and the packed bundles."""

import gzip
import re

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboard.atlas import ATLAS
from dashboard.i18n import LANGUAGES
from dashboard.map.picture import path, project
from dashboard.panel_markup import drawn_panel, parts_of
from dashboard.previews import gallery
from dashboard.serving import first_answer
from dashboard.serving.messages import AT_ONCE, PER_SECOND, Pace, ReadersMessages, UnwantedMessageError
from dashboard.serving.origins import OwnOriginSockets, is_own_origin
from dashboard.serving.packing import BUNDLES, PackedBundles, bundle_at
from dashboard.serving.paths import KnownPaths, is_streamlits
from dashboard.serving.policy import SecurityHeaders, script_hashes
from dashboard.view import Tab, View


async def greet(socket: WebSocket) -> None:
    """Accept a websocket and say one word."""
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


def fail(request: Request) -> Response:
    """Raise an error that says what nobody should know."""
    raise RuntimeError(f"a secret of {request.url.path}")


@pytest.fixture
def client() -> TestClient:
    """Return a client of a server with our layers, and a plain answer where Streamlit would be."""
    routes = [
        Route("/", first_answer.answer),
        Route("/component/map", lambda _request: PlainTextResponse("frame")),
        Route("/broken", fail),
        WebSocketRoute("/_stcore/socket", greet),
    ]
    layers = [
        Middleware(SecurityHeaders, page=first_answer.DOCUMENT),
        Middleware(OwnOriginSockets),
        Middleware(ReadersMessages),
        Middleware(PackedBundles),
        Middleware(KnownPaths, routes=routes),
    ]
    return TestClient(Starlette(routes=routes, middleware=layers), raise_server_exceptions=False)


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


def test_a_place_is_described_by_what_it_belongs_to(client: TestClient) -> None:
    page = client.get("/?focus=aktau-port&lang=en").text
    assert 'property="og:description" content="Aktau, port: Caspian ports, ' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_answer_tells_messengers_what_to_show(client: TestClient, language: str) -> None:
    page = client.get(f"/?focus=rail-agbend-karchivan&lang={language}").text
    address = f"http://testserver/{gallery.address(View('zangezur', language))}"
    told = {
        "og:image": address,
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:url": f"http://testserver/?focus=rail-agbend-karchivan&amp;lang={language}",
        "og:locale": {"en": "en_GB", "ru": "ru_RU"}.get(language, f"{language}_"),
        "twitter:card": "summary_large_image",
        "twitter:image": address,
    }
    for name, content in told.items():
        assert re.search(f'(property|name)="{name}" content="{re.escape(content)}', page), name
    assert page.count('"og:locale:alternate"') == len(LANGUAGES) - 1
    assert page.count('rel="alternate"') == len(LANGUAGES)
    subject = LANGUAGES[language].say_content("zangezur", "name", ATLAS.subjects["zangezur"].name)
    assert re.search(f'name="twitter:image:alt" content="[^"]*{subject}"', page)


@pytest.mark.parametrize("tab", Tab)
def test_the_first_answer_holds_the_panel_that_the_link_asks_for(client: TestClient, tab: Tab) -> None:
    """Its canonical address and its previews know of no tab."""
    page = client.get(f"/?focus=titr&lang=en&tab={tab}").text
    view = View("titr", "en", tab=tab)
    first, rest = parts_of(drawn_panel(view, ()), view, "http://testserver/")
    assert first in page
    assert bool(rest) is (tab is Tab.OTHERS)
    assert 'rel="canonical" href="http://testserver/?focus=titr&amp;lang=en"' in page


def test_a_broken_link_is_named_in_the_first_answer_without_an_echo(client: TestClient) -> None:
    page = client.get("/?focus=nonsense-of-mine&lang=en&map=9,9,99").text
    assert page.count('class="cc-notice"') == 2
    assert "nonsense-of-mine" not in page


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_a_first_answer_that_the_reader_holds_is_not_sent_again(client: TestClient, coding: str) -> None:
    """Its headers are those of a page, for a browser puts them in place of those that it kept."""
    first = client.get("/?focus=btc&lang=en", headers={"Accept-Encoding": coding})
    assert first.headers.get("content-encoding", "identity") == coding
    headers = {"Accept-Encoding": coding, "If-None-Match": first.headers["etag"]}
    again = client.get("/?focus=btc&lang=en", headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    for header in ("content-security-policy", "etag", "vary", "cache-control"):
        assert again.headers[header] == first.headers[header]
    assert client.get("/?focus=btc&lang=ru", headers=headers).status_code == 200


def test_what_strangers_call_the_server_stands_in_the_answer_to_them_alone(client: TestClient) -> None:
    """Nor does it make the page be made anew, however many names they invent."""
    client.get("/?focus=btc&lang=en")
    made = first_answer.page.cache_info().misses
    for number in range(300):
        page = client.get("/?focus=btc&lang=en", headers={"Host": f"evil-{number}.example"}).text
        assert f'"http://evil-{number}.example/?focus=btc&amp;lang=en"' in page
    assert "evil" not in client.get("/?focus=btc&lang=en").text
    assert first_answer.page.cache_info().misses == made


@pytest.mark.parametrize("host", ['"><script>alert(1)</script>', "map.example/path?", "a b"])
def test_a_request_to_no_possible_host_gets_no_page(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "script" not in answer.text


def test_the_first_answer_holds_a_picture_and_every_subject_as_a_link(client: TestClient) -> None:
    page = client.get("/?lang=en").text
    assert page.count("<svg") == 1
    for subject in ATLAS.subjects:
        assert f'href="?focus={subject}&amp;lang=en"' in page


def test_the_first_answer_is_a_few_kilobytes_compressed(client: TestClient) -> None:
    """With the picture, the panel, the list and the page's style."""
    answer = client.get("/?lang=en", headers={"Accept-Encoding": "br, gzip"})
    assert int(answer.headers["content-length"]) < 30_000


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", "{{7*191}}", '"><img src=x onerror=alert(1)>', "\x00"]
)
def test_nothing_of_a_broken_link_is_repeated(client: TestClient, payload: str) -> None:
    page = client.get("/", params={"focus": payload, "lang": payload, "map": payload}).text
    assert page == client.get("/", params={"focus": "nothing", "lang": "none", "map": "nowhere"}).text


def test_the_first_answer_within_another_page_is_map_and_panel_and_stays_embedded(client: TestClient) -> None:
    """Every link in it leads on within the frame, but for the one to the whole page; search engines see that one."""
    page = client.get("/?lang=en&embed=true").text
    for subject in ATLAS.subjects:
        assert f'href="?embed=true&amp;focus={subject}&amp;lang=en"' in page
    page = client.get("/?focus=btc&lang=en&embed=true").text
    assert "<header>" not in page
    panel = page[page.index('<section class="cc-early">') : page.index("</section></main>")]
    assert '<a href="?embed=true&amp;lang=en"' in panel
    assert 'href="?' not in panel.replace('href="?embed=true&amp;', "")
    assert '<a href="?focus=btc&amp;lang=en" target="_blank"' in page
    head = page.partition("</head>")[0]
    assert 'rel="canonical" href="http://testserver/?focus=btc&amp;lang=en"' in head
    assert "embed=true" not in head


@pytest.mark.parametrize("link", ["/?lang=en&embed=false", "/?lang=en&embed", "/?lang=en&embed=%3Cscript%3E"])
def test_a_link_that_does_not_ask_for_embedding_opens_the_whole_page(client: TestClient, link: str) -> None:
    assert client.get(link).text == client.get("/?lang=en").text


@pytest.mark.parametrize(
    ("embedders", "ancestors"),
    [
        ("", "frame-ancestors *"),
        ("https://news.example", "frame-ancestors 'self' https://news.example"),
        (" https://a.example  https://b.example ", "frame-ancestors 'self' https://a.example https://b.example"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/component/map"])
def test_the_environment_names_who_may_embed_and_the_page_may_always_hold_its_map(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, embedders: str, ancestors: str, path: str
) -> None:
    monkeypatch.setenv("CASPIAN_CORRIDORS_EMBEDDERS", embedders)
    policy = client.get(path).headers["content-security-policy"]
    assert policy.split("; ")[-1] == ancestors


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


@pytest.mark.parametrize("path", ["/", "/component/map", "/nothing", "/broken"])
def test_every_answer_bears_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors" in headers["content-security-policy"]


def test_what_is_neither_page_nor_script_may_do_nothing(client: TestClient) -> None:
    policy = client.get("/nothing").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert "script-src" in client.get("/").headers["content-security-policy"]


def test_an_error_is_answered_with_the_headers_and_without_its_details(client: TestClient) -> None:
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert "object-src 'none'" in answer.headers["content-security-policy"]
    assert answer.text == "Something went wrong here."


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/agent/mcp", "/_stcore/upload_file/a/b", "/app/static/a", "/.env", "/static/a.js"],
)
def test_where_there_is_nothing_for_a_reader_the_answer_says_so(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "cache-control" not in answer.headers


def test_what_streamlits_scripts_ask_for_is_passed_on() -> None:
    assert is_streamlits("/_stcore/host-config")
    assert is_streamlits("/component/streamlit_folium.st_folium/index.html")
    assert is_streamlits("/static/js/" + next((BUNDLES / "static/js").glob("index.*.js")).name)
    assert not is_streamlits("/_stcore/host-config/more")
    assert not is_streamlits("/index.html")


def test_a_websocket_of_another_sites_page_is_refused(client: TestClient) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/socket", headers={"Origin": "https://other.example"}),
    ):
        pass
    with client.websocket_connect("/_stcore/socket", headers={"Origin": "http://testserver"}) as socket:
        assert socket.receive_text() == "hello"


def test_a_reader_may_act_quickly_and_go_on_acting_but_not_flood() -> None:
    now = [0.0]
    pace = Pace(clock=lambda: now[0])
    for _ in range(AT_ONCE):
        pace.count()
    for _ in range(1000):
        now[0] += 1 / PER_SECOND + 1e-6
        pace.count()
    with pytest.raises(UnwantedMessageError):
        pace.count()


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
    "path",
    [
        "/static/../index.html",
        "/static/../../__init__.py",
        "/static/js",
        "/static/none.js",
        "/static/\0",
        "/static/" + "a" * 9999,
    ],
)
def test_nothing_outside_the_bundles_is_sent(path: str) -> None:
    assert bundle_at(path) is None


def test_a_path_is_a_start_and_whole_steps() -> None:
    assert project(0, 0) == (0, 0)
    assert path([(0, 0), (1, 0), (1, 0.001), (2, 0)]) == "M0 0l6 0 6 0"


def test_the_packed_answer_and_the_plain_one_are_the_same(client: TestClient) -> None:
    plain = client.get("/?lang=en", headers={"Accept-Encoding": "identity"}).content
    view = View(None, "en")
    assert gzip.decompress(first_answer.document(view, "http://testserver")["gzip"]) == plain


def test_the_font_of_icons_that_the_page_does_not_show_is_not_named(client: TestClient) -> None:
    style = next((BUNDLES / "static/css").glob("index.*.css"))
    assert "Material Symbols" in style.read_text(encoding="utf-8")
    sent = client.get(f"/static/css/{style.name}", headers={"Accept-Encoding": "gzip"}).text
    assert "Material Symbols" not in sent
    assert sent.count("@font-face") == style.read_text(encoding="utf-8").count("@font-face") - 1
