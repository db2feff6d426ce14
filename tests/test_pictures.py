"""Pictures in pages: in the page itself, in its colours, with words for those who cannot see them."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from workbook import pictures

DOCS = Path(__file__).parents[1] / "docs"
FIGURES = sorted((DOCS / pictures.FOLDER).glob("*.svg"))
TOKENS = (Path(pictures.__file__).parent / "assets" / "tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"(?:none|currentColor|var\(--(?P<token>[a-z-]+), #[0-9a-f]{6}\))")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>\n'


def placed(html: str) -> str:
    return pictures.placed(html, lambda name: SVG)


def test_a_picture_stands_in_the_page_with_its_words_and_caption() -> None:
    found = placed(
        '<p><img alt="A &amp; &quot;B&quot;" src="../assets/figures/wave.svg" title="It fades." /></p>'
    )
    assert found.startswith(
        '<figure class="fig" data-figure="wave"><svg role="img" aria-label="A &amp; &quot;B&quot;"'
    )
    assert found.endswith("</svg><figcaption>It fades.</figcaption></figure>")


def test_other_pictures_are_left_alone() -> None:
    html = '<p><img alt="A" src="../assets/photo.png" /></p><p>See <img src="assets/figures/wave.svg" /></p>'
    assert placed(html) == html


def test_a_picture_without_words_is_refused() -> None:
    with pytest.raises(pictures.NoWords, match=r"wave\.svg has no words"):
        placed('<p><img alt=" " src="assets/figures/wave.svg" /></p>')


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_a_figure_takes_each_colour_from_the_page(path: Path) -> None:
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    for element in root.iter():
        assert "style" not in element.attrib, "the site's policy forbids style attributes"
        assert "id" not in element.attrib, "ids of two pictures on a page could meet"
        for name in ("fill", "stroke"):
            if name in element.attrib:
                found = COLOUR.fullmatch(element.attrib[name])
                assert found, f"{name}={element.attrib[name]!r} would stay as it is in the dark"
                assert not found["token"] or f"--{found['token']}:" in TOKENS


def test_every_figure_is_used_and_every_figure_used_is_there() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md"))
    used = set(re.findall(rf"{pictures.FOLDER}([a-z0-9-]+)\.svg", text))
    assert used == {path.stem for path in FIGURES}


def test_a_picture_is_found_by_the_name_that_its_content_gave_it():
    tag = '<p><img alt="An urge rises." src="../assets/hashed/figures/urge-wave.1ca9ab6d53.svg" /></p>'

    assert pictures.placed(tag, lambda name: f"<svg >{name}</svg>").count("urge-wave</svg>") == 1
