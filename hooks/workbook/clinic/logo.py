"""The logo of a clinic: read, measured, and refused where it could do more than be looked at."""

from __future__ import annotations

import base64
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from xml.parsers import expat

from workbook import colours
from workbook.problems import Problem, quoted

LARGEST = 40_000  # bytes: it comes with every page, and is in every PDF
MOST_DOTS = 4_000_000  # width × height of a PNG
WIDEST = 8  # times as wide as high, or as high as wide
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
# What drawing programs write for themselves; no browser looks at it.
NOTES = (
    "http://sodipodi.sourceforge.net/",
    "http://www.inkscape.org/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
    "http://ns.adobe.com/",
)
BUILT = (
    "svg",
    "g",
    "defs",
    "title",
    "desc",
    "metadata",
    "style",
    "symbol",
    "use",
    "image",
    "clipPath",
    "mask",
)
SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
FILLS = ("pattern", "linearGradient", "radialGradient", "stop")
DRAWN = {*BUILT, *SHAPES, *FILLS}
INSIDE = re.compile(r"#|data:image/(?:png|jpeg);base64,", re.IGNORECASE)
# A backslash could hide any of it, and no drawing has one.
OUTSIDE = re.compile(r"@import|url\(\s*+[\"']?+(?!#)|javascript:|\\", re.IGNORECASE)
MOST_COPIES = 20  # <use> in <use> grows without end
LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px|pt|mm|cm|in|pc|q)?\s*", re.IGNORECASE)
FAINT = 1.25  # contrast with white below which nobody sees a shape: pure yellow has 1.07
SEEN = 0.005  # how much of a picture must be seen
MOST_SIDE = 160  # dots of the picture that is looked at
SAVE = "Save it as plain SVG, or as PNG, and name that."


@dataclass(frozen=True)
class Logo:
    """A picture that can only be looked at. `width`, `height`: in any unit, for their ratio."""

    ending: str  # 'svg' or 'png'
    content: bytes = field(repr=False)
    digest: str
    width: float
    height: float

    @property
    def uri(self) -> str:
        """Where it is published; another picture has another name, so that browsers may keep it."""
        return f"assets/clinic/logo-{self.digest[:12]}.{self.ending}"

    def wide(self, height: int) -> int:
        """Its width where it is `height` high."""
        return max(1, round(height * self.width / self.height))

    @property
    def drawn(self) -> str:
        """As an SVG in ASCII, whatever it is, for paper."""
        if self.ending == "svg":
            text = self.content.decode("utf-8-sig")
            return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("ascii", "xmlcharrefreplace").decode()
        picture = f"data:image/png;base64,{base64.b64encode(self.content).decode()}"
        size = f'width="{self.width:g}" height="{self.height:g}"'
        return f'<svg xmlns="{SVG}" {size}><image {size} href="{picture}"/></svg>'


@dataclass(frozen=True)
class Slip:
    """What is wrong with a logo, and the cure; `line` and `column` in its own file, if it is text."""

    message: str
    hint: str
    line: int = 0
    column: int = 0


class _Refused(Exception):
    """Carries a slip out of the parser."""

    def __init__(self, slip: Slip) -> None:
        super().__init__(slip.message)
        self.slip = slip


def load_logo(name: str, folder: Path) -> Logo | Slip:
    """The logo called `name` in `folder`, or what is wrong with it."""
    path = folder / name
    if name.startswith(("/", "\\")) or "\\" in name or ".." in Path(name).parts or ":" in name:
        return Slip(
            f"{quoted(name)} leads out of content/", "Put the file into content/, and name it from there."
        )
    if path.suffix.lower() not in (".svg", ".png"):
        return Slip(f"{quoted(name)} is neither an SVG nor a PNG file", "Save the logo as .svg or .png.")
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        return Slip(
            f"there is no file {quoted(name)} in content/", "Put it there, or look for a slip in the name."
        )
    if (size := path.stat().st_size) > LARGEST:
        message = f"the logo is too big ({_size(size)}), and {_size(LARGEST)} is the most"
        return Slip(message, "It comes with every page: save it smaller, or as a plain SVG.")
    content = path.read_bytes()
    found = _png(content) if path.suffix.lower() == ".png" else _svg(content)
    return (_unseen(found) or found) if isinstance(found, Logo) else found


def problem(slip: Slip, name: str, folder: Path, elsewhere: Problem) -> Problem:
    """In the picture's own file where the slip has a line, else where the logo is named."""
    if not slip.line:
        return elsewhere
    lines = (folder / name).read_bytes().decode("utf-8-sig", "replace").splitlines()
    excerpt = lines[slip.line - 1] if slip.line <= len(lines) else ""
    place = elsewhere.path.parent / name
    return Problem(place, slip.line, slip.column + 1, slip.message, slip.hint, excerpt)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{count // 1000} kB"


def _made(ending: str, content: bytes, width: float, height: float) -> Logo | Slip:
    if not 1 / WIDEST <= width / height <= WIDEST:
        message = f"the logo is {width:g} wide and {height:g} high"
        return Slip(message, f"Use one that is at most {WIDEST} times as wide as high, or as high as wide.")
    return Logo(ending, content, sha256(content).hexdigest(), width, height)


def _png(content: bytes) -> Logo | Slip:
    damaged = Slip(
        "the logo is no PNG image, or it is damaged", "Save it again as PNG, from a program that draws."
    )
    from PIL import Image  # here: it takes long to load, and few copies have a logo

    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            width, height = picture.size
            if width * height > MOST_DOTS:
                return Slip(
                    f"the logo has {width} × {height} dots", "Make it smaller: 600 dots wide is enough."
                )
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return damaged
    return _made("png", content, width, height)


def _unseen(logo: Logo) -> Slip | None:
    """What is wrong with a logo that nobody would see on white.

    White is its ground everywhere: paper is white, and on a screen it has a white plate, in the dark too.
    So one that is made for a dark ground is of no use. It is drawn as paper draws it, and then looked at.
    """
    from PIL import Image

    try:
        picture = Image.open(io.BytesIO(_on_white(logo))).convert("RGB")
    except RuntimeError:
        return Slip("the logo cannot be drawn", SAVE)
    picture.thumbnail((MOST_SIDE, MOST_SIDE))
    dots = bytes(picture.tobytes()).hex(" ", 3).split()
    seen = sum(
        count for dot, count in Counter(dots).items() if colours.contrast(f"#{dot}", "#ffffff") >= FAINT
    )
    if seen >= SEEN * picture.width * picture.height:
        return None
    message = "the logo is white or very pale: nobody would see it on paper, or on its white plate"
    return Slip(message, "Take the one that is made for a light ground, or draw a dark shape behind it.")


def _on_white(logo: Logo) -> bytes:
    """A PNG of it on white, as large as its longer side allows."""
    import typst

    page = "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
    side = "width" if logo.width >= logo.height else "height"
    page += f'#image(bytes(sys.inputs.logo), format: "svg", {side}: {MOST_SIDE}pt)'
    made = typst.compile(page.encode(), format="png", ppi=72, sys_inputs={"logo": logo.drawn})
    assert isinstance(made, bytes)
    return made


def _svg(content: bytes) -> Logo | Slip:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Slip("the logo is not UTF-8 text, as an SVG is", SAVE)
    try:
        root = _looked_at(content)
    except _Refused as refused:
        return refused.slip
    except expat.ExpatError as error:
        return Slip("the logo is no SVG drawing, or it is damaged", SAVE, error.lineno, error.offset)
    size = _measured(root)
    return (
        _made("svg", content, *size)
        if size
        else Slip("the logo does not say how large it is", "Give it a viewBox.")
    )


def _looked_at(content: bytes) -> dict[str, str]:
    """The attributes of the outermost element; raises at the first thing that has no place in a picture."""
    parser = expat.ParserCreate(namespace_separator=" ")
    root: dict[str, str] = {}
    inside: list[str] = []
    styles: list[str] = []
    copies = [0]

    def refuse(message: str, hint: str = SAVE) -> None:
        raise _Refused(Slip(message, hint, parser.CurrentLineNumber, parser.CurrentColumnNumber))

    def start(name: str, attributes: dict[str, str]) -> None:
        for message, hint in _wrong(name, attributes, outermost=not inside):
            refuse(message, hint)
        if not inside:
            root.update(attributes)
        inside.append(name)
        copies[0] += name == f"{SVG} use"
        if copies[0] > MOST_COPIES:
            refuse(f"the logo has more than {MOST_COPIES} <use>, which could grow without end")

    def end(name: str) -> None:
        inside.pop()
        if name == f"{SVG} style" and OUTSIDE.search("".join(styles)):
            refuse("a style in the logo asks for something outside it")

    def words(text: str) -> None:
        if inside[-1] == f"{SVG} style":
            styles.append(text)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = lambda name, system, public, internal: (
        refuse("the logo declares entities, which could grow without end") if internal else None
    )
    parser.ProcessingInstructionHandler = lambda *_: refuse("the logo asks for a style sheet or a program")
    parser.Parse(content, True)
    return root


def _wrong(name: str, attributes: dict[str, str], *, outermost: bool) -> Iterator[tuple[str, str]]:
    """What an element has that a picture has no use for, and the cure."""
    space, _, tag = name.rpartition(" ")
    if outermost and (space, tag) != (SVG, "svg"):
        yield "the logo is no SVG drawing", f'It begins with <svg xmlns="{SVG}">. {SAVE}'
    if space.startswith(NOTES):
        return
    if tag.lower() == "script":
        yield "there is a script in the logo", f"A picture needs none. {SAVE}"
    if tag in ("text", "tspan", "textPath"):
        yield (
            "there is text in the logo, and its font is not on every device",
            "Turn the letters into shapes (in Inkscape: Path, Object to Path), and save it again.",
        )
    if space != SVG or tag not in DRAWN:
        yield f"there is <{tag}> in the logo, which is more than a picture needs", SAVE
    for given, value in attributes.items():
        attribute = given.rpartition(" ")[2].lower()
        if attribute.startswith("on"):
            yield f"the logo runs a script: {attribute}", f"A picture needs none. {SAVE}"
        if attribute in ("href", "src") and not INSIDE.match(value.strip()):
            yield f"the logo asks for something outside it: {quoted(value)}", SAVE
        if attribute not in ("href", "src") and OUTSIDE.search(value):
            yield f"the logo asks for something outside it: {quoted(value)}", SAVE


def _measured(root: dict[str, str]) -> tuple[float, float] | None:
    box = re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))
    if len(box) == 4:
        width, height = float(box[2]), float(box[3])
    else:
        found = [LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
        if not all(found):
            return None
        width, height = (float(one[1]) for one in found if one)
    return (width, height) if width > 0 and height > 0 else None
