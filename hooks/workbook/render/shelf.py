"""The shelf: every worksheet on the site, a form to choose from them, and the words that find each."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from workbook import microcopy
from workbook.library import Library
from workbook.pages import search
from workbook.prose import sheets
from workbook.render.screen import filled
from workbook.worksheet import CHECK, NEEDS, POINTS, ROADS, Worksheet

MANY = 24  # cards in a list that shelf.css gives its room before it is drawn
LENGTHS = (5, 10, 15)  # minutes, to choose from
CRISIS = "crisis"  # the line that is on every sheet, and so tells none from others
NOT_PRINTED = frozenset({"changes", "clinician", "example"})
NO_WORDS = "export const sheets=[],words={},same=[],stop=[]\n"  # of the module of `words`, without a library
WITH_NUMBER = re.compile(r"[^\W_]+(?:-[^\W_]+)+")


def render(library: Library, pictures: Mapping[str, tuple[int, int]]) -> str:
    """The sheets on the site, the checks and then point by point, and a form to choose from them.

    Addresses are relative to /worksheets/. `pictures` has each one's width and height, by the sheet's id.
    """
    order = list(dict.fromkeys([CHECK, *POINTS.values(), *ROADS.values()]))
    active = sorted(_on_it(library), key=lambda sheet: (order.index(_group(sheet)), sheet.title))
    groups = [(name, list(some)) for name, some in groupby(active, _group)]
    return filled(
        "shelf.html",
        groups=groups,
        many=MANY,
        count=len(active),
        choices=list(_choices(active)),
        pictures=pictures,
        urgent=library.safety.get(CRISIS),
        alarm=library.other_words.alarm,
    )


def words(library: Library) -> str:
    """A module for find.js: `sheets` [id, ...], `words` {word: [place of a sheet, ...]},
    `same` [[phrase, ...], ...], `stop` [word, ...].
    """
    active = _on_it(library)
    where: dict[str, list[int]] = defaultdict(list)
    for place, sheet in enumerate(active):
        for word in _words(sheet, library):
            where[word].append(place)
    told = {
        "sheets": [sheet.id for sheet in active],
        "words": dict(sorted(where.items())),
        "same": library.other_words.meanings,
        "stop": sorted(search.STOP),
    }
    return "".join(
        f"export const {name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n"
        for name, value in told.items()
    )


def _on_it(library: Library) -> list[Worksheet]:
    every = library.worksheets.values()
    return [sheet for sheet in every if sheet.status == "active" and not sheet.for_clinicians]


def _group(sheet: Worksheet) -> str:
    return CHECK if "check" in sheet.needs else sheet.point_name


def _choices(active: list[Worksheet]) -> Iterator[tuple[str, str, str, dict[Any, str]]]:
    """What one may choose by: name, label, what leaves it open, and the choices that some sheet fits."""

    def some(names: Mapping[Any, str], used: Iterable[Any]) -> dict[Any, str]:
        there = set(used)
        return {key: name for key, name in names.items() if key in there}

    points = {**POINTS, "any": microcopy.say("shelf.no_point")}
    # A sheet for both roads fits whoever is on one of them.
    roads = {road: name for road, name in ROADS.items() if road != "both"}
    lengths = {most: microcopy.say("shelf.minutes_or_less", minutes=most) for most in LENGTHS}
    needs = (one for sheet in active for one in sheet.needs)
    fit = (one for sheet in active for one in (roads if sheet.road == "both" else [sheet.road]))
    yield "need", microcopy.say("shelf.need"), microcopy.say("shelf.anything"), some(NEEDS, needs)
    point = (sheet.point for sheet in active)
    yield "point", microcopy.say("shelf.point"), microcopy.say("shelf.every_point"), some(points, point)
    yield "time", microcopy.say("shelf.time"), microcopy.say("shelf.any_time"), lengths
    yield "road", microcopy.say("shelf.road"), microcopy.say("shelf.every_road"), some(roads, fit)


def _words(sheet: Worksheet, library: Library) -> set[str]:
    """Every word on a sheet but its examples; what its safety lines say; and what brings people to it."""
    strings = sheets.strings(sheet.model_dump(by_alias=True))
    printed = [text for loc, _, text in strings if NOT_PRINTED.isdisjoint(loc)]
    lines = (library.safety.get(rule.line) for rule in sheet.safety if rule.line != CRISIS)
    text = " ".join([*printed, *(line.text for line in lines if line), *(NEEDS[one] for one in sheet.needs)])
    joined = (one.replace("-", "") for one in WITH_NUMBER.findall(text) if re.search(r"\d", one))  # phq2
    return search.words(" ".join([text, *joined]))
