"""A leaflet as plain text, in lines of 72 columns as a worksheet has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workbook import microcopy
from workbook.render.wrap import columns, wrap

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.render.leaflet import Leaflet
    from workbook.render.leaflet.blocks import Block, Words


def render(leaflet: Leaflet, library: Library) -> str:
    """All that its paper says; a line feed ends every line."""
    how = microcopy.say("leaflet.whole") if leaflet.whole else microcopy.say("leaflet.short_of_all")
    lines = [*_underlined(leaflet.title, "="), *wrap(how)]
    lines += wrap(library.site.address(leaflet.address))
    lines += ["", *wrap(plain(leaflet.lead))] if leaflet.lead else []
    for section in leaflet.sections:
        lines += ["", "", *_underlined(plain(section["title"]), "-")] if section["title"] else []
        lines += _blocks(section["blocks"], "")
    lines += ["", *wrap(leaflet.told)] if leaflet.told else []
    return "\n".join([*lines, ""])


def plain(words: Words) -> str:
    """Words without what they look like."""
    return "".join(one if isinstance(one, str) else _plain(one) for one in words)


def _plain(one: dict[str, Any]) -> str:
    return " " if one["as"] == "break" else plain(one["words"])


def _blocks(blocks: list[Block], indent: str) -> Iterator[str]:
    """Each block after an empty line."""
    for one in blocks:
        yield ""
        if one["kind"] in ("text", "heading"):
            yield from wrap(plain(one["words"]), indent)
        elif one["kind"] == "list":
            yield from _list(one, indent)
        elif one["kind"] == "table":
            yield from _table(one, indent)
        elif one["kind"] == "picture":
            yield from wrap("[" + microcopy.say("leaflet.picture", shows=one["alt"]) + "]", indent)
        elif one["kind"] == "box":
            sign = "! " if one["danger"] else ""
            yield from wrap(plain(one["title"]), indent + sign, indent + " " * len(sign))
            yield from _blocks(one["blocks"], indent + " " * len(sign))
        else:
            raise ValueError(f"nothing writes a {one['kind']}")


def _list(one: Block, indent: str) -> Iterator[str]:
    for number, item in enumerate(one["items"], 1):
        mark = f"{number}. " if one["ordered"] else "- "
        _, *lines = _blocks(item, indent + " " * len(mark))
        if lines:
            lines[0] = indent + mark + lines[0][len(indent + mark) :]
        yield from lines


def _table(one: Block, indent: str) -> Iterator[str]:
    for number, (first, *rest) in enumerate(one["rows"]):
        yield from [""] if number else []
        yield from wrap(plain(first), indent)
        for head, cell in zip(one["head"][1:], rest, strict=False):
            yield from wrap(f"{plain(head)}: {plain(cell)}", f"{indent}  ", f"{indent}    ")


def _underlined(title: str, sign: str) -> list[str]:
    lines = wrap(title)
    return [*lines, sign * max(map(columns, lines))]
