"""A session's view: the values of ``ui.params``, kept the same in session, widgets and address."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import streamlit as st

from ui import params
from ui.params import BY_NAME, Facts, Ignored

_VALUES = "piste_values"
_WRITTEN = "piste_written"
_TOUCHED = "piste_touched"
_FOCUS = "piste_focus"
_PLACE = "piste_place"
_OWED = "piste_owed"
_WORDS = "piste_words"
#: Streamlit's own parameters, which are none of our business.
_STREAMLIT = ("embed", "embed_options")


def discreet() -> bool:
    """Return whether the operator keeps who goes where out of addresses."""
    return "route" in os.environ.get("PISTE_SENSITIVE", "").replace(",", " ").split()


def _address() -> dict[str, list[str]]:
    return {
        name: st.query_params.get_all(name) for name in st.query_params if name not in _STREAMLIT
    }


def _without_map(query: dict[str, list[str]]) -> dict[str, list[str]]:
    return {
        name: given
        for name, given in query.items()
        if not (name in BY_NAME and BY_NAME[name].owned_by_map)
    }


def sync(facts: Facts) -> list[Ignored]:
    """Take the view from the address when a person opened or changed it; return what was ignored.

    In a running session the session leads: a page change arrives with an empty address, and a
    widget's change arrives with the address from before it.  Only an address that we did not
    write ourselves (back, forward, a link) is taken over.
    """
    current = _address()
    touched = st.session_state.pop(_TOUCHED, False)
    known = _VALUES in st.session_state
    ours = _without_map(current) in ({}, st.session_state.get(_WRITTEN))
    if known and (touched or ours):
        return []
    before = st.session_state.get(_VALUES, {})
    st.session_state[_VALUES], ignored = params.read(current, facts)
    if discreet():  # The address is silent about the journey, which does not mean that it ended.
        for name, param in BY_NAME.items():
            if param.names_journey and name not in current and name in before:
                values()[name] = before[name]
    return ignored


def arrive(page: str, language: str) -> None:
    """Owe every widget its value on another page or in another language.

    On another page Streamlit makes them anew, and the browser keeps a choice as the words that it
    reads, which in another language are no choice at all.
    """
    if st.session_state.get(_PLACE) != (page, language):
        st.session_state[_PLACE] = page, language
        st.session_state[_OWED] = set(BY_NAME)


def publish(facts: Facts) -> None:
    """Write the view into the address, so that copying it shares the view.

    What the map writes there by itself (where it looks, which layers show) is read back first.
    """
    st.session_state[_OWED] = set()
    current = _address()
    for name, param in BY_NAME.items():
        if param.owned_by_map and name in current:
            values()[name] = params.read({name: current[name]}, facts)[0][name]
    query = params.write(values(), facts, discreet=discreet())
    # As the map wrote it: another spelling of the same place would be a step in the history.
    query |= {n: current[n] for n in query if BY_NAME[n].owned_by_map and n in current}
    st.session_state[_WRITTEN] = _without_map(query)
    if query != current:
        kept = {name: st.query_params[name] for name in _STREAMLIT if name in st.query_params}
        st.query_params.from_dict({**kept, **query})


def values() -> dict[str, Any]:
    """Return the values of this session, by parameter name."""
    return st.session_state[_VALUES]  # type: ignore[no-any-return]


def default(name: str, facts: Facts) -> Any:
    """Return what a parameter is when nobody chose."""
    return BY_NAME[name].default(facts)


def set_value(name: str, value: Any) -> None:
    """Change one value of this session."""
    values()[name] = value
    st.session_state[_TOUCHED] = True


def pick(what: str | None, *, focus: bool = False) -> None:
    """Pick something; with ``focus`` the map moves there when it is next drawn."""
    set_value("pick", what)
    if focus:
        st.session_state[_FOCUS] = True


def take_focus() -> bool:
    """Return whether the map is to move to what is picked, once."""
    return bool(st.session_state.pop(_FOCUS, False))


def widget(
    name: str,
    of: Callable[[Any], Any] = lambda shown: shown,
    show: Callable[[Any], Any] = lambda value: value,
    words: object = None,
) -> dict[str, Any]:
    """Return the arguments that tie a widget to a parameter.

    The widget is given its value only where it may show another: a value that is given at every
    run reaches the browser after the reader's next choice, and takes that choice away.  What an
    interrupted run gave may never have arrived; it is given again.

    Parameters
    ----------
    name
        The parameter.
    of
        From the widget's value to the parameter's.
    show
        From the parameter's value to the widget's.
    words
        What the words of its choices depend on, beside the language.
    """
    key = f"piste_widget_{name}"
    value = show(values()[name])
    # Streamlit's widgets answer with lists: a tuple would look changed at every run, and a change
    # by the reader wins over the address (back, forward, a link).
    value = list(value) if isinstance(value, tuple) else value
    owed = st.session_state.setdefault(_OWED, set(BY_NAME))
    read = st.session_state.setdefault(_WORDS, {})
    same = read.get(name) == words and key in st.session_state and st.session_state[key] == value
    if name in owed or not same:
        st.session_state[key] = value
        read[name] = words
        owed.add(name)

    def changed() -> None:
        set_value(name, of(st.session_state[key]))

    return {"key": key, "on_change": changed}
