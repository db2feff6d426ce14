"""A project of many worksheets, packets and pages: varied, and the same for the same seed and number."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from building import ROOT, headed

SHEETS_A_PAGE, SHEETS_A_PACKET = 20, 50
MORE_A_SHEET = 250  # bytes as sent: more than a sheet adds to the list of all, or to the search's index


def _bank(words: str) -> list[str]:
    return words.split()


THINGS = _bank(
    """day week plan urge habit friend meeting walk call letter morning evening night meal sleep worry hope
    goal step feeling thought place song book garden room road choice reason cost wish list note talk visit
    job bill home group hour slip mood body rest tea bus shop door phone pocket card box table chair window"""
)
DOINGS = _bank(
    """notice name plan choose keep find ask tell call write draw count weigh rate sort move wait leave visit
    thank forgive mend share learn try build plant cook clean sing rest read watch hear feel"""
)
KINDS = _bank("quiet hard small good new old long short calm busy safe brave kind slow early late plain warm")
FEELINGS = _bank(
    "Angry Sad Scared Ashamed Lonely Bored Calm Glad Proud Tired Hopeful Lost Loved Numb Tense Free"
)
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NEEDS = ("urge", "slip", "plan", "feelings", "people", "session")


def write(folder: Path, count: int, seed: int = 1) -> Path:
    """The project in `folder`, with a handbook of a page for each SHEETS_A_PAGE sheets."""
    luck = random.Random(f"{seed} {count}")
    for part in ("hooks", "overrides", "docs/assets"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("worksheets", "packets"):
        (folder / "content" / name).mkdir(parents=True)
    for name in ("words.yml", "safety.yml"):
        shutil.copy(ROOT / "content" / name, folder / "content" / name)
    _cut_safety(folder / "content" / "safety.yml")
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    settings.pop("nav")
    for kind in ("list", "search index"):  # what shows all there is grows with it
        settings["extra"]["budgets"][kind] = [
            most + MORE_A_SHEET * count for most in settings["extra"]["budgets"][kind]
        ]
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    ids = [f"{luck.choice(DOINGS)}-{luck.choice(THINGS)}-{number}" for number in range(count)]
    for id_ in ids:
        _dump(folder / "content" / "worksheets" / f"{id_}.yml", _sheet(id_, ids, luck))
    for number in range(max(1, count // SHEETS_A_PACKET)):
        packet = _packet(f"packet-{number}", luck.sample(ids, min(len(ids), 4)), luck)
        _dump(folder / "content" / "packets" / f"{packet['id']}.yml", packet)
    for name, text in _pages(ids, luck).items():
        place = folder / "docs" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    (folder / "content" / "references.yml").write_text("references: []\n", encoding="utf-8")
    return folder


class _Dumper(yaml.SafeDumper):
    """Writes a value out each time it comes."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _dump(place: Path, data: dict[str, Any]) -> None:
    place.write_text(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _cut_safety(place: Path) -> None:
    """The line that every sheet has, without sources and links of the real handbook."""
    crisis = yaml.safe_load(place.read_text(encoding="utf-8"))["crisis"]
    _dump(place, {"crisis": {"text": crisis["text"], "link": {"text": "More", "page": "/crisis/"}}})


def _words(luck: random.Random) -> str:
    return f"{luck.choice(DOINGS)} the {luck.choice(KINDS)} {luck.choice(THINGS)}"


def _sentence(luck: random.Random) -> str:
    form = luck.choice(("You can {}.", "It may help to {}.", "When you are ready, {}.", "Today you can {}."))
    return form.format(_words(luck))


def _question(luck: random.Random) -> str:
    return luck.choice(("How do I {}?", "When will I {}?", "Who can help me to {}?")).format(_words(luck))


def _sheet(id_: str, ids: list[str], luck: random.Random) -> dict[str, Any]:
    sections = [_section(number, luck) for number in range(luck.randint(1, 4))]
    title = f"{_words(luck)} {id_.rpartition('-')[2]}"
    return {
        "id": id_,
        "title": title[0].upper() + title[1:],
        "summary": _sentence(luck),
        "point": luck.choice((1, 2, 3, 4, "any")),
        "minutes": luck.randint(1, 30),
        "use_when": _sentence(luck),
        "version": 1,
        "date": f"2026-{luck.randint(1, 11):02}-{luck.randint(1, 28):02}",
        "status": "active",
        "page": "/",
        "next": sorted({*luck.sample(ids, min(len(ids), 3))} - {id_}),
        "road": "both",
        "needs": luck.sample(NEEDS, luck.randint(0, 2)),
        "sources": [],
        "safety": ["crisis"],
        "sections": sections,
    }


def _section(number: int, luck: random.Random) -> dict[str, Any]:
    kinds = luck.choices(list(FIELDS), k=luck.randint(1, 5))
    fields = [{"id": f"{kind}-{at}", "type": kind, **FIELDS[kind](luck)} for at, kind in enumerate(kinds)]
    for field in fields:
        field["id"] = f"s{number}-{field['id']}"
    title = _words(luck)
    return {
        "id": f"part-{number}",
        "title": title[0].upper() + title[1:],
        "intro": _sentence(luck),
        "fields": fields,
    }


def _some(luck: random.Random, bank: list[str], least: int, most: int) -> list[str]:
    return luck.sample(bank, luck.randint(least, most))


def _table(luck: random.Random) -> dict[str, Any]:
    kinds = [
        {"type": "text"},
        {"type": "date"},
        {"type": "choice", "options": ["Often", "Seldom"]},
        {"type": "scale", "min": 0, "max": 10, "low": "none", "high": "most"},
    ]
    names = _some(luck, FEELINGS, 2, 5)
    columns = [{"id": f"c{at}", "label": name, **luck.choice(kinds)} for at, name in enumerate(names)]
    return {
        "label": _question(luck),
        "rows": luck.randint(2, 7),
        "row_name": luck.choice(THINGS),
        "columns": columns,
    }


FIELDS: dict[str, Callable[[random.Random], dict[str, Any]]] = {
    "text": lambda luck: {"label": _question(luck), "hint": _sentence(luck)},
    "paragraph": lambda luck: {"label": _question(luck), "lines": luck.randint(2, 6)},
    "choice": lambda luck: {"label": _question(luck), "options": _some(luck, FEELINGS, 2, 5)},
    "choices": lambda luck: {"label": _question(luck), "options": _some(luck, FEELINGS, 4, 9)},
    "scale": lambda luck: {
        "label": _question(luck),
        "min": 0,
        "max": luck.choice((5, 10)),
        "low": "none",
        "high": "most",
    },
    "number": lambda luck: {"label": _question(luck), "min": 0, "max": 100},
    "date": lambda luck: {"label": _question(luck)},
    "time": lambda luck: {"label": _question(luck)},
    "note": lambda luck: {"label": _sentence(luck)},
    "grid": lambda luck: {
        "label": _question(luck),
        "rows": _some(luck, DAYS, 2, 7),
        "columns": ["Morning", "Evening"],
    },
    "rank": lambda luck: {"label": _question(luck), "options": _some(luck, FEELINGS, 4, 6)},
    "wheel": lambda luck: {
        "label": _question(luck),
        "scales": _some(luck, FEELINGS, 3, 8),
        "low": "none",
        "high": "most",
    },
    "table": _table,
}


def _packet(id_: str, ids: list[str], luck: random.Random) -> dict[str, Any]:
    title = f"{_words(luck)} {id_}"
    return {
        "id": id_,
        "title": title[0].upper() + title[1:],
        "group": "start",
        "summary": _sentence(luck),
        "for_whom": "Anyone who wants to.",
        "note": _sentence(luck),
        "version": 1,
        "date": "2026-11-27",
        "parts": ["/crisis/", *ids],
    }


def _pages(ids: list[str], luck: random.Random) -> dict[str, str]:
    """The handbook: what hooks ask for, and pages that lead to sheets."""
    made = {
        "index.md": headed("# Home\n\nWords about [a place](crisis.md).\n"),
        "crisis.md": headed("# Crisis { #crisis }\n\nCall someone.\n"),
        "changes.md": headed("# Changes\n\n<!-- changes -->\n"),
        "search.md": (ROOT / "docs" / "search.md").read_text(encoding="utf-8"),
        "worksheets/index.md": headed("# Worksheets\n\n<!-- worksheets -->\n"),
    }
    for number in range(len(ids) // SHEETS_A_PAGE):
        parts = []
        for part in range(luck.randint(2, 5)):
            text = " ".join(_sentence(luck) for _ in range(luck.randint(10, 30)))
            to = luck.choice(ids)
            parts.append(
                f"## {_words(luck).capitalize()} {part}\n\n{text}\n\n[Fill it in](../worksheets/{to}.md)\n"
            )
        title = f"Page {number} on how to {_words(luck)}"
        made[f"read/page-{number}.md"] = headed(f"# {title}\n\n" + "\n".join(parts))
    return made
