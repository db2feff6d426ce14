"""Citations: `[@key]` in a page, content/references.yml behind it, and the hook between the two."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from small_project import REFERENCES, SITE, root_with

from workbook import citations, cites, library, microcopy, site
from workbook.citations import page, style

ROOT = Path(__file__).parents[1]
HOOK = ROOT / "hooks" / "citations.py"

ROTTER = """\
  - id: rotter-1966
    type: article-journal
    author: [{family: Rotter, given: J. B.}]
    title: Generalized expectancies
    container-title: Psychology & Health
    issued: {date-parts: [[1966]]}
    volume: "80"
    page: 1-28
    DOI: 10.1037/abc123
    custom: {confirmed: page}
"""
KELLY = """\
  - id: kelly-2020
    type: article-journal
    author: [{family: Kelly, given: J. F.}, {family: Humphreys, given: K.}, {family: Ferri, given: M.}]
    title: Twelve-step programs
    container-title: Reviews
    issued: {date-parts: [[2020]]}
    custom: {confirmed: page, finding: 27 studies.}
"""


def bibliography(tmp_path: Path, *records: str) -> citations.Bibliography:
    (tmp_path / "content").mkdir(exist_ok=True)
    (tmp_path / citations.FILE).write_text("references:\n" + "".join(records), encoding="utf-8")
    return citations.load(tmp_path)


@pytest.fixture
def works(tmp_path: Path) -> citations.Bibliography:
    return bibliography(tmp_path, ROTTER, KELLY)


def words(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


# In a page


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("[@rotter-1966]", "(Rotter, 1966)"),
        ("[@rotter-1966; @kelly-2020]", "(Rotter, 1966; Kelly et al., 2020)"),
        ("[see @kelly-2020, p. 3]", "(see Kelly et al., 2020, p. 3)"),
        (
            "[@rotter-1966, p. 3; also @kelly-2020 later]",
            "(Rotter, 1966, p. 3; also Kelly et al., 2020 later)",
        ),
        ("Rotter [-@rotter-1966] asked", "Rotter (1966) asked"),
        ("if one is true [@rotter-1966]:", "if one is true (Rotter, 1966):"),
        ("it [@rotter-1966;\n@kelly-2020] wraps", "it (Rotter, 1966; Kelly et al., 2020) wraps"),
    ],
)
def test_a_citation_reads_as_author_and_year(works: citations.Bibliography, typed: str, read: str) -> None:
    assert words(page.placed(typed, works)) == read


def test_a_citation_links_to_its_source_in_the_list(works: citations.Bibliography) -> None:
    text = page.placed("[@kelly-2020]", works)
    listed = page.sources(["kelly-2020"], works)

    assert 'role="doc-biblioref"' in text
    assert re.findall(r'href="#(.+?)"', text) == re.findall(r'<li id="(.+?)"', listed)


def test_the_list_leads_back_to_the_first_place_that_cites(works: citations.Bibliography) -> None:
    text = page.placed("One [@kelly-2020], two [@kelly-2020].", works)

    assert text.count('id="cited-kelly-2020"') == 1
    assert text.index('id="cited-kelly-2020"') < text.index("two")
    assert 'href="#cited-kelly-2020"' in page.sources(["kelly-2020"], works)


@pytest.mark.parametrize(
    "typed",
    [
        "`[@rotter-1966]`",
        "``a ` and [@rotter-1966]``",
        "```\n[@rotter-1966]\n```",
        "~~~ yaml\n[@rotter-1966]\n~~~",
        "- item\n\n    ```\n    [@rotter-1966]\n    ```",
        "text\n\n    [@rotter-1966]\n    [@rotter-1966]\n",
        "!!! note\n    words\n\n        [@rotter-1966]\n",
        "<pre>[@rotter-1966]</pre>",
        "<!-- [@rotter-1966] -->",
        "---\ntitle: '[@rotter-1966]'\n---\n",
        r"\[@rotter-1966]",
        "[me@home.org]",
        "[@rotter-1966](https://example.org)",
        "![@rotter-1966]",
        "[@rotter-1966]: https://example.org",
    ],
)
def test_code_comments_and_links_are_no_citations(works: citations.Bibliography, typed: str) -> None:
    assert page.placed(typed, works) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "!!! note\n    see [@rotter-1966]\n",
        "- item\n\n    more [@rotter-1966]\n",
        "a `b` [@rotter-1966] `c`",
        "x\n    [@rotter-1966]",
    ],
)
def test_what_a_box_or_a_list_holds_is_prose(works: citations.Bibliography, typed: str) -> None:
    assert page.keys(typed) == ["rotter-1966"]


def test_a_page_lists_each_source_once_by_author(works: citations.Bibliography) -> None:
    cited = page.keys("[@rotter-1966] [@kelly-2020] [@rotter-1966]")

    assert cited == ["rotter-1966", "kelly-2020"]
    assert re.findall(r'<li id="source-(.+?)"', page.sources(cited, works)) == ["kelly-2020", "rotter-1966"]


def test_a_page_without_citations_gets_no_list(works: citations.Bibliography) -> None:
    assert page.sources([], works) == ""


def test_a_numbered_page_says_the_number_that_its_list_has(works: citations.Bibliography) -> None:
    typed = "One [@rotter-1966], two [@kelly-2020; @rotter-1966]."
    text = page.placed(typed, works, numbered=True)
    listed = page.sources(page.keys(typed), works, numbered=True)

    assert unescape(words(text)) == "One [2], two [1; 2]."
    assert 'aria-label="2: Rotter, 1966"' in text  # who cannot see the list at a glance hears a name
    assert listed.index("source-kelly-2020") < listed.index("source-rotter-1966")
    assert '<ol class="sources">' in listed


def test_a_long_list_folds_and_a_short_one_stands_open() -> None:
    many = citations.load(ROOT)
    few = many.in_order(many.keys)[: page.FEW]

    assert "<details>" not in page.sources(few, many)
    assert "<summary>Show all 7 sources</summary>" in page.sources(many.in_order(many.keys)[:7], many)


# What is wrong in a page


def test_an_unknown_key_is_a_problem_with_line_caret_and_cure(works: citations.Bibliography) -> None:
    text = "---\ntitle: x\n---\n\n# One\n\nAs shown [@rotter-1966; @kelly-2002].\n"

    (problem,) = page.problems(text, Path("docs/a.md"), works)

    assert str(problem) == (
        "docs/a.md:7:26: no reference is called 'kelly-2002'\n"
        "  7 | As shown [@rotter-1966; @kelly-2002].\n"
        "                               ^\n"
        "  Did you mean 'kelly-2020'?"
    )


def test_a_part_without_a_key_is_a_problem(works: citations.Bibliography) -> None:
    (problem,) = page.problems("x [see; @kelly-2020]", Path("a.md"), works)

    assert (problem.line, problem.column) == (1, 4)
    assert problem.message == "a part of this citation names no source"


def test_every_wrong_key_of_a_page_is_told(works: citations.Bibliography) -> None:
    found = page.problems("[@no]\n\n[@nor; @rotter-1966]\n", Path("a.md"), works)

    assert [(one.line, one.column) for one in found] == [(1, 3), (3, 3)]


def test_a_citation_with_an_unknown_key_stays_as_typed(works: citations.Bibliography) -> None:
    assert page.placed("[@rotter-1966; @nobody]", works) == "[@rotter-1966; @nobody]"


def test_a_record_that_is_wrong_does_not_make_its_key_unknown(tmp_path: Path) -> None:
    works = bibliography(tmp_path, ROTTER.replace("title:", "titel:"))

    assert list(page.problems("[@rotter-1966]", Path("a.md"), works)) == []


def test_a_file_that_cannot_be_read_makes_no_key_unknown(tmp_path: Path) -> None:
    works = bibliography(tmp_path, "  - [")

    assert works.problems
    assert list(page.problems("[@anything]", Path("a.md"), works)) == []


# APA style


def test_a_source_is_set_in_apa_style(works: citations.Bibliography) -> None:
    text = works.entry_text("rotter-1966")

    assert text == (
        "Rotter, J. B. (1966). Generalized expectancies. Psychology & Health, 80, 1–28. "
        "https://doi.org/10.1037/abc123"
    )


def test_on_screen_a_source_has_italics_and_its_address_is_a_link(works: citations.Bibliography) -> None:
    html = works.entry_html("rotter-1966")

    assert "<i>Psychology &amp; Health</i>, <i>80</i>" in html
    assert '<a href="https://doi.org/10.1037/abc123">https://doi.org/10.1037/abc123</a>' in html


def test_a_record_is_data_in_html_and_in_markdown(tmp_path: Path) -> None:
    title = "Why <script>x</script> & *stars* | [a](b) _c_"
    record = ROTTER.replace("Generalized expectancies", f"'{title}'").replace("Rotter,", "'R*o*t|t<b>er',")
    works = bibliography(tmp_path, record)

    assert title in works.entry_text("rotter-1966")
    assert "<script>" not in works.entry_html("rotter-1966")
    assert "R&#42;o&#42;t&#124;t&lt;b&gt;er, 1966" in page.placed("[@rotter-1966]", works)


def test_two_works_that_look_alike_get_a_letter_by_title(tmp_path: Path) -> None:
    other = KELLY.replace("kelly-2020", "kelly-2020-more").replace("Twelve-step programs", "A protocol")
    works = bibliography(tmp_path, KELLY, other)

    assert works.short("kelly-2020-more") == "Kelly et al., 2020a"
    assert works.short("kelly-2020") == "Kelly et al., 2020b"
    assert "(2020b). Twelve-step programs" in works.entry_text("kelly-2020")


def test_an_undated_page_says_so_and_gives_its_bare_address(tmp_path: Path) -> None:
    record = "  - {id: faq, type: webpage, author: [{literal: A.A.}], title: A.A., URL: https://a.org/"
    works = bibliography(tmp_path, record + ", custom: {confirmed: page}}\n")

    assert works.entry_text("faq") == "A.A. (n.d.). A.A. https://a.org/"


@pytest.mark.parametrize(
    ("custom", "said"),
    [
        ("confirmed: page", ""),
        ("confirmed: listed", microcopy.say("sources.listed")),
        ("confirmed: knowledge", microcopy.say("sources.from_memory")),
        ("confirmed: page, check: page numbers.", "Still to check: page numbers."),
    ],
)
def test_readers_are_told_what_is_not_confirmed(tmp_path: Path, custom: str, said: str) -> None:
    works = bibliography(tmp_path, ROTTER.replace("confirmed: page", custom))

    assert works.caution("rotter-1966") == said
    assert works.entry_text("rotter-1966").endswith(said)
    assert said in words(works.entry_html("rotter-1966"))


def test_an_earlier_build_saves_the_formatting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    works = bibliography(tmp_path, ROTTER, KELLY)
    works.recall(tmp_path / "kept")
    expected = works.entry_text("kelly-2020")
    monkeypatch.setattr(style, "_made", {})
    monkeypatch.setattr(style, "_format", lambda record: pytest.fail("formatted again"))

    works.recall(tmp_path / "kept")

    assert works.entry_text("kelly-2020") == expected


# What is wrong in content/references.yml


@pytest.mark.parametrize(
    ("typed", "instead", "told"),
    [
        ("title: Generalized", "subject: Generalized", "'title' is missing"),
        ("title: Generalized", "titel: Generalized", "unknown setting 'titel'"),
        ("volume:", "vol:", "Did you mean 'volume'?"),
        ("type: article-journal", "type: artcle-journal", "Did you mean 'article-journal'?"),
        ("[{family: Rotter, given: J. B.}]", "[]", "author"),
        ("10.1037/abc123", "https://doi.org/10.1037/abc123", "is not a DOI"),
        ("confirmed: page", "confirmed: pages", "Did you mean 'page'?"),
        ('"80"', "80", "'volume' must be text"),
        ("    custom: {confirmed: page}\n", "", "'custom' is missing"),
    ],
)
def test_a_slip_in_a_record_is_told_with_its_cure(
    tmp_path: Path, typed: str, instead: str, told: str
) -> None:
    works = bibliography(tmp_path, ROTTER.replace(typed, instead), KELLY)

    assert told in "\n".join(map(str, works.problems))
    assert list(works.keys) == ["kelly-2020"]


def test_an_id_given_twice_is_a_problem_at_the_second(tmp_path: Path) -> None:
    (problem,) = bibliography(tmp_path, KELLY, KELLY).problems

    assert problem.message == "id 'kelly-2020' is given twice"
    assert (problem.line, problem.hint) == (9, "It was first given on line 2.")


def test_a_doi_given_twice_is_a_problem_whatever_its_case(tmp_path: Path) -> None:
    other = ROTTER.replace("rotter-1966", "rotter-again").replace("abc123", "ABC123")

    (problem,) = bibliography(tmp_path, ROTTER, other).problems

    assert problem.message == "DOI '10.1037/abc123' is given twice"


@pytest.mark.parametrize("text", ["refs: []\n", "references: {a: b}\n", "", "- id: x\n"])
def test_a_file_of_another_shape_is_a_problem(tmp_path: Path, text: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / citations.FILE).write_text(text)

    assert citations.load(tmp_path).problems


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert citations.load(tmp_path).problems


# The references page


def test_the_references_page_says_what_a_work_shows_and_who_cites_it(works: citations.Bibliography) -> None:
    html = page.references(works, {"kelly-2020": [("A & B", "../a/")]})

    assert '<p class="source__finding">27 studies.</p>' in html
    assert 'Cited in: <a href="../a/">A &amp; B</a>' in html
    assert html.count("<li") == 2


# The real content


def test_every_reference_and_every_page_is_sound_and_nothing_stands_uncited() -> None:
    content = library.load(ROOT, site.read(ROOT))
    read = cites.read(ROOT / "docs", ROOT, content.bibliography, content.claims, content)

    assert content.bibliography.keys
    assert "\n".join(map(str, [*content.problems, *read.problems])) == ""


def test_a_record_that_nothing_cites_is_a_problem_where_it_stands(tmp_path: Path) -> None:
    root_with(tmp_path, **{"references.yml": REFERENCES + ROTTER})
    content = library.load(tmp_path, SITE)

    (problem,) = cites.read(
        tmp_path / "docs", tmp_path, content.bibliography, content.claims, content
    ).problems

    assert (problem.line, problem.message) == (7, "nothing cites 'rotter-1966'")
    assert "[@rotter-1966]" in problem.hint


# The hook


@pytest.fixture
def project(tmp_path: Path) -> Path:
    bibliography(tmp_path, ROTTER, KELLY)
    (tmp_path / "docs" / "more").mkdir(parents=True)
    (tmp_path / "docs" / "index.md").write_text("---\ntitle: Start\n---\n# One\n\nSo [@kelly-2020].\n")
    (tmp_path / "docs" / "more" / "all.md").write_text("# All\n\n<!-- references -->\n")
    settings = "site_name: x\nmarkdown_extensions: [attr_list]\nplugins: []\ntheme: {name: mkdocs}\n"
    (tmp_path / "mkdocs.yml").write_text(f"{settings}hooks: ['{HOOK}']\n")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "good.html").write_text("the last good one")
    return tmp_path


def run(project: Path, command: str = "build", *, strict: bool = False) -> None:
    config = load_config(str(project / "mkdocs.yml"), strict=strict)
    config.plugins.on_startup(command=command, dirty=False)
    build(config)


def test_a_built_page_ends_with_its_sources(project: Path) -> None:
    run(project, strict=True)

    html = (project / "site" / "index.html").read_text()
    assert '<h2 data-search-exclude id="sources">Sources</h2>' in html
    assert html.index('href="#source-kelly-2020"') < html.index('id="source-kelly-2020"')
    assert 'id="source-rotter-1966"' not in html


def test_the_built_references_page_links_to_the_pages_that_cite(project: Path) -> None:
    run(project, strict=True)

    html = (project / "site" / "more" / "all" / "index.html").read_text()
    assert 'Cited in: <a href="../../">Start</a>' in html
    assert 'id="source-rotter-1966"' in html


@pytest.mark.parametrize("strict", [True, False])
def test_a_build_tells_the_problems_of_all_pages_and_writes_nothing(
    project: Path, strict: bool, caplog: pytest.LogCaptureFixture
) -> None:
    (project / "docs" / "index.md").write_text("[@kely-2020]\n")
    (project / "docs" / "more" / "all.md").write_text("[@roter-1966]\n")

    with pytest.raises(Abort, match="2 problems in citations"):
        run(project, strict=strict)

    assert "docs/index.md:1:3" in caplog.text
    assert "docs/more/all.md:1:3" in caplog.text
    assert [path.name for path in (project / "site").iterdir()] == ["good.html"]


def test_serve_warns_and_goes_on(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    (project / "docs" / "index.md").write_text("[@kely-2020]\n")

    run(project, "serve")

    assert "Did you mean 'kelly-2020'?" in caplog.text
    assert "[@kely-2020]" in (project / "site" / "index.html").read_text()
