"""A hindcast in words and tables: for the terminal, the documentation and the Method page."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from geo.i18n import Message, fill, message
from geo.records import Fault, InputError
from geo.risk.hindcast.result import ALL, PRECISE, Estimate, Lead, Result
from geo.risk.hindcast.scores import SHARES
from geo.risk.models import (
    ALL_TIME,
    LAST_90,
    LAST_YEAR,
    MODEL,
    UNIFORM,
    Model,
)

BEGIN, END = "<!-- hindcast -->", "<!-- /hindcast -->"
NAMES = {
    MODEL: message("Piste's model"),
    UNIFORM: message("Same on every km"),
    LAST_90: message("Last 90 days"),
    LAST_YEAR: message("Last year"),
    ALL_TIME: message("All time"),
}
ORDER = (MODEL, ALL_TIME, LAST_YEAR, LAST_90, UNIFORM)
WHICH = {
    ALL: message("All incidents on roads"),
    PRECISE: message("Precise incidents outside towns"),
}
_DECISIVE = 90


def _estimate(value: Estimate, part: str) -> str:
    """Return a figure with its interval, each end written by the format ``part``."""
    if math.isnan(value[0]):
        return "–"
    to = " – " if "+" in part else "–"
    template = f"{{middle:{part}}} ({{low:{part}}}{to}{{high:{part}}})"
    # Adding 0 makes of a minus nothing a nothing.
    parts = (round(one, 4) + 0.0 for one in value)
    return fill(template, dict(zip(("middle", "low", "high"), parts, strict=True))).replace(
        "-", "−"
    )


def percent(value: Estimate) -> str:
    """Return a share with its interval: ``27% (21%–33%)``."""
    return _estimate(value, ".0%")


def signed(value: Estimate) -> str:
    """Return a difference with its interval: ``+0.19 (+0.02 – +0.33)``."""
    return _estimate(value, "+.2f")


def index(value: Estimate, share: float) -> str:
    """Return a hit rate as PAI: ``2.7 (2.1–3.3)``."""
    middle, low, high = (part / share for part in value)
    return _estimate((middle, low, high), ".1f")


def verdict(found: Result) -> Message:
    """Return which model is in use and why."""
    lead = next(lead for lead in found.leads if lead.horizon_days == _DECISIVE)
    values = {
        "best": NAMES[lead.best],
        "ahead": signed(lead.ahead),
        "count": round(found.score(MODEL, _DECISIVE).incidents),
        "border": found.border,
    }
    if lead.ahead[0] <= 0:
        return message(
            "The model did not foretell better than the best baseline, “{best}”, so the baseline "
            "is used in its place. Log score against it, on {count} incidents since {border}: "
            "{ahead} nats per incident.", **values,
        )  # fmt: skip
    if lead.ahead[1] <= 0:
        return message(
            "The model is used: it foretold a little better than the best baseline, “{best}”. Log "
            "score against it, on {count} incidents since {border}: {ahead} nats per incident. The "
            "interval includes 0, so it may be no better.", **values,
        )  # fmt: skip
    return message(
        "The model is used: it foretold better than the best baseline, “{best}”. Log score against "
        "it, on {count} incidents since {border}: {ahead} nats per incident.", **values,
    )  # fmt: skip


def sentences(found: Result, model: Model) -> Iterator[Message]:
    """Yield what is to be read beside the figures.

    Parameters
    ----------
    found
        The hindcast.
    model
        The policy's model as it is now.
    """
    yield verdict(found)
    all_, precise = (found.score(MODEL, _DECISIVE, which) for which in (ALL, PRECISE))
    yield message(
        "Of the incidents of the next 90 days, {all} lay on the riskiest tenth of road-km; of the "
        "{count} precise ones outside towns {precise}. By chance it would be 10%.",
        all=percent(all_.hit_rate[1]), precise=percent(precise.hit_rate[1]),
        count=round(precise.incidents),
    )  # fmt: skip
    yield message(
        "It foretold {foretold} incidents for these years; {came} came.",
        foretold=round(all_.foretold), came=round(all_.incidents),
    )  # fmt: skip
    calm, hot = found.reliability[0], found.reliability[-1]
    yield message(
        "Where it foretold the lowest rates, {calm:.1f} times as many incidents came as foretold; "
        "where it foretold the highest, {hot:.1f} times as many. A low rate is no promise.",
        calm=calm.came / calm.foretold, hot=hot.came / hot.foretold,
    )  # fmt: skip
    known = found.knowledge
    yield message(
        "For {share:.0%} of the incidents on roads no page gives a date, so they count as known on "
        "the day on which they ended (rule K2): the hindcast learnt of them sooner than a reader "
        "could have. With {delay} days more, as late as the late dated ones, the gain over the "
        "same rate on every km is {gain} instead of {usual}, and {hit} lay on the riskiest tenth.",
        share=known.assumed, delay=known.delay_days,
        gain=signed(known.log_gain), usual=signed(all_.log_gain), hit=percent(known.hit_rate),
    )  # fmt: skip
    yield message(
        "With equal weights for all kinds and tolls the model would lose {loss:.3f} nats per "
        "incident on the earlier years: the weights are judgements more than findings.",
        loss=found.unweighted_loss,
    )  # fmt: skip
    if found.model(MODEL) != model:
        yield message(
            "The policy file has other numbers than those that were tested here. The figures are "
            "not of the model in use."
        )


def _table(head: Sequence[Message], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(map(str, head)) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def score_table(found: Result, horizon_days: int, which: str) -> str:
    """Return a Markdown table of how the forecasts fared, the model first."""
    head = [
        message("forecast"), message("on 5%"), message("on 10%"), message("on 20%"),
        message("PAI, 10%"), message("log score, gain"), message("place only"),
    ]  # fmt: skip
    rows = []
    for name in ORDER:
        row = found.score(name, horizon_days, which)
        rows.append(
            [str(NAMES[name]), *map(percent, row.hit_rate), index(row.hit_rate[1], SHARES[1]),
             signed(row.log_gain), signed(row.place_gain)]
        )  # fmt: skip
    return _table(head, rows)


def model_table(found: Result) -> str:
    """Return a Markdown table of the numbers that were chosen."""
    head = [
        message("forecast"), message("bandwidth, km"), message("half-life, days"),
        message("floor"), message("background, incidents"), message("pooling, incidents"),
        message("weighted"),
    ]  # fmt: skip
    rows = [
        [str(NAMES[m.name]), *map(_number, (m.bandwidth_m / 1_000, m.decay.half_life_days)),
         _number(m.decay.floor), _number(m.shape), _number(m.pooling),
         str(message("yes") if m.weighted else message("no"))]
        for m in (found.model(name) for name in ORDER) if m.name != UNIFORM
    ]  # fmt: skip
    return _table(head, rows)


def _number(value: float) -> str:
    return fill("{value:g}", {"value": value}) if math.isfinite(value) else "∞"


def lead_table(leads: Sequence[Lead]) -> str:
    """Return a Markdown table of how far the model is ahead."""
    head = [message("days ahead"), message("best baseline"), message("model ahead by")]
    rows = [[f"{one.horizon_days}", str(NAMES[one.best]), signed(one.ahead)] for one in leads]
    return _table(head, rows)


def reliability_table(found: Result) -> str:
    """Return a Markdown table of what was foretold and what came, lowest rates first."""
    head = [message("rate foretold, per 100 km and year"), message("foretold"), message("came")]
    rows = [
        [
            fill("{rate:.2f}", {"rate": per_year(one.foretold, one.km_days)}),
            fill("{n:.1f}", {"n": one.foretold}),
            _estimate((one.came, one.low, one.high), ".1f"),
        ]
        for one in found.reliability
    ]
    return _table(head, rows)


def per_year(incidents: float, km_days: float) -> float:
    """Return a rate per 100 km and year."""
    return incidents / km_days * 100 * 365.25


def summary(found: Result) -> Message:
    """Return what the figures rest on."""
    return message(
        "{on_roads} incidents on roads of {incidents}, {precise} of them precise and outside "
        "towns. Asked from {first} to {last}; numbers chosen before {border} ({tried} models "
        "tried), tested from then on. Intervals hold 90%.",
        on_roads=found.on_roads, incidents=found.incidents, precise=found.precise,
        first=found.first, last=found.last, border=found.border, tried=found.tried,
    )  # fmt: skip


def title(found: Result, horizon_days: int, which: str) -> Message:
    """Return the title of `score_table`."""
    row = found.score(MODEL, horizon_days, which)
    return message(
        "{which}, {days} days ahead, later years: {count} in {windows} periods",
        which=WHICH[which], days=horizon_days, count=round(row.incidents), windows=row.windows,
    )  # fmt: skip


def markdown(found: Result) -> str:
    """Return the tables of a hindcast."""
    parts = [str(summary(found)), model_table(found), lead_table(found.leads)]
    for days in (lead.horizon_days for lead in reversed(found.leads)):
        for which in (ALL, PRECISE):
            parts += [f"**{title(found, days, which)}**", score_table(found, days, which)]
    last = message("Foretold and came, 90 days ahead, later years")
    parts += [f"**{last}**"]
    return "\n\n".join([*parts, reliability_table(found)])


def put_between(page: Path, text: str) -> None:
    """Put a text between the markers of a page.

    Raises
    ------
    InputError
        When the page has no markers.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        said = message("{file} lacks the markers {begin} and {end}.", file=page.name, begin=BEGIN,
                       end=END)  # fmt: skip
        raise InputError([Fault(None, None, said)])
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
