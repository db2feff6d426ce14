"""One worksheet as four pages: ours, SurveyJS, LHC-Forms, and one by hand, about the least there can be."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from sheets import ROOT, real

from workbook import kept, library, outputs, parsing, source
from workbook.render import fhir, screen
from workbook.worksheet import Worksheet

HERE = Path(__file__).parent
SURVEYJS = HERE.parent / "node_modules"
LFORMS = ROOT / "tests" / "node_modules" / "lforms" / "dist" / "lforms"
HEAD = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
HEAD += '<meta name="viewport" content="width=device-width,initial-scale=1"><title>Change worksheet</title>'


@dataclass(frozen=True)
class Peer:
    """A page below the folder, and the first control on it that a person would write in."""

    name: str
    page: str
    control: str


OURS = Peer("ours", "ours/worksheets/change/", "form textarea")
PEERS = (
    OURS,
    Peer("by hand", "hand/", "form textarea"),
    Peer("SurveyJS", "surveyjs/", "#form textarea"),
    Peer("LHC-Forms", "lforms/", "#form textarea"),
)


def write(folder: Path) -> Path:
    """Every page with all that it loads. FileNotFoundError without the npm packages."""
    sheet, found = parsing.worksheet(source.read(HERE / "change.yml", HERE))
    assert sheet, found
    _ours(folder / "ours", sheet)
    _by_hand(folder / "hand", sheet)
    _surveyjs(folder / "surveyjs", sheet)
    _lforms(folder / "lforms", sheet)
    return folder


def _with(sheet: Worksheet) -> library.Library:
    return replace(real(), worksheets={**real().worksheets, sheet.id: sheet})


def _ours(folder: Path, sheet: Worksheet) -> None:
    for output in outputs.of_assets():
        place = folder / output.uri
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(output.read())
    _put(folder / "worksheets" / sheet.id / "index.html", screen.page(sheet, _with(sheet), {}))


def _put(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def _by_hand(folder: Path, sheet: Worksheet) -> None:
    """Labels, native controls, a few lines of style, and answers that are there after a reload."""
    style = (
        "body{font:1.06rem/1.5 system-ui,sans-serif;max-width:48rem;margin:auto;padding:1rem}"
        "textarea,input:not([type=radio],[type=checkbox]){font:inherit;width:100%;box-sizing:border-box}"
        "textarea{field-sizing:content;min-height:4em}label{display:block;min-height:2.75rem}"
        "@media print{button{display:none}fieldset{break-inside:avoid}}"
    )
    fields = "".join(map(_plain_field, sheet.fields))
    keep = """const form = document.forms[0], named = () => [...form.elements].filter((one) => one.name)
const read = (one) => /radio|checkbox/.test(one.type) ? one.checked : one.value
form.addEventListener('input', () => { sessionStorage.sheet = JSON.stringify(named().map(read)) })
const kept = JSON.parse(sessionStorage.sheet ?? '[]')
const write = (one, value) => { one[typeof value === 'boolean' ? 'checked' : 'value'] = value }
named().forEach((one, at) => at in kept && write(one, kept[at]))"""
    buttons = '<p><button type="button" onclick="print()">Print</button> <button>Clear</button></p>'
    body = f"<main><h1>{sheet.title}</h1><form>{fields}{buttons}</form></main><script>{keep}</script>"
    _put(folder / "index.html", f"{HEAD}<style>{style}</style></head><body>{body}</body></html>\n")


def _plain_field(field: Any) -> str:
    leaves = list(field.leaves())
    if field.type in ("scale", "choices"):
        kind = "radio" if field.type == "scale" else "checkbox"
        words = [str(n) for n in range(field.min, field.max + 1)] if field.type == "scale" else None
        words = words or [option.label for option in field.options]
        inside = "".join(
            f'<label><input type="{kind}" name="{field.id}"> {escape(one)}</label>' for one in words
        )
    else:
        inside = "".join(_plain_leaf(leaf, field) for leaf in leaves)
    return f"<fieldset><legend>{escape(field.label)}</legend>{inside}</fieldset>"


def _plain_leaf(leaf: Any, field: Any) -> str:
    name, label = ".".join(map(str, leaf.path)), escape(leaf.label)
    control = (
        f'<input type="number" name="{name}">'
        if "strength" in name
        else f'<textarea name="{name}"></textarea>'
    )
    return f"<label>{label}{control}</label>"


def _surveyjs(folder: Path, sheet: Worksheet) -> None:
    core, ui = SURVEYJS / "survey-core", SURVEYJS / "survey-js-ui"
    parts = (core / "survey-core.fontless.min.css", core / "survey.core.min.js", ui / "survey-js-ui.min.js")
    folder.mkdir(parents=True)
    for part in parts:
        shutil.copy(part, folder / part.name)
    style, *scripts = (part.name for part in parts)
    elements = [{"name": one.id, "title": one.label, **_survey_field(one)} for one in sheet.fields]
    asked = {"showCompleteButton": False, "autoGrowComment": True, "elements": elements}
    loads = "".join(f'<script src="{name}"></script>' for name in scripts)
    run = f"new Survey.Model({json.dumps(asked)}).render(document.getElementById('form'))"
    body = f'<main><h1>{sheet.title}</h1><div id="form"></div></main><script>{run}</script>'
    _put(
        folder / "index.html",
        f'{HEAD}<link rel="stylesheet" href="{style}">{loads}</head><body>{body}</body></html>\n',
    )


def _survey_field(field: Any) -> dict[str, Any]:
    if field.type == "grid":
        columns = [{"name": one.id, "title": one.label, "cellType": "comment"} for one in field.columns]
        rows = [{"value": one.id, "text": one.label} for one in field.rows]
        return {"type": "matrixdropdown", "columns": columns, "rows": rows}
    if field.type == "table":
        columns = [{"name": one.id, "title": one.label, "cellType": "text"} for one in field.columns]
        return {"type": "matrixdynamic", "columns": columns, "rowCount": field.rows}
    if field.type == "scale":
        return {"type": "rating", "rateMin": field.min, "rateMax": field.max, "displayMode": "buttons"}
    if field.type == "choices":
        return {"type": "checkbox", "choices": [one.label for one in field.options]}
    return {"type": "comment"}


def _lforms(folder: Path, sheet: Worksheet) -> None:
    """It gets the Questionnaire that we publish."""
    shutil.copytree(LFORMS, folder / "lforms")
    (folder / "sheet.json").write_bytes(kept.as_json(fhir.render(sheet, _with(sheet))))
    parts = ("assets/lib/zone.min.js", "runtime.js", "polyfills.js", "main.js")
    places = [*(f"lforms/webcomponent/{one}" for one in parts), "lforms/fhir/R4/lformsFHIR.min.js"]
    loads = "".join(f'<script src="{place}"></script>' for place in places)
    run = (
        "fetch('sheet.json').then((answer) => answer.json()).then((asked) =>"
        " LForms.Util.addFormToPage(asked, 'form', {fhirVersion: 'R4', prepopulate: false}))"
    )
    style = '<link rel="stylesheet" href="lforms/webcomponent/styles.css">'
    body = f'<main><h1>{sheet.title}</h1><div id="form"></div></main>{loads}<script>{run}</script>'
    _put(folder / "index.html", f"{HEAD}{style}</head><body>{body}</body></html>\n")
