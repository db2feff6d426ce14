"""A small grey picture of a page, for cards on the shelf."""

from __future__ import annotations

import io

WIDTH = 168  # pixels: twice the room it has on a card
FINE = 60  # ppi at which Typst draws it, to be made smaller
GREYS = 8
DARKER = 1.8  # what thin lines need, or they fade away with the size


def small(page: bytes) -> bytes:
    """`page`, a PNG, as one of a few kB: the same bytes for the same page."""
    from PIL import Image

    grey = Image.open(io.BytesIO(page)).convert("L")
    height = round(grey.height * WIDTH / grey.width)
    less = grey.resize((WIDTH, height), Image.Resampling.LANCZOS).point(list(map(_grey, range(256))))
    out = io.BytesIO()
    less.quantize(GREYS).save(out, "png", optimize=True)
    return out.getvalue()


def size(data: bytes) -> tuple[int, int]:
    """How wide and high a card shows it."""
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))  # where every PNG tells it
    return width // 2, height // 2


def _grey(value: int) -> int:
    steps = GREYS - 1
    level: int = round((value / 255) ** DARKER * steps)
    return round(level * 255 / steps)
