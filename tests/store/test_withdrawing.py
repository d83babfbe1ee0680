"""A withdrawn incident is gone from today on, with its claims; what was known before stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from geo.atlas import load
from geo.records import InputError
from geo.snapshot import Snapshot, build, place_ledger
from geo.store import Ledger, LineKind, import_folder
from geo.store.intake import Intake
from geo.store.withdrawing import Following, following, restore, whole, withdraw

FILES = {
    "incidents.csv": "incident_id,date_start,date_end,country,category,place\n"
    "A,2025-02-07,2025-02-07,ML,ambush,Gao\nB,2025-02-09,2025-02-09,ML,ambush,Gao\n",
    "claims.csv": "incident_id,field,best,stated_by,publisher,published_on\n"
    "A,killed,10,army,Wire,2025-02-08\nA,killed,12,ngo,Desk,2025-02-09\nB,killed,1,army,,\n",
    "links.csv": "from_incident_id,to_incident_id,kind\nA,B,retaliation\n",
}


def today() -> date:
    """Return the day, asked when it is needed: a run may last past midnight."""
    return datetime.now(UTC).date()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    ledger = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}")
    import_folder(ledger, tmp_path, "import")
    yield ledger
    ledger.close()


def known(ledger: Ledger, on: date) -> Snapshot:
    frames = ledger.frames()
    return build(frames, place_ledger(frames, load()), load(), today(), on)


def test_it_is_gone_from_today_and_there_on_the_days_before(ledger: Ledger, tmp_path: Path) -> None:
    assert following(ledger.frames(), "A") == Following(2, 1, ("Desk", "Wire"))
    number = withdraw(ledger, "A", "told of another country", "Amina")
    now, then = known(ledger, today()), known(ledger, today() - timedelta(days=1))
    assert (list(now.incidents.index), len(now.claims), len(now.links)) == (["B"], 1, 0)
    assert (list(then.incidents.index), len(then.claims), len(then.links)) == (["A", "B"], 3, 1)
    lines = ledger.history(LineKind.INCIDENT, ["A"])
    assert lines["retracted"].tolist() == [False, True]
    assert (lines.index[-1], lines["recorded_by"].iloc[-1]) == (number, "Amina")
    assert lines["note"].iloc[-1].endswith("by Amina: told of another country")
    # What is exported can be imported: nothing in it speaks of an incident that is not there.
    left = whole(ledger.frames())
    assert left[LineKind.CLAIM]["incident_id"].tolist() == ["B"]
    assert left[LineKind.LINK].empty
    # An old file does not bring it back; somebody may.
    assert import_folder(ledger, tmp_path, "import") == Intake([], ("A",))
    restore(ledger, "A", "it was right", "Boubacar")
    now, then = known(ledger, today()), known(ledger, today() - timedelta(days=1))
    for shot in (now, then):
        assert set(shot.incidents.index) == {"A", "B"}
        assert (len(shot.claims), len(shot.links)) == (3, 1)
    assert now.incidents.loc["A", "note"].endswith("by Boubacar: it was right")


def test_all_faults_at_once_and_nothing_recorded(ledger: Ledger) -> None:
    version = ledger.version()
    for act in (withdraw, restore):
        with pytest.raises(InputError) as caught:
            act(ledger, "C", " ", " ")
        assert [fault.column for fault in caught.value.faults] == ["recorded_by", "reason", None]
    with pytest.raises(InputError, match="No incident A was withdrawn"):
        restore(ledger, "A", "why", "Amina")
    assert ledger.version() == version
