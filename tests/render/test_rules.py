"""Of a style sheet's rules a page gets those it has a use for."""

import re

from sheets import every, real

from workbook.render import rules, screen, style

WRITTEN = re.compile(r"class(?:Name)?:? ?=? ?['\"]([a-z][^'\"]*)['\"]|'(btn second)'")
CSS = (
    "a{color:red}.card,.note b{margin:0}.note .card{margin:1px}.note:is(.card,.x:not(.y,.z)),.card{top:0}"
    "@media (min-width:1em){.card{left:0}.x{left:1px}}@container (min-width:1em){.x{left:0}}"
    '@font-face{src:url("a.woff2")}@media print{.card{top:1px}}'
    "@supports (top:0){@media (min-width:2em){.card{top:2px}}}"
)


def of_page(*classes):
    return "".join(map(str, rules.for_page(rules.parsed(CSS), frozenset(classes))))


def test_every_rule_comes_back_as_it_was():
    assert "".join(map(str, rules.parsed(CSS))) == CSS


def test_a_selector_stays_when_the_page_has_all_its_classes():
    assert of_page("card").startswith(
        "a{color:red}.card{margin:0}.card{top:0}@media (min-width:1em){.card{left:0}}@font"
    )
    assert ".note .card{margin:1px}.note:is(.card,.x:not(.y,.z)),.card{top:0}" in of_page("card", "note")


def test_a_condition_without_rules_goes_with_them():
    assert of_page() == 'a{color:red}@font-face{src:url("a.woff2")}'
    assert "@supports (top:0){@media (min-width:2em){.card{top:2px}}}" in of_page("card")


def test_paper_is_apart():
    assert "".join(map(str, rules.for_paper(rules.parsed(CSS)))) == "@media print{.card{top:1px}}"
    assert "print" not in of_page("card", "note", "x")


def test_classes_are_those_of_elements():
    assert rules.classes_in('<p class="a b">class="c"</p><p class="">') >= {"a", "b"}


def test_no_class_of_the_style_is_used_by_no_sheet():
    """A rule for a class that is nowhere is a slip of the pen, or left over."""
    on_pages = frozenset[str]().union(
        *(rules.classes_in(screen.page(library.worksheets[id_], library, {})) for id_, library in every())
    )
    added = {name for names in style.ADDED.values() for name in names}
    screens = [one for one in style.rules_of_sheets() if one.prelude != rules.PAPER]
    named = {name for one in _flat(screens) for name in re.findall(r"\.([a-z][\w-]*)", one)}

    assert named - on_pages - added <= {"problem", "state", "clinic"}  # what cannot be made, drafts, a copy


def test_what_the_script_may_add_to_any_page_has_its_style():
    ours = (one for one in (style.ASSETS / "js").glob("*.js") if not one.name.startswith("packet"))
    scripts = "".join(path.read_text(encoding="utf-8") for path in ours)
    written = {name for found in WRITTEN.findall(scripts) for name in " ".join(found).split()}
    screens = [one for one in style.rules_of_sheets() if one.prelude != rules.PAPER]
    named = {name for one in _flat(screens) for name in re.findall(r"\.([a-z][\w-]*)", one)}
    on_each = frozenset.intersection(
        *(rules.classes_in(screen.page(library.worksheets[id_], library, {})) for id_, library in every())
    )

    assert {"option", "hint", "field", "btn", "second", "vh"} <= written & named
    with_more = {"safety", "cell", "row", "rows", "none", "add", "remove", "is-remove", "worked"}
    assert (written & named) - on_each - set(style.ADDED["tools"]) <= with_more


def _flat(some):
    for one in some:
        yield from _flat(one.inner) if one.inner else ([] if one.prelude.startswith("@") else [one.prelude])


def test_every_token_that_a_style_of_sheets_asks_for_is_there_and_no_other():
    page = screen.page(real().worksheets["urge-log"], real(), {})
    there = set(re.findall(r"(--[\w-]+):", page))
    asked = "".join([page, style.whole(""), style.parts(), style.packets(), style.printed()])

    assert there == set(re.findall(r"var\((--[\w-]+)", asked))


def test_letters_of_other_languages_come_when_they_are_there_or_may_be_written():
    sheet = '<p class="field">Less</p>'

    assert "latin-ext" not in style.needed(sheet, "")
    assert "latin-ext" in style.needed(sheet.replace("Less", "Mniej żółci"), "")
    assert "latin-ext" in style.parts()
    assert "latin-ext" in style.reading()
