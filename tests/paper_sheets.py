"""The PDFs that tests look at: every sheet of tests/sheets.py, and three that ask too much of everything."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from sheets import every, made

from workbook import library
from workbook.cache import files
from workbook.fields import FIELDS
from workbook.render import paper
from workbook.worksheet import Section, Worksheet

PAPERS = Path(__file__).parents[1] / ".cache" / "papers"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ODD = r"""#let x = 1 $x^2$ *b* _i_ @ref <tag> \n `code` //not /*no*/ ~ -- --- ... "q" 'a' [l] {c} = - + https://a.example/?b=c#d"""
SENTENCE = "Many words that go on and on, as a careful person writes them when nobody asks for less."


def _field(type_: str, id_: str, **settings: Any) -> Any:
    return FIELDS[type_](type=type_, id=id_, label=settings.pop("label", SENTENCE), **settings)


def _words(count: int, text: str) -> list[dict[str, str]]:
    return [{"id": f"n{number}", "label": label} for number, label in enumerate(_numbered(count, text), 1)]


def _numbered(count: int, text: str) -> list[str]:
    """As many different words; those that nobody could tell apart are a problem."""
    return [f"{number} {text}" for number in range(1, count + 1)]


def _fields(text: str) -> Iterator[Any]:
    """Each type with its largest settings, every word `text`."""
    yield _field("text", "text", label=text, hint=text, max=2000)
    yield _field("paragraph", "paragraph", label=text, hint=text, lines=30)
    yield _field("number", "number", label=text, unit=text)
    yield _field("scale", "scale", label=text, min=-10, max=10, low=text, high=text)
    yield _field("scale", "worded", label=text, max=20, words=_numbered(21, text))
    yield _field("scale", "row-1", label=text, max=4, words=_numbered(5, text))
    yield _field("scale", "row-2", label=text, max=4, words=_numbered(5, text))
    yield _field("choice", "choice", label=text, options=_words(9, text))
    yield _field("choices", "choices", label=text, options=_words(20, text), max=3)
    columns = [
        {"id": f"c{n}", "type": type_, "label": f"{n} {text}"}
        for n, type_ in enumerate(["text", "paragraph", "number", "date", "time", "scale"] * 2)
    ]
    columns[0] |= {"type": "choice", "options": ["Yes", "No"]}
    columns[6] |= {"type": "choice", "options": _words(9, text)}
    yield _field("table", "table", label=text, columns=columns, rows=3, row_name=text[:40])
    yield _field("grid", "grid", label=text, rows=_words(2, text), columns=_words(8, text), lines=12)
    yield _field("rank", "rank", label=text, places=20, options=_words(20, text))
    yield _field("wheel", "wheel", label=text, scales=_words(12, text), low=text, high=text)
    yield _field("note", "note", label=text, see=["/smart/"], when={"field": "choice", "is": ["n1", "n2"]})
    yield _field("result", "result", label=text, show="rank", of=["table.c5", "table.c1"], hint=text)
    yield _field("result", "sum", label=text, show="sum", of=["scale"], say=[{"under": 3, "text": text}])


def _extreme(id_: str, text: str) -> Worksheet:
    fields = list(_fields(text))
    boxes = [one.model_copy(update={"id": f"four-{one.id}"}) for one in fields[6:10]]
    sections = [_section("a", text, "list", fields), _section("b", text, "four", boxes)]
    words = {"title": text[:80], "summary": text, "use_when": text, "sections": sections}
    return made().worksheets["type-text"].model_copy(update={"id": id_, "similar": "12-step work", **words})


def _section(id_: str, text: str, layout: str, fields: list[Any]) -> Any:
    return Section.model_construct(id=id_, title=text, intro=text, layout=layout, fields=fields)


@cache
def extremes() -> library.Library:
    """Three worksheets no author should write: long words, long sentences, and what looks like markup."""
    sheets = {"long-words": LONG, "long-sentences": SENTENCE, "markup": ODD}
    worksheets = {id_: _extreme(id_, text) for id_, text in sheets.items()}
    return library.Library(made().site, worksheets, made().safety)


@cache
def libraries() -> dict[str, library.Library]:
    """Every sheet's id, and the library it stands in."""
    return dict([*every(), *((id_, extremes()) for id_ in extremes().worksheets)])


def sheet(id_: str) -> Worksheet:
    return libraries()[id_].worksheets[id_]


@cache
def pdf(id_: str, size: str = "letter") -> bytes:
    """One PDF as it is published: made once, and kept as a build keeps it."""
    wanted = {size: paper.data(sheet(id_), libraries()[id_], size)}
    return files(wanted, paper.draw, PAPERS, paper.tools())[size].read_bytes()


def boxes(data: bytes) -> list[list[tuple[str, list[float]]]]:
    """Page by page, every box of a form: its field's full name, and left, bottom, right, top in points."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        pages = [page.obj.get("/Annots", []) for page in opened.pages]
        return [[(_name(box), [float(one) for one in box.Rect]) for box in page] for page in pages]


def _name(field: Any) -> str:
    above = _name(field.Parent) if "/Parent" in field else ""
    return f"{above}.{field.T}".lstrip(".") if "/T" in field else above


def terminal_fields(data: bytes) -> dict[str, dict[str, Any]]:
    """Every field that holds a value, by full name, with what a test may ask of it."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        return {name: _facts(field) for name, field in _walk(opened.Root.AcroForm.Fields, "")}


def _walk(fields: Any, above: str) -> Iterator[tuple[str, Any]]:
    for field in fields:
        name = f"{above}.{field.T}".lstrip(".")
        if kids := [kid for kid in field.get("/Kids", []) if "/T" in kid]:
            yield from _walk(kids, name)
        else:
            yield name, field


def _facts(field: Any) -> dict[str, Any]:
    buttons = list(field.get("/Kids", [field]))
    states = [key for one in buttons if field.FT == "/Btn" for key in one.AP.N if key != "/Off"]
    return {
        "type": str(field.FT),
        "flags": int(field.get("/Ff", 0)),
        "tooltip": str(field.TU),
        "value": str(field.get("/V", "")),
        "states": [state.lstrip("/") for state in states],
        "buttons": [str(one.get("/TU", "")) for one in buttons],
        "max": int(field.MaxLen) if "/MaxLen" in field else None,
        "options": [str(one[0]) for one in field.get("/Opt", []) if isinstance(one, pikepdf.Array)],
    }
