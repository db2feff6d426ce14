"""What a page says of itself: checked with line and cure, and told at its end as it is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from sheets import ROOT

from workbook import frontmatter
from workbook.frontmatter import FrontMatter
from workbook.render import reading

GOOD = "title: A page\ndescription: It is a test.\nwritten: 2026-11-23\nreview: 2027-11-23\n"


def told(folder: Path, **pages: str) -> str:
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return "\n".join(map(str, frontmatter.check(folder, folder)))


def test_a_page_that_says_what_it_is_passes(tmp_path: Path) -> None:
    assert told(tmp_path, a=f"---\n{GOOD}hide: [toc]\n---\n# A\n") == ""


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("title: A page\n", "", 1, "title"),
        ("description: It is a test.\n", "", 1, "description"),
        ("written: 2026-11-23", "written: 2026-23-11", 4, "is not a day"),
        ("review: 2027-11-23\n", "", 1, "review"),
        ("review:", "reviewd:", 5, "Did you mean 'reviewed'?"),
        ("review:", "reviewed: 2027-01-10\nreview:", 5, "'reviewed' stands without 'reviewer'"),
        ("review:", "updated: 2026-11-22\nreview:", 5, "'updated' is before 'written'"),
    ],
)
def test_a_slip_is_told_with_its_line(tmp_path: Path, before: str, after: str, line: int, said: str) -> None:
    found = told(tmp_path, a=f"---\n{GOOD.replace(before, after)}---\n# A\n")

    assert re.search(rf"^a\.md:\d+:\d+: .*{re.escape(said)}|{re.escape(said)}", found, re.MULTILINE)
    assert line == 1 or f"a.md:{line}:" in found


def test_a_page_without_a_top_is_told_how_to_begin(tmp_path: Path) -> None:
    assert "a.md:1:1: the page says nothing of itself\n  1 | # A\n      ^\n  Begin it" in told(
        tmp_path, a="# A\n"
    )


def test_a_top_without_an_end_is_told_so(tmp_path: Path) -> None:
    assert "a.md:1:1: what the page says of itself has no end" in told(tmp_path, a="---\ntitle: A\n\n# A\n")


def test_no_two_pages_have_the_same_title_or_description(tmp_path: Path) -> None:
    found = told(tmp_path, a=f"---\n{GOOD}---\n", b=f"---\n{GOOD}---\n")

    assert "b.md:2:8: the title of another page" in found
    assert "b.md:3:14: the description of another page" in found
    assert "a.md" in found


def test_every_page_says_what_it_is() -> None:
    assert "\n".join(map(str, frontmatter.check(ROOT / "docs", ROOT))) == ""


# The end of a page


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def matter(**more: str) -> FrontMatter:
    known = {"title": "A", "description": "B", "written": "2026-11-23", "review": "2027-11-23"}
    return FrontMatter.model_validate({**known, **more})


def test_a_page_says_that_no_clinician_has_read_it() -> None:
    html = reading.status(matter(), "the project", 12, "../../")

    assert "Not yet reviewed by a clinician." in words(html)
    assert "Written by the project on 23 November 2026. To be read again by 23 November 2027." in words(html)
    assert 'href="#sources">12 sources</a>' in html
    assert "No person is named as its author." in words(html)
    assert "No group, clinic, drug company or fund paid for its words." in words(html)
    assert 'href="../../about/#errors"' in html
    assert "not linked to, or endorsed by, SMART Recovery, AA, NA or any other group" in words(html)


def test_a_page_names_who_has_to_read_it_and_who_has() -> None:
    assert "Not yet reviewed by a pharmacist." in words(
        reading.status(matter(awaits="a pharmacist"), "x", 0, "")
    )
    read = words(reading.status(matter(reviewed="2027-01-10", reviewer="Ann <b>, MD"), "x", 0, ""))
    assert "Reviewed by Ann &lt;b&gt;, MD on 10 January 2027." in read
    assert "Not yet" not in read


def test_a_page_with_an_author_does_not_say_that_it_has_none() -> None:
    read = words(reading.status(matter(author="Ann Author, nurse"), "the project", 0, ""))

    assert "Written by Ann Author, nurse on" in read
    assert "No person is named" not in read


def test_a_program_that_makes_dates_of_days_is_understood() -> None:
    meta = {"title": "A", "description": "B", "written": date(2026, 11, 23), "review": date(2027, 11, 23)}

    assert frontmatter.of({**meta, "hide": ["toc"]}) == matter()
    assert frontmatter.of({"title": "A"}) is None
