"""Do those who send people to a page know what it is called and how long it takes?"""

from __future__ import annotations

from pathlib import Path

from workbook import handbook, site

ROOT = Path(__file__).parents[1]


def written(folder: Path, name: str, text: str) -> handbook.Page:
    path = folder / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (page,) = handbook.pages(folder).values()
    return page


def test_a_page_is_called_what_its_heading_says(tmp_path: Path) -> None:
    page = written(tmp_path, "smart/index.md", "---\ntitle: For browsers\n---\n\n# What is *SMART*? {#top}\n")

    assert (page.address, page.title) == ("/smart/", "What is SMART?")


def test_a_page_without_a_heading_is_called_by_its_title(tmp_path: Path) -> None:
    assert written(tmp_path, "a.md", '---\ntitle: "For clinicians: a guide"\n---\nWords.\n').title == (
        "For clinicians: a guide"
    )


def test_what_is_not_read_takes_no_time(tmp_path: Path) -> None:
    page = written(tmp_path, "a.md", f"# A\n\n{'word ' * handbook.PACE * 3}\n<!-- {'word ' * 2000} -->\n")

    assert page.minutes == 3


def test_every_page_that_may_be_linked_is_known() -> None:
    assert handbook.pages(ROOT).keys() == site.pages(ROOT)


def test_a_project_without_a_handbook_has_no_pages(tmp_path: Path) -> None:
    assert handbook.pages(tmp_path) == {}
