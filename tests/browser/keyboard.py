"""A walk through a page by the Tab key alone: what has the focus, and whether one sees it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

_MOST = 120
#: What shows a focus: of the element and of what frames it.
_LOOK = """() => {
  const signs = (node) => {
    const found = [];
    for (let n = node, i = 0; n && i < 10; n = n.parentElement, i++) {
      const s = getComputedStyle(n);
      found.push([s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor,
        s.backgroundColor, s.textDecorationLine, s.clipPath, s.transform, s.opacity].join());
    }
    return found.join(';');
  };
  const before = window.pisteBefore;
  const seen = !before || signs(before.node) !== before.signs;
  const node = document.activeElement;
  if (!node || node === document.body) { window.pisteBefore = null; return { seen, end: true }; }
  window.pisteBefore = { node, signs: signs(node) };
  const box = node.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const mine = top && (node.contains(top) || top.contains(node)
    || (node.labels && [...node.labels].some((label) => label.contains(top))));
  const order = window.pisteLast
    ? Boolean(window.pisteLast.compareDocumentPosition(node) & 4) : true;
  window.pisteLast = node;
  const name = node.getAttribute('aria-label') || node.innerText || node.title || node.tagName;
  return { seen, end: false, name: `${node.tagName} ${name.trim().slice(0, 60)}`,
    shown: Boolean(mine) && box.bottom > 0 && box.top < innerHeight, forward: order };
}"""


@dataclass(frozen=True)
class Step:
    """One stop of the walk.

    Parameters
    ----------
    name
        What has the focus.
    forward
        Whether it comes after the one before in the document.
    shown
        Whether it is in the window, and nothing lies on it.
    seen
        Whether the page looks different there with the focus and without it.
    """

    name: str
    forward: bool
    shown: bool
    seen: bool


def walk(page: Page) -> tuple[list[Step], bool]:
    """Return the stops from the top of a page, and whether the walk left it again."""
    page.add_style_tag(content="* { transition: none !important; }")  # or a look is half of each
    page.evaluate("() => { document.activeElement.blur(); window.pisteBefore = null; }")
    told: list[dict[str, Any]] = []
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        told.append(page.evaluate(_LOOK))
        if told[-1]["end"]:
            break
    steps = [
        Step(one["name"], one["forward"], one["shown"], after["seen"])
        for one, after in pairwise(told)
    ]
    return steps, bool(told[-1]["end"])
