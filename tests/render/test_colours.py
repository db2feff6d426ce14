"""The tokens: every pair told apart, two roads of one weight, one file for screen and paper; the icons."""

from __future__ import annotations

import importlib.util
import io
import re

import pytest
from building import ROOT
from PIL import Image, ImageChops, ImageStat

from workbook import colours
from workbook.pages import design
from workbook.render import style

TEMPLATES = ROOT / "hooks" / "workbook" / "templates"


def test_text_has_a_contrast_of_seven_and_parts_of_three_in_every_scheme():
    assert list(colours.faults()) == []


def test_a_colour_that_is_too_pale_is_told(monkeypatch):
    grey = dict.fromkeys(colours.colours("light"), "#777777")
    monkeypatch.setattr(colours, "colours", lambda scheme: grey)

    assert "light: ink on paper is 1.0, and needs 7" in list(colours.faults())


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_neither_road_looks_like_the_winner(scheme):
    values = colours.colours(scheme)

    for points, steps in (("points", "steps"), ("points-mid", "steps-mid"), ("points-tint", "steps-tint")):
        assert abs(colours.lightness(values[points]) - colours.lightness(values[steps])) < 0.03
        ratio = colours.contrast(values[points], values["paper"]) / colours.contrast(
            values[steps], values["paper"]
        )
        assert 0.88 < ratio < 1.14


def test_a_colour_is_written_nowhere_but_in_the_tokens():
    """But black, white and the greys of a printer, and the ink on the yellow of a skip link."""
    sheets = [path for path in style.ASSETS.glob("*.css") if path.name != "tokens.css"]
    sheets += (TEMPLATES / "paper").glob("*.typ")
    allowed = {"#fff", "#000", "#444", "#999", "#1d202a"}

    found = {
        (path.name, colour)
        for path in sheets
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8"))
        if colour not in allowed
    }
    assert found == set()


def test_the_design_page_tells_every_colour_that_words_or_parts_have():
    told = design.table()

    named = {pair.over for pair in colours.PAIRS if not pair.over.startswith("on-")}
    assert {name for name in named if f'fill="var(--{name})"' not in told} == set()
    assert "style=" not in told
    assert "<code>#1c4e7d</code> 7.3" in told  # points in the light, on its own tint


def test_the_icons_are_those_of_the_mark():
    spec = importlib.util.spec_from_file_location("icons", ROOT / "tools" / "icons.py")
    icons = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(icons)

    for name, one in icons.ICONS.items():
        kept = Image.open(style.ASSETS / name).convert("RGBA")
        drawn = Image.open(io.BytesIO(icons.draw(*one))).convert("RGBA")
        assert kept.size == (one[1], one[1])
        assert max(ImageStat.Stat(ImageChops.difference(kept, drawn)).mean) < 1, f"{name}: run tools/icons.py"
    assert (style.ASSETS / icons.TAB).read_bytes() == icons.draw_tab(), "run tools/icons.py"
    with Image.open(style.ASSETS / icons.TAB) as tab:
        assert tab.ico.sizes() == {(16, 16), (32, 32), (48, 48)}
