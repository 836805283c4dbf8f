"""The print edition: all that the panel says, every source with its address, the map, and the way back to the view."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
import segno
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from dashboard.atlas import ATLAS, pictures_of
from dashboard.contents import Teller
from dashboard.contents.panels import PAGES
from dashboard.i18n import LANGUAGES
from dashboard.map.data import PANNABLE
from dashboard.previews.drawing import points_shown
from dashboard.printed import plate
from dashboard.printed.document import document, page_rules, qr_code, written_out
from dashboard.printed.edition import Edition, edition
from dashboard.serving import first_answer, print_edition
from dashboard.serving.policy import SecurityHeaders
from dashboard.view import MapView, Part, Tab, View
from geodata import Atlas
from geodata.geometry import distance_km
from geodata.model import ARTICLE

ADDRESS = "https://map.example"
DAY = date(2025, 12, 1)
TAG = re.compile(r"<style.*?</style>|<sup.*?</sup>|<[^>]*>", re.DOTALL)
PAYLOADS = ("</style><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*191}}", "\\22 } body{}")


def teller_of(focus: str | None, language: str = "en", atlas: Atlas = ATLAS, **more: Any) -> Teller:
    """Return who tells of a thing."""
    return Teller(atlas, View(focus, language, **more), LANGUAGES[language])


def edition_of(teller: Teller, ignored: tuple[Part, ...] = ()) -> Edition:
    """Return the print edition of a view."""
    return edition(
        teller,
        ignored,
        address=ADDRESS,
        printed=DAY,
        charts_of=lambda subject: pictures_of(subject, teller.language.code),
    )


def page_of(teller: Teller) -> str:
    """Return the print edition as a page, without its map."""
    return document(edition_of(teller), teller, map_drawing="<svg></svg>", fonts="", icon="icon.svg", script="print.js")


def spaced(text: str) -> str:
    """Return a text with single, plain spaces."""
    return " ".join(text.split())


def text_of(page: str) -> str:
    """Return the words of a page, without the numbers of its sources."""
    return spaced(unescape(TAG.sub("", page)))


def modules(svg: str) -> Iterator[tuple[int, int]]:
    """Yield the dark modules of a QR code's drawing as (column, row), from 0."""
    x, y = 0.0, 0.0
    path = re.search(r' d="([^"]*)"', svg)
    assert path
    for sign, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[1]):
        first, *second = (float(number) for number in re.findall(r"-?[\d.]+", numbers))
        if sign == "h":
            yield from ((int(x) + step - 4, int(y) - 4) for step in range(int(first)))
            x += first
        elif sign == "M":
            x, y = first, second[0]
        else:
            x, y = x + first, y + second[0]


@pytest.mark.parametrize(
    ("focus", "language"), [*((id_, "en") for id_ in ATLAS.subjects), ("btc", "ru"), ("titr", "kk")]
)
def test_every_statement_is_printed_with_what_it_rests_on(focus: str, language: str) -> None:
    """The article's with their quotation and sentence, the others' with their sources, whatever tab is open."""
    teller = teller_of(focus, language)
    page = page_of(teller)
    said = text_of(page)
    for claim in teller.claims_of(focus):
        assert spaced(claim.statement) in said
        assert spaced(f"«{claim.quotation}»") in said
        assert f'href="{claim.address.replace("&", "&amp;")}"' in page
    for group in teller.facts_of(focus):
        for fact in group.facts:
            assert spaced(fact.statement) in said
            assert spaced(fact.confidence_words) in said


@pytest.mark.parametrize("focus", [None, *PAGES, *ATLAS.subjects, "btc-pipeline", "aktau-port", "bp-btc-page"])
def test_every_number_in_the_text_leads_to_a_source_with_its_address(focus: str | None) -> None:
    """The sources are numbered from one without a gap, and each is cited or belongs to the subject."""
    teller = teller_of(focus)
    page = page_of(teller)
    sources = edition_of(teller).sources
    numbers = {int(number) for number in re.findall(r'href="#source-(\d+)"', page)}
    assert numbers <= set(range(1, len(sources) + 1))
    assert re.findall(r'id="source-(\d+)"', page) == [str(number) for number in range(1, len(sources) + 1)]
    for source in sources:
        assert str(written_out(source.address)) in page
        assert f'href="{source.address.replace("&", "&amp;")}"' in page


@pytest.mark.parametrize("subject", ATLAS.subjects)
def test_the_numbers_of_a_fact_are_those_of_its_sources(subject: str) -> None:
    found = edition_of(teller_of(subject))
    assert found.sources[0].id == ARTICLE
    for group in found.panel.facts:
        for fact in group.facts:
            assert [found.sources[found.numbers[source.id] - 1].address for source in fact.sources] == [
                ATLAS.sources[id_].address for id_ in ATLAS.facts[fact.id].sources
            ]


def test_the_open_tab_does_not_matter() -> None:
    editions = [edition_of(teller_of("btc", tab=tab)) for tab in Tab]
    assert len({found.panel for found in editions}) == 1
    assert {found.link for found in editions} == {
        "https://map.example/?focus=btc&lang=en",
        "https://map.example/?focus=btc&lang=en&tab=others",
        "https://map.example/?focus=btc&lang=en&tab=sources",
    }


@pytest.mark.parametrize("focus", ["btc", "trade", "differences", *list(ATLAS.claims)[:3]])
def test_every_difference_that_is_mentioned_is_printed_once_with_all_sides(focus: str) -> None:
    teller = teller_of(focus)
    page = page_of(teller)
    mentioned = re.findall(r'<p class="pointer">.*?</p>', page)
    ids = {id_ for pointer in mentioned for id_ in re.findall(r'href="#([a-z0-9-]+)"', pointer)}
    printed = re.findall(r'<article class="difference" id="([a-z0-9-]+)"', page)
    assert ids <= set(printed)
    assert len(set(printed)) == len(printed)
    said = text_of(page)
    for id_ in printed:
        for side in teller.difference(ATLAS.discrepancies[id_]).sides:
            assert spaced(side.says) in said


@pytest.mark.parametrize("subject", ["trade", "titr", "btc", "caspian-ports"])
def test_a_picture_is_printed_as_rows_with_bars(subject: str) -> None:
    """The figures stand there to be read, and the longest bar is the highest figure."""
    (picture,) = pictures_of(subject, "en")
    (bars,) = edition_of(teller_of(subject)).pictures
    assert [bar.words for bar in bars.bars] == [point.words for point in picture.points]
    assert max(bar.share for bar in bars.bars) == 1
    for bar, point in zip(bars.bars, picture.points, strict=True):
        assert bar.source.address.partition("#")[0] == point.address.partition("#")[0]
    page = page_of(teller_of(subject))
    assert page.count("<tr><td>") == len(picture.points)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_tells_of_each_subject(language: str) -> None:
    teller = teller_of(None, language)
    said = text_of(page_of(teller))
    for subject in ATLAS.subjects.values():
        assert spaced(teller.name(subject)) in said
        assert spaced(teller.text(subject.id, "summary", subject.summary)) in said


@pytest.mark.parametrize("focus", [None, "btc", next(iter(ATLAS.claims))])
def test_the_dates_the_licence_and_the_attribution_are_printed(focus: str | None) -> None:
    said = text_of(page_of(teller_of(focus)))
    assert "Printed: 1 December 2025" in said
    assert "data of 10 March 2026" in said
    assert "Open Database License (ODbL) 1.0" in said
    assert "© OpenStreetMap contributors" in said
    assert "Boundaries do not imply endorsement" in said


@pytest.mark.parametrize("view", [View(None, "en"), View("btc", "ru", MapView(40.5, 44.25, 6.5), Tab.OTHERS)])
def test_the_qr_code_is_that_of_the_link(view: View) -> None:
    found = edition_of(Teller(ATLAS, view, LANGUAGES[view.language]))
    assert found.link == f"{ADDRESS}/{view.link}"
    wanted = segno.make(found.link, micro=False, error="m").matrix
    dark = {(x, y) for y, row in enumerate(wanted) for x, module in enumerate(row) if module}
    assert set(modules(qr_code(found.link))) == dark


@pytest.mark.parametrize("payload", PAYLOADS)
def test_content_that_looks_like_code_is_printed_as_it_was_written(payload: str) -> None:
    """In the text, in the map's names, and in the style that holds the foot of each page."""
    subject = ATLAS.subjects["btc"].model_copy(update={"name": payload, "summary": payload})
    place = ATLAS.places["tbilisi"].model_copy(update={"name": payload})
    hostile = ATLAS.model_copy(
        update={"subjects": {**ATLAS.subjects, "btc": subject}, "places": {**ATLAS.places, "tbilisi": place}}
    )
    teller = teller_of("btc", atlas=hostile)
    plain = teller_of("btc")
    page, usual = page_of(teller), page_of(plain)
    assert payload in text_of(page)
    for tag in ("<script", "<img", "<style", "</style"):
        assert page.count(tag) == usual.count(tag)
    assert f"{payload} · Caspian Corridors" in unescape(page)
    assert "<img" not in plate.plate(teller, land=EMPTY, lakes=EMPTY)
    assert "<script" not in plate.plate(teller, land=EMPTY, lakes=EMPTY)


EMPTY = '{"type": "FeatureCollection", "features": [{"geometry": {"type": "Polygon", "coordinates": []}}]}'


def test_nothing_ends_the_text_at_the_foot_of_a_page() -> None:
    rules = page_rules('"; } </style> \\ é № қ')
    assert "</style>" not in rules
    assert rules.count('"; } ') == 0
    assert "é" in rules
    assert "қ" in rules


def test_an_address_is_written_with_its_letters_and_never_breaks_after_a_hyphen() -> None:
    written = written_out("<See> https://a.kz/%D0%B0-b?x=%2C and on")
    address = "https://<wbr>a.<wbr>kz/<wbr>а<wbr>-b?<wbr>x=<wbr>%2C"
    assert written == f'&lt;See&gt; <span class="web">{address}</span> and on'


# The map.


@pytest.mark.parametrize("focus", [None, *ATLAS.subjects, "btc-pipeline", "aktau-port", "method"])
def test_the_map_holds_what_is_chosen(focus: str | None) -> None:
    teller = teller_of(focus)
    frame = plate.frame_of(teller)
    points, _ = points_shown(ATLAS, focus)
    assert all(frame.holds(frame.at(*point)) for point in points)
    assert (frame.width, frame.height) == (plate.WIDTH, plate.HEIGHT)


def test_the_map_stands_where_the_link_puts_it() -> None:
    """Its middle is the link's, and what a map 900 pixels wide showed is shown."""
    frame = plate.frame_of(teller_of("btc", map=MapView(41.0, 45.0, 7.0)))
    assert frame.at(45.0, 41.0) == pytest.approx((plate.WIDTH / 2, plate.HEIGHT / 2))
    assert plate.middle(frame) == pytest.approx(41.0)
    degrees = frame.width / frame.scale
    assert degrees == pytest.approx(900 * 360 / (256 * 2**7))


@pytest.mark.parametrize("where", [MapView(85.0, 180.0, 3.0), MapView(-85.0, -180.0, 12.0), MapView(0.0, 0.0, 12.0)])
def test_the_map_never_reaches_beyond_the_base_map(where: MapView) -> None:
    frame = plate.frame_of(teller_of(None, map=where))
    (south, west), (north, east) = PANNABLE
    assert frame.at(west, north)[0] <= 1e-6
    assert frame.at(west, north)[1] <= 1e-6
    assert frame.at(east, south)[0] >= frame.width - 1e-6
    assert frame.at(east, south)[1] >= frame.height - 1e-6


@pytest.mark.parametrize(
    ("longest", "length"), [(1, 1), (1.9, 1), (2, 2), (7, 5), (10, 10), (499, 200), (500, 500), (1234, 1000)]
)
def test_a_scale_is_a_round_number_of_kilometres(longest: float, length: float) -> None:
    assert plate.round_length(longest) == length


@pytest.mark.parametrize("focus", [None, "btc", "zangezur", "trade"])
def test_the_scale_is_as_long_as_it_says(focus: str | None) -> None:
    """Measured on the ellipsoid along the parallel of the map's middle, within one in a hundred."""
    frame = plate.frame_of(teller_of(focus))
    scale = plate.scale_of(frame)
    lat = plate.middle(frame)
    assert scale.length_px <= plate.LONGEST_BAR
    steps = 20
    step = scale.length_px / frame.scale / steps
    along = sum(distance_km((45 + step * n, lat), (45 + step * (n + 1), lat)) for n in range(steps))
    assert along == pytest.approx(scale.length_km, rel=0.01)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_names_what_is_chosen_in_the_readers_language(language: str) -> None:
    teller = teller_of("btc", language)
    drawn = plate.plate(teller, land=EMPTY, lakes=EMPTY)
    for id_ in ATLAS.subjects["btc"].places:
        assert teller.name(ATLAS.places[id_]) in unescape(drawn)
    assert teller.say("N") in drawn


# The server.


@pytest.fixture
def client() -> TestClient:
    """Return a client of a server that prints."""
    layers = [Middleware(SecurityHeaders, page=first_answer.DOCUMENT)]
    return TestClient(Starlette(routes=[print_edition.ROUTE], middleware=layers))


def test_a_link_is_printed_in_its_language_with_the_headers_of_every_page(client: TestClient) -> None:
    answer = client.get("/print?focus=btc&lang=kk&map=40,45,6")
    assert '<html lang="kk">' in answer.text
    assert "http://testserver/?focus=btc&amp;lang=kk&amp;map=40.0000,45.0000,6" in answer.text
    policy = answer.headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts
    assert not re.search(r"<script(?! type=\"module\" src=\"\./files/)", answer.text)


def test_the_language_is_the_browsers_where_the_link_names_none(client: TestClient) -> None:
    assert '<html lang="ru">' in client.get("/print", headers={"Accept-Language": "ru-KZ,ru;q=0.9"}).text


def test_an_unknown_focus_prints_the_overview_and_says_so(client: TestClient) -> None:
    page = client.get("/print?focus=nothing-of-the-kind&lang=en").text
    assert "What connects Kazakhstan and Azerbaijan</h1>" in page
    assert text_of(page).count("The link names something that is not on this map") == 1


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", "{{7*191}}", '"><img src=x onerror=alert(1)>', "\x00"]
)
def test_nothing_of_a_broken_link_is_repeated(client: TestClient, payload: str) -> None:
    page = client.get("/print", params={"focus": payload, "lang": payload, "map": payload, "tab": payload}).text
    assert page.count('<p class="notice">') == 4
    assert "alert" not in page
    assert "1337" not in page


def test_a_request_to_no_possible_host_is_refused(client: TestClient) -> None:
    assert client.get("/print", headers={"Host": '"><script>'}).status_code == 400


def test_the_packed_answer_and_the_plain_one_are_the_same(client: TestClient) -> None:
    packed = client.get("/print?focus=dunga&lang=en")
    plain = client.get("/print?focus=dunga&lang=en", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.content == packed.content
