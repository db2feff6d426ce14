"""Two checkers of HTML find nothing: on every page as it is served, and on some in use."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from browsing import opened, program, served
from playwright.sync_api import Browser, Page, expect
from sheets import ROOT

MODULES = ROOT / "tests" / "node_modules"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
STRICT = {
    "root": True,
    "extends": ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
    "rules": {
        # On a phone a table's rows are drawn as cards, and some browsers then forget that it is a table.
        "no-redundant-role": "off",
        # For files of another host. We have none.
        "require-sri": "off",
        # Of the two headings on the page of packets, one is always hidden.
        "heading-level": ["error", {"allowMultipleH1": True}],
        # Our forms are sent nowhere, so no button sends them.
        "wcag/h32": "off",
    },
}
# What Nu says of CSS that it does not know yet, and of the roles above.
UNKNOWN_TO_NU = re.compile(
    "Property “(container-type|field-sizing)” doesn't exist"
    "|Unrecognized at-rule “@container”"
    "|The “role” attribute must not be used on a “(td|tr|th)” element"
)


def html_validate(folder: Path) -> list[str]:
    """A line for each fault in the pages of `folder`."""
    with TemporaryDirectory() as beside:  # others look at the same site meanwhile
        rules, found = Path(beside) / ".htmlvalidate.json", Path(beside) / ".found.json"
        rules.write_text(json.dumps(STRICT), encoding="utf-8")
        command = [program("node"), str(MODULES / "html-validate" / "bin" / "html-validate.mjs")]
        # Into a file: it ends before a pipe has taken all.
        done = subprocess.run(
            [*command, "--config", str(rules), "--formatter", f"json={found}", "**/*.html"],
            check=False,
            cwd=folder,
            capture_output=True,
            text=True,
        )
        assert done.returncode in (0, 1), done.stderr
        told = json.loads(found.read_text(encoding="utf-8"))
    return [
        f"{Path(page['filePath']).relative_to(folder)}:{one['line']}: {one['message']}"
        for page in told
        for one in page["messages"]
    ]


def nu(folder: Path) -> list[str]:
    """The same, by the checker of those who write the standard."""
    pages = sorted(map(str, folder.rglob("*.html")))
    command = [program("java"), "-Xss8m", "-jar", str(NU), "--errors-only", "--format", "json", *pages]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert pages
    assert done.stderr.startswith("{"), done.stderr
    return [
        f"{one['url'].partition(str(folder))[2]}:{one.get('lastLine')}: {one['message']}"
        for one in json.loads(done.stderr)["messages"]
        if not UNKNOWN_TO_NU.search(one["message"])
    ]


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator("dialog[open]")).to_be_visible()


def add_rows(page: Page) -> None:
    page.get_by_role("button", name="Add").first.click()
    page.locator("input[type=date]").first.fill("2026-11-01")


def look_for_help(page: Page) -> None:
    page.get_by_role("searchbox").fill("urge")
    expect(page.get_by_text(re.compile("[0-9]+ results"))).to_be_visible()


def choose_one(page: Page) -> None:
    page.get_by_label("Search by a word").fill("urge log")
    page.get_by_label(re.compile("^Urge log")).check()
    expect(page.locator(".chosen .name")).to_have_text("Urge log")


def nothing(page: Page) -> None:
    """As it stands once the script has run."""
    page.keyboard.press("Shift")
    page.wait_for_load_state("networkidle")


STATES = {
    "worksheets/urge-log/": add_rows,
    "worksheets/change-plan/": keep,
    "worksheets/balance-wheel/": nothing,
    "worksheets/what-i-gain/": nothing,
    "worksheets/audit/": nothing,
    "worksheets/": nothing,
    "search/": look_for_help,
    "packets/": choose_one,
    "packets/#w=urge-log&p=crisis": nothing,
    "packets/early-days/": nothing,
    "ideas/locus-of-control/": nothing,
}


@pytest.fixture(scope="module")
def states(site: Path, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages as a visitor's hands have made them."""
    folder = tmp_path_factory.mktemp("states")
    with served(site) as address:
        for path, act in STATES.items():
            with opened(chromium, f"{address}{path}", width=360, script=True) as page:
                act(page)
                (folder / f"{re.sub('[^a-z]+', '-', path)}.html").write_text(page.content(), encoding="utf-8")
    return folder


def test_html_validate_finds_nothing_on_any_page(site):
    assert html_validate(site) == []


def test_nu_finds_nothing_on_any_page(site):
    assert nu(site) == []


def test_both_find_nothing_on_pages_in_use(states):
    assert html_validate(states) == []
    assert nu(states) == []


def test_both_find_what_is_wrong(tmp_path):
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html lang=en><title>A</title><p><p id=a><b id=a></p></b>", encoding="utf-8"
    )

    assert html_validate(tmp_path)
    assert nu(tmp_path)
