"""Statements over time: what a bar says stays on the sheet."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

import pandas as pd

from maps import timeline
from maps.svg import WIDTH_PX

SVG = "{http://www.w3.org/2000/svg}"


def bar(first: dt.date, last: dt.date) -> dict[str, object]:
    return {
        "assertion_id": "RC-1", "measure_from_m": 0.0, "measure_to_m": 1_000.0, "kind": "closed",
        "actor": "JNIM", "affected": "", "amount_text": "", "stated_by": "someone with a long name",
        "publisher": "", "summary": "", "first_day": first, "last_day": last, "ends": "fades",
        "ended_by": "", "contested": False, "contested_by": (), "reliability": "B2",
    }  # fmt: skip


def test_a_text_stays_on_the_sheet_whether_its_bar_is_early_late_or_as_long_as_all() -> None:
    days = [dt.date(2024, 1, 1), dt.date(2024, 2, 1), dt.date(2025, 11, 1), dt.date(2025, 12, 1)]
    bars = pd.DataFrame([bar(days[0], days[1]), bar(days[2], days[3]), bar(days[0], days[3])])
    drawn = ET.fromstring(timeline.svg(bars, "X", days[3], {"closed": "Closed"}))  # noqa: S314
    said = [text for text in drawn.iter(f"{SVG}text") if (text.text or "").startswith("Closed")]
    assert len(said) == 3
    for text in said:
        width, x = 6.0 * len(text.text or ""), float(text.attrib["x"])
        left = x - width if text.get("text-anchor") == "end" else x
        assert left >= 0
        assert left + width <= WIDTH_PX
