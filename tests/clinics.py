"""A clinic that runs a copy, for tests: what its file says, its logo, and the library with both."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw
from sheets import real

from workbook import clinic, library, parsing, source
from workbook.clinic.logo import load_logo
from workbook.clinic.settings import Settings

TEXT = """\
name: Riverside Recovery Clinic
phone: "+1 555 010 0100"
hours: Monday to Friday, 9 to 5
address: 12 River Road, Springfield
opening: You are welcome here, whichever road you take.
logo: logo.svg
crisis:
  - country: United States
    name: Riverside crisis line
    phone: "+1 555 010 0199"
    sms: "55501"
    hours: day and night
  - {country: Ireland, name: Night line, phone: "01 555 0198"}
  - {country: Spain, name: Tercera línea, sms: "55502"}
colours: {light: "#0b3d91", dark: "#a9c7ff"}
embed: ["https://portal.example.org"]
"""
SVG = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">'
    '<title>Río</title><rect width="120" height="40" rx="8" fill="#0b3d91"/></svg>\n'
)


def png(width: int = 300, height: int = 100) -> bytes:
    """A small picture."""
    picture = Image.new("RGBA", (width, height))
    ImageDraw.Draw(picture).ellipse((0, 0, height - 1, height - 1), fill="#0b3d91")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


OURS, THEIRS = "https://pointsandsteps.example/", "https://riverside.test/"


def copy_in(folder: Path, text: str = TEXT) -> Path:
    """A project's folder with a clinic's file and logo in its content, and the clinic's address for ours."""
    settings = folder / "mkdocs.yml"
    if settings.exists():
        settings.write_text(settings.read_text(encoding="utf-8").replace(OURS, THEIRS), encoding="utf-8")
    place = folder / "content"
    place.mkdir(parents=True, exist_ok=True)
    (place / "clinic.yml").write_text(text, encoding="utf-8")
    (place / "logo.svg").write_text(SVG, encoding="utf-8")
    (place / "logo.png").write_bytes(png())
    return folder


def settings(text: str = TEXT) -> Settings:
    """What a sound file says."""
    return parsing.parse(source.parse(text, clinic.FILE), Settings)


def whose(said: Settings, folder: Path, logo: str = "logo.svg") -> library.Library:
    """The real library as the copy of a clinic; its logo lies in `folder`."""
    found = load_logo(logo, copy_in(folder) / "content")
    assert isinstance(found, clinic.Logo), found
    made = clinic.Clinic(said, found)
    safety = {name: made.beside(line) for name, line in real().safety.items()}
    return replace(real(), clinic=made, safety=safety)


@cache
def riverside(folder: Path) -> library.Library:
    """The copy of the clinic above."""
    return whose(settings(), folder)
