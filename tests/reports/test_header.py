"""Where a report's head ends and its text begins: nothing of a text may vanish unsaid."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reports.conftest import Read

STORY = "On June 14, 12 people were killed in an ambush near Dablo."


@pytest.mark.parametrize(
    "head",
    ["Published 2024-06-20. ", "Published 20 June 2024 at 10:30 GMT - ", "Date: 2024-06-20\n",
     "Date: 20 June 2024, Location: Burkina Faso. ", "Published 20 June 2024 by AFP\n",
     "Location: Burkina Faso. Published: 2024-06-20. "],
)  # fmt: skip
def test_a_header_line_ends_where_a_sentence_begins(read: Read, head: str) -> None:
    report = read(head + STORY)
    assert report.head.published == date(2024, 6, 20)
    (one,) = report.incidents
    assert one.day.start == date(2024, 6, 14)
    assert [claim.best for claim in one.claims] == [12]


def test_a_line_without_a_full_stop_is_read_where_it_counts(read: Read) -> None:
    rain = "Weekly notes\n\nThe governor met traders in Kaya.\n\n{}\n\nRain is expected."
    report = read(rain.format(STORY.rstrip(".")), "2024-06-20")
    assert [one.day.start for one in report.incidents] == [date(2024, 6, 14)]


@pytest.mark.parametrize("text", [
    "Topic: 12 people were killed near Dablo\nDate: 20 June 2024\n\nA meeting was held in Kaya.",
    "A meeting was held in Kaya.\nRead more\nTwelve people were killed near Dablo.",
])  # fmt: skip
def test_figures_before_or_after_the_text_are_said_to_be_unread(read: Read, text: str) -> None:
    report = read(text, "2024-06-20")
    assert report.incidents == ()
    assert [one.code for one in report.concerns] == ["set_aside"]
    assert "near Dablo" in str(report.concerns[0].message)
