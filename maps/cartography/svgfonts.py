"""The letters that an SVG uses, put into it, so that it looks the same without the font."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from matplotlib.text import Text

from maps.cartography.lettering import FAMILY, font_file

Cut = tuple[bool, bool]
_STYLE: Final = '<style type="text/css">'


def _used(figure: Figure) -> Mapping[Cut, frozenset[str]]:
    """Return the letters of a figure by the cut that they are set in: bold, italic."""
    found: dict[Cut, set[str]] = {}
    for text in figure.findobj(Text):
        cut = (text.get_fontweight() == "bold", text.get_fontstyle() == "oblique")
        found.setdefault(cut, set()).update(text.get_text())
    return {cut: frozenset(letters) for cut, letters in sorted(found.items()) if letters}


@lru_cache(maxsize=32)
def _subset(cut: Cut, letters: frozenset[str]) -> str:
    bold, italic = cut
    options = subset.Options(layout_features=["*"], hinting=False, notdef_outline=True)
    options.drop_tables += ["FFTM"]  # The editor's own time stamp.
    with TTFont(font_file(bold=bold, italic=italic), recalcTimestamp=False) as font:
        work = subset.Subsetter(options)
        work.populate(unicodes=map(ord, letters))
        work.subset(font)
        buffer = io.BytesIO()
        font.save(buffer, reorderTables=True)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def embedded(svg: bytes, figure: Figure) -> bytes:
    """Return an SVG with the letters of its figure embedded as fonts."""
    rules = "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{700 if cut[0] else 400};"
        f"font-style:{'oblique' if cut[1] else 'normal'};"
        f"src:url(data:font/ttf;base64,{_subset(cut, letters)})}}"
        for cut, letters in _used(figure).items()
    )
    return svg.replace(_STYLE.encode(), f"{_STYLE}{rules}".encode(), 1)
