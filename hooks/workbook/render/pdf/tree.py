"""The names of form fields as PDF wants them: one part each, under parents that have no box of their own."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, String


class FieldTree:
    """Fields by their path. `log.1.strength` is `strength` in `1` in `log`."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.roots: list[pikepdf.Object] = []
        self._pdf = pdf
        self._fields: dict[tuple[str, ...], pikepdf.Object] = {}

    def add(self, path: tuple[str, ...], field: pikepdf.Object) -> None:
        """Hang `field` at `path`, where there must be none yet."""
        if path in self._fields:
            raise ValueError(f"two places on paper for {'.'.join(path)}")
        self._fields[path] = field
        field.T = String(path[-1])
        if len(path) == 1:
            self.roots.append(field)
            return
        parent = self.group(path[:-1])
        field.Parent = parent
        parent.Kids.append(field)

    def group(self, path: tuple[str, ...], **settings: Any) -> pikepdf.Object:
        """The field at `path` that others hang below, made with `settings` the first time."""
        if path not in self._fields:
            self.add(path, self._pdf.make_indirect(Dictionary(Kids=Array(), **settings)))
        return self._fields[path]
