"""Content that is hostile or broken, on the real server and in a real browser."""

import csv
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import pytest
from babel.messages.pofile import read_po, write_po
from playwright.sync_api import Browser, Locator, expect

from dashboard.view import Part
from tests.browser.conftest import Visits
from tests.browser.dashboard_page import DashboardPage
from tests.browser.servers import Server, copy_of_the_project, free_port, server_command, started_server
from tests.hostile.links import PAYLOADS
from tests.sessions import Session, run

HOSTILE: Final = " ".join(PAYLOADS)
TEXTS: Final = {
    "subject's name": ("subjects/btc/subject.toml", "", "name"),
    "summary": ("subjects/btc/subject.toml", "", "summary"),
    "status note": ("subjects/btc/subject.toml", "", "status_note"),
    "other name": ("subjects/btc/subject.toml", "[[other_names]]", "name"),
    "user of a name": ("subjects/btc/subject.toml", "[[other_names]]", "used_by"),
    "line's name": ("subjects/btc/subject.toml", 'id = "btc-pipeline"', "name"),
    "statement": ("subjects/btc/claims.toml", 'id = "btc-export-alternative"', "statement"),
    "label": ("subjects/trade/context.toml", 'id = "trade-2024-az"', "label"),
    "fact": ("subjects/trade/context.toml", 'id = "trade-2024-az"', "statement"),
    "reason": ("subjects/trade/context.toml", 'id = "trade-2024-az"', "confidence_reason"),
    "title": ("sources/azertac-2025-10-14-de.toml", "", "title"),
    "publisher": ("sources/azertac-2025-10-14-de.toml", "", "publisher"),
    "difference": ("discrepancies.toml", 'id = "difference-a1"', "title"),
    "wording": ("discrepancies.toml", 'id = "difference-a1"', "wording"),
    "side": ("discrepancies.toml", 'id = "difference-a1"', "who"),
    "what a side says": ("discrepancies.toml", 'id = "difference-a1"', "says"),
}
"""Texts of the content: file, what stands before the record, and field."""
QUOTATIONS: Final = {
    "titr": ("titr-transit-bonuses", "titr-rail-capacity-expanding", "titr-logistics-digitalisation"),
    "ots": ("ots-role-in-ties", "ots-important-for-azerbaijan"),
    "dunga": ("dunga-energy-historic-link", "dunga-kmg-socar-partnership"),
}
"""Claims without a number, by subject: a quotation holds at most twelve words, and so one payload."""
PRIVATE: Final = "what only the log may know"


def rewrite(file: Path, before: str, field: str, text: str) -> None:
    """Give a field, the first of its name from these words on, another text."""
    whole = "\n" + file.read_text("utf-8")
    start = whole.index(f"\n{field} = ", whole.index("\n" + before)) + 1
    end = whole.index("\n", start)
    changed = f"{whole[:start]}{field} = {json.dumps(text, ensure_ascii=False)}{whole[end:]}"
    file.write_text(changed.removeprefix("\n"), "utf-8")


def rewrite_row(file: Path, id_: str, **cells: str) -> None:
    """Give a row of a table other cells."""
    with file.open(newline="", encoding="utf-8") as opened:
        rows = [{**row, **cells} if row["id"] == id_ else row for row in csv.DictReader(opened)]
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def translate(file: Path, message: str, context: str | None, text: str) -> None:
    """Give a message another translation."""
    with file.open("rb") as opened:
        catalogue = read_po(opened)
    entry = catalogue.get(message, context)
    assert entry
    entry.string = text
    with file.open("wb") as opened:
        write_po(opened, catalogue)


def make_hostile(project: Path) -> None:
    """Put the payloads wherever a text enters, and let the page fail for one link."""
    content = project / "geodata"
    for file, before, field in TEXTS.values():
        rewrite(content / file, before, field, HOSTILE)
    payloads = iter(PAYLOADS)
    for subject, claims in QUOTATIONS.items():
        for claim in claims:
            payload = next(payloads)
            for field in ("quotation", "translation"):
                rewrite(content / f"subjects/{subject}/claims.toml", f'id = "{claim}"', field, payload)
    rewrite_row(content / "places.csv", "astana", name=HOSTILE, note=HOSTILE)
    rewrite_row(content / "basemap/names.csv", "country-kz", name=HOSTILE)
    catalogue = project / "dashboard/i18n/ru.po"
    translate(catalogue, "oil pipeline", None, HOSTILE.replace("{", "{{").replace("}", "}}"))
    page = project / "dashboard/page.py"
    failing = f'if "fail" in st.query_params:\n    raise RuntimeError("{PRIVATE}")\n'
    page.write_text(page.read_text("utf-8") + failing, "utf-8")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server whose every text is hostile."""
    project = copy_of_the_project(tmp_path_factory.mktemp("hostile"))
    make_hostile(project)
    with started_server(project) as server:
        yield server


@pytest.fixture(scope="module")
def hostile_page(browser: Browser, hostile: Server) -> Iterator[DashboardPage]:
    """Yield its page; nothing may run in it, and nothing of it may ask anybody."""
    visits = Visits(browser, hostile.address)
    page = visits("?focus=astana&lang=en")
    page.page.on("dialog", lambda dialog: visits.troubles.append(f"it ran: {dialog.message}"))
    yield page
    for frame in page.page.frames:
        assert frame.locator("img[src=x]").count() == 0
        assert "1337" not in frame.locator("body").inner_text()
    visits.close()
    assert not visits.troubles


def expect_verbatim(*places: Locator) -> None:
    """Wait until the hostile text stands in each place as it was written, and nothing else does."""
    for place in places:
        expect(place.first).to_have_text(HOSTILE)


def expect_within(*places: Locator) -> None:
    """Wait until the hostile text stands in each place as it was written, among other words."""
    for place in places:
        expect(place.first).to_contain_text(HOSTILE)


def expect_under_the_pointer(page: DashboardPage, chart: Locator) -> None:
    """Move over the chart, from left to right and from top to bottom, until the pointer meets the hostile text."""
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    told = page.page.locator("#vg-tooltip-element", has_text=HOSTILE)
    for y in range(int(box["y"]) + 20, int(box["y"] + box["height"]) - 20, 30):
        for x in range(int(box["x"]), int(box["x"] + box["width"]), 8):
            page.page.mouse.move(x, y)
            if told.is_visible():
                return
    raise AssertionError("the pointer met nothing")


def test_a_place_and_the_map_show_names_and_notes_as_they_were_written(hostile_page: DashboardPage) -> None:
    """In the panel, in the list, on the map, under the pointer, and of a country."""
    page = hostile_page
    list_ = page.page.locator(".cc-contents")
    expect_verbatim(
        page.heading,
        page.panel.locator(".cc-summary"),
        list_.locator("a[href*='focus=astana&'] .cc-choice-name"),
        list_.locator("a[href*='focus=btc&'] .cc-choice-name"),
        list_.locator("a[href*='focus=btc-pipeline&'] .cc-choice-name"),
        page.map_element.locator(".cc-town", has_text=HOSTILE),
        page.map_element.locator(".cc-country", has_text=HOSTILE),
        page.map_element.locator(".cc-legend .cc-row", has_text=HOSTILE).locator("span"),
    )
    page.page.mouse.move(*page.point_on_page(71.43, 51.17))
    expect_verbatim(page.map_element.locator(".cc-tooltip b"))


def test_a_subject_shows_its_texts_as_they_were_written(hostile_page: DashboardPage) -> None:
    """Its name, summary, status and other names, and a statement."""
    page = hostile_page.follow("?focus=btc&lang=en")
    expect_verbatim(
        page.heading,
        page.panel.locator(".cc-summary"),
        page.panel.locator(".cc-names li b"),
        page.panel.locator(".cc-statement", has_text=HOSTILE),
    )
    expect_within(page.panel.locator(".cc-names li"), page.panel.locator(".cc-evidence"))


def test_the_article_shows_quotations_as_they_were_written(hostile_page: DashboardPage) -> None:
    """One payload in each of seven, with its translation."""
    page = hostile_page.follow("?focus=article&lang=en")
    for payload in PAYLOADS:
        quoted = page.panel.locator(".cc-claim", has=page.page.get_by_text(f"«{payload}»", exact=True))
        expect(quoted.locator("blockquote").first).to_have_text(f"«{payload}»")
        expect(quoted.locator(".cc-translation").first).to_contain_text(payload)


def test_other_sources_show_labels_and_publishers_as_they_were_written(hostile_page: DashboardPage) -> None:
    """Among the facts, in the table of a picture, and under the pointer on the picture itself."""
    page = hostile_page.follow("?focus=trade&lang=en&tab=others")
    table = page.panel.locator("table")
    expect_verbatim(
        page.panel.locator(".cc-fact-head a", has_text=HOSTILE),
        page.panel.locator(".cc-fact > p:nth-child(2)", has_text=HOSTILE),
        page.panel.locator(".cc-fact .cc-out", has_text=HOSTILE),
        table.locator("td:nth-child(3)", has_text=HOSTILE),
        table.locator("td:nth-child(4)", has_text=HOSTILE),
    )
    expect_under_the_pointer(page, page.panel.locator("[data-testid=stVegaLiteChart]").first)


def test_differences_show_their_words_as_they_were_written(hostile_page: DashboardPage) -> None:
    """The question, the wording, and who says what."""
    page = hostile_page.follow("?focus=difference-a1&lang=en")
    sides = page.panel.locator(".cc-sides")
    expect_verbatim(page.heading, page.panel.locator(".cc-wording"), sides.locator("dt"))
    expect_within(sides.locator("dd"))


def test_a_source_shows_its_title_as_it_was_written(hostile_page: DashboardPage) -> None:
    """As the heading, and among all sources."""
    page = hostile_page.follow("?focus=azertac-2025-10-14-de&lang=en")
    expect_verbatim(page.heading, page.panel.locator("dd", has_text=HOSTILE))
    page.follow("?focus=method&lang=en")
    expect_verbatim(page.panel.locator(".cc-sources a", has_text=HOSTILE))


def test_a_search_finds_and_shows_names_as_they_were_written(hostile_page: DashboardPage) -> None:
    """And takes the same text as a question."""
    page = hostile_page
    box = page.page.locator("input[role=combobox]")
    box.fill(PAYLOADS[0])
    expect_verbatim(page.page.locator("#cc-hits li span", has_text=HOSTILE))
    expect(box).to_have_value(PAYLOADS[0])
    box.fill("")


def test_a_translation_shows_as_it_was_written(hostile_page: DashboardPage) -> None:
    """A word of the interface, in Russian."""
    page = hostile_page.follow("?focus=btc&lang=ru")
    expect_verbatim(page.panel.locator(".cc-kind > span", has_text=HOSTILE))


def test_a_link_is_not_repeated(hostile_page: DashboardPage) -> None:
    """Nowhere on the page, though the rest of the page is full of the same text."""
    marked = f"zq{HOSTILE}zq"
    page = hostile_page.follow("?" + urlencode({part.value: marked for part in Part}))
    expect(page.panel.locator(".cc-notice")).to_have_count(len(Part))
    assert "zq" not in page.page.locator("body").inner_text()


def test_an_error_of_the_page_tells_visitors_nothing(hostile: Server) -> None:
    """They learn that something went wrong, and neither what nor where."""

    async def visit() -> None:
        async with await Session.open(hostile.address, "?fail=1&lang=en") as tab:
            await tab.load()
            assert len(tab.exceptions) == 1
            assert not tab.exceptions[0].stack_trace
            assert PRIVATE not in tab.everything
            assert "RuntimeError" not in tab.everything
            assert "page.py" not in tab.everything

    run(visit())


def damage_number(project: Path) -> str:
    """Give a claim a number that does not stand in its quotation; return what must be said."""
    file = project / "geodata/subjects/trade/claims.toml"
    file.write_text(file.read_text("utf-8").replace("value = 547000000", "value = 574000000"), "utf-8")
    return "geodata/subjects/trade/claims.toml: claim trade-547m-nine-months-2025"


def damage_land(project: Path) -> str:
    """Cut the land off; return what must be said."""
    file = project / "geodata/basemap/land.geojson"
    file.write_bytes(file.read_bytes()[:5000])
    return "geodata/basemap/land.geojson: line "


def damage_catalogue(project: Path) -> str:
    """Leave a quote open; return what must be said."""
    file = project / "dashboard/i18n/tr.po"
    lines = file.read_text("utf-8").splitlines()
    place = lines.index('msgid "Share"')
    lines[place + 1] = 'msgstr "Paylaş'
    file.write_text("\n".join(lines), "utf-8")
    return f"dashboard/i18n/tr.po: line {place + 2} is no line of a catalogue"


@pytest.mark.parametrize("damage", [damage_number, damage_land, damage_catalogue])
def test_wrong_content_stops_the_start_with_one_sentence(tmp_path: Path, damage: Callable[[Path], str]) -> None:
    """The sentence names file, record and remedy; the exit code is not 0, and there is no traceback."""
    project = copy_of_the_project(tmp_path)
    expected = damage(project)
    ended = subprocess.run(  # noqa: S603  fixed words
        server_command(free_port()), cwd=project, capture_output=True, text=True, check=False, timeout=120
    )
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    assert expected in ended.stderr.strip().splitlines()[-1]
