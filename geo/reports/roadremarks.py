"""What an editor would ask about road statements: what was left out, prices that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.gazetteer.wording import listed
from geo.i18n import Message, message
from geo.reports.concerns import MOST_LISTED, left_out
from geo.reports.payments import Price
from geo.reports.plaintext import Plain
from geo.reports.records import Concern, ConcernCode, DraftAssertion, Evidence
from geo.reports.roads import Paid, RoadReader


def road_remarks(
    plain: Plain, reader: RoadReader, drafts: Sequence[DraftAssertion]
) -> Iterator[Concern]:
    """Yield what an editor would ask about road statements.

    Parameters
    ----------
    plain
        The text.
    reader
        What read them.
    drafts
        What it found, with keys.
    """
    for one in reader.doubted:
        yield left_out(plain, one.flag, one.sentence.start, one.sentence.end)
    for ends in dict.fromkeys(frozenset(paid.ends) for paid in reader.payments):
        told = [paid for paid in reader.payments if frozenset(paid.ends) == ends]
        key = next((one.key for one in drafts if {one.axis_from, one.axis_to} == ends), "")
        for payer in dict.fromkeys(price.payer for paid in told for price in paid.prices):
            text = _of_one(_road(told[0].ends), told, payer)
            if text is not None:
                code, said = text
                evidence = tuple(dict.fromkeys(_evidence(plain, paid) for paid in told))
                yield Concern(code, said, key, evidence)


def _of_one(road: str, told: Sequence[Paid], payer: str) -> tuple[ConcernCode, Message] | None:
    """Return what there is to ask about the prices for one kind of vehicle."""
    own = [(paid, price) for paid in told for price in paid.prices if price.payer == payer]
    before = [one for one in own if one[1].earlier]
    now = [one for one in own if not one[1].earlier]
    if before and now:
        (_, first), (paid, second) = before[0], now[-1]
        if second.amount < first.amount:
            return ConcernCode.FALLING_TOLL, message(
                "What is paid on {road} falls: {first:,.0f}, then {second:,.0f}.",
                road=road, first=first.amount, second=second.amount,
            )  # fmt: skip
        if _in_one_breath(paid, first):
            return None  # “10,000, up from 5,000”: the report tells itself that it rose
        return ConcernCode.DIFFERENT_TOLLS, message(
            "What is paid on {road} rises: {first:,.0f}, then {second:,.0f}.",
            road=road, first=first.amount, second=second.amount,
        )  # fmt: skip
    amounts = list(dict.fromkeys(price.amount for _, price in now))
    apart = {paid.start for paid, _ in now}
    if len(amounts) < 2 or len(apart) < 2:  # noqa: PLR2004
        return None
    prices = [message("{number:,.0f}", number=one) for one in amounts[:MOST_LISTED]]
    return ConcernCode.DIFFERENT_TOLLS, message(
        "The report gives different prices on {road}: {prices}.",
        road=road, prices=listed([*prices, *(["…"] if len(prices) < len(amounts) else [])]),
    )  # fmt: skip


def _in_one_breath(paid: Paid, price: Price) -> bool:
    return paid.start <= price.start < paid.breath


def _road(ends: tuple[str, ...]) -> str:
    return "–".join(dict.fromkeys(ends))


def _evidence(plain: Plain, paid: Paid) -> Evidence:
    return plain.evidence(paid.start, paid.end)
