"""What is typed and not kept is nowhere in the browser's own folder, once it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser.hands import PATIENT, keep
from browsing import program
from playwright.sync_api import Page, Playwright, expect

WORD = "qwrzvlkx"  # in no page, list or dictionary


@contextmanager
def browsing(playwright: Playwright, folder: Path) -> Iterator[Page]:
    """A browser with a folder of its own, as people have, that is closed afterwards."""
    context = playwright.chromium.launch_persistent_context(
        str(folder), executable_path=program("chromium"), args=["--no-sandbox"]
    )
    context.set_default_timeout(PATIENT)
    yield context.new_page()
    context.close()


def holding(folder: Path) -> list[str]:
    """The files with the word in them, in any letters that a browser writes."""
    forms = [WORD.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    found = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    assert found
    return [path.name for path in found if any(form in path.read_bytes() for form in forms)]


def test_words_that_are_typed_and_not_kept_are_not_on_the_disk(
    playwright: Playwright, address: str, tmp_path: Path
) -> None:
    with browsing(playwright, tmp_path) as page:
        page.goto(f"{address}worksheets/change-plan/")
        page.locator("#change").press_sequentially(WORD)
        page.locator("#change").blur()
        expect(page.locator("#change")).to_have_value(WORD)
        page.wait_for_timeout(3000)  # what a browser writes by the way, it writes after two seconds or so
        page.evaluate("addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)")
        page.goto(f"{address}worksheets/urge-log/")
        page.locator("#learn").press_sequentially(WORD)
        page.wait_for_timeout(3000)

    assert holding(tmp_path) == []


def test_words_that_are_kept_are_found_so_that_the_search_is_one(
    playwright: Playwright, address: str, tmp_path: Path
) -> None:
    with browsing(playwright, tmp_path) as page:
        page.goto(f"{address}worksheets/change-plan/")
        page.locator("#change").fill(WORD)
        keep(page)

    assert any(name.endswith((".log", ".ldb")) for name in holding(tmp_path))
