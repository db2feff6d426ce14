"""content/search.yml: the words that people type, beside those that the site uses, and those of danger."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from pydantic import Field as Setting

from workbook import parsing, source
from workbook.fields.base import Strict, Text
from workbook.problems import ContentError, Problem

FILE = Path("content/search.yml")


class OtherWords(Strict):
    """The whole file. `danger`: phrases, a * for any ending. `same`: phrases of one meaning in each list."""

    danger: list[Text] = Setting(default=[])
    same: list[list[Text]] = Setting(default=[])

    @property
    def alarm(self) -> str:
        """A pattern for JavaScript that fits, in small letters without accents, where danger is spoken of."""
        each = "|".join(filter(None, map(_pattern, self.danger)))
        # Not (?<!...): on iPhones of before 2023 a script that has it does not run at all.
        return rf"(?:^|[^a-z0-9])(?:{each})(?![a-z0-9])" if each else "(?!)"

    @property
    def meanings(self) -> list[list[str]]:
        """`same`, each phrase as the searches compare it."""
        return [[plain(one) for one in some] for some in self.same]


def plain(text: str) -> str:
    """Small letters without accents; the searches do the same with what is typed."""
    loose = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return "".join(one for one in loose if not unicodedata.combining(one))


def _pattern(phrase: str) -> str:
    """Words after each other, whatever stands between them: a blank, a hyphen, nothing."""
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)?\*?", plain(phrase))
    return "[^a-z0-9]*".join(one.replace("'", "'?").replace("*", "[a-z0-9]*") for one in words)


def load(root: Path) -> tuple[OtherWords, list[Problem]]:
    """The file, and what is wrong with it; a project without it has no such words."""
    problems: list[Problem] = []
    if not (root / FILE).exists():
        return OtherWords(), problems
    try:
        read = source.read(root / FILE, root)
    except ContentError as error:
        return OtherWords(), list(error.problems)
    return parsing.validated(read, OtherWords, read.data, (), problems) or OtherWords(), problems
