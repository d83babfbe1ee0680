"""What draws: lines, areas and letters on a sheet, in points, one above the other in turn.

No axes and no pyplot: a :class:`matplotlib.figure.Figure` of its own per sheet, so that sheets are
drawn in any number of threads at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from maps.cartography import lettering
from maps.cartography.paper import Rect, Size

Floats = NDArray[np.float64]

# Process-wide and never changed again: fonts in a PDF whole and as TrueType, texts as texts, ids in
# an SVG that do not differ from run to run, letters where they are measured to be.
mpl.rcParams.update(
    {
        "pdf.fonttype": 42,
        "svg.fonttype": "none",
        "svg.hashsalt": "piste",
        "text.hinting": "no_hinting",
        "lines.scale_dashes": False,
        "pdf.compression": 6,
    }
)

PAGE: Final = "#FFFFFF"


def compound(parts: Iterable[Floats], *, closed: bool) -> Path:
    """Return many lines or rings as one path."""
    vertices, codes = [], []
    for part in parts:
        count = len(part)
        if count < 2:  # noqa: PLR2004
            continue
        code = np.full(count + closed, Path.LINETO, dtype=np.uint8)
        code[0] = Path.MOVETO
        if closed:
            code[-1] = Path.CLOSEPOLY
            part = np.vstack([part, part[:1]])  # noqa: PLW2901
        vertices.append(part)
        codes.append(code)
    if not vertices:
        return Path(np.empty((0, 2)))
    return Path(np.concatenate(vertices), np.concatenate(codes))


class Pen:
    """A sheet being drawn.

    Parameters
    ----------
    size
        The sheet.
    """

    def __init__(self, size: Size) -> None:
        self.size = size
        self.u = size.unit
        self.figure = Figure(
            figsize=(size.width_pt / 72, size.height_pt / 72), dpi=size.dpi, facecolor=PAGE
        )
        FigureCanvasAgg(self.figure)
        self.points = Affine2D().scale(1 / 72) + self.figure.dpi_scale_trans
        self._turn = 0

    def _add(self, artist: Any, clip: Rect | None) -> None:
        artist.set_zorder(self._turn)
        self._turn += 1
        self.figure.add_artist(artist)
        if clip is None:
            artist.set_clip_on(False)
        else:
            frame = Rectangle((clip.left, clip.bottom), clip.width, clip.height,
                              transform=self.points)  # fmt: skip
            artist.set_clip_path(frame)

    def mark(self) -> int:
        """Return how much is drawn, for :meth:`rewind`."""
        return len(self.figure.artists)

    def rewind(self, mark: int) -> None:
        """Take away what was drawn since."""
        for artist in self.figure.artists[mark:]:
            artist.remove()

    def paths(
        self,
        parts: Iterable[Floats] | Path,
        *,
        stroke: str | None = None,
        width: float = 1.0,
        dash: Sequence[float] = (),
        fill: str | None = None,
        alpha: float = 1.0,
        closed: bool = False,
        cap: str = "butt",
        clip: Rect | None = None,
    ) -> None:
        """Draw lines, or areas when ``fill`` is given, as one shape.

        Parameters
        ----------
        parts
            Arrays of shape (n, 2), points; or a path.
        stroke, fill
            Colours.
        width, dash
            Of the stroke, in units.
        alpha
            Opacity of both.
        closed
            Whether each part is a ring.
        cap
            ``"butt"`` or ``"round"``.
        clip
            Nothing is drawn beyond it.
        """
        path = parts if isinstance(parts, Path) else compound(parts, closed=closed)
        if not len(path.vertices):
            return
        patch = PathPatch(
            path,
            facecolor=fill or "none",
            edgecolor=stroke or "none",
            linewidth=width * self.u if stroke else 0.0,
            alpha=None if alpha >= 1 else alpha,
            capstyle=cap,
            joinstyle="round",
            transform=self.points,
        )
        if dash:
            patch.set_linestyle((0, tuple(max(part * self.u, 0.01) for part in dash)))
        self._add(patch, clip)

    def rect(self, box: Rect, **style: Any) -> None:
        """Draw a rectangle in the style of :meth:`paths`."""
        corners = np.array(
            [
                (box.left, box.bottom), (box.right, box.bottom),
                (box.right, box.top), (box.left, box.top),
            ]
        )  # fmt: skip
        self.paths([corners], closed=True, **style)

    def line(self, x: float, y: float, to_x: float, to_y: float, **style: Any) -> None:
        """Draw a straight line in the style of :meth:`paths`."""
        self.paths([np.array([(x, y), (to_x, to_y)])], **style)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        colour: str,
        bold: bool = False,
        italic: bool = False,
        align: str = "left",
        halo: str | None = None,
        halo_width: float = 3.0,
        rotation: float = 0.0,
        alpha: float = 1.0,
        name: str = "",
    ) -> None:
        """Set a text.

        Parameters
        ----------
        x, y
            Start, middle or end of its baseline, by ``align``, in points.
        text
            Clean (:func:`maps.cartography.lettering.clean`); nothing in it is a command.
        size
            Units.
        halo
            Colour of a rim around the letters.  It is a shape below them, so that the letters stay
            letters in a PDF or an SVG.
        name
            What the text is, for those who inspect the figure.
        """
        if not text:
            return
        common = {
            "fontproperties": lettering.font(round(size * self.u, 3), bold=bold, italic=italic),
            "horizontalalignment": align,
            "verticalalignment": "baseline",
            "rotation": rotation,
            "rotation_mode": "anchor",
            "parse_math": False,
            "transform": self.points,
        }
        if halo is not None:
            share = round(halo_width / size / 2, 3)
            rings = lettering.rim(text, share, bold=bold, italic=italic)
            wide = self.width(text, size, bold=bold, italic=italic)
            start = {"left": 0.0, "center": -wide / 2, "right": -wide}[align]
            turn = Affine2D().scale(size * self.u).translate(start, 0)
            turn = turn.rotate_deg(rotation).translate(x, y)
            self.paths([turn.transform(ring) for ring in rings], fill=halo, closed=True)
        letters = Text(x, y, text, color=colour, alpha=None if alpha >= 1 else alpha, **common)
        letters.set_label(name or "text")
        self._add(letters, None)

    def letters(self, size: float) -> float:
        """Return a size of letters in units, no smaller than can be read on the sheet."""
        return max(size, self.size.least_pt / self.u)

    def width(self, text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
        """Return the width of a text in points; ``size`` in units."""
        return lettering.width(text, size * self.u, bold=bold, italic=italic)
