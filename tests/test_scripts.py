"""Our scripts survive being made smaller."""

import re

import pytest
from sheets import ROOT, real

from workbook import microcopy

SCRIPTS = sorted((ROOT / "hooks/workbook/assets/js").glob("*.js"))
PIECE = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|\\.|[`{}]|\$\{", re.DOTALL)


def nested_templates(text):
    """The lines on which a template literal stands inside another."""
    depths = []  # for each open template: None in its words, else how many braces are open in its ${…}
    at = 0
    while match := PIECE.search(text, at):
        piece, at = match.group(), match.end()
        in_words = bool(depths) and depths[-1] is None
        if in_words and piece not in ("`", "${"):
            at = match.end() if piece[0] == "\\" else match.start() + 1
        elif piece == "`":
            if in_words:
                depths.pop()
            else:
                if depths:
                    yield text.count("\n", 0, match.start()) + 1
                depths.append(None)
        elif piece == "${" and in_words:
            depths[-1] = 0
        elif depths and piece in "{}":
            depths[-1] = None if piece == "}" and not depths[-1] else depths[-1] + (1 if piece == "{" else -1)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_template_stands_inside_another(path):
    """rjsmin takes the inner one for code, and its spaces away. Words are in place before it comes."""
    assert list(nested_templates(microcopy.published(path))) == []


def test_a_template_inside_another_is_found():
    assert list(nested_templates("a = `x ${b.map((c) => { return `- ${c}` })} y`")) == [1]
    assert list(nested_templates("a = `x ${b} 'y`\nc = `${`d`}`")) == [2]
    assert list(nested_templates("a = `{ ${b({})} }` + `c` // `\n")) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_asks_the_form_for_what_a_field_may_be_called(path):
    """`form.elements` is the field with the id `elements`, and `form.after` the one called `after`."""
    words = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    other_forms = path.name.startswith(("pdf", "shelf"))  # a PDF's, and the shelf's own, whose names we give
    assert other_forms or re.findall(r"\bform\.[a-z]+\b", words) == []


def test_no_script_is_beyond_an_old_iphone():
    """One that looks behind in a pattern does not run at all in Safari of before 2023."""
    behind = re.compile(r"\(\?<[=!]")
    patterns = {
        path.name: path.read_text(encoding="utf-8")
        for path in [*(ROOT / "hooks").rglob("*.js"), *(ROOT / "docs").rglob("*.js")]
    }
    patterns["content/search.yml"] = real().other_words.alarm

    assert len(patterns) > 40
    assert [name for name, text in patterns.items() if behind.search(text)] == []
