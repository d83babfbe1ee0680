"""A text that is neither English nor French is said to be so, whatever could be read in it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from geo.atlas import current
from geo.exchange.drafts import report_as_plain
from geo.reports.language import unread
from geo.reports.reading import read_report
from geo.review.drafting import draft

POLISH = (
    "Co najmniej dziesięciu żołnierzy zginęło w piątek w zasadzce w pobliżu miasta Gao, "
    "poinformowała armia malijska w komunikacie opublikowanym dzień później, w sobotę."
)
GOLD = Path(__file__).parent / "gold"


@pytest.mark.parametrize(
    "text",
    [
        "Am 3. Mai 2024 wurden in Ansongo vier Menschen getötet.",
        "Al menos diez soldados murieron en una emboscada cerca de Gao, según el ejército.",
        "قُتل عشرة جنود في كمين قرب غاو يوم الجمعة",
        "Jihadistiw ye binkanni kɛ sojaw kan Gao la, mogo tan sara.",
        "Wasu 'yan bindiga sun kai hari kan ayarin motoci a kusa da Tillaberi.",
        "Десять солдат погибли в засаде под Гао.",
        POLISH,
        "ⴰⵎⴰⵏ ⵏ ⵜⴰⵎⵓⵔⵜ",
    ],
)
def test_another_language_is_told(text: str) -> None:
    assert "check every draft against the text" in str(unread(text))


def test_no_report_of_the_gold_set_and_no_bare_bulletin_is_taken_for_another() -> None:
    texts = [
        one["text"]
        for path in GOLD.glob("*.toml")
        for many in tomllib.loads(path.read_text(encoding="utf-8")).values()
        for one in many
        if isinstance(one, dict)
    ]
    assert len(texts) > 150
    bulletin = " ".join(f"{day:02}/02/2025 Gao : IED, 3 FAMa KIA." for day in range(1, 20))
    plain = " ".join(f"On {day} March 2025 a mine killed 2 near Gao." for day in range(1, 20))
    terse = [bulletin, plain, "", "12345", "IED, Gao-Ansongo axis, 7 Feb 2025. 3 KIA FAMa, 2 WIA.",
             "EEI axe Gao-Ansongo, 7 février 2025 : 3 tués FAMa, 2 blessés."]  # fmt: skip
    assert [text[:60] for text in [*texts, *terse] if unread(text)] == []


def test_the_drafts_of_one_carry_the_warning() -> None:
    text = "Am 3. Mai 2024 wurden in Ansongo vier Menschen getötet."
    reading, _source = draft(text, current())
    assert str(reading.warnings[0].message) == str(unread(text))
    assert reading.warnings[0].about == ""
    assert report_as_plain(read_report(text, current()))["warnings"][0]["code"] == "language"
