"""The one font of form fields: our own, cut down to the characters that PDF's simple encoding has."""

from __future__ import annotations

import io
import zlib
from functools import cache
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from workbook import fonts

FIRST, LAST = 32, 255
CHARACTERS = [bytes([code]).decode("cp1252", "replace") for code in range(FIRST, LAST + 1)]
NONSYMBOLIC = 1 << 5


class Typeface(NamedTuple):
    """A font file, packed, with what PDF asks about it; widths are in thousandths of the size."""

    name: str
    packed: bytes
    length: int
    widths: list[int]
    numbers: dict[str, Any]


@cache
def typeface() -> Typeface:
    """Read once a process."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    file = fonts.FORM.read_bytes()
    font = TTFont(io.BytesIO(file), lazy=True)
    scale, shapes, advance = 1000 / font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"]
    widths = [round(advance[shapes[ord(one)]][0] * scale) if ord(one) in shapes else 0 for one in CHARACTERS]
    head, line = font["head"], font["hhea"]
    box = [round(one * scale) for one in (head.xMin, head.yMin, head.xMax, head.yMax)]
    tall = {"Ascent": line.ascent, "Descent": line.descent, "CapHeight": font["OS/2"].sCapHeight}
    numbers = {name: round(value * scale) for name, value in tall.items()} | {"FontBBox": box}
    name = f"/PNTSTP+{font['name'].getDebugName(6)}"
    return Typeface(name, zlib.compress(file, 9), len(file), widths, numbers)


def width_of(text: str) -> float:
    """How wide `text` is at size 1."""
    return sum(typeface().widths[CHARACTERS.index(one)] for one in text) / 1000


def add_typeface(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """The font as an object of `pdf`."""
    name, packed, length, widths, numbers = typeface()
    file = pdf.make_stream(packed, Filter=Name.FlateDecode, Length1=length)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(name),
        Flags=NONSYMBOLIC,
        ItalicAngle=0,
        StemV=80,
        FontFile2=file,
        **numbers,
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name(name),
        Encoding=Name.WinAnsiEncoding,
        FirstChar=FIRST,
        LastChar=LAST,
        Widths=Array(widths),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    return pdf.make_indirect(font)
