"""An SVG of ours on the page, whose parts can be picked by mouse or keyboard."""

from __future__ import annotations

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_CSS = """
:host { color: var(--st-text-color); --paper: var(--st-background-color); }
.frame { overflow-x: auto; }
.frame svg { display: block; min-width: 720px; height: auto; }
.frame svg.small { min-width: 0; }
.pick { cursor: pointer; }
/* An outline leaves the colours as they are: they are what is read. */
.pick:is(:hover, :focus-visible, .picked) { outline: 1.5px solid var(--st-text-color); }
.pick:is(:focus-visible, .picked) { outline-width: 2.5px; }
@media print { .frame svg { min-width: 0; width: 100%; } }
"""

# The drawing is parsed as XML into nodes; nothing of it is ever evaluated as HTML.
_JS = """
export default function (component) {
  const { data, setTriggerValue, parentElement } = component;
  const frame = parentElement.querySelector(".frame");
  if (frame.dataset.digest !== data.digest) {
    const parsed = new DOMParser().parseFromString(data.svg, "image/svg+xml");
    frame.replaceChildren(document.importNode(parsed.documentElement, true));
    frame.dataset.digest = data.digest;
  }
  frame.querySelectorAll("[data-pick]").forEach((node) => {
    node.classList.toggle("picked", node.dataset.pick === data.picked);
  });
  const pick = (event) => {
    const node = event.target.closest("[data-pick]");
    if (node) setTriggerValue("pick", node.dataset.pick);
  };
  frame.onclick = pick;
  frame.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(event); }
  };
}
"""


@st.cache_resource(show_spinner=False)
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "piste_drawing", html='<div class="frame"></div>', css=_CSS, js=_JS
    )


def draw(svg: str, *, key: str, digest: str, picked: str | None) -> str | None:
    """Show a drawing.

    Parameters
    ----------
    svg
        An SVG document made by :mod:`maps`, every text escaped.
    key
        Name of this drawing on its page.
    digest
        Names the content: an unchanged drawing is left alone.
    picked
        The part to mark, by its ``data-pick``.

    Returns
    -------
    str or None
        What a reader has just picked.
    """
    answer = _component()(
        key=key,
        data={"svg": svg, "digest": digest, "picked": picked or ""},
        on_pick_change=lambda: None,
    )
    return str(answer.pick)[:200] if answer.pick else None
