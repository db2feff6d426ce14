"""Pictures of the first screens, kept small, so that a change of look is seen in review.

After a change that is meant: `KEEP_PICTURES=1 .venv/bin/python -m pytest tests/browser/test_pictures.py`.
It writes those that no longer fit and leaves the others as they are. A change is judged where it is
largest: over a whole screen, a title that is gone is next to nothing.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import opened, served
from building import site
from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Browser, Page, Route

__all__ = ["site"]

KEPT = Path(__file__).parent / "pictures"
PAGES = {
    "home": "",
    "reading": "smart/urges/",
    "compare": "compare/",
    "crisis": "crisis/",
    "search": "search/",
    "shelf": "worksheets/",
    "worksheet": "worksheets/urge-log/",
}
VIEWS = [
    *((name, width, "light") for name in PAGES for width in (360, 768, 1280)),
    *((name, width, "dark") for name in PAGES for width in (360, 1280)),
    *((name, 768, "print") for name in ("home", "reading", "worksheet")),
]
TILE = 20  # pixels of a kept picture, which is half as wide and as high as the screen
FAR = 8  # of 255, in the colour that is furthest off: fewer colours make 3 of it, a line moved by 2 pixels 10


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


def with_its_letters(route: Route) -> None:
    """A font that comes late is left for the next page. Here the page waits: a busy machine is no change."""
    answer = route.fetch()
    body = re.sub(r"font-display: ?optional", "font-display:block", answer.text())
    route.fulfill(response=answer, body=body)


def drawn(chromium: Browser, url: str, width: int, scheme: str, css: str = "") -> Image.Image:
    """The first screen at half its size. `css` is what someone might have changed."""
    how = {"media": "print"} if scheme == "print" else {"color_scheme": scheme}
    with opened(chromium, width=width, script=True, reduced_motion="reduce") as page:
        page.set_viewport_size({"width": width, "height": 640 if width < 500 else 800})
        page.emulate_media(**how)
        page.route(re.compile(r"(/|\.html|\.css)$"), with_its_letters)
        page.goto(url, wait_until="networkidle")
        as_someone_sees_it(page, url)
        page.add_style_tag(content=f"* {{ caret-color: transparent !important }} {css}")
        page.evaluate("document.fonts.ready")
        assert page.evaluate("[...document.fonts].some(({ status }) => status === 'loaded')")
        picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    return picture.reduce(2)


def as_someone_sees_it(page: Page, url: str) -> None:
    if url.endswith("/search/"):
        page.get_by_role("searchbox").fill("urge")
        page.wait_for_selector(".found-list h2")


def furthest(now: Image.Image, before: Image.Image) -> float:
    """How far the tile that changed most is off.

    Each is softened first: the edge of a letter may be drawn a little otherwise elsewhere. A tile's colours
    count one by one, since a card may change in one of them.
    """
    soft = [one.filter(ImageFilter.GaussianBlur(0.5)) for one in (now, before)]
    off = ImageChops.difference(*soft)
    across, down = -(-off.width // TILE), -(-off.height // TILE)
    tiles = off.crop((0, 0, across * TILE, down * TILE)).reduce(TILE)
    return max(high for _, high in tiles.getextrema())


def kept(name: str, width: int, scheme: str) -> Path:
    return KEPT / f"{name}-{width}-{scheme}.png"


@pytest.mark.parametrize(("name", "width", "scheme"), VIEWS)
def test_the_first_screen_looks_as_it_did(chromium: Browser, home: str, name: str, width: int, scheme: str):
    now = drawn(chromium, home + PAGES[name], width, scheme)
    place = kept(name, width, scheme)
    if os.environ.get("KEEP_PICTURES") and not (place.is_file() and same(now, place)):
        now.quantize(64, kmeans=3, dither=Image.Dither.NONE).save(place, optimize=True)

    before = Image.open(place).convert("RGB")
    assert now.size == before.size
    assert furthest(now, before) < FAR, f"{place.name}: {furthest(now, before):.1f}"


def same(now: Image.Image, place: Path) -> bool:
    before = Image.open(place).convert("RGB")
    return now.size == before.size and furthest(now, before) < FAR / 2


@pytest.mark.parametrize(
    ("name", "width", "change"),
    [
        ("reading", 1280, "h1 { visibility: hidden }"),
        ("home", 360, "h1 { visibility: hidden }"),
        ("home", 1280, ".door:nth-child(2) { background: var(--act-tint) }"),
        ("worksheet", 360, ".lead { position: relative; top: 4px }"),
        ("reading", 768, "h1 + p { position: relative; left: 4px }"),
        ("compare", 1280, ".crumbs { display: none }"),
    ],
)
def test_a_change_of_one_part_is_seen(chromium: Browser, home: str, name: str, width: int, change: str):
    now = drawn(chromium, home + PAGES[name], width, "light", change)

    assert furthest(now, Image.open(kept(name, width, "light")).convert("RGB")) > FAR


def test_letters_that_lie_otherwise_on_their_pixels_are_no_change(chromium: Browser, home: str):
    moved = "main { position: relative; left: .3px }"
    now = drawn(chromium, home + PAGES["reading"], 1280, "light", moved)

    assert 0 < furthest(now, Image.open(kept("reading", 1280, "light")).convert("RGB")) < FAR
