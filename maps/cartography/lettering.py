"""Letters: which fonts, how wide a text is, where it breaks, and what of it can be set at all.

The fonts are the DejaVu Sans that matplotlib ships, by file, so that the same text has the same
width on every machine.  Texts from outside are cleaned here: what no font has, what would turn the
reading direction of its surroundings, and what no file format may hold does not reach the paper.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.textpath import TextPath
from numpy.typing import NDArray

_FOLDER: Final = Path(mpl.get_data_path()) / "fonts" / "ttf"
_FILES: Final = {
    ("normal", False): "DejaVuSans.ttf",
    ("bold", False): "DejaVuSans-Bold.ttf",
    ("normal", True): "DejaVuSans-Oblique.ttf",
    ("bold", True): "DejaVuSans-BoldOblique.ttf",
}
FAMILY: Final = "DejaVu Sans"
#: Height of capitals with an accent above, and depth of letters below the line, per size.
ASCENT: Final = 0.80
DESCENT: Final = 0.22
ELLIPSIS: Final = "…"
_SCALE: Final = 100.0
#: Of the size of the letters: less than what a reader sees of a rim.
_RIM_TOLERANCE: Final = 0.015


def font_file(*, bold: bool = False, italic: bool = False) -> Path:
    """Return the file of a cut of the font."""
    return _FOLDER / _FILES["bold" if bold else "normal", italic]


@lru_cache(maxsize=256)
def font(size_pt: float, *, bold: bool = False, italic: bool = False) -> FontProperties:
    """Return the properties of a cut of the font, to be shared and not changed."""
    return FontProperties(
        family=[FAMILY],
        weight="bold" if bold else "normal",
        style="oblique" if italic else "normal",
        size=size_pt,
        fname=str(font_file(bold=bold, italic=italic)),
    )


@lru_cache(maxsize=1)
def _known() -> frozenset[int]:
    return frozenset(get_font(str(font_file())).get_charmap()) & frozenset(
        get_font(str(font_file(bold=True))).get_charmap()
    )


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """Return what of a text from outside can be set on one line.

    Line breaks and tabs become spaces, control characters and marks that turn the reading
    direction go, and what the font lacks becomes “�”, one for each run, so that a reader sees that
    something stood there.
    """
    found: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(letter)
        if kind in {"Zs", "Zl", "Zp"} or letter in "\t\n\r":
            found.append(" ")
        elif kind in {"Cc", "Cf", "Cs", "Co", "Cn"} or 0xFE00 <= ord(letter) <= 0xFE0F:  # noqa: PLR2004
            continue
        elif ord(letter) in _known():
            found.append(letter)
        elif not found or found[-1] != "\ufffd":
            found.append("\ufffd")
    return " ".join("".join(found).split())


@lru_cache(maxsize=16384)
def _width(text: str, bold: bool, italic: bool) -> float:
    face = get_font(str(font_file(bold=bold, italic=italic)))
    face.set_size(_SCALE, 72)
    face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(face.get_width_height()[0]) / 64 / _SCALE


def width(text: str, size_pt: float, *, bold: bool = False, italic: bool = False) -> float:
    """Return the width of a clean text in points."""
    return _width(text, bold, italic) * size_pt if text else 0.0


@lru_cache(maxsize=8192)
def rim(
    text: str, width_share: float, *, bold: bool = False, italic: bool = False
) -> tuple[NDArray[np.float64], ...]:
    """Return the outline of a clean text and of what is near it, for letters of size 1.

    Parameters
    ----------
    text
        Set from the origin to the right.
    width_share
        How far around the letters, as a share of their size.
    bold, italic
        Which cut of the font.

    Returns
    -------
    tuple of arrays of shape (n, 2)
        Rings without holes.  A tenth of the points of the letters' own outlines: they make up half
        of a map's file otherwise.
    """
    path = TextPath((0, 0), text, _SCALE, prop=font(_SCALE, bold=bold, italic=italic))
    letters = [shapely.Polygon(ring) for ring in path.to_polygons() if len(ring) > 3]  # noqa: PLR2004
    around = shapely.union_all(shapely.buffer(letters, width_share * _SCALE, quad_segs=2))
    lean = shapely.get_parts(shapely.simplify(around, _RIM_TOLERANCE * _SCALE))
    return tuple(shapely.get_coordinates(part.exterior)[:-1] / _SCALE for part in lean)


def shortened(text: str, room_pt: float, size_pt: float, *, bold: bool = False) -> str:
    """Return a text that fits into a width, its end left out where it must be."""
    if width(text, size_pt, bold=bold) <= room_pt:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + ELLIPSIS, size_pt, bold=bold) <= room_pt:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def wrapped(
    text: str, room_pt: float, size_pt: float, *, bold: bool = False, most: int = 99
) -> list[str]:
    """Return the lines of a text within a width; the last one is shortened when there are more.

    A word that is wider than the line is broken.
    """
    lines: list[str] = []
    rest = clean(text)
    while rest:
        if len(lines) == most - 1:
            lines.append(shortened(rest, room_pt, size_pt, bold=bold))
            break
        head, rest = _line(rest, room_pt, size_pt, bold)
        lines.append(head)
    return lines


def _line(text: str, room_pt: float, size_pt: float, bold: bool) -> tuple[str, str]:
    """Return the first line of a text and what is left."""
    if width(text, size_pt, bold=bold) <= room_pt:
        return text, ""
    head = ""
    for word in text.split(" "):
        longer = f"{head} {word}" if head else word
        if width(longer, size_pt, bold=bold) > room_pt:
            break
        head = longer
    if not head:
        word = text.split(" ", maxsplit=1)[0]
        count = max(
            (n for n in range(1, len(word)) if width(word[:n], size_pt, bold=bold) <= room_pt),
            default=1,
        )
        head = word[:count]
    return head, text[len(head) :].lstrip()
