"""Forms that the vocabulary need not list."""

from __future__ import annotations

import pytest

from geo.reports.inflection import all_forms, both_numbers, finite
from geo.reports.plaintext import Plain
from geo.reports.vocabulary import words


def test_a_subject_makes_many_forms_of_a_verb_but_not_the_noun() -> None:
    found = set(finite("attaquer"))
    assert {"ont attaque", "avait attaque", "attaquent", "attaquait", "attaquant"} <= found
    assert "attaque" not in found
    assert {"tue", "tues", "tuees", "tuant", "tuent", "tuer"} <= set(all_forms("tuer"))
    assert {"rangeaient", "rangea"} <= set(finite("ranger"))  # the e keeps the sound


@pytest.mark.parametrize(
    ("form", "other"),
    [("guards", "guard"), ("gendarme", "gendarmes"), ("locals", ""), ("civil*", ""), ("mass", "")],
)
def test_nouns_come_in_both_numbers_unless_the_other_is_another_word(form: str, other: str) -> None:
    assert list(both_numbers(form)) == [form, other] if other else [form]


@pytest.mark.parametrize(
    ("name", "text"),
    [("qualifier", "plus d'une centaine"), ("say", "parlent d'au moins"), ("say", "parle des")],
)
def test_an_elided_form_needs_no_end_of_a_word(name: str, text: str) -> None:
    assert words(name).first(Plain.of(text)) is not None
