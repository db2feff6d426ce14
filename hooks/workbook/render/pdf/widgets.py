"""Form fields: what each place for an answer becomes."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from workbook.fields.base import Leaf, Option
from workbook.render.pdf import appearance
from workbook.render.pdf.tree import FieldTree

MULTILINE, RADIO, COMBO = 1 << 12, 1 << 15, 1 << 17
WHITE = (1, 1, 1)


class Widgets:
    """Makes form fields of link annotations, sharing appearances of the same size."""

    look = "/Body 0 Tf 0.1 g"  # size 0: what is typed shrinks until it fits
    large_look = "/Body 16 Tf 0.1 g"  # for several lines, which readers begin at 12 points

    def __init__(self, pdf: pikepdf.Pdf, font: pikepdf.Object, large: bool) -> None:
        self._pdf, self._font, self._large = pdf, font, large
        self._drawn: dict[tuple[str, float, float], pikepdf.Object] = {}
        self._states: dict[tuple[str, str, float, float], pikepdf.Object] = {}

    def fill(self, widget: pikepdf.Object, verb: str, leaf: Leaf, option: str, tree: FieldTree) -> None:
        """Turn `widget` into a field for `leaf`, or into the button of its `option`."""
        if verb != "mark":
            self._typed(widget, verb, leaf)
            tree.add(leaf.path, widget)
        elif leaf.control == "many":
            self._button(widget, leaf, _option(leaf, option), "Yes")
            widget.FT, widget.V = Name.Btn, Name.Off
            tree.add((*leaf.path, option), widget)
        else:
            # Nothing forbids switching the chosen button off again: an answer can be taken back.
            settings = {"FT": Name.Btn, "Ff": RADIO, "V": Name.Off, "TU": String(leaf.label)}
            group = tree.group(leaf.path, **settings)
            self._button(widget, leaf, _option(leaf, option), option)
            widget.Parent = group
            group.Kids.append(widget)

    def _typed(self, widget: pikepdf.Object, verb: str, leaf: Leaf) -> None:
        """A box to type in, or a list to pick from."""
        widget.TU, widget.DA, widget.V = String(leaf.label), String(self.look), String("")
        if verb == "pick":
            widget.FT, widget.Ff = Name.Ch, COMBO
            # The first entry, with nothing in it, takes an answer back.
            # A cell of a table has room for a number, not for what it means.
            entries = [(one.id, one.id if leaf.kind == "scale" else one.label) for one in leaf.options]
            widget.Opt = Array([String(""), *(Array(map(String, entry)) for entry in entries)])
        else:
            widget.FT, widget.Ff = Name.Tx, MULTILINE if verb == "wrap" else 0
            if self._large and verb == "wrap":
                widget.DA = String(self.large_look)
            # Once there is an answer, white hides the lines to write on below it.
            widget.MK = Dictionary(BG=Array(WHITE)) if verb == "wrap" else Dictionary()
            if leaf.max_length:
                widget.MaxLen = leaf.max_length
        # Each has an appearance of its own: qpdf and others write what is typed into the one that is there.
        widget.AP = Dictionary(N=self._new_appearance("/Tx BMC EMC", *_size(widget)))

    def _button(self, widget: pikepdf.Object, leaf: Leaf, option: Option, state: str) -> None:
        """A circle or box to mark, off at first, with a drawing of itself marked."""
        width, height = _size(widget)
        if leaf.control == "many":
            marked = appearance.check(width, height)
        elif leaf.kind == "scale":
            marked = appearance.disc(width, height, option.id)
        else:
            marked = appearance.spot(width, height)
        widget.AP, widget.AS = self._on_and_off(state, marked, width, height), Name.Off
        widget.TU = String(f"{leaf.label}: {words(leaf, option)}")
        widget.MK = Dictionary(CA=String("4" if leaf.control == "many" else "l"))

    def _on_and_off(self, state: str, marked: str, width: float, height: float) -> pikepdf.Object:
        key = (state, marked, width, height)
        if key not in self._states:
            on, off = self._appearance(marked, width, height), self._appearance("", 1, 1)
            states = Dictionary({f"/{state}": on, "/Off": off})
            self._states[key] = self._pdf.make_indirect(Dictionary(N=states))
        return self._states[key]

    def _appearance(self, content: str, width: float, height: float) -> pikepdf.Object:
        key = (content, width, height)
        if key not in self._drawn:
            self._drawn[key] = self._new_appearance(content, width, height)
        return self._drawn[key]

    def _new_appearance(self, content: str, width: float, height: float) -> pikepdf.Object:
        return self._pdf.make_stream(
            content.encode("cp1252"),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, width, height]),
            Resources=Dictionary(Font=Dictionary(Body=self._font)) if "/Body" in content else Dictionary(),
        )


def words(leaf: Leaf, option: Option) -> str:
    """What is read out for an option: a number of a scale says itself and what it means."""
    if leaf.kind == "scale" and option.id != option.label:
        return f"{option.id} = {option.label}"
    return option.label


def _option(leaf: Leaf, id_: str) -> Option:
    return next(one for one in leaf.options if one.id == id_)


def _size(widget: pikepdf.Object) -> tuple[float, float]:
    left, bottom, right, top = map(float, widget.Rect)
    return round(right - left, 1), round(top - bottom, 1)
