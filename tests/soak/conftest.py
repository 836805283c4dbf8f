"""The browser that these tests share with those of the page."""

from tests.browser.conftest import browser, server, visit

__all__ = ["browser", "server", "visit"]
