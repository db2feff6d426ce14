"""Rows that can be added, with typed columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field as Setting
from pydantic import ValidationError

from workbook.fields import cells
from workbook.fields.base import Fault, Field, Leaf, Text, as_read, fhir_item, item_control
from workbook.problems import did_you_mean, quoted

if TYPE_CHECKING:
    Column = Field
else:
    Column = cells()

NOT_OF_A_COLUMN = {
    "example": "Examples stand in the table's own 'example'.",
    "when": "Put it on the table: a column is always shown.",
}


class Table(Field):
    """One line for each time something happened. The answer is a list of {column id: value}."""

    type: Literal["table"] = "table"
    columns: list[Column] = Setting(min_length=1, max_length=12, description="What to write in each row")
    rows: Annotated[int, Setting(ge=1, le=40, description="Blank rows offered")] = 3
    row_name: Annotated[Text, Setting(max_length=40, description="What one row is, in a word")] = "Row"
    example: list[dict[str, Any]] | None = Setting(default=None, description="Rows of answers by column id")

    def faults(self) -> Iterator[Fault]:
        yield from self._column_faults()
        if len(self.example or []) > 40:
            yield Fault("the example has more than 40 rows", ("example",), "Two or three rows show enough.")
        yield from self._example_faults()

    def _column_faults(self) -> Iterator[Fault]:
        seen: set[str] = set()
        labels: set[str] = set()
        for index, column in enumerate(self.columns):
            settings = column.__dict__  # a column that is wrong in places lacks some of them
            id_ = settings.get("id")
            if id_ in seen:
                message = f"column '{id_}' is there twice"
                yield Fault(message, ("columns", index, "id"), "Give one of them another id.")
            if id_ is not None:
                seen.add(id_)
            label = settings.get("label", "")
            if label and as_read(label) in labels:
                hint = "Nobody can tell them apart: say one another way, or take it out."
                yield Fault(f"two columns are called {quoted(label)}", ("columns", index, "label"), hint)
            labels.add(as_read(label))
            if any(getattr(option, "points", None) is not None for option in settings.get("options") or ()):
                hint = "Take them out, or ask it as a choice of its own."
                yield Fault("the options of a column have no 'points'", ("columns", index, "options"), hint)
            for setting, hint in NOT_OF_A_COLUMN.items():
                if settings.get(setting):
                    yield Fault(f"a column has no '{setting}'", ("columns", index, setting), hint)

    def _example_faults(self) -> Iterator[Fault]:
        """Each cell of the example must be an answer that its column would take."""
        columns = {column.id: column for column in self.columns}
        for row, cells_ in enumerate(self.example or []):
            for name, value in cells_.items():
                place = ("example", row, name)
                if name not in columns:
                    yield Fault(f"no column is called {quoted(name)}", place, did_you_mean(name, columns))
                elif value is not None and (hint := _refused(columns[name], value)):
                    yield Fault(f"{_shown(value)} is not an answer for column '{name}'", place, hint)

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        for row in range(1, self.rows + 1):
            for column in self.columns:
                yield from column.leaves((*at, self.id, str(row)), f"{self.row_name} {row}: {column.label}")

    def fhir(self, link_id: str) -> dict[str, Any]:
        columns = [fhir_item(column, f"{link_id}.{column.id}") for column in self.columns]
        return {"type": "group", "repeats": True, "extension": [item_control("gtable")], "item": columns}

    def given(self, answer: Any) -> str:
        return "\n".join(
            " · ".join(column.given(row[column.id]) for column in self.columns if column.id in row)
            for row in answer
        )


def _refused(column: Field, value: Any) -> str:
    """How an answer of `column` is written, if `value` is none."""
    if not column.whole:
        return ""
    settings = column.model_dump(by_alias=True, exclude_unset=True)
    try:
        type(column).model_validate({**settings, "type": column.type, "example": value})
    except ValidationError as error:
        faults = error.errors(include_url=False)[0].get("ctx", {}).get("faults", ())
        return next((fault.hint for fault in faults), column.asks)
    return ""


def _shown(value: Any) -> str:
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a group"
    return quoted(value) if isinstance(value, str) else str(value).lower()


FIELD = Table
