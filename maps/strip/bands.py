"""The bands of a strip map: control, tax, passage, and the verdicts on a journey's stretches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from geo.i18n import fill
from geo.i18n import gettext as _
from geo.roads.wording import describe
from maps import palette
from maps.legend import verdict
from maps.strip.ruler import LEFT, StripDrawing

_BAND_PX: Final = 18
_CONTRADICTED: Final = {
    "stroke": palette.CONTESTED[0], "stroke_dasharray": "2 3", "stroke_width": 1.6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A stretch of a journey on the strip.

    Parameters
    ----------
    number
        As in the table beside.
    from_m, to_m
        Measures, ascending.
    verdict
        A key of :data:`maps.palette.VERDICTS`.
    text
        What it says.
    """

    number: int
    from_m: float
    to_m: float
    verdict: str
    text: str


def _band(drawing: StripDrawing, name: str, parts: list[dict[str, Any]]) -> None:
    y = drawing.y
    drawing.row_name(name, y + 13)
    drawing.add("rect", x=LEFT, y=y, width=drawing.right - LEFT, height=_BAND_PX,
                fill="currentColor", fill_opacity=0.05)  # fmt: skip
    for part in parts:
        left, right = drawing.ends(part["from_m"], part["to_m"])
        group = drawing.pickable(part["pick"], part["text"])
        # A part without a colour still takes clicks over its whole height.
        drawing.add(
            "rect", None, group, x=left, y=y, width=max(right - left, 1.0), height=_BAND_PX,
            fill=part.get("fill", "transparent"), fill_opacity=f"{part.get('opacity', 0.75):.2f}",
            **(_CONTRADICTED if part["contested"] else {}),
        )  # fmt: skip
        if "pattern" in part:
            pattern = part["pattern"]
            drawing.add(
                "line", None, group, x1=left, x2=right, y1=y + _BAND_PX / 2, y2=y + _BAND_PX / 2,
                stroke="currentColor", stroke_width=pattern.weight,
                stroke_dasharray=" ".join(map(str, pattern.dash)) or "none",
            )  # fmt: skip
        room = int((right - left) / 6.4)
        if "short" in part and room >= 4:  # noqa: PLR2004
            text = part["short"] if len(part["short"]) <= room else part["short"][: room - 1] + "…"
            drawing.label(left + 4, y + 13, text, group, font_size=11,
                          fill=palette.ink_on(part["fill"], part["opacity"]))  # fmt: skip
    drawing.y += _BAND_PX + 5


def held(drawing: StripDrawing, what: str, column: str, name: str, template: str) -> None:
    """Draw who controls or taxes each part, the surer the fuller."""
    parts = []
    # Neighbours may differ in their evidence alone; the band shows them as one.
    for (who, contested), group in groupby(
        drawing.strip.status.itertuples(),
        key=lambda r: (getattr(r, column), what == "control" and r.control_contested),
    ):
        rows = list(group)
        if not who:
            continue
        sure = max(float(getattr(row, f"{what}_confidence")) for row in rows)
        amounts = dict.fromkeys(a for row in rows for a in row.tax_amounts if what == "tax")
        said = [fill(template, {"who": ", ".join(who)}), *amounts]
        said.append(_("{sure:.0%} sure", sure=sure))
        if contested:
            said.append(_("sources contradict each other"))
        parts.append(
            {
                **_ends(drawing, rows[0].measure_from_m, rows[-1].measure_to_m),
                "fill": palette.actor_family(who).colour,
                "opacity": 0.2 + 0.7 * sure,
                "short": ", ".join(who),
                "text": " · ".join(said),
                "contested": contested,
            }
        )
    _band(drawing, name, parts)


def _ends(drawing: StripDrawing, from_m: float, to_m: float) -> dict[str, Any]:
    pick = f"road:{drawing.strip.axis.axis_id}:{from_m:.0f}:{to_m:.0f}"
    return {"from_m": from_m, "to_m": to_m, "pick": pick}


def passage(drawing: StripDrawing) -> None:
    """Draw whether each part is passed."""
    parts = []
    for row in drawing.strip.status.itertuples():
        pattern = palette.PASSAGE_PATTERNS[row.passage]
        part = {
            **_ends(drawing, row.measure_from_m, row.measure_to_m),
            "pattern": pattern,
            "text": str(describe(row)),
            "contested": row.passage_contested,
        }
        if row.passage_contested:
            part |= {"fill": palette.CONTESTED[0], "opacity": 0.25}
        elif row.under_agreement:
            part |= {"fill": palette.AGREEMENT, "opacity": 0.3}
        parts.append(part)
    _band(drawing, _("Passage"), parts)


def verdicts(drawing: StripDrawing, judged: Sequence[Judged]) -> None:
    """Draw the stretches of a journey: ground, line pattern and number of each."""
    y = drawing.y
    drawing.row_name(_("Verdict"), y + 13)
    axis_id = drawing.strip.axis.axis_id
    for one in judged:
        left, right = drawing.ends(one.from_m, one.to_m)
        line = palette.VERDICTS[one.verdict]
        group = drawing.pickable(f"road:{axis_id}:{one.from_m:.0f}:{one.to_m:.0f}", one.text)
        drawing.add("rect", None, group, x=left, y=y, width=max(right - left - 1.5, 1.0),
                    height=_BAND_PX + 4, fill=line.colour, fill_opacity=0.16)  # fmt: skip
        drawing.add("line", None, group, x1=left, x2=max(right - 1.5, left + 1), y1=y + _BAND_PX,
                    y2=y + _BAND_PX, stroke=line.colour, stroke_width=line.weight,
                    stroke_dasharray=" ".join(map(str, line.dash)) or "none")  # fmt: skip
        number = str(one.number)
        if right - left > 8 * len(number):
            name = verdict(one.verdict)
            room = int((right - left - 22) / 6.2)
            said = f"{number} {name}" if room >= len(name) else number
            drawing.label(left + 4, y + 12, said, group, font_size=11, font_weight=600)
    drawing.y += _BAND_PX + (6 if drawing.compact else 12)
