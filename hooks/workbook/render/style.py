"""Styles: what a worksheet's page carries and loads, and what a reading page loads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from workbook import fields
from workbook.render import rules

ASSETS = Path(__file__).parents[1] / "assets"
FONT = "atkinson-hyperlegible-next-latin-wght-normal.woff2"
TOKEN = re.compile(r"(--[\w-]+)\s*:([^;{}]*);?")
ASKED = re.compile(r"var\((--[\w-]+)")
OTHER_LETTERS = re.compile("[\u0100-\u02ff\u1d00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff]")
EMPTY = re.compile(r"[^{};]+\{\}")  # a rule that says nothing: of its tokens, none is asked for
PAPER_WIDTH = 40
WIDTHS = (28, 40, 52, 66)  # rem from which a table of rows may be drawn as a table


# What the script may add to a page, by what is on it. All else that it adds has its style in parts.css.
ADDED = {
    "tools": ("js", "on", "vh", "second", "hint", "options", "option"),  # questions have choices of their own
    "field--table": ("add", "second", "remove", "is-remove", "one", "spare"),
    "field--result": ("worked",),
}


def needed(html: str, base: str) -> str:
    """What the page `html` itself carries: what its first drawing needs. `base` leads to the site's root."""
    classes = rules.classes_in(html)
    added = frozenset(name for one, names in ADDED.items() if one in classes for name in names)
    letters = rules.parsed(minified(_asset("letters"))) if OTHER_LETTERS.search(html) else ()
    return _joined([*letters, *rules.for_page(rules_of_sheets(), classes | added)], base)


def whole(base: str) -> str:
    """The same for a page whose script adds more than is known here."""
    letters = rules.parsed(minified(_asset("letters")))
    return _joined([*letters, *(one for one in rules_of_sheets() if one.prelude != rules.PAPER)], base)


def printed() -> str:
    """What every worksheet's page loads in the background: how it looks on paper."""
    return _joined(rules.for_paper(rules_of_sheets())) + "\n"


@cache
def rules_of_sheets() -> tuple[rules.Rule, ...]:
    """All of a worksheet's page: tokens, shared rules, each field type's own, then print."""
    types = sorted(fields.FOLDER.glob("*/field.css"))
    own = [
        *map(_asset, ("frame", "clinic", "core", "sheet")),
        rows(),
        *map(_read, types),
        *map(_asset, ("live", "tools", "print")),
    ]
    later = map(_asset, ("dialog", "parts", "packets"))
    used = _used(tokens(), "\n".join([*own, *later]))
    return rules.parsed(minified("\n".join([used, *own])))


def _joined(some: Iterable[rules.Rule], base: str = "") -> str:
    return "".join(map(str, some)).replace('url("fonts/', f'url("{base}assets/workbook/fonts/')


def parts() -> str:
    """What the script's parts add to a worksheet; loaded with them."""
    return minified(_asset("letters") + _asset("dialog") + _asset("parts"))


def embedded() -> str:
    """What a worksheet in another site's page loads."""
    return minified(_asset("embed"))


def packets() -> str:
    """What the pages of packets add to it."""
    return minified(_asset("packets"))


def rows() -> str:
    """rows.css once for each width; the order lets a wider rule win."""
    rules = _asset("rows")
    screen = [rules.replace("WIDTH", str(width)) for width in WIDTHS]
    on_paper = ", ".join(f".from-{width}" for width in WIDTHS if width <= PAPER_WIDTH)
    paper = rules.replace("@container (min-width: WIDTHrem)", "@media print")
    paper = paper.replace(".from-WIDTH", f":is({on_paper})")
    return "\n".join([*screen, paper])


def width_class(rem: float) -> str:
    """The class for a table whose cells need `rem` beside each other."""
    return f"from-{next((width for width in WIDTHS if width >= rem), WIDTHS[-1])}"


def reading(own: str | None = None) -> str:
    """What a reading page loads. `own`: what a clinic changes in it; None where there is no clinic."""
    names = ("letters", "frame", "core", "reading", "shelf", "dialog", *(() if own is None else ("clinic",)))
    return minified("\n".join([tokens(), *map(_asset, names)])) + (own or "")


def tokens() -> str:
    """tokens.css, and its rules for a dark device once more for whoever chooses the dark."""
    css = _asset("tokens")
    dark = re.findall(r"@media \(prefers-color-scheme: dark\) \{ (:root\S*) (\{.*?\})\s*\}", css, re.DOTALL)
    chosen = (
        selector.replace(":not([data-theme=light])", "[data-theme=dark]") + rules for selector, rules in dark
    )
    return f"{css}\n@media screen {{ {' '.join(chosen)} }}"


def _used(tokens: str, css: str) -> str:
    """The tokens that `css` asks for, and those that such a token is made of."""
    asked, more = frozenset[str](), frozenset(ASKED.findall(css))
    while asked != more:
        asked, more = (
            more,
            more
            | {one for name, value in TOKEN.findall(tokens) if name in more for one in ASKED.findall(value)},
        )
    return TOKEN.sub(lambda found: found[0] if found[1] in asked else "", tokens)


def _asset(name: str) -> str:
    return _read(ASSETS / f"{name}.css")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def minified(css: str) -> str:
    """Without comments and needless space. Our own CSS has no space that matters around these signs."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?| (?=!important)", lambda found: found[1] or "", css)
    css = re.sub(r" ([+~]) (?=[^{};]*\{)", r"\1", css)  # between selectors; in a sum the space matters
    css = re.sub(r"#(\w)\1(\w)\2(\w)\3\b", r"#\1\2\3", css)
    css = re.sub(r"(?<=[{;(])([\w-]+): ", r"\1:", css)
    css = css.replace(";}", "}")
    while (less := EMPTY.sub("", css)) != css:
        css = less
    return css.strip() + "\n"
