"""The pictures of the page of hotspots, as pictures to take away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from geo.hotspots.analysis.answer import Answer
from geo.hotspots.analysis.nearness import Nearness
from geo.hotspots.analysis.shift import Shift
from geo.hotspots.analysis.years import Years
from geo.i18n import gettext as _
from geo.roads.strip import Strip
from geo.roads.wording import named
from maps import nearness
from maps.hotspots import MARKS_MAX
from maps.payload import View
from ui import picture

if TYPE_CHECKING:
    from maps.cartography import AreaMap, Chart, StripMap, YearMaps


def _said(answer: Answer) -> str:
    """Return the line below a title: the days, and how far one event reaches."""
    period = answer.question.period
    return _(
        "{first} – {last}, bandwidth {km:.1f} km",
        first=period.first, last=period.last, km=answer.bandwidth.bandwidth_m / 1_000,
    )  # fmt: skip


def map_of(
    values: Mapping[str, Any], view: View, answer: Answer, shift: Shift | None = None
) -> None:
    """Offer the map, of the density or of what became of the rate."""

    def make() -> AreaMap:
        from maps.cartography import of_view  # noqa: PLC0415 - see ui.picture

        events = answer.events
        ids = view.snapshot.incidents.index[events.chosen][events.share > 0]
        ground = frozenset(values["layers"]) & {"rivers", "regions", "places"}
        layers = ground | {"concentration"}
        if len(ids) <= MARKS_MAX:
            layers |= {"incidents"}
        area = of_view(replace(view, ids=ids), bounds=picture.bounds_seen(values), layers=layers)
        return replace(area, concentration=answer, shift=shift)

    title = _("Where reported events concentrate")
    if shift is not None:
        title = _("Where the rate of reported events changed")
    picture.offer(make, view.snapshot, title=title, subtitle=_said(answer), key="piste_hotspots")


def years_of(years: Years, answer: Answer) -> None:
    """Offer the years."""

    def make() -> YearMaps:
        from maps.cartography import YearMaps  # noqa: PLC0415 - see ui.picture

        return YearMaps(years=years, answer=answer)

    title = _("Where reported events concentrate, year by year")
    shot = answer.events.ground.snapshot
    km = answer.bandwidth.bandwidth_m / 1_000
    subtitle = _("Bandwidth {km:.1f} km", km=km)
    picture.offer(make, shot, title=title, subtitle=subtitle, key="piste_years")


def nearness_of(found: Nearness, answer: Answer) -> None:
    """Offer the curve of how near events lie to one another."""

    def make() -> Chart:
        from maps.cartography import Chart  # noqa: PLC0415 - see ui.picture

        title = _("Is it more than chance?")
        return Chart(draw=partial(nearness.drawing_of, found), heading=title,
                     note=found.sentence())  # fmt: skip

    title = _("How near events lie to one another")
    shot = answer.events.ground.snapshot
    period = answer.question.period
    days = _("{first} – {last}", first=period.first, last=period.last)
    picture.offer(make, shot, title=title, subtitle=days, key="piste_nearness")


def strip_of(shown: Strip, along: Answer) -> None:
    """Offer the strip with the density along it."""

    def make() -> StripMap:
        from maps.cartography import StripMap  # noqa: PLC0415 - see ui.picture

        return StripMap(strip=shown, curve=_("Density"))

    title = _("Where events concentrate on {road}", road=named(shown.axis))
    shot = along.events.ground.snapshot
    picture.offer(make, shot, title=title, subtitle=_said(along), key="piste_density_strip")
