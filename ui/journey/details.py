"""What else an answer tells: points on the way, what drives the exposure, what is not known."""

from __future__ import annotations

import streamlit as st

from geo.i18n import gettext as _
from geo.risk.journey.records import Answer, Point, PointKind, Route
from geo.risk.journey.words import POINT_WORDS, duration
from ui import markup
from ui.journey import evidence
from ui.markup import escape


def draw(answer: Answer, route: Route) -> None:
    """Draw what stands beside the stretches of a route."""
    st.subheader(_("On the way"), anchor=False)
    _points(route)
    left, right = st.columns(2, gap="large")
    with left:
        _drivers(answer, route)
    with right:
        _gaps(route)
        _sensitivities(route)


def table(heads: list[str], rows: list[list[str]]) -> None:
    """Draw a table of escaped cells; on a phone each row is a card that names its cells."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(f"<tr>{named_cells(heads, row)}</tr>" for row in rows)
    st.html(
        f'<div class="piste-scroll"><table class="piste-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def named_cells(heads: list[str], cells: list[str]) -> str:
    """Return escaped cells, each but the first with its column's name for narrow screens."""
    names = ["", *(f' data-name="{escape(head)}"' for head in heads[1:])]
    return "".join(f"<td{name}>{cell}</td>" for name, cell in zip(names, cells, strict=True))


def _points(route: Route) -> None:
    heads = [
        _("Point"), _("km"), _("Arrives, local time"), _("Daylight"), _("Road there"),
        _("Last confirmed"),
    ]  # fmt: skip
    table(heads, [_point(point) for point in route.points])


def _point(point: Point) -> list[str]:
    left = str(duration(point.daylight_left_h))
    light = (
        _("{hours} left", hours=left)
        if point.daylight_left_h >= 0
        else _("{hours} after sunset", hours=left)
    )
    kind = str(POINT_WORDS[point.kind])
    strong = "turn-back" if point.kind == PointKind.TURN_BACK else ""
    name = f'<strong class="{strong}">{escape(kind)}</strong> {escape(point.name)}'
    note = f'<br><span class="meta">{escape(str(point.note))}</span>' if point.note else ""
    when = _("{day}, {time:%H:%M}", day=point.arrives_local.date(), time=point.arrives_local)
    confirmed = _("{day}", day=point.last_confirmed) if point.last_confirmed else _("never")
    return [
        f'{name}<br><span class="meta">{escape(point.pk)}</span>{note}',
        escape(_("{km:,.0f}", km=point.km)),
        escape(when),
        escape(light),
        escape(str(point.sentence)),
        escape(confirmed),
    ]


def _drivers(answer: Answer, route: Route) -> None:
    st.subheader(_("What drives the exposure"), anchor=False)
    items = []
    for driver in route.drivers:
        share = _("{share:.0%} of it, at km {km:,.0f}", share=driver.share, km=driver.km)
        told = evidence.incident(answer.incidents[driver.incident_id], answer, driver)
        items.append(told.replace("<li>", f"<li>{markup.tag(share)} ", 1))
    rest = _(
        "{share:.0%} is the background of the roads, whatever happened on them.",
        share=route.background / max(route.exposure.expected, 1e-300),
    )
    with st.container(height=420, border=False):
        markup.show(f"<ul>{''.join(items)}</ul>", markup.p(rest, "meta"))


def _gaps(route: Route) -> None:
    st.subheader(_("Gaps in knowledge"), anchor=False)
    if route.gaps:
        items = "".join(f"<li>{escape(str(gap.text))}</li>" for gap in route.gaps)
        markup.show(f"<ul>{items}</ul>")
    else:
        markup.show(markup.p(_("None beyond what stands above."), "meta"))


def _sensitivities(route: Route) -> None:
    st.subheader(_("Weighed in other ways"), anchor=False)
    heads = [_("If"), _("Exposure"), _("Higher rate than"), _("Least exposed")]
    rows = [
        [
            escape(str(row.text)),
            escape(_("× {ratio:.2f}", ratio=row.ratio)),
            escape(_("{share:.0%} of road-km", share=row.rank)),
            escape(_("yes") if row.least_exposed else _("no")),
        ]
        for row in route.sensitivities
    ]
    table(heads, rows)
