"""A reader whose server goes away and comes back."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visits
from tests.browser.servers import free_port, running_server


def test_a_reader_reads_on_while_the_server_is_away_and_loses_nothing_when_it_is_back(browser: Browser) -> None:
    """A line in the page's language says so, and no dialogue locks the page; then the first click works.

    The link is the state: the new server shows what the old one showed, on the same map.
    """
    port = free_port()
    with running_server(port=port) as server:
        visits = Visits(browser, server)
        page = visits("?focus=btc&lang=ru&tab=others")
        page.ask_map("() => { map.getContainer().dataset.kept = 'yes'; map.setView([40.5, 44], 6, {animate: false}) }")
        before = page.map_view()
        notice = page.page.locator(".cc-connection")
        expect(notice).to_be_hidden()
        # This is when Streamlit opens its dialogue, in English and for developers.
        dialogue = page.page.expect_console_message(lambda said: "No response received" in said.text)
    with dialogue:
        expect(notice).to_contain_text("Сервер не отвечает", timeout=20_000)
    expect(page.page.locator("[role=dialog]")).to_have_count(0)
    page.panel.get_by_text("Статус и другие названия").click()
    expect(page.panel.locator("details[open]").first).to_be_visible()
    with running_server(port=port):
        expect(notice).to_be_hidden()
        page.expect_heading("Нефтепровод Баку – Тбилиси – Джейхан")
        page.page.locator(".cc-contents a[href*='focus=zangezur&']").first.click()
        expect(page.heading).to_have_text("Зангезурский коридор", timeout=30_000)
        page.expect_focus("zangezur")
        assert page.parameters == {"focus": "zangezur", "lang": "ru", "tab": "others"}
        assert page.map_view() == before
        assert page.ask_map("() => map.getContainer().dataset.kept") == "yes"
        visits.close()
