"""Sheets of paper and screens: their size, and rectangles on them.

All drawing is in points (1/72 inch) with the origin in the lower left corner.  What the screen
measures in pixels (line widths, symbols, letters) is measured here in *units*, one to a pixel of
the screen map, so that the palette's numbers hold on every sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.i18n import message

_INCH: Final = 72.0
_MM: Final = _INCH / 25.4


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on a sheet, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.top - self.bottom

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def inset(self, by: float, vertically: float | None = None) -> Rect:
        """Return it with every side moved inwards, outwards when negative."""
        high = by if vertically is None else vertically
        return Rect(self.left + by, self.bottom + high, self.right - by, self.top - high)

    def overlaps(self, other: Rect) -> bool:
        """Return whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def holds(self, other: Rect) -> bool:
        """Return whether the other one lies inside this one."""
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and other.right <= self.right
            and other.top <= self.top
        )


@dataclass(frozen=True, slots=True)
class Size:
    """A sheet.

    Parameters
    ----------
    name
        Its key in :data:`SIZES`.
    width_pt, height_pt
        Points.
    dpi
        Dots per inch where it becomes a PNG.
    unit
        Points to one pixel of the screen map: how large letters, lines and symbols are.
    paper
        Whether it has this size when it is read, so that a scale as a fraction means something.
    least_pt
        No letters are smaller: 9 points on what is shown to a room, less on what is held in the
        hand.
    """

    name: str
    width_pt: float
    height_pt: float
    dpi: float
    unit: float
    paper: bool = False
    least_pt: float = 9.0

    @property
    def page(self) -> Rect:
        """The whole sheet."""
        return Rect(0.0, 0.0, self.width_pt, self.height_pt)

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of its PNG."""
        dots = self.dpi / _INCH
        return round(self.width_pt * dots), round(self.height_pt * dots)

    @property
    def wide(self) -> bool:
        """Whether the legend stands beside the picture rather than below it."""
        return self.width_pt > 1.25 * self.height_pt


SIZES: Final[dict[str, Size]] = {
    size.name: size
    for size in (
        # A slide of 13⅓ × 7½ inches, as presentation programs have it.
        Size("hd", 960, 540, 144, 0.86),
        Size("uhd", 960, 540, 288, 0.86),
        Size("square", 540, 540, 144, 0.78, least_pt=6.6),
        Size("a4-landscape", 297 * _MM, 210 * _MM, 200, 0.74, paper=True, least_pt=7.0),
        Size("a4-portrait", 210 * _MM, 297 * _MM, 200, 0.74, paper=True, least_pt=7.0),
        Size("a3-landscape", 420 * _MM, 297 * _MM, 200, 0.90, paper=True, least_pt=7.0),
        Size("a3-portrait", 297 * _MM, 420 * _MM, 200, 0.90, paper=True, least_pt=7.0),
    )
}
"""Sheets by name: ``hd`` is 1920 × 1080 pixels, ``uhd`` 3840 × 2160, ``square`` 1080 × 1080."""


def size_named(name: str | Size) -> Size:
    """Return a sheet by its name.

    Raises
    ------
    ValueError
        When there is none of that name.
    """
    if isinstance(name, Size):
        return name
    if name not in SIZES:
        text = message(
            "There is no sheet “{name}”; there are {names}.", name=name, names=", ".join(SIZES)
        )
        raise ValueError(str(text))
    return SIZES[name]
