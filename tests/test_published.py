"""The files of a site: all listed, and each read again when it has changed, and only then."""

from hashlib import sha256

from workbook.published import Published


def test_every_file_is_listed_by_its_address_in_order(tmp_path):
    for uri in ("b/index.html", "a-c/x.txt", "a/x.txt", ".hidden"):
        (tmp_path / uri).parent.mkdir(exist_ok=True)
        (tmp_path / uri).touch()

    assert list(Published(tmp_path)) == [".hidden", "a-c/x.txt", "a/x.txt", "b/index.html"]


def test_a_file_that_changed_is_read_again_and_no_other(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("one")
    (tmp_path / "b").write_text("b")
    site = Published(tmp_path)
    before = [site.told("a"), site.digest("b")]
    (tmp_path / "a").write_text("another")
    after = site.told("a")
    monkeypatch.setattr("builtins.open", None)  # whatever reads from here on fails

    assert before == [(3, sha256(b"one").hexdigest()), sha256(b"b").hexdigest()]
    assert after == (7, sha256(b"another").hexdigest())
    assert [site.digest("a"), site.digest("b")] == [after[1], before[1]]
