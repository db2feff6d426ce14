"""What of a page stands on paper: all of it, or what one side has room for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from workbook.render.leaflet.blocks import WRAPS, is_box, is_picture
from workbook.render.leaflet.tree import classes, texts, words

NEXT = "what-you-can-do"  # the heading that says what to do next, by its id
IN_PACKET, NOT_IN_PACKET = "in-packet", "not-in-packet"
COUNTRY = "country"  # of headings: the lines to call in one country


@dataclass
class Section:
    """A heading of the second level and all below it. What stands before the first has none."""

    heading: Element | None = None
    language: str = ""
    elements: list[Element] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether its heading has this class."""
        return self.heading is not None and name in classes(self.heading)


def sections(root: Element) -> list[Section]:
    """The page in sections, without its title and without what is not for paper."""
    made = [Section()]
    _fill(made, root, "")
    found = (one for one in made if one.heading is not None or one.elements)
    return [one for one in found if not one.has(NOT_IN_PACKET)]


def _fill(made: list[Section], element: Element, language: str) -> None:
    for one in texts(element):
        if isinstance(one, str):
            if one.strip():
                made[-1].elements.append(_paragraph(one))
        elif one.tag == "h1" or NOT_IN_PACKET in classes(one):
            made += [Section(one)] if one.tag == "h2" else []
        elif one.tag == "h2":
            made.append(Section(one, language))
        elif one.tag in WRAPS and not is_box(one):
            _fill(made, one, one.get("lang", language))
            if one.tag == "section":
                made.append(Section())
        else:
            made[-1].elements.append(one)


def _paragraph(text: str) -> Element:
    made = Element("p")
    made.text = text
    return made


def in_short(every: list[Section]) -> list[Section]:
    """What the page is about, each of its boxes in full, what was marked for paper, and what to do next.

    Without pictures, which would cost a second side.
    """
    opening = Section()
    made = [opening]
    for number, one in enumerate(every):
        if one.heading is not None and (one.has(IN_PACKET) or one.heading.get("id") == NEXT):
            made.append(replace(one, elements=[each for each in one.elements if not is_picture(each)]))
            continue
        if number == 0 and one.heading is None:
            opening.elements += [first for first in one.elements if first.tag == "p"][:1]
        opening.elements += [box for element in one.elements for box in boxes(element)]
    return [one for one in made if one.heading is not None or one.elements]


def boxes(element: Element) -> Iterator[Element]:
    """The boxes in an element, which may be one itself."""
    if is_box(element):
        yield element
    else:
        for child in element:
            yield from boxes(child)


def by_country(every: list[Section], home: Collection[str]) -> list[Section]:
    """With the lines of these countries before those of others; none is left out."""
    wanted = [name.casefold() for name in home]
    countries = [one for one in every if one.has(COUNTRY)]
    countries.sort(key=lambda one: wanted.index(_name(one)) if _name(one) in wanted else len(wanted))
    inside = iter(countries)
    return [next(inside) if one.has(COUNTRY) else one for one in every]


def _name(section: Section) -> str:
    return words(section.heading).casefold() if section.heading is not None else ""
