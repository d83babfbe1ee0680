"""Briefs say what the starter data say, counted by hand, and keep quiet about the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import pandas as pd
import pytest

from geo.briefing import concentration, templates, weeks
from geo.briefing.building import about, build
from geo.briefing.material import Material
from geo.briefing.records import Brief, Edits, Paragraph, Section, Table, cell_text, edited
from geo.records import InputError
from geo.risk.journey.answer import plan
from geo.risk.journey.desk import Desk
from geo.risk.journey.question import Question
from geo.roads.evidence import Evidence
from geo.selection import Selection, select
from tests.starter import KOBE, frames, starter

GAO = Selection(
    on=date(2025, 2, 12), known_on=date(2025, 2, 12), start=date(2024, 11, 15),
    end=date(2025, 2, 12), countries=frozenset({"ML"}), regions=frozenset({"ML:Gao"}),
)  # fmt: skip


@lru_cache(maxsize=4)
def material(selection: Selection = GAO) -> Material:
    shot = starter(selection.on, selection.known_on)
    evidence = Evidence.gather(frames().assertions, shot.atlas)
    return Material(frames(), shot, evidence, selection)


@lru_cache(maxsize=4)
def brief(name: str, incident_id: str = "") -> Brief:
    template = templates.load(name)
    return build(template, about(template, material()), incident_id=incident_id)


def section(of: Brief, name: str) -> Section:
    return next(part for part in of.sections if part.name == name)


def said(of: Section) -> list[str]:
    return [str(sentence) for _, sentence in of.sentences()]


def table(of: Section) -> Table:
    return next(block for block in of.blocks if isinstance(block, Table))


def test_an_area_in_short() -> None:
    # Four incidents by hand: Kobé 17 Dec, the tax bus 28 Jan, an abduction 5 Feb, Kobé 7 Feb; the
    # 90 days before end on 14 November. Only the ambush of 7 February has a toll and devices.
    assert said(section(brief("area"), "headline")) == [
        "4 incidents were reported in Gao from Nov 15, 2024 to Feb 12, 2025.",
        "In the 90 days before there was 1.",
        (
            "Killed, from the lowest to the highest claims: 10–56+; of 3 of the 4 incidents no "
            "number is stated."
        ),
        "1 of 4 involved an explosive device.",
        "The highest claim concerns Kobé, Feb 7, 2025: 10–56+ killed (Ambush).",
    ]
    assert brief("area").title == "Security brief: Gao"
    assert "Feb 12, 2025" in str(brief("area").subtitle)


def test_every_number_can_be_followed_to_its_incidents() -> None:
    shot = material().snapshot
    known = set(shot.incidents.index) | set(frames().assertions["assertion_id"])
    for name in ("area", "weekly"):
        for part in brief(name).sections:
            for key, sentence in part.sentences():
                assert key.startswith(part.name)
                assert set(sentence.basis) <= known
    first = next(section(brief("area"), "headline").sentences())[1]
    assert set(first.basis) == set(select(shot, GAO))


def test_the_road_without_traffic_comes_first_with_its_evidence() -> None:
    roads = table(section(brief("area"), "roads"))
    first = [cell_text(cell) for cell in roads.rows[0]]
    assert first[0] == "RN17 Gao–Ansongo–Labbezanga"
    assert first[2].endswith("traffic suspended (all vehicles)")
    assert first[3] == "Feb 12, 2025"
    sources = table(section(brief("area"), "sources"))
    assert any("African Security Analysis" in str(row[-2]) for row in sources.rows)


def test_as_many_stretches_are_listed_as_are_told_each_with_where_it_is() -> None:
    for name, part in (("weekly", "changes"), ("area", "changes")):
        made = section(brief(name), part)
        listed = table(made)
        assert said(made)[0].startswith(
            f"On {len(listed.rows) + listed.left_out} stretches of road"
        )
        assert all(str(row[1]).startswith("PK ") and str(row[2]) for row in listed.rows)
    assert all(str(row[1]) for row in table(section(brief("area"), "roads")).rows)


def test_roads_are_cut_to_the_area() -> None:
    rows = material().area_status
    whole = material().status
    length = (rows["measure_to_m"] - rows["measure_from_m"]).groupby(rows["axis_id"]).sum()
    # RN16 from Hombori, the place before the first one in the region, to Gao; RN17 to the border.
    axes = material().snapshot.atlas.axes
    rn16 = axes["ML-RN16"]
    places = material().snapshot.atlas.gazetteer.places
    inside = [i for i, p in enumerate(rn16.place_ids) if places[p].adm1 == "Gao"]
    assert length["ML-RN16"] == pytest.approx(rn16.end_m - rn16.measures_m[inside[0] - 1])
    assert "ML-RN6" not in length.index
    assert len(rows) < len(whole)


def test_the_whole_area_is_every_road() -> None:
    everywhere = Material(
        frames(), material().snapshot, material().evidence, replace(GAO, regions=frozenset(),
                                                                   countries=frozenset()),
    )  # fmt: skip
    whole = everywhere.status
    rows = everywhere.area_status
    length = [(f["measure_to_m"] - f["measure_from_m"]).sum() for f in (rows, whole)]
    assert length[0] == pytest.approx(length[1])


def test_an_incident_with_every_claim() -> None:
    kobe = brief("incident", KOBE)
    claims = material().snapshot.claims
    own = claims[claims["incident_id"] == KOBE]
    assert len(table(section(kobe, "claims")).rows) == len(own)
    told = said(section(kobe, "event"))
    assert told[0] == "Ambush, Feb 7, 2025, Kobé."
    assert any("PK 33+100" in text for text in told)
    assert "Killed, over all claims: 10–56+." in told
    assert said(section(kobe, "links"))[0].startswith("In retaliation for: Gao–Labbezanga")
    # 17 December, on the same spot, and 5 February, on the same road.
    assert len(table(section(kobe, "neighbours")).rows) == 2


def tables(of: Section) -> list[Table]:
    return [block for block in of.blocks if isinstance(block, Table)]


def texts(of: Table) -> list[list[str]]:
    return [[cell_text(cell) for cell in row] for row in of.rows]


def test_a_week_is_seven_days_whatever_the_period() -> None:
    week = about(templates.load("weekly"), material()).selection
    assert (week.start, week.end) == (date(2025, 2, 6), date(2025, 2, 12))
    assert about(templates.load("area"), material()) is material()


def test_the_week_in_short_stands_beside_4_and_52_weeks() -> None:
    # By hand: 9 January to 5 February has the tax bus and the abduction; the 52 weeks have Kobé of
    # 17 December too. The seven days before are in neither sentence.
    told = said(section(brief("weekly"), "week_headline"))
    assert told[0] == "1 incident was reported in Gao from Feb 6, 2025 to Feb 12, 2025."
    assert told[-2] == "In the 4 weeks before there were 2: 0.5 a week."
    assert told[-1].startswith("In the 52 weeks before there were ")
    assert not any("7 days before" in text for text in told)


def test_the_week_tells_what_happened_and_what_became_known_with_their_tolls() -> None:
    made = section(brief("weekly"), "week")
    # The tax bus of 28 January was first reported on 12 February.
    assert said(made) == [
        "1 incident happened from Feb 6, 2025 to Feb 12, 2025, as known on Feb 12, 2025.",
        "1 incident of earlier days became known from Feb 6, 2025 to Feb 12, 2025.",
    ]
    happened, learnt = tables(made)
    assert [(row[1], row[4]) for row in texts(happened)] == [("Kobé", "10–56+")]
    assert [row[1] for row in texts(learnt)] == ["Gao–Labbezanga"]


def test_a_week_of_the_past_as_known_today_keeps_happened_and_learnt_apart() -> None:
    # A ledger that knew of Kobé only on 1 March.
    late = frames().incidents.copy()
    late.loc[late["entity_id"] == KOBE, "known_on"] = pd.Timestamp("2025-03-01")
    today = replace(GAO, known_on=date(2026, 11, 20))
    shot = starter(today.on, today.known_on)
    week = Material(replace(frames(), incidents=late), shot, material().evidence, today)
    blocks = weeks.told(week)
    told = [str(s) for block in blocks if isinstance(block, Paragraph) for s in block.sentences]
    assert told == [
        "1 incident happened from Feb 6, 2025 to Feb 12, 2025, as known on Nov 20, 2026.",
        "1 of them became known only after Feb 12, 2025.",
        "1 incident of earlier days became known from Feb 6, 2025 to Feb 12, 2025.",
    ]


def test_the_week_against_the_weeks_before() -> None:
    numbers, roads = tables(section(brief("weekly"), "against"))
    # By hand: 9 January to 5 February has the tax bus and the abduction, without tolls; the 52
    # weeks have Kobé of 17 December too.
    counts = texts(numbers)
    assert counts[0][:4] == ["Incidents", "1", "2", "0.5"]
    assert counts[1][:4] == ["With explosive devices", "1", "0", "0.0"]
    assert counts[2][:4] == ["Killed, claims", "10–56+", "no figure", ""]
    assert [str(head) for head in roads.columns[1:]] == [
        "On Feb 12, 2025", "On Jan 15, 2025", "On Feb 14, 2024",
    ]  # fmt: skip
    # RN17 was suspended after Kobé.
    hindered = texts(roads)[1]
    assert float(hindered[1]) > float(hindered[2])


def test_an_incident_that_nobody_knew_of_is_refused() -> None:
    before = replace(GAO, on=date(2025, 2, 6), known_on=date(2025, 2, 6))
    with pytest.raises(InputError, match="was known on Feb 6, 2025"):
        build(templates.load("incident"), material(before), incident_id=KOBE)


def test_a_brief_about_nothing_says_so() -> None:
    empty = replace(GAO, regions=frozenset({"ML:Kayes"}), start=date(2016, 1, 1),
                    end=date(2016, 2, 1))  # fmt: skip
    made = build(templates.load("area"), Material(
        frames(), material().snapshot, material().evidence, empty))  # fmt: skip
    assert said(section(made, "headline"))[0].startswith("0 incidents were reported in Kayes")
    assert "nothing to compare with" in said(section(made, "headline"))[1]


def test_edits_change_the_words_the_order_and_nothing_else() -> None:
    whole = brief("area")
    key, sentence = next(section(whole, "headline").sentences())
    drop = "headline.0.1"
    mine = edited(
        whole,
        Edits(order=("roads", "headline", "no such"), texts={key: "  Mine. ", drop: ""},
              notes={"roads": "Seen by our driver."}),
    )  # fmt: skip
    assert [part.name for part in mine.sections] == ["roads", "headline"]
    assert mine.sections[0].note == "Seen by our driver."
    told = said(mine.sections[1])
    assert told[0] == "Mine."
    assert len(told) == len(said(section(whole, "headline"))) - 1
    first = next(mine.sections[1].sentences())[1]
    assert first.basis == sentence.basis
    assert edited(whole, Edits()) == whole


def test_tables_are_as_wide_as_their_headings() -> None:
    for made in (brief("area"), brief("weekly"), brief("incident", KOBE)):
        for part in made.sections:
            for block in part.blocks:
                if isinstance(block, Table):
                    assert {len(row) for row in block.rows} <= {len(block.columns)}
                if isinstance(block, Paragraph):
                    assert all(str(sentence).strip() for sentence in block.sentences)


def test_a_road_book_names_the_verdict_its_rules_and_who_says_so() -> None:
    answer = plan(Question("Gao", "Labbezanga"), Desk.of(material().snapshot))
    book = build(templates.load("route"), material(), journey=answer)
    assert book.title == "Road book: Gao to Labbezanga"
    verdict = said(section(book, "verdict"))
    assert verdict[0] == "Verdict: avoid."
    assert "V2, km 0–196: traffic is reported suspended" in " ".join(verdict)
    # The rules stand where the table of stretches has them.
    rules = {str(row[0]): str(row[5]) for row in table(section(book, "stretches")).rows}
    assert [km for km, fired in rules.items() if "V4" in fired] == ["20–44"]
    assert any(text.startswith("V4, km 20–44: ") for text in verdict)
    evidence = " ".join(said(section(book, "evidence")))
    for told in ("Kobé", "IS-Sahel", "African Security Analysis", "RC-ML-119"):
        assert told.casefold() in evidence.casefold()
    parts = table(section(book, "stretches"))
    assert [str(row[4]) for row in parts.rows] == ["avoid"] * len(parts.rows)
    assert "safe" not in " ".join(text for part in book.sections for text in said(part)).split()


def test_a_journey_is_needed_for_a_road_book() -> None:
    with pytest.raises(InputError, match="about a journey"):
        build(templates.load("route"), material())


def test_an_area_that_shares_its_outline_says_so_and_leaves_the_other_out() -> None:
    told = said(section(brief("area"), "map"))
    assert told[0].startswith("The border between Gao and Ménaka is not in the map data")
    # What is said of the 20 km around the town of Ménaka is not of Gao.
    listed = texts(table(section(brief("area"), "roads")))
    beyond = [row for row in listed if row[0].endswith("Ménaka")]
    assert beyond
    assert all(row[1].startswith("PK 0") for row in beyond)


def test_the_stretches_of_the_month_stand_beside_those_of_the_year() -> None:
    rows = texts(table(section(brief("weekly"), "moved")))
    # Kobé: before, on 17 December, it was on the same stretch.
    assert rows[0][0].startswith("RN17")
    assert rows[0][3:] == ["1–2", "1–2", "1–2", "1"]


def test_an_incident_is_told_day_by_day_with_its_claims_and_its_road() -> None:
    told = texts(table(section(brief("incident", KOBE), "timeline")))
    assert told[0] == ["Feb 7, 2025", "Ambush", "Kobé", "–"]
    assert any(row[0] == "Feb 12, 2025" and row[1].startswith("Road: ") for row in told)
    claims = [row for row in told[1:] if not row[1].startswith("Road: ")]
    # By hand: 24 claims, which are 14 figures of one speaker each.
    assert len(table(section(brief("incident", KOBE), "claims")).rows) == 24
    assert len(claims) == 14
    assert claims[0][:2] == [
        "Feb 8, 2025 (assumed), Feb 10, 2025, Feb 12, 2025", "Killed: 25, civilians (Army)",
    ]  # fmt: skip
    assert [row[1] for row in claims if "replaced" in row[1]] == [
        (
            "Killed: at least 10 (provisional, replaced by a later figure on the same page), "
            "all, not split (Local official)"
        )
    ]


def test_explosive_devices_concentrate_where_they_were_reported() -> None:
    # One report with devices near Gao in the period: Kobé, at PK 33+100 of RN17.
    only = Material(frames(), material().snapshot, material().evidence, replace(GAO, ied_only=True))
    made = build(templates.load("ied"), only)
    first = [cell_text(cell) for cell in table(section(made, "concentration")).rows[0]]
    assert first[0] == "RN17 Gao–Ansongo–Labbezanga"
    assert "Haoussa-Foulane" in first[2] or "Kobé" in first[2]
    assert said(section(made, "headline"))[0].startswith("1 incident was reported in Gao")
    told = said(section(made, "concentration"))
    assert told[0] == "1 incident in 3 months; 100% of them lie on known roads."
    for jargon in ("kernel", "on or off roads", "bandwidth"):
        assert jargon not in " ".join(told)


def test_comparisons_with_nearly_the_same_days_are_told_once() -> None:
    # A year, and the 52 weeks before it: a day apart.
    year = replace(GAO, start=date(2024, 2, 13), ied_only=True)
    found = [str(s) for s in concentration.told(Material(
        frames(), material().snapshot, material().evidence, year))]  # fmt: skip
    assert len([text for text in found if text.startswith(("From", "Clearly", "The records"))]) == 1
