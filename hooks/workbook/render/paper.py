"""A worksheet as a fillable, tagged PDF, on Letter or A4, in normal or large print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook import fonts
from workbook.render.pdf.form import fillable
from workbook.render.pdf.typeset import tagged_pdf
from workbook.render.pdf.words import every_text, words

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.worksheet import Worksheet

# What render() takes for each variant, by the ending of its file name.
SIZES = {
    "letter": ("letter", False),
    "a4": ("a4", False),
    "large-letter": ("letter", True),
    "large-a4": ("a4", True),
}


def render(sheet: Worksheet, library: Library, size: str, large: bool) -> bytes:
    """The PDF: the same bytes whenever the sheet and what it quotes are the same."""
    data = words(sheet, library, size, large)
    if unprintable := fonts.missing("".join(every_text(data))):
        names = ", ".join(f"{one!r} (U+{ord(one):04X})" for one in sorted(unprintable))
        raise ValueError(f"{sheet.id}: the paper font cannot print {names}")
    return fillable(tagged_pdf(data), list(sheet.leaves))
