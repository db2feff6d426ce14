"""A clinic's own copy: content/clinic.yml, which says who runs this site, and whom to call there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from workbook import colours, parsing, source
from workbook.clinic.logo import Logo, Slip, load_logo, problem
from workbook.clinic.settings import CrisisLine, Settings, dialled, on_one_line
from workbook.problems import ContentError, Problem, first
from workbook.safety import SafetyLine

FILE = Path("content/clinic.yml")
LINES = "<!-- clinic: crisis lines -->"  # where a clinic's crisis lines stand on a page
CRISIS = "crisis"  # the safety line at the foot of every sheet
AT_HAND = 2  # crisis lines that stand wherever ours do; the crisis page has all
DARK = (":not([data-theme=light])", "[data-theme=dark]")  # asked of the device, or of us
NUMBERS = " US: "  # where a safety line begins to tell numbers, country by country
NOWHERE = ".example"  # hosts that no one can have, as ours is until there is one
ADDRESS = "Put your own address into site_url in mkdocs.yml: it is in every QR code and every link on paper."


@dataclass(frozen=True)
class Clinic:
    """Who runs this copy, as `content/clinic.yml` says it, and their sign."""

    about: Settings
    logo: Logo | None = None

    @property
    def lines(self) -> list[CrisisLine]:
        """The crisis lines that stand wherever ours do."""
        return self.about.crisis[:AT_HAND]

    @property
    def where(self) -> list[str]:
        """How to find and to reach them: address, phone, hours."""
        return [one for one in (self.about.address, self.phone, self.about.hours) if one]

    @property
    def phone(self) -> str:
        """The number to call, which no line end cuts; empty where there is none."""
        return on_one_line(self.about.phone or "")

    @property
    def link(self) -> str:
        """What a phone does with the clinic's number."""
        return f"tel:{dialled(self.about.phone or '')}"

    @property
    def in_words(self) -> str:
        """The same on one line, with the name."""
        return " · ".join([self.about.name, *self.where])

    def beside(self, line: SafetyLine) -> SafetyLine:
        """A safety line with the clinic's numbers before ours, where it has some. Nothing of it is lost."""
        at = line.text.find(NUMBERS)
        if at < 0 and line.id != CRISIS:
            return line
        before, after = (line.text[:at], line.text[at:]) if at >= 0 else (line.text, "")
        said = "".join(f" {one.sentence}" for one in self.lines)
        numbers = [on_one_line(one.phone) for one in self.lines if one.phone] + line.numbers
        return line.model_copy(update={"text": before + said + after, "numbers": numbers})

    def style(self) -> str:
        """Rules that put the clinic's colours in place of ours on a screen; paper has one ink."""
        chosen = self.about.colours
        if not chosen:
            return ""
        made = f"@media screen{{{_rule(':root', chosen.light, 'light')}}}"
        if chosen.dark:  # else ours, whose selectors are stronger than the one above
            by_device, by_choice = (_rule(f":root{which}", chosen.dark, "dark") for which in DARK)
            made += (
                f"@media screen and (prefers-color-scheme:dark){{{by_device}}}@media screen{{{by_choice}}}"
            )
        return made


def load(root: Path, url: str = "") -> tuple[Clinic | None, list[Problem]]:
    """Whose copy it is, or everything that is wrong with the file. A file of comments is nobody's: None.

    `url` is where the site says it lies. A copy of a clinic needs an address of its own: one that leads
    nowhere is told, beside the clinic.
    """
    path = root / FILE
    if not path.exists():
        return None, []
    try:
        text = source.read(path, root, blank=True)
    except ContentError as error:
        return None, list(error.problems)
    if not text.data:
        return None, []
    problems: list[Problem] = []
    about = parsing.validated(text, Settings, text.data, (), problems)
    name, logo = text.data.get("logo"), None
    if isinstance(name, str) and name.strip():
        found = load_logo(name, path.parent)
        if isinstance(found, Slip):
            problems.append(
                problem(found, name, path.parent, text.problem(("logo",), found.message, found.hint))
            )
        else:
            logo = found
    made = Clinic(about, logo) if about and not problems else None
    if made and (host := urlsplit(url).hostname or "").endswith(NOWHERE):
        message = f"this copy is a clinic's, and its address is still one that leads nowhere: {host}"
        problems.append(text.problem(("name",), message, ADDRESS, at_key=True))
    return made, first(problems)


def _rule(selector: str, colour: str, scheme: str) -> str:
    said = ";".join(f"--{name}:{value}" for name, value in colours.shades(colour, scheme).items())
    return f"{selector}{{{said}}}"
