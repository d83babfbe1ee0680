"""The timeline of claims: marks on their days and figures, words that stay in their column."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

from geo.chronicle import told
from maps import chronicle
from maps.cartography.lettering import clean, width
from maps.svg import Drawing
from tests.starter import KOBE, starter

ROWS = told(starter(), KOBE)
EVENT = chronicle.event_of(starter(), KOBE)
HOSTILE = "<script>alert(1)</script> \u202e=1+1 😀 " + "W" * 300


def texts(made: Drawing) -> list[ET.Element]:
    return list(made.root.iter("text"))


def squares(made: Drawing) -> list[float]:
    """Return where days are marked on which something became known."""
    return sorted(
        float(node.attrib["x"]) + 3.4
        for node in made.root.iter("rect")
        if node.attrib["width"] == "6.8"
    )


def test_marks_stand_on_their_days_and_figures() -> None:
    rows = [replace(ROWS[0], known=((date(2025, 2, 8), False), (date(2025, 2, 12), False)),
                    stated_on="2025-02-07", low=10, best=None, high=20)]  # fmt: skip
    made = chronicle.drawing(rows, EVENT, width_px=1000)
    # Six days from 7 to 12 February on a ruler of 220 pixels that ends at 840 - 16.
    day_px = 220 / 6
    first, last, *_key = squares(made)[-2:]
    assert abs(first - (604 + 1.5 * day_px)) < 0.2
    assert abs(last - (604 + 5.5 * day_px)) < 0.2
    rings = [float(node.attrib["cx"]) for node in made.root.iter("circle")]
    assert any(abs(x - (604 + 0.5 * day_px)) < 0.2 for x in rings)
    # From 10 to 20 of 20: the right half of the ruler from 840 to 968.
    bars = [node.attrib for node in made.root.iter("rect") if node.get("height") == "6.4"]
    assert abs(float(bars[0]["x"]) - 904) < 0.2
    assert abs(float(bars[0]["width"]) - 64) < 0.2


def test_the_key_says_what_is_shown_and_nothing_else() -> None:
    said = " ".join(node.text or "" for node in texts(chronicle.drawing(ROWS, EVENT)))
    for word in ("it happened", "day assumed", "at least", "up to", "replaced on its own page"):
        assert word in said
    assert "it was said" not in said
    few = " ".join(node.text or "" for node in texts(chronicle.drawing(ROWS[1:2], EVENT)))
    assert "replaced" not in few
    assert "No claim was recorded." in chronicle.svg([], EVENT)


def test_what_finds_no_room_is_counted() -> None:
    made = chronicle.drawing(ROWS, EVENT, rows_max=chronicle.rows_within(200))
    left = len(ROWS) - chronicle.rows_within(200)
    assert texts(made)[-1].text == f"{left} more claims are in the table."
    assert made.y <= 200


def test_hostile_words_are_cut_and_escaped() -> None:
    rows = [replace(ROWS[0], publishers=(HOSTILE,)), replace(ROWS[0], field=HOSTILE)]
    svg = chronicle.svg(rows, EVENT, width_px=600)
    assert "<script" not in svg
    made = chronicle.drawing(rows, EVENT, width_px=600)
    room = 600 * (1 - 0.16 - 0.22) - 2 * 16
    for node in texts(made):
        if float(node.attrib["x"]) < room and node.get("text-anchor") is None:
            wide = width(clean(node.text or ""), 11 * 0.92, bold="font-weight" in node.attrib)
            assert float(node.attrib["x"]) + wide <= 600
    long = [node for node in texts(made) if "…" in (node.text or "")]
    assert len(long) >= 2
    assert all(
        float(node.attrib["x"]) + width(clean(node.text or ""), 11 * 0.92) <= room + 1
        for node in long
    )
    assert re.search(r"&lt;script", svg)


def test_years_of_claims_are_named_by_months() -> None:
    late = [replace(ROWS[0], known=((date(2025, 2, 8), False), (date(2027, 2, 8), False)))]
    said = [node.text or "" for node in texts(chronicle.drawing(late, EVENT, width_px=1000))]
    assert any(re.fullmatch(r"[A-Z][a-z]{2} 202[5-7]", text) for text in said)
