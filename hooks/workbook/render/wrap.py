"""Plain text in lines of a given width, counted as a terminal and a typewriter face show them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain

WIDTH = 72
BREAKS = re.compile(r"[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")  # the no-break space is none


def columns(text: str) -> int:
    """How wide `text` is: Chinese, Japanese and Korean characters and most emoji count two, accents none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def one_line(text: str) -> str:
    """`text` without line breaks, and with single spaces."""
    return BREAKS.sub(" ", text).strip(" ")


def wrap(text: str, indent: str = "", hanging: str = "") -> list[str]:
    """`text` in lines no wider than WIDTH. Only a word too long for a line is broken."""
    return fill((word for word in BREAKS.split(text) if word), " ", indent, hanging)


def fill(parts: Iterable[str], gap: str, indent: str = "", hanging: str = "") -> list[str]:
    """As many `parts` on a line as fit, `gap` between them. Lines after the first begin with `hanging`."""
    lines: list[str] = []
    hanging = hanging or indent
    line, room = "", WIDTH - columns(indent)
    for piece in chain.from_iterable(_pieces(part, WIDTH - columns(hanging)) for part in parts):
        if line and columns(line + gap + piece) > room:
            lines.append(line)
            line, room = "", WIDTH - columns(hanging)
        line = line + gap + piece if line else piece
    lines += [line] if line else []
    return [(hanging if number else indent) + one for number, one in enumerate(lines)]


def _pieces(part: str, room: int) -> Iterator[str]:
    """`part`, cut where it does not fit on a line of its own; an address after a slash or a hyphen."""
    if columns(part) <= room:
        yield part
        return
    piece, width = "", 0
    for character in part:
        width += _columns(character)
        if width > room:
            cut = max(piece.rfind("/"), piece.rfind("-")) + 1
            cut = cut if cut > len(piece) // 2 else len(piece)
            yield piece[:cut]
            piece = piece[cut:]
            width = columns(piece + character)
        piece += character
    yield piece


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
