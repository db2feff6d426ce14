"""What a page weighs, and what is said of one that is too heavy."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.weight import Budget, at_once, budgets, packed, too_heavy

HEAD = """\
<link rel="stylesheet" href="../../a.css"><link rel="preload" as="font" href="../../f.woff2">
<link rel="modulepreload" href="b.js"><link rel="canonical" href="https://example.org/x/">
<link href="../c.css" media="print" rel="stylesheet"><script type="application/json">{}</script>
<link rel="next" href="../y/"></head><script type="module" src="../../d.js"></script>"""


def test_what_a_page_loads_at_once_is_known():
    assert at_once(HEAD, "x/y/index.html") == {"a.css", "x/y/b.js", "x/c.css", "d.js"}


def test_a_file_weighs_what_is_sent_of_it(tmp_path):
    (tmp_path / "a.css").write_bytes(b"x" * 900)
    assert packed(tmp_path / "a.css") == 900
    (tmp_path / "a.css.gz").write_bytes(b"x" * 90)
    assert packed(tmp_path / "a.css") == 90


def test_a_page_that_is_too_heavy_is_told_with_its_bytes_its_budget_and_a_cure():
    alone, first = too_heavy("page", 25_001, 50_000, Budget(25_000, 75_000), Path("docs/a.md"))

    assert str(alone).startswith("docs/a.md:1:1: the page has 25,001 bytes as sent, and 25,000 are the most")
    assert "takes 75,001 bytes as sent, and 75,000 are the most" in first.message
    assert "raise its budget: mkdocs.yml, under 'extra: budgets: page'." in alone.hint
    assert too_heavy("page", 25_000, 50_000, Budget(25_000, 75_000), Path("docs/a.md")) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"pages": [1, 2]}, "there is no kind of page called 'pages'"),
        ({"page": [1]}, "'page' needs two whole numbers"),
        ({"page": [1, "2"]}, "'page' needs two whole numbers"),
        ({"page": [0, 2]}, "'page' needs two whole numbers"),
        ({"page": 3}, "'page' needs two whole numbers"),
    ],
)
def test_a_slip_in_the_table_is_told(said, told):
    found, (problem,) = budgets(said, Path("mkdocs.yml"))

    assert told in problem.message
    assert problem.hint
    assert found == {}


def test_without_a_table_nothing_is_weighed():
    assert budgets(None, Path("mkdocs.yml")) == ({}, [])
