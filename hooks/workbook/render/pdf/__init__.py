"""The parts of a fillable PDF: the words for the template, the typesetting, the form."""
