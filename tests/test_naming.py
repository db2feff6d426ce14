"""Names of assets change with what is in them, and with nothing else."""

from __future__ import annotations

import pytest

from workbook import naming

FILES = {
    "assets/citations.css": b"a { color: red }",
    "assets/picture.svg": b"<svg/>",
    "assets/workbook/sheet.css": b'@font-face { src: url("fonts/a.woff2") } b { background: url(data:a) }',
    "assets/workbook/fonts/a.woff2": b"font",
    "assets/workbook/js/main.js": b"import './live.js'",
    "assets/workbook/js/live.js": b"import './main.js'",
    "assets/workbook/fonts/OFL.txt": b"A licence",
}
NAMES, STYLES = naming.renamed(FILES)


def names_with(**changed: bytes) -> naming.Names:
    return naming.renamed({**FILES, **{uri.replace("__", "/"): content for uri, content in changed.items()}})[
        0
    ]


def test_scripts_and_styles_keep_their_places_beside_each_other() -> None:
    folder = NAMES["assets/citations.css"].removesuffix("/citations.css")

    assert folder.startswith("assets/hashed/")
    assert NAMES["assets/workbook/js/main.js"] == f"{folder}/workbook/js/main.js"
    assert NAMES["assets/workbook/js/live.js"] == f"{folder}/workbook/js/live.js"


def test_a_style_sheet_names_the_font_by_its_new_name() -> None:
    font = NAMES["assets/workbook/fonts/a.woff2"]
    style = STYLES["assets/workbook/sheet.css"].decode()

    assert font.startswith("assets/hashed/workbook/fonts/a.")
    assert f"url(../../{font.removeprefix('assets/hashed/')})" in style
    assert "url(data:a)" in style


def test_a_changed_script_renames_scripts_and_styles_and_no_font() -> None:
    changed = names_with(**{"assets/workbook/js/main.js": b"import './live.js'; go()"})

    assert changed["assets/workbook/sheet.css"] != NAMES["assets/workbook/sheet.css"]
    assert changed["assets/workbook/fonts/a.woff2"] == NAMES["assets/workbook/fonts/a.woff2"]


def test_a_changed_font_renames_the_styles_that_name_it() -> None:
    changed = names_with(**{"assets/workbook/fonts/a.woff2": b"another"})

    assert changed["assets/workbook/fonts/a.woff2"] != NAMES["assets/workbook/fonts/a.woff2"]
    assert changed["assets/workbook/sheet.css"] != NAMES["assets/workbook/sheet.css"]


def test_a_changed_picture_renames_itself_alone() -> None:
    changed = names_with(**{"assets/picture.svg": b"<svg></svg>"})

    assert [uri for uri in NAMES if changed[uri] != NAMES[uri]] == ["assets/picture.svg"]


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
