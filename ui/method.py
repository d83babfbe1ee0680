"""The risk model in words, and how it fared against simple forecasts."""

from __future__ import annotations

import hashlib
import math
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo.i18n import Message, message
from geo.i18n import gettext as _
from geo.risk import choice
from geo.risk.hindcast import telling
from geo.risk.hindcast.result import ALL, PRECISE, Result
from geo.risk.models import MODEL, Model
from geo.risk.policy import RiskPolicy, load_risk_policy
from maps import reliability
from ui import drawing
from ui import picture as paper
from ui.markup import plain

if TYPE_CHECKING:
    from maps.cartography import Chart

_HOW = message(
    "Each point is a share of the roads on which equally many incidents were foretold. Above the "
    "dashed line more came than foretold, below it fewer; bars hold 90%."
)
_LIMITS: tuple[Message, ...] = (
    message(
        "It counts reported incidents. A road of which nobody reports, or on which nobody travels "
        "any more, looks calmer than it is. No rate means “safe”."
    ),
    message(
        "It is not the chance of being hit: how many vehicles pass, and which of them are aimed "
        "at, nobody has counted. Use it to compare ways and days."
    ),
    message(
        "It knows no plans. Who holds a road, a closure or a deal is in the road status, not in "
        "the rate."
    ),
    message(
        "Reports come from towns, and a village stands for everything around it. So precise "
        "incidents outside towns are scored apart."
    ),
    message(
        "Its interval leaves out what the background may be off by, and takes two reports of one "
        "attack as two."
    ),
    message(
        "The starter data were gathered in hindsight, from pages that can still be found. Nobody "
        "could have known all of this on the day."
    ),
)


def draw() -> None:
    """Draw the page."""
    found, policy = choice.stored(), load_risk_policy()
    st.subheader(_("How far exposure can be trusted"), anchor=False)
    verdict, *rest = telling.sentences(found, policy.model)
    (st.info if found.in_use == MODEL else st.warning)(plain(str(verdict)))
    st.markdown("\n".join(f"- {plain(str(text))}" for text in rest))
    _reliability(found)
    st.subheader(_("Against simple forecasts"), anchor=False)
    st.markdown(plain(str(telling.summary(found))))
    _scores(found, 90)
    with st.expander(_("30 days ahead, and the numbers that were chosen")):
        _scores(found, 30)
        st.markdown(telling.model_table(found))
        st.markdown(telling.lead_table(found.leads))
    st.caption(
        _(
            "Hit rates: share of the incidents on the riskiest 5, 10 and 20% of road-km. PAI: hit "
            "rate over that share of road. Log score: nats per incident above the same rate on "
            "every km; place only leaves the number of incidents out. In brackets: 90% of windows "
            "drawn anew."
        )
    )
    st.subheader(_("How a rate is made"), anchor=False)
    st.markdown("\n".join(f"- {plain(str(text))}" for text in _made(policy)))
    st.subheader(_("What it does not know"), anchor=False)
    st.markdown("\n".join(f"- {plain(str(text))}" for text in _LIMITS))
    st.caption(_("Formulas and papers: docs/method.md. Numbers to change: data/policy.toml."))


def _reliability(found: Result) -> None:
    st.subheader(_("Foretold and came"), anchor=False)
    st.markdown(str(_HOW))
    picture = reliability.svg(found.reliability)
    digest = hashlib.sha256(picture.encode()).hexdigest()[:16]
    drawing.draw(picture, key="reliability", digest=digest, picked=None)
    days = _("{first} – {last}", first=found.border, last=found.last)
    paper.offer(
        partial(_on_paper, found), None, title=_("Foretold and came"), subtitle=days,
        key="piste_reliability",
    )  # fmt: skip
    with st.expander(_("The same as a table")):
        st.markdown(telling.reliability_table(found))


def _on_paper(found: Result) -> Chart:
    from maps.cartography import Chart  # noqa: PLC0415 - see ui.picture

    draw = partial(reliability.drawing, found.reliability)
    return Chart(draw=draw, heading=_("Foretold and came"), note=str(_HOW))


def _scores(found: Result, days: int) -> None:
    for which in (ALL, PRECISE):
        st.markdown(f"**{plain(str(telling.title(found, days, which)))}**")
        st.markdown(telling.score_table(found, days, which))


def _made(policy: RiskPolicy) -> list[Message]:
    model = choice.model_in_use(policy)
    return [
        message(
            "Roads are cut into stretches of at most 1 km. Each has a rate of incidents per km and "
            "day, and an interval that holds it with {coverage:.0%}.",
            coverage=policy.coverage,
        ),
        *_told(model),
        message(
            "A stretch without reports has the background rate of its region and class of road, "
            "never 0. Incidents known by region only count there and on no road."
        ),
        message(
            "Exposure adds up over the way: rate × time on the stretch × the {km:g} km of road "
            "around the vehicle on which an incident would concern it.",
            km=2 * policy.reach_km,
        ),
        message(
            "Everything is fitted to what was known on the chosen day of knowledge. Days of which "
            "nothing can be known yet are no sign of peace."
        ),
    ]


def _told(model: Model) -> list[Message]:
    """Return what an incident tells, by the model in use."""
    said = []
    if math.isfinite(model.bandwidth_m):
        said.append(
            message(
                "An incident tells about the road up to {km:g} km either way, most near to it, and "
                "is spread over all of the road that its report may mean.",
                km=model.bandwidth_m / 1_000,
            )
        )
    decay = model.decay
    if math.isfinite(decay.half_life_days):
        said.append(
            message(
                "After {days:g} days what can fade of it is half gone; {floor:.0%} of it never "
                "fades.",
                days=decay.half_life_days,
                floor=decay.floor,
            )
        )
    if math.isfinite(decay.window_days):
        said.append(message("Incidents of the last {days:g} days count.", days=decay.window_days))
    if model.weighted:
        said.append(message("It is weighted by its kind and by its highest stated toll."))
    return said
