"""The table of incidents carries the id of each, so that every export does."""

from __future__ import annotations

import pandas as pd

from geo import summary
from geo.exchange.csvfile import write_table
from geo.table import incident_table
from tests.starter import starter


def test_the_index_is_named_so_that_a_csv_begins_with_the_ids() -> None:
    shot = starter()
    ids = pd.Index(["ML-2025-02-07-KOBE", "ML-2025-01-28-TAXBUS"])
    table = incident_table(shot, ids, summary.tolls(shot.claims))
    lines = write_table(pd.DataFrame(table.drop(columns="geometry"))).decode("utf-8-sig")
    rows = lines.splitlines()
    assert rows[0].startswith("incident_id,date_start,")
    assert [row.split(",")[0] for row in rows[1:]] == list(ids)
