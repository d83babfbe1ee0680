"""The words about a place that are handed on: whole, and of the event alone."""

from __future__ import annotations

import pytest

from tests.reports.conftest import Read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Gunmen attacked a bus approx 15km from Djibo on the Bourzanga road on Friday.",
         "approx 15km from Djibo on the Bourzanga road"),
        (("Un camion a sauté sur une mine vendredi à une dizaine de kilomètres de Bandiagara, sur "
         "l'axe Bandiagara-Bankass."),
         "une dizaine de kilomètres de Bandiagara, sur l'axe Bandiagara-Bankass"),
        ("Un camion a sauté sur une mine vendredi à 15 km d'Ansongo.", "15 km d'Ansongo"),
        ("Gunmen ambushed a truck on Friday 15km (9 miles) north of Djibo.",
         "15km (9 miles) north of Djibo"),
        (("Un convoi de ravitaillement de Djibo est tombé vendredi dans une embuscade entre "
         "Bourzanga et Djibo."), "entre Bourzanga et Djibo"),
        ("MENAKA, Mali, 14 June (Agency) – Gunmen killed ten on Friday near Anderamboukane.",
         "near Anderamboukane"),
    ],
)  # fmt: skip
def test_a_phrase_holds_the_whole_distance_and_no_other_place(
    read: Read, text: str, said: str
) -> None:
    (one,) = read(text, "2024-06-20").incidents
    assert one.place.phrase == said


def test_a_weekday_counts_from_the_publication_not_from_the_dateline(read: Read) -> None:
    line = "GAO, Mali, {} (AFP) — Ten people were killed on Monday near Anderamboukane."
    for head, published in (("Jan. 14, 2025", None), ("14 January", "2025-01-14")):
        (one,) = read(line.format(head), published).incidents
        assert str(one.day.start) == "2025-01-13"
