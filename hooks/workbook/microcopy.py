"""The words of buttons, hints and messages, all in microcopy.yml; the build puts them where they are said.

A script says WORDS`part.name`, or WORDS`part.name place=${value} …` where the sentence has {place} in it.
Where the words turn on a number, {count|page|pages} is the first for one and the second for others. What is
published holds the sentence itself, as a string or a template: no list of words is sent to readers.
A template says {{ "part.name" | words(place=value) }}, and Python has `say`. What Typst draws
gets the sentences of a whole part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup, escape

from workbook import source
from workbook.problems import ContentError, Problem, did_you_mean
from workbook.reading.text import Text
from workbook.source import Source

FILE = Path(__file__).with_name("microcopy.yml")
SCRIPTS = Path(__file__).parent / "assets/js"
PROGRAMS = Path(__file__).parents[1]
ROOT = Path(__file__).parents[2]
TEMPLATES = (*(Path(__file__).parent / name for name in ("templates", "fields")), ROOT / "overrides")

TAG = "WORDS`"
PLACE = re.compile(r"\{(\w+)(?:\|([^{}|]+)\|([^{}|]+))?\}")
ASKED = re.compile(r"(?P<name>[a-z]+\.\w+)(?P<first> \w+=)?")
IN_TEMPLATE = re.compile(
    r"""(["'])(?P<name>[a-z]+\.\w+)\1 \| words\b(?:\((?P<given>(?:[^()]|\([^()]*\))*)\))?"""
)
IN_PROGRAM = re.compile(
    r"""microcopy\.say\(\s*"(?P<name>[a-z]+\.\w+)"(?P<given>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)"""
)
PART_IN_PROGRAM = re.compile(r"""microcopy\.part\("(?P<part>[a-z]+)"\)""")
WHOLE_PART = re.compile(r"""\("(?P<part>[a-z]+)\." ~ \w+\) \| words""")  # in a loop over its names
GIVEN = re.compile(r"(?:^|,)\s*(\w+)=")
NEXT = re.compile(r" (\w+)=")
QUOTED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"")

Words = Mapping[str, str]


class Unfit(Exception):
    """A script asks for words that are not there, or gives other values than they have places for."""

    def __init__(self, at: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.at, self.message, self.hint = at, message, hint


def words() -> Words:
    """Every sentence by its name, 'keep.how_long'. Raises ContentError."""
    return _read(FILE, FILE.stat().st_mtime_ns)[1]


def say(name: str, **values: object) -> str:
    """A sentence for a template, with its places filled; markup where one of them is. Raises KeyError."""
    marked = any(isinstance(value, Markup) for value in values.values())

    def filled(place: re.Match[str]) -> str:
        value = values[place[1]]
        if place[2]:
            return place[2] if value == 1 else place[3]
        return escape(value) if marked else str(value)

    said = PLACE.sub(filled, words()[name])
    return Markup(said) if marked else said


def part(name: str) -> dict[str, str]:
    """All sentences of a part by their short names, with their places open: {count} stays {count}."""
    start = f"{name}."
    return {long.removeprefix(start): text for long, text in words().items() if long.startswith(start)}


def problems() -> list[Problem]:
    """What is wrong with the file, with what is asked of it, and what in it nobody asks for."""
    try:
        read, known = _read(FILE, FILE.stat().st_mtime_ns)
    except ContentError as error:
        return list(error.problems)
    found: list[Problem] = []
    wanted: set[str] = set()
    for path in sorted(SCRIPTS.glob("*.js")):
        text = path.read_text(encoding="utf-8")
        found += _unfit(path, text, known)
        wanted |= asked(text)
    for path in (path for folder in TEMPLATES for path in sorted(folder.rglob("*.html"))):
        text = path.read_text(encoding="utf-8")
        found += _unfit_in(IN_TEMPLATE, path, text, known)
        wanted |= asked_in_template(text, known)
    for path in sorted(PROGRAMS.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "microcopy." in text:
            found += _unfit_in(IN_PROGRAM, path, text, known)
            wanted |= asked_in_program(text, known)
    hint = "Take it away, or have a script or a template say it."
    return found + [
        read.problem(tuple(name.split(".")), f"nothing says '{name}'", hint, at_key=True)
        for name in known
        if name not in wanted
    ]


def _unfit(path: Path, script: str, known: Words) -> Iterator[Problem]:
    """Each place where a script asks for words that are not there, or gives values with no place."""
    for tag in re.finditer(TAG, script):
        try:
            parts, values, _ = _template(script, tag.end())
            _said(parts, values, known, tag.start())
        except Unfit as unfit:
            yield _problem(path, script, unfit.at, unfit.message, unfit.hint)


def _unfit_in(asks: re.Pattern[str], path: Path, text: str, known: Words) -> Iterator[Problem]:
    """The same in a template or a program."""
    for found in asks.finditer(text):
        name = found["name"]
        if name not in known:
            yield _problem(path, text, found.start(), *_no_words(name, known))
            continue
        given = GIVEN.findall(re.sub(r"\([^()]*\)", "", found["given"] or ""))
        if sorted(given) != sorted(_places(known[name])):
            yield _problem(path, text, found.start(), *_other_values(name, known[name]))


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> tuple[Source, Words]:
    read = source.read(path, ROOT)
    if problems := list(_misshapen(read)):
        raise ContentError(problems)
    return read, {f"{part}.{name}": text for part, own in read.data.items() for name, text in own.items()}


def _misshapen(read: Source) -> Iterator[Problem]:
    for part, own in read.data.items():
        if not isinstance(own, dict):
            yield read.problem((part,), "here should be names with sentences", "Write 'name: \"Sentence.\"'.")
            continue
        for name, text in own.items():
            if not isinstance(text, str) or not text.strip():
                hint = "Write the sentence in double quotes."
                yield read.problem((part, name), "here should be a sentence", hint)
            elif odd := re.search(r"[\\`$'\"<>&{}\x00-\x1f]", PLACE.sub("", text)):
                hint = "Curly brackets hold a place, as in {count} or {count|page|pages}. Quotes are ‘ ’ “ ”."
                yield read.problem((part, name), f"a sentence cannot hold '{odd[0]}'", hint)


def published(path: Path) -> str:
    """The text of a script with its words in place. Raises ContentError."""
    text, known = path.read_text(encoding="utf-8"), words()
    if found := list(_unfit(path, text, known)):
        raise ContentError(found)
    return in_place(text, known)


def _problem(path: Path, text: str, at: int, message: str, hint: str) -> Problem:
    before = text[:at]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return Text(shown, text, tuple(text.split("\n"))).problem(line, column, message, hint)


def _no_words(name: str, known: Words) -> tuple[str, str]:
    hint = f"Add it to {FILE.name}, or name another. {did_you_mean(name, known)}"
    return f"there are no words with the name '{name}'", hint


def in_place(script: str, known: Words) -> str:
    """A script that says its words. Raises Unfit."""
    made, done = [], 0
    while (at := script.find(TAG, done)) >= 0:
        parts, values, end = _template(script, at + len(TAG))
        made += [script[done:at], _said(parts, [in_place(one, known) for one in values], known, at)]
        done = end
    return "".join([*made, script[done:]])


def asked(script: str) -> set[str]:
    """The names of all words that a script asks for."""
    return {found["name"] for at in re.finditer(TAG, script) if (found := ASKED.match(script, at.end()))}


def asked_in_template(text: str, known: Words) -> set[str]:
    """The names of all words that a template asks for."""
    parts = {found["part"] for found in WHOLE_PART.finditer(text)}
    names = {found["name"] for found in IN_TEMPLATE.finditer(text)}
    return names | {name for name in known if name.partition(".")[0] in parts}


def asked_in_program(text: str, known: Words) -> set[str]:
    """The names of all words that Python asks for."""
    parts = {found["part"] for found in PART_IN_PROGRAM.finditer(text)}
    names = {found["name"] for found in IN_PROGRAM.finditer(text)}
    return names | {name for name in known if name.partition(".")[0] in parts}


def _places(sentence: str) -> list[str]:
    return list(dict.fromkeys(found[1] for found in PLACE.finditer(sentence)))


def _other_values(name: str, sentence: str) -> tuple[str, str]:
    hint = f"The sentence is '{sentence}'. Its places: {', '.join(_places(sentence)) or 'none'}."
    return f"the values given here are not those that '{name}' has places for", hint


def _said(parts: list[str], values: list[str], known: Words, at: int) -> str:
    """The string or template in place of one WORDS`…`."""
    asks = ASKED.fullmatch(parts[0])
    if asks is None:
        raise Unfit(at, "here should be the name of words, such as WORDS`keep.how_long`")
    name = asks["name"]
    if name not in known:
        raise Unfit(at, *_no_words(name, known))
    later = [found[1] if (found := NEXT.fullmatch(one)) else "" for one in parts[1:-1]]
    names = [asks["first"][1:-1], *later] if asks["first"] else []
    sentence = known[name]
    stray = bool(values and parts[-1])
    if stray or len(names) != len(values) or sorted(names) != sorted(_places(sentence)):
        raise Unfit(at, *_other_values(name, sentence))
    if not names:
        return f"'{sentence}'"
    given = dict(zip(names, values, strict=True))
    return "`" + PLACE.sub(lambda found: _filled(found, given[found[1]]), sentence) + "`"


def _filled(place: re.Match[str], value: str) -> str:
    """What stands in the template for {place} or {place|one|others}."""
    one, others = place[2], place[3]
    return f"${{{value} === 1 ? '{one}' : '{others}'}}" if one else f"${{{value}}}"


def _template(text: str, at: int) -> tuple[list[str], list[str], int]:
    """A template literal from its first letter on: its words, what stands in ${…} between, and its end."""
    parts, values, begin = [], [], at
    while text[at : at + 1] != "`":
        if at >= len(text):
            raise Unfit(begin, "a template is not closed")
        if text.startswith("${", at):
            end = _closing(text, at + 2)
            parts.append(text[begin:at])
            values.append(text[at + 2 : end])
            begin = at = end + 1
        else:
            at += 2 if text[at] == "\\" else 1
    return [*parts, text[begin:at]], values, at + 1


def _closing(text: str, at: int) -> int:
    """Where the bracket closes that was opened before `at`."""
    open_ = 1
    while at < len(text):
        if quoted := QUOTED.match(text, at):
            at = quoted.end()
            continue
        if text[at] == "`":
            at = _template(text, at + 1)[2]
            continue
        open_ += {"{": 1, "}": -1}.get(text[at], 0)
        if not open_:
            return at
        at += 1
    raise Unfit(at, "a template is not closed")
