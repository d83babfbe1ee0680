"""The page of hotspots: choices, map, and one of five parts below it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.hotspots.analysis.answer import Answer
from geo.hotspots.analysis.shift import Shift
from geo.hotspots.memory import TooLargeError
from geo.i18n import Message, message
from geo.i18n import gettext as _
from geo.picking import resolve
from maps import hotspots, selected
from ui import cache, language, mapframe, panels, state, style
from ui.hotspots import answers, chance, controls, paper, parts, said, table, warming
from ui.params import PARTS, SHOWN

_KEY = "piste_hotspots_map"
_PARTS: dict[str, Message] = {
    "stretches": message("Stretches of road"),
    "years": message("Year by year"),
    "strip": message("Along one road"),
    "chance": message("Near one another"),
    "method": message("How to read it"),
}


def _caption(values: dict[str, Any], answer: Answer, shift: Shift | None) -> list[str]:
    period, which = answer.question.period, answer.question.selection
    lines = [_("{first} – {last}", first=period.first, last=period.last)]
    if shift is not None:
        then = shift.overall.then
        lines.append(_("against {first} – {last}", first=then.first, last=then.last))
    if values["known"]:
        lines.append(_("As known on {day}", day=which.known_on))
    lines.append(_("Bandwidth {km:.1f} km", km=answer.bandwidth.bandwidth_m / 1_000))
    return lines


@st.fragment
def draw(values: dict[str, Any]) -> None:
    """Draw the page; a choice on it runs this fragment and not the frame around it.

    Parameters
    ----------
    values
        The session's view (:func:`ui.state.values`).
    """
    if not mapframe.usable():
        return
    language.activate(values["lang"])
    controls.draw()
    table.take_choice()
    try:
        with st.spinner(_("Computing where they concentrate …"), show_time=False):
            if values["surface"] == "network":
                warming.wait("shortest" if values["method"] == "simple" else "walks")
            answer = answers.answer(values)
    except TooLargeError as error:
        st.error(str(error.reason))
        return
    _map(values, answer)
    warming.start()  # After the first map, which needs none of it.
    st.segmented_control(
        _("Below the map"),
        options=list(PARTS),
        format_func=lambda code: str(_PARTS[code]),
        label_visibility="collapsed",
        **state.widget("part", of=lambda code: code or PARTS[0]),
    )
    if values["part"] == "stretches":
        table.draw(answer)
    elif values["part"] == "years":
        parts.years(values, answer)
    elif values["part"] == "strip":
        parts.strip(values, answer)
    elif values["part"] == "chance":
        chance.draw(values, answer)
    else:
        said.method(answer)
    parts.downloads(answer)
    state.publish(cache.facts())


def _map(values: dict[str, Any], answer: Answer) -> None:
    left, right = st.columns([2.5, 1], gap="medium")
    view = cache.view(values)
    with left:
        focus = mapframe.begin(values, _KEY)
        pick = resolve(values["pick"], view.snapshot, view.ids) if values["pick"] else None
        changes = values["shown"] != SHOWN[0]
        shift = answers.shift(values, answer) if changes else None
        payload = hotspots.build(
            answer,
            view,
            theme=style.theme(),
            caption=_caption(values, answer, shift),
            selected=selected.shape(view.snapshot, pick, focus=focus),
            shift=shift,
        )
        mapframe.show(payload, _KEY)
        if shift is not None or not changes:
            paper.map_of(values, view, answer, shift)
    key, height = f"piste_file_{values['pick']}", mapframe.HEIGHT_PX
    with right, st.container(height=height, border=False, key=key):
        if not values["pick"]:
            said.findings(answer, payload["layers"][0], shift, changes=changes)
        elif pick is None:
            panels.unknown(values["pick"])
        else:
            panels.draw(view, pick)
