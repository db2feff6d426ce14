"""Draw the icons of home screens and tabs from the mark. Run it when mark or colours change; a test asks."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import typst
from PIL import Image

ASSETS = Path(__file__).parents[1] / "hooks" / "workbook" / "assets"
PAPER = "#fcfaf6"
# Name: (mark, pixels, how much of the width it fills). A maskable icon may lose all outside a circle of 80 %.
ICONS = {
    "icon-180.png": ("logo.svg", 180, 0.74),
    "icon-192.png": ("logo.svg", 192, 0.8),
    "icon-512.png": ("logo.svg", 512, 0.8),
    "icon-maskable-192.png": ("logo.svg", 192, 0.56),
    "icon-maskable-512.png": ("logo.svg", 512, 0.56),
}
# For browsers that show no SVG in a tab, and for whatever asks for this name unasked.
TAB = "favicon.ico"
TAB_SIZES = (16, 32, 48)


def draw(mark: str, pixels: int, fill: float) -> bytes:
    """A PNG of few colours, on the ground of our pages."""
    drawn = re.sub(r"<style>.*?</style>", "", (ASSETS / mark).read_text(encoding="utf-8"), flags=re.DOTALL)
    drawn = re.sub(r"var\(--\w+, (#\w+)\)", r"\1", drawn)
    page = f"""#set page(width: {pixels}pt, height: {pixels}pt, margin: 0pt, fill: rgb("{PAPER}"))
#align(center + horizon, image(bytes(sys.inputs.mark), format: "svg", width: {fill:%}))"""
    made = typst.compile(page.encode(), format="png", ppi=72, sys_inputs={"mark": drawn})
    out = io.BytesIO()
    image = Image.open(io.BytesIO(made)).convert("P", palette=Image.Palette.ADAPTIVE, colors=32)
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def draw_tab() -> bytes:
    """The mark of a tab in each of its sizes, drawn for that size."""
    drawn = [Image.open(io.BytesIO(draw("favicon.svg", pixels, 1))).convert("RGB") for pixels in TAB_SIZES]
    out = io.BytesIO()
    drawn[-1].save(out, "ICO", sizes=[(pixels, pixels) for pixels in TAB_SIZES], append_images=drawn[:-1])
    return out.getvalue()


if __name__ == "__main__":
    for name, one in ICONS.items():
        (ASSETS / name).write_bytes(draw(*one))
    (ASSETS / TAB).write_bytes(draw_tab())
    sys.exit()
