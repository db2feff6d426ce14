"""Answers as a FHIR client holds them: without what is hidden, blank or of the wrong type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbook.answers import is_number
from workbook.fields.date.field import is_day
from workbook.results import shown, work_out
from workbook.worksheet import Worksheet

Item = dict[str, Any]


def response(
    questionnaire: Item, fields: Mapping[str, Any], answers: Mapping[str, Any], *, results: bool = False
) -> Item:
    """The QuestionnaireResponse of `answers` as a page keeps them; it gives them away with `results`."""
    if results:
        worked = [item["linkId"] for item in inside(questionnaire["item"]) if item.get("readOnly")]
        answers = {**answers, **{id_: work_out(fields[id_], fields, answers).value for id_ in worked}}
    sections = []
    for section in questionnaire["item"]:
        given = [
            made
            for item in section.get("item", [])
            if (field := fields.get(item["linkId"]))
            and (field.answered or (results and item.get("readOnly")))
            and shown(field, fields, answers)
            for made in _items(item, answers.get(field.id))
        ]
        if given:
            sections.append({"linkId": section["linkId"], "item": given})
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "questionnaire": questionnaire["url"],
        "item": sections,
    }


def _items(item: Item, answer: Any) -> Iterator[Item]:
    if item["type"] == "group" and item.get("repeats"):
        for row in answer if isinstance(answer, list) else []:
            if below := list(_below(item, row)):
                yield {"linkId": item["linkId"], "item": below}
    elif item["type"] == "group":
        if below := list(_below(item, answer)):
            yield {"linkId": item["linkId"], "item": below}
    elif values := list(_values(item, answer)):
        yield {"linkId": item["linkId"], "answer": values}


def _below(item: Item, answer: Any) -> Iterator[Item]:
    """A row of a table, the rows of a grid, the scales of a wheel, the places of a rank."""
    named = {str(place): one for place, one in enumerate(answer, 1)} if isinstance(answer, list) else answer
    for one in item["item"] if isinstance(named, dict) else []:
        yield from _items(one, named.get(one["linkId"].rpartition(".")[2]))


def _values(item: Item, answer: Any) -> Iterator[Item]:
    many = answer if item.get("repeats") and isinstance(answer, list) else [answer]
    codes = [option["valueCoding"]["code"] for option in item.get("answerOption", [])]
    for one in dict.fromkeys(one for one in many if isinstance(one, str | int | float)):
        match item["type"]:
            case "integer" if is_number(one):
                yield {"valueInteger": int(one)}
            case "decimal" if is_number(one):
                yield {"valueDecimal": one}
            case "choice" if one in codes:
                yield {"valueCoding": {"code": one}}
            case "date" if isinstance(one, str) and is_day(one):
                yield {"valueDate": one}
            case "time" if isinstance(one, str) and one:
                yield {"valueTime": f"{one}:00"}
            case "string" | "text" if isinstance(one, str) and one.strip():
                yield {"valueString": one}


def sheet_of(*fields: Item) -> Worksheet:
    """A worksheet with one section of these fields, given as a YAML file gives them."""
    return Worksheet.model_validate(
        {
            "id": "made",
            "title": "Made",
            "summary": "Made for a test.",
            "point": "any",
            "minutes": 1,
            "use_when": "In a test.",
            "version": 1,
            "date": "2026-11-23",
            "status": "active",
            "sources": [],
            "safety": [],
            "sections": [{"id": "all", "title": "All", "fields": list(fields)}],
        }
    )


def inside(items: list[Item]) -> Iterator[Item]:
    """Every item, however deep."""
    for item in items:
        yield item
        yield from inside(item.get("item", []))


def expression(item: Item) -> str | None:
    """The FHIRPath that works an item out, or that says when it is there."""
    found = (
        one["valueExpression"]["expression"] for one in item.get("extension", []) if "valueExpression" in one
    )
    return next(found, None)
