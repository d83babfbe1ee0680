"""What the two seed reports must give, on texts that tell the same in other words."""

from __future__ import annotations

from datetime import date

import pytest

from geo.records import AssertionKind, Attribution, Category, DatePrecision, PlacementKind
from geo.reports.records import ConcernCode, DraftClaim, LinkKind, Report, Weapon
from tests.reports.conftest import Read
from tests.reports.stories import ANALYSIS, WIRE

Numbers = tuple[int | None, int | None, int | None]


def numbers(claim: DraftClaim) -> Numbers:
    return claim.low, claim.best, claim.high


@pytest.fixture(scope="module")
def analysis(read: Read) -> Report:
    return read(ANALYSIS)


@pytest.fixture(scope="module")
def wire(read: Read) -> Report:
    return read(WIRE, "2025-02-08")


def test_the_header_is_the_reports_own(analysis: Report) -> None:
    head = analysis.head
    assert head.published == date(2025, 2, 12)
    assert head.locations == ("Mali", "Niger")
    assert head.topics == ("Roads", "Islamic State", "JNIM")
    assert head.language == "en"
    assert head.title.startswith("Roadside bombs spread")


def test_the_ambush(analysis: Report) -> None:
    ambush = analysis.incidents[0]
    assert (ambush.day.start, ambush.day.end) == (date(2025, 2, 7), date(2025, 2, 7))
    assert ambush.day.time_of_day == "14:00"
    placement = ambush.place.placement
    assert placement is not None
    assert placement.axis_id == "ML-RN17"
    assert placement.measure_from_m is not None
    assert placement.measure_to_m is not None
    middle_m = (placement.measure_from_m + placement.measure_to_m) / 2
    assert 30_000 <= middle_m <= 36_000
    assert ambush.ied
    assert ambush.category is Category.AMBUSH
    assert Weapon.IED in ambush.weapons
    assert [actor.name for actor in ambush.perpetrators] == ["IS-Sahel"]
    assert ambush.attribution is Attribution.ATTRIBUTED
    assert ambush.target == "convoy_escorted"
    assert [actor.name for actor in ambush.escort] == ["FAMa", "Wagner"]


def test_the_claims_of_the_ambush(analysis: Report) -> None:
    claims = {(c.field, numbers(c), c.stated_by): c for c in analysis.incidents[0].claims}
    assert set(claims) == {
        ("killed", (50, None, None), "media"),
        ("killed", (None, 25, None), "army"),
        ("killed", (None, None, 50), "independent_sources"),
        ("injured", (None, 13, None), "army"),
        ("vehicles", (100, 100, None), "media"),
        ("attackers", (None, 100, None), "media"),
    }
    army = claims["killed", (None, 25, None), "army"]
    assert army.stated_on == date(2025, 2, 8)
    assert army.unit_group == "civilians"


def test_the_attack_on_the_tax_bus_lies_where_traffic_stopped_since(analysis: Report) -> None:
    bus = analysis.incidents[1]
    assert bus.day.start == date(2025, 1, 28)
    assert bus.target == "bus"
    assert [(c.field, numbers(c), c.unit_group) for c in bus.claims] == [
        ("killed", (None, None, None), "armed_group")
    ]
    assert bus.place.placement is not None
    assert bus.place.placement.kind is PlacementKind.ALONG
    assert bus.place.placement.axis_id == "ML-RN17"


def test_the_halted_convoy(analysis: Report) -> None:
    assert len(analysis.incidents) == 3
    halted = analysis.incidents[2]
    assert (halted.day.start, halted.day.end) == (date(2024, 7, 1), date(2024, 7, 31))
    assert halted.day.precision is DatePrecision.MONTH
    assert halted.ied
    assert halted.place.name == "Tinzaouatène"


def test_the_retaliation(analysis: Report) -> None:
    (link,) = analysis.links
    assert (link.from_key, link.to_key, link.kind, link.likely) == (
        "i2", "i1", LinkKind.RETALIATION, True,
    )  # fmt: skip


def test_the_road(analysis: Report) -> None:
    told = {one.kind: one for one in analysis.assertions}
    assert len(analysis.assertions) == len(told) == 4
    for one in analysis.assertions:
        assert (one.axis_from, one.axis_to, one.road) == ("Gao", "Labbezanga", "RN17")
        taxed = one.kind is AssertionKind.TAXED  # “even those of the army and of the state”
        assert one.affected == ("all vehicles; army; state" if taxed else "all vehicles")
    for kind in (AssertionKind.CONTROLLED, AssertionKind.TAXED):
        assert told[kind].actor == "IS-Sahel"
        assert told[kind].valid.start == date(2024, 10, 1)
        assert told[kind].valid.precision is DatePrecision.SEASON
    assert told[AssertionKind.AGREEMENT].actor == "IS-Sahel; road users; regional administration"
    assert told[AssertionKind.SERVICE_SUSPENDED].valid.start == date(2025, 1, 28)


def test_the_areas(analysis: Report) -> None:
    assert [(a.actor, a.activity, a.place.country, a.place.admin1) for a in analysis.areas] == [
        ("JNIM", "ied", "ML", "Mopti"),
        ("JNIM", "ied", "ML", "Koulikoro"),
        ("JNIM", "ied", "BF", "Boucle du Mouhoun"),
    ]


def test_the_wire_story_tells_of_the_same_ambush(wire: Report) -> None:
    ambush = wire.incidents[0]
    assert ambush.day.start == ambush.day.end == date(2025, 2, 7)
    assert ambush.place.placement is not None
    assert ambush.place.placement.axis_id == "ML-RN17"
    assert [(c.field, c.best, c.stated_by, c.provisional) for c in ambush.claims] == [
        ("killed", 10, "local_official", True),
        ("killed", 32, "ngo", False),
        ("killed", 32, "local_official", False),
    ]
    assert ambush.claims[1].stated_on == date(2025, 2, 8)


def test_the_other_attacks_of_the_wire_story(wire: Report) -> None:
    september, december = wire.incidents[1:]
    assert (september.day.start, september.day.end) == (date(2024, 9, 1), date(2024, 9, 30))
    assert september.attribution is Attribution.CLAIMED
    assert september.perpetrators[0].name == "unspecified Al-Qaeda-linked group"
    assert september.place.name == "Bamako"
    assert september.target == "army"
    assert (december.day.start, december.day.end) == (date(2024, 12, 1), date(2024, 12, 31))
    assert december.place.placement is None
    assert december.place.country == "ML"
    assert {(c.field, numbers(c)) for c in december.claims} == {
        ("killed", (20, 20, None)),
        ("villages_burned", (None, 6, None)),
    }


def test_the_weekday_conflict_is_raised(wire: Report) -> None:
    (odd,) = [one for one in wire.concerns if one.code is ConcernCode.WEEKDAY]
    assert str(odd.message) == "“Saturday (February 7)”: Feb 7, 2025 was a Friday."


def test_without_a_day_of_publication_the_weekdays_tell_the_year(read: Read) -> None:
    report = read(WIRE)
    assert report.head.published is None
    assert report.incidents[0].day.start == date(2025, 2, 7)
    assert ConcernCode.NO_PUBLICATION_DATE in {one.code for one in report.concerns}
