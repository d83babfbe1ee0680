"""The answers of the route check, computed once for all sessions."""

from __future__ import annotations

import streamlit as st

from geo.i18n import gettext as _
from geo.records import Fault, InputError
from geo.risk.ground import Ground
from geo.risk.journey.answer import plan
from geo.risk.journey.desk import Desk
from geo.risk.journey.question import Question
from geo.risk.journey.records import Answer
from geo.snapshot import Snapshot
from ui import cache
from ui.hotspots import warming


@st.cache_resource(show_spinner=False, max_entries=2)
def _ground(version: str) -> Ground:
    return Ground.of(cache.atlas())


@st.cache_resource(show_spinner=False, max_entries=8)
def _desk(version: str, _snapshot: Snapshot) -> Desk:
    return Desk.of(_snapshot, _ground(cache.atlas().version), laying=cache.laying())


@st.cache_resource(show_spinner=False, max_entries=8)
def _desk_without(version: str, incident_id: str, _snapshot: Snapshot) -> Desk:
    return _desk(version, _snapshot).without(incident_id)


def desk(snapshot_: Snapshot, *, without: str | None = None) -> Desk:
    """Return what the route check works with on a snapshot's days.

    Parameters
    ----------
    snapshot_
        What was known.
    without
        An incident to leave out.

    Raises
    ------
    KeyError
        When that incident was not known.
    """
    # Rates spread along roads, and ways are searched.
    warming.before("walks", "routes")
    if without:
        return _desk_without(snapshot_.version, without, snapshot_)
    return _desk(snapshot_.version, snapshot_)


@st.cache_resource(show_spinner=False, max_entries=48)
def _answer(version: str, question: Question, _desk: Desk) -> Answer:
    return plan(question, _desk)


def answer(question: Question, desk_: Desk) -> Answer:
    """Return the answer to a question.

    Raises
    ------
    InputError
        When the question cannot be answered as it stands.
    """
    return _answer(desk_.snapshot.version, question, desk_)


def answered(question: Question | None, desk_: Desk) -> tuple[Answer | None, list[Fault]]:
    """Return the answer to what is asked on the screen, and what is wrong with the question."""
    if question is None:
        return None, []
    try:
        with st.spinner(_("Comparing ways …"), show_time=False):
            return answer(question, desk_), []
    except InputError as error:
        return None, list(error.faults)
