"""All words for people are in a dictionary, or in the project's own list in content/words.yml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sheets import ROOT
from spellchecker import SpellChecker

from workbook import claims, library, source
from workbook.prose import sheets
from workbook.prose.pages import Page
from workbook.prose.passage import Passage
from workbook.prose.words import Words, load

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+")  # nar-anon.org
SHORT_FORM = re.compile(r"[A-Z]{2,6}s?")


@pytest.fixture(scope="module")
def checker() -> SpellChecker:
    checker = SpellChecker(language="en", distance=1)  # looking further for a better word takes seconds
    parts = [part.lower() for name in (*own().names, *own().spelling) for part in name.split()]
    checker.word_frequency.load_words(parts)
    return checker


def own() -> Words:
    return load(ROOT)[0]


def wrong(passages: Iterable[Passage], words: Words, checker: SpellChecker) -> Iterator[tuple[int, int, str]]:
    """The line and column of each word that is in no list, and the word."""
    blank = lambda found: " " * len(found[0])  # noqa: E731 - so that every place stays where it was
    for passage in passages:
        text = ADDRESS.sub(blank, words.name.sub(blank, passage.text))
        for found in WORD.finditer(text):
            word = found[0].replace("’", "'")
            plain = word.lower().removesuffix("'s")
            if not SHORT_FORM.fullmatch(word) and checker.unknown([plain]):
                yield (*passage.at(found.start(), found[0]), word)


def told(path: Path, passages: Iterable[Passage], checker: SpellChecker) -> list[str]:
    shown = path.relative_to(ROOT).as_posix()
    return [
        f"{shown}:{line}:{column}: '{word}'; perhaps '{checker.correction(word) or '?'}'"
        for line, column, word in wrong(passages, own(), checker)
    ]


def test_every_page_is_spelled_right(checker: SpellChecker) -> None:
    found = [
        one
        for path in sorted((ROOT / "docs").rglob("*.md"))
        for one in told(path, Page(path, path.read_text(encoding="utf-8")).passages, checker)
    ]

    assert "\n".join(found) == "", "if a word is right, add it to 'spelling' or 'names' in content/words.yml"


def test_everything_in_the_content_is_spelled_right(checker: SpellChecker) -> None:
    paths = [*library.files(ROOT), *library.files(ROOT, library.PACKETS)]
    found = [
        one
        for path in [*paths, ROOT / library.SAFETY, ROOT / claims.FILE]
        for one in told(path, sheets.passages(source.read(path, ROOT)), checker)
    ]

    assert "\n".join(found) == "", "if a word is right, add it to 'spelling' or 'names' in content/words.yml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A good wlak helps.\n", [(1, 8, "wlak")]),
        ("# Title\n\nOne **moer** try.\n", [(3, 7, "moer")]),
        ("| a |\n| - |\n| recieve |\n", [(3, 3, "recieve")]),
        ("SMART Recovery's NHS page, nar-anon.org, and people's behaviour.\n", []),
        ("`wlak` [@wlak-2020] [walk](wlak.md)\n", []),
    ],
)
def test_a_slip_is_found_where_it_stands(
    checker: SpellChecker, text: str, expected: list[tuple[int, int, str]]
) -> None:
    assert list(wrong(Page(Path("a.md"), text).passages, own(), checker)) == expected


def test_the_list_holds_no_word_that_the_dictionary_knows_or_nobody_uses() -> None:
    plain = SpellChecker(language="en")
    every = (
        "\n".join(
            path.read_text(encoding="utf-8").lower()
            for folder in ("docs", "content/worksheets", "content/packets")
            for path in (ROOT / folder).rglob("*.[my]*")
        )
        + (ROOT / claims.FILE).read_text(encoding="utf-8").lower()
    )

    assert [one for one in own().spelling if not plain.unknown([one.lower()])] == []
    assert [one for one in own().spelling if one.lower() not in every] == []
