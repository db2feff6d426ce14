"""From a YAML source to a model, or to problems in the author's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from workbook.fields.partly import broken_rules, partly
from workbook.packet import Packet
from workbook.parsing.places import values
from workbook.parsing.printable import unprintable
from workbook.parsing.refusals import Refusal, refusals, said
from workbook.parsing.wording import id_hint, thing
from workbook.problems import MOST_LOOKED_AT, ContentError, Problem, first
from workbook.reading.slips import comment_hint
from workbook.references import MOST_ASKED, is_id, problems_within, raw_fields, wrong_name
from workbook.worksheet import Worksheet

if TYPE_CHECKING:
    from workbook.source import Loc, Source

__all__ = ["id_hint", "is_id", "packet", "parse", "validated", "worksheet"]

Model = TypeVar("Model", bound=BaseModel)


def parse(source: Source, model: type[Model], **known: Any) -> Model:
    """Validate one file, or raise `ContentError` naming every line that is wrong."""
    problems: list[Problem] = []
    made = validated(source, model, source.data, (), problems, known)
    if made is None:
        raise ContentError(problems)
    return made


def validated(
    source: Source,
    model: type[Model],
    data: Any,
    at: Loc,
    problems: list[Problem],
    known: dict[str, Any] | None = None,
) -> Model | None:
    """The model made from `data`, which stands at `at`; or None, with the reasons added to `problems`."""
    made: Model | None = None
    found: list[Refusal] = []
    needed: set[Loc] = set()
    try:
        made = model.model_validate({**(known or {}), **data} if isinstance(data, dict) else data)
    except ValidationError as error:
        refused = refusals(error, data, at, model)
        found = [one for one in refused if one.value is not None]
        needed = {one.loc for one in refused if one.value is None and one.needed}
    every = chain(said(found, source), _empty(source, data, at, found, needed), unprintable(source, data, at))
    told = dict.fromkeys(islice(every, MOST_LOOKED_AT))
    problems.extend(told)
    return None if told else made


def worksheet(source: Source) -> tuple[Worksheet | None, list[Problem]]:
    """The worksheet in `source` and every problem in it, references between its parts included."""
    problems: list[Problem] = []
    made = validated(source, Worksheet, source.data, (), problems)
    if made is None:
        problems.extend(islice(_rules_besides(source), MOST_LOOKED_AT))
    problems.extend(islice(problems_within(source, made), MOST_LOOKED_AT))
    found = first(sorted(set(problems)))
    return (None if found else made), found


def packet(source: Source) -> tuple[Packet | None, list[Problem]]:
    """The packet in `source` and every problem in it. Whether its parts are there is asked elsewhere."""
    problems: list[Problem] = []
    made = validated(source, Packet, source.data, (), problems)
    found = first(sorted({*problems, *wrong_name(source, source.data)}))
    return (None if found else made), found


def _rules_besides(source: Source) -> Iterator[Problem]:
    """The broken rules of fields that are wrong in other places too."""
    for at, raw in islice(raw_fields(source.data), MOST_ASKED):
        for fault in broken_rules(partly(raw)):
            yield source.problem((*at, *fault.at), fault.message, fault.hint)


def _commented_out(source: Source, loc: Loc) -> str:
    """What stands behind a # where the value should be: '#0a5', which YAML takes for a comment."""
    line, column = source.marks[loc]
    found = re.match(r"\s*(#\w\S*)", source.lines[line - 1][column - 1 :])
    return found[1] if found else ""


def _empty(source: Source, data: Any, at: Loc, found: list[Refusal], needed: set[Loc]) -> Iterator[Problem]:
    """A name with nothing after it. Even where it may be left out, it is more likely forgotten than meant."""
    mistaken = {one.loc for one in found if one.of_value}
    for loc, value in values(data, at):
        if value is None and not any(loc[:end] in mistaken for end in range(len(at), len(loc) + 1)):
            cure = "Write it there." if loc in needed else "Write it there, or take it out."
            if comment := _commented_out(source, loc):
                cure = comment_hint(comment)
            yield source.problem(loc, f"{thing(loc)} has no value", cure)
