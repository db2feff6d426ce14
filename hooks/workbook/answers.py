"""A person's answers, as far as they can be used: where each is kept, and what counts as one."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook import paths
from workbook.amounts import tidy
from workbook.paths import Target

if TYPE_CHECKING:
    from workbook.fields.base import Field, Option

Fields = Mapping[str, "Field"]
Answers = Mapping[str, Any]

MOST = 1e12  # larger numbers are slips, and would not come out the same in JavaScript
SPACE = re.compile(r"[\s\ufeff]+")  # JavaScript: /[\s\x1c-\x1f\x85]+/, the same characters


class Given(NamedTuple):
    """One answer that counts. `key` is its row, scale or place in the field; '' if it is the only one."""

    key: str
    value: Any


def asked(target: Target) -> Any:
    """The field that asks at `target`: the column of a table, or the field itself."""
    return target.part if hasattr(target.part, "type") else target.field


def options_of(field: Any) -> list[Option]:
    """What can be chosen there. The numbers of a scale are no choice here."""
    return list(field.options or []) if field.type in ("choice", "choices", "rank") else []


def is_number(value: Any) -> bool:
    """True, '7' and infinity are none."""
    return type(value) in (int, float) and abs(value) <= MOST and not math.isnan(value)


def trimmed(text: str) -> str:
    """`text` without space around it, and with single spaces inside."""
    return SPACE.sub(" ", text).strip(" ")


def alike(text: str) -> str:
    """The same for ' Café' and 'CAFÉ'. JavaScript has no casefold; it has normalize and these two."""
    return unicodedata.normalize("NFC", trimmed(text)).upper().lower()


def in_words(field: Field | None, value: Any) -> str:
    """One given answer as people read it: an option's label, a number with its unit, a day."""
    if is_number(value):
        unit = getattr(field, "unit", None)
        return f"{tidy(value)} {unit}" if unit else str(tidy(value))
    labels = {option.id: option.label for option in options_of(field)} if field else {}
    return labels.get(value) or (_day(value) if field and field.type == "date" else trimmed(value))


def _day(text: str) -> str:
    """'2026-11-17' as '17 November 2026'; what is no day as it is."""
    text = trimmed(text)
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{found.day} {found:%B %Y}" if found.isoformat() == text else text


def counts(value: Any, numeric: bool, options: list[str]) -> bool:
    if numeric:
        return is_number(value)
    return isinstance(value, str) and (value in options if options else bool(trimmed(value)))


def stored(target: Target, answer: Any) -> Iterator[Given]:
    """Whatever stands at `target`, in the shape its field keeps answers in."""
    field, part = target.field, target.part
    ids = [part.id] if part else [one.id for one in paths.parts(field)]
    match field.type, answer:
        case "table", list():
            rows = [(str(n), row) for n, row in enumerate(answer, 1) if isinstance(row, dict)]
            yield from (Given(key, row.get(id_)) for key, row in rows for id_ in ids)
        case "grid", dict():
            cells = [(row.id, answer.get(row.id)) for row in getattr(field, "rows", [])]
            rows = [(key, row) for key, row in cells if isinstance(row, dict)]
            yield from (Given(f"{key}.{id_}", row.get(id_)) for key, row in rows for id_ in ids)
        case "wheel", dict():
            yield from (Given("" if part else id_, answer.get(id_)) for id_ in ids)
        case "choices", list():
            yield from (Given(str(n), one) for n, one in enumerate(answer, 1) if one not in answer[: n - 1])
        case "rank", list():
            yield from (Given(str(n), one) for n, one in enumerate(answer, 1))
        case "table" | "grid" | "wheel" | "choices" | "rank", _:
            return
        case _:
            yield Given("", answer)
