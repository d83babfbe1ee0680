"""The text of a report with its evidence marked; a click on a mark picks its draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from geo.i18n import gettext as _
from geo.review.marking import pieces, spans
from geo.review.records import Dossier, State

_CSS = """
:host { color: var(--st-text-color); }
.text { min-height: 8rem; max-height: 30rem; overflow-y: auto; white-space: pre-wrap;
  overflow-wrap: anywhere;
  font: .95rem/1.6 var(--st-font, system-ui); padding: .6rem .9rem; border-radius: 6px;
  border: 1px solid color-mix(in srgb, currentColor 20%, transparent); unicode-bidi: isolate; }
mark { color: inherit; background: color-mix(in srgb, #D97706 20%, transparent); cursor: pointer;
  border-radius: 2px; outline: none; }
mark.r { background: color-mix(in srgb, #2563EB 18%, transparent); }
mark.l { background: color-mix(in srgb, #7C3AED 18%, transparent); }
mark.done { background: color-mix(in srgb, currentColor 9%, transparent); }
mark.warned { background: none; }
mark.warned, mark.warns { text-decoration: underline wavy #B45309; text-underline-offset: .2em; }
mark:hover, mark:focus-visible { box-shadow: 0 0 0 2px var(--st-primary-color); }
mark.picked { background: color-mix(in srgb, #D97706 52%, transparent); }
mark.picked[data-of="r"] { background: color-mix(in srgb, #2563EB 45%, transparent); }
mark.picked[data-of="l"] { background: color-mix(in srgb, #7C3AED 45%, transparent); }
@media (max-width: 640px) { .text { max-height: 20rem; } }
@media print { .text { max-height: none; } }
"""

# What a report says becomes text nodes, never markup, whatever it contains.
_JS = """
export default function (component) {
  const { data, setTriggerValue, parentElement } = component;
  const box = parentElement.querySelector(".text");
  if (box.dataset.digest !== data.digest) {
    box.setAttribute("aria-label", data.label);
    const seen = new Set();
    box.replaceChildren(...data.pieces.map(([text, keys, kind]) => {
      if (!kind) return document.createTextNode(text);
      const node = document.createElement("mark");
      node.textContent = text;
      node.className = kind;
      node.dataset.keys = keys.join(" ");
      if (keys.some((key) => !seen.has(key))) { node.tabIndex = 0; node.role = "button"; }
      keys.forEach((key) => seen.add(key));
      return node;
    }));
    box.dataset.digest = data.digest;
    box.dataset.picked = "";
  }
  if (box.dataset.picked !== data.picked) {
    const marks = [...box.querySelectorAll("mark")];
    const own = marks.filter((node) => {
      const mine = node.dataset.keys.split(" ").includes(data.picked);
      node.classList.toggle("picked", mine);
      node.dataset.of = data.picked.slice(0, 1);
      return mine;
    });
    // Who clicked in the text is there already; who chose in the list wants to see the words.
    if (own.length && box.dataset.clicked !== data.picked) {
      const top = box.getBoundingClientRect().top;
      box.scrollTop += own[0].getBoundingClientRect().top - top - 48;
    }
    box.dataset.clicked = "";
    box.dataset.picked = data.picked;
  }
  const pick = (event) => {
    const node = event.target.closest("mark");
    if (!node || !node.dataset.keys) return;
    const keys = node.dataset.keys.split(" ");
    // Where several drafts rest on the same words, each click takes the next one.
    const key = keys[(keys.indexOf(box.dataset.picked) + 1) % keys.length];
    box.dataset.clicked = key;
    setTriggerValue("pick", key);
  };
  box.onclick = pick;
  box.onkeydown = (event) => {
    if (event.target.tagName === "MARK" && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      pick(event);
    }
  };
}
"""


@st.cache_resource(show_spinner=False)
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "piste_report_text",
        html='<div class="text" role="region" tabindex="0"></div>',
        css=_CSS,
        js=_JS,
    )


def draw(dossier: Dossier, picked: str, on_pick: Callable[[str], None]) -> None:
    """Show the text with what its drafts rest on.

    Parameters
    ----------
    dossier
        The report.
    picked
        Key of the draft whose words stand out.
    on_pick
        Called with the key of the draft that a reader picks in the text.
    """
    key = f"piste_text_{dossier.report_id}"

    def picked_now() -> None:
        answer = st.session_state[key].get("pick")
        if answer:
            on_pick(str(answer)[:40])

    _component()(
        key=key,
        data={
            "pieces": _pieces(dossier),
            "digest": f"{dossier.report_id}:{dossier.seen}",
            "picked": picked,
            "label": _("The report; marked words belong to drafts"),
        },
        on_pick_change=picked_now,
    )


def _pieces(dossier: Dossier) -> list[list[Any]]:
    open_ = {one.item.key for one in dossier.standings if one.state is State.WAITING}
    shown = []
    for piece in pieces(dossier.text, spans(dossier)):
        kind = ""
        if piece.keys:
            kind = piece.keys[0][0] if open_ & set(piece.keys) else "done"
            kind += " warns" if piece.warned else ""
        elif piece.warned:
            kind = "warned"
        shown.append([piece.text, list(piece.keys), kind])
    return shown
