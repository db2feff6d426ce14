"""A tagged PDF whose answers are links, made into one with form fields."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from workbook.fields.base import Leaf
from workbook.render.pdf import tags
from workbook.render.pdf.tree import FieldTree
from workbook.render.pdf.typeface import add_typeface
from workbook.render.pdf.widgets import Widgets

VERBS = ("write", "wrap", "mark", "pick")
LINKS_ONLY = ("/A", "/Contents", "/Border")  # what Typst gives a link and a form field must not have


class Place(NamedTuple):
    """Room for an answer in the template: `write:habit`, `wrap:why`, `mark:goal=stop`, `pick:rank.1`."""

    verb: str
    leaf: str
    option: str
    annotation: pikepdf.Object
    page: pikepdf.Object


def fillable(data: bytes, leaves: list[Leaf], *, large: bool = False) -> bytes:
    """`data` with an AcroForm field for every leaf; ValueError when the template left one out."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        places = list(_places(pdf))
        if unplaced := {leaf.name for leaf in leaves} - {place.leaf for place in places}:
            raise ValueError(f"no place on paper for {', '.join(sorted(unplaced))}")
        _make_form(pdf, places, {leaf.name: leaf for leaf in leaves}, large)
        tags.make_forms(pdf, {int(place.annotation.StructParent) for place in places})
        tags.scope_headers(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _places(pdf: pikepdf.Pdf) -> Iterator[Place]:
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            action = annotation.get("/A", Dictionary())
            verb, _, rest = bytes(action.get("/URI", b"")).decode("ascii").partition(":")
            leaf, _, option = rest.partition("=")
            if verb in VERBS:  # others are links, and stay so
                yield Place(verb, leaf, option, annotation, page.obj)


def _make_form(pdf: pikepdf.Pdf, places: list[Place], leaves: dict[str, Leaf], large: bool) -> None:
    font = add_typeface(pdf)
    tree, widgets = FieldTree(pdf), Widgets(pdf, font, large)
    for place in places:
        widget = place.annotation
        for key in LINKS_ONLY:
            del widget[key]
        widget.Subtype, widget.P = Name.Widget, place.page
        widgets.fill(widget, place.verb, leaves[place.leaf], place.option, tree)
    resources = Dictionary(Font=Dictionary(Body=font))
    look = String(widgets.look)
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(tree.roots), DA=look, DR=resources))
