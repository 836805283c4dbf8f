"""What browsers and search engines ask for: robots.txt, the sitemap, the manifest and the icons."""

import struct
from xml.etree import ElementTree as Xml

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.atlas import ATLAS, KNOWN_IDS
from dashboard.i18n import LANGUAGES
from dashboard.serving import crawlers
from dashboard.serving.crawlers import ASKED_UNBIDDEN, IN_MANIFEST

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def client() -> TestClient:
    """Return a client of a server that answers crawlers and nobody else."""
    return TestClient(Starlette(routes=crawlers.ROUTES))


def test_robots_may_read_everything_and_are_told_of_the_sitemap(client: TestClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text == "User-agent: *\nAllow: /\n\nSitemap: http://testserver/sitemap.xml\n"


def test_the_sitemap_lists_every_view_in_every_language_with_its_other_forms(client: TestClient) -> None:
    pages = Xml.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  our own
    forms = {
        page.findtext(f"{SITEMAP}loc"): {link.get("hreflang"): link.get("href") for link in page.iter(f"{XHTML}link")}
        for page in pages
    }
    things = [*ATLAS.subjects, *ATLAS.lines, *ATLAS.places, *ATLAS.claims]
    assert set(things) < KNOWN_IDS
    expected = {f"http://testserver/?focus={id_}&lang={code}" for id_ in things for code in LANGUAGES}
    assert set(forms) == expected | {f"http://testserver/?lang={code}" for code in LANGUAGES}
    for page, others in forms.items():
        assert set(others) == set(LANGUAGES)
        assert page in others.values()


def test_the_sitemap_names_the_server_as_it_was_asked(client: TestClient) -> None:
    assert "testserver" not in client.get("/sitemap.xml", headers={"Host": "map.example"}).text
    assert client.get("/sitemap.xml", headers={"Host": "<script>"}).status_code == 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_speaks_the_language(client: TestClient, language: str) -> None:
    answer = client.get(f"/manifest.webmanifest?lang={language}")
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = answer.json()
    assert manifest["lang"] == language
    assert manifest["name"] == LANGUAGES[language].say("Caspian Corridors")
    assert manifest["start_url"] == f"./?lang={language}"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        assert client.get("/" + icon["src"]).status_code == 200


@pytest.mark.parametrize("asked", ["?lang=<script>", "?lang=xx", "", "?lang=ru&lang=xx"])
def test_the_manifest_repeats_nothing_of_what_was_asked(client: TestClient, asked: str) -> None:
    assert client.get(f"/manifest.webmanifest{asked}").json()["lang"] in LANGUAGES


@pytest.mark.parametrize("icon", [*(icon for icons in IN_MANIFEST.values() for icon in icons), *ASKED_UNBIDDEN])
def test_each_icon_is_a_png_of_its_size(client: TestClient, icon: crawlers.Icon) -> None:
    answer = client.get(f"/{icon.name}")
    assert answer.headers["content-type"] == "image/png"
    assert struct.unpack(">II", answer.content[16:24]) == (icon.size, icon.size)
    assert "max-age" in answer.headers["cache-control"]
