"""What a reference in content/references.yml may say: CSL's own names, and how sure we are of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import ConfigDict
from pydantic import Field as Setting

from workbook import microcopy
from workbook.fields.base import Fault, Id, Strict, Text

Kind = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "document",
    "entry-encyclopedia", "pamphlet", "paper-conference", "report", "standard", "thesis", "webpage",
]  # fmt: skip


Day = Annotated[list[int], Setting(min_length=1, max_length=3)]


class Csl(Strict):
    """A part of a record. CSL writes hyphens in its names, Python cannot."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))


class Name(Csl):
    """A person by family and given name, or a body by its literal name."""

    family: Text | None = None
    given: Text | None = None
    suffix: Text | None = None
    dropping_particle: Text | None = None
    non_dropping_particle: Text | None = None
    literal: Text | None = None

    def faults(self) -> Iterator[Fault]:
        if (self.family is None) == (self.literal is None):
            hint = "Write family for a person, literal for a body."
            yield Fault("an author needs 'family' or 'literal', not both", (), hint)


class Issued(Csl):
    """When it came out: [[2017]] or [[2017, 3, 14]]."""

    date_parts: Annotated[list[Day], Setting(min_length=1, max_length=2)]
    circa: bool = False


class Custom(Csl):
    """Our own notes. `confirmed` says how we know the record; `check` what in it is not confirmed yet."""

    confirmed: Literal["page", "listed", "knowledge"]
    finding: Text | None = None
    check: Text | None = None


class Record(Csl):
    """One work. An author is needed: without one, citeproc prints the title twice. Undated, it is 'n.d.'"""

    id: Id
    type: Kind
    author: Annotated[list[Name], Setting(min_length=1)]
    title: Text
    issued: Issued | None = None
    accessed: Issued | None = None  # for a work without a date: when we read it
    container_title: Text | None = None
    publisher: Text | None = None
    edition: Text | None = None
    volume: Text | None = None
    issue: Text | None = None
    page: Text | None = None
    number: Text | None = None
    genre: Text | None = None
    DOI: Text | None = None
    PMID: Text | None = None
    URL: Text | None = None
    custom: Custom

    def faults(self) -> Iterator[Fault]:
        if self.DOI and not re.fullmatch(r"10\.\d{4,9}/\S+", self.DOI):
            yield Fault(f"{self.DOI!r} is not a DOI", ("DOI",), "Write it bare: 10.1037/adb0000237.")
        if self.URL and not re.fullmatch(r"https?://\S+", self.URL):
            yield Fault(f"{self.URL!r} is not an address", ("URL",), "Begin it with https://.")

    @property
    def short_form(self) -> tuple[str, ...]:
        """What APA's short form is made of; two works with the same one need a letter after the year."""
        names = [name.literal or name.family or "" for name in self.author]
        year = str(self.issued.date_parts[0][0]) if self.issued else "n.d."
        return (*(names if len(names) < 3 else [names[0], "et al."]), year)

    @property
    def caution(self) -> str:
        """What a reader should know before leaning on the details, in plain words; empty when nothing."""
        cautions = {
            "page": "",
            "listed": microcopy.say("sources.listed"),
            "knowledge": microcopy.say("sources.from_memory"),
        }
        check = self.custom.check and microcopy.say("sources.still_to_check", what=self.custom.check)
        return " ".join(filter(None, [cautions[self.custom.confirmed], check]))
