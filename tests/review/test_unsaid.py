"""What nobody says of a device stays unsaid: in draft, ledger, files and figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from geo import regions, summary
from geo.atlas import Atlas
from geo.columns import affirmed
from geo.exchange.csvfile import write_table
from geo.exchange.geojson import write_features
from geo.hotspots.analysis.events import Events
from geo.hotspots.analysis.ground import Ground
from geo.review.accepting import Decision, accept
from geo.review.library import Library
from geo.roads.status import status
from geo.selection import Selection, select
from geo.snapshot import build, place_ledger
from geo.store import Ledger, import_folder
from geo.store.correcting import cells_of, correct
from geo.table import incident_table
from tests.review.conftest import Intake

STORY = """On 3 January 2025 a mine killed 4 soldiers near Boni.

On 5 January 2025 gunmen killed 2 traders in Hombori.
"""
DAY = date(2025, 2, 1)


def test_unsaid_is_neither_yes_nor_no_all_the_way(
    library: Library, take_in: Intake, atlas: Atlas, tmp_path: Path
) -> None:
    dossier = take_in(STORY, "Wire", "2025-01-06")
    drafts = [one.item for one in dossier.standings]
    assert [one.cells["ied"] for one in drafts] == ["true", ""]
    made = accept(library, dossier, [Decision(one.key) for one in drafts], "amina").entities
    mine, shots = (made[one.key] for one in drafts)

    ledger = library.ledger
    frames = ledger.frames()
    held = frames.incidents.set_index("incident_id")["ied"]
    assert held[mine] == True  # noqa: E712 - a truth that may be NA
    assert held[shots] is pd.NA
    assert cells_of(frames.incidents, shots)["ied"] == ""
    assert affirmed(held).tolist() == [True, False]

    # Files say nothing where nobody does, and reading them again changes nothing.
    shot = build(frames, place_ledger(frames, atlas), atlas, DAY, DAY)
    tolls = summary.tolls(shot.claims)
    table = incident_table(shot, pd.Index([shots]), tolls)
    head, row = write_table(table, excel=False).decode().splitlines()
    assert row.split(",")[head.split(",").index("ied")] == ""
    assert '"ied":null' in write_features(table).replace(" ", "")
    (tmp_path / "incidents.csv").write_bytes(
        write_table(shot.incidents[["incident_id", "date_start", "date_end", "country",
                                    "category", "ied"]].reset_index(drop=True), excel=False)
    )  # fmt: skip
    other = Ledger.open(f"sqlite:///{tmp_path / 'other.db'}")
    import_folder(other, tmp_path, "amina")
    assert other.frames().incidents["ied"].tolist() == [True, pd.NA]
    other.close()

    # It is not counted as an explosive device, and who asks for devices is told of it.
    asked = Selection(DAY, DAY, date(2025, 1, 1), DAY, ied_only=True)
    assert select(shot, asked).tolist() == [mine]
    every = Selection(DAY, DAY, date(2025, 1, 1), DAY)
    figures = summary.key_figures(shot, every, tolls, status(shot)).now
    assert (figures.ied_share, figures.ied_unsaid) == (0.5, 1)
    assert regions.count_by_region(shot, select(shot, every)).counts["ied"].sum() == 1
    notes = [str(note) for note in Events(Ground(shot), asked).notes()]
    assert any("Of 1 report nobody says" in note for note in notes)
    assert not any("nobody says" in str(note) for note in Events(Ground(shot), every).notes())

    # No is a statement, and may be taken back.
    correct(ledger, shots, {"ied": "false"}, "the army says so", "amina")
    now = ledger.frames().incidents.drop_duplicates("incident_id", keep="last")
    assert now["ied"].astype(object).tolist() == [True, False]
    correct(ledger, shots, {"ied": ""}, "it did not", "amina")
    last = ledger.frames().incidents.drop_duplicates("incident_id", keep="last")
    assert np.array_equal(last["ied"].isna(), [False, True])
