"""Words that change get a new version: content/versions.txt beside what the content says now."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from workbook import source
from workbook.packet import Packet
from workbook.problems import ContentError, Problem, first, quoted
from workbook.reading.text import Text, decode, load
from workbook.safety import SafetyLine
from workbook.worksheet import Worksheet

if TYPE_CHECKING:
    from workbook.source import Loc, Source

FILE = Path("content/versions.txt")
COMMAND = "python -m workbook versions"
LINE = re.compile(
    r"(?P<name>(?:worksheets|packets|safety)/[a-z0-9-]+) (?P<version>[1-9]\d{0,4})"
    r" (?P<date>\d{4}-\d\d-\d\d) (?P<words>[0-9a-f]{12})",
    re.ASCII,
)
HEAD = """\
# The version of all that is out, safety lines too: its number, its day, and a short sum of its words.
# Words that change and keep their version stop a build. Lines of what is gone stay: the FHIR package counts.
# Written by: python -m workbook versions

"""
# What whoever printed a sheet or a packet would find different from theirs. The rest says where it is filed
# and where it leads, how it is cited, and what those read who hand it out.
OF_A_WORKSHEET = ("title", "summary", "use_when", "why", "rights", "safety", "sections")
OF_A_PACKET = ("title", "summary", "for_whom", "note", "parts")
# How words are set out, and an example that only screens show.
LAID_OUT = {"example", "layout", "lines", "picture", "width"}
OF_A_LINE = ("text",)
FEW = 4
SAFETY = "safety"

Part = Worksheet | Packet | SafetyLine


@dataclass(frozen=True, order=True)
class Version:
    """What was published last of one worksheet, packet or safety line."""

    number: int
    date: str
    words: str


@dataclass(frozen=True)
class Versions:
    """The list, what is wrong with the content beside it, and the names of those that it does not know yet.

    `every` is what the content holds by name, as its files say it: without what a clinic puts into it.
    `text` is None where there is no list: then nothing was promised.
    """

    listed: Mapping[str, Version] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    newer: tuple[str, ...] = ()
    text: Text | None = None
    every: Mapping[str, Part] = field(default_factory=dict)


def of(one: Part) -> Version:
    """The version that it has now."""
    said = [_said(getattr(one, name)) for name in _counted(one)]
    words = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return Version(one.version, one.date, sha256(words.encode()).hexdigest()[:12])


def name(one: Part) -> str:
    """'worksheets/urge-log': its folder in content/, or safety, and its id."""
    if isinstance(one, SafetyLine):
        return f"{SAFETY}/{one.id}"
    return f"{'packets' if isinstance(one, Packet) else 'worksheets'}/{one.id}"


def path(name: str) -> Path:
    """The file that says all of it."""
    if line(name):
        return FILE.with_name(f"{SAFETY}.yml")
    return FILE.parent / f"{name}.yml"


def line(name: str) -> str:
    """The id of the safety line that it names; "" of anything else."""
    return name.partition("/")[2] if name.startswith(f"{SAFETY}/") else ""


def out(
    worksheets: Mapping[str, Worksheet], packets: Mapping[str, Packet], lines: Mapping[str, SafetyLine]
) -> dict[str, Part]:
    """All that is published, by name. A draft may change as it likes."""
    sheets: list[Part] = [one for one in worksheets.values() if one.status != "draft"]
    return {name(one): one for one in [*sheets, *packets.values(), *lines.values()]}


def _counted(one: Part) -> tuple[str, ...]:
    if isinstance(one, SafetyLine):
        return OF_A_LINE
    return OF_A_PACKET if isinstance(one, Packet) else OF_A_WORKSHEET


def _said(value: Any) -> Any:
    """What a value says, as plain data: spaces and line ends count for nothing, nor does what is left out."""
    if isinstance(value, BaseModel):
        every = type(value).model_fields
        given = {key: getattr(value, key) for key in every if key not in LAID_OUT}
        return {
            key: _said(one)
            for key, one in given.items()
            if key == "type"
            or (one != every[key].get_default(call_default_factory=True) and not _room(key, one))
        }
    if isinstance(value, list | tuple):
        return list(map(_said, value))
    if isinstance(value, dict):
        return {key: _said(one) for key, one in value.items()}
    return " ".join(value.split()) if isinstance(value, str) else value


def _room(key: str, value: Any) -> bool:
    """Whether this is how many blank rows a table has, and not what its rows are called."""
    return key == "rows" and isinstance(value, int)


def read(root: Path, every: Mapping[str, Part]) -> Versions:
    """The list, held against all that is published now."""
    if not (root / FILE).exists():
        return Versions(every=every)
    try:
        text = decode(load(root / FILE, FILE, root), FILE)
    except ContentError as error:
        return Versions(problems=error.problems, every=every)
    problems: list[Problem] = []
    listed = _listed(text, problems)
    newer = []
    for called, one in every.items():
        now, before = of(one), listed.get(called)
        if before is None or now.number > before.number:
            newer.append(called)
        elif replace(now, date=now.date or before.date) != before and (
            found := _kept_back(root, one, now, before)
        ):
            problems.append(found)
    return Versions(listed, tuple(first(problems)), tuple(sorted(newer)), text, every)


def _listed(text: Text, problems: list[Problem]) -> dict[str, Version]:
    """What stands in the lines. Of two about the same, as a merge leaves them, the later version counts."""
    made: dict[str, Version] = {}
    for number, line in enumerate(text.lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        if found := LINE.fullmatch(line.rstrip()):
            version = Version(int(found["version"]), found["date"], found["words"])
            made[found["name"]] = max(version, made.get(found["name"], version))
        else:
            message = f"{quoted(line.strip())} is no line of this list"
            problems.append(text.problem(number, 1, message, f"Take it out, then run: {COMMAND}"))
    return made


def _kept_back(root: Path, one: Part, now: Version, before: Version) -> Problem | None:
    """What is wrong with a version that fell, or that stayed while its words or its day changed."""
    text = source.read(root / path(name(one)), root)
    if isinstance(one, SafetyLine):
        return _line_kept_back(text, one, now, before)
    if now.number < before.number:
        message = f"this is version {now.number}, and version {before.number} is out already"
        return text.problem(("version",), message, f"Write 'version: {before.number + 1}'. {_told(one)}")
    if now.words != before.words:
        message = f"the words have changed, and this is still version {now.number}"
        hint = f"Write 'version: {now.number + 1}' and today's date. {_told(one)} "
        more = ' "What is different."' if isinstance(one, Worksheet) else ""
        hint += f"Or let this write it: {COMMAND} --changed {name(one)}{more} "
        hint += f"If only a slip of spelling is mended: {COMMAND} --mended {name(one)}"
        return text.problem(("version",), message, hint)
    if now.date < before.date:
        message = f"version {now.number} came out on {before.date}, and this day is before that"
        return text.problem(("date",), message, f"Write {before.date}, or a later day with a new version.")
    return None


def _line_kept_back(text: Source, one: SafetyLine, now: Version, before: Version) -> Problem | None:
    place, known = (one.id, "text"), f"{COMMAND} --mended {name(one)}"
    if now.number < before.number:
        message = (
            f"this line has changed {_times(now.number - 1)}, and {_times(before.number - 1)} is out already"
        )
        hint = "Put back what stood below its 'changes': those who printed it are told by them."
        return text.problem(place, message, hint)
    if now.words != before.words:
        message = "the words of this safety line have changed, and nothing below 'changes' says so"
        hint = "Let this write it, for those who printed them: "
        hint += f'{COMMAND} --changed {name(one)} "What is different." '
        return text.problem(place, message, f"{hint}If only a slip of spelling is mended: {known}")
    if now.date < before.date:
        message = f"the newest words came out on {before.date}, and this day is before that"
        return text.problem(
            (one.id, "changes", 0, "date"), message, f"Write {before.date}, the newest first."
        )
    return None


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _told(one: Part) -> str:
    if isinstance(one, Packet):
        return "Whoever printed it sees by them that theirs is older."
    return "Say below 'changes' what is different, for those who printed it."


def unlisted(found: Versions) -> Problem | None:
    """New versions that the list does not know yet, told once for all of them."""
    if not found.text or not found.newer:
        return None
    count = len(found.newer)
    named = ", ".join(found.newer[:FEW]) + (f" and {count - FEW} more" if count > FEW else "")
    message = f"{count} {'version is' if count == 1 else 'versions are'} newer than this list"
    return found.text.problem(len(found.text.lines), 1, message, f"Run: {COMMAND}. It writes {named}.")


def updated(found: Versions, day: str, mended: Collection[str] = ()) -> str:
    """The file as it should be: new versions, and the words of `mended` under the version that they had.

    `day` is that of a safety line which is new: it says none.
    """
    made = dict(found.listed)
    for called, one in found.every.items():
        now, before = of(one), found.listed.get(called)
        now = replace(now, date=now.date or (before.date if before else day))
        newer = before is None or now.number > before.number
        same = before is not None and (now.number, now.words) == (before.number, before.words)
        if (
            newer
            or (same and before and now.date > before.date)
            or (called in mended and before and now.number == before.number)
        ):
            made[called] = now
    lines = (f"{called} {one.number} {one.date} {one.words}\n" for called, one in sorted(made.items()))
    return HEAD + "".join(lines)


def raised(text: Source, day: str, what: str) -> str:
    """The file of a worksheet or packet with its next version, of this day; and `what` it changed, if said.

    Nothing else in the file moves: no comment, no line.
    """
    lines, number = list(text.lines), text.data["version"] + 1
    edits = [(text.marks[("version",)], str(text.data["version"]), str(number))]
    edits.append((text.marks[("date",)], str(text.data["date"]), day))
    if what:
        change = f"{{version: {number}, date: {day}, what: {json.dumps(what, ensure_ascii=False)}}}"
        edits.append(_change(text, change))
    for (line, column), old, new in sorted(edits, reverse=True):
        before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        lines[line - 1] = before + after.replace(old, new, 1) if old else before + new + after
    return "\n".join(lines)


def line_raised(text: Source, id_: str, day: str, what: str) -> str:
    """The file of the safety lines with what was changed in one of them on this day. Nothing else moves."""
    change = f"{{date: {day}, what: {json.dumps(what, ensure_ascii=False)}}}"
    lines = list(text.lines)
    if text.data[id_].get("changes"):
        (number, column), _, new = _before_the_newest(text, (id_, "changes", 0), change)
        lines[number - 1] = lines[number - 1][: column - 1] + new + lines[number - 1][column - 1 :]
        return "\n".join(lines)
    number, column = text.keys[id_, "text"]
    room = " " * (column - 1)
    lines[number - 1] = f"{room}changes:\n{room}  - {change}\n{lines[number - 1]}"
    return "\n".join(lines)


def _before_the_newest(text: Source, first: Loc, change: str) -> tuple[tuple[int, int], str, str]:
    line, column = text.marks[first]
    before = text.lines[line - 1][: column - 1]
    between = f"\n{before}" if re.fullmatch(r"\s*-\s+", before) else ", "
    return (line, column), "", change + between


def _change(text: Source, change: str) -> tuple[tuple[int, int], str, str]:
    """Where the newest change goes: before the one that was the newest, or below the day."""
    if text.data.get("changes"):
        return _before_the_newest(text, ("changes", 0), change)
    line, _ = text.marks[("date",)]
    whole = text.lines[line - 1]
    return (line, len(whole) + 1), "", f"\nchanges:\n  - {change}"
