"""How many events lie within a distance of an event, beside what chance gives, as SVG."""

from __future__ import annotations

from math import floor, log10
from typing import Final

from geo.hotspots.analysis.nearness import Nearness
from geo.i18n import fill
from geo.i18n import gettext as _
from geo.records import Category
from maps import palette
from maps.svg import WIDTH_PX, Drawing

_LEFT: Final = 76.0
_RIGHT: Final = 24.0
_TOP: Final = 30.0
_FOOT: Final = 52.0
HEIGHT_PX: Final = 340.0
_STEPS: Final = (0.2, 0.5, 1.0, 2.0)
_MOST_TICKS: Final = 6


def _ticks(most: float) -> list[float]:
    """Return round values from 0 up to ``most``."""
    power = 10.0 ** floor(log10(most))
    step = next(s * power for s in _STEPS if most / (s * power) <= _MOST_TICKS)
    return [n * step for n in range(int(most / step + 1e-9) + 1)]


def drawing_of(
    found: Nearness, width_px: float = WIDTH_PX, height_px: float = HEIGHT_PX
) -> Drawing:
    """Draw the curve, for the screen or for paper.

    Parameters
    ----------
    found
        Of `geo.hotspots.analysis.nearness.nearness`.
    width_px, height_px
        Of the drawing.
    """
    drawing = Drawing(width_px)
    curve = found.curve
    km = [0.0, *(radius / 1_000 for radius in curve.index)]
    right, bottom = width_px - _RIGHT, height_px - _FOOT
    most = max(float(curve[["near", "high"]].to_numpy().max()), 1e-3) * 1.06

    def x(value: float) -> float:
        return _LEFT + value / km[-1] * (right - _LEFT)

    def y(value: float) -> float:
        return bottom - value / most * (bottom - _TOP)

    def points(name: str) -> list[str]:
        values = [0.0, *curve[name].tolist()]
        return [f"{x(at):.1f},{y(value):.1f}" for at, value in zip(km, values, strict=True)]

    for value in _ticks(most):
        drawing.add("line", x1=_LEFT, x2=right, y1=y(value), y2=y(value), stroke="currentColor",
                    opacity=0.12)  # fmt: skip
        drawing.label(_LEFT - 8, y(value) + 4, fill("{n:g}", {"n": round(value, 6)}),
                      text_anchor="end", opacity=0.75)  # fmt: skip
    for at in _ticks(km[-1]):
        drawing.label(x(at), bottom + 18, f"{at:.0f}", text_anchor="middle", opacity=0.75)
    drawing.label((_LEFT + right) / 2, bottom + 40, _("Kilometres along the roads"),
                  text_anchor="middle", font_size=13)  # fmt: skip
    title = (
        _("Other events within this distance of an event, on average") if found.about is None
        else _("Events of the other kind within this distance of an event, on average")
    )  # fmt: skip
    drawing.label(_LEFT, 16, title, font_size=13)
    band = " ".join([*points("low"), *reversed(points("high"))])
    drawing.add("polygon", points=band, fill="currentColor", opacity=0.16)
    drawing.add("polyline", points=" ".join(points("expected")), fill="none",
                stroke="currentColor", stroke_dasharray="6 5", opacity=0.7)  # fmt: skip
    colour = palette.CATEGORY_SYMBOLS[Category.IED].colour  # reads on a dark page too
    drawing.add("polyline", points=" ".join(points("near")), fill="none", stroke=colour,
                stroke_width=2.5)  # fmt: skip
    for radius, row in curve.iterrows():
        dot = drawing.add("circle", cx=x(float(str(radius)) / 1_000), cy=y(row["near"]), r=4,
                          fill=colour)  # fmt: skip
        drawing.tip(dot, str(found.told(float(str(radius)))))
    _key(drawing, x(0) + 18, colour)
    drawing.y = height_px
    return drawing


def svg(found: Nearness) -> str:
    """Return the curve as a standalone SVG document."""
    text = _("How near events lie to one another, beside what chance gives")
    return drawing_of(found).finish(text)


def _key(drawing: Drawing, x: float, colour: str) -> None:
    y = _TOP + 14
    drawing.add("line", x1=x, x2=x + 26, y1=y, y2=y, stroke=colour, stroke_width=2.5)
    drawing.label(x + 34, y + 4, _("reported"))
    drawing.add("rect", x=x, y=y + 12, width=26, height=14, fill="currentColor", opacity=0.16)
    drawing.add("line", x1=x, x2=x + 26, y1=y + 19, y2=y + 19, stroke="currentColor",
                stroke_dasharray="6 5", opacity=0.7)  # fmt: skip
    drawing.label(x + 34, y + 23, _("by chance: mean, and 95% of random sets"))
