"""The tags and addresses of a page as a browser would find them, in one quick walk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from xml.parsers import expat

VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\t\n\f\r >"'][^\t\n\f\r >]*+)"""
NAME = r"[^\t\n\f\r />][^\t\n\f\r />=]*+"
EQUALS = r"[\t\n\f\r ]*+=[\t\n\f\r ]*+"
WITHIN_TAG = rf"(?:[\t\n\f\r /]++|{NAME}(?:{EQUALS}{VALUE})?+)*+"
INSIDE = rf"({WITHIN_TAG})"
RAW = "script|style|title|textarea|xmp|iframe|noembed|noframes"  # what is in them is text
# Nothing begins within any of these. An end tag has attributes too, which a browser reads and forgets.
PART = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(?P<raw>{RAW})(?=[\t\n\f\r />]){INSIDE}>(.*?)"
    rf"(?:</(?P=raw)(?=[\t\n\f\r />]){WITHIN_TAG}(?:>|\Z)|\Z)"
    rf"|<([a-z][^\t\n\f\r />]*+){INSIDE}(>|\Z)"  # without an end it is taken whole, and no walk begins in it
    rf"|</[a-z][^\t\n\f\r />]*+{WITHIN_TAG}(?:>|\Z)"
    r"|<[!?/][^>]*+(?:>|\Z)",  # <!doctype>, and what a browser takes for a comment
    re.IGNORECASE | re.DOTALL,
)
ATTRIBUTE = re.compile(rf"({NAME})(?:{EQUALS}({VALUE}))?+")
DATA = re.compile(r"application/(?:[\w.-]+\+)?json|text/plain", re.ASCII)  # any other type may be run
EDGES = "".join(map(chr, range(33)))  # what a browser takes off both ends of an address
WITHIN = str.maketrans({"\t": None, "\n": None, "\r": None, "\\": "/"})


@dataclass(frozen=True)
class Tag:
    """An opening tag. `inside` begins at index `start` of the page; `text` is what a script or style has."""

    name: str
    inside: str
    start: int
    text: str
    text_start: int

    def attributes(self) -> Iterator[tuple[str, str, re.Match[str]]]:
        """Name, value and place (within `inside`) of each."""
        for found in ATTRIBUTE.finditer(self.inside):
            value = found[2] or ""
            yield found[1].lower(), unescape(value[1:-1] if value[:1] in ('"', "'") else value), found

    def values(self) -> dict[str, str]:
        """By name. Of two with one name the first counts."""
        return {name: value for name, value, _ in reversed(list(self.attributes()))}


def tags(page: str) -> Iterator[Tag]:
    """Every opening tag, in order; none out of comments, scripts, styles and other raw text."""
    for found in PART.finditer(page):
        if raw := found["raw"]:
            yield Tag(raw.lower(), found[2], found.start(2), found[3], found.start(3))
        elif (name := found[4]) and found[6]:
            yield Tag(name.lower(), found[5], found.start(5), "", 0)


def inline_elements(page: str) -> Iterator[Tag]:
    """Scripts and styles whose own text is run. One with an address has none, and data is not run."""
    return (tag for tag in tags(page) if is_inline(tag))


def is_inline(tag: Tag) -> bool:
    if tag.name not in ("script", "style"):
        return False
    values = tag.values()
    data = tag.name == "script" and DATA.fullmatch(values.get("type", "").strip("\t\n\f\r ").lower())
    return not data and ("src" not in values or bool(tag.text.strip()))


def address(value: str) -> str:
    """As a browser reads it: without what it leaves out, and with each stroke the same way."""
    return value.strip(EDGES).translate(WITHIN)


@dataclass(frozen=True)
class Element:
    """An element of an XML file: name and attributes without prefixes, the byte where it begins, its text."""

    name: str
    values: dict[str, str]
    start: int
    text: str


@dataclass(frozen=True)
class Broken:
    """At which byte an XML file ends to be one."""

    start: int
    why: str


def elements(text: str) -> Iterator[Element | Broken]:
    """Of an XML file, each when it ends; its instructions too, with what they say as text."""
    encoded = text.encode()
    parser = expat.ParserCreate("utf-8")
    opened: list[tuple[str, dict[str, str], int, list[str]]] = []
    done: list[Element | Broken] = []

    def start(name: str, values: dict[str, str]) -> None:
        local = {_local(one): value for one, value in values.items()}
        opened.append((_local(name), local, parser.CurrentByteIndex, []))

    def end(_: str) -> None:
        name, values, where, words = opened.pop()
        done.append(Element(name, values, where, "".join(words)))

    def said(words: str) -> None:
        if opened:
            opened[-1][3].append(words)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, said
    parser.ProcessingInstructionHandler = lambda name, words: done.append(
        Element(name, {}, parser.CurrentByteIndex, words)
    )
    try:
        parser.Parse(encoded, True)
    except expat.ExpatError as error:
        while opened:
            end("")
        done.append(Broken(parser.ErrorByteIndex, str(error)))
    return iter(done)


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()
