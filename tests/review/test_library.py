"""The library keeps what came in and what was decided, finds it again, lets nobody change it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from geo.__main__ import app
from geo.atlas import Atlas
from geo.i18n import message
from geo.reports.records import Evidence
from geo.review import plain
from geo.review.library import Library, cleaned
from geo.review.records import DraftItem, DraftKind, Reading, Remark, Stated
from geo.review.searching import Query, publishers, related, search
from geo.review.sources import Effect, set_source
from geo.store import Ledger
from tests.reports.stories import ANALYSIS, WIRE
from tests.review.conftest import Intake

TEXTS = st.text(max_size=20)
EVIDENCE = st.builds(Evidence, st.integers(0, 99), st.integers(0, 99), TEXTS)
CELLS = st.dictionaries(TEXTS, TEXTS, max_size=3)
ITEMS = st.builds(
    DraftItem, TEXTS, st.sampled_from(DraftKind), CELLS,
    st.lists(st.builds(Stated, CELLS, st.tuples(EVIDENCE))).map(tuple), st.tuples(EVIDENCE),
)  # fmt: skip


@settings(max_examples=40)
@given(ITEMS)
def test_a_reading_comes_back_as_it_was_stored(item: DraftItem) -> None:
    said = message("{a} on {day}", a=message("{n} dead", n=3), day=date(2025, 2, 7))
    reading = Reading((item,), (Remark(said, "i1", (Evidence(0, 1, "x"),)),))
    back = plain.reading_from_plain(plain.reading_as_plain(reading))
    assert back == reading
    assert str(back.warnings[0].message) == "3 dead on Feb 7, 2025"


def test_what_waits_outlives_the_process(library: Library, take_in: Intake) -> None:
    wire = take_in(WIRE, "Wire", "2025-02-08")
    library.reject(wire, "i1", "no", "amina")
    other = Ledger.open(library.ledger.url)
    found = Library(other).dossier(wire.report_id)
    assert found is not None
    assert found.text == WIRE
    assert [one.item.key for one in found.waiting] == ["i2", "i3"]
    for standing in found.standings:
        for one in standing.item.evidence:
            assert found.text[one.start : one.end] == one.quote
    other.close()


def test_the_same_text_is_taken_in_once(library: Library, take_in: Intake) -> None:
    first = take_in(WIRE, "Wire", "2025-02-08")
    version = library.version()
    assert take_in(WIRE, "Another", "2025-02-09").report_id == first.report_id
    assert library.version() == version


@pytest.mark.parametrize(
    "statement",
    ["UPDATE report SET text = ''", "DELETE FROM report", "UPDATE review SET act = 'accept'",
     "DELETE FROM review", "INSERT OR REPLACE INTO report SELECT * FROM report"],
)  # fmt: skip
def test_the_database_refuses_every_change(
    library: Library, take_in: Intake, statement: str
) -> None:
    take_in(WIRE, "Wire", "2025-02-08")
    engine = create_engine(library.ledger.url)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_ledger_from_before_the_library_gets_its_tables(library: Library) -> None:
    engine = create_engine(library.ledger.url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE review"))
        connection.execute(text("DROP TABLE report"))
    engine.dispose()
    opened = Ledger.open(library.ledger.url)
    assert Library(opened).dossiers() == []
    assert opened.ledger_id == library.ledger.ledger_id
    opened.close()


def test_hostile_characters_keep_their_places(take_in: Intake) -> None:
    raw = "An attack killed 3 people in Gao.\x00\ud800<script>alert(1)</script>\u202e"
    kept = cleaned(raw)
    assert len(kept) == len(raw)
    assert take_in(kept, "x", "2025-02-08").text == kept


def test_reports_are_found_by_words_place_day_topic_and_publisher(
    library: Library, take_in: Intake, atlas: Atlas
) -> None:
    take_in(WIRE, "Wire", "2025-02-08")
    take_in(ANALYSIS, "Desk", "2025-02-12")

    def found(**asked: object) -> list[str]:
        hits = search(library.dossiers(), Query(**asked), atlas)
        return [hit.dossier.source.publisher for hit in hits]

    assert found() == ["Desk", "Wire"]
    assert found(words="medical source") == ["Wire"]
    assert found(words="TINZAOUATENE emissaries") == ["Desk"]
    assert found(place="Labbezanga") == ["Desk"]  # the text writes Labzanga
    assert found(place="Bamako") == ["Wire"]
    assert found(place="Sévaré") == []
    assert found(start=date(2025, 2, 9), end=date(2025, 2, 20)) == ["Desk"]
    assert found(start=date(2024, 12, 20), end=date(2024, 12, 24)) == ["Desk", "Wire"]
    assert found(topic="jnim") == ["Desk"]
    # What a text without a header is about, its drafts say.
    assert found(topic="mali") == ["Desk", "Wire"]
    assert found(topic="armed attack") == ["Wire"]
    claims = library.ledger.frames().claims
    assert publishers(library.dossiers(), claims) == ("Desk", "Wire")
    assert found(publisher="wir", waiting=True) == ["Wire"]
    hit = search(library.dossiers(), Query(words="provisional"), atlas)[0]
    assert "this toll is provisional" in hit.excerpt


def test_another_day_of_publication_moves_the_days_of_untouched_drafts(
    library: Library, take_in: Intake, atlas: Atlas
) -> None:
    late = take_in("On Friday gunmen attacked a bus near Gao, killing 4 people.", "x", "2025-02-15")
    assert late.standings[0].item.cells["date_start"] == "2025-02-14"
    source = replace(late.source, published="2025-02-08")
    assert set_source(library, late, source, atlas, "amina") is Effect.READ_AGAIN
    again = library.dossier(late.report_id)
    assert again is not None
    assert again.standings[0].item.cells["date_start"] == "2025-02-07"
    library.split(again, again.standings[0].item, "amina")
    again = library.dossier(late.report_id)
    assert again is not None
    assert set_source(library, again, late.source, atlas, "amina") is Effect.LEFT
    last = library.dossier(late.report_id)
    assert last is not None
    assert (last.source.published, len(last.standings)) == ("2025-02-15", 2)


def test_the_commands_list_and_show(
    library: Library, take_in: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(WIRE, "Wire", "2025-02-08")
    monkeypatch.setenv("PISTE_DB", library.ledger._engine.url.render_as_string())
    run = CliRunner().invoke
    (one,) = json.loads(run(app, ["reports", "list", "--words", "provisional", "--json"]).stdout)
    assert (one["publisher"], one["waiting"]) == ("Wire", 3)
    for days, count in ((["--from", "2025-02-08"], 1), (["--to", "2024-01-01"], 0)):
        assert len(json.loads(run(app, ["reports", "list", *days, "--json"]).stdout)) == count
    assert "--to: “soon” is not a date" in run(app, ["reports", "list", "--to", "soon"]).stderr
    shown = json.loads(run(app, ["reports", "show", "1", "--json"]).stdout)
    assert [draft["state"] for draft in shown["drafts"]] == ["waiting"] * 3
    assert "A decade of violence" not in json.dumps(shown)  # the text itself stays
    missing = run(app, ["reports", "show", "7"])
    assert (missing.exit_code, missing.stderr) == (2, "There is no report 7.\n")


def test_related_reports_say_why(library: Library, take_in: Intake) -> None:
    wire = take_in(WIRE, "Wire", "2025-02-08")
    take_in("In Bobo-Dioulasso nothing happened on 3 March 2025.", "Other", "2025-03-04")
    desk = take_in(ANALYSIS, "Desk", "2025-02-12")
    (only,) = related(desk, library.dossiers())
    assert only.dossier.report_id == wire.report_id
    assert str(only.reasons[0]) == "both name Gao"
