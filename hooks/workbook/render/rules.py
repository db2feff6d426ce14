"""A style sheet as rules: those that a page has a use for, and those for paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

PAPER = "@media print"
GROUPS = ("@media", "@container", "@supports")
IN_BRACKETS = re.compile(r"\([^()]*\)")
CLASS = re.compile(r"\.([a-z][\w-]*)", re.IGNORECASE)
CLASS_IN_PAGE = re.compile(r'\bclass="([^"]*)"')
LIST_PART = re.compile(
    r"(?:[^,()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+"
)  # up to a comma that no bracket holds


@dataclass(frozen=True)
class Rule:
    """`prelude{body}`: a selector with declarations, or a condition with rules of its own."""

    prelude: str
    body: str
    inner: tuple[Rule, ...] = ()

    def __str__(self) -> str:
        return f"{self.prelude}{{{''.join(map(str, self.inner)) or self.body}}}"


def parsed(css: str) -> tuple[Rule, ...]:
    """The rules of a minified style sheet."""
    return tuple(_parsed(css))


def _parsed(css: str) -> Iterator[Rule]:
    depth = start = opened = 0
    for sign in re.finditer(r"[{}]", css):
        if sign[0] == "{":
            depth += 1
            opened = sign.start() if depth == 1 else opened
            continue
        depth -= 1
        if depth == 0:
            prelude, body = css[start:opened].strip(), css[opened + 1 : sign.start()]
            yield Rule(prelude, body, parsed(body) if prelude.startswith(GROUPS) else ())
            start = sign.end()


def for_paper(rules: Iterable[Rule]) -> Iterator[Rule]:
    """What holds on paper alone."""
    return (one for one in rules if one.prelude == PAPER)


def for_page(rules: Iterable[Rule], classes: frozenset[str]) -> Iterator[Rule]:
    """What holds on the screen of a page that has these classes and no others.

    What stands in brackets, as in `:is()` and `:not()`, is not looked at: too many rules do no harm.
    """
    for rule in rules:
        if rule.prelude == PAPER:
            continue
        if rule.prelude.startswith(GROUPS):
            if inner := tuple(for_page(rule.inner, classes)):
                yield replace(rule, inner=inner)
        elif selectors := [one for one in _selectors(rule.prelude) if classes.issuperset(_classes(one))]:
            yield replace(rule, prelude=",".join(selectors))


def classes_in(html: str) -> frozenset[str]:
    """Every class that some element of a page has."""
    return frozenset(name for found in CLASS_IN_PAGE.findall(html) for name in found.split())


@cache
def _selectors(prelude: str) -> list[str]:
    """Those of a list, cut at the commas that stand in no bracket."""
    return [prelude] if prelude.startswith("@") else LIST_PART.findall(prelude)


@cache
def _classes(selector: str) -> list[str]:
    before = None
    while before != selector:
        before, selector = selector, IN_BRACKETS.sub("", selector)
    return CLASS.findall(selector)
