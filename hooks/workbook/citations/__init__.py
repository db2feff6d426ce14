"""The works we lean on: content/references.yml, read, checked, and formatted in APA style."""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, KeysView
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from workbook import source
from workbook.citations.record import Record
from workbook.citations.style import as_html, as_text, formatted, recall
from workbook.parsing import validated
from workbook.problems import ContentError, Problem

FILE = Path("content/references.yml")
Seen = dict[tuple[str, str], int]  # which record had this id, or this DOI, first


@dataclass(frozen=True)
class Bibliography:
    """Every record by its key, and whatever is wrong in the file they come from."""

    records: dict[str, Record]
    problems: tuple[Problem, ...] = ()
    ids: frozenset[str] | None = frozenset()
    file: source.Source | None = None

    @property
    def keys(self) -> KeysView[str]:
        return self.records.keys()

    def mentions(self, key: str) -> bool:
        """Whether the file has this id, even with something wrong below it; unreadable, it may have any."""
        return self.ids is None or key in self.ids

    @property
    def unseen(self) -> frozenset[str]:
        """The works whose record nobody has seen confirmed."""
        return frozenset(key for key, one in self.records.items() if one.custom.confirmed != "page")

    def uncited(self, cited: Collection[str]) -> Iterator[Problem]:
        """A problem for each record that nothing cites."""
        if self.file is None:
            return
        for index, item in enumerate(self.file.data["references"]):
            if isinstance(item, dict) and isinstance(key := item.get("id"), str) and key not in cited:
                hint = f"Cite it where it belongs, [@{key}], or take it out."
                yield self.file.problem(("references", index, "id"), f"nothing cites {key!r}", hint)

    def short(self, key: str) -> str:
        """For the running text: 'Kelly et al., 2020'."""
        return self._formatted(key)[0]

    def year(self, key: str) -> str:
        """For a sentence that names the author itself: '2020'."""
        return self.short(key).rpartition(", ")[2]

    def entry_text(self, key: str) -> str:
        """For paper and plain text: the whole source on one line."""
        return " ".join(filter(None, [as_text(self._formatted(key)[1]), self.caution(key)]))

    def entry_html(self, key: str) -> str:
        """For a list on screen: the whole source, its address a link."""
        entry, caution = as_html(self._formatted(key)[1]), self.caution(key)
        return f'{entry} <span class="source__caution">{html.escape(caution)}</span>' if caution else entry

    def caution(self, key: str) -> str:
        """What is not confirmed about this record, in plain words; empty when all is."""
        return self.records[key].caution

    def in_order(self, keys: Iterable[str]) -> list[str]:
        """These keys as a list of sources has them: by author, then year."""
        return sorted(set(keys), key=lambda key: as_text(self._formatted(key)[1]).casefold())

    def recall(self, folder: Path) -> None:
        """Format every record now, or take it from `folder`, where an earlier build left it."""
        recall(map(self._csl, self.records), folder)

    def _formatted(self, key: str) -> tuple[str, str]:
        return formatted(self._csl(key))

    def _csl(self, key: str) -> str:
        record = self.records[key].model_dump(by_alias=True, exclude_none=True, exclude={"custom"})
        if letter := self._letters.get(key):
            record["year-suffix"] = letter
        return json.dumps(record, sort_keys=True)

    @cached_property
    def _letters(self) -> dict[str, str]:
        """The a, b, c after the year of works that would look alike in the text, by title."""
        alike = Counter(record.short_form for record in self.records.values())
        letters: dict[str, str] = {}
        given: Counter[tuple[str, ...]] = Counter()
        for record in sorted(self.records.values(), key=lambda record: record.title.casefold()):
            if alike[record.short_form] > 1:
                letters[record.id] = chr(ord("a") + given[record.short_form])
                given[record.short_form] += 1
        return letters


def load(root: Path) -> Bibliography:
    """Read the file. What is wrong stands in `problems`, and hides no record that is right."""
    try:
        read = source.read(root / FILE, root)
    except ContentError as error:
        return Bibliography({}, error.problems, None)
    if misnamed := tuple(_misnamed(read)):
        return Bibliography({}, misnamed, None)
    items: list[Any] = read.data["references"]
    problems: list[Problem] = []
    records: dict[str, Record] = {}
    seen: Seen = {}
    for index, item in enumerate(items):
        record = validated(read, Record, item, ("references", index), problems)
        if record:
            problems.extend(_repeated(read, index, record, seen))
            records.setdefault(record.id, record)
    ids = frozenset(str(item["id"]) for item in items if isinstance(item, dict) and "id" in item)
    return Bibliography(records, tuple(sorted(set(problems))), ids, read)


def _misnamed(read: source.Source) -> Iterator[Problem]:
    """What is wrong at the top of the file, which holds one name, `references`, and a list below it."""
    for name in read.data:
        if name != "references":
            hint = "Known: references."
            yield read.problem((name,), f"unknown setting {name!r}", hint, at_key=True)
    if not isinstance(read.data.get("references"), list):
        at = ("references",) if "references" in read.data else ()
        hint = "Write 'references:', and below it one '- id: …' for each work."
        yield read.problem(at, "'references' must be a list", hint)


def _repeated(read: source.Source, index: int, record: Record, seen: Seen) -> Iterator[Problem]:
    """An id or a DOI that an earlier record has; upper and lower case are one to a DOI."""
    for name, value in [("id", record.id), ("DOI", (record.DOI or "").lower())]:
        first = seen.setdefault((name, value), index)
        if value and first != index:
            line = read.problem(("references", first, name), "").line
            hint = f"It was first given on line {line}."
            yield read.problem(("references", index, name), f"{name} {value!r} is given twice", hint)
