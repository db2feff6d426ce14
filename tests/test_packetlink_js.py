"""The link of a packet: what is read out of it, whatever someone writes there."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
import segno
from sheets import real, scripts

from workbook.packet import MOST_PARTS
from workbook.render.packet.catalogue import catalogue
from workbook.render.packet.parts import link, parts

RUN = """
const { curated, read, sums, troubles, write } = await import(process.argv[1])
const { catalogue, fragments } = JSON.parse(await new Response(process.stdin).text())
console.log(JSON.stringify(fragments.map((one) => {
  const found = read(one, catalogue)
  const known = curated(found.parts, catalogue)
  const made = { link: write(found.parts), sums: sums(found.parts, catalogue), known }
  return { ...found, ...made, told: troubles(found, catalogue) }
})))
"""
CATALOGUE = {
    "w": {
        "urge-log": {"title": "Urge log", "minutes": 1, "pages": 2},
        "my-week": {"title": "My week", "minutes": 10, "pages": 1},
        "old": {"title": "Old sheet", "minutes": 5, "pages": 1, "retired": True},
        "older": {"title": "Older", "minutes": 5, "pages": 1, "retired": True, "successor": "my-week"},
    },
    "p": {"crisis": {"title": "Crisis help", "minutes": 4}, "smart/urges": {"title": "Urges", "minutes": 3}},
    "moved": {"p:urges": "p:smart/urges", "w:diary": "w:urge-log", "w:card": "p:crisis", "p:gone": "w:old"},
    "packets": {"two": {"title": "Two", "parts": ["w:urge-log", "p:crisis"]}},
}


def read(*fragments: str, known: Any = CATALOGUE) -> list[dict[str, Any]]:
    command = ["node", "--input-type=module", "-e", RUN, (scripts() / "packetlink.js").as_uri()]
    asked = json.dumps({"catalogue": known, "fragments": fragments})
    done = subprocess.run(command, input=asked, capture_output=True, text=True, encoding="utf-8", check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def ids(found: dict[str, Any]) -> list[str]:
    return [f"{one['kind']}:{one['id']}" for one in found["parts"]]


def test_parts_are_read_in_order_and_written_the_same() -> None:
    (found,) = read("#w=urge-log,my-week&p=crisis,smart/urges&w=urge-log")

    assert ids(found) == ["w:urge-log", "w:my-week", "p:crisis", "p:smart/urges"]
    assert found["link"] == "#w=urge-log,my-week&p=crisis,smart/urges"
    assert found["told"] == []
    assert found["sums"] == {"minutes": 18, "sheets": 2, "reading": 2, "paper": 3}


def test_sheets_and_pages_may_take_turns() -> None:
    (found,) = read("#p=crisis&w=urge-log&p=smart%2Furges&w=my-week")

    assert found["link"] == "#p=crisis&w=urge-log&p=smart/urges&w=my-week"


def test_a_link_that_is_to_be_changed_says_so_and_a_heading_is_no_packet() -> None:
    change, heading, nothing = read("#w=urge-log&change", "#group-1", "")

    assert (change["change"], ids(change)) == (True, ["w:urge-log"])
    assert [heading["asked"], nothing["asked"]] == [False, False]


def test_a_packet_of_ours_is_known_by_its_parts() -> None:
    same, other = read("#w=urge-log&p=crisis", "#p=crisis&w=urge-log")

    assert (same.get("known"), other.get("known")) == ("two", None)


def test_what_is_unknown_or_retired_is_told_and_the_rest_kept() -> None:
    one, several, old = read("#w=urge-log,urge-lug", "#w=a,b,urge-log&p=c", "#w=old,my-week")

    assert one["told"][0].startswith("One part of this link is not on this site.")
    assert several["told"][0].startswith("3 parts of this link are not on this site.")
    assert "We no longer keep “Old sheet” up to date" in old["told"][0]
    assert [ids(found) for found in (one, several, old)] == [["w:urge-log"], ["w:urge-log"], ["w:my-week"]]
    assert all(told.endswith(" The rest is here.") for found in (one, several, old) for told in found["told"])


def test_what_has_another_address_is_found_there() -> None:
    """As a server leads on from the old one: whoever was given the link sees what it names."""
    page, sheet, other, twice, old = read(
        "#p=urges&w=my-week", "#w=diary", "#w=card,my-week", "#p=urges,smart/urges", "#p=gone&w=my-week"
    )

    assert page["link"] == "#p=smart/urges&w=my-week"
    assert sheet["link"] == "#w=urge-log"
    assert other["link"] == "#p=crisis&w=my-week"
    assert twice["link"] == "#p=smart/urges"
    assert [one["told"] for one in (page, sheet, other, twice)] == [[], [], [], []]
    assert old["link"] == "#w=my-week"
    assert "We no longer keep “Old sheet” up to date" in old["told"][0]


def test_what_a_hand_or_a_sentence_adds_to_a_link_is_passed_over() -> None:
    for one in read(
        "#w=urge-log,my-week&p=crisis.",
        "#w=urge-log,my-week.&p=crisis).",
        "#w=urge-log,%20my-week;&p=crisis%2E",
        "# W = Urge-Log, MY-WEEK &P=Crisis ,",
        "#%20w=urge-log.,my-week&p=crisis%20",
    ):
        assert one["link"] == "#w=urge-log,my-week&p=crisis"
        assert one["told"] == []
    (change,) = read("#w=urge-log&Change.")
    assert change["change"]


def test_a_link_with_nothing_behind_it_is_told() -> None:
    for one in read("#w=", "#w=&p=", "#p=.", "#w=,,", "#w=%20&change"):
        assert one["told"] == [
            "This link is empty: it names no sheet and no page. It may be cut short. "
            "Ask whoever gave it to you for a new one, or begin below."
        ]


HOSTILE = [
    "#w=<script>alert(1)</script>",
    "#w=%3Cimg%20src=x%20onerror=alert(1)%3E",
    "#w=javascript:alert(1)",
    "#w=../../etc/passwd,..%2F..%2Fadmin",
    "#w=%252e%252e%252f,%2575rge-log",
    "#w=__proto__,constructor,toString",
    "#p=hasOwnProperty&packets=two&__proto__=x",
    "#w=you-should-stop-your-medicine-today",
    "#w=%E0%A4%A,%",
    "#=&==&w=&,,,=x",
    "#w=\u202egol-egru\u0000",
    "#w=" + "x," * 1900,
]


@pytest.mark.parametrize("fragment", HOSTILE)
def test_nothing_strange_becomes_a_part_or_a_word_of_ours(fragment: str) -> None:
    (found,) = read(fragment)

    assert found["parts"] == []
    assert found["strange"] >= 1 or fragment.startswith("#=")
    said = " ".join(found["told"])
    assert not any(word in said for word in ("script", "alert", "medicine", "passwd", "proto", "%"))


def test_a_link_of_100_kb_is_answered_at_once_and_not_used() -> None:
    (found,) = read("#w=urge-log," + "a" * 100_000)

    assert found["parts"] == []
    assert found["told"] == [
        "This link is too long to be one of ours. Nothing in it was used. "
        "Ask whoever gave it to you for a new one, or begin below."
    ]


def test_more_parts_than_a_packet_holds_are_told() -> None:
    many = {f"s{n}": {"title": f"S {n}", "minutes": 1, "pages": 1} for n in range(MOST_PARTS + 3)}

    (found,) = read("#w=" + ",".join(many), known={**CATALOGUE, "w": many})

    assert len(found["parts"]) == MOST_PARTS
    assert found["told"] == [f"A packet holds {MOST_PARTS} parts at most. 3 more were left out."]


def test_the_links_on_the_pages_of_packets_open_just_their_parts() -> None:
    known = json.loads(str(catalogue(real(), {}, {})))
    packets = real().packets.values()

    found = read(*(link(parts(packet, real())) for packet in packets), known=known)

    assert [one["known"] for one in found] == [packet.id for packet in packets]
    assert [one["told"] for one in found] == [[]] * len(packets)


ENCODE = """
const { encode } = await import(process.argv[1])
const { data } = encode(process.argv[2], { ecc: 'M', border: 0, boostEcc: false })
console.log(JSON.stringify(data.map((row) => row.map(Number))))
"""


@pytest.mark.parametrize("version", [3, 6, 11])
def test_a_code_drawn_in_the_page_is_what_another_library_draws(version: int) -> None:
    """Both choose what fills a code up, so the text is as long as the code has room for."""
    link = "https://a.example/packets/#w="
    while True:
        try:
            segno.make(link + "x", error="m", version=version, boost_error=False)
        except segno.DataOverflowError:
            break
        link += "x"
    module = (scripts() / "vendor/uqr.js").as_uri()
    command = ["node", "--input-type=module", "-e", ENCODE, module, link]
    drawn = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    right = [
        segno.make(link, error="m", version=version, mask=mask, boost_error=False).matrix for mask in range(8)
    ]
    assert drawn in [[list(row) for row in matrix] for matrix in right]


def test_a_link_to_a_retired_sheet_leads_to_what_took_its_place():
    (found,) = read("#w=older,urge-log")

    assert ids(found) == ["w:my-week", "w:urge-log"]
    assert found["told"] == ["“My week” has taken the place of “Older”, and is here in its stead."]


def test_the_catalogue_knows_which_sheets_are_for_a_session():
    sheets = json.loads(catalogue(real(), {}, {}))["w"]

    assert {id_ for id_, one in sheets.items() if one.get("session")} == {"phq-9", "gad-7"}


def test_the_list_of_old_addresses_is_that_of_the_site() -> None:
    moved = {
        "/find/": "/find/meetings/",
        "/worksheets/diary/": "/worksheets/urge-log/",
        "/worksheets/card/": "/crisis/#now",
        "/crisis/#old": "/crisis/#now",
        "/old.txt": "/robots.txt",
        "/help/": "/about/",
    }

    assert json.loads(catalogue(real(), {}, moved))["moved"] == {
        "p:find": "p:find/meetings",
        "w:diary": "w:urge-log",
        "w:card": "p:crisis",
    }
