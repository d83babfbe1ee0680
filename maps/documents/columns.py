"""How wide the columns of a table are, and how many lines its cells take, measured in the font."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from maps.cartography.lettering import clean, width, wrapped

#: Where every program breaks a line: at a space, and after a hyphen or a dash.
_PIECES: Final = re.compile(r"[ ]+|(?<=[-\u2013\u2014])(?=\S)")
#: No single word may take more of a table than this; a longer one is broken.
_MOST_OF_ALL: Final = 0.35
_ROUNDS: Final = 40


def shares(
    heads: Sequence[str], cells: Sequence[Sequence[str]], room_pt: float, size_pt: float,
    inset_pt: float,
) -> list[float]:  # fmt: skip
    """Return how wide each column is, as shares of the room.

    Every column holds its longest word on one line.  What is left goes to those that say more, by
    the square root of it, so that running text takes more lines and not all of the room.  A table
    that needs less than the room is narrower.

    Parameters
    ----------
    heads, cells
        Clean texts; each row as long as ``heads``.
    room_pt, size_pt
        Width of the page, and size of the letters; headings are bold.
    inset_pt
        Between a cell's text and its edge, on each side.
    """
    # Programs round each in their own way: a hair of room, or the last letter breaks.
    pad = 2 * inset_pt + 0.12 * size_pt
    least, whole, said = [], [], []
    for head, *column in zip(heads, *cells, strict=True):
        texts = [(head, True), *((text, False) for text in column)]
        pieces = [(part, bold) for text, bold in texts for part in _PIECES.split(text)]
        least.append(pad + min(_widest(pieces, size_pt), room_pt * _MOST_OF_ALL))
        whole.append(pad + _widest(texts, size_pt))
        said.append(sum(width(clean(text), size_pt) for text in column) ** 0.5)
    if sum(whole) <= room_pt:
        return [wide / room_pt for wide in whole]
    if sum(least) >= room_pt:
        return [wide / sum(least) for wide in least]

    def fitted(scale: float) -> list[float]:
        return [
            min(max(scale * much, low), high)
            for much, low, high in zip(said, least, whole, strict=True)
        ]

    low, high = 0.0, max(whole) / max(min(much for much in said if much > 0), 1e-9)
    for _round in range(_ROUNDS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(fitted(middle)) <= room_pt else (low, middle)
    return [wide / room_pt for wide in fitted(low)]


def _widest(texts: Sequence[tuple[str, bool]], size_pt: float) -> float:
    return max(width(clean(text), size_pt, bold=bold) for text, bold in texts)


def lines(cells: Sequence[str], wide_pt: Sequence[float], size_pt: float) -> int:
    """Return how many lines the tallest of a row's cells takes."""
    return max(
        len(wrapped(text, max(room, size_pt), size_pt)) or 1
        for text, room in zip(cells, wide_pt, strict=True)
    )
