"""Rows that can be added, with typed columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field as Setting
from pydantic import TypeAdapter, ValidationError

from workbook.fields import cells
from workbook.fields.base import Fault, Field, Leaf, Text, item_control

if TYPE_CHECKING:
    Column = Field
else:
    Column = cells()


class Table(Field):
    """One line for each time something happened. The answer is a list of {column id: value}."""

    type: Literal["table"] = "table"
    columns: Annotated[list[Column], Setting(min_length=1, max_length=12)]
    rows: Annotated[int, Setting(ge=1, le=40, description="Blank rows offered")] = 3
    row_name: Annotated[Text, Setting(max_length=40, description="What one row is, in a word")] = "Row"
    example: list[dict[str, Any]] | None = None

    def faults(self) -> Iterator[Fault]:
        seen: set[str] = set()
        for index, column in enumerate(self.columns):
            if column.id in seen:
                yield Fault(f"column {column.id!r} is there twice", ("columns", index, "id"), "Give one of them another id.")
            seen.add(column.id)
            for setting in ("example", "when"):
                if getattr(column, setting):
                    hint = "Examples stand in the table's own 'example'." if setting == "example" else ""
                    yield Fault(f"a column has no {setting!r}", ("columns", index, setting), hint)
        if len(self.example or []) > 40:
            yield Fault("the example has more than 40 rows", ("example",))
        yield from self._example_faults()

    def _example_faults(self) -> Iterator[Fault]:
        """Each cell of the example must be an answer that its column would take."""
        columns = {column.id: column for column in self.columns}
        for row, cells_ in enumerate(self.example or []):
            for name, value in cells_.items():
                place = ("example", row, name)
                if name not in columns:
                    yield Fault(f"no column is called {name!r}", place, f"Known: {', '.join(columns)}.")
                elif hint := _refused(columns[name], value):
                    yield Fault(f"{value!r} is not an answer for column {name!r}", place, hint)

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        for row in range(1, self.rows + 1):
            for column in self.columns:
                yield from column.leaves((*at, self.id, str(row)), f"{self.row_name} {row}: {column.label}")

    def fhir(self, link_id: str) -> dict[str, Any]:
        columns = [
            {"linkId": f"{link_id}.{column.id}", "text": column.label, **column.fhir(f"{link_id}.{column.id}")}
            for column in self.columns
        ]
        return {"type": "group", "repeats": True, "extension": [item_control("gtable")], "item": columns}

    def given(self, answer: Any) -> str:
        return "\n".join(
            " · ".join(column.given(row[column.id]) for column in self.columns if column.id in row) for row in answer
        )


def _refused(column: Field, value: Any) -> str:
    """Why `column` would not take `value`; nothing when it would."""
    settings = column.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
    try:
        TypeAdapter(type(column)).validate_python({**settings, "type": column.type, "example": value})
    except ValidationError as error:
        first = error.errors()[0]
        faults = first.get("ctx", {}).get("faults", ())
        return next((fault.hint or f"{fault.message[:1].upper()}{fault.message[1:]}." for fault in faults), "Another kind of value is needed here.")
    return ""


FIELD = Table
