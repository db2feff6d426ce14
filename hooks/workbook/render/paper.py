"""A worksheet as a fillable, tagged PDF, on Letter or A4, in normal or large print; and a picture of it."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook import fonts
from workbook.fields.base import Leaf, Option
from workbook.fingerprint import fingerprint
from workbook.render.pdf.words import body_of, every_text, words

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.worksheet import Worksheet

# What render() takes for each variant, by the ending of its file name.
SIZES = {
    "letter": ("letter", False),
    "a4": ("a4", False),
    "large-letter": ("letter", True),
    "large-a4": ("a4", True),
}
TOKENS = Path(__file__).parents[1] / "assets" / "tokens.css"  # its colours are the paper's
PICTURE = "picture"  # of the first page on A4
WAY = ".way"


def data(sheet: Worksheet, library: Library, size: str) -> dict[str, Any]:
    """All that goes into one PDF or PICTURE, as plain data: what `draw` needs, and its name in a cache."""
    return every(sheet, library)[size]


def every(sheet: Worksheet, library: Library) -> dict[str, dict[str, Any]]:
    """The data of each PDF, by size, and of the PICTURE. They share what does not depend on the size."""
    body, leaves = body_of(sheet, library), list(map(plain, sheet.leaves))
    made: dict[str, dict[str, Any]] = {
        size: {"words": words(sheet, library, *variant, body), "leaves": leaves}
        for size, variant in SIZES.items()
    }
    return made | {PICTURE: {"words": made["a4"]["words"], "picture": True}}


def draw(made: dict[str, Any]) -> bytes:
    """PDF or picture: the same bytes for the same data. ValueError when the font lacks a character."""
    return drawn(made)[""]


def drawn(made: dict[str, Any]) -> dict[str, bytes]:
    """The same as "", and as WAY how it is set, as JSON: a packet sets the sheet so too."""
    # Here: what draws takes 0.15 s to load, and a build in which nothing changed has no use for it.
    from workbook.render.pdf import picture
    from workbook.render.pdf.form import fillable
    from workbook.render.pdf.typeset import first_page, tagged_pdf

    if unprintable := fonts.missing("".join(every_text(made["words"]))):
        names = ", ".join(f"{one!r} (U+{ord(one):04X})" for one in sorted(unprintable))
        raise ValueError(f"{made['words']['title']}: the paper font cannot print {names}")
    if "picture" in made:
        return {"": picture.small(first_page(made["words"], picture.FINE))}
    leaves = list(map(leaf, made["leaves"]))
    pdf, way = tagged_pdf(made["words"])
    return {"": fillable(pdf, leaves, large=made["words"]["large"]), WAY: json.dumps(way).encode()}


def render(sheet: Worksheet, library: Library, size: str, large: bool) -> bytes:
    """One PDF of a worksheet."""
    name = next(name for name, variant in SIZES.items() if variant == (size, large))
    return draw(data(sheet, library, name))


def plain(one: Leaf) -> dict[str, Any]:
    """A leaf as plain data."""
    return vars(one) | {"options": [[option.id, option.label] for option in one.options]}


def leaf(made: dict[str, Any]) -> Leaf:
    """What `plain` made data of."""
    options = (Option.model_construct(id=id_, label=label) for id_, label in made["options"])
    return Leaf(**made | {"path": tuple(made["path"]), "options": tuple(options)})


@cache
def tools() -> str:
    """One word that changes whenever the same data may give other bytes."""
    here = Path(__file__)
    code = [here, *sorted((here.parent / "pdf").glob("*.py")), here.parents[1] / "fonts.py"]
    drawn = [*(here.parents[1] / "templates").rglob("*.typ"), *(here.parents[1] / "templates").rglob("*.svg")]
    fields = (here.parents[1] / "fields").glob("*/field.typ")
    made_with = [f"{name} {version(name)}" for name in ("typst", "pikepdf", "fonttools", "pillow")]
    return fingerprint([*code, *drawn, *fields, TOKENS, fonts.REGULAR, fonts.BOLD, fonts.FORM], *made_with)
