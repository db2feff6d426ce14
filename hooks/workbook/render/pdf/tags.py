"""The tags of a PDF: answers are forms and not links, and every header cell says what it heads."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name


def make_forms(pdf: pikepdf.Pdf, structure_parents: set[int]) -> None:
    """Retag as Form the elements of the annotations with these numbers."""
    for number, element in _numbered(pdf.Root.StructTreeRoot.ParentTree):
        if number in structure_parents:
            element.S = Name.Form
            if "/Alt" in element:
                del element.Alt


def scope_headers(pdf: pikepdf.Pdf) -> None:
    """Typst cannot say yet what a header cell heads: the cells of the head row do it for columns.

    A first cell of words before cells with forms does it for its row; one without anything is no header.
    """
    for row in [one for one in _elements(pdf.Root.StructTreeRoot.K) if one.S == "/TR"]:
        in_head = bool(row.P.S == "/THead")
        cells = list(row.K)
        for cell in cells:
            if "/K" not in cell or (isinstance(cell.K, Array) and not len(cell.K)):
                cell.S = Name.TD
                attributes = _table_attributes(cell)
                if "/Scope" in attributes:
                    del attributes.Scope
            elif in_head:
                cell.S = Name.TH
                _table_attributes(cell).Scope = Name.Column
        if not in_head and len(cells) > 1 and not _has_form(cells[0]) and all(map(_has_form, cells[1:])):
            cells[0].S = Name.TH
            _table_attributes(cells[0]).Scope = Name.Row


def _numbered(tree: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    numbers = list(tree.get("/Nums", ()))
    for number, element in zip(numbers[::2], numbers[1::2], strict=True):
        yield int(number), element
    for kid in tree.get("/Kids", ()):
        yield from _numbered(kid)


def _elements(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every structure element under `root`, in reading order."""
    stack: list[pikepdf.Object | None] = [root]
    while stack:
        here = stack.pop()
        if isinstance(here, pikepdf.Array):
            stack.extend(reversed(list(here)))
        elif isinstance(here, pikepdf.Dictionary) and "/S" in here:
            yield here
            stack.append(here.get("/K"))


def _has_form(cell: pikepdf.Object) -> bool:
    return any(one.S == "/Form" for one in _elements(cell))


def _table_attributes(cell: pikepdf.Object) -> pikepdf.Object:
    """The cell's table attributes, made when it has none."""
    attributes = cell.get("/A")
    if attributes is None:
        cell.A = Array()
    elif not isinstance(attributes, pikepdf.Array):
        cell.A = Array([attributes])
    for one in cell.A:
        if one.get("/O") == "/Table":
            return one
    cell.A.append(Dictionary(O=Name.Table))
    return cell.A[-1]
