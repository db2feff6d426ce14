"""What marked circles and boxes look like, in PDF's drawing language."""

from __future__ import annotations

from functools import cache

from workbook.render.pdf.typeface import width_of

INK = "0.114 0.125 0.165"
BEND = 0.5523  # how far the handles of four curves stand out to make a circle


@cache
def check(width: float, height: float) -> str:
    """A tick."""
    start, low, end = [_numbers(width * x, height * y) for x, y in [(0.2, 0.52), (0.42, 0.27), (0.8, 0.76)]]
    return f"q {INK} RG {width * 0.14:.2f} w 1 J 1 j {start} m {low} l {end} l S Q"


@cache
def spot(width: float, height: float) -> str:
    """A dot in a circle."""
    return f"q {INK} rg {_circle(width, height, 0.29)} f Q"


@cache
def disc(width: float, height: float, number: str) -> str:
    """A full circle with its number in white, so that the answer can be read and not only seen."""
    size = height * (0.45 if len(number) > 2 else 0.55)
    x = (width - width_of(number) * size) / 2
    text = f"BT /Body {size:.2f} Tf {_numbers(x, height / 2 - size * 0.34)} Td ({number}) Tj ET"
    return f"q {INK} rg {_circle(width, height, 0.5)} f 1 g {text} Q"


def _circle(width: float, height: float, part: float) -> str:
    """The path of a circle in the middle, `part` of the smaller side its radius."""
    x, y, r = width / 2, height / 2, min(width, height) * part
    k = r * BEND
    curves = [
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    ]
    return " ".join([_numbers(x + r, y), "m", *(_numbers(*curve) + " c" for curve in curves)])


def _numbers(*numbers: float) -> str:
    return " ".join(f"{number:.2f}" for number in numbers)
