"""The page of reports: a report is taken in, corrected, decided; the file of its incident tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.atlas import current
from geo.review.drafting import draft
from geo.review.library import Library
from geo.review.records import Dossier
from geo.store import Ledger
from tests.reports.stories import WIRE
from tests.starter import KOBE

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    address = f"sqlite:///{tmp_path / 'ledger.db'}"
    monkeypatch.setenv("PISTE_DB", address)
    st.cache_resource.clear()
    yield address
    st.cache_resource.clear()


def button(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def stored(url: str) -> Dossier:
    with Ledger.open(url) as ledger:
        found = Library(ledger).dossier(1)
    assert found is not None
    return found


def test_a_report_is_taken_in_corrected_merged_and_shown_with_its_rating(url: str) -> None:
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=600)
    app.query_params["reports"] = "add"
    app.switch_page(str(ROOT / "pages" / "reports.py")).run()
    assert next(one for one in app.button if one.label == "Read it").disabled
    app.text_input(key="piste_reviewer_typed").set_value("amina").run()
    app.text_area(key="piste_add_report_text").set_value(WIRE)
    app.selectbox(key="piste_add_report_publisher").set_value("Studio Tamani")
    app.text_input(key="piste_add_report_published").set_value("soon")
    button(app, "Read it")
    assert any("Write the day as 2025-02-12" in one.value for one in app.markdown)
    app.text_input(key="piste_add_report_published").set_value("2025-02-08")
    app.selectbox(key="piste_add_report_reliability").set_value("B")
    app.selectbox(key="piste_add_report_credibility").set_value("3")
    button(app, "Read it")
    assert not app.exception
    assert [one.item.key for one in stored(url).waiting] == ["i1", "i2", "i3"]

    # What is typed is kept at once, and the choice is the incident that matches best.
    app.text_input(key="piste_draft_1_i1_0_summary").set_value("In my own words").run()
    kept = stored(url).standing("i1")
    assert kept is not None
    assert kept.item.cells["summary"] == "In my own words"
    assert app.radio[0].value == KOBE
    next(one for one in app.button if one.label.startswith("Merge into ML")).click().run()
    assert not app.exception
    done = stored(url).standing("i1")
    assert done is not None
    assert (done.state, done.entity_id, done.by) == ("merged", KOBE, "amina")
    assert any("3 claims added" in one.value for one in app.toast)

    # Where an incident may be the same, none is taken for granted: the analyst chooses.
    assert app.radio[0].value is None
    assert next(one for one in app.button if one.label == "Record in the ledger").disabled
    assert any("Choose which incident it is" in one.value for one in app.get("html"))
    app.radio[0].set_value("").run()

    # Another analyst has decided on the next one: this session is told and records nothing.
    with Ledger.open(url) as ledger:
        Library(ledger).reject(stored(url), "i2", "told by nobody", "boubacar")
        version = ledger.version()
        next(one for one in app.button if one.label == "Record in the ledger").click()
        app.run()
        assert ledger.version() == version

    decide_together_and_take_back(app, url)
    app.query_params["pick"] = f"incident:{KOBE}"
    app.switch_page(str(ROOT / "pages" / "map.py")).run()
    file = "".join(one.value for one in app.get("html"))
    assert "rated B3" in file
    assert "<q>" in file
    withdraw_and_let_stand_again(app)


def decide_together_and_take_back(app: AppTest, url: str) -> None:
    """Record all that is clear with two clicks; take back what was a mistake."""
    library = Library(Ledger.open(url))
    story = "On 3 January 2016 a mine killed 4 soldiers near Hombori, Mali."
    reading, source = draft(story, current(), date(2016, 1, 6))
    source = replace(source, publisher="Desk", published="2016-01-06")
    number = library.add(story, "", reading, source, "boubacar").report_id
    panel = AppTest.from_function(proposal, default_timeout=90, kwargs={"number": number}).run()
    assert any("Ticked is what is clear" in one.value for one in panel.markdown)
    panel.button(key="piste_together_record").click().run()
    assert not panel.exception
    app.query_params["report"] = str(number)
    app.run()
    assert any("Recorded as ML" in one.value for one in app.info)
    app.text_input(key="piste_back_i1").set_value("told of another year")
    button(app, "Withdraw it")
    assert any("1 line withdrawn" in one.value for one in app.toast)
    dossier = library.dossier(number)
    assert dossier is not None
    assert [(one.state, one.reason) for one in dossier.standings] == [
        ("waiting", "told of another year")
    ]


def proposal(number: int) -> None:
    """Draw the panel of a dialog, which AppTest cannot open."""
    from ui import cache  # noqa: PLC0415 - a script of its own
    from ui.reports import together  # noqa: PLC0415

    together.panel(cache.dossiers()[number], "amina")


def dialog(name: str, incident_id: str) -> None:
    """Draw a dialog about an incident of the ledger."""
    from ui import correcting  # noqa: PLC0415 - a script of its own

    getattr(correcting, name)(incident_id)


def withdraw_and_let_stand_again(app: AppTest) -> None:
    """Withdraw an incident over its file, which then says so, and let it stand again."""

    def decide(name: str, reason: str, label: str) -> None:
        asked = {"name": name, "incident_id": KOBE}
        form = AppTest.from_function(dialog, default_timeout=90, kwargs=asked).run()
        question, who = form.text_input
        question.set_value(reason)
        who.set_value("amina")
        button(form, label)
        assert not form.exception

    def file() -> str:
        app.run()
        assert not app.exception
        return "".join(one.value for one in app.get("html"))

    decide("withdrawal", "a test", "Withdraw the incident")
    told = file()
    assert "This incident was withdrawn." in told
    assert "by amina: a test" in told
    decide("restoring", "only a test", "Record it again")
    assert "This incident was withdrawn." not in file()
    asked = {"name": "past", "incident_id": KOBE}
    past = AppTest.from_function(dialog, default_timeout=90, kwargs=asked).run()
    events = past.dataframe[0].value["What happened"].tolist()
    assert events[-2:] == ["Withdrawn", "Stands again"]
    assert "Claim added" in events


def test_nothing_is_recorded_before_it_is_known_whose_report_it_is(url: str) -> None:
    story = "On 3 January 2016 a mine killed 4 soldiers near Hombori, Mali."
    with Ledger.open(url) as ledger:
        Library(ledger).add(story, "", *draft(story, current()), "boubacar")
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=600)
    app.query_params["report"] = "1"
    app.switch_page(str(ROOT / "pages" / "reports.py")).run()
    app.text_input(key="piste_reviewer_typed").set_value("amina").run()

    def record() -> AppTest:
        return next(one for one in app.button if one.label == "Record in the ledger")

    assert record().disabled
    panel = AppTest.from_function(proposal, default_timeout=90, kwargs={"number": 1}).run()
    assert "Nothing is recorded before" in panel.markdown[0].value
    panel.text_input(key="piste_missing_1_published").set_value("2016-01-06").run()
    assert not panel.exception
    # What is chosen in the form above is kept without a button.
    app.run()
    app.selectbox(key="piste_source_1_1_publisher").select("Studio Tamani").run()
    assert not app.exception
    held = stored(url).source
    assert (held.publisher, held.published) == ("Studio Tamani", "2016-01-06")
    assert not record().disabled
