"""Names alone: what they belong to, and where news is from."""

from __future__ import annotations

import pytest

from geo.atlas import Atlas
from geo.gazetteer.grammar import read
from geo.gazetteer.land import land_of


@pytest.mark.parametrize(
    ("text", "subjects", "loose"),
    [
        ("le convoi de ravitaillement de Djibo attaqué près de Namsiguia", "Namsiguia", "Djibo"),
        ("de Djibo, près de Namsiguia", "Namsiguia", "Djibo"),
        ("traders from Gao were robbed near Kobé", "Kobé", "Gao"),
        ("a Gao bus was burnt near Kobé", "Kobé", "Gao"),
        ("DJIBO, Burkina Faso (AFP) - a bus was burnt 20 km from Bourzanga", "", "Djibo"),
        # What stands where it is called after is there; so is what belongs, if that is all.
        ("le pont de Konna, près de Sévaré", "Konna;Sévaré", ""),
        ("le maire de Konna a été enlevé", "Konna", ""),
        ("Djibo: a bus was burnt", "Djibo", ""),
    ],
)
def test_what_is_of_a_place_is_not_at_it(
    text: str, subjects: str, loose: str, atlas: Atlas
) -> None:
    reading = read(text, land_of(atlas).lexicon)
    assert ";".join(subject.name.text for subject in reading.subjects) == subjects
    assert ";".join(subject.name.text.title() for subject in reading.loose) == loose
