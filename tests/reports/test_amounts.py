"""Numbers as reports tell them, worked by hand."""

from __future__ import annotations

import pytest

from geo.reports.amounts import amounts, value
from geo.reports.plaintext import Plain

Numbers = tuple[int | None, int | None, int | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25 civilians", (None, 25, None)),
        ("at least ten people", (10, 10, None)),
        ("au moins seize civils", (16, 16, None)),
        ("more than 50 dead", (50, None, None)),
        ("plus de vingt soldats", (20, None, None)),
        ("over fifty fatalities", (50, None, None)),
        ("up to 50 deaths", (None, None, 50)),
        ("as many as 40 men", (None, None, 40)),
        ("moins de dix morts", (None, None, 10)),
        ("between 10 and 15 soldiers", (10, None, 15)),
        ("entre dix et quinze soldats", (10, None, 15)),
        ("10 to 15 fighters", (10, None, 15)),
        ("une vingtaine de blessés", (None, 20, None)),
        ("a dozen men", (None, 12, None)),
        ("dozens of trucks", (24, 24, None)),
        ("des dizaines de camions", (20, 20, None)),
        ("plusieurs centaines de villageois", (200, 200, None)),
        ("several hundred fighters", (200, 200, None)),
        ("quatre-vingt-dix-sept morts", (None, 97, None)),
        ("one hundred and thirty-two civilians", (None, 132, None)),
        ("1,200 people", (None, 1200, None)),
        ("1 200 personnes", (None, 1200, None)),
        ("some sixty attackers", (None, 60, None)),
    ],
)
def test_a_number_is_what_is_said(text: str, expected: Numbers) -> None:
    plain = Plain.of(text)
    (found,) = amounts(plain, 0, len(plain.text))
    assert (found.low, found.best, found.high) == expected


@pytest.mark.parametrize(
    "text",
    ["30 km from Gao", "two days later", "il y a trois semaines", "10 000 FCFA",
     "one-third of them", "80 % of the traffic", "aged 25 years", "vers 14 h", "PK33",
     "the 3rd regiment"],
)  # fmt: skip
def test_distances_hours_money_and_shares_count_nobody(text: str) -> None:
    plain = Plain.of(text)
    assert list(amounts(plain, 0, len(plain.text))) == []


def test_numbers_in_words_and_figures_agree() -> None:
    words = {"seventy-one": 71, "soixante et onze": 71, "two thousand": 2000, "deux cents": 200}
    assert {text: value(text) for text in words} == words
