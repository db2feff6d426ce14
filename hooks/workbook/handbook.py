"""The pages of the handbook, as those who send people to them need to know them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PACE = 180  # words a minute: slower than a practised reader
FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
UNREAD = re.compile(r"<!--.*?-->|<[^>]*>|\[@[^\]]*\]|\]\([^)]*\)", re.DOTALL)
FIGURE = re.compile(r"assets/figures/([a-z0-9-]+)\.svg")
WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")


@dataclass(frozen=True)
class Page:
    """One page: its address from the site's root, what it is called, how long it takes to read.

    `text` is the file's own, `path` its place below docs/; `figures` has the SVG of each picture it names.
    """

    address: str
    title: str
    minutes: int
    path: str = ""
    text: str = field(default="", repr=False)
    figures: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)


def pages(root: Path) -> dict[str, Page]:
    """The pages in docs/ by address: docs/smart/urges.md is /smart/urges/. None without a handbook."""
    return {page.address: page for page in _pages(root / "docs")}


def _pages(docs: Path) -> Iterator[Page]:
    for path in sorted(docs.rglob("*.md")):
        name = path.relative_to(docs).with_suffix("").as_posix()
        address = f"/{name}/".removesuffix("index/").replace("//", "/")
        text = path.read_text(encoding="utf-8", errors="replace")
        front = FRONT.match(text)
        body = text[front.end() :] if front else text
        minutes = max(1, round(len(WORD.findall(UNREAD.sub(" ", body))) / PACE))
        title = _title(front[1] if front else "", body, name)
        yield Page(address, title, minutes, f"{name}.md", text, dict(_figures(docs, body)))


def _figures(docs: Path, body: str) -> Iterator[tuple[str, str]]:
    """The pictures that a page names. One that is not there is told as a link that leads nowhere."""
    for name in dict.fromkeys(FIGURE.findall(body)):
        with suppress(FileNotFoundError):
            yield name, (docs / "assets" / "figures" / f"{name}.svg").read_text(encoding="utf-8")


def _title(front: str, body: str, name: str) -> str:
    """What the page calls itself: its first heading, or its title for browsers."""
    heading = re.search(r"^# +(.+?)(?: *\{.*\})?$", body, re.MULTILINE)
    titled = re.search(r"^title: *(.+)$", front, re.MULTILINE)
    found = heading or titled
    return re.sub(r"[*`]", "", found[1]).strip().strip("\"'") if found else name.rpartition("/")[2]
