"""The strip map: a road book drawn to scale along the chainage, as SVG.

Rows from the top: IED density, incidents with their spread, towns with their distances, and bands
for control, tax and passage, all on one ruler. Inks follow the page (``currentColor``), so the same
drawing serves the light and the dark theme; the palette is the map's.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Final

from geo.i18n import gettext as _
from geo.roads.strip import Strip
from geo.roads.wording import named
from maps.strip import along, bands, ruler
from maps.strip.bands import Judged
from maps.svg import WIDTH_PX, Drawing

__all__ = ["Judged", "drawing", "svg"]

_FOOTER_CHARACTERS: Final = 160


def drawing(
    strip: Strip,
    words: dict[str, str],
    footer: Sequence[str] = (),
    *,
    curve: str | None = None,
    judged: Sequence[Judged] = (),
    backwards: bool = False,
    width_px: float = WIDTH_PX,
    compact: bool = False,
) -> Drawing:
    """Draw a strip, for the screen or for paper.

    Parameters
    ----------
    strip
        What lies along the road (:func:`geo.roads.strip.build`).
    words
        What an incident's symbol says, by incident id.
    footer
        Lines below: which days it stands for, whom it must name.
    curve
        Name of the density's curve; IED density unless given.
    judged
        Stretches of a journey, for a band of their own.
    backwards
        Draw the higher measures on the left, for a journey that comes from there.
    width_px
        Of the drawing; where there is less room, fewer towns are named.
    compact
        Draw it less tall: a lower curve, fewer lanes, long names of towns shortened.

    Returns
    -------
    Drawing
        Not yet a document.
    """
    made = ruler.StripDrawing(strip, backwards=backwards, width_px=width_px, compact=compact)
    if judged:
        bands.verdicts(made, judged)
    along.curve(made, curve or _("IED density"))
    along.incidents(made, words)
    ruler.towns(made)
    bands.held(made, "control", "controlled_by", _("Control"), _("Controlled: {who}"))
    bands.held(made, "tax", "taxed_by", _("Tax"), _("Taxed: {who}"))
    bands.passage(made)
    ruler.kilometres(made)
    # Whom it must name is never cut off, however many layers were imported.
    for line in (part for text in footer for part in wrap(text, _FOOTER_CHARACTERS)):
        made.y += 15
        made.label(ruler.LEFT, made.y, line, font_size=10.5, opacity=0.75)
    made.y += 0 if compact else 8
    return made


def svg(
    strip: Strip,
    words: dict[str, str],
    footer: Sequence[str] = (),
    *,
    curve: str | None = None,
    judged: Sequence[Judged] = (),
    backwards: bool = False,
) -> str:
    """Return the drawing as a document; parameters as of :func:`drawing`.

    Returns
    -------
    str
        A standalone SVG document, ``WIDTH_PX`` wide in its own units, scaling to its frame. What
        can be picked carries ``data-pick``. Every text is escaped.
    """
    made = drawing(strip, words, footer, curve=curve, judged=judged, backwards=backwards)
    return made.finish(_("Strip map of {road}", road=named(strip.axis)))
