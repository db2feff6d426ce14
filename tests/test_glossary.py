"""Terms: read from the glossary, and marked where a page first uses them."""

from __future__ import annotations

import re

import pytest
from sheets import ROOT

from workbook import glossary
from workbook.glossary import Term
from workbook.glossary.marking import marked

TEXT = """\
# Glossary

**AA**
:   A free group. See [12-step groups](twelve-step/index.md).

**Opioids** <!-- also: opioid -->
:   Drugs such as *heroin*, and [some medicines](safety/medicines.md). They say "stop." See the sheet
    [My plan](worksheets/plan.md).

**Goal** <!-- everyday word -->
:   What you want.
"""
TERMS = list(glossary.terms(TEXT))


def test_a_term_has_its_meaning_in_plain_words_and_the_pages_it_leads_to() -> None:
    expected = [
        Term("aa", "AA", "A free group.", (), frozenset({"twelve-step/index.md"})),
        Term(
            "opioids",
            "Opioids",
            'Drugs such as heroin, and some medicines. They say "stop."',
            ("opioid",),
            frozenset({"safety/medicines.md", "worksheets/plan.md"}),
        ),
        Term("goal", "Goal", "What you want.", everyday=True),
    ]
    assert expected == TERMS


def test_each_term_gets_an_address() -> None:
    assert re.findall(r"^\*\*(\w+)\*\*\{ #([\w-]+) \}", glossary.with_ids(TEXT), re.MULTILINE) == [
        ("AA", "aa"),
        ("Opioids", "opioids"),
        ("Goal", "goal"),
    ]


def put(content: str) -> str:
    return marked(content, TERMS[:2], "../glossary/")


def test_the_first_use_becomes_a_link_that_carries_the_meaning() -> None:
    assert put("<p>An opioid, and opioids.</p><p>Opioid</p>") == (
        '<p>An <a class="term" href="../glossary/#opioids" data-says="Drugs such as heroin, and some '
        'medicines. They say &quot;stop.&quot;">opioid</a>, and opioids.</p><p>Opioid</p>'
    )


@pytest.mark.parametrize(
    "content", ["<p>Go to AA.</p>", "<ul><li>AA</li></ul>", "<table><tr><td>AA</td></tr></table>"]
)
def test_terms_are_marked_where_words_are_read(content: str) -> None:
    assert 'class="term"' in put(content)


@pytest.mark.parametrize(
    "content",
    [
        "<h2>AA</h2>",
        '<p><a href="x">AA</a></p>',
        "<p><code>AA</code></p>",
        '<div class="admonition danger"><p>AA</p></div>',
        '<p class="admonition-title">AA</p>',
        '<ul class="sources"><li>AA</li></ul>',
        '<div class="no-terms"><p>AA</p></div>',
        "<p><select><option>AA</option></select></p>",
        '<p lang="es">AA</p>',
        "<p>aa, AAA, non-AA</p>",
        '<p title="AA">a &amp; b &#38; c<br><img alt="AA"><!-- AA --></p>',
        "AA",
    ],
)
def test_everything_else_stays_as_it_was(content: str) -> None:
    assert put(content) == content


def test_what_comes_after_an_element_that_is_left_alone_is_read_again() -> None:
    assert put('<p><a href="x">x</a> AA <br> AA</p>').count('class="term"') == 1


def test_every_entry_of_the_real_glossary_is_a_term_of_its_own() -> None:
    text = (ROOT / "docs" / glossary.PAGE).read_text(encoding="utf-8")
    found = list(glossary.terms(text))

    assert len(found) == len(re.findall(r"^:   ", text, re.MULTILINE)) > 60
    assert len({one.id for one in found}) == len(found)
    assert [one.name for one in found if not one.says or re.search(r"[\[\]*]|See ", one.says)] == []
