"""Published addresses never break: what an author sees who loses one, moves one or adds one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sheets import ROOT, real
from small_project import SITE, linked_out, root_with

from workbook import library, moved, permalinks
from workbook.__main__ import main
from workbook.render import screen

PAGE = (
    "---\ntitle: {0}\ndescription: About {0}.\nwritten: 2026-11-23\nreview: 2036-11-23\n---\n# {0}\n\nText.\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two sheets and two pages, one with a part that has a name, and the list of their addresses."""
    root = root_with(tmp_path)
    for name in ("crisis", "help"):
        place = root / "docs" / f"{name}.md"
        place.parent.mkdir(exist_ok=True)
        place.write_text(PAGE.format(name.capitalize()) + "\n## Now { #now }\n", encoding="utf-8")
    (root / permalinks.FILE).write_text("", encoding="utf-8")
    assert main(["--root", str(root), "permalinks"]) == 0
    return root


def loaded(root: Path) -> library.Library:
    return library.load(root, SITE)


def problems(root: Path) -> list[str]:
    return [str(one) for one in permalinks.read(root, loaded(root)).problems]


def lines(root: Path) -> list[str]:
    return (root / permalinks.FILE).read_text(encoding="utf-8").splitlines()


def change(root: Path, old: str, new: str) -> None:
    path = root / permalinks.FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def remove_a(root: Path) -> None:
    (root / "content/worksheets/a.yml").unlink()
    sheet = root / "content/worksheets/b.yml"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("next: [a]", "next: []"), encoding="utf-8")


def test_the_list_is_current() -> None:
    found = permalinks.read(ROOT, real())
    new = permalinks.unlisted(found, permalinks.published(real(), ROOT))

    assert [str(one) for one in found.problems] == []
    assert new is None, str(new)
    assert found.text
    assert permalinks.updated(found, permalinks.published(real(), ROOT)) == found.text.content


def test_without_a_list_nothing_is_promised(tmp_path: Path) -> None:
    root = root_with(tmp_path)

    assert permalinks.read(root, loaded(root)).problems == ()
    assert permalinks.unlisted(permalinks.read(root, loaded(root)), {"/a/"}) is None


def test_every_kind_of_address_is_in_it(project: Path) -> None:
    assert problems(project) == []
    assert {
        "/crisis/",
        "/crisis/#now",
        "/feed.xml",
        "/packets/",
        "/worksheets/index.json",
        "/worksheets/a/",
        "/worksheets/a/a-large-a4.pdf",
        "/worksheets/a/a.fhir.json",
        "/worksheets/a/a.txt",
        "/worksheets/a/a.png",
    } <= set(lines(project))
    assert {
        "/glossary/#withdrawal",
        "/evidence/grades/#strong",
        "/evidence/references/#source-kelly-2020-cochrane",
        "/evidence/references/references.bib",
        "/packets/urges/urges-a4.pdf",
    } <= permalinks.published(real(), ROOT)


def test_a_page_that_is_gone_is_told_with_its_line_and_the_cure(project: Path) -> None:
    (project / "docs/help.md").unlink()
    at = lines(project).index("/help/") + 1

    assert problems(project) == [
        f"content/permalinks.txt:{at}:1: '/help/' is published no more, nor is 1 address below it\n"
        f"  {at} | /help/\n  {' ' * len(str(at))}   ^\n"
        "  People may have it printed: bring it back, or say where it is now, /help/ -> /new/. "
        "Take the line out only if nobody ever saw it. "
        "For all of them: python -m workbook permalinks --moved /help/ /new/"
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_list_that_is_a_link_out_of_the_project_is_not_read(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    linked_out(project / permalinks.FILE, tmp_path_factory.mktemp("elsewhere"))

    (told,) = problems(project)
    assert told.startswith(
        f"{permalinks.FILE.as_posix()}:1:1: this is a link to a file outside of the project"
    )
    assert "secret" not in told


def test_a_sheet_that_is_gone_is_one_problem_and_not_nine(project: Path) -> None:
    remove_a(project)

    (told,) = problems(project)
    assert "'/worksheets/a/' is published no more, nor are " in told


def test_a_sheet_that_goes_back_to_draft_is_lost(project: Path) -> None:
    path = project / "content/worksheets/a.yml"
    path.write_text(path.read_text().replace("status: active", "status: draft"), encoding="utf-8")

    assert "'/worksheets/a/' is published no more" in problems(project)[0]


def test_a_part_that_is_gone_is_told_alone(project: Path) -> None:
    (project / "docs/help.md").write_text(PAGE.format("Help"), encoding="utf-8")

    (told,) = problems(project)
    assert "'/help/#now' is published no more\n" in told
    assert "/help/#now -> /help/#new" in told


def test_a_sheet_that_is_broken_is_not_told_as_lost(project: Path) -> None:
    (project / "content/worksheets/a.yml").write_text("id: [", encoding="utf-8")

    assert problems(project) == []


def test_one_command_leads_a_sheet_and_its_files_to_another(project: Path) -> None:
    remove_a(project)

    assert main(["--root", str(project), "permalinks", "--moved", "/worksheets/a/", "/worksheets/b/"]) == 0
    assert problems(project) == []
    assert "/worksheets/a/ -> /worksheets/b/" in lines(project)
    assert "/worksheets/a/a-large-a4.pdf -> /worksheets/b/b-large-a4.pdf" in lines(project)


def test_when_the_successor_moves_too_older_addresses_follow(project: Path) -> None:
    (project / "docs/help.md").unlink()
    assert main(["--root", str(project), "permalinks", "--moved", "/help/", "/crisis/"]) == 0
    (project / "docs/crisis.md").rename(project / "docs/urgent.md")
    for path in (project / "content").rglob("*.yml"):
        path.write_text(path.read_text().replace("/crisis/", "/urgent/"), encoding="utf-8")

    assert main(["--root", str(project), "permalinks", "--moved", "/crisis/", "/urgent/"]) == 0
    moves = [line for line in lines(project) if permalinks.ARROW in line and line[0] != "#"]
    assert moves == [
        "/crisis/ -> /urgent/",
        "/crisis/#now -> /urgent/#now",
        "/help/ -> /urgent/",
        "/help/#now -> /urgent/#now",
    ]


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (("/crisis/", "/help/"), "this is no page that has gone"),
        (("/gone", "/help/"), "this is no page that has gone"),
        (("/gone/", "/hepl/"), "no page is published there. Did you mean '/help/'?"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], moved: tuple[str, str], said: str
) -> None:
    before = lines(project)

    assert main(["--root", str(project), "permalinks", "--moved", *moved]) == 2
    assert said in capsys.readouterr().err
    assert lines(project) == before


@pytest.mark.parametrize(
    ("line", "said", "cure"),
    [
        ("/worksheets/a/ -> /help/", ":19: '/worksheets/a/' is still there itself", "Take '-> /help/' out"),
        ("/old/ -> /hepl/", ":10: nothing is published at '/hepl/'", "Did you mean '/help/'?"),
        ("/old/ -> /sos/", ":10: '/sos/' has moved too", "Write /help/ here."),
        ("/crisis/#gone -> /help/#now", ":18: '/help/#now' is on another page", "another part of /crisis/"),
        ("/old.pdf -> /help/", ":13: '/help/' is of another kind", "a file to one of its kind"),
        ("/old/ -> /a/ -> /b/", ":14: there are two arrows", "Write an address"),
        ("help", ":1: 'help' is not an address", "Write an address"),
        ("//evil.example/", ":1: '//evil.example/' is not an address", "Write an address"),
        ("/a/../b/", ":1: '/a/../b/' is not an address", "Write an address"),
        ("/old/ -> https://evil.example/", ":10: 'https://evil.example/' is not an address", "Write an"),
        ('/old/ -> /help/";return 500', ":10: '/help/\";return 500' is not an address", "Write an address"),
        ("/crisis/", ":1: '/crisis/' is there twice", "Take one of them out."),
    ],
)
def test_a_bad_line_is_told_with_its_place_and_cure(project: Path, line: str, said: str, cure: str) -> None:
    known = [one for one in lines(project) if one != line.partition(permalinks.ARROW)[0] or one == line]
    every = sorted([*known, line, "/sos/ -> /help/"])
    (project / permalinks.FILE).write_text("\n".join(every) + "\n", encoding="utf-8")

    (told,) = problems(project)
    assert said in told
    assert cure in told


def test_lines_out_of_order_are_told_once_and_sorted_by_the_command(project: Path) -> None:
    every = lines(project)
    mixed = [*every[:4], *reversed(every[4:])]
    (project / permalinks.FILE).write_text("\n".join(mixed) + "\n", encoding="utf-8")

    (told,) = problems(project)
    assert "stands after" in told
    assert main(["--root", str(project), "permalinks"]) == 0
    assert lines(project) == every


def test_comments_stay_with_their_line(project: Path) -> None:
    change(project, "/feed.xml\n", "# Read by many.\n/feed.xml\n")
    change(project, "/help/\n", "")

    assert main(["--root", str(project), "permalinks"]) == 0
    every = lines(project)
    assert every[every.index("/feed.xml") - 1] == "# Read by many."
    assert "/help/" in every


def test_a_new_page_is_told_by_check_and_stops_no_build(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "docs/new.md").write_text(PAGE.format("New"), encoding="utf-8")

    assert problems(project) == []
    capsys.readouterr()
    assert main(["--root", str(project), "check"]) == 1
    said = capsys.readouterr().out
    assert "1 address is published and not in this list" in said
    assert "Run: python -m workbook permalinks. It adds /new/." in said
    assert main(["--root", str(project), "permalinks"]) == 0
    assert main(["--root", str(project), "check"]) == 0


def test_a_list_that_cannot_be_read_is_told_and_left_as_it_is(project: Path) -> None:
    (project / permalinks.FILE).write_bytes(b"\xff\xfe/\0")

    assert "the file is saved as UTF-16" in problems(project)[0]
    assert main(["--root", str(project), "permalinks"]) == 1
    assert (project / permalinks.FILE).read_bytes() == b"\xff\xfe/\0"


def test_the_page_at_an_old_address_leads_on_without_a_script() -> None:
    page = screen.moved(real(), "/references/", "/evidence/references/")

    assert '<meta http-equiv="refresh" content="0; url=../evidence/references/">' in page
    assert f'<link rel="canonical" href="{real().site.url}evidence/references/">' in page
    assert '<a href="../evidence/references/">References</a>' in page
    assert "<script" not in page


def test_an_old_anchor_stands_where_html_has_room_for_it() -> None:
    html = '<h2 class="x" id="new">New</h2><ul><li id="one">One</li></ul>'

    assert moved.anchored(html, "old", "new").startswith('<a id="old"></a><h2 class="x" id="new">')
    assert '<ul><li id="one"><a id="old"></a>One</li></ul>' in moved.anchored(html, "old", "one")
    assert moved.anchored(html, "old", "none") == html


def test_every_kind_of_server_leads_on() -> None:
    gone = {"/old/": "/new/", "/a.pdf": "/b.pdf", "/old/#x": "/old/#y"}

    assert moved.for_hosts(gone) == "/a.pdf /b.pdf 301\n/old /new/ 301\n/old/ /new/ 301\n"
    assert moved.for_nginx(gone).count("\n") == 6
    assert '\t"/old/" "/new/";\n' in moved.for_nginx(gone)
    assert moved.for_caddy(gone) == "redir /a.pdf /b.pdf 301\nredir /old /new/ 301\nredir /old/ /new/ 301\n"
    assert moved.for_hosts({}) == moved.for_caddy({}) == ""
    assert "$moved_to" in moved.for_nginx({})  # the sample asks for it


def test_a_list_of_nothing_but_mistakes_is_told_in_part(project: Path) -> None:
    many = [
        f"/{kind}/{n:05}/{'' if kind == 'gone' else ' -> /nowhere/'}"
        for n in range(15_000)
        for kind in ("gone", "old")
    ]
    (project / permalinks.FILE).write_text("\n".join(sorted(many)), encoding="utf-8")

    told = problems(project)
    assert len(told) == 51
    assert "more like these" in told[-1]
