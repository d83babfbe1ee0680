"""Whether events lie nearer to one another along the roads than chance gives."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import streamlit as st

from geo.hotspots.analysis.answer import Answer
from geo.hotspots.analysis.nearness import Nearness
from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.records import Category
from maps import nearness as curves
from maps.palette import CATEGORY_SYMBOLS
from ui import drawing, markup, state
from ui.hotspots import answers, paper, warming
from ui.params import ABOUT


def draw(values: Mapping[str, Any], answer: Answer) -> None:
    """Draw the finding as a sentence, a curve and a table."""
    st.selectbox(
        _("Near what"),
        options=list(ABOUT),
        format_func=_named,
        width=320,
        help=_("One another, or events of another kind in the same period, with the same filters."),
        **state.widget("about", of=lambda code: code or ABOUT[0]),
    )
    warming.wait("pairs")
    found = answers.near(values, answer)
    if found is None:
        text = _(
            "Fewer than two events of this choice lie on known roads; there is nothing to ask."
        )
        markup.show(markup.p(text, "doubt"))
        return
    markup.show(
        markup.p(str(found.sentence()), "doubt" if found.means_little else ""),
        markup.p(_counted(found), "meta"),
    )
    svg = curves.svg(found)
    digest = hashlib.sha256(svg.encode()).hexdigest()[:16]
    drawing.draw(svg, key="piste_nearness", digest=digest, picked=None)
    paper.nearness_of(found, answer)
    with st.expander(_("The same as a table")):
        st.markdown(_table(found))
    st.caption(
        _(
            "The network K function (Okabe and Yamada 2001), as numbers of events. It adds up: "
            "what lies within 2 km lies within 20 km too. Chance strews the events evenly over all "
            "roads, which is no fair picture where reports come from towns."
        )
    )


def _named(code: str) -> str:
    return _("one another") if code == ABOUT[0] else str(CATEGORY_SYMBOLS[Category(code)].label)


def _counted(found: Nearness) -> str:
    parts = [
        ngettext("{n} event on the roads", "{n} events on the roads", found.points[0],
                 n=found.points[0]),
        _("an event known to a stretch only stands at one of its possible places"),
        _("of 100 random curves about {n:.0f} stray as far", n=100 * found.p_value),
    ]  # fmt: skip
    return " · ".join(parts)


def _table(found: Nearness) -> str:
    heads = [_("Within, km"), _("Reported"), _("By chance"), _("95% of random sets"),
             _("More than chance?")]  # fmt: skip
    rows = [f"| {' | '.join(heads)} |", "|" + "---:|" * 4 + "---|"]
    for radius, row in found.curve.iterrows():
        more = _("more") if row["near"] > row["high"] else (
            _("less") if row["near"] < row["low"] else _("as by chance"))  # fmt: skip
        cells = [
            f"{float(str(radius)) / 1_000:g}",
            _("{n:.2f}", n=row["near"]),
            _("{n:.2f}", n=row["expected"]),
            _("{low:.2f} – {high:.2f}", low=row["low"], high=row["high"]),
            more,
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)
