"""Does whoever makes a slip in content/clinic.yml, or in a logo, see what it is and how to mend it?"""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import jsonschema
import pytest
from clinics import OURS, SVG, TEXT, THEIRS, copy_in, png
from PIL import Image
from sheets import ROOT
from small_project import root_with

from workbook import clinic, library, schema, site, source
from workbook.clinic.logo import LARGEST, Logo, Slip, load_logo
from workbook.problems import ContentError
from workbook.site import Site

FOLDER = Path(__file__).parent / "problems" / "clinic"
CHECK = jsonschema.Draft7Validator(json.loads(schema.text("clinic")))
# What no schema can see: other files, contrast, what an origin or a phone number is, and characters.
BEYOND = {"logo-elsewhere", "logo-missing", "logo-of-another-kind", "not-printable", "origins", "twice"}

every_bad_file = pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)


@every_bad_file
def test_whoever_runs_a_copy_sees_exactly_this(path: Path, tmp_path: Path) -> None:
    made, problems = clinic.load(copy_in(tmp_path, path.read_text(encoding="utf-8")))

    assert made is None
    assert f"{ContentError(problems)}\n" == path.with_suffix(".txt").read_text(encoding="utf-8")


@every_bad_file
def test_the_schema_marks_what_it_can_see(path: Path) -> None:
    try:
        data = source.parse(path.read_bytes(), path).data
    except ContentError:
        return  # an editor marks that by itself
    assert CHECK.is_valid(data) is (path.stem in BEYOND)


def test_every_bad_file_says_what_it_should_say() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {path.stem for path in FOLDER.glob("*.yml")}


def test_a_sound_file_fits_the_schema() -> None:
    assert [one.message for one in CHECK.iter_errors(source.parse(TEXT, clinic.FILE).data)] == []


def test_the_file_as_it_comes_is_nobodys(tmp_path: Path) -> None:
    text = (ROOT / clinic.FILE).read_text(encoding="utf-8")

    assert clinic.load(copy_in(tmp_path, text)) == (None, [])
    assert clinic.load(copy_in(tmp_path, "")) == (None, [])
    assert clinic.load(tmp_path / "nowhere") == (None, [])


def test_each_line_of_it_is_right_once_its_sign_is_taken_away(tmp_path: Path) -> None:
    lines = (ROOT / clinic.FILE).read_text(encoding="utf-8").splitlines()
    head, rest = lines[:4], lines[4:]
    taken = [
        line.removeprefix("# ")
        for line in rest
        if not line.startswith("# ") or line[2:3].islower() or line[2] == " "
    ]
    text = "\n".join([*head, *taken, ""])

    made, problems = clinic.load(copy_in(tmp_path, text))

    assert problems == []
    assert made
    said = made.about.model_dump()
    assert {name for name, value in said.items() if not value} == set()
    assert made.logo


# ---- its address


def test_a_copy_that_kept_our_address_is_told_before_its_codes_are_printed(tmp_path: Path) -> None:
    folder = copy_in(root_with(tmp_path), f"# Ours\n{TEXT}")
    kept, own = Site("A site", OURS), Site("A site", THEIRS)

    loaded = library.load(folder, kept)
    (told,) = loaded.problems

    assert str(told).splitlines() == [
        "content/clinic.yml:2:1: this copy is a clinic's, and its address is still one that leads nowhere: "
        "pointsandsteps.example",
        "  2 | name: Riverside Recovery Clinic",
        "      ^",
        "  Put your own address into site_url in mkdocs.yml: it is in every QR code and every link on paper.",
    ]
    assert loaded.clinic  # so that `serve` shows it
    assert library.load(folder, own).problems == ()
    assert library.load(root_with(tmp_path / "nobodys"), kept).problems == ()


def test_our_address_is_one_that_leads_nowhere() -> None:
    assert site.read(ROOT).url == OURS


# ---- the logo

BOX = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"'
HOSTILE = {
    "script": f"<svg {BOX}><script>alert(1)</script></svg>",
    "script-of-html": f'<svg {BOX}><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script></svg>',
    "handler": f'<svg {BOX} onload="alert(1)"><path d="M0 0"/></svg>',
    "handler-deep": f'<svg {BOX}><g><path d="M0 0" ONCLICK="alert(1)"/></g></svg>',
    "picture-from-elsewhere": f'<svg {BOX}><image href="https://evil.example/a.png"/></svg>',
    "picture-of-a-script": f'<svg {BOX}><image href="data:image/svg+xml,&lt;svg/&gt;"/></svg>',
    "copy-from-elsewhere": f'<svg {BOX} xmlns:l="http://www.w3.org/1999/xlink"><use l:href="a.svg#b"/></svg>',
    "link": f'<svg {BOX}><a href="https://evil.example"><path d="M0 0"/></a></svg>',
    "html": f'<svg {BOX}><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">a</p></foreignObject></svg>',
    "moves": f'<svg {BOX}><set attributeName="href" to="javascript:alert(1)"/></svg>',
    "style-from-elsewhere": f"<svg {BOX}><style>@import url(https://evil.example/a.css);</style></svg>",
    "style-in-two": f"<svg {BOX}><style>@im<!-- -->port 'a.css';</style></svg>",
    "style-in-disguise": f"<svg {BOX}><style>\\40import 'a.css';</style></svg>",
    "fill-from-elsewhere": f'<svg {BOX}><path fill="url( //evil.example/a )"/></svg>',
    "style-in-a-tag": f"<svg {BOX}><path style=\"fill:url('a.svg#b')\"/></svg>",
    "style-sheet": f'<?xml-stylesheet href="a.css"?><svg {BOX}/>',
    "entities": f'<!DOCTYPE svg [<!ENTITY a "bbb"><!ENTITY c "&a;&a;">]><svg {BOX}><title>&c;</title></svg>',
    "file": f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg {BOX}><title>&a;</title></svg>',
    "copies-of-copies": f'<svg {BOX}><g id="a"/>' + '<use href="#a"/>' * 21 + "</svg>",
    "letters": f"<svg {BOX}><text>Riverside</text></svg>",
    "no-drawing": "<html><body>Riverside</body></html>",
    "no-namespace": '<svg viewBox="0 0 4 4"/>',
    "not-closed": f"<svg {BOX}><g></svg>",
    "no-xml": "Riverside",
    "nothing": "",
    "no-size": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    "no-width": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 4"/>',
    "too-wide": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 10"/>',
}


def slip(folder: Path, name: str, content: bytes) -> Slip:
    (folder / name).write_bytes(content)
    found = load_logo(name, folder)
    assert isinstance(found, Slip), found
    assert found.message
    assert found.hint
    return found


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_drawing_that_could_do_more_than_be_looked_at_is_refused(content: str, tmp_path: Path) -> None:
    slip(tmp_path, "logo.svg", content.encode())


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a",
        SVG.encode(),
        png()[:200],
        b"",
        png()[:60] + b"oops" + png()[64:],
        png(900, 100),
        png(2100, 2100),
    ],
    ids=["gif", "svg", "cut", "nothing", "damaged", "too-wide", "too-many-dots"],
)
def test_what_is_no_png_is_refused(content: bytes, tmp_path: Path) -> None:
    slip(tmp_path, "logo.png", content)


def test_a_drawing_in_another_encoding_is_refused(tmp_path: Path) -> None:
    assert "UTF-8" in slip(tmp_path, "logo.svg", SVG.encode("utf-16")).message


@pytest.mark.parametrize("name", ["logo.svg", "logo.png"])
def test_a_logo_of_50_mb_is_refused_unread(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / name).open("wb") as file:
        os.truncate(file.fileno(), 50_000_000)
    monkeypatch.setattr(Path, "read_bytes", None)

    found = load_logo(name, tmp_path)

    assert isinstance(found, Slip)
    assert found.message == f"the logo is too big (50.0 MB), and {LARGEST // 1000} kB is the most"


def test_a_link_that_leads_out_of_the_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(SVG, encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "logo.svg").symlink_to(tmp_path / "secret.svg")

    assert isinstance(load_logo("logo.svg", tmp_path / "content"), Slip)


def test_a_slip_in_a_drawing_is_told_where_it_stands_there(tmp_path: Path) -> None:
    folder = copy_in(tmp_path)
    (folder / "content" / "logo.svg").write_text(f"<svg {BOX}>\n  <script/>\n</svg>\n", encoding="utf-8")

    _, problems = clinic.load(folder)

    assert [str(one).splitlines()[:3] for one in problems] == [
        ["content/logo.svg:2:3: there is a script in the logo", "  2 |   <script/>", "        ^"]
    ]


DRAWN = {
    "inkscape": f'<svg {BOX} xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:version="1">'
    '<i:grid onclick="a"/><g style="fill:#123;clip-path:url(#c)"><path d="M0 0h4v4z"/></g></svg>',
    "illustrator": '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://w3.org/a.dtd">'
    f'<svg {BOX}><style>.a{{fill:url("#g")}}</style><use href="#a"/><path d="M0 0h4v4z"/></svg>',
    "in-units": '<svg xmlns="http://www.w3.org/2000/svg" width="30.5mm" height="10mm">'
    '<circle cx="20" cy="20" r="9"/></svg>',
}


def plain(colour: str, size: tuple[int, int] = (300, 100)) -> bytes:
    """A PNG of one colour with a clear edge."""
    picture = Image.new("RGBA", size)
    picture.paste(colour, (20, 20, size[0] - 20, size[1] - 20))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


PALE = {
    "white.png": plain("#ffffff"),
    "yellow.png": plain("#ffff00"),
    "clear.png": plain("#00000000"),
    "white.svg": '<path fill="#fff" d="M0 0h4v4z"/>',
    "by-a-style.svg": '<style>.a{fill:white}</style><path class="a" d="M0 0h4v4z"/>',
    "clear.svg": '<path opacity="0" d="M0 0h4v4z"/>',
    "nothing.svg": "",
}
DARK = {
    "gold.png": plain("#ffd400"),
    "grey.png": plain("#dddddd"),
    "on-its-own-ground.svg": '<path d="M0 0h4v4H0z"/><path fill="#fff" d="M1 1h2v2z"/>',
    "a-thin-line.svg": '<path fill="none" stroke="#123" stroke-width=".1" d="M0 2h4"/>',
}


def whole(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else f"<svg {BOX}>{content}</svg>".encode()


@pytest.mark.parametrize("name", PALE)
def test_a_logo_that_nobody_would_see_on_white_is_refused(name: str, tmp_path: Path) -> None:
    """Paper is white, and so is the plate on which it stands on a dark screen."""
    found = slip(tmp_path, name, whole(PALE[name]))

    assert found.message.startswith("the logo is white or very pale: nobody would see it on paper")
    assert "made for a light ground" in found.hint


@pytest.mark.parametrize("name", DARK)
def test_a_logo_that_can_be_seen_on_white_is_taken(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(whole(DARK[name]))

    assert isinstance(load_logo(name, tmp_path), Logo)


@pytest.mark.parametrize("content", DRAWN.values(), ids=DRAWN)
def test_what_drawing_programs_save_is_taken(content: str, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(content, encoding="utf-8")

    assert isinstance(load_logo("logo.svg", tmp_path), Logo)
