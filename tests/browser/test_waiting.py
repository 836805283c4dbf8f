"""Readers for whom there is no place yet, and readers whose server does not answer."""

from typing import Final

from playwright.sync_api import Browser, Page, expect

from dashboard.i18n import LANGUAGES
from dashboard.serving.admission import READERS
from tests.browser.conftest import Visits
from tests.browser.dashboard_page import DashboardPage
from tests.browser.servers import free_port, running_server, started_server

PIPELINE: Final = "Нефтепровод Баку – Тбилиси – Джейхан"


def test_a_reader_without_a_place_reads_the_first_answer_until_one_is_free(browser: Browser) -> None:
    """In the reader's language, without a dialogue and without a storm of requests; then the page opens by itself."""
    with started_server(environment={READERS: "1"}) as server:
        visits = Visits(browser, server.address)
        first = visits("?focus=titr&lang=en")
        page: Page = browser.new_context(locale="ru-RU").new_page()
        asked: list[str] = []
        page.on("websocket", lambda socket: asked.append(socket.url))
        with page.expect_event("websocket"):
            page.goto(server.address + "/?focus=btc")
        notice = page.locator("#first [role=status]")
        expect(notice).to_contain_text("все места заняты")
        expect(notice).to_be_visible()
        expect(page.locator("#first h2")).to_have_text(PIPELINE)
        with page.expect_event("websocket", timeout=20_000):
            pass  # refused after ten seconds, and asked again
        assert len(asked) == 2
        first.page.context.close()
        waited = DashboardPage(page).wait_until_drawn()
        waited.expect_heading(PIPELINE)
        expect(page.locator("#first")).to_have_count(0)
        assert len(asked) == 2
        page.context.close()
        visits.close()
        assert not visits.troubles


def test_a_reader_whose_server_does_not_answer_is_told_so_and_can_read_on(browser: Browser) -> None:
    """In the page's language and at its foot; Streamlit's own dialogue, in English, does not lock the page."""
    port = free_port()
    with running_server(port=port) as server:
        visits = Visits(browser, server)
        page = visits("?focus=btc&lang=ru")
        notice = page.page.locator(".cc-connection")
        expect(notice).to_be_hidden()
    with page.page.expect_console_message(lambda said: "No response received" in said.text):
        pass  # this is when Streamlit opens its dialogue
    expect(notice).to_have_text(
        LANGUAGES["ru"].say(
            "The server does not answer. What stands here can be read on; the page keeps trying to reach it."
        )
    )
    page.expect_said(notice.inner_text())
    expect(page.page.locator("[role=dialog]")).to_have_count(0)
    page.panel.get_by_text("Статус и другие названия").click()
    expect(page.panel.locator("details[open]").first).to_be_visible()
    with running_server(port=port):
        expect(notice).to_be_hidden()
        page.expect_heading(PIPELINE)
    visits.close()
