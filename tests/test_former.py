"""What the last build left: taken over where it is the same and untouched, and nowhere else."""

import os

import pytest

from workbook.former import Former

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows does not tell when a file was changed last")


@pytest.fixture
def last(tmp_path):
    """A site with one file, as a build left it. What it is made of is called "key"."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.pdf").write_text("made")
    former = Former(tmp_path / "site", tmp_path / "store")
    former.give("a.pdf", "key", str(tmp_path / "none"))
    former.keep({"a.pdf": "its hash"})
    return tmp_path


def given(last, key="key"):
    return Former(last / "site", last / "store").give("a.pdf", key, str(last / "new.pdf"))


def test_what_is_made_of_the_same_and_untouched_is_taken_over(last):
    assert given(last) == "its hash"
    assert (last / "new.pdf").samefile(last / "site" / "a.pdf")


def test_what_is_made_of_something_else_is_not(last):
    assert given(last, "another key") is None
    assert not (last / "new.pdf").exists()


@pytest.mark.parametrize("size", ["same", "another size"])
def test_what_someone_changed_is_not_though_it_be_as_long_and_as_old(last, size):
    place = last / "site" / "a.pdf"
    time = place.stat().st_mtime_ns
    place.write_text("MADE" if size == "same" else size)
    os.utime(place, ns=(time, time))

    assert given(last) is None


def test_another_file_in_its_place_is_not(last):
    place = last / "site" / "a.pdf"
    place.with_name("b").write_text("made")
    place.with_name("b").replace(place)

    assert given(last) is None


def test_a_file_or_a_record_that_is_gone_or_broken_is_no_error(last):
    (last / "site" / "a.pdf").unlink()
    assert given(last) is None
    for text in ("", "[1]", "{"):
        next((last / "store").iterdir()).write_text(text)
        assert given(last) is None
