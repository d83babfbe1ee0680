"""The Route page as a whole."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.i18n import gettext as _
from geo.picking import resolve
from geo.risk.journey.records import Answer
from maps.payload import View
from ui import cache, mapframe, markup, panels
from ui.journey import (
    answers,
    asking,
    comparing,
    details,
    files,
    picture,
    stretches,
    summary,
    watching,
)


def draw(values: dict[str, Any]) -> None:
    """Draw the page.

    Parameters
    ----------
    values
        The session's view (:func:`ui.state.values`).
    """
    if not mapframe.usable():
        return
    focus = mapframe.begin(values, picture.KEY, picture.take)
    view = cache.view(values)
    desk = answers.desk(view.snapshot)
    question = asking.question_of(values)
    answer, faults = answers.answered(question, desk)
    chosen = -1 if answer is None else summary.chosen_of(values, answer)
    left, right = st.columns([1, 2.6], gap="medium")
    with left, st.container(height=mapframe.HEIGHT_PX, border=False, key="piste_question"):
        if values["pick"] and answer is not None:
            picture.file(view, answer, answer.routes[chosen] if answer.routes else None)
        elif values["pick"]:
            panels.draw(view, resolve(values["pick"], view.snapshot, view.ids))
        else:
            asking.draw(answer.stops if answer else (), faults)
    with right:
        picture.draw(view, answer, chosen, focus=focus)
    if answer is None:
        _hint()
    else:
        _tell(values, view, answer, chosen)
    watching.draw(values, question if answer else None)


def _hint() -> None:
    text = _(
        "Name where the journey begins and where it ends, or click on the map. Piste then says "
        "which ways there are, what was reported on them and by whom, and where to turn back."
    )
    markup.show(markup.p(text, "empty"))


def _tell(values: dict[str, Any], view: View, answer: Answer, chosen: int) -> None:
    summary.head(answer, chosen)
    if not answer.routes:
        return
    summary.routes(answer, chosen)
    route = answer.routes[chosen]
    stretches.draw(values, view, answer, route)
    details.draw(answer, route)
    comparing.draw(values, answer, chosen)
    files.draw(values, answer, chosen)
