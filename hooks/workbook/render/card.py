"""The picture that is shown with a link to a page: a PNG of 1200 × 630, drawn here and small."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook import fonts
from workbook.fingerprint import fingerprint

if TYPE_CHECKING:
    import typst

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "templates" / "card.typ"
COLOURS = 24
LONGEST = 110  # characters of a description: two lines
SIZE = (1200, 630)


def data(title: str, says: str, about: str, site: str) -> dict[str, Any]:
    """All that goes into one card: what `draw` needs, and its name in a cache."""
    return {"title": title, "says": _shortened(says), "about": about, "site": site}


def draw(made: dict[str, Any]) -> bytes:
    """The card: the same bytes for the same data."""
    from PIL import Image

    png = _compiler().compile(format="png", ppi=72, sys_inputs={"data": json.dumps(made, ensure_ascii=False)})
    assert isinstance(png, bytes)  # one page
    whole, plain = Image.open(io.BytesIO(png)).convert("RGB"), Image.Dither.NONE
    few = whole.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=plain)
    out = io.BytesIO()
    few.save(out, "png", optimize=True)
    return out.getvalue()


@cache
def tools() -> str:
    """One word that changes whenever the same data may give other bytes."""
    made_with = [f"{name} {version(name)}" for name in ("typst", "pillow")]
    return fingerprint([Path(__file__), TEMPLATE, fonts.REGULAR, fonts.BOLD], *made_with)


@cache
def _compiler() -> typst.Compiler:
    import typst

    families = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)]
    )
    return typst.Compiler(input=str(TEMPLATE), root=str(ROOT), font_paths=families)


def _shortened(says: str) -> str:
    """Whole sentences as far as there is room; of one that is too long, as many words as fit."""
    if len(says) <= LONGEST:
        return says
    kept = ""
    for sentence in re.split(r"(?<=[.?!])\s+", says):
        if len(f"{kept} {sentence}") > LONGEST:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or f"{says[:LONGEST].rpartition(' ')[0].rstrip(',;:')} …"
