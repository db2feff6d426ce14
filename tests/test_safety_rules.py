"""Which answers call for which safety lines. Whoever takes one away has to say so here as well."""

from __future__ import annotations

import pytest
from sheets import real

from workbook.results import shown

# By sheet and field: the lines that each option calls for by itself. What is not named calls for none.
CALLS = {
    "withdrawal-check": {
        "red": {
            "fit": ["slip-danger"],
            "confused": ["slip-danger"],
            "seeing": ["slip-danger"],
            "fever": ["slip-danger"],
            "chest": ["slip-danger"],
            "breath": ["slip-danger"],
            "water": ["slip-danger"],
            "suicide": ["slip-danger", "suicide-thoughts"],
        },
        "use": {
            "alcohol": ["doctor-first"],
            "benzos": ["never-at-once"],
            "ghb": ["never-at-once"],
            "sedatives": ["never-at-once"],
            "opioids": ["opioid-care"],
            "stimulants": ["doctor-first"],
            "cannabis": ["doctor-first"],
            "other": ["doctor-first"],
        },
        "stopped": {"yes": ["already-stopped"]},
        "danger": {
            "fit": ["doctor-first"],
            "confusion": ["doctor-first"],
            "many": ["doctor-first"],
            "long": ["doctor-first"],
            "head": ["doctor-first"],
            "illness": ["doctor-first"],
            "over-65": ["doctor-first"],
            "under-18": ["doctor-first"],
            "pregnant": ["doctor-first"],
            "pills": ["doctor-first"],
            "alone": ["doctor-first"],
            "no-way": ["doctor-first"],
        },
        "signs": {
            "shakes": ["withdrawal-signs"],
            "sweats": ["withdrawal-signs"],
            "heart": ["withdrawal-signs"],
            "sick": ["withdrawal-signs"],
            "sleep": ["withdrawal-signs"],
            "panic": ["withdrawal-signs"],
        },
    },
    "making-amends": {
        "harm": {
            "hurt-me": ["no-contact"],
            "afraid": ["no-contact"],
            "order": ["no-contact"],
            "law": ["no-contact"],
            "pain": ["no-contact"],
            "others": ["no-contact"],
            "asked": ["no-contact"],
            "low": ["low-mood", "no-contact"],
            "unsure": ["no-contact"],
        }
    },
    "after-a-slip": {
        "safe": {
            "fits": ["slip-danger"],
            "chest-pain": ["slip-danger"],
            "hard-to-wake": ["slip-danger"],
            "mixed-drugs": ["slip-danger"],
            "suicide": ["slip-danger", "suicide-thoughts"],
            "more-use": ["more-use", "slip-danger"],
        }
    },
    "family-plan": {
        "danger": {
            "violence": ["family-danger"],
            "children": ["family-danger"],
            "overdose": ["family-overdose"],
            "suicide": ["suicide-thoughts"],
        }
    },
    "safety-card": {"today": {"not-sure": ["suicide-thoughts"], "no": ["suicide-thoughts"]}},
    "which-approach": {
        "safe": {
            "daily": ["doctor-first"],
            "pills": ["never-at-once"],
            "fits": ["doctor-first"],
            "pregnant": ["doctor-first"],
            "suicide": ["suicide-thoughts"],
        }
    },
    "feeling-steps": {"now": {"in-crisis": ["suicide-thoughts"]}, "signs": {"shaking": ["withdrawal-signs"]}},
    "days-review": {"safe-right": {"not-sure": ["no-contact"], "no": ["no-contact"]}},
    "summary-for-clinician": {
        "risks": {
            "withdrawal": ["doctor-first"],
            "overdose": ["opioid-tolerance"],
            "suicide": ["suicide-thoughts"],
            "violence": ["violence"],
            "pregnant": ["doctor-first"],
        }
    },
    "medicine-questions": {
        "health": {
            "pregnant": ["doctor-first"],
            "liver": ["doctor-first"],
            "kidney": ["doctor-first"],
            "fits": ["doctor-first"],
            "heart": ["doctor-first"],
            "lungs": ["doctor-first"],
        }
    },
}
CALLS_NOTHING = {"none", "not-yet", "no"}


def lines(sheet, field, option):
    """The safety lines that the answer calls for."""
    answers = {field.id: [option] if field.type == "choices" else option}
    fields = {one.id: one for one in sheet.fields}
    return sorted({rule.line for rule in sheet.safety if rule.when and shown(rule, fields, answers)})


@pytest.mark.parametrize("name", CALLS)
def test_each_answer_calls_for_its_lines_and_no_other(name):
    sheet = real().worksheets[name]
    asked = [field for field in sheet.fields if field.type in ("choice", "choices")]
    found = {
        field.id: {option.id: found for option in field.options if (found := lines(sheet, field, option.id))}
        for field in asked
    }

    assert {field: calls for field, calls in found.items() if calls} == CALLS[name]


def test_every_danger_on_the_withdrawal_check_leads_to_help():
    sheet = real().worksheets["withdrawal-check"]
    (danger,) = [field for field in sheet.fields if field.id == "danger"]
    silent = {option.id for option in danger.options if not lines(sheet, danger, option.id)}

    assert silent <= CALLS_NOTHING


@pytest.mark.parametrize("tick", ["hurt-me", "afraid", "low", "unsure"])
def test_amends_are_not_planned_where_contact_could_harm(tick):
    sheet = real().worksheets["making-amends"]
    fields = {field.id: field for field in sheet.fields}

    for planned in ("words", "do", "choose", "if-no"):
        assert not shown(fields[planned], fields, {"harm": [tick]})
        assert shown(fields[planned], fields, {"harm": ["none"]})
