"""The words of a worksheet: every string its author wrote for people to read, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from workbook.prose.passage import Finding, Kind, Passage, number_of_words
from workbook.prose.words import Words
from workbook.source import Loc, Place, Source

# What the last name on the way to a string makes of it. Other names hold ids, dates and addresses.
KINDS: dict[str, Kind] = {
    **dict.fromkeys(("title", "label"), "heading"),
    **dict.fromkeys(
        (
            *("summary", "use_when", "rights", "intro", "hint", "text", "aim", "session", "not_when"),
            "what",  # of a change
            *("for_whom", "note"),  # of a packet
            "says",  # of a claim
            "opening",  # of a clinic
        ),
        "sentence",
    ),
    **dict.fromkeys(("low", "high", "unit", "row_name", "options", "words", "rows", "columns"), "words"),
    **dict.fromkeys(("scales", "example"), "words"),
}
SETTINGS = ("when", "of", "is", "show", "see", "next", "sources", "safety", "link")
LONGEST_TITLE = 12  # words
LONGEST_SHORT = 3  # letters of a short form such as GHB
TOLD = ("note", "result")  # types of field that ask nothing
ONE_QUESTION = "Ask one thing in a field: make a second field of the other question, or leave it out."
CASED = re.compile(r"[^\W\d_][\w’'-]*")
FRESH = re.compile(r"(?:^|[.?!:]\s+)[\W\d_]*$")  # where a sentence begins, so that a capital is right


def passages(sheet: Source) -> Iterator[Passage]:
    """Every string for people, with its place."""
    for loc, kind, text in strings(sheet.data):
        at = partial(_place, sheet, loc, text)
        yield Passage(text, kind, at, clinicians="clinician" in loc)


def labels(sheet: Source) -> Iterator[Passage]:
    """What the fields ask and tell: read as sentences, unlike the labels of columns and options."""
    for loc, _, text in strings(sheet.data):
        if loc[-1] == "label" and len(loc) == len(("sections", 0, "fields", 0, "label")):
            yield Passage(text, "sentence", partial(_place, sheet, loc, text))


def strings(data: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Kind, str]]:
    """Every string for people in the data of a worksheet, with the way to it and what it is."""
    if isinstance(data, str):
        if kind := _kind(loc):
            yield loc, kind, data
        return
    if not isinstance(data, dict | list):
        return
    for name, value in data.items() if isinstance(data, dict) else enumerate(data):
        if "example" in loc or name not in SETTINGS:
            yield from strings(value, (*loc, name))


def _kind(loc: Loc) -> Kind | None:
    if "example" in loc:
        return "words"
    names = [one for one in loc if isinstance(one, str)]
    kind = KINDS.get(names[-1]) if names else None
    # The label of an option, a row or a scale; that of a column or a field is a heading.
    return "words" if kind == "heading" and names[-2:-1] in (["options"], ["rows"], ["scales"]) else kind


def _place(sheet: Source, loc: Loc, text: str, offset: int, said: str) -> Place:
    """Where this part of a string stands. It may be folded over lines, quoted, or written with escapes."""
    line, column = sheet.marks[loc]
    word = re.match(r"\S*", said)
    sought = word[0] if word else ""
    if not sought:
        return line, column
    skip = text.count(sought, 0, offset)
    for number in range(line, len(sheet.lines) + 1):
        start = column - 1 if number == line else 0
        while (found := sheet.lines[number - 1].find(sought, start)) >= 0:
            if not skip:
                return number, found + 1
            skip -= 1
            start = found + len(sought)
    return line, column


def findings(sheet: Source, words: Words) -> Iterator[Finding]:
    """What is wrong with the form of titles and questions."""
    for loc, kind, text in strings(sheet.data):
        listed = "example" not in loc and not {"options", "rows", "scales"}.isdisjoint(loc[-3:])
        if kind == "heading" or listed:
            yield from _case(Passage(text, kind, partial(_place, sheet, loc, text)), words)
    yield from _questions(sheet)


def _case(passage: Passage, words: Words) -> Iterator[Finding]:
    """Capitals only where a sentence begins, and in names. A label that is a whole text may name people."""
    if number_of_words(passage.text) > LONGEST_TITLE:
        return
    text = words.name.sub(lambda found: "X" * len(found[0]), passage.text)
    for found in CASED.finditer(text):
        word = found[0]
        capital = word[1:].islower() and word[:1].isupper() and not word.startswith(("I'", "I’"))
        if len(word) > LONGEST_SHORT and word.isalpha() and word.isupper() and set(word) != {"X"}:  # a name
            hint = f"Write '{word.lower()}'. If it is a name, add it to 'names' in content/words.yml."
            yield Finding(passage.at(found.start(), word), word, f"'{word}' in capitals shouts", hint)
        elif FRESH.search(text, 0, found.start()):
            if passage.kind == "heading" and found.start() == 0 and word.islower():
                hint = f"Write '{word[:1].upper()}{word[1:]}'."
                yield Finding(passage.at(0, word), word, "a title or label begins with a capital", hint)
        elif capital:
            hint = f"Write '{word.lower()}'. If it is a name, add it to 'names' in content/words.yml."
            place = passage.at(found.start(), word)
            yield Finding(place, word, f"'{word}' has a capital within a title or label", hint)


def _questions(sheet: Source) -> Iterator[Finding]:
    sections = sheet.data.get("sections")
    for number, section in enumerate(sections if isinstance(sections, list) else ()):
        fields = section.get("fields") if isinstance(section, dict) else None
        for index, field in enumerate(fields if isinstance(fields, list) else ()):
            if not isinstance(field, dict) or field.get("type") in TOLD:
                continue
            asked = 0
            for name in ("label", "hint"):
                text = field.get(name)
                for found in re.finditer(r"\?", text) if isinstance(text, str) else ():
                    asked += 1
                    if asked == 2:
                        loc = ("sections", number, "fields", index, name)
                        place = _place(sheet, loc, str(text), found.start(), "?")
                        yield Finding(place, "?", "a second question in one field", ONE_QUESTION)
