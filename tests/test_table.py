"""The table of incidents carries the id of each, so that every export does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from geo import snapshot, summary
from geo.atlas import DATA_DIR, load
from geo.exchange.csvfile import write_table
from geo.store import Ledger, seed
from geo.table import incident_table


def test_the_index_is_named_so_that_a_csv_begins_with_the_ids(tmp_path: Path) -> None:
    ledger = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}")
    seed(ledger, DATA_DIR)
    frames = ledger.frames()
    ledger.close()
    atlas = load()
    day = date(2025, 2, 12)
    shot = snapshot.build(frames, snapshot.place_ledger(frames, atlas), atlas, day, day)
    ids = pd.Index(["ML-2025-02-07-KOBE", "ML-2025-01-28-TAXBUS"])
    table = incident_table(shot, ids, summary.tolls(shot.claims))
    lines = write_table(pd.DataFrame(table.drop(columns="geometry"))).decode("utf-8-sig")
    rows = lines.splitlines()
    assert rows[0].startswith("incident_id,date_start,")
    assert [row.split(",")[0] for row in rows[1:]] == list(ids)
