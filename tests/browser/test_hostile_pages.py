"""Hostile words in all that a page is made of, and in the answers it is given: it stays what it was.

Each page has a twin with plain words in the same places. A browser opens both, works all their controls and
loads the same kind of file; then it holds the same elements in each.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from browser.hands import PATIENT, answer, downloaded, press
from browser.test_take_away_files import drop
from browsing import served
from clinics import settings, whose
from crawling import WATCH, WORK
from everywhere import ID, words_in
from playwright.sync_api import Browser, Page, expect
from sheets import real
from test_hostile_everywhere import bare, said, what_it_does
from test_hostile_words import HOSTILE, packet_with

from workbook import outputs
from workbook.render import paper, screen
from workbook.render.packet import screen as packet_screen
from workbook.worksheet import Worksheet

PACKET = "first-meeting"
SHORT = 90  # letters: with all of the corpus in each place, a PDF has fifty pages
# Each element with the names of its attributes, and where it leads.
ELEMENTS = """() => [...document.querySelectorAll('*')].map((one) => [
    one.localName, ...one.getAttributeNames(),
    ...['href', 'src', 'action'].map((name) => one.getAttribute(name)),
].join(' ').replace(location.origin, ''))"""


class Twin(NamedTuple):
    """Pages of one kind of words, where they lie, and the words that a stranger's file has."""

    folder: Path
    sheet: Worksheet
    words: str


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> list[Twin]:
    """Hostile and plain."""
    folder = tmp_path_factory.mktemp("twins")
    all_, short, words = said(0), said(0, SHORT), " ".join(HOSTILE)
    return [
        twin(folder / "hostile", all_, short, words),
        twin(folder / "plain", [*map(bare, all_)], [*map(bare, short)], bare(words)),
    ]


def twin(folder: Path, all_: list[str], short: list[str], long: str) -> Twin:
    """The page of the sheet, its PDF, a packet with it and the builder, in a clinic's copy."""
    sheet, about = words_in(all_), settings()
    line = about.crisis[0].model_copy(update={"name": long[:40], "hours": long[:60]})
    of_it = {"name": long[:80], "hours": long[:120], "address": long[:160], "opening": long[:240]}
    copy = whose(about.model_copy(update={**of_it, "crisis": [line, *about.crisis[1:]]}), folder)
    packet = packet_with(long).model_copy(update={"parts": [ID, *real().packets[PACKET].parts]})
    sheets, packets = {**copy.worksheets, ID: sheet}, {**copy.packets, PACKET: packet}
    among = replace(copy, worksheets=sheets, packets=packets)
    counted = dict.fromkeys(sheets, 1)
    made = {
        f"worksheets/{ID}/index.html": screen.page(sheet, among, {}).encode(),
        f"worksheets/{ID}/{ID}-a4.pdf": paper.draw(paper.data(words_in(short), copy, "a4")),
        f"packets/{PACKET}/index.html": packet_screen.page(packet, among, {}, counted).encode(),
        "packets/index.html": packet_screen.shelf_page(among, counted).encode(),
        **{one.uri: one.read() for one in outputs.of_assets(among)},
    }
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return Twin(folder, sheet, long)


@contextmanager
def opened(browser: Browser, folder: Path, address: str) -> Iterator[Page]:
    """Whatever goes wrong on the page, or is asked of someone else, fails the test."""
    with served(folder) as home:
        context = browser.new_context(accept_downloads=True)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.set_default_timeout(PATIENT)
        told: list[str] = []
        page.on("dialog", lambda one: (told.append(one.message), one.dismiss()))
        page.on("pageerror", lambda one: told.append(str(one.stack)))
        page.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
        page.on("request", lambda one: told.append(one.url))
        page.goto(home + address)
        yield page
        context.close()
        assert [one for one in told if not one.startswith((home, "blob:", "data:"))] == []


def elements(page: Page) -> list[str]:
    """All of them, once nothing more is on its way; sorted, since lists may stand by their titles."""
    page.wait_for_load_state("networkidle")
    return sorted(page.evaluate(ELEMENTS))


def sound(sheet: Worksheet) -> dict[str, Any]:
    """The worked example of every field."""
    given = {field.id: getattr(field, "example", None) for field in sheet.fields}
    return {id_: one for id_, one in given.items() if one is not None}


def stranger(sheet: Worksheet, words: str) -> dict[str, Any]:
    """An answer of such words to every question, in its shape; most take none."""
    given: dict[str, Any] = {words: words, "__proto__": {"x": words}}
    for number, leaf in enumerate(sheet.leaves):
        inside = given
        for part in leaf.path[:-1]:
            inside = inside.setdefault(part, {})
        inside[leaf.path[-1]] = f"{number} {words}"
    lists = {field.id for field in sheet.fields if field.type in ("table", "rank")}
    return {id_: list(one.values()) if id_ in lists else one for id_, one in given.items()}


def load(page: Page, answers: dict[str, Any]) -> None:
    """Let a file fall onto the sheet, once all is there that comes when someone writes."""
    with page.expect_request_finished(lambda one: one.url.endswith("parts.css")):
        page.keyboard.press("Shift")
    drop(page, {"worksheet": ID, "version": 2, "answers": answers})
    expect(page.locator(".said")).not_to_be_empty()


def test_a_sheet_that_is_filled_in_has_the_elements_of_its_twin(chromium, twins) -> None:
    """What it works out of the answers, and what shows because of them, are there too."""
    found = []
    for one in twins:
        with opened(chromium, one.folder, f"worksheets/{ID}/") as page:
            expect(page.locator(".tools")).to_be_visible()
            blank = elements(page)
            load(page, sound(one.sheet))
            expect(page.locator("[data-field=result-field-2]")).to_contain_text("q")
            page.get_by_role("button", name="Add").first.click()
            found.append((blank, elements(page)))
            page.evaluate(WORK)
    hostile, plain = found
    assert hostile[0] == plain[0]
    assert hostile[1] == plain[1]
    assert len(hostile[1]) > len(hostile[0])


def test_a_sheet_that_is_given_a_stranger_s_words_has_the_elements_of_its_twin(chromium, twins) -> None:
    found = []
    for one in twins:
        with opened(chromium, one.folder, f"worksheets/{ID}/") as page:
            load(page, stranger(one.sheet, one.words))
            expect(page.get_by_role("region", name="No longer on this sheet")).to_be_visible()
            given = elements(page)
            press(page, "More")
            _, filled = downloaded(page, lambda: answer(page, "Filled PDF, A4"))
            found.append((given, what_it_does(filled)))
    hostile, plain = found
    assert hostile[0] == plain[0]
    assert hostile[1] == plain[1]


def test_a_packet_and_the_page_where_one_is_made_have_the_elements_of_their_twins(chromium, twins) -> None:
    found = []
    for one in twins:
        with opened(chromium, one.folder, f"packets/{PACKET}/") as page:
            packet = elements(page)
        with opened(chromium, one.folder, f"packets/#w={ID},my-reasons&p=crisis") as page:
            expect(page.locator(".mine .parts h2").first).to_be_visible()
            given = elements(page)
            page.get_by_role("link", name="Change this packet").click()
            expect(page.get_by_role("textbox", name="The link")).to_be_visible()
            found.append((packet, given, elements(page)))
    hostile, plain = found
    assert hostile[0] == plain[0]
    assert hostile[1] == plain[1]
    assert hostile[2] == plain[2]
