"""Cut the paper font down to what form fields can hold: python tools/form_font.py. A test says when."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

sys.path.insert(0, str(Path(__file__).parents[1] / "hooks"))

from workbook import fonts
from workbook.render.pdf.typeface import CHARACTERS


def made() -> bytes:
    """The same bytes for the same font and fontTools."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, legacy_cmap=True)
    font = TTFont(fonts.REGULAR, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(set(CHARACTERS) - {"\ufffd"}))
    subsetter.subset(font)
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


if __name__ == "__main__":
    fonts.FORM.write_bytes(made())
