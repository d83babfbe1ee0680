"""Widgets and the view: what a reader chooses while a page is being drawn is not taken away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(starter_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{starter_file}")
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=600)
    app.query_params["country"] = "NE"
    app.switch_page(str(ROOT / "pages" / "about.py"))
    yield app.run()
    st.cache_resource.clear()


def given(app: AppTest) -> dict[str, object]:
    """Return the values that this run gives the browser, which take away what is chosen there."""
    frame = [*app.multiselect, *app.date_input, *app.selectbox, *app.toggle, *app.button_group]
    return {
        str(widget.key).removeprefix("piste_widget_"): widget.value
        for widget in frame
        if widget.proto.set_value
    }


def test_a_value_is_given_to_a_widget_only_where_it_may_show_another(app: AppTest) -> None:
    assert given(app)["country"] == ["NE"]  # of the address
    # Three quick choices: a run that answers the first must not speak of any of them.
    for count, code in enumerate(("ied", "ambush", "mine"), start=1):
        categories = app.multiselect(key="piste_widget_cat").select(code).run()
        assert given(app) == {}
        assert len(categories.multiselect(key="piste_widget_cat").value) == count
    assert app.query_params["cat"] == ["ied", "ambush", "mine"]
    app.toggle(key="piste_widget_ied").set_value(True).run()
    assert given(app) == {}
    next(button for button in app.button if button.label == "Reset filters").click().run()
    assert given(app) == {"cat": [], "country": [], "ied": False}
    assert app.query_params == {}
    # On another page every widget is new to the browser.
    app.multiselect(key="piste_widget_country").select("ML").run()
    app.switch_page(str(ROOT / "pages" / "method.py")).run()
    assert given(app)["country"] == ["ML"]


def test_what_an_interrupted_run_gave_is_given_again(app: AppTest) -> None:
    app.run()
    assert given(app) == {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.state.publish", lambda _facts: None)  # it never came to its end
        app.query_params["country"] = "BF"
        app.run()
    assert given(app) == {"country": ["BF"]}
    app.run()
    assert given(app) == {"country": ["BF"]}
    app.run()
    assert given(app) == {}


def test_in_another_language_choices_are_given_in_its_words(app: AppTest) -> None:
    app.run()
    app.button_group(key="piste_widget_lang").set_value("fr").run()
    assert given(app)["country"] == ["NE"]
    assert given(app)["period"] == "12m"
