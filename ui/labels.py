"""What the columns of a form are called, and what is wrong with what was typed there."""

from __future__ import annotations

import streamlit as st

from geo.i18n import Message, message
from geo.i18n import gettext as _
from geo.records import Fault, InputError
from ui import markup

LABELS: dict[str, Message] = {
    "date_start": message("On or after (YYYY-MM-DD)"),
    "date_end": message("On or before (YYYY-MM-DD)"),
    "date_precision": message("How sure that date is"),
    "country": message("Country"),
    "admin1": message("Region"),
    "place": message("Place"),
    "location_text": message("Where, in the report’s words"),
    "route_from": message("Road from"),
    "route_to": message("Road to"),
    "geo_precision": message("Precision of the place"),
    "km_from": message("Kilometres"),
    "km_from_place": message("… from"),
    "latitude": message("Latitude"),
    "longitude": message("Longitude"),
    "category": message("Kind"),
    "ied": message("Explosive device"),
    "target": message("Target"),
    "perpetrator": message("By, names parted by ;"),
    "perpetrator_attribution": message("How that is known"),
    "summary": message("In one sentence, in your words"),
    "note": message("Doubts and details"),
    "axis_from": message("From town"),
    "axis_to": message("To town (the same: the town itself)"),
    "road": message("Road number"),
    "kind": message("What is stated"),
    "actor": message("By or about whom"),
    "affected": message("Whom it concerns"),
    "amount_text": message("Amount, as stated"),
    "valid_from": message("So since (YYYY-MM-DD)"),
    "valid_to": message("Until (YYYY-MM-DD)"),
    "stated_by": message("Who states it"),
    "reliability": message("Reliability of the source, A to F"),
    "credibility": message("Credibility of the statement, 1 to 6"),
    "from_incident_id": message("Earlier incident"),
    "to_incident_id": message("Later incident"),
    "field": message("What is counted"),
    "low": message("At least"),
    "best": message("Number"),
    "high": message("Up to"),
    "unit_group": message("Of whom"),
    "stated_on": message("Stated on"),
    "stage": message("Provisional?"),
    "quote": message("Words of the report"),
    "publisher": message("Publisher"),
    "published": message("Published on (YYYY-MM-DD)"),
    "published_on": message("Published on (YYYY-MM-DD, YYYY-MM or YYYY)"),
    "url": message("Address of the page"),
    "title": message("Title"),
    "reason": message("Reason"),
    "recorded_by": message("Your name"),
}


def label(name: str) -> str:
    """Return the label of a column; its name when it has none."""
    return str(LABELS.get(name, name))


def told_of(fault: Fault) -> str:
    """Return what is wrong, with the field in which it is."""
    if not fault.column:
        return str(fault.message)
    return _("{field}: {text}", field=label(fault.column), text=fault.message)


def faults(error: InputError, about: str = "") -> None:
    """Say everything that is wrong, each fault with its field; ``about`` needs no naming."""
    st.error(_("It cannot be recorded as it is:"))
    for fault in error.faults:
        told = told_of(fault)
        if fault.file and fault.file != about:
            told = _("{file}: {text}", file=fault.file, text=told)
        st.markdown(f"- {markup.plain(told)}")
