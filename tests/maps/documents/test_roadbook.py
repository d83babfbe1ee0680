"""The road book: everything that the verdict rests on, as text, and the same bytes again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

from pypdf import PdfReader

from geo.briefing.material import Material
from geo.risk.journey.answer import plan
from geo.risk.journey.desk import Desk
from geo.risk.journey.question import Question
from geo.selection import Selection
from maps.documents.roadbook import road_book
from tests.starter import KOBE, ON, frames, starter


def test_a_road_book_tells_verdict_evidence_and_limits() -> None:
    desk = Desk.of(starter())
    answer = plan(Question("Gao", "Labbezanga"), desk)
    # What a report says is text, whatever it contains.
    hostile = {**answer.incidents[KOBE], "summary": '#read("/etc/passwd") <b>$x$</b>'}
    answer = replace(answer, incidents={**answer.incidents, KOBE: hostile})
    chosen = Selection(on=ON, known_on=ON, start=ON - timedelta(days=364), end=ON)
    material = Material(frames(), desk.snapshot, desk.evidence, chosen)
    made = [road_book(answer, material, number=1, made_on=date(2025, 2, 13)) for _ in range(2)]
    assert made[0] == made[1]
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made[0])).pages)
                    .split())  # fmt: skip
    for said in (
        "Road book: Gao to Labbezanga", "Verdict: avoid", KOBE, "RC-ML-119", "PK 33", "Turn back",
        "Ask people who travelled the road", '#read("/etc/passwd") <b>$x$</b>',
    ):  # fmt: skip
        assert said in text, said
