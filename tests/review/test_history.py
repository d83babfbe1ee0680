"""The history of an incident has what its merges added, and what they left out."""

from __future__ import annotations

from geo.review.accepting import Decision, accept
from geo.review.history import Event, history
from geo.review.library import Library
from geo.review.undoing import take_back
from geo.store.correcting import correct
from geo.store.withdrawing import restore, withdraw
from tests.reports.stories import WIRE
from tests.review.conftest import Intake

AMBUSH = "ML-2025-02-07-GAO"


def test_every_line_and_what_was_left_out(library: Library, take_in: Intake) -> None:
    accept(library, take_in(WIRE, "Wire", "2025-02-08"), [Decision("i1")], "amina")
    again = take_in(WIRE + "\nMore.\n", "Wire", "2025-02-09")
    accept(library, again, [Decision("i1", AMBUSH)], "boubacar")
    other = take_in("Gunmen ambushed a convoy near Gao on Friday. At least 10 were killed.",
                    "Agency", "2025-02-08")  # fmt: skip
    accept(library, other, [Decision("i1", AMBUSH)], "amina")
    take_back(library, library.dossier(other.report_id), "i1", "another one", "boubacar")
    correct(library.ledger, AMBUSH, {"place": "Kobé"}, "a better place", "amina")
    withdraw(library.ledger, AMBUSH, "a test", "amina")
    restore(library.ledger, AMBUSH, "no test", "boubacar")

    told = history(library.ledger, library.dossiers(), AMBUSH)
    assert [*zip(told["event"], told["recorded_by"], strict=True)] == [
        (Event.ADDED, "amina"), *[(Event.CLAIM_ADDED, "amina")] * 3,
        *[(Event.CLAIM_HELD, "boubacar")] * 3,
        (Event.CLAIM_ADDED, "amina"), (Event.CLAIM_WITHDRAWN, "boubacar"),
        (Event.CORRECTED, "amina"), (Event.WITHDRAWN, "amina"), (Event.RESTORED, "boubacar"),
    ]  # fmt: skip
    held = told[told["event"] == Event.CLAIM_HELD]
    assert {str(one) for one in held["claim"]} == {
        "Killed: at least 10 (Local official)",
        "Killed: 32 (Local official, said Feb 8, 2025)", "Killed: 32 (NGO, said Feb 8, 2025)",
    }  # fmt: skip
    assert set(held["publisher"]) == {"Wire"}
