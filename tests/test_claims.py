"""How claims are told, on the figures that a page called provisional and then replaced."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from geo import i18n
from geo.claims import hindsight, killed_without, published, rating, speaker, superseded
from geo.columns import CLAIMS, typed
from geo.summary import claims_of, links_of
from tests.starter import KOBE, starter


def claims(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {"incident_id": "A", "field": "killed", "unit_group": "all", "known_on": "2025-02-08",
             "stated_by": "local_official", "publisher": "Wire"}  # fmt: skip
    full = [usual | row for row in rows]
    names = [column.name for column in CLAIMS]
    frame = typed(
        CLAIMS, {n: [row.get(n) for row in full] for n in names}, pd.RangeIndex(len(full))
    )
    return frame.assign(known_on=pd.to_datetime([row["known_on"] for row in full]))


PROVISIONAL = {"low": 10, "best": 10, "stage": "provisional"}
LATER = {"low": 32, "best": 32}


@pytest.mark.parametrize(
    ("later", "replaced"),
    [
        (LATER, True),
        (LATER | {"known_on": "2025-02-09"}, True),
        (LATER | {"known_on": "2025-02-07"}, False),  # said before it
        (LATER | {"stated_by": "ngo"}, False),  # somebody else may simply differ
        (LATER | {"publisher": "Other"}, False),
        (LATER | {"unit_group": "civilians"}, False),
        (LATER | {"stage": "provisional"}, False),
    ],
)
def test_only_a_provisional_figure_is_replaced_by_its_own_speaker_on_the_same_page(
    later: dict[str, Any], replaced: bool
) -> None:
    assert superseded(claims(PROVISIONAL, later)).tolist() == [replaced, False]
    assert not superseded(claims({"low": 10}, LATER)).any()  # nobody called it provisional
    # What the page itself called provisional is replaced by whom it quotes next.
    own = PROVISIONAL | {"stated_by": "media"}
    assert superseded(claims(own, LATER | {"stated_by": "ngo"})).tolist() == [True, False]


def test_the_range_without_replaced_figures_is_told_only_where_it_differs() -> None:
    told = killed_without(claims(PROVISIONAL, LATER))
    assert str(told) == "Without provisional figures that their own page replaced: 32."
    assert killed_without(claims(PROVISIONAL, LATER, {"best": 10, "stated_by": "army"})) is None
    assert killed_without(claims(LATER)) is None


def test_the_kobe_file_orders_the_two_figures_of_one_official() -> None:
    own = claims_of(starter(), KOBE)
    replaced = own[superseded(own)]
    assert replaced[["best", "stated_by", "publisher"]].to_numpy().tolist() == [
        [10, "local_official", "Africanews/AFP"]
    ]


def test_a_speaker_has_a_day_of_its_own_and_a_page_its_own() -> None:
    (row,) = claims({
        "stated_by": "army", "publisher": "ASA", "published_on": "2025-02-12",
        "stated_on": "2025-02-08", "reliability": "B", "credibility": "3",
    }).itertuples()  # fmt: skip
    assert (str(speaker(row)), published(row)) == ("Army, said Feb 8, 2025", date(2025, 2, 12))
    assert rating(row) == "B3"
    i18n.activate("fr")
    try:
        assert str(speaker(row)) == "Armée, le 8 févr. 2025"
    finally:
        i18n.activate("en")


@pytest.mark.parametrize(
    ("text", "told"), [("2025-02", "Feb 2025"), ("2025", "2025"), ("", "Feb 8, 2025 (assumed)")]
)
def test_a_publication_is_no_sharper_than_its_page(text: str, told: str) -> None:
    (row,) = claims({"published_on": text}).itertuples()
    assert str(published(row)) == told


def test_what_was_known_on_the_day_after_kobe_says_what_may_be_from_later() -> None:
    then = starter(known_on=date(2025, 2, 8))
    assert KOBE in then.told_later
    told = str(hindsight(then.known_on))
    assert told.endswith("They may rest on reports later than Feb 8, 2025.")
    # Who links it with the attack of 28 January published that on the 12th.
    assert links_of(then, KOBE).empty
    assert len(links_of(starter(), KOBE)) == 1
    assert KOBE not in starter(known_on=date(2026, 11, 20)).told_later
