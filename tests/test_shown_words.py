"""Figures, ranges and links as a reader sees them, worked by hand."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from geo import i18n, words

NA = pd.NA


@pytest.mark.parametrize(
    ("low", "best", "high", "shown"),
    [
        (NA, 25, NA, "25"),
        (NA, 0, NA, "0"),
        (34, 34, NA, "at least 34"),
        (50, NA, NA, "more than 50"),
        (NA, NA, 50, "up to 50"),
        (20, NA, 30, "20–30"),
        (20, 25, 30, "20–30"),
        (30, 30, 30, "30"),
        (NA, 25, 30, "25–30"),
        (NA, NA, NA, "stated without a figure"),
        (float("nan"), 25.0, None, "25"),
    ],
)
def test_a_figure_is_shown_as_it_was_stated(
    low: object, best: object, high: object, shown: str
) -> None:
    assert words.figure(low, best, high) == shown


@pytest.mark.parametrize(
    ("low", "high", "open_", "shown"),
    [
        (10, 56, True, "10–56+"),
        (10, 56, False, "10–56"),
        (7, 7, False, "7"),
        (7, 7, True, "7+"),
        (0, 0, False, "0"),
        (NA, 50, False, "50"),
        (NA, NA, False, "no figure"),
        (NA, NA, True, "no figure"),
    ],
)
def test_a_span_over_all_claims(low: object, high: object, open_: bool, shown: str) -> None:
    assert words.span(low, high, open_=open_) == shown


def test_a_code_without_a_word_is_shown_as_it_is() -> None:
    assert words.word(words.COUNTRIES, "ML") == "Mali"
    assert words.word(words.COUNTRIES, "TD") == "TD"


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        ("2024-07-01", "2024-07-31", "month", "Jul 2024"),
        ("2024-01-01", "2024-12-31", "year", "2024"),
        ("2024-07-01", "2024-07-01", "day", "2024-07-01"),
        ("2024-07-01", "2024-07-07", "week", "between Jul 1, 2024 and Jul 7, 2024"),
        ("", "", "day", "no date"),
        ("soon", "2024-07-07", "day", "soon"),
    ],
)
def test_the_days_of_a_draft_are_no_sharper_than_told(
    start: str, end: str, precision: str, said: str
) -> None:
    assert words.drafted(start, end, precision).replace("July", "Jul") == said


@pytest.mark.parametrize(
    ("distance_m", "shown"),
    [(0, "0.1"), (1_234, "1.23"), (54_321, "54.3"), (123_456, "123"), (1_030_400, "1,030")],
)
def test_a_distance_is_never_written_with_an_exponent(distance_m: float, shown: str) -> None:
    assert words.kilometres(distance_m) == shown


def test_what_stands_for_a_place_is_said_in_the_readers_language() -> None:
    def where(place: str, start: str = "", end: str = "", admin1: str = "") -> str:
        row = SimpleNamespace(
            place=place, route_from=start, route_to=end, admin1=admin1, country="ML"
        )
        return words.where(row)

    told = (
        ("Gao-Ansongo axis", "Gao", "Ansongo", "Gao"),
        ("Kayes-Bamako road", "Kayes", "Bamako", "Kayes"),
        ("Ménaka region", "", "", "Ménaka"),
        ("Niono and Molodo", "", "", "Ségou"),
        ("Bourari and nearby villages", "", "", "Bandiagara"),
        ("Gao-Ansongo axis", "Gao", "Labbezanga", "Gao"),
        ("", "Gao", "Ansongo", "Gao"),
    )
    assert [where(*row) for row in told] == [row[0] for row in told[:-1]] + ["Gao–Ansongo"]
    i18n.activate("fr")
    try:
        assert [where(*row) for row in told] == [
            "axe Gao-Ansongo", "route Kayes-Bamako", "région de Ménaka", "Niono et Molodo",
            "Bourari and nearby villages", "Gao-Ansongo axis", "Gao–Ansongo",
        ]  # fmt: skip
    finally:
        i18n.activate("en")
