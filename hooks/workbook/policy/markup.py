"""The tags of a finished page, found in one quick walk. Our templates write it, so it is well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

INSIDE = r"""((?:[^>"']++|"[^"]*+"|'[^']*+')*+)"""
PART = re.compile(
    rf"<!--.*?-->|<(?P<raw>script|style)\b{INSIDE}>(.*?)</(?P=raw)\s*>|<([a-z][^\s/>]*+){INSIDE}>",
    re.IGNORECASE | re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?""")
RUN = {
    "",
    "module",
    "importmap",
    "text/css",
    "text/javascript",
    "application/javascript",
}  # any other type is data


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
            yield found[1].lower(), (found[2] or "").strip("\"'"), found


def tags(page: str) -> Iterator[Tag]:
    """Every opening tag, in order; none out of comments, scripts and styles."""
    for found in PART.finditer(page):
        if raw := found["raw"]:
            yield Tag(raw.lower(), found[2], found.start(2), found[3], found.start(3))
        elif name := found[4]:
            yield Tag(name.lower(), found[5], found.start(5), "", 0)


def inline_elements(page: str) -> Iterator[Tag]:
    """Scripts and styles whose own text is run. One with an address has none, and data is not run."""
    for tag in tags(page):
        if tag.name in ("script", "style"):
            values = {name: value for name, value, _ in tag.attributes()}
            if "src" not in values and values.get("type", "").lower() in RUN:
                yield tag
