"""Elements of a page as blocks: plain data, which paper and plain text are made of.

A block is a dictionary whose `kind` says what else it has:

    heading   level, words
    text      words; quiet, if it is an aside
    list      ordered, items: each a list of blocks
    table     head, rows: a list of words for each cell
    box       title (words), blocks; danger: whether it warns
    picture   svg, alt, caption

Words are a list of strings and of dictionaries: {as: strong, em, quiet, number or link, words: ...; to: where
a link leads}, and {as: break}. No string of them is ever read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from workbook.pictures import NAME
from workbook.render.leaflet.tree import classes, texts

Block = dict[str, Any]
Words = list[Any]

NOT_PRINTED = {"script", "style", "template", "hr"}
STYLES = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
PLAIN = {"span", "code", "abbr", "small", "q", "cite", "kbd", "time"}  # no more than their words, on paper
QUIET = {"cite", "grade"}  # classes of links to a source, and to what a grade means
DIALLED = ("tel:", "sms:")
INLINE = {"a", "br", *STYLES, *PLAIN}
WRAPS = {"div", "section", "aside", "details"}  # what is folded on a screen is open on paper
HEADING = re.compile(r"h[1-6]")
INK = "#1d202a"
TOKEN = re.compile(r"var\(--[\w-]+,\s*([^)]+)\)")


class Unknown(ValueError):
    """An element that has no place on paper."""

    def __init__(self, element: Element, why: str = "") -> None:
        super().__init__(why or f"<{element.tag}> has no place on paper yet")
        self.element = element


class Maker:
    """Makes blocks of elements. `way` gives the whole address that a link leads to, "" for none."""

    def __init__(self, figures: Mapping[str, str], way: Callable[[str], str]) -> None:
        self._figures, self._way = figures, way

    def blocks(self, element: Element) -> Iterator[Block]:
        """What stands in an element, in order. Unknown for what there is no block for."""
        loose: list[str | Element] = []
        for one in texts(element):
            if isinstance(one, str) or one.tag in INLINE:
                loose.append(one)
            elif one.tag not in NOT_PRINTED:
                yield from self._text(loose)
                loose = []
                yield from self.block(one)
        yield from self._text(loose)

    def block(self, element: Element) -> Iterator[Block]:
        """One element as a block, or what it wraps."""
        if HEADING.fullmatch(element.tag):
            yield {"kind": "heading", "level": int(element.tag[1]), "words": self.words(element)}
        elif element.tag == "p":
            yield from self._paragraph(element)
        elif element.tag in ("ul", "ol"):
            items = [list(self.blocks(one)) for one in element]
            yield {"kind": "list", "ordered": element.tag == "ol", "items": items}
        elif element.tag == "table":
            yield self._table(element)
        elif is_box(element):
            yield self._box(element)
        elif element.tag == "summary":
            yield {"kind": "text", "words": [{"as": "strong", "words": self.words(element)}], "quiet": False}
        elif element.tag in WRAPS:
            yield from self.blocks(element)
        elif element.tag not in NOT_PRINTED:
            raise Unknown(element)

    def words(self, element: Element) -> Words:
        return _trimmed(self._inline(list(texts(element))))

    def _text(self, loose: list[str | Element], *, quiet: bool = False) -> Iterator[Block]:
        if words := _trimmed(self._inline(loose)):
            yield {"kind": "text", "words": words, "quiet": quiet}

    def _paragraph(self, element: Element) -> Iterator[Block]:
        if is_picture(element):
            yield self._picture(element[0])
        else:
            yield from self._text(list(texts(element)), quiet="status" in classes(element))

    def _picture(self, image: Element) -> Block:
        named = NAME.search(image.get("src", ""))
        if not named or named["name"] not in self._figures:
            raise Unknown(image, "this picture is not one of docs/assets/figures/, and cannot be printed")
        svg = TOKEN.sub(r"\1", self._figures[named["name"]]).replace("currentColor", INK)
        about = {"alt": image.get("alt", ""), "caption": image.get("title", "")}
        return {"kind": "picture", "svg": svg, **about}

    def _table(self, table: Element) -> Block:
        rows = [[self.words(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
        return {"kind": "table", "head": rows[0], "rows": rows[1:]}

    def _box(self, element: Element) -> Block:
        title: Words = []
        rest = Element("div")
        for one in element:
            if "admonition-title" in classes(one):
                title = self.words(one)
            else:
                rest.append(one)
        danger = "danger" in classes(element)
        return {"kind": "box", "danger": danger, "title": title, "blocks": list(self.blocks(rest))}

    def _inline(self, found: list[str | Element]) -> Words:
        made: Words = []
        for one in found:
            if isinstance(one, str):
                made += [re.sub(r"\s+", " ", one)] if one else []
            elif one.tag == "br":
                made.append({"as": "break"})
            elif one.tag == "a":
                made.append(self._link(one))
            elif one.tag in STYLES:
                made.append({"as": STYLES[one.tag], "words": self._inline(list(texts(one)))})
            elif one.tag in PLAIN:
                made += self._inline(list(texts(one)))
            else:
                raise Unknown(one)
        return made

    def _link(self, element: Element) -> Block:
        words, to = self._inline(list(texts(element))), element.get("href", "")
        if QUIET & classes(element):
            return {"as": "quiet", "words": words}
        if to.startswith(DIALLED):
            return {"as": "number", "words": words, "to": to}
        return {"as": "link", "words": words, "to": self._way(to)}


def is_box(element: Element) -> bool:
    return "admonition" in classes(element)


def is_picture(element: Element) -> bool:
    """Whether it is a paragraph with a picture and nothing else."""
    alone = element.tag == "p" and [one.tag for one in element] == ["img"]
    return alone and not "".join(element.itertext()).strip()


def _trimmed(words: Words) -> Words:
    """Without space at either end; nothing where there are no words."""
    words = [*words]
    while words and isinstance(words[0], str) and not words[0].strip():
        del words[0]
    while words and isinstance(words[-1], str) and not words[-1].strip():
        del words[-1]
    if words and isinstance(words[0], str):
        words[0] = words[0].lstrip()
    if words and isinstance(words[-1], str):
        words[-1] = words[-1].rstrip()
    return words
