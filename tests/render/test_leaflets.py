"""Does paper say what a page says: in short with every warning, whole where all of it is safety?"""

from __future__ import annotations

import html
import io
import os
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from clinics import riverside
from sheets import leaflets, printed, real
from test_hostile_words import HOSTILE

from workbook import handbook, packed
from workbook.library import Library
from workbook.packet import is_page
from workbook.problems import Problem
from workbook.render import leaflet
from workbook.render.leaflet import Leaflet
from workbook.render.leaflet import text as leaflet_text
from workbook.render.packet import paper
from workbook.render.packet import text as packet_text
from workbook.render.pdf import typeset

LISTED = sorted({one for packet in real().packets.values() for one in packet.parts if is_page(one)})
WHOLE = ("/crisis/", "/safety/withdrawal/")
ONE = real().packets["first-meeting"]  # to put other parts into
every_listed = pytest.mark.parametrize("address", LISTED)

PAGE = """\
---
title: Tea
description: How to make it.
written: 2026-11-01
updated: 2026-11-27
review: 2027-11-01
{matter}
---

# Tea, by hand

Tea takes *five* minutes.

This page says **how**.

!!! short "In short"
    - Boil water.

## Why

A long story [@kelly-2020-cochrane].

!!! danger "Steam burns"
    Keep children away. See [Crisis help](crisis.md).

## How it is done {{ .in-packet }}

1. Boil.
2. Pour.

## What you can do

Ring [a friend](tel:5550100), or look at [the shelf](worksheets/index.md).
{more}
"""


def page(folder: Path, more: str = "", matter: str = "") -> handbook.Page:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "tea.md").write_text(PAGE.format(more=more, matter=matter), encoding="utf-8")
    return handbook.pages(folder)["/tea/"]


def made(folder: Path, more: str = "", matter: str = "") -> tuple[Leaflet, list[Problem]]:
    return leaflet.of(page(folder, more, matter), real())


def said(one: Leaflet) -> str:
    return " ".join(leaflet_text.render(one, real()).split())


def pages_of(library: Library, size: str) -> dict[str, list[str]]:
    """The words of each side of paper that a listed page takes, by its address."""
    packet = ONE.model_copy(update={"parts": LISTED})
    drawn = pypdfium2.PdfDocument(paper.draw(paper.data(packet, library, size, printed(library))))
    sides = [" ".join(one.get_textpage().get_text_bounded().split()) for one in drawn]
    feet = {address: f"{library.pages[address].title} · as of" for address in LISTED}
    return {address: [one for one in sides if foot in one] for address, foot in feet.items()}


@cache
def on_paper(address: str) -> list[str]:
    return ours("letter")[address]


@cache
def ours(size: str) -> dict[str, list[str]]:
    return pages_of(real(), size)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Another's: the copy of a clinic."""
    return riverside(tmp_path_factory.mktemp("clinic"))


# ---- what of a page stands on paper


def test_in_short_a_page_has_its_lead_its_boxes_what_was_marked_and_what_to_do_next(tmp_path: Path) -> None:
    one, problems = made(tmp_path)

    assert problems == []
    assert not one.whole
    for kept in ("Tea takes five minutes.", "Boil water.", "! Steam burns", "Keep children away", "2. Pour."):
        assert kept in said(one)
    assert "Ring a friend, or look at the shelf." in said(one)
    assert "A long story" not in said(one)
    assert "This page says how" not in said(one)


def test_a_page_that_is_all_safety_is_there_whole(tmp_path: Path) -> None:
    one, _ = made(tmp_path, matter="paper: whole")

    assert one.whole
    assert "This page says how." in said(one)
    assert "A long story (Kelly et al., 2020)." in said(one)
    assert said(one).index("Why") < said(one).index("Steam burns") < said(one).index("How it is done")


def test_what_is_not_for_packets_is_left_out(tmp_path: Path) -> None:
    more = (
        "\nTap the number.\n{: .not-in-packet }\n\n## Later { .not-in-packet }\n\nMore.\n\n## Last\n\nEnd.\n"
    )
    one, _ = made(tmp_path, more, "paper: whole")

    assert "Tap the number" not in said(one)
    assert "More." not in said(one)
    assert said(one).partition("Last")[2].startswith(" ---- End.")


def test_a_leaflet_says_when_its_words_are_from_and_who_has_read_them(tmp_path: Path) -> None:
    one, _ = made(tmp_path, matter="awaits: a tea taster")

    assert one.day == "2026-11-27"
    assert one.told == "Not yet reviewed by a tea taster. To be read again by 1 November 2027."


def test_a_link_leads_where_it_leads_on_the_page(tmp_path: Path) -> None:
    found = re.findall(r"'to': '([^']*)'", repr(made(tmp_path)[0].sections))

    assert "https://pointsandsteps.example/crisis/" in found
    assert "https://pointsandsteps.example/worksheets/" in found
    assert "tel:5550100" in found


@pytest.mark.parametrize("to", ["javascript:alert(1)", "//example.org/", "data:text/html,x", "#here"])
def test_an_odd_link_is_its_words_alone(to: str, tmp_path: Path) -> None:
    one, problems = made(tmp_path, f"\nLook [over there]({to}).\n")

    assert problems == []
    assert "Look over there." in said(one)
    assert to not in repr(one)


# ---- what has no place on paper


@pytest.mark.parametrize(
    ("more", "tag", "begins"),
    [
        ("\n> A saying\n", "blockquote", "> A saying"),
        ("\n    some = code\n", "pre", "    some = code"),
        ('\n<form action="/x"><input name="a"></form>\n', "form", "<form"),
        ('\nPress <button type="button">Go</button> now.\n', "button", "Press <button"),
        ("\nSee ![A cat](https://example.org/cat.png) here.\n", "img", "See ![A cat]"),
    ],
)
def test_what_paper_does_not_know_is_a_problem_with_its_line(
    more: str, tag: str, begins: str, tmp_path: Path
) -> None:
    _, problems = made(tmp_path, more)

    (problem,) = problems
    assert tag in problem.message
    assert problem.path == Path("docs/tea.md")
    assert (problem.excerpt or "").startswith(begins)
    assert ".not-in-packet" in problem.hint


def test_a_picture_that_is_none_of_ours_is_a_problem_and_one_of_ours_is_there(tmp_path: Path) -> None:
    figures = tmp_path / "docs" / "assets" / "figures"
    figures.mkdir(parents=True)
    (figures / "cup.svg").write_text('<svg fill="currentColor" stroke="var(--act, #184d3d)"/>')
    more = '\n![A cup.](assets/figures/cup.svg "Tea")\n\n![A cat](https://example.org/cat.png)\n'
    one, problems = made(tmp_path, more, "paper: whole")

    (picture,) = (block for block in one.sections[-1]["blocks"] if block["kind"] == "picture")
    assert (picture["alt"], picture["caption"]) == ("A cup.", "Tea")
    assert picture["svg"] == '<svg fill="#1d202a" stroke="#184d3d"/>'
    assert [one.excerpt for one in problems] == ["![A cat](https://example.org/cat.png)"]


def test_what_is_left_out_on_paper_may_be_anything(tmp_path: Path) -> None:
    assert made(tmp_path, "\n## A form\n\n<form></form>\n\n> A saying\n")[1] == []


def test_a_sign_that_the_paper_font_lacks_is_a_problem_with_its_place(tmp_path: Path) -> None:
    _, problems = made(tmp_path, "\nOn the way 心 home.\n")

    (problem,) = problems
    assert "U+5FC3" in problem.message
    assert (problem.excerpt or "")[problem.column - 1] == "心"


def test_words_that_look_like_markup_come_out_as_typed(tmp_path: Path) -> None:
    escaped = (re.sub(r"([\\`*_{}\[\]()#+.!|-])", r"\\\1", html.escape(one, quote=False)) for one in HOSTILE)
    one, problems = made(tmp_path, "\n" + "\n\n".join(escaped) + "\n")
    library = replace(real(), pages={**real().pages, "/tea/": page(tmp_path)})
    packet = ONE.model_copy(update={"parts": ["/tea/"]})

    assert problems == []
    shown = "".join(said(one).split())
    for words in HOSTILE:
        assert "".join(words.split()) in shown
    with pikepdf.open(io.BytesIO(paper.draw(paper.data(packet, library, "letter", {"/tea/": one})))) as pdf:
        assert len(pdf.pages) == 2
        assert not {"/OpenAction", "/AA"} & set(pdf.Root.keys())
        assert not any("/JS" in one for one in pdf.objects if isinstance(one, pikepdf.Dictionary))


# ---- the pages that packets of ours list


@every_listed
def test_every_warning_of_a_listed_page_is_on_paper_in_full(address: str) -> None:
    source = real().pages[address].text
    warnings = re.findall(r'^!!! danger "(.*)"\n((?:    .*\n|\n)+)', source, re.MULTILINE)
    paper_says = bare(" ".join(on_paper(address)))

    assert warnings or address == "/crisis/"
    for title, body in warnings:
        assert bare(title) in paper_says
        for line in re.sub(r"\[@[^\]]*\]|\*\*|^ *- ", "", body, flags=re.MULTILINE).splitlines():
            for sentence in re.split(r"(?<=\.) ", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line)):
                assert bare(sentence.rstrip(". ")) in paper_says


def bare(words: str) -> str:
    return re.sub(r"[\s.]", "", words)


@pytest.mark.parametrize("size", ["letter", "a4"])
def test_a_page_in_short_takes_one_side_in_the_copy_of_a_clinic_too(size: str, copy: Library) -> None:
    for sides in (ours(size), pages_of(copy, size)):
        counted = {address: len(some) for address, some in sides.items()}
        assert {address for address, count in counted.items() if count != 1} == set(WHOLE)
        assert all(counted[address] <= 3 for address in WHOLE)


@pytest.mark.parametrize("size", ["letter", "a4", "large-letter", "large-a4"])
def test_no_side_is_turned_for_a_line_or_two(size: str) -> None:
    """It has more above its foot than who has read the page."""
    for sides in ours(size).values():
        last = sides[-1].partition("If you may hurt yourself or someone else")[0]
        assert len(sides) == 1 or len(last.split()) > 60


@every_listed
def test_paper_says_what_the_page_is_called_where_it_is_and_what_to_do(address: str) -> None:
    first = on_paper(address)[0]

    assert real().pages[address].title in first
    assert f"pointsandsteps.example{address.rstrip('/')}" in first
    assert "What you can do" in " ".join(on_paper(address)) or address == "/crisis/"


def test_crisis_help_is_whole_steps_in_an_overdose_and_numbers_of_each_country() -> None:
    words = " ".join(on_paper("/crisis/"))
    source = real().pages["/crisis/"].text

    for step in (
        "Call your local emergency",
        "Give naloxone",
        "Help them breathe",
        "Roll them on their side",
    ):
        assert step in words
    numbers = re.findall(r"\[([^\]]*)\]\((?:tel|sms):", source)
    assert len(numbers) > 20
    assert [one for one in numbers if one not in words] == []


def test_the_copy_of_a_clinic_has_its_own_lines_first_then_those_of_its_countries_and_all_others(
    copy: Library,
) -> None:
    words = " ".join(pages_of(copy, "letter")["/crisis/"])
    lines = ("+1 555 010 0199", "988 Suicide", "HSE Drugs and Alcohol", "9-8-8 Suicide", "call 13 11 14")

    places = [words.index(one) for one in lines]  # the clinic's countries: United States, Ireland
    assert places == sorted(places)


def test_the_headings_of_a_page_stand_in_the_outline_of_its_packet() -> None:
    drawn = paper.draw(paper.data(real().packets["early-days"], real(), "letter", leaflets()))
    titles = [one.get_title() for one in pypdfium2.PdfDocument(drawn).get_toc()]

    at = titles.index("Withdrawal safety")
    assert titles[at + 1 : at + 5] == [
        "Have you stopped already?",
        "Do not stop these all at once",
        "When alcohol withdrawal is more dangerous",
        "Opioids",
    ]


def test_what_a_packet_prints_and_its_sheets_stand_in_its_order() -> None:
    packet = real().packets["trying-both-roads"]
    parts = paper.data(packet, real(), "letter", leaflets())["parts"]
    expected = [(real().pages if is_page(one) else real().worksheets)[one].title for one in packet.parts]

    assert [one["title"] for one in parts] == expected


@every_listed
def test_plain_text_says_what_paper_says(address: str) -> None:
    packet = ONE.model_copy(update={"parts": [address, *ONE.worksheets]})
    text = packet_text.render(packet, real(), leaflets())
    own = leaflet_text.render(leaflets()[address], real())

    assert own.rstrip("\n") in text
    assert max(map(len, own.splitlines())) <= 72
    paper_says = bare(" ".join(on_paper(address)))
    for block in own.split("\n\n"):
        line = bare(re.sub(r"^\W+|[-=]{3,}|^\d+\. ", "", block.splitlines()[0]) if block.strip() else "")
        assert line in paper_says or line.startswith(("Picture:", "Apagetoread"))


# ---- made once


def test_how_much_air_there_is_room_for_is_tried_out_in_other_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typst forgets little of what it has set: a build that sets pages itself holds hundreds of MB."""

    def here(words: object) -> float:
        raise AssertionError("set in the process of the build")

    monkeypatch.setattr(typeset, "aired", here)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    few = {id_: real().packets[id_] for id_ in ("family", "early-days")}
    made, _ = packed.leaflets(replace(real(), packets=few), tmp_path)

    assert len(made) > 1
    assert {tuple(one.air) for one in made.values()} == {packed.SIZES}


def test_another_worksheet_or_page_makes_no_leaflet_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    of = leaflet.of
    monkeypatch.setattr(leaflet, "of", lambda page, library: asked.append(page.address) or of(page, library))
    monkeypatch.setattr(packed, "aired", lambda made, *_: made)
    packed.leaflets(real(), tmp_path)
    assert sorted(asked) == LISTED
    asked.clear()

    sheet = real().worksheets["my-reasons"].model_copy(update={"title": "Another title"})
    family = replace(real().pages["/family/"], text=real().pages["/family/"].text + "\nMore.\n")
    changed = replace(
        real(),
        worksheets={**real().worksheets, sheet.id: sheet},
        pages={**real().pages, "/family/": family},
    )
    packed.leaflets(changed, tmp_path)

    assert asked == ["/family/"]


def test_a_page_that_cannot_be_printed_is_told_each_time_and_named_on_the_cover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "aired", lambda made, *_: made)
    text = real().pages["/family/"].text
    spoilt = replace(
        real().pages["/family/"], text=text.replace("## Worksheets for", "> A saying\n\n## Worksheets for")
    )
    library = replace(real(), pages={**real().pages, "/family/": spoilt})

    for _ in range(2):
        made, problems = packed.leaflets(library, tmp_path)
        assert [one.path.as_posix() for one in problems] == ["docs/family.md"]
        assert "/family/" not in made
    data = paper.data(real().packets["family"], library, "letter", made)
    assert data["cover"]["parts"][0]["words"] == "Read it at pointsandsteps.example/family"
    assert data["parts"][0]["title"] == "Crisis help"
