import runpy

from sheets import ROOT

from workbook import fonts


def test_the_paper_font_prints_western_and_central_european_words():
    words = "Quand j’ai dit « oui », “façade” – 10 € … Łódź, Škoda, Ångström, Čeština, İstanbul"

    assert fonts.missing(words) == set()


def test_other_scripts_and_signs_are_missing():
    assert fonts.missing("Путь → 心 ☺") == set("Путь→心☺")


def test_characters_that_leave_no_mark_are_not_missing():
    assert fonts.missing("a\tb\u00adc\u200bd\u202fe\ufe0f\n") == set()


def test_a_letter_the_font_can_put_together_is_not_missing():
    assert fonts.missing("ǹ é e\u0301") == set()


def test_a_byte_order_mark_inside_a_text_is_missing():
    assert fonts.missing("a\ufeffb") == {"\ufeff"}


def test_the_font_of_form_fields_is_cut_from_the_paper_font():
    cut = runpy.run_path(str(ROOT / "tools" / "form_font.py"))["made"]

    assert fonts.FORM.read_bytes() == cut()  # else run tools/form_font.py
