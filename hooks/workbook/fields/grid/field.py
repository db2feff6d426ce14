"""Named rows by named columns of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field as Setting

from workbook.fields.base import Fault, Field, Leaf, Parts, Text, item_control, repeated_options


class Grid(Field):
    """A fixed table of boxes to write in. The answer is {row id: {column id: text}}."""

    type: Literal["grid"] = "grid"
    rows: Parts
    columns: Parts
    lines: Annotated[int, Setting(ge=1, le=12, description="Lines to write on in each box, on paper")] = 2
    example: dict[str, dict[str, Text]] | None = None

    def faults(self) -> Iterator[Fault]:
        yield from repeated_options(self.rows, "rows")
        yield from repeated_options(self.columns, "columns")
        if len(self.columns) > 8:
            yield Fault(f"{len(self.columns)} columns do not fit on paper", ("columns",), "A grid has at most 8 columns.")
        rows, columns = {row.id for row in self.rows}, {column.id for column in self.columns}
        for row, cells in (self.example or {}).items():
            if row not in rows:
                yield Fault(f"no row is called {row!r}", ("example", row), f"Known: {', '.join(sorted(rows))}.")
            for column in cells.keys() - columns:
                hint = f"Known: {', '.join(sorted(columns))}."
                yield Fault(f"no column is called {column!r}", ("example", row, column), hint)

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        for row in self.rows:
            for column in self.columns:
                path = (*at, self.id, row.id, column.id)
                yield Leaf(path, f"{row.label}: {column.label}", "area", "paragraph")

    def fhir(self, link_id: str) -> dict[str, Any]:
        rows = [
            {
                "linkId": f"{link_id}.{row.id}",
                "text": row.label,
                "type": "group",
                "item": [
                    {"linkId": f"{link_id}.{row.id}.{column.id}", "text": column.label, "type": "text"}
                    for column in self.columns
                ],
            }
            for row in self.rows
        ]
        return {"type": "group", "extension": [item_control("grid")], "item": rows}

    def given(self, answer: Any) -> str:
        lines = (
            f"{row.label}: " + ". ".join(f"{c.label}: {answer[row.id][c.id]}" for c in self.columns if c.id in answer[row.id])
            for row in self.rows
            if row.id in answer
        )
        return "\n".join(lines)


FIELD = Grid
