"""The real page, in a real browser, on the real server."""
