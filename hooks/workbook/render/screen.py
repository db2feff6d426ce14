"""A worksheet as a web page: a real form that works, prints and tabs without script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape

from workbook import fields, microcopy, policy
from workbook.clinic.settings import dialled
from workbook.fields.base import Conditions, points_words
from workbook.fingerprint import core
from workbook.library import Library
from workbook.problems import Problem
from workbook.render import head, style
from workbook.render.definition import definition
from workbook.render.view import View, day_words, range_words
from workbook.safety import SafetyLine
from workbook.worksheet import GRADES, Worksheet

TEMPLATES = Path(__file__).parents[1] / "templates"
FRAME = ("page", "strip", "brand")
WHOSE = ("clinic-head", "clinic-foot")
BASE = "../../"  # from /worksheets/<id>/ to the site's root


def render(sheet: Worksheet, library: Library, sizes: Mapping[str, int], index: str = "") -> str:
    """The main content of the page. `sizes` has the bytes of each file beside it, by name.

    Addresses are relative to /worksheets/<id>/; `index` is added to those of folders, to read from a disk.
    """
    view = View(sheet, library, sizes, index)
    return filled("worksheet.html", sheet=sheet, page=view, clinic=library.clinic)


def page(sheet: Worksheet, library: Library, sizes: Mapping[str, int]) -> str:
    """The whole document, for a browser that may open it from a disk."""
    content = render(sheet, library, sizes, "index.html")
    return document(shell(library, sheet.id, sheet.title, sheet.summary, content))


def document(around: Mapping[str, Any]) -> str:
    """A whole page that may be opened from a disk, with its policy; `around` is what `shell` gave."""
    whole = filled("page.html", **{**around, "index": "index.html", "font": "", "head": None})
    return policy.guarded(whole, policy.allowing(whole, policy.SHEET))


def shell(library: Library, name: str, title: str, description: str, content: str) -> dict[str, Any]:
    """What page.html needs, for /worksheets/<name>/ on a server."""
    sheet = library.worksheets.get(name)
    return {
        "title": title,
        "description": description,
        "content": content,
        "base": BASE,
        "index": "",
        "site": library.site,
        "canonical": library.site.address(f"worksheets/{name}/"),
        "font": style.FONT,
        "unlisted": bool(sheet and sheet.for_clinicians),
        "head": head.of_worksheet(library.site, sheet) if sheet else None,
        "needed": style.needed(_frame(whose=bool(library.clinic)) + content, BASE) + own_style(library),
        "clinic": library.clinic,
    }


def own_style(library: Library) -> str:
    """What a clinic's file changes in the style of a page."""
    return library.clinic.style() if library.clinic else ""


@cache
def _frame(*, whose: bool) -> str:
    """What stands around the content of every lean page, for the classes in it."""
    names = FRAME + WHOSE if whose else FRAME
    return "".join((TEMPLATES / f"{name}.html").read_text(encoding="utf-8") for name in names)


def changes(library: Library, moved: Mapping[str, str] | None = None) -> str:
    """What changed in each sheet on the site, and how many are as they came out; seen from /changes/.

    A sheet whose address is old stands there too, by the words of that address: nobody kept its title.
    """
    out = [sheet for sheet in library.worksheets.values() if sheet.status != "draft"]
    changed = sorted(
        (sheet for sheet in out if sheet.changes or sheet.status == "retired"), key=lambda sheet: sheet.title
    )
    return filled(
        "changes.html",
        changed=[(sheet, library.worksheets.get(sheet.replaced_by or "")) for sheet in changed],
        moved=sorted(_moved_sheets(library, moved or {})),
        lines=list(_changed_lines(library, out)),
        first=len(out) - len(changed),
        all=len(out),
    )


def _changed_lines(library: Library, sheets: list[Worksheet]) -> Iterator[tuple[SafetyLine, list[Worksheet]]]:
    """Each safety line with new words, and the sheets on which it stands, or may, by title."""
    for line in library.safety.values():
        having = [one for one in sheets if line.id in {rule.line for rule in one.safety}]
        if line.changes and having:
            yield line, sorted(having, key=lambda one: one.title)


def _moved_sheets(library: Library, moved: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """('Urge diary', its id, where it is now, its title there), as they stand in the list of changes."""
    for old, new in moved.items():
        if old.startswith("/worksheets/") and old.endswith("/"):
            name = old.strip("/").rpartition("/")[2]
            yield name.replace("-", " ").capitalize(), name, new[1:], title(library, new)


def problems(name: str, problems: Iterable[Problem]) -> str:
    """What stands in place of a sheet that cannot be made."""
    return filled("problem.html", name=name, problems=list(problems))


def moved(library: Library, old: str, new: str) -> str:
    """The page at an old address; both from the site's root: /references/, /evidence/references/."""
    up = "../" * (old.count("/") - 1)
    about = {"title": title(library, new), "new": new, "address": up + new[1:], "base": up}
    return filled("moved.html", site=library.site, **about)


def title(library: Library, address: str) -> str:
    """What lies at an address of the site is called; the address itself, where that has no name."""
    titles = {address: page.title for address, page in library.pages.items()}
    titles |= {f"/worksheets/{name}/": sheet.title for name, sheet in library.worksheets.items()}
    titles |= {f"/packets/{name}/": packet.title for name, packet in library.packets.items()}
    return titles.get(address.partition("#")[0], address)


def filled(template: str, **values: Any) -> str:
    return str(_environment().get_template(f"workbook/{template}").render(values))


def keep_compiled(folder: Path) -> None:
    """Compile no template that an earlier build with this code has compiled; `folder` keeps them."""
    _environment().bytecode_cache = FileSystemBytecodeCache(str(folder), f"%s.{core()[:10]}")


@cache
def _environment() -> Environment:
    folders = {"workbook": FileSystemLoader(TEMPLATES), "fields": FileSystemLoader(fields.FOLDER)}
    environment = Environment(
        loader=PrefixLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "definition": definition,
        "conditions": conditions,
        "width_class": style.width_class,
        "range_words": range_words,
        "two_lines": two_lines,
        "linked_numbers": linked_numbers,
        "day_words": day_words,
        "points_words": lambda option: points_words(option.points),
        "meaning": GRADES.__getitem__,
        "words": microcopy.say,
    }
    return environment


def conditions(when: Conditions) -> str:
    """Conditions as JSON, for the script."""
    return json.dumps([one.model_dump(by_alias=True, exclude_none=True) for one in when], ensure_ascii=False)


def linked_numbers(text: str, numbers: Iterable[str]) -> Markup:
    """`text` with a link around each of the numbers, which a phone calls."""
    any_of = "|".join(re.escape(number) for number in sorted(numbers, key=len, reverse=True))
    if not any_of:
        return escape(text)
    parts = re.split(rf"(?<![\w-])({any_of})(?![\w-])", text)  # every second one is a number
    link = Markup('<b><a href="tel:{}">{}</a></b>')
    return Markup("").join(
        link.format(dialled(part), part) if at % 2 else part for at, part in enumerate(parts)
    )


def two_lines(label: str) -> list[str]:
    """`label` broken near its middle, to stand beside a spoke."""
    words = label.split()
    if len(label) <= 8 or len(words) < 2:
        return [label]
    breaks = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
    return list(min(breaks, key=lambda lines: max(map(len, lines))))
