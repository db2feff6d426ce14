"""Claims: content/claims.yml, the grades and tables that pages make of it, and what is wrong with either."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from markdown import markdown
from sheets import ROOT
from small_project import REFERENCES, SHEET, SITE, root_with

from workbook import citations, cites, claims, library, site
from workbook.claims import page

HEARD = REFERENCES + REFERENCES.partition("\n")[2].replace("hill-2020", "heard-2019").replace(
    "confirmed: page", "confirmed: listed"
).replace("title: A book", "title: Another book")
CLAIM = """\
claims:
  - id: walks
    about: habits
    says: Walks help.
    grade: Moderate
    sources: [hill-2020]
    against: [heard-2019]
    note: in a small study
  - id: naps
    about: habits
    says: Do naps help?
    grade: Unknown
    sources: []
"""


def made(folder: Path, text: str = CLAIM) -> claims.Claims:
    root_with(folder, **{"references.yml": HEARD, "claims.yml": text})
    return claims.load(folder, citations.load(folder))


def told(folder: Path, text: str) -> str:
    return "\n".join(map(str, made(folder, text).problems))


# The file


def test_sound_claims_are_read(tmp_path: Path) -> None:
    read = made(tmp_path)

    assert read.problems == ()
    assert [one.id for one in read.about("habits")] == ["walks", "naps"]
    assert read.keys == ["hill-2020", "heard-2019"]


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("grade: Moderate", "grade: Modest", 5, "Moderate"),
        ("sources: [hill-2020]", "sources: [hil-2020]", 6, "Did you mean 'hill-2020'?"),
        ("against: [heard-2019]", "against: [herd-2019]", 7, "Did you mean 'heard-2019'?"),
        ("sources: [hill-2020]", "sources: []", 6, "a claim graded Moderate needs a source"),
        ("    against: [heard-2019]\n", "", 7, "'note' is about the works in 'against'"),
        ("id: naps", "id: walks", 9, "id 'walks' is given twice"),
        ("says: Walks", "say: Walks", 4, "Did you mean 'says'?"),
    ],
)
def test_a_slip_in_a_claim_is_told_with_its_line_and_cure(
    tmp_path: Path, before: str, after: str, line: int, said: str
) -> None:
    found = told(tmp_path, CLAIM.replace(before, after))

    assert f"content/claims.yml:{line}:" in found
    assert said in found


@pytest.mark.parametrize("grade", ["Strong", "Moderate"])
def test_what_is_told_as_sure_rests_on_a_work_that_we_have_seen(tmp_path: Path, grade: str) -> None:
    text = CLAIM.replace("[hill-2020]", "[heard-2019]").replace("grade: Moderate", f"grade: {grade}")

    found = told(tmp_path, text)

    assert f"content/claims.yml:5:12: {grade} rests on works alone that we have not read ourselves" in found
    assert "take a lower grade" in found
    assert told(tmp_path, text.replace(f"grade: {grade}", "grade: Limited")) == ""
    assert (
        told(tmp_path, text.replace("[heard-2019]\n    against", "[heard-2019, hill-2020]\n    against"))
        == ""
    )


@pytest.mark.parametrize("sources", ["[heard-2019]", "[]"])
def test_a_worksheet_too_is_no_surer_than_its_sources(tmp_path: Path, sources: str) -> None:
    why = "why: {text: It may help., grade: Moderate}\nsections:"
    sheet = SHEET.format(id="a", next="b").replace("sections:", why)
    root_with(tmp_path, **{"references.yml": HEARD, "worksheets/a.yml": sheet})
    path = tmp_path / "content" / "worksheets" / "a.yml"
    assert library.load(tmp_path, SITE).problems == ()

    path.write_text(sheet.replace("sources: [hill-2020]", f"sources: {sources}"), encoding="utf-8")
    (problem,) = library.load(tmp_path, SITE).problems

    assert (problem.path.name, problem.line) == ("a.yml", 13)
    assert problem.message.startswith("Moderate rests on")


@pytest.mark.parametrize("text", ["claims: {}\n", "claim: []\n", "claims: []\nmore: 1\n", "claims: [\n"])
def test_a_file_of_another_shape_is_a_problem_and_makes_no_claim_unknown(tmp_path: Path, text: str) -> None:
    read = made(tmp_path, text)

    assert read.problems
    assert list(page.problems("[evidence: walks]", Path("a.md"), read)) == []


# In a page


def test_a_grade_leads_to_what_it_means(tmp_path: Path) -> None:
    read = made(tmp_path)

    text = page.placed("Walk [evidence: walks], [grade: naps].", read, "smart/urges.md")

    assert "[Evidence: moderate](../evidence/grades.md#moderate){ .grade }" in text
    assert "[Unknown](../evidence/grades.md#unknown){ .grade }" in text


def test_what_a_claim_says_is_words_and_no_markup(tmp_path: Path) -> None:
    hostile = "<img src=x onerror=f()> | *a* [b](javascript:c) {: onclick=d() }"
    text = CLAIM.replace("Walks help.", f"'{hostile}'").replace("in a small study", f"'{hostile}'")
    placed = page.placed("<!-- claims: habits -->", made(tmp_path, text), "a.md")
    shown = markdown(placed, extensions=["tables", "attr_list"])

    assert html.unescape(shown).count(hostile) == 2
    assert [tag for tag in ("<img", "<em", 'javascript:c"', ' onclick="') if tag in shown] == []
    assert shown.count("<td") == 6


def test_a_table_holds_every_claim_with_grade_and_sources(tmp_path: Path) -> None:
    text = page.placed("<!-- claims: habits -->", made(tmp_path), "evidence/index.md")

    assert text.splitlines()[2:] == [
        "| Walks help. | [Moderate](../evidence/grades.md#moderate){ .grade } "
        "| For: [@hill-2020]. Against, in a small study: [@heard-2019] |",
        "| Do naps help? | [Unknown](../evidence/grades.md#unknown){ .grade } | We found no study. |",
    ]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("So [@hill-2020].\n\nWalk [evidence: walk].", (3, 17), "Did you mean 'walks'?"),
        ("Walk. [evidence: walks]", (1, 7), "cites none of its sources"),
        ("So [Evidence: strong](../evidence/grades.md#strong){ .grade }", (1, 4), "typed by hand"),
        ("<!-- claims: habit -->", (1, 14), "Did you mean 'habits'?"),
    ],
)
def test_what_is_wrong_in_a_page_is_told_with_place_and_cure(
    tmp_path: Path, text: str, place: tuple[int, int], said: str
) -> None:
    (problem,) = page.problems(text, Path("a.md"), made(tmp_path))

    assert (problem.line, problem.column) == place
    assert said in str(problem)


@pytest.mark.parametrize("text", ["`[evidence: walk]`", "[evidence: walk](x.md)", "<!-- [grade: walk] -->"])
def test_code_comments_and_links_are_no_grades(tmp_path: Path, text: str) -> None:
    read = made(tmp_path)

    assert page.placed(text, read, "a.md") == text
    assert list(page.problems(text, Path("a.md"), read)) == []


def test_a_claim_that_no_page_shows_is_a_problem(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "docs").mkdir()
    path = tmp_path / "docs" / "a.md"
    path.write_text("<!-- claims: habits -->\n", encoding="utf-8")

    def found() -> tuple[str, ...]:
        content = library.load(tmp_path, SITE)
        read = cites.read(tmp_path / "docs", tmp_path, content.bibliography, content.claims, content)
        return tuple(one.message for one in (*content.problems, *read.problems))

    (tmp_path / "docs" / "crisis.md").write_text("# Crisis\n", encoding="utf-8")
    assert found() == ()

    path.write_text("# Nothing\n", encoding="utf-8")
    assert set(found()) == {"nothing cites 'heard-2019'", "no page shows this claim"}


# The real content


def test_the_evidence_page_shows_every_claim_and_no_grade_is_typed_by_hand() -> None:
    content = library.load(ROOT, site.read(ROOT))
    text = (ROOT / "docs" / "evidence" / "index.md").read_text(encoding="utf-8")

    assert {one.about for one in content.claims.claims.values()} == set(page.tables(text))
    read = cites.read(ROOT / "docs", ROOT, content.bibliography, content.claims, content)
    assert "\n".join(map(str, read.problems)) == ""
