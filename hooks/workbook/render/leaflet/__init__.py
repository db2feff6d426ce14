"""A leaflet: a page of the handbook as a packet prints it, made of the words of the page itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING, Any

from markdown import markdown

from workbook import clinic, fonts, frontmatter, microcopy
from workbook.citations import page as cited
from workbook.citations.markdown import FRONT_MATTER_ALONE
from workbook.cites import front_matter
from workbook.claims import page as graded
from workbook.problems import Problem
from workbook.reading.text import Text
from workbook.render.leaflet.blocks import Block, Maker, Unknown
from workbook.render.leaflet.choice import COUNTRY, NOT_IN_PACKET, Section, by_country, in_short, sections
from workbook.render.leaflet.tree import classes, tree, words
from workbook.render.screen import filled

if TYPE_CHECKING:
    from workbook.frontmatter import FrontMatter
    from workbook.handbook import Page
    from workbook.library import Library

BUILT_IN = ("toc", "tables", "fenced_code")  # what MkDocs reads Markdown with, beside its settings
CURE = (
    "Say it with what paper knows: words, lists, tables, boxes, our pictures. "
    f"Or write {{: .{NOT_IN_PACKET} }} below it."
)


@dataclass(frozen=True)
class Leaflet:
    """Its sections are {title, blocks, country, language}; words and blocks as `blocks.py` says.

    `address` is that of the page: /crisis/. `lead` are the words that it begins with, `day` is that of its
    words, `told` says who has read it. `air` is what paper of each size has room for.
    """

    address: str
    title: str
    lead: list[Any]
    whole: bool
    day: str
    told: str
    sections: list[dict[str, Any]]
    air: Mapping[str, float] = field(default_factory=dict)


Leaflets = Mapping[str, Leaflet]  # by the address of their pages


def of(page: Page, library: Library) -> tuple[Leaflet, list[Problem]]:
    """The leaflet of a page, and what in it cannot be printed."""
    matter = _matter(page.text)
    whole = is_whole(page)
    found = sections(tree(_html(page, library)))
    home = [one.country for one in library.clinic.about.crisis] if library.clinic else []
    chosen = by_country(found, home) if whole else in_short(found)
    maker = Maker(page.figures, lambda to: _way(page, library, to))
    problems: list[Problem] = []
    made = [_section(one, maker, page, problems) for one in chosen]
    problems += _not_in_the_font(page, made)
    lead = _lead(made)
    day = (matter.updated or matter.written) if matter else ""
    return Leaflet(page.address, page.title, lead, whole, day, _told(matter), made), problems


def is_whole(page: Page) -> bool:
    """Whether paper has all of the page, and not what matters most of it."""
    matter = _matter(page.text)
    return matter is not None and matter.paper == "whole"


def _matter(text: str) -> FrontMatter | None:
    """What the page says of itself; None when it says nothing, or cannot be read, which is told elsewhere."""
    read = front_matter(text)
    return frontmatter.of(read) if read else None


def _html(page: Page, library: Library) -> str:
    """The page as the site makes it, before it puts marks and pictures in."""
    text = FRONT_MATTER_ALONE.sub("", page.text, count=1)
    text = cited.placed(graded.placed(text, library.claims, page.path), library.bibliography)
    html = markdown(text, extensions=list(dict.fromkeys((*BUILT_IN, *library.site.extensions))))
    crisis = library.clinic and library.clinic.about.crisis
    return html.replace(clinic.LINES, filled("clinic-lines.html", clinic=library.clinic) if crisis else "")


def _section(one: Section, maker: Maker, page: Page, problems: list[Problem]) -> dict[str, Any]:
    blocks: list[Block] = []
    for element in one.elements:
        try:
            blocks += maker.block(element)
        except Unknown as unknown:
            problems.append(_problem(page, f"{unknown}, and a packet prints this page", unknown))
    title = maker.words(one.heading) if one.heading is not None else []
    country = one.heading is not None and COUNTRY in classes(one.heading)
    return {"title": title, "blocks": blocks, "country": country, "language": one.language or "en"}


def _lead(made: list[dict[str, Any]]) -> list[Any]:
    """The first words, taken off what follows them."""
    opening = made[0] if made and not made[0]["title"] else {"blocks": []}
    if not opening["blocks"] or opening["blocks"][0]["kind"] != "text":
        return []
    words: list[Any] = opening["blocks"].pop(0)["words"]
    return words


def _problem(page: Page, message: str, unknown: Unknown) -> Problem:
    """Where the element begins in the file: at its tag, or at its first words."""
    lines = page.text.split("\n")
    element = unknown.element
    named = re.compile(rf"<{re.escape(element.tag)}\b", re.IGNORECASE)
    said = words(element)[:20] or element.get("src", "")
    place = next(
        ((n, found.start() + 1) for n, line in enumerate(lines, 1) if (found := named.search(line))),
        next(((n, line.find(said) + 1) for n, line in enumerate(lines, 1) if said and said in line), (1, 1)),
    )
    return _text(page).problem(*place, message, CURE)


def _not_in_the_font(page: Page, made: list[dict[str, Any]]) -> Iterator[Problem]:
    for sign in sorted(fonts.missing("".join(_strings(made)))):
        at = max(page.text.find(sign), 0)
        line = page.text.count("\n", 0, at) + 1
        column = at - page.text.rfind("\n", 0, at)
        message = f"{sign!r} (U+{ord(sign):04X}) is not in the paper font, and a packet prints this page"
        yield _text(page).problem(line, column, message, "Write it with letters of the font, or in words.")


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, (dict, list)):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _strings(one)


def _text(page: Page) -> Text:
    return Text(Path("docs") / page.path, page.text, tuple(page.text.split("\n")))


def _way(page: Page, library: Library, to: str) -> str:
    """The whole address that a link of the page leads to; "" for a place on it, and for anything odd."""
    to, _, _ = to.partition("#")
    if re.match(r"https?://", to):
        return to
    if not to or re.match(r"\w+:|/", to):
        return ""
    path = normpath((PurePosixPath(page.path).parent / to).as_posix())
    if not path.endswith(".md"):
        return library.site.address(path)
    return library.site.address(f"{path.removesuffix('.md')}/".removesuffix("index/"))


def _told(matter: FrontMatter | None) -> str:
    """Who has read it, and by which day it is to be read again."""
    if not matter:
        return ""
    read = microcopy.say("status.not_reviewed", who=matter.awaits)
    if matter.reviewed:
        read = microcopy.say("status.reviewed", who=matter.reviewer, day=day_words(matter.reviewed))
    again = microcopy.say("status.to_be_read_again", day=day_words(matter.review))
    return f"{read} {again}"


def day_words(day: str) -> str:
    """'27 November 2026'."""
    told = date.fromisoformat(day)
    return f"{told.day} {told:%B %Y}"
