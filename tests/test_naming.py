"""Names of assets change with what is in them, and with nothing else."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from posixpath import dirname, normpath

import pytest

from workbook import headers, naming, outputs

FILES = {
    "assets/citations.css": b"a { color: red }",
    "assets/picture.svg": b"<svg/>",
    "assets/workbook/sheet.css": b'@font-face { src: url("fonts/a.woff2") } b { background: url(data:a) }',
    "assets/workbook/fonts/a.woff2": b"font",
    "assets/workbook/js/main.js": b"import{a}from'./live.js'\nconst keep=()=>import('./keep.js')",
    "assets/workbook/js/live.js": b"new URL('../sheet.css',import.meta.url)",
    "assets/workbook/js/keep.js": b"import{b}from'./live.js';import*as c from'./store.js'\n"
    b"import('./vendor/jose.js')",
    "assets/workbook/js/store.js": b"import{keep}from'./keep.js'",
    "assets/workbook/js/vendor/jose.js": b"export const jose=1",
    "assets/workbook/js/search.js": b"(()=>{})()",
    "assets/workbook/fonts/OFL.txt": b"A licence",
}
NAMES, CHANGED = naming.renamed(FILES)
JS = "assets/workbook/js"
LIST = next(uri for uri in CHANGED if uri not in FILES)


def names_with(changed: dict[str, bytes]) -> naming.Names:
    return naming.renamed({**FILES, **changed})[0]


def renamed_by(changed: dict[str, bytes]) -> set[str]:
    """What has another name after a change, without folder and ending."""
    new = names_with(changed)
    return {PurePosixPath(uri).stem for uri in NAMES if new[uri] != NAMES[uri]}


def said(uri: str) -> str:
    return CHANGED[f"{JS}/{uri}.js"].decode()


def test_each_file_has_a_name_of_its_own_in_one_folder_that_may_be_kept_for_good() -> None:
    named = {
        uri: re.fullmatch(r"assets/hashed/(.+)\.[0-9a-f]{10}(\.\w+)", name) for uri, name in NAMES.items()
    }

    assert [uri for uri, found in named.items() if not found or f"assets/{found[1]}{found[2]}" != uri] == []
    assert NAMES.keys() == FILES.keys() - {"assets/workbook/fonts/OFL.txt"}


def test_a_module_imports_others_by_their_new_names() -> None:
    live = PurePosixPath(NAMES[f"{JS}/live.js"]).name

    assert f"import{{a}}from'./{live}'" in said("main")
    assert (
        f"import{{b}}from'./{live}';import*as c from'./{PurePosixPath(NAMES[f'{JS}/store.js']).name}'"
        in said("keep")
    )
    assert f"new URL('../{PurePosixPath(NAMES['assets/workbook/sheet.css']).name}',import" in said("live")


def test_what_a_module_imports_later_is_looked_up() -> None:
    assert said("main").endswith(
        f"import('../../../{LIST.removeprefix('assets/')}').then(one=>one.load('workbook/js/keep'))"
    )
    assert json.loads(CHANGED[LIST].decode().split("=", 1)[1].partition("\n")[0]) == {
        "workbook/js/keep": f"../{NAMES[f'{JS}/keep.js'].removeprefix('assets/')}",
        "workbook/js/vendor/jose": f"../{NAMES[f'{JS}/vendor/jose.js'].removeprefix('assets/')}",
    }


def test_the_list_is_asked_for_again() -> None:
    assert LIST.startswith("assets/parts/")
    assert not f"/{LIST}".startswith(headers.NAMED_BY_CONTENT)


def test_what_others_published_stays_as_it_was() -> None:
    assert f"{JS}/vendor/jose.js" not in CHANGED


def test_a_module_that_comes_later_renames_what_imports_it_at_once_and_no_module_that_pages_name() -> None:
    assert renamed_by({f"{JS}/vendor/jose.js": b"export const jose=2"}) == {"jose"}
    assert renamed_by({f"{JS}/store.js": b"import{keep}from'./keep.js';go()"}) == {"store", "keep"}


def test_modules_in_a_circle_change_together() -> None:
    assert renamed_by({f"{JS}/keep.js": FILES[f"{JS}/keep.js"] + b";go()"}) == {"keep", "store"}


def test_another_beginning_has_another_list() -> None:
    """Who began with the old one finds no list of new parts, which may not fit."""
    new = {f"{JS}/live.js": FILES[f"{JS}/live.js"] + b";go()"}
    lists = [uri for uri in naming.renamed({**FILES, **new})[1] if uri.startswith("assets/parts/")]

    assert LIST not in lists
    assert renamed_by(new) == {"live", "main", "keep", "store"}


def test_a_later_part_keeps_the_address_of_the_list() -> None:
    assert LIST in naming.renamed({**FILES, f"{JS}/store.js": b"another"})[1]


def test_a_script_that_no_one_shares_renames_itself_alone() -> None:
    assert renamed_by({f"{JS}/search.js": b"(()=>{go()})()"}) == {"search"}


@pytest.mark.parametrize(
    "text", ["import{a}from'./gone.js'", "import('./gone.js')", "new URL('./gone.js',import.meta.url)"]
)
def test_a_script_that_names_what_is_not_there_is_refused(text: str) -> None:
    with pytest.raises(
        naming.NotThere, match=r"search\.js \w+ assets/workbook/js/gone\.js, which is not there"
    ):
        names_with({f"{JS}/search.js": text.encode()})


def test_a_style_sheet_names_the_font_by_its_new_name() -> None:
    style = CHANGED["assets/workbook/sheet.css"].decode()

    assert f'url("./fonts/{PurePosixPath(NAMES["assets/workbook/fonts/a.woff2"]).name}")' in style
    assert "url(data:a)" in style


def test_a_changed_font_renames_the_styles_that_name_it_and_what_names_those() -> None:
    assert renamed_by({"assets/workbook/fonts/a.woff2": b"another"}) == {
        "a",
        "sheet",
        "live",
        "main",
        "keep",
        "store",
    }


def test_a_changed_picture_renames_itself_alone() -> None:
    assert renamed_by({"assets/picture.svg": b"<svg></svg>"}) == {"picture"}


def test_a_licence_keeps_its_address() -> None:
    assert "assets/workbook/fonts/OFL.txt" not in NAMES


@pytest.mark.parametrize(
    "before", ['<img src="', "<img src='../", "<link href=/", "<style>a { background: url(../../"]
)
def test_a_page_names_files_by_their_new_names(before: str) -> None:
    page = f"{before}assets/picture.svg"

    assert naming.in_page(page, NAMES) == before + NAMES["assets/picture.svg"]


@pytest.mark.parametrize(
    "text", ["<code>assets/picture.svg</code>", '<a href="assets/other.svg">', '"my-assets/picture.svg"']
)
def test_other_words_in_a_page_stay(text: str) -> None:
    assert naming.in_page(text, NAMES) == text


def test_every_import_of_our_scripts_leads_to_a_file_by_its_new_name() -> None:
    """Whatever way it is written: a way that naming does not know would lead to a name that is gone."""
    files = {one.uri: one.read() for one in outputs.of_assets()}
    names, changed = naming.renamed(files)
    (parts,) = changed.keys() - files.keys()
    for uri in (uri for uri in names if uri.endswith(".js")):
        text = changed.get(uri, files[uri]).decode()
        for found in re.findall(r"""(?:^import\b|\bimport\()[^'"`()]*["'`]([^"'`]+)""", text, re.MULTILINE):
            assert normpath(f"{dirname(names[uri])}/{found}") in {parts, *names.values()}, (uri, found)
