"""Pictures of the first screens, kept small, so that a change of look is seen in review.

After a change that is meant: `KEEP_PICTURES=1 .venv/bin/python -m pytest tests/browser/test_pictures.py`.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import opened, served
from building import site
from PIL import Image, ImageChops, ImageFilter, ImageStat
from playwright.sync_api import Browser

__all__ = ["site"]

KEPT = Path(__file__).parent / "pictures"
PAGES = {"home": "", "reading": "smart/urges/", "worksheet": "worksheets/urge-log/", "shelf": "worksheets/"}
VIEWS = [
    *((name, width, "light") for name in PAGES for width in (360, 768, 1280)),
    *((name, 360, "dark") for name in PAGES),
    *((name, 768, "print") for name in ("reading", "worksheet")),
]
FAR = 6  # of 255, on average: another build of a browser draws letters otherwise, and a few words may change


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


def drawn(chromium: Browser, url: str, width: int, scheme: str) -> Image.Image:
    """The first screen at half its size."""
    with opened(chromium, url, width, script=True) as page:
        page.set_viewport_size({"width": width, "height": 640 if width < 500 else 800})
        page.emulate_media(**({"media": "print"} if scheme == "print" else {"color_scheme": scheme}))
        page.evaluate("document.fonts.ready")
        page.reload()  # a font that comes late is left for the next page: by now it is there
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(300)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)


@pytest.mark.parametrize(("name", "width", "scheme"), VIEWS)
def test_the_first_screen_looks_as_it_did(chromium: Browser, home: str, name: str, width: int, scheme: str):
    now = drawn(chromium, home + PAGES[name], width, scheme)
    place = KEPT / f"{name}-{width}-{scheme}.webp"
    if os.environ.get("KEEP_PICTURES"):
        place.parent.mkdir(exist_ok=True)
        now.save(place, quality=60, method=6)
    before = Image.open(place).convert("RGB")

    assert now.size == before.size
    soft = [one.filter(ImageFilter.GaussianBlur(3)) for one in (now, before)]
    far = sum(ImageStat.Stat(ImageChops.difference(*soft)).mean) / 3
    assert far < FAR, f"{place.name} differs by {far:.1f}"
