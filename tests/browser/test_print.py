"""What goes on paper: the print edition, and the live page itself, as PDF and as pictures of its pages."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

import pypdfium2 as pdfium
import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from dashboard.contents import Teller
from dashboard.i18n import LANGUAGES
from dashboard.map.style import LAND, SUBJECT_COLOURS, WATER
from dashboard.view import View
from geodata import load_atlas
from tests.browser.conftest import Visits

ATLAS = load_atlas()
POINTS_PER_MM: Final = 72 / 25.4
A4: Final = (210 * POINTS_PER_MM, 297 * POINTS_PER_MM)
SIDE, TOP, BOTTOM = (mm * POINTS_PER_MM for mm in (18, 16, 20))
"""The margins; the foot of each page stands in the lower one."""
PIXELS_PER_POINT: Final = 4
SEEN: Final = (("btc", "en"), ("trade", "ru"), (None, "kk"))
INK_LEVEL: Final = 70
"""Darker than this is ink, and no other colour of the page."""


class Paper:
    """A printed document."""

    def __init__(self, pdf: bytes) -> None:
        """Read the PDF."""
        self.document = pdfium.PdfDocument(pdf)
        self.pages = [self.document[number] for number in range(len(self.document))]
        self.texts = [page.get_textpage() for page in self.pages]

    @property
    def text(self) -> str:
        """All words without spaces and line breaks, because a line may break within an address."""
        return squeezed("".join(text.get_text_range() for text in self.texts))

    def boxes(self, number: int) -> Iterator[tuple[float, float, float, float]]:
        """Yield left, bottom, right and top of each piece of text on a page, in points."""
        text = self.texts[number]
        for piece in range(text.count_rects()):
            yield text.get_rect(piece)

    def picture(self, number: int) -> Image.Image:
        """Return a page as a picture."""
        found: Image.Image = self.pages[number].render(scale=PIXELS_PER_POINT).to_pil().convert("RGB")
        return found


def squeezed(text: str) -> str:
    """Return a text without white space and soft hyphens."""
    return re.sub(r"[\s\u00ad\u200b\ufffe]+", "", text)


def as_pdf(page: Page) -> Paper:
    """Print a page as a reader would."""
    return Paper(page.pdf(prefer_css_page_size=True, tagged=True, outline=True))


def link_to(focus: str | None, language: str) -> str:
    return View(focus, language).link


@pytest.fixture(scope="module")
def printed(browser: Browser, server: str) -> Iterator[dict[tuple[str, str | None, str], Paper]]:
    """Yield what is printed of each thing, from the live page and from the edition's own address."""
    visits = Visits(browser, server)
    found = {}
    for focus, language in SEEN:
        page = visits(link_to(focus, language)).page
        found["live", focus, language] = as_pdf(page)
        page.goto(f"{server}/print{link_to(focus, language)}")
        page.evaluate("() => document.fonts.ready")
        found["edition", focus, language] = as_pdf(page)
    yield found
    visits.close()
    assert not visits.troubles


every_paper = pytest.mark.parametrize(
    ("way", "focus", "language"), [(way, *seen) for way, seen in product(("live", "edition"), SEEN)]
)
Printed = dict[tuple[str, str | None, str], Paper]


@every_paper
def test_it_is_a_few_upright_a4_pages(printed: Printed, way: str, focus: str | None, language: str) -> None:
    """With a line at the foot of each that numbers it."""
    paper = printed[way, focus, language]
    for page in paper.pages:
        assert page.get_size() == pytest.approx(A4, abs=1)
    assert 2 <= len(paper.pages) <= 12
    for number, text in enumerate(paper.texts, 1):
        assert f"{number} / {len(paper.pages)}" in text.get_text_range()


@every_paper
def test_all_words_are_on_the_paper(printed: Printed, way: str, focus: str | None, language: str) -> None:
    """Every statement with its quotation, every source with its address, whatever tab was open."""
    teller = Teller(ATLAS, View(focus, language), LANGUAGES[language])
    text = printed[way, focus, language].text
    if focus is None:
        for subject in ATLAS.subjects.values():
            assert squeezed(teller.name(subject)) in text
        return
    for claim in teller.claims_of(focus):
        assert squeezed(claim.statement) in text
        assert squeezed(f"«{claim.quotation}»") in text
    for fact in ATLAS.facts.values():
        if fact.subject == focus:
            assert squeezed(teller.fact(fact).statement) in text
            for source in fact.sources:
                assert squeezed(ATLAS.sources[source].address) in text


@every_paper
def test_nothing_is_cut(printed: Printed, way: str, focus: str | None, language: str) -> None:
    """All text stands within the margins; in the lower one only the one line of the foot."""
    paper = printed[way, focus, language]
    for number in range(len(paper.pages)):
        feet = set()
        for left, bottom, right, top in paper.boxes(number):
            assert left >= SIDE - 1
            assert right <= A4[0] - SIDE + 1
            assert top <= A4[1] - TOP + 1
            if top < BOTTOM:
                feet.add(round(bottom / 4))
            else:
                assert bottom >= BOTTOM - 1
        assert 1 <= len(feet) <= 2


@every_paper
def test_no_heading_stands_alone_at_the_end_of_a_page(
    printed: Printed, way: str, focus: str | None, language: str
) -> None:
    """The last line above the foot is never one of the outline's headings."""
    paper = printed[way, focus, language]
    headings = {squeezed(entry.get_title()) for entry in paper.document.get_toc()}
    assert headings
    for number, text in enumerate(paper.texts[:-1], 1):
        lines = [squeezed(line) for line in text.get_text_range().splitlines() if line.strip()]
        foot = f"{number}/{len(paper.pages)}"
        assert [line for line in lines if not line.endswith(foot)][-1] not in headings


@every_paper
def test_the_first_page_shows_the_map(printed: Printed, way: str, focus: str | None, language: str) -> None:
    """Water and land fill a good part of it, and the chosen line runs through them in its colour."""
    picture = printed[way, focus, language].picture(0)
    pixels = picture.width * picture.height
    seen = {colour: count for count, colour in picture.getcolors(pixels) or ()}
    assert seen[rgb(LAND)] > pixels * 0.1
    assert seen[rgb(WATER)] > pixels * 0.01
    if focus == "btc":
        # 3 mm wide and as long as the map at least.
        assert seen[rgb(SUBJECT_COLOURS["btc"])] > 100 * PIXELS_PER_POINT**2


def rgb(colour: str) -> tuple[int, int, int]:
    """Return a colour of the style as red, green and blue."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


@every_paper
def test_the_qr_code_on_the_paper_is_that_of_the_view(
    printed: Printed, server: str, way: str, focus: str | None, language: str
) -> None:
    """Read from the picture of the page, square by square."""
    picture = printed[way, focus, language].picture(0).convert("L")
    corner = picture.crop((int(picture.width * 0.77), int(picture.height * 0.07), picture.width, picture.height // 5))
    dark = corner.point(lambda level: 255 if level < INK_LEVEL else 0)
    code = dark.crop(dark.getbbox())
    wanted = segno.make(f"{server}/{link_to(focus, language)}", micro=False, error="m").matrix
    step = code.width / len(wanted)
    assert code.width == pytest.approx(code.height, abs=2)
    assert step > 2
    for y, row in enumerate(wanted):
        for x, module in enumerate(row):
            is_dark = code.getpixel((int((x + 0.5) * step), int((y + 0.5) * step))) == 255
            assert is_dark == bool(module)


def test_the_addresses_of_the_sources_can_be_clicked_in_the_pdf(printed: Printed) -> None:
    """And the outline of the document is that of its headings."""
    paper = printed["edition", "btc", "en"]
    titles = [entry.get_title() for entry in paper.document.get_toc()]
    assert titles[0] == ATLAS.subjects["btc"].name
    assert "What the article says" in titles
    assert "What other sources say" in titles


def test_the_live_page_prints_what_it_shows_now(visit: Visits) -> None:
    """After a choice and a move of the map, by the browser's own keys; the page is the same afterwards."""
    page = visit("?lang=en")
    page.page.locator(".cc-contents a[href*='focus=zangezur&']").first.click()
    title = "Zangezur corridor · Caspian Corridors"
    expect(page.page).to_have_title(title)
    page.map_element.get_by_role("button", name="Zoom to the Caucasus").click()
    lat, lon, _ = page.map_view()
    stands = f"{lat:.4f},{lon:.4f},"
    page.page.wait_for_function("stands => window.caspianCorridors.map?.startsWith(stands)", arg=stands)
    paper = as_pdf(page.page)
    assert squeezed("Work on the Zangezur corridor is among the promising projects") in paper.text
    assert f"focus=zangezur&lang=en&map={stands}" in paper.text
    expect(page.page).to_have_title(title)
    expect(page.panel).to_be_visible()
    expect(page.page.locator("#print-edition")).to_be_hidden()


def test_the_button_prints_without_leaving_the_page(visit: Visits) -> None:
    """Its link leads to the edition itself, for those who open it in a tab."""
    page = visit("?focus=dunga&lang=en")
    page.page.evaluate(
        "() => { window.print = () => { window.asked = true; window.dispatchEvent(new Event('beforeprint')); } }"
    )
    button = page.page.get_by_role("link", name="Print or save as PDF")
    button.click()
    page.page.wait_for_function("() => window.asked && document.getElementById('print-edition') !== null")
    assert "Dunga oil field" in page.page.evaluate(
        "() => document.getElementById('print-edition').shadowRoot.textContent"
    )
    page.page.locator(".cc-contents a[href*='focus=btc&']").first.click()
    page.expect_heading(ATLAS.subjects["btc"].name)
    button.focus()
    assert button.get_attribute("href") == "print?focus=btc&lang=en"


def test_the_edition_on_the_screen_leads_to_the_live_map_and_prints(browser: Browser, server: str) -> None:
    """At the width of a phone too, where nothing scrolls sideways."""
    visits = Visits(browser, server)
    page = visits("?focus=zangezur&lang=en").page
    page.goto(f"{server}/print?focus=zangezur&lang=en&map=39.5,46.2,7.5")
    page.evaluate("() => { window.print = () => { window.asked = true } }")
    page.get_by_role("button", name="Print or save as PDF").click()
    page.wait_for_function("() => window.asked")
    for width in (1440, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert page.get_by_role("link", name="Back to the live map").get_attribute("href") == (
        "./?focus=zangezur&lang=en&map=39.5000,46.2000,7.5"
    )
    visits.close()
    assert not visits.troubles


def test_without_an_answer_of_the_server_the_page_prints_its_panel(browser: Browser, server: str) -> None:
    """All of it, without what can only be pressed."""
    visits = Visits(browser, server)
    page = visits("?focus=btc&lang=en")
    page.page.route("**/print?*", lambda route: route.abort())
    paper = as_pdf(page.page)
    visits.close()
    assert squeezed(ATLAS.subjects["btc"].summary) in paper.text
    for claim in ATLAS.claims.values():
        assert (claim.subject != "btc") or squeezed(claim.quotation) in paper.text
    for word in ("Share", "Zoom to the Caucasus", "Everything on the map, as a list"):
        assert squeezed(word) not in paper.text
    for sheet in paper.pages:
        assert sheet.get_size() == pytest.approx(A4, abs=1)
