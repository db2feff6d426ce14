"""What a clinic may say of itself, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated
from urllib.parse import urlsplit

from babel import Locale
from pydantic import AfterValidator
from pydantic import Field as Setting
from pydantic_core import PydanticCustomError

from workbook import colours
from workbook.fields.base import Fault, Ref, Strict, Text
from workbook.problems import did_you_mean, quoted

MOST_LINES, MOST_ORIGINS = 12, 20
NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}  # what Babel names besides
SHORT_FORMS = {"UK": "GB", "USA": "US", "ENGLAND": "GB", "SCOTLAND": "GB", "WALES": "GB", "UAE": "AE"}
PHONE = re.compile(r"\+?[\d\s().\-/]+")
COLOUR = r"^#[0-9a-fA-F]{6}$"
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
NEAR = ("localhost", "127.0.0.1")  # the only ones without TLS: nobody stands in between
COMPARED = {"light": "darker", "dark": "lighter"}


def _refuse(message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("faults", "broken rules", {"faults": [Fault(message, (), hint)]})


@cache
def countries() -> dict[str, str]:
    """The English name of each country, by its two letters."""
    named = Locale("en").territories.items()
    return {
        code: name for code, name in named if re.fullmatch(r"[A-Z]{2}", code) and code not in NO_COUNTRIES
    }


def _country(name: str) -> str:
    if name in countries().values():
        return name
    code = name.upper().replace(".", "")
    if known := countries().get(SHORT_FORMS.get(code, code)):
        raise _refuse(f"{quoted(name)} is not the name of a country", f"Did you mean '{known}'?")
    near = did_you_mean(name, countries().values())
    hint = near if near.endswith("?") else "Write its English name, such as United States or Ireland."
    raise _refuse(f"no country is called {quoted(name)}", hint)


def dialled(phone: str) -> str:
    """The number as a phone dials it: its digits, and the plus before them."""
    return ("+" if phone.strip().startswith("+") else "") + re.sub(r"\D", "", phone)


def on_one_line(phone: str) -> str:
    """With spaces that end no line: a number is read in one go."""
    return "\N{NO-BREAK SPACE}".join(phone.split())


def _phone(number: str) -> str:
    digits = len(re.sub(r"\D", "", number))
    if not PHONE.fullmatch(number.strip()) or not number.isascii():
        hint = "Write digits as people dial them, and words under 'hours': +1 555 010 0199."
        raise _refuse(f"{quoted(number)} is not a phone number", hint)
    if not 2 <= digits <= 15:
        hint = "A number has 2 to 15 digits: +1 555 010 0199."
        raise _refuse(f"{quoted(number)} has {digits} {'digit' if digits == 1 else 'digits'}", hint)
    return number


def _in_the_light(colour: str) -> str:
    return _readable(colour, "light")


def _in_the_dark(colour: str) -> str:
    return _readable(colour, "dark")


def _readable(colour: str, scheme: str) -> str:
    if short := re.fullmatch(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])", colour):
        six = "#" + "".join(2 * one for one in short.groups())
        raise _refuse(f"{quoted(colour)} is not a colour here", f"Write it with six signs: {six}.")
    if not re.fullmatch(COLOUR, colour):
        hint = "Write # and six signs, each 0 to 9 or a to f: #184d3d."
        raise _refuse(f"{quoted(colour)} is not a colour", hint)
    told, pair = colours.closest(colours.shades(colour.lower(), scheme), scheme)
    if told < pair.least:
        message = f"{quoted(colour)} is too {'pale' if scheme == 'light' else 'dark'} to read"
        message += f": its contrast is {int(told * 10) / 10:.1f}, and words need {pair.least:g}"
        better = colours.readable(colour.lower(), scheme)
        raise _refuse(message, f"Take a {COMPARED[scheme]} one, such as {better}.")
    return colour.lower()


def _origin(address: str) -> str:
    """An origin as browsers write it: https, a host, perhaps a port, and nothing after."""
    example = "https://portal.example.org"
    what = f"{quoted(address)} is not the origin of a site"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refuse(what, f"Write it like this: {example}.") from None
    if "*" in address:
        raise _refuse(f"{quoted(address)} would let in more than one site", f"Name each: {example}.")
    right = f"{parts.scheme}://{host}{f':{port}' if port is not None else ''}"
    if parts.scheme == "http" and host not in NEAR:
        message = f"{quoted(address)} is not safe on its way: anyone in between could change that page"
        raise _refuse(message, f"Write https, once that site has it: https://{right[7:]}.")
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(host) or port == 0 or "@" in address:
        raise _refuse(what, f"Write it like this: {example}.")
    if address != right:
        raise _refuse(f"{quoted(address)} is more than an origin", f"Write only this: {right}.")
    return address


Country = Annotated[
    Text,
    AfterValidator(_country),
    Setting(description="Its English name", json_schema_extra=lambda schema: schema.update(_known())),
]
Phone = Annotated[Text, Setting(max_length=40), AfterValidator(_phone)]
Origin = Annotated[Ref, AfterValidator(_origin)]


def _known() -> dict[str, list[str]]:
    return {"enum": sorted(countries().values())}


class CrisisLine(Strict):
    """A number to call, or to send a text to, in one country."""

    country: Country
    name: Annotated[Text, Setting(max_length=40, description="What the line is called")]
    phone: Annotated[Phone | None, Setting(description="The number to call")] = None
    sms: Annotated[Phone | None, Setting(description="The number to send a text to")] = None
    hours: Annotated[Text | None, Setting(max_length=60, description="When someone answers")] = None

    def faults(self) -> Iterator[Fault]:
        if not self.phone and not self.sms:
            hint = "Add 'phone', 'sms' or both."
            yield Fault(f"the crisis line {quoted(self.name)} has no number", (), hint)

    @property
    def number(self) -> str:
        """The one to try first."""
        return self.phone or self.sms or ""

    @property
    def link(self) -> str:
        """What a phone does with it."""
        return f"{'tel' if self.phone else 'sms'}:{dialled(self.number)}"

    @property
    def ways(self) -> list[tuple[str, str]]:
        """Each as a link and in words: ('tel:5550100', 'call 555 0100')."""
        calls = [(f"tel:{dialled(self.phone)}", f"call {on_one_line(self.phone)}")] if self.phone else []
        return calls + ([(f"sms:{dialled(self.sms)}", f"text {on_one_line(self.sms)}")] if self.sms else [])

    @property
    def sentence(self) -> str:
        """'County line (United States): call 555 0100 or text 555 0101, day and night.'"""
        ways = " or ".join(words for _, words in self.ways)
        hours = f", {self.hours.strip().rstrip('.')}" if self.hours else ""
        return f"{self.name} ({self.country}): {ways}{hours}."


class Colours(Strict):
    """The colour of what one can do: links, buttons, ticks."""

    light: Annotated[
        Text,
        AfterValidator(_in_the_light),
        Setting(description="On a light ground: # and six signs", json_schema_extra={"pattern": COLOUR}),
    ]
    dark: Annotated[
        Annotated[Text, AfterValidator(_in_the_dark)] | None,
        Setting(description="On a dark ground; ours, if left out", json_schema_extra={"pattern": COLOUR}),
    ] = None


class Settings(Strict):
    """Everything that content/clinic.yml says."""

    name: Annotated[Text, Setting(max_length=80, description="What the clinic is called")]
    phone: Annotated[Phone | None, Setting(description="The number to call, as people dial it")] = None
    hours: Annotated[Text | None, Setting(max_length=120, description="When someone answers")] = None
    address: Annotated[Text | None, Setting(max_length=160, description="Where it is, on one line")] = None
    opening: Annotated[
        Text | None, Setting(max_length=240, description="One kind sentence to whoever gets a packet")
    ] = None
    logo: Annotated[
        Ref | None, Setting(description="An SVG or PNG file in content/, named from there: logo.svg")
    ] = None
    crisis: list[CrisisLine] = Setting(
        default=[],
        max_length=MOST_LINES,
        description="Numbers that stand before ours; the first two everywhere",
    )
    colours: Annotated[Colours | None, Setting(description="Of links, buttons and ticks")] = None
    embed: list[Origin] = Setting(
        default=[],
        max_length=MOST_ORIGINS,
        description="Sites that may show a sheet in a frame: https://…",
    )

    def faults(self) -> Iterator[Fault]:
        for index, origin in enumerate(self.embed):
            if origin in self.embed[:index]:
                yield Fault(f"{quoted(origin)} is there twice", ("embed", index), "Take one of them out.")
