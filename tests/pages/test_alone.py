"""Which links stand by themselves, and so have to be as large as a thumb."""

import pytest

from workbook.pages.alone import marked


@pytest.mark.parametrize(
    ("html", "changed"),
    [
        ('<p><a href="x">A page</a></p>', '<p><a class="alone" href="x">A page</a></p>'),
        (
            '<li>\n<a href="x">A <b>page</b></a>\n</li>',
            '<li>\n<a class="alone" href="x">A <b>page</b></a>\n</li>',
        ),
        (
            '<p class="q">Next: <a href="x">On</a>.</p>',
            '<p class="q">Next: <a class="alone" href="x">On</a>.</p>',
        ),
        (
            '<td>(<a class="cite" href="x">A, 2020</a>)</td>',
            '<td>(<a class="alone cite" href="x">A, 2020</a>)</td>',
        ),
        ('<td><a href="x" class="grade">Weak</a></td>', '<td><a href="x" class="alone grade">Weak</a></td>'),
    ],
)
def test_a_link_that_is_all_there_is_stands_alone(html: str, changed: str):
    assert marked(html) == changed


@pytest.mark.parametrize(
    "html",
    [
        '<p>Read <a href="x">this</a> first.</p>',
        '<td><a href="x">One</a>, <a href="y">two</a></td>',
        '<li><a href="x">A page</a> <span class="soft">what it is</span></li>',
        '<pre>&lt;p&gt;</pre><link href="x">',
    ],
)
def test_a_link_among_words_or_others_does_not(html: str):
    assert marked(html) == html


def test_a_class_in_the_words_of_a_link_is_left_alone():
    html = '<p><a href="x">The <b class="b">bold</b></a></p>'

    assert marked(html) == '<p><a class="alone" href="x">The <b class="b">bold</b></a></p>'
