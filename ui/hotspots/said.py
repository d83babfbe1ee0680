"""What an answer says in words: its findings beside the map, and how to read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geo.hotspots.analysis.answer import Answer
from geo.hotspots.analysis.events import REPORTING, Comparison
from geo.hotspots.analysis.shift import Move, Shift
from geo.hotspots.analysis.wording import TRENDS
from geo.i18n import gettext as _
from geo.i18n import message, ngettext
from ui import markup
from ui.markup import escape


def _title(text: str) -> str:
    return f"<h4>{escape(text)}</h4>"


def _change(comparison: Comparison, against: str) -> str:
    """Return what became of the rate, in one paragraph with its interval."""
    then = comparison.then
    days = _("{first} – {last}", first=then.first, last=then.last)
    if comparison.trend == "no_records":
        told = _("the records do not reach back so far")
    elif comparison.trend == "too_few":
        told = _("{events:.1f} events then: too few to tell a change", events=comparison.events)
    else:
        told = _(
            "{trend}: {ratio:.2f} times the rate, {low:.2f} to {high:.2f}",
            trend=TRENDS[comparison.trend],
            ratio=comparison.ratio,
            low=comparison.low,
            high=comparison.high,
        )
    return (
        f'<p><span class="said">{escape(against)}</span> {escape(told)}<br>'
        f'<span class="meta">{escape(days)}</span></p>'
    )


def _counted(answer: Answer) -> str:
    events = answer.events
    count = ngettext("{n:,} report", "{n:,} reports", events.reports, n=events.reports)
    if abs(events.count - events.reports) < 0.05:  # noqa: PLR2004
        return count
    return _(
        "{reports}; by the days that lie in the period {events:,.1f} events",
        reports=count,
        events=events.count,
    )


def _swatches(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the map's legend beside the map, where it is never folded away."""
    lines = [
        f'<li><span class="swatch" style="background:{escape(row["colour"])};'
        f'opacity:{row.get("opacity", 1)}"></span>{escape(row["label"])}</li>'
        for row in rows
        if row["key"].startswith("density:")
    ]
    return f'<ul class="legend">{"".join(lines)}</ul>' if lines else ""


def findings(
    answer: Answer, layer: Mapping[str, Any], shift: Shift | None, *, changes: bool
) -> None:
    """Show what the map says in words and numbers.

    Parameters
    ----------
    answer
        What is on the map.
    layer
        The layer of what is shown, with its legend (`maps.hotspots.build`).
    shift
        The change that is on the map, if it is.
    changes
        Whether a change was asked for.
    """
    events = answer.events
    found = [
        f"<h3>{escape(layer['label'])}</h3>",
        markup.p(_counted(answer)),
        *_of_change(shift, changes=changes),
        _swatches(layer["legend"]),
    ]
    found.append(
        markup.p(
            _(
                "{on:,.1f} on known roads: {rate:.2g} per 100 km and month",
                on=events.on_roads,
                rate=events.rate,
            )
        )
    )
    few = [note for note in events.notes() if note is not REPORTING]
    found += [markup.p(str(note), "doubt") for note in few]
    found.append(_title(_("Is it growing?")))
    found.append(_change(answer.comparisons[0], _("Against the period before:")))
    found.append(_change(answer.comparisons[1], _("Against the mean of the 52 weeks before:")))
    if shift is None:
        found.append(_title(_("Is it more than chance?")))
        found.append(markup.p(str(_chance(answer))))
    found.append(_title(_("How it is drawn")))
    found += [markup.p(str(answer.bandwidth.why))]
    found += [markup.p(str(note), "meta") for note in answer.drawing_notes]
    found.append(_title(_("What it is not")))
    found.append(markup.p(str(REPORTING)))
    markup.show(*found)


def _of_change(shift: Shift | None, *, changes: bool) -> list[str]:
    """Return what a reader of a change has to know first."""
    if not changes:
        return []
    if shift is None:
        text = _("The records do not reach back far enough to tell a change: the map shows where "
                 "events concentrate. Choose a later or a shorter period.")  # fmt: skip
        return [markup.p(text, "doubt")]
    if not (shift.moves > Move.TOO_FEW).any():
        text = _("Nowhere are there enough events to tell a change. A larger bandwidth or a longer "
                 "period gathers more.")  # fmt: skip
        return [markup.p(text, "doubt")]
    text = _("Clear means that the 90% interval of the ratio leaves out 1; of twenty unchanged "
             "places one or two look so by chance.")  # fmt: skip
    return [markup.p(text, "meta")]


def _chance(answer: Answer) -> object:
    gi = answer.significance
    if gi is not None and answer.surface is not None:
        area = float(gi.hot.sum()) * answer.surface.grid.cell_km2
        if not area:
            return message("On the plane no area has more than chance gives (Gi*).")
        return message(
            "On the plane {area:,.0f} km² have more within a bandwidth than chance gives (Gi*, at "
            "most {q:.0%} of it false). They are outlined.",
            area=area,
            q=gi.q,
        )
    marked = answer.stretches[answer.stretches["significant"]]
    km = float((marked["to_m"] - marked["from_m"]).sum()) / 1_000
    if marked.empty:
        return message("No stretch of road has more than chance gives.")
    return message(
        "{n} stretches, {km:,.0f} km, have more than chance gives (at most 5 % of them false). "
        "They have a dark edge.",
        n=len(marked),
        km=km,
    )


def method(answer: Answer) -> None:
    """Say everything that a reader has to know of the picture."""
    notes = [str(note) for note in answer.notes]
    if answer.significance is not None:
        notes += [str(note) for note in answer.significance.notes]
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    markup.show(
        _title(_("This picture")),
        f"<ul>{items}</ul>",
        _title(_("The list of stretches")),
        markup.p(
            _(
                "Each road is cut into equal stretches of at most 20 km. Where uncertain events "
                "really were is drawn many times; counts are the range over the drawings, ranks an "
                "interval. A stretch that may be third or fortieth has no rank worth reading out."
            )
        ),
        markup.p(
            _(
                "More than chance: were the events strewn evenly over all roads, a stretch would "
                "so seldom have so many that at most 5 % of those marked are expected to be "
                "chance. Evenly is no fair picture where reports come from towns."
            )
        ),
    )
