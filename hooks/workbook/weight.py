"""What pages weigh on the way to a visitor, packed, and what each kind of page may weigh."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from workbook.problems import Problem, did_you_mean

PAGE, LIST, SHEET, PACKET, INDEX = "page", "list", "worksheet", "packet", "search index"
KINDS = (PAGE, LIST, SHEET, PACKET, INDEX)
PACKED, FONTS = ".gz", (".woff2",)
SETTING = "extra: budgets"
CURE = "Cut it in two, or leave something out. If it has to be so, raise its budget: mkdocs.yml, under"

TAG = re.compile(r"<(?:link|script)\b[^>]*>")
AT_ONCE = re.compile(r'\brel="(?:stylesheet|modulepreload|icon)"|^<script\b')
ADDRESS = re.compile(r'\b(?:href|src)="([^":#?]+)"')


@dataclass(frozen=True)
class Budget:
    """Bytes, packed with gzip. `alone`: of a page; `first`: with all that it loads at first, but fonts."""

    alone: int
    first: int


Budgets = Mapping[str, Budget]


def budgets(said: Any, path: Path) -> tuple[dict[str, Budget], list[Problem]]:
    """The table of mkdocs.yml, `{kind: [alone, first]}`, and what is wrong with it."""
    found: dict[str, Budget] = {}
    problems = []
    for name, numbers in said.items() if isinstance(said, dict) else ():
        if name not in KINDS:
            message, hint = f"{SETTING}: there is no kind of page called {name!r}", did_you_mean(name, KINDS)
            problems.append(Problem(path, 1, 1, message, hint))
        elif _are_numbers(numbers):
            found[name] = Budget(*numbers)
        else:
            hint = f"Write the bytes of the page, then those of a first visit: {name}: [25000, 70000]."
            problems.append(Problem(path, 1, 1, f"{SETTING}: {name!r} needs two whole numbers", hint))
    return found, problems


def _are_numbers(said: Any) -> bool:
    return isinstance(said, list) and len(said) == 2 and all(type(one) is int and one > 0 for one in said)


def at_once(html: str, uri: str) -> set[str]:
    """The files that the page at `uri` loads before anyone touches it, from the site's root; fonts apart."""
    tags = (tag for tag in TAG.findall(html) if AT_ONCE.search(tag))
    places = (place[1] for tag in tags if (place := ADDRESS.search(tag)))
    return {normpath(join(dirname(uri), place)) for place in places if not place.endswith(FONTS)}


def packed(path: Path) -> int:
    """The bytes that go over the line: of the packed twin, where there is one."""
    twin = path.with_name(path.name + PACKED)
    return (twin if twin.exists() else path).stat().st_size


def too_heavy(kind: str, alone: int, more: int, budget: Budget, source: Path) -> list[Problem]:
    """What is wrong with a page of `alone` bytes that loads `more`, and comes from the file `source`."""
    told = []
    if alone > budget.alone:
        told.append(f"the {kind} has {alone:,} bytes as sent, and {budget.alone:,} are the most")
    if alone + more > budget.first:
        whole = f"{alone + more:,} bytes as sent, and {budget.first:,} are the most"
        told.append(f"a first visit to the {kind} takes {whole}")
    return [Problem(source, 1, 1, message, f"{CURE} '{SETTING}: {kind}'.") for message in told]
