"""Named rows by named columns of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field as Setting

from workbook.fields.base import Fault, Field, Leaf, Parts, Text, item_control
from workbook.problems import did_you_mean, quoted


class Grid(Field):
    """A fixed table of boxes to write in. The answer is {row id: {column id: text}}."""

    type: Literal["grid"] = "grid"
    rows: Annotated[Parts, Setting(description="The name of each row")]
    columns: Annotated[Parts, Setting(description="The name of each column")]
    lines: Annotated[int, Setting(ge=1, le=12, description="Lines to write on in each box, on paper")] = 2
    example: dict[str, dict[str, Text]] | None = Setting(
        default=None, description="By row id, then column id"
    )

    def faults(self) -> Iterator[Fault]:
        if len(self.columns) > 8:
            hint = "Keep 8, and put the others in a second grid."
            yield Fault(f"{len(self.columns)} columns do not fit on paper", ("columns",), hint)
        rows, columns = [row.id for row in self.rows], [column.id for column in self.columns]
        for row, cells in (self.example or {}).items():
            if row not in rows:
                yield Fault(f"no row is called {quoted(row)}", ("example", row), did_you_mean(row, rows))
            for column in cells.keys() - {*columns}:
                message = f"no column is called {quoted(column)}"
                yield Fault(message, ("example", row, column), did_you_mean(column, columns))

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
            f"{row.label}: "
            + ". ".join(f"{c.label}: {answer[row.id][c.id]}" for c in self.columns if c.id in answer[row.id])
            for row in self.rows
            if row.id in answer
        )
        return "\n".join(lines)


FIELD = Grid
