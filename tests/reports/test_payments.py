"""What is paid on a road: prices in the order of time, without distances, days and years."""

from __future__ import annotations

import pytest

from geo.reports.payments import paid, pays
from geo.reports.plaintext import Plain


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("Lorries pay 15,000 CFA francs, up from 10,000 in December.",
         "10,000 → 15,000 CFA francs"),
        ("En octobre dernier ils réclamaient 5 000 francs CFA, aujourd'hui c'est 10 000.",
         "5 000 francs CFA → 10 000"),
        ("They ask 10 000 CFA each truck, last month it was 5 000.",
         "5 000 → 10 000 CFA each truck"),
        ("Le passage est passé de 5 000 à 10 000 francs CFA.", "5 000 → 10 000 francs CFA"),
        ("They charge 50,000 francs for a truck and 10,000 for a car.",
         "50,000 francs for a truck; 10,000 for a car"),
        ("Since 2023 drivers pay 5,000 francs over 1200 km.", "5,000 francs"),
        ("The army counted 3,000 vehicles.", ""),
    ],
)  # fmt: skip
def test_prices_keep_their_order_in_time(text: str, prices: str) -> None:
    plain = Plain.of(text)
    assert paid(plain, 0, len(plain.text)) == prices


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Chaque passager doit verser 2 500 francs CFA.", True),
        ("Drivers no longer pay 5,000 francs.", False),
        ("The convoy carried 5,000 francs.", False),
        ("Drivers pay.", False),
    ],
)
def test_money_alone_is_no_payment(text: str, told: bool) -> None:
    plain = Plain.of(text)
    assert pays(plain, 0, len(plain.text)) is told
