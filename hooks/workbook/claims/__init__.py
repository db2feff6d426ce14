"""What we say about results: content/claims.yml, checked against the works that each claim rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook import source
from workbook.citations import Bibliography
from workbook.claims.claim import Claim
from workbook.parsing import validated
from workbook.problems import ContentError, Problem
from workbook.references.abroad import missing, too_sure
from workbook.source import Loc, Source

__all__ = ["FILE", "Claim", "Claims", "load"]

FILE = Path("content/claims.yml")


@dataclass(frozen=True)
class Claims:
    """Every claim by its id, and whatever is wrong in the file they come from.

    `ids`: all that the file names, with something wrong below it or not. None: unreadable, it may have any.
    """

    claims: dict[str, Claim]
    problems: tuple[Problem, ...] = ()
    ids: frozenset[str] | None = frozenset()
    file: Source | None = None

    def mentions(self, id_: str) -> bool:
        return self.ids is None or id_ in self.ids

    def about(self, name: str) -> list[Claim]:
        """The claims of one table, in the order of the file."""
        return [claim for claim in self.claims.values() if claim.about == name]

    def unshown(self, shown: Collection[str]) -> Iterator[Problem]:
        """A problem for each claim that stands in no table on any page."""
        if self.file is None:
            return
        for index, item in enumerate(self.file.data["claims"]):
            claim = self.claims.get(str(item.get("id"))) if isinstance(item, dict) else None
            if claim and claim.about not in shown:
                hint = f"Put <!-- claims: {claim.about} --> on a page, or name a table that is there."
                yield self.file.problem(("claims", index, "about"), "no page shows this claim", hint)

    @property
    def keys(self) -> list[str]:
        """Every work that a claim rests on or that speaks against one, each once."""
        return list(
            dict.fromkeys(key for one in self.claims.values() for key in (*one.sources, *one.against))
        )


def load(root: Path, works: Bibliography) -> Claims:
    """Read the file; a project without one makes no claims. What is wrong stands in `problems`."""
    if not (root / FILE).exists():
        return Claims({})
    try:
        read = source.read(root / FILE, root)
    except ContentError as error:
        return Claims({}, error.problems, None)
    items = read.data.get("claims")
    if not isinstance(items, list) or len(read.data) > 1:
        hint = "Write 'claims:', and below it one '- id: …' for each claim."
        return Claims({}, (read.problem((), "this file holds one list, 'claims'", hint),), None)
    problems: list[Problem] = []
    made: dict[str, Claim] = {}
    for index, item in enumerate(items):
        claim = validated(read, Claim, item, ("claims", index), problems)
        if claim:
            problems.extend(_wrong(read, index, claim, made, works))
            made.setdefault(claim.id, claim)
    ids = frozenset(str(item["id"]) for item in items if isinstance(item, dict) and "id" in item)
    return Claims(made, tuple(sorted(set(problems))), ids, read)


def _wrong(
    read: Source, index: int, claim: Claim, earlier: dict[str, Claim], works: Bibliography
) -> Iterator[Problem]:
    at: Loc = ("claims", index)
    if claim.id in earlier:
        yield read.problem((*at, "id"), f"id '{claim.id}' is given twice", "Give one of them another name.")
    for name in ("sources", "against"):
        keys: list[Any] = getattr(claim, name)
        places = (((*at, name, number), key) for number, key in enumerate(keys))
        yield from missing(read, "source", places, works.ids)
    if wrong := too_sure(claim.grade, claim.sources, works.unseen):
        yield read.problem((*at, "grade"), *wrong)
