"""No page keeps the build waiting: what is absurdly long is refused, and the rest is read in one walk."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from workbook import policy, prose
from workbook.citations.markdown import citations
from workbook.policy import findings
from workbook.prose.pages import Page
from workbook.prose.passage import Passage

ODD = ["<a ", "<a x='", "<!--", "<code ", "<div ", "<script ", "[", "![", "[@a;", "a. ", "…", "`", "{#a", " "]


@contextmanager
def ends() -> Iterator[None]:
    """What takes less than a second in one walk, and hours when it is begun anew at each character."""

    def stop(*_: object) -> None:
        raise TimeoutError("still reading")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("odd", ODD)
def test_a_published_page_is_looked_at_in_one_walk(odd: str) -> None:
    page = odd * (2_000_000 // len(odd))
    with ends():
        list(findings.in_page(page))
        list(findings.in_words(page))
        policy.allowing(page, policy.READING)


@pytest.mark.parametrize("odd", ["<!--", "<code ", "<pre ", "<script ", "<style "])
def test_what_an_author_left_open_is_sought_once(odd: str) -> None:
    with ends():
        (found,) = citations(odd * 100_000 + " [@one]\n")
    assert found.parts[0].key == "one"


def test_sentences_are_found_in_one_walk() -> None:
    with ends():
        assert (
            len(list(Passage("Go there. " * 100_000, "sentence", lambda at, _: (1, at)).sentences()))
            == 100_000
        )


@pytest.mark.parametrize("odd", ODD)
def test_the_longest_page_that_is_read_is_read_at_once(odd: str) -> None:
    line = odd * (prose.LONGEST_LINE // len(odd)) + "\n"
    page = Page(Path("a.md"), line * (prose.LONGEST_PAGE // len(line)))
    with ends():
        assert len(page.visible) == len(page.text)
        list(page.passages)


def test_a_tag_that_does_not_end_is_none() -> None:
    assert list(findings.in_page('<p>a<b <i style="x"')) == []
    assert [one.message for one in findings.in_page('<p>a<b <i style="x">')] == ["a style in a tag"]
