"""What a worksheet's page weighs: bytes, which are no clock."""

import gzip
import re
from functools import cache
from posixpath import dirname, join, normpath

from sheets import real

from workbook import outputs
from workbook.render import screen

# Bytes, gzip; fonts apart, since one serves the whole site. A few sheets have more words than others.
PAGE, LONGEST, SCRIPT, REQUESTS = 20_000, 22_000, 8_000, 6
LOADED = re.compile(
    r'<(?:link rel="(?:stylesheet|icon|modulepreload)" href|script type="module" src)="([^"]+)"'
)
IMPORTED = re.compile(r"^import\b[^'\"]*['\"](\./[^'\"]+)", re.MULTILINE)


@cache
def assets():
    return {output.uri: output.read() for output in outputs.of_assets()}


def weight(content):
    return len(gzip.compress(content, 9))


def first_load(id_):
    """The page, and what it loads before a person shows, by address."""
    html = screen.page(real().worksheets[id_], real(), {})
    asked = [normpath(join("worksheets", id_, place)) for place in LOADED.findall(html)]
    found = {"": html.encode()}
    while asked:
        place = asked.pop()
        if place not in found:
            found[place] = assets()[place]
            if place.endswith(".js"):
                text = found[place].decode()
                asked += [normpath(join(dirname(place), one)) for one in IMPORTED.findall(text)]
    return found


def scripts(found):
    return {place: content for place, content in found.items() if place.endswith(".js")}


def test_what_is_loaded_at_once_is_known():
    assert set(first_load("urge-log")) == {
        "",
        "assets/workbook/favicon.svg",
        "assets/workbook/print.css",
        *(f"assets/workbook/js/{name}.js" for name in ("main", "answers", "live")),
    }


def test_pages_are_light():
    loads = [first_load(id_) for id_ in real().worksheets]
    weights = sorted(sum(map(weight, found.values())) for found in loads)

    assert max(map(len, loads)) <= REQUESTS
    assert weights[-1] <= LONGEST
    assert weights[len(weights) * 9 // 10] <= PAGE
    assert sum(map(weight, scripts(loads[0]).values())) <= SCRIPT


def test_nothing_holds_up_the_first_drawing():
    head = screen.page(real().worksheets["urge-log"], real(), {}).partition("</head>")[0]

    assert re.findall(r'<link rel="stylesheet"(?![^>]* media="print")[^>]*>', head) == []
    assert (
        re.findall(r"<script(?![^>]* type=\"(?:module|application/ld\+json)\")[^>]* src=[^>]*>", head) == []
    )


def test_every_module_that_comes_at_once_is_asked_for_at_once():
    """Otherwise the second is asked for when the first is there, which on a slow line is seen."""
    html = screen.page(real().worksheets["urge-log"], real(), {})
    named = {normpath(join("worksheets/urge-log", place)) for place in LOADED.findall(html)}

    assert set(scripts(first_load("urge-log"))) <= named
