"""A reader for whom there is no place yet."""

from typing import Final

from playwright.sync_api import Browser, expect

from dashboard.serving.admission import READERS
from tests.browser.conftest import Visits
from tests.browser.dashboard_page import DashboardPage
from tests.browser.servers import started_server

PIPELINE: Final = "Нефтепровод Баку – Тбилиси – Джейхан"


def test_a_reader_without_a_place_reads_the_first_answer_until_one_is_free(browser: Browser) -> None:
    """In the reader's language, and without a storm of requests; then the page opens by itself."""
    with started_server(environment={READERS: "1"}) as server:
        visits = Visits(browser, server.address)
        first = visits("?focus=titr&lang=en")
        context = browser.new_context()
        page = context.new_page()
        asked: list[str] = []
        page.on("websocket", lambda socket: asked.append(socket.url))
        with page.expect_websocket():
            page.goto(server.address + "/?focus=btc&lang=ru")
        notice = page.locator("#first [role=status]")
        expect(notice).to_contain_text("все места заняты")
        expect(notice).to_be_visible()
        expect(page.locator("#first .cc-early h2")).to_have_text(PIPELINE)
        first.page.context.close()
        DashboardPage(page).wait_until_drawn().expect_heading(PIPELINE)
        expect(page.locator("#first")).to_have_count(0)
        assert len(asked) == 1
        context.close()
        visits.close()
        assert not visits.troubles
