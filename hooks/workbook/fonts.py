"""The fonts of the project: where they are, and what the paper font cannot print."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "assets" / "fonts"
REGULAR = FOLDER / "AtkinsonHyperlegibleNext-Regular.ttf"
BOLD = FOLDER / "AtkinsonHyperlegibleNext-Bold.ttf"
# REGULAR with the characters of PDF's simple encoding alone. Not in FOLDER, where Typst would take it for
# another cut of the same.
FORM = Path(__file__).parent / "render" / "pdf" / "fonts" / "Form.ttf"

# Characters that leave no mark of their own: white space, joiners, directions, variation selectors.
_UNSEEN = frozenset(
    "\t\n\v\f\r\x85\xad\u034f\u061c\u180e\u3000"
    + "".join(map(chr, (*range(0x2000, 0x2010), *range(0x2028, 0x2030), *range(0x205F, 0x2065))))
    + "".join(map(chr, (*range(0x2066, 0x2070), *range(0xFE00, 0xFE10))))
) - {"\u2010"}


@cache
def characters() -> frozenset[str]:
    """Every character that the paper font has a shape for."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(REGULAR, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def missing(text: str) -> set[str]:
    """The characters of `text` that the paper font cannot print."""
    return {one for one in set(text) - characters() - _UNSEEN if not _can_be_built(one)}


def _can_be_built(character: str) -> bool:
    """Whether it is a letter with accents that the font has apart, as ǹ is n and a grave."""
    parts = unicodedata.normalize("NFD", character)
    return len(parts) > 1 and characters().issuperset(parts)
