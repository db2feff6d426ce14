"""Every reference for reference managers: as CSL-JSON, BibTeX and RIS."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.citations import Bibliography
    from workbook.citations.record import Name, Record

# CSL's types in the words of the two others; what is not here is of no special kind.
BIBTEX = {
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper"), "article"),
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "thesis": "phdthesis",
    "report": "techreport",
    "pamphlet": "booklet",
}
RIS = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "paper-conference": "CPAPER",
    "thesis": "THES",
    "report": "RPRT",
    "pamphlet": "PAMP",
    "webpage": "ELEC",
    "standard": "STAND",
    "entry-encyclopedia": "ENCYC",
}
SPECIAL = re.compile(r"[&%$#_{}]")


def files(works: Bibliography) -> dict[str, str]:
    """The text of each file by its name."""
    return {name: write(works) for name, write in WRITERS.items()}


def csl_json(works: Bibliography) -> str:
    """CSL's own form. What is not confirmed about a record stands in its note."""
    items = [_csl(record) for record in works.records.values()]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _csl(record: Record) -> dict[str, Any]:
    item = record.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True, exclude={"custom"})
    return item | ({"note": record.caution} if record.caution else {})


def bibtex(works: Bibliography) -> str:
    """BibTeX in UTF-8, in the order of the keys."""
    import bibtexparser  # type: ignore[import-untyped] # loaded when asked for: most builds recall what it made
    from bibtexparser.bibdatabase import BibDatabase  # type: ignore[import-untyped]

    database = BibDatabase()
    database.entries = [_entry(record) for record in works.records.values()]
    return str(bibtexparser.dumps(database))


def _entry(record: Record) -> dict[str, str]:
    holder = "booktitle" if record.type in ("chapter", "paper-conference") else "journal"
    issuer = {"report": "institution", "thesis": "school", "webpage": "organization"}.get(
        record.type, "publisher"
    )
    said = {
        "author": " and ".join(map(_bibtex_name, record.author)),
        "title": f"{{{_escaped(record.title)}}}",
        holder: record.container_title and _escaped(record.container_title),
        issuer: record.publisher and _escaped(record.publisher),
        "year": _year(record),
        "volume": record.volume,
        "number": record.issue or record.number,
        "edition": record.edition,
        "pages": record.page and re.sub(r"[-–]+", "--", record.page),
        "note": _escaped(record.caution),
        "doi": record.DOI,
        "url": record.URL,
    }
    kept = {name: value for name, value in said.items() if value}
    return {"ENTRYTYPE": BIBTEX.get(record.type, "misc"), "ID": record.id, **kept}


def _bibtex_name(name: Name) -> str:
    if name.literal:
        return f"{{{_escaped(name.literal)}}}"
    return ", ".join(_escaped(part) for part in (_family(name), name.suffix, name.given) if part)


def _escaped(text: str) -> str:
    return SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def ris(works: Bibliography) -> str:
    """RIS, a record after the other."""
    import rispy  # type: ignore[import-untyped]

    return str(rispy.dumps([_ris(record) for record in works.records.values()]))


def _ris(record: Record) -> dict[str, Any]:
    first, _, last = (record.page or "").replace("–", "-").partition("-")
    said = {
        "type_of_reference": RIS.get(record.type, "GEN"),
        "id": record.id,
        "authors": [_ris_name(name) for name in record.author],
        "title": record.title,
        "secondary_title": record.container_title,
        "publisher": record.publisher,
        "year": _year(record),
        "volume": record.volume,
        "number": record.issue or record.number,
        "edition": record.edition,
        "start_page": first,
        "end_page": last,
        "doi": record.DOI,
        "urls": [record.URL] if record.URL else None,
        "notes": [record.caution] if record.caution else None,
    }
    return {name: value for name, value in said.items() if value}


def _ris_name(name: Name) -> str:
    return name.literal or ", ".join(filter(None, [_family(name), name.given, name.suffix]))


def _family(name: Name) -> str:
    return " ".join(filter(None, [name.dropping_particle, name.non_dropping_particle, name.family]))


def _year(record: Record) -> str:
    return str(record.issued.date_parts[0][0]) if record.issued else ""


WRITERS: Mapping[str, Callable[[Bibliography], str]] = {
    "references.json": csl_json,
    "references.bib": bibtex,
    "references.ris": ris,
}
