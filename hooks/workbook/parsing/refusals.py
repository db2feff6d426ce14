"""What pydantic refused, one by one, and who says what about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.parsing.places import follow
from workbook.parsing.settings import said_of_field, said_of_missing, said_of_type, said_of_unknown
from workbook.parsing.wording import of_value

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    from workbook.problems import Problem
    from workbook.source import Loc, Source


class Refusal(NamedTuple):
    """One thing that pydantic refused: of what kind, where in the file, and the model whose setting it is."""

    kind: str
    loc: Loc
    owner: type[BaseModel]
    value: Any
    context: dict[str, Any]

    @property
    def of_value(self) -> bool:
        """Whether what stands there is itself wrong, so that nothing more need be said of what is in it."""
        return (
            self.kind not in ("faults", "missing", "union_tag_invalid", "union_tag_not_found")
            and self.value is not None
        )

    @property
    def needed(self) -> bool:
        """Whether it is a setting that must be there."""
        return any(
            self.loc[-1:] == (info.alias or name,) and info.is_required()
            for name, info in self.owner.model_fields.items()
        )


def refusals(error: ValidationError, data: Any, at: Loc, model: type[BaseModel]) -> list[Refusal]:
    """Every refusal. What has no value is told apart from the others."""
    found = []
    for item in error.errors(include_url=False):
        kind = item["type"]
        below, owner = follow(model, item["loc"], data, missing=kind == "missing")
        if kind == "int_type" and item["loc"][-1] == "int" and below[-1:] != ("int",):
            kind = "float_type"  # whole or not, it is a number that is wanted
        if not (kind == "faults" and _unfinished(item["input"])):
            found.append(Refusal(kind, (*at, *below), owner, item["input"], item.get("ctx", {})))
    return found


def _unfinished(value: Any) -> bool:
    """Whether a setting has no value yet; then the rules between the settings can wait."""
    return isinstance(value, dict) and None in value.values()


def said(found: list[Refusal], source: Source) -> Iterator[Problem]:
    """The refusals in the author's words. Missing settings of one place are told together."""
    missing: dict[Loc, list[str]] = {}
    meant = set()
    for one in found:
        if one.kind == "missing":
            missing.setdefault(one.loc[:-1], []).append(str(one.loc[-1]))
            continue
        for problem in _problems(one, source):
            yield problem
            if one.kind == "extra_forbidden":
                meant.add((one.loc[:-1], problem.hint))
    for holder, names in missing.items():
        if wanted := [name for name in names if (holder, f"Did you mean '{name}'?") not in meant]:
            yield source.problem(holder, *said_of_missing(wanted, holder, source))


def _problems(one: Refusal, source: Source) -> Iterator[Problem]:
    match one.kind:
        case "faults":
            for fault in one.context["faults"]:
                yield source.problem((*one.loc, *fault.at), fault.message, fault.hint)
        case "union_tag_invalid":
            if one.value["type"] is not None:
                yield source.problem(
                    (*one.loc, "type"), *said_of_type(one.value["type"], one.loc, one.context)
                )
        case "union_tag_not_found":
            yield source.problem(one.loc, *said_of_field(one.loc, source))
        case "extra_forbidden":
            yield source.problem(one.loc, *said_of_unknown(str(one.loc[-1]), one.owner, one.loc), at_key=True)
        case _:
            yield source.problem(
                one.loc, *of_value(one.kind, one.context, one.value, one.loc, source, needed=one.needed)
            )
