"""A packet as a FHIR R4 Bundle: a collection of its Questionnaires."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.render import fhir
from workbook.render.packet.parts import parts

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.packet import Packet


def render(packet: Packet, library: Library) -> dict[str, Any]:
    """The whole resource. Pages of the handbook are no part of it: they hold nothing to answer."""
    sheets = [one.sheet for one in parts(packet, library) if one.sheet]
    address = library.site.address(f"packets/{packet.id}/{packet.id}.fhir.json")
    return {
        "resourceType": "Bundle",
        "id": packet.id,
        "language": "en",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": address},
        "type": "collection",
        "timestamp": f"{packet.date}T00:00:00Z",
        "entry": [
            {"fullUrl": fhir.address(sheet, library), "resource": fhir.render(sheet, library)}
            for sheet in sheets
        ],
    }
