"""Words that would be markup, script or commands elsewhere: shown as typed, or refused with a reason."""

from __future__ import annotations

import copy
import dataclasses
import html
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pikepdf
import pytest
import yaml
from docx import Document
from markdown import markdown
from pypdfium2 import PdfDocument
from sheets import ROOT, leaflets, real
from test_packetlink_js import read as read_links

from workbook import citations, library, parsing, policy, source
from workbook.citations import export
from workbook.citations import page as citation_page
from workbook.packet import Packet
from workbook.policy import findings, markup
from workbook.problems import ContentError
from workbook.render import docx, fhir, paper, screen, text
from workbook.render.packet import paper as packet_paper
from workbook.render.packet import screen as packet_screen
from workbook.render.packet import text as packet_text
from workbook.worksheet import Worksheet

SHOWN = Path("content/worksheets/urge-log.yml")
BASE = source.read(ROOT / SHOWN, ROOT).data
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea></form><iframe src=//example.org>",
    "</script><!--<script>",
    "]]><![CDATA[ &lt;b&gt; &#60;i&#62;",
    "javascript:alert(1)",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    '#panic("x") #sys.inputs $ x^2 $ *b* _i_ `c` @ref <label> //c',
    '= heading \\ #read("/etc/passwd") #image("a")',
    "%resource.item.where(true) | 'a' or 1=1",
    "[a](https://example.org) ![b](//example.org/c.png) **d**",
    '=HYPERLINK("https://example.org","a")',
]
# Each test renders whole sheets, so a few strings hold all of them.
TOGETHER = [" ".join(HOSTILE[start::4]) for start in range(4)]
UNSEEN = ["\u202e gnp.exe", "\u2066a\u2069", "a\x00b", "a\x07b", "\ufeff", "\u2028", "\ud800"]
WORDS = {
    "summary",
    "use_when",
    "label",
    "hint",
    "intro",
    "low",
    "high",
    "aim",
    "session",
}
WORDS |= {"not_when", "text", "rights"}


def placed(data: Any, words: str, key: str = "") -> Any:
    """The data with `words` after each string for people."""
    if isinstance(data, dict):
        return {name: placed(value, words, name) for name, value in data.items()}
    if isinstance(data, list):
        return [placed(one, words, key) for one in data]
    return f"{data} {words}" if isinstance(data, str) and key in WORDS else data


def sheet_of(data: Any) -> Worksheet:
    read = source.parse(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), SHOWN)
    sheet, problems = parsing.worksheet(read)
    assert problems == []
    assert sheet is not None
    return sheet


def with_words(words: str) -> Worksheet:
    return sheet_of(placed(copy.deepcopy(BASE), words))


def page_of(sheet: Worksheet) -> str:
    return screen.page(sheet, of(sheet), {})


def of(sheet: Worksheet) -> library.Library:
    return library.Library(real().site, {sheet.id: sheet}, real().safety, real().bibliography)


def names(page: str) -> list[str]:
    return [tag.name for tag in markup.tags(page)]


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from strings(one)


@pytest.mark.parametrize("words", TOGETHER)
def test_a_page_shows_the_words_and_gains_no_element(words: str) -> None:
    page = page_of(with_words(words))

    assert names(page) == names(page_of(with_words("plain")))
    assert list(findings.in_page(page)) == []
    plain = policy.allowing(page_of(with_words("plain")), policy.SHEET)
    assert policy.allowing(page, policy.SHEET)["script-src"] == plain["script-src"]
    shown = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())
    assert " ".join(words.split()) in shown


@pytest.mark.parametrize("words", TOGETHER)
def test_fhir_and_plain_text_hold_the_words_as_typed(words: str) -> None:
    sheet = with_words(words)

    assert any(words in one for one in strings(json.loads(json.dumps(fhir.render(sheet, of(sheet))))))
    assert "".join(words.split()) in "".join(text.render(sheet, of(sheet)).split())


@pytest.mark.parametrize("words", TOGETHER)
def test_a_document_shows_the_words_and_gains_no_part(words: str) -> None:
    sheets = with_words(words), with_words("plain")
    hostile, plain = (Document(io.BytesIO(docx.render(sheet, of(sheet)))) for sheet in sheets)

    shown = " ".join(" ".join(one.text for one in hostile.paragraphs).split())
    assert " ".join(words.split()) in shown
    tags, expected = ([one.tag for one in made.element.iter()] for made in (hostile, plain))
    assert set(tags) == set(expected)
    assert len(hostile.part.rels) == len(plain.part.rels)


def test_a_pdf_shows_the_words_and_gains_no_action() -> None:
    """All of them at once, since drawing is slow."""
    data = placed(copy.deepcopy(BASE), "plain")
    for field, words in zip(data["sections"][0]["fields"], HOSTILE, strict=False):
        field["label"] = words
    data["summary"] = " ".join(HOSTILE[-6:])[:290]
    sheet = sheet_of(data)

    drawn = paper.draw(paper.data(sheet, of(sheet), "a4"))
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        assert not {"/OpenAction", "/AA"} & set(pdf.Root.keys())
        kinds = {
            str(one.get("/S")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/URI" in one
        }
        assert kinds <= {"/URI"}
        assert not any("/JS" in one for one in pdf.objects if isinstance(one, pikepdf.Dictionary))
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        tooltips = [
            str(one["/TU"]) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/TU" in one
        ]
    fields = data["sections"][0]["fields"]
    drawn_words = "".join(
        "".join(one.get_textpage().get_text_bounded() for one in PdfDocument(drawn)).split()
    )
    for words in HOSTILE[: len(fields)]:
        assert "".join(words.split()) in drawn_words or any(words in one for one in tooltips), words


NAMED = [words for words in HOSTILE if len(words) <= 60]


@pytest.mark.parametrize("words", NAMED)
def test_titles_and_options_are_shown_as_typed_in_every_output(words: str) -> None:
    def made(said: str) -> Worksheet:
        data = copy.deepcopy(BASE)
        data["title"] = data["sections"][0]["title"] = said
        choice = {"id": "pick", "type": "choice", "label": said, "options": [said, "Another"]}
        data["sections"][0]["fields"].append(choice)
        return sheet_of(data)

    hostile, plain = made(words), made("plain")
    page = page_of(hostile)
    assert names(page) == names(page_of(plain))
    assert list(findings.in_page(page)) == []
    assert list(strings(fhir.render(hostile, of(hostile)))).count(words) >= 3
    typed = "".join(words.split())
    assert "".join(text.render(hostile, of(hostile)).split()).count(typed) >= 3
    written = Document(io.BytesIO(docx.render(hostile, of(hostile))))
    assert "".join("".join(one.text for one in written.paragraphs).split()).count(typed) >= 3


@pytest.mark.parametrize("words", UNSEEN)
def test_what_cannot_be_seen_is_refused_with_its_place(words: str) -> None:
    raw = f'title: "a {words}"\n'.encode("utf-8", "surrogatepass")

    with pytest.raises(ContentError) as caught:
        source.parse(raw, SHOWN)
    assert all(one.hint and one.line for one in caught.value.problems)
    assert str(caught.value).isprintable() or "\n" in str(caught.value)


@pytest.mark.parametrize("words", [r"\u202e", r"\0", r"\ud800", r"\x07"])
def test_what_cannot_be_seen_is_refused_in_an_escape_too(words: str) -> None:
    with pytest.raises(ContentError) as caught:
        source.parse(f'title: "a {words}"\n', SHOWN)
    assert all(one.hint for one in caught.value.problems)


def test_a_megabyte_of_words_is_refused_in_a_sentence() -> None:
    data = placed(copy.deepcopy(BASE), "x" * 900_000)

    with pytest.raises(ContentError) as caught:
        source.parse(yaml.safe_dump(data), SHOWN)
    assert len(str(caught.value)) < 2000


# ---- packets


def packet_with(words: str) -> Packet:
    packet = real().packets["first-meeting"]
    clinician = packet.clinician and packet.clinician.model_copy(
        update={"aim": words, "session": words, "not_when": words}
    )
    said = dict.fromkeys(("title", "summary", "for_whom", "note"), words)
    return packet.model_copy(update={**said, "clinician": clinician})


@pytest.mark.parametrize("words", TOGETHER)
def test_a_packet_shows_the_words_and_gains_no_element(words: str) -> None:
    def shown(packet: Packet) -> list[str]:
        among = dataclasses.replace(real(), packets={**real().packets, packet.id: packet})
        return [packet_screen.page(packet, among, {}, {}), packet_screen.shelf(among, {})]

    made, plain = shown(packet_with(words)), shown(packet_with("plain"))

    assert [names(one) for one in made] == [names(one) for one in plain]
    assert [list(findings.in_page(one)) for one in made] == [[], []]
    read = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", made[0])).split())
    assert " ".join(words.split()) in read
    assert "".join(words.split()) in "".join(
        packet_text.render(packet_with(words), real(), leaflets()).split()
    )


def test_the_pdf_of_a_packet_gains_no_action() -> None:
    words = " ".join(HOSTILE)[:290]
    data = packet_paper.data(
        packet_with(words).model_copy(update={"title": HOSTILE[0]}), real(), "a4", leaflets()
    )

    with pikepdf.open(io.BytesIO(packet_paper.draw(data))) as pdf:
        assert not {"/OpenAction", "/AA"} & set(pdf.Root.keys())
        assert not any("/JS" in one for one in pdf.objects if isinstance(one, pikepdf.Dictionary))


# ---- references


@pytest.mark.parametrize("words", HOSTILE)
def test_a_reference_shows_the_words_and_gains_no_element(words: str, tmp_path: Path) -> None:
    def works(said: str) -> citations.Bibliography:
        work = {
            "id": "hill-2020",
            "type": "book",
            "author": [{"family": said, "given": "A"}],
            "title": said,
            "publisher": said,
            "issued": {"date-parts": [[2020]]},
            "custom": {"confirmed": "page", "finding": said},
        }
        (tmp_path / "content").mkdir(exist_ok=True)
        text = yaml.safe_dump({"references": [work]}, allow_unicode=True)
        (tmp_path / citations.FILE).write_text(text, encoding="utf-8")
        return citations.load(tmp_path)

    def shown(said: str) -> str:
        found = works(said)
        listed = citation_page.references(found, {})
        return markdown(citation_page.placed("One [@hill-2020].", found)) + listed

    made = shown(words)
    gained = Counter(names(made)) - Counter(names(shown("plain")))
    assert gained.keys() <= {"a"}  # an address in a reference is a link
    assert all(one.startswith(("#", "https://")) for one in re.findall(r'href="([^"]*)"', made))
    assert list(findings.in_page(made)) == []
    assert json.loads(export.csl_json(works(words)))[0]["title"] == words


# ---- a link that a stranger made


@pytest.mark.skipif(not shutil.which("node"), reason="needs Node.js; make test installs it")
def test_a_link_puts_no_word_of_its_own_on_the_page() -> None:
    parts = [quote(one) for one in [*HOSTILE, *UNSEEN[:6], "x" * 1_000_000]] + HOSTILE
    parts += ["__proto__", "constructor", "toString", "%", "%zz", "%ff%fe", "%ed%a0%80"]
    for found in read_links(*(f"#w={one}&p={one}&{one}={one}" for one in parts)):
        assert found["parts"] == []
        assert not [one for one in found["told"] if any(words in one for words in HOSTILE)]
