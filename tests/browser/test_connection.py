"""A reader whose server goes away and comes back."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visits
from tests.browser.servers import free_port, running_server


def test_after_the_server_was_restarted_the_view_is_kept_and_the_first_click_works(browser: Browser) -> None:
    """The link is the state: the new server shows what the old one showed, on the same map."""
    port = free_port()
    with running_server(port=port) as server:
        visits = Visits(browser, server)
        page = visits("?focus=btc&lang=ru&tab=others")
        page.ask_map("() => { map.getContainer().dataset.kept = 'yes'; map.setView([40.5, 44], 6, {animate: false}) }")
        before = page.map_view()
    with running_server(port=port):
        page.expect_heading("Нефтепровод Баку – Тбилиси – Джейхан")
        page.page.locator(".cc-contents a[href*='focus=zangezur&']").first.click()
        expect(page.heading).to_have_text("Зангезурский коридор", timeout=30_000)
        page.expect_focus("zangezur")
        assert page.parameters == {"focus": "zangezur", "lang": "ru", "tab": "others"}
        assert page.map_view() == before
        assert page.ask_map("() => map.getContainer().dataset.kept") == "yes"
        visits.close()
