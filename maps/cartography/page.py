"""The page around a picture: title above, sources and caveat below, the handling mark on both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.i18n import day
from geo.i18n import gettext as _
from geo.words import clauses
from maps.cartography.lettering import clean, shortened, wrapped
from maps.cartography.marks import LEAST_PT, Mark
from maps.cartography.paper import Rect
from maps.cartography.pen import Pen
from maps.cartography.plate import Imprint

INK: Final = "#1F2430"
QUIET: Final = "#565D69"
ACCENT: Final = "#9A3412"
_TITLE: Final = (23.0, 21.0, 19.0, 17.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the page leaves to the picture.

    Parameters
    ----------
    body
        Between the header and the footer.
    """

    body: Rect


def _mark(pen: Pen, mark: Mark, right: float, baseline: float) -> Rect:
    """Draw a handling mark that ends at ``right``; return its box."""
    size = max(12.5, LEAST_PT / pen.u)
    pad = 6 * pen.u
    room = pen.size.width_pt * 0.4
    text = shortened(clean(str(mark)), room, size * pen.u, bold=True)
    wide = pen.width(text, size, bold=True)
    box = Rect(right - wide - 2 * pad, baseline - 5 * pen.u, right,
               baseline + size * 0.76 * pen.u + 4.5 * pen.u)  # fmt: skip
    pen.rect(box, fill=mark.ground, stroke=INK, width=0.8)
    pen.text(right - pad, baseline, text, size=size, colour=mark.ink, bold=True, align="right",
             name="mark")  # fmt: skip
    return box


def _dates(imprint: Imprint) -> str:
    parts = []
    if imprint.as_of is not None:
        parts.append(_("As of {day}", day=imprint.as_of))
    if imprint.known_on is not None:
        parts.append(_("As known on {day}", day=imprint.known_on))
    return " · ".join(parts)


def header(pen: Pen, imprint: Imprint) -> float:
    """Draw the header and return the height at which it ends."""
    u, page = pen.u, pen.size.page
    left, right, top = page.left + 20 * u, page.right - 20 * u, page.top - 16 * u
    room = right - left
    if imprint.mark is not None:
        box = _mark(pen, imprint.mark, right, top - 14 * u)
        room = box.left - left - 14 * u
    title = clean(str(imprint.title))
    for size in _TITLE:
        lines = wrapped(title, room, size * u, bold=True, most=2)
        if len(lines) == 1 or size == _TITLE[-1]:
            break
    y = top + 2 * u
    for line in lines:
        y -= size * 1.16 * u
        pen.text(left, y + 0.22 * size * u, line, size=size, colour=INK, bold=True, name="title")
    under = [part for part in (clean(str(imprint.subtitle)), _dates(imprint)) if part]
    for number, line in enumerate(wrapped(" · ".join(under), right - left, 11.5 * u, most=2)):
        y -= 11.5 * (1.35 if number == 0 else 1.2) * u
        pen.text(left, y + 2 * u, line, size=11.5, colour=QUIET, name="subtitle")
    y -= 5 * u
    pen.line(left, y, right, y, stroke=ACCENT, width=1.6)
    return y - 7 * u


def _line_below(pen: Pen, imprint: Imprint) -> float:
    """Draw the one line of a picture on somebody's page and return the height where it ends."""
    u, page = pen.u, pen.size.page
    mark = "" if imprint.mark is None else clean(str(imprint.mark))
    told = [part for part in (mark, clean(str(imprint.subtitle)), _dates(imprint)) if part]
    size = pen.letters(8.0)
    text = " · ".join([*told, _credit(imprint, page.width, size * u)])
    y = page.bottom + 3.5 * u
    for line in reversed(wrapped(text, page.width, size * u, most=3)):
        pen.text(page.left, y, line, size=size, colour=QUIET, name="footer")
        y += size * 1.3 * u
    return y + 2 * u


def _credit(imprint: Imprint, room: float, size_pt: float) -> str:
    """Return who made it and whom it must name; no name that is too long pushes out another."""
    made = [clean(imprint.made_by)] if imprint.made_by else []
    if imprint.made_on is not None:
        made.append(day(imprint.made_on))
    text = _("Made with Piste")
    if made:
        text = _("Made with Piste: {who}", who=", ".join(made))
    parts = [shortened(text, room * 0.5, size_pt)]
    sources = [shortened(clean(str(source)), room * 0.8, size_pt) for source in imprint.sources]
    if sources:
        parts.append(_("Sources: {sources}", sources=clauses(sources)))
    return " · ".join(parts)


def footer(pen: Pen, imprint: Imprint) -> float:
    """Draw the footer and return the height at which it begins."""
    u, page = pen.u, pen.size.page
    left, right, bottom = page.left + 20 * u, page.right - 20 * u, page.bottom + 13 * u
    room = right - left
    number = ""
    if imprint.page is not None:
        number = f"{imprint.page}" if imprint.pages is None else f"{imprint.page}/{imprint.pages}"
        pen.text(right, bottom, number, size=10.5, colour=INK, align="right", name="page")
        room -= pen.width(number, 10.5) + 12 * u
    if imprint.mark is not None:
        box = _mark(pen, imprint.mark, left + room, bottom)
        room = box.left - left - 14 * u
    small, loud = pen.letters(8.6), pen.letters(9.4)
    lines = [
        (line, True) for line in wrapped(str(imprint.caveat), room, loud * u, bold=True, most=3)
    ]
    credit = _credit(imprint, room, small * u)
    lines += [(line, False) for line in wrapped(credit, room, small * u, most=6)]
    y = bottom - 2 * u
    for line, bold in reversed(lines):
        size = loud if bold else small
        pen.text(left, y, line, size=size, colour=INK if bold else QUIET, bold=bold,
                 name="footer")  # fmt: skip
        y += size * 1.32 * u
    top = max(y + 1 * u, bottom + 22 * u)
    pen.line(left, top, right, top, stroke="#B8B2A6", width=0.7)
    return top + 7 * u


def draw(pen: Pen, imprint: Imprint) -> Frame:
    """Draw header and footer and return what they leave."""
    if not str(imprint.title):
        sheet = pen.size.page
        bottom = _line_below(pen, imprint)  # Half of a frame's line would be off the sheet.
        return Frame(Rect(sheet.left + 1, bottom, sheet.right - 1, sheet.top - 1))
    top, bottom = header(pen, imprint), footer(pen, imprint)
    page, u = pen.size.page, pen.u
    return Frame(Rect(page.left + 20 * u, bottom, page.right - 20 * u, top))
