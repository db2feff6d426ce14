"""Room to answer in plain text: lines to write on, brackets to mark, numbers to circle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from workbook import microcopy
from workbook.fields.base import points_of
from workbook.render.wrap import WIDTH, columns, fill, one_line, wrap

if TYPE_CHECKING:
    from workbook.fields.base import Field, Leaf, Option

INDENT = "  "
NARROW = 24  # a label up to here has its room beside it
SHORT = 30  # options up to here share a line
MARKS = {"one": "( ) ", "many": "[ ] "}


def room(field: Field) -> Iterator[str]:
    """Room for every answer of `field`. Where it asks for more than one, each has its label."""
    leaves = list(field.leaves())
    if [leaf.path for leaf in leaves] == [(field.id,)]:
        yield from _below(leaves[0], getattr(field, "lines", 4))
        return
    if choices := offered(leaves):
        labels = ", ".join(option.label for option in choices)
        yield from wrap(microcopy.say("paper.choose_from", options=labels), INDENT)
    for _, group in groupby(leaves, key=lambda leaf: leaf.path[:-1]):
        yield ""
        yield from _group(list(group), getattr(field, "lines", 2), marked=not choices)


def _group(leaves: list[Leaf], lines: int, *, marked: bool) -> Iterator[str]:
    """Answers that stand together, such as a row of a table; short labels get their room side by side."""
    labels = [one_line(leaf.label) for leaf in leaves]
    widest = max((columns(label) for label in labels if columns(label) <= NARROW), default=0)
    above = ""
    for leaf, label in zip(leaves, labels, strict=True):
        if leaf.control == "area" or columns(label) > NARROW or _long(leaf.options):
            made = [*wrap(label, INDENT), *_below(leaf, lines, marked=marked)]
        else:
            gap = " " * (widest - columns(label))
            made = list(_beside(leaf, INDENT + label + gap + INDENT, marked=marked))
        if "__" in above and made[0]:
            yield ""  # a label needs air below a line that is written on
        yield from made
        above = made[-1]


def legend(field: Field) -> str:
    """What the numbers of `field` mean, said once for all of them: '0 = not at all, 10 = fully'."""
    options = _shared(list(field.leaves()))
    named = ", ".join(f"{one.id} = {one.label}" for one in options if one.label != one.id)
    return (named if are_numbers(options) else "") or getattr(field, "meaning", "")


def offered(leaves: list[Leaf]) -> Sequence[Option]:
    """The options that every place of a list offers again: they are said once, and written in."""
    options = _shared(leaves)
    return () if are_numbers(options) or any(len(leaf.path) != 2 for leaf in leaves) else options


def _shared(leaves: list[Leaf]) -> Sequence[Option]:
    different = {tuple((one.id, one.label) for one in leaf.options) for leaf in leaves}
    return leaves[0].options if len(different) == 1 else ()


def are_numbers(options: Sequence[Option]) -> bool:
    """The ids of authors begin with a letter; those of a scale are its numbers."""
    return bool(options) and not any(option.id[0].isalpha() for option in options)


def _long(options: Sequence[Option]) -> bool:
    return not are_numbers(options) and any(columns(with_points(option)) > SHORT for option in options)


def with_points(option: Option) -> str:
    """An option, and what it counts for when answers are added up: 'Never (0)'."""
    points = points_of(option)
    return option.label if points is None else f"{option.label} ({points})"


def _below(leaf: Leaf, lines: int, *, marked: bool = True) -> Iterator[str]:
    if leaf.control == "area":
        yield from ["", INDENT + "_" * (WIDTH - len(INDENT))] * lines
    elif marked and _long(leaf.options):
        for option in leaf.options:
            mark = INDENT + MARKS[leaf.control]
            yield from wrap(with_points(option), mark, " " * len(mark))
    else:
        yield from _beside(leaf, INDENT, marked=marked)


def _beside(leaf: Leaf, before: str, *, marked: bool) -> Iterator[str]:
    """One line to write on, or what to mark, after the words `before`."""
    hanging = " " * columns(before)
    if not (leaf.options and marked):
        yield from ["", before + "_" * (WIDTH - len(hanging))]
    elif are_numbers(leaf.options):
        yield from fill([option.id for option in leaf.options], "  ", before, hanging)
    else:
        words = [MARKS[leaf.control] + one_line(with_points(option)) for option in leaf.options]
        yield from fill(words, "   ", before, hanging)
