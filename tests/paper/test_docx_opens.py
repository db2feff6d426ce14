"""LibreOffice opens the documents that people are to change, whole and without a blank page."""

from __future__ import annotations

import shutil
import subprocess

import pypdfium2
import pytest
from sheets import made, real

from workbook.render import docx

# The largest, the widest table, a grid of four boxes, a wheel, and every kind of table.
SOME = [(real(), id_) for id_ in ("which-approach", "urge-log", "what-i-gain", "balance-wheel")]
SOME += [(made(), "type-table"), (made(), "type-grid")]

pytestmark = pytest.mark.skipif(
    not shutil.which("soffice"), reason="needs LibreOffice Writer; on Debian make test installs it"
)


def test_the_largest_is_among_them():
    sizes = {id_: len(docx.render(sheet, real())) for id_, sheet in real().worksheets.items()}

    assert max(sizes, key=sizes.__getitem__) in [id_ for _, id_ in SOME]


def test_libreoffice_opens_them_whole(tmp_path):
    """All in one start of the program, which takes longer than they do."""
    for library, id_ in SOME:
        (tmp_path / f"{id_}.docx").write_bytes(docx.render(library.worksheets[id_], library))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path)]
    letter = docx.render(real().worksheets["urge-log"], real(), "letter")
    (tmp_path / "letter.docx").write_bytes(letter)
    command += [str(tmp_path / f"{id_}.docx") for id_ in [*(id_ for _, id_ in SOME), "letter"]]
    subprocess.run(command, check=True, capture_output=True, timeout=180)

    for library, id_ in SOME:
        sheet = library.worksheets[id_]
        document = pypdfium2.PdfDocument(tmp_path / f"{id_}.pdf")
        pages = [page.get_textpage().get_text_range() for page in document]
        words = "".join("".join(pages).split())
        for said in (sheet.title, *(field.label for field in sheet.fields), f"version {sheet.version},"):
            assert "".join(said.split()) in words, (id_, said)
        assert all(len(page.split()) > 15 for page in pages), id_  # more than the foot
    for id_, points in (("urge-log", (842, 595)), ("letter", (792, 612))):
        with pypdfium2.PdfDocument(tmp_path / f"{id_}.pdf") as opened:
            assert {tuple(map(round, page.get_size())) for page in opened} == {points}
