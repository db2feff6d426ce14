"""The index of the search, out of the HTML of pages."""

from __future__ import annotations

import json

from workbook.pages import search

PAGE = """<h1 id="top">Urges<a class="headerlink" href="#top">¶</a></h1>
<p>Cafés are hard for you.<script>secret()</script></p>
<h2 id="surf">Ride <em>it</em> out<a class="headerlink" href="#surf">¶</a></h2><p>Waves<br>pass</p>
<dl><dt id="term-aa"><strong>AA</strong></dt><dd>A free <a href="x">group</a>.</dd>
<dt>Urge</dt><dd>A wish.</dd></dl>"""


def read(*found: search.Entry) -> dict:
    return json.loads(search.index(found).decode().removeprefix("searchIndex(").removesuffix(")\n"))


def test_a_page_is_found_by_its_words_and_its_headings():
    page, *_ = search.entries("page", "Urges", "smart/urges/", "A wave.", PAGE)

    assert {"urges", "wave", "cafes", "hard", "ride", "waves", "pass"} <= page.words
    assert not {"secret", "you", "for", "are"} & page.words
    assert page.parts == [("Ride it out", "surf")]


def test_a_term_is_an_entry_of_its_own():
    _, *terms = search.entries("page", "Glossary", "glossary/", "", PAGE)

    assert [(one.title, one.address, one.says) for one in terms] == [
        ("AA", "glossary/#term-aa", "A free group."),
        ("Urge", "glossary/", "A wish."),
    ]


def test_the_index_holds_each_word_once_and_is_the_same_whatever_came_first():
    sheet = search.Entry("worksheet", "Urge log", "worksheets/urge-log/", "Note it.", {"urge", "log"})
    page = search.Entry("page", "Urges", "smart/urges/", "A wave.", {"urge"}, [("Ride it out", "surf")])

    assert search.index([sheet, page]) == search.index([page, sheet])
    assert read(sheet, page) == {
        "entries": [
            [0, "Urges", "smart/urges/", "A wave.", [["Ride it out", "surf"]]],
            [1, "Urge log", "worksheets/urge-log/", "Note it.", []],
        ],
        "words": {"log": [1], "urge": [0, 1]},
        "same": [],
    }


def test_words_that_could_end_a_script_stay_words():
    hostile = search.Entry("page", "</script><b>\u2028'\"", "a/", "`${x}`", {"x"})

    assert read(hostile)["entries"][0][1] == "</script><b>\u2028'\""


def test_an_answer_to_what_people_say_is_no_word_of_the_glossary():
    html = '<dl><dt id="x">Does it work?</dt><dd>In part.</dd></dl>'
    kinds = [
        [one.kind for one in search.entries("page", "A page", address, "", html)]
        for address in ("glossary/", "evidence/claims/")
    ]

    assert kinds == [["page", "term"], ["page", "claim"]]
