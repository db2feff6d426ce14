"""The worksheets that tests render: every real one, and one made of the examples of each field type."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from workbook import kept, library, outputs, packed, site
from workbook.fields import examples_by_field
from workbook.fields.base import Field
from workbook.render.leaflet import Leaflets
from workbook.render.packet.paper import Layouts
from workbook.worksheet import Section, Worksheet

ROOT = Path(__file__).parents[1]


@cache
def real() -> library.Library:
    """The content of this project."""
    return library.load(ROOT, site.read(ROOT))


@cache
def _scripts() -> TemporaryDirectory[str]:
    folder: TemporaryDirectory[str] = TemporaryDirectory()
    within = "assets/workbook/js/"
    for output in outputs.of_assets():
        if output.uri.startswith(within):
            path = Path(folder.name, output.uri.removeprefix(within))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(output.read())
    return folder


def scripts() -> Path:
    """The folder of the pages' scripts as they are published, with their words in place."""
    return Path(_scripts().name)


def printed(among: library.Library) -> Leaflets:
    """What its packets print of the handbook's pages, as an earlier run of the tests found out."""
    made, problems = packed.leaflets(among, ROOT / ".cache" / "leaflets")
    assert problems == []
    return made


@cache
def leaflets() -> Leaflets:
    """Those of this project."""
    return printed(real())


def set_as_alone(among: library.Library) -> Layouts:
    """How the sheets of its packets are set on paper."""
    return packed.layouts(among, kept.papers(among, ROOT / ".cache" / "papers").__getitem__)


@cache
def layouts() -> Layouts:
    """Those of this project."""
    return set_as_alone(real())


@cache
def made() -> library.Library:
    """A library of one worksheet for each field type, holding all its examples."""
    sheets = {f"type-{name}": _sheet(name, examples) for name, examples in examples_by_field().items()}
    return library.Library(site.read(ROOT), sheets, real().safety, real().bibliography)


def _sheet(name: str, examples: dict[str, Field]) -> Worksheet:
    fields = []
    for number, field in enumerate(examples.values(), 1):
        fields.append(field.model_copy(update={"id": f"field-{number}"}))
    if name == "result":
        fields = [*_answers(), *fields]
    return Worksheet.model_construct(
        id=f"type-{name}",
        title=f"Every kind of {name}",
        summary="All the examples of one field type.",
        point="any",
        minutes=5,
        use_when="When you test.",
        version=3,
        date="2026-11-23",
        changes=[],
        status="active",
        replaced_by=None,
        page=None,
        next=[],
        road="both",
        needs=[],
        why=None,
        clinician=None,
        similar=None,
        rights=None,
        sources=[],
        safety=[],
        sections=[Section.model_construct(id="all", title="All", intro=None, layout="list", fields=fields)],
    )


def _answers() -> list[Field]:
    """What the examples of `result` work on."""
    examples = examples_by_field()
    wheel = examples["wheel"]["four parts"]
    named = {"log": examples["table"]["a log"], "one": examples["scale"]["nought to ten"]}
    named |= {"two": examples["number"]["plain"], "weight": wheel, "content": wheel}
    named |= {"often": examples["choice"]["options with points"]}
    return [field.model_copy(update={"id": id_}) for id_, field in named.items()]


def every() -> list[tuple[str, library.Library]]:
    """Every worksheet as (id, the library it stands in)."""
    return [(id_, one) for one in (made(), real()) for id_ in one.worksheets]


# Every kind of field and every way that sheets are built, for tests of the page in two browsers. One journey
# goes through all of them (tests/browser/test_every_sheet.py). EVERY_SHEET=1 takes all for the others too:
# minutes more.
SOME = (
    "audit",
    "balance-wheel",
    "change-plan",
    "how-ready",
    "my-month",
    "question-the-thought",
    "sleep-and-routine",
    "urge-log",
    "what-i-gain",
    "withdrawal-check",
)


def chosen() -> list[str]:
    """The real sheets that browsers open in each run."""
    return sorted(real().worksheets) if os.environ.get("EVERY_SHEET") else list(SOME)
