"""A corrected incident is the same incident: one line more, the old one kept, with who and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.records import InputError
from geo.store import Ledger, LineKind, import_folder
from geo.store.correcting import cells_of, correct
from geo.store.intake import Intake
from geo.store.lines import standing

HEAD = "incident_id,date_start,date_end,country,category,place,km_from,km_from_place,ied,note\n"
ROW = "A,2025-02-07,2025-02-07,ML,ambush,Gao,30,Gao,true,a doubt\n"
CLAIM = "incident_id,field,best,stated_by,published_on\nA,killed,10,army,2025-02-09\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}")
    yield ledger
    ledger.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "incidents.csv").write_text(HEAD + ROW, encoding="utf-8")
    (tmp_path / "claims.csv").write_text(CLAIM, encoding="utf-8")
    return tmp_path


def test_a_correction_is_one_line_more(ledger: Ledger, folder: Path) -> None:
    import_folder(ledger, folder, "import")
    before = ledger.frames().incidents
    number = correct(ledger, "A", {"place": "Kobé", "category": "ied"}, "wrong village", "Amina")
    lines = ledger.history(LineKind.INCIDENT, ["A"])
    assert lines["place"].tolist() == ["Gao", "Kobé"]
    assert lines["recorded_by"].tolist() == ["import", "Amina"]
    assert lines["supersedes"].tolist()[1] == before.index[0]
    now = standing(ledger.frames().incidents).loc[number]
    assert (now["category"], now["km_from"], bool(now["ied"])) == ("ied", 30.0, True)
    assert now["note"].startswith("a doubt Corrected on ")
    assert now["note"].endswith("by Amina: wrong village")
    # It counts on the same days, and an old file does not undo it.
    assert now["known_on"] == before["known_on"].iloc[0]
    assert import_folder(ledger, folder, "import") == Intake([], ("A",))


def test_all_faults_at_once_and_nothing_recorded(ledger: Ledger, folder: Path) -> None:
    import_folder(ledger, folder, "import")
    version = ledger.version()
    cells = {"date_start": "2098-01-01", "category": "party", "km_from": ""}
    with pytest.raises(InputError) as caught:
        correct(ledger, "A", cells, " ", " ")
    assert {fault.column for fault in caught.value.faults} >= {
        "recorded_by", "reason", "date_end", "category", "km_from", "date_start",
    }  # fmt: skip
    with pytest.raises(InputError, match="Nothing was changed"):
        correct(ledger, "A", cells_of(ledger.frames().incidents, "A"), "why", "Amina")
    with pytest.raises(InputError, match="There is no incident B"):
        correct(ledger, "B", {"place": "Gao"}, "why", "Amina")
    assert ledger.version() == version
