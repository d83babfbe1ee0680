"""What was foretold against what came, as SVG: points on the diagonal were foretold rightly."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Final

from geo.i18n import fill
from geo.i18n import gettext as _
from geo.risk.hindcast.result import Bin
from geo.risk.hindcast.telling import per_year
from maps import palette
from maps.svg import WIDTH_PX, Drawing

_LEFT: Final = 76
_RIGHT: Final = 24
_TOP: Final = 16.0
_FOOT: Final = 52.0
HEIGHT_PX: Final = 408.0
_STEPS: Final = (1, 2, 5)
_CAP_PX: Final = 5


class _Scale:
    """Rates to pixels, both axes alike and logarithmic."""

    def __init__(self, rates: Sequence[float], width_px: float, height_px: float) -> None:
        self.right, self.bottom = width_px - _RIGHT, height_px - _FOOT
        some = [rate for rate in rates if rate > 0]
        self.low = log10(min(some, default=0.1)) - 0.1
        self.high = log10(max(some, default=1.0)) + 0.1

    def _part(self, rate: float) -> float:
        at = (log10(rate) - self.low) / (self.high - self.low) if rate > 0 else 0.0
        return min(max(at, 0.0), 1.0)

    def x(self, rate: float) -> float:
        return _LEFT + self._part(rate) * (self.right - _LEFT)

    def y(self, rate: float) -> float:
        return _TOP + (1 - self._part(rate)) * (self.bottom - _TOP)

    def ticks(self) -> list[float]:
        powers = range(floor(self.low), ceil(self.high) + 1)
        marks = [step * 10.0**power for power in powers for step in _STEPS]
        return [mark for mark in marks if self.low <= log10(mark) <= self.high]


def _grid(drawing: Drawing, scale: _Scale) -> None:
    bottom = scale.bottom
    for rate in scale.ticks():
        x, y, text = scale.x(rate), scale.y(rate), fill("{rate:g}", {"rate": rate})
        drawing.add("line", x1=x, x2=x, y1=_TOP, y2=bottom, stroke="currentColor", opacity=0.12)
        drawing.add("line", x1=float(_LEFT), x2=float(scale.right), y1=y, y2=y,
                    stroke="currentColor", opacity=0.12)  # fmt: skip
        drawing.label(x, bottom + 18, text, text_anchor="middle", opacity=0.75)
        drawing.label(_LEFT - 8, y + 4, text, text_anchor="end", opacity=0.75)
    middle = (_LEFT + scale.right) / 2
    drawing.label(middle, bottom + 40, _("Foretold: incidents per 100 km and year"),
                  text_anchor="middle", font_size=13)  # fmt: skip
    side = (_TOP + bottom) / 2
    drawing.label(18, side, _("Came: incidents per 100 km and year"), text_anchor="middle",
                  font_size=13, transform=f"rotate(-90 18 {side:.0f})")  # fmt: skip


def _diagonal(drawing: Drawing, scale: _Scale) -> None:
    ends = [10**scale.low, 10**scale.high]
    drawing.add("line", x1=scale.x(ends[0]), y1=scale.y(ends[0]), x2=scale.x(ends[1]),
                y2=scale.y(ends[1]), stroke="currentColor", stroke_dasharray="6 5",
                opacity=0.6)  # fmt: skip
    # Clear of the last point's bar, which is near the right end.
    at = 10 ** (scale.low + 0.62 * (scale.high - scale.low))
    drawing.label(scale.x(at) - 8, scale.y(at) - 10, _("as foretold"), text_anchor="end",
                  opacity=0.75)  # fmt: skip


def _point(drawing: Drawing, scale: _Scale, one: Bin) -> None:
    foretold, came, low, high = (
        per_year(n, one.km_days) for n in (one.foretold, one.came, one.low, one.high)
    )
    x, top, bottom = scale.x(foretold), scale.y(high), scale.y(low)
    colour = palette.CONTESTED[0]
    group = drawing.add("g", stroke=colour, stroke_width=2)
    drawing.tip(
        group,
        fill(
            _("Foretold {foretold:.1f} incidents, came {came:.1f} (90%: {low:.1f}–{high:.1f})"),
            {"foretold": one.foretold, "came": one.came, "low": one.low, "high": one.high},
        ),
    )
    drawing.add("line", None, group, x1=x, x2=x, y1=top, y2=bottom)
    for y in (top, bottom):
        drawing.add("line", None, group, x1=x - _CAP_PX, x2=x + _CAP_PX, y1=y, y2=y)
    drawing.add("circle", None, group, cx=x, cy=scale.y(came), r=5.5, fill=colour)


def drawing(
    bins: Sequence[Bin], width_px: float = WIDTH_PX, height_px: float = HEIGHT_PX
) -> Drawing:
    """Draw the reliability of a forecast, for the screen or for paper.

    Parameters
    ----------
    bins
        Lixels of about one foretold rate, with the interval of what came.
    width_px, height_px
        Of the drawing.

    Returns
    -------
    Drawing
        Not yet a document.
    """
    made = Drawing(width_px)
    rates = [per_year(n, one.km_days) for one in bins for n in (one.foretold, one.low, one.high)]
    scale = _Scale(rates, width_px, height_px)
    _grid(made, scale)
    _diagonal(made, scale)
    for one in bins:
        _point(made, scale, one)
    made.y = height_px
    return made


def svg(bins: Sequence[Bin]) -> str:
    """Return the drawing as a standalone SVG document."""
    text = _("Incidents foretold against incidents that came, with intervals")
    return drawing(bins).finish(text)
