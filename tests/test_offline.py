"""What a visitor may keep: every file in one group or none, listed with the hash of its content."""

import json
from hashlib import sha256

import pytest

from workbook import offline
from workbook.published import Published


@pytest.mark.parametrize(
    ("uri", "group"),
    [
        ("index.html", "handbook"),
        ("smart/urges/index.html", "handbook"),
        ("404.html", "handbook"),
        ("assets/hashed/0a/workbook/js/main.js", "handbook"),
        ("assets/search.js", "handbook"),
        ("worksheets/urge-log/urge-log.txt", "handbook"),
        ("worksheets/urge-log/urge-log-a4.pdf", "worksheets"),
        ("packets/urges/urges-a4.pdf", "packets/urges"),
        ("worksheets/urge-log/urge-log.fhir.json", "programs"),
        ("sw.js", None),
        ("offline.json", None),
        ("build.json", None),
        ("index.html.br", None),
        ("assets/cards/index.png", None),
    ],
)
def test_each_file_has_one_group_or_none(uri, group):
    assert offline.group(uri) == group


@pytest.fixture
def folder(tmp_path):
    for uri, text in {"index.html": "home", "a/index.html": "a", "packets/p/p-a4.pdf": "%PDF"}.items():
        place = tmp_path / uri
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return tmp_path


def listed(worker):
    return json.loads(worker.decode().partition("FILES=")[2].partition("}}")[0] + "}}")


def test_the_worker_lists_pages_by_address_and_every_file_by_its_hash(folder):
    made = dict(offline.made(Published(folder), {"packets/p": "Packet"}))
    found = listed(made["sw.js"])

    assert found["handbook"][""] == sha256(b"home").hexdigest()[: offline.LENGTH]
    assert set(found["handbook"]) == {"", "a/", "offline.json"}
    assert found["packets/p"] == {"packets/p/p-a4.pdf": sha256(b"%PDF").hexdigest()[: offline.LENGTH]}


def test_the_groups_say_how_much_they_are(folder):
    made = dict(offline.made(Published(folder), {"packets/p": "Packet"}))

    assert json.loads(made["offline.json"]) == [["handbook", "handbook", 2, 5], ["packets/p", "Packet", 1, 4]]


def test_the_worker_changes_with_a_file_and_with_nothing_else(folder):
    first = dict(offline.made(Published(folder), {}))
    again = dict(offline.made(Published(folder), {}))
    (folder / "a/index.html").write_text("b")

    assert first == again
    assert dict(offline.made(Published(folder), {}))["sw.js"] != first["sw.js"]


def test_the_worker_names_no_other_host(folder):
    assert b"//" not in dict(offline.made(Published(folder), {}))["sw.js"]


def test_an_icon_says_its_size_and_use():
    made = json.loads(
        offline.manifest("A site", "About.", "#fff", ["x/icon-192.png", "x/icon-maskable-512.png"])
    )

    assert "id" not in made  # it is read from the origin's root: all copies there would be one app
    assert made["icons"] == [
        {"src": "x/icon-192.png", "type": "image/png", "sizes": "192x192", "purpose": "any"},
        {"src": "x/icon-maskable-512.png", "type": "image/png", "sizes": "512x512", "purpose": "maskable"},
    ]
