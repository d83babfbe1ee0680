"""Any text whatever gives a report or a clear error; what it rests on is where it says."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.atlas import Atlas, load
from geo.exchange.drafts import report_as_plain
from geo.records import InputError
from geo.reports.claims import MOST_CLAIMS
from geo.reports.reading import MAX_CHARACTERS, read_report
from tests.examples import examples

PIECES = (
    "An ambush", "une embuscade", "killed", "a fait", "at least ten", "une vingtaine de",
    "soldiers", "morts", "near Gao", "entre Gao et Ansongo", "30 km from Kobé",
    "Friday, February 30", "31 avril", "31/02/2024", "hier", "the next day", "last year", "JNIM",
    "l'EIGS", "said", "selon une source", "between 15 and 3", "0000", "99999999999999", "PK 33",
    "RN17", "no casualties", "denied", "When", "Date:", "Location", "\n", "\n\n", ".", '"', "«",
    "\u202e", "\u200b", "\x00", "the road", "Ǆ", "is closed", "since the attack", "taxes",
    "10 000 FCFA", "25:99", "14h", "ﬁ", "İ",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40).map("".join),
)


@lru_cache(maxsize=1)
def land() -> Atlas:
    """Return the atlas: no fixture, because Hypothesis shows a test's arguments."""
    return load()


@settings(max_examples=examples(400), suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, day=st.none() | st.dates())
def test_any_text_gives_a_report_or_a_clear_error(text: str, day: date | None) -> None:
    try:
        report = read_report(text, land(), day)
    except InputError:
        assert not any(char.isascii() and char.isalnum() for char in text)
        return
    plain = json.loads(json.dumps(report_as_plain(report)))
    for evidence in everything(plain):
        assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


def everything(value: object) -> list[dict[str, object]]:
    """Return all evidence in a nest of lists and dictionaries."""
    if isinstance(value, dict):
        own = value.get("evidence", [])
        return [*own, *(e for k, v in value.items() if k != "evidence" for e in everything(v))]
    return [e for item in value for e in everything(item)] if isinstance(value, list) else []


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b", "a" * (MAX_CHARACTERS + 1)])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_report(text, land())


def test_reading_twice_gives_the_same() -> None:
    text = "An ambush near Gao killed ten soldiers on 5 March 2024, the army said."
    assert read_report(text, land()) == read_report(text, land())


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u00ad"])
def test_marks_that_nobody_sees_hide_nothing(mark: str) -> None:
    text = "An ambush near Gao on 5 March 2024 killed ten soldiers."
    hidden = text.replace("ambush", f"am{mark}bush").replace("Gao", f"G{mark}ao")
    (shown,), (found,) = read_report(text, land()).incidents, read_report(hidden, land()).incidents
    assert found.category == shown.category
    assert found.place.name == shown.place.name == "Gao"


def test_hundreds_of_tolls_are_cut_short() -> None:
    told = "".join(f"The army said {n} people were killed. " for n in range(1, 700))
    report = read_report(f"On 3 January 2025 gunmen attacked Gao. {told}", land())
    assert len(report.incidents[0].claims) == MOST_CLAIMS
    assert all(len(str(concern.message)) < 300 for concern in report.concerns)
