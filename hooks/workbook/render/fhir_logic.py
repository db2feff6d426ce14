"""What a Questionnaire works out for itself: which items are enabled, and the numbers of results."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from workbook import paths
from workbook.fields.base import help_item, sentences
from workbook.render import fhirpath

if TYPE_CHECKING:
    from workbook.fields.base import Condition
    from workbook.fields.result.field import Result
    from workbook.render.view import View

Item = dict[str, Any]
Items = dict[str, Item]  # by the field's id

SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"


def enabled(conditions: Sequence[Condition], items: Items) -> Item:
    """What an item gets so that it is there only while all `conditions` hold, as far as FHIR can say them."""
    conditions = [one for one in conditions if _sayable(one, items)]
    tests = [_tests(one, items) for one in conditions]
    if len(tests) > 1 and any(len(one) > 1 for one in tests):
        # FHIR joins its conditions by all or by any. Some of each must be said as an expression.
        expression = " and ".join(fhirpath.holds(one) for one in conditions)
        return {"extension": [_expression("enableWhenExpression", expression)]}
    found = [test for one in tests for test in one]
    behaviour = {"enableBehavior": "any" if len(tests) == 1 else "all"} if len(found) > 1 else {}
    return {"enableWhen": found, **behaviour} if found else {}


def unsaid(conditions: Sequence[Condition], items: Items) -> list[Condition]:
    """Those of `conditions` that have to be said in words: FHIRPath cannot work out their number."""
    return [one for one in conditions if not _sayable(one, items)]


def _sayable(condition: Condition, items: Items) -> bool:
    return condition.is_ is not None or items[condition.field]["type"] in ("integer", "decimal")


def worked_out(result: Result, view: View, items: Items) -> list[Item]:
    """The item of a result, then what it may say. What FHIRPath cannot work out is left to write in."""
    fields = {field.id: field for field in view.sheet.fields}
    targets = [target for path in result.of if (target := paths.find(fields, path))]
    kind, expression = fhirpath.calculated(result, targets, items) or ("text", "")
    enough = f"Shown from {result.needs} answers on" if expression and result.needs > 1 else None
    how = help_item(result.id, sentences(result.hint, view.how(result), enough))
    item: Item = {"linkId": result.id, "text": result.label, "type": kind, "item": [how]}
    if not expression:
        return [item]
    calculated = {"readOnly": True, "extension": [_expression("calculatedExpression", expression)]}
    return [item | calculated, *_sentences(result, kind)]


def _sentences(result: Result, kind: str) -> Iterator[Item]:
    for number, say in enumerate(result.say, 1):
        limits = (("<", say.under), (">=", say.at_least))
        tests = [_compared(result.id, kind, sign, limit) for sign, limit in limits if limit is not None]
        behaviour = {"enableBehavior": "all"} if len(tests) > 1 else {}
        link_id = f"{result.id}:say-{number}"
        yield {"linkId": link_id, "text": say.text, "type": "display", "enableWhen": tests, **behaviour}


def _tests(condition: Condition, items: Items) -> list[Item]:
    question = condition.field
    if condition.is_ is not None:
        return [
            {"question": question, "operator": "=", "answerCoding": {"code": one}} for one in condition.is_
        ]
    kind = items[question]["type"]
    if condition.under is not None:
        return [_compared(question, kind, "<", condition.under)]
    return [_compared(question, kind, ">=", condition.at_least or 0)]


def _compared(question: str, kind: str, operator: str, number: float) -> Item:
    """FHIR asks for a number of the question's own type. A whole answer is under 6.5 when it is under 7."""
    limit: Item = {"answerDecimal": number}
    if kind == "integer" and abs(number) < 2**31 - 1:
        limit = {"answerInteger": math.ceil(number)}
    return {"question": question, "operator": operator, **limit}


def _expression(name: str, expression: str) -> Item:
    return {"url": SDC + name, "valueExpression": {"language": "text/fhirpath", "expression": expression}}
