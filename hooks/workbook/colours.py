"""The colours of tokens.css in each scheme, and how well each pair of them can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

TOKENS = Path(__file__).parent / "assets" / "tokens.css"

TEXT, PART = 7.0, 3.0  # WCAG: AAA for text; for the parts of controls and pictures
SCHEMES = ("light", "dark", "print", "more contrast", "more contrast, dark")
GROUNDS = ("paper", "raised", "sunk")


class Pair(NamedTuple):
    """One colour on another, and the least contrast that it needs."""

    over: str
    under: str
    least: float


PAIRS = (
    *(
        Pair(over, under, TEXT)
        for over in ("ink", "soft", "points", "steps", "act", "act-deep", "danger")
        for under in GROUNDS
    ),
    *(Pair("ink", f"{name}-tint", TEXT) for name in ("points", "steps", "act", "danger")),
    *(Pair(name, f"{name}-tint", TEXT) for name in ("points", "steps", "act", "danger")),
    Pair("on-act", "act", TEXT),
    Pair("on-act", "act-deep", TEXT),
    Pair("on-strip", "strip", TEXT),
    *(Pair(over, under, PART) for over in ("edge", "points-mid", "steps-mid", "focus") for under in GROUNDS),
)


@cache
def colours(scheme: str) -> dict[str, str]:
    """The value of each colour, '#1c4e7d' by 'points'. A scheme says only what it changes."""
    css = TOKENS.read_text(encoding="utf-8")
    found = _colours(css.partition(":root {")[2])
    dark = css.partition(":root:not([data-theme=light]) {")[2]
    more = css.partition(":root[data-contrast=more] {")[2]
    more_dark = css.partition(":root[data-contrast=more]:not([data-theme=light]) {")[2]
    changes = {
        "light": [],
        "dark": [dark],
        "print": [css.partition("@media print")[2].partition("{")[2].partition("{")[2]],
        "more contrast": [more],
        "more contrast, dark": [dark, more_dark],
    }
    for block in changes[scheme]:
        found |= _colours(block)
    return found


def _colours(block: str) -> dict[str, str]:
    return {
        name: _long(value)
        for name, value in re.findall(r"--([\w-]+): *(#[0-9a-f]+)", block.partition("}")[0])
    }


def _long(value: str) -> str:
    return value if len(value) == 7 else "#" + "".join(2 * one for one in value[1:])


def contrast(one: str, other: str) -> float:
    """Between 1 and 21, as WCAG works it out."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    parts = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in (red, green, blue))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def lightness(colour: str) -> float:
    """OKLab's, from 0 to 1: how light a colour looks."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    r, g, b = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in (red, green, blue)
    )
    long: float = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle: float = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short: float = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short


def shades(colour: str, scheme: str) -> dict[str, str]:
    """The tokens that someone's own colour takes the place of: by itself, under the pointer, as a ground."""
    away = {"light": "#000000", "dark": "#ffffff"}[scheme]
    ground = colours(scheme)["raised"]
    return {"act": colour, "act-deep": _mixed(colour, away, 0.2), "act-tint": _mixed(ground, colour, 0.08)}


def closest(changes: Mapping[str, str], scheme: str) -> tuple[float, Pair]:
    """Of the pairs that these changes touch, the one that lacks most, and its contrast."""
    values = {**colours(scheme), **changes}
    touched = (pair for pair in PAIRS if not changes.keys().isdisjoint(pair[:2]))
    told = ((contrast(values[pair.over], values[pair.under]), pair) for pair in touched)
    return min(told, key=lambda one: one[0] / one[1].least)


def readable(colour: str, scheme: str) -> str:
    """The first colour on the way from `colour` to black, in the dark to white, that all its pairs allow."""
    away = {"light": "#000000", "dark": "#ffffff"}[scheme]
    tried = (_mixed(colour, away, step / 50) for step in range(51))
    return next(one for one in tried if _fits(one, scheme))


def _fits(colour: str, scheme: str) -> bool:
    told, pair = closest(shades(colour, scheme), scheme)
    return told >= pair.least


def _mixed(one: str, other: str, share: float) -> str:
    """`one` with a share of `other` in it, from 0 to 1."""
    parts = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(own + (added - own) * share):02x}" for own, added in parts)


def faults() -> Iterator[str]:
    """Each pair that is too close in some scheme."""
    for scheme in SCHEMES:
        values = colours(scheme)
        for over, under, least in PAIRS:
            if (told := contrast(values[over], values[under])) < least:
                yield f"{scheme}: {over} on {under} is {told:.1f}, and needs {least:g}"
