"""The browsers under test, and the pages they open."""

from browsing import address, browser, chromium, firefox, pages, playwright

__all__ = ["address", "browser", "chromium", "firefox", "pages", "playwright"]
