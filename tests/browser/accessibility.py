"""What axe-core finds against WCAG 2.2 AA on the page that a visitor sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Page

_AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = """async tags => (await axe.run(document, {
  runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'],
})).violations.flatMap(found => found.nodes.map(node => ({
  rule: found.id, target: node.target.flat(9).join(' '), html: node.html.slice(0, 300),
  why: node.any.concat(node.all, node.none).map(one => one.message).join('; ') })))"""

#: Words that are cut when a reader sets them wider (1.4.12).
_SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
_CUT = """() => [...document.querySelectorAll('button, label, summary')].filter((n) =>
  n.offsetParent && n.innerText && getComputedStyle(n).overflowY === 'hidden'
  && n.scrollHeight > n.clientHeight + 3).map((n) => n.innerText)"""


@dataclass(frozen=True)
class Allowed:
    """A finding that is Streamlit's own or no barrier, and why."""

    rule: str
    html: str
    reason: str


ALLOWED = (
    Allowed(
        "scrollable-region-focusable",
        r'data-testid="stVerticalBlock"|class="[^"]*stVerticalBlock',
        "Streamlit gives a container of fixed height no tabindex; Chromium (130) and Firefox let "
        "the keyboard into such a region by themselves.",
    ),
)


@cache
def _source() -> str:
    return _AXE.read_text("utf-8")


def installed() -> bool:
    """Return whether axe-core is there (``npm ci``)."""
    return _AXE.is_file()


def cut(page: Page) -> list[str]:
    """Return what is cut off when a reader sets words wider, which axe-core does not try."""
    style = page.add_style_tag(content=_SPACING)
    found: list[str] = page.evaluate(_CUT)
    style.evaluate("node => node.remove()")
    return sorted(set(found))


def violations(page: Page | Frame) -> list[str]:
    """Return what is wrong on a page and in its frames, without what is allowed.

    A frame of another origin tells the page around it nothing: give it by itself.
    """
    for frame in page.frames if isinstance(page, Page) else [page]:
        if not frame.evaluate("() => Boolean(window.axe)"):
            frame.evaluate(_source())
    found: list[dict[str, Any]] = page.evaluate(_RUN, _TAGS)
    return sorted(
        f"{one['rule']}: {one['html']} at {one['target']}: {one['why']}"
        for one in found
        if not any(
            one["rule"] == known.rule and re.search(known.html, one["html"]) for known in ALLOWED
        )
    )
