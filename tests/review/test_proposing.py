"""All drafts at once: the clear ones are proposed, what needs an eye says why."""

from __future__ import annotations

from geo.atlas import Atlas
from geo.gazetteer.placed import Placed
from geo.review.accepting import Decision, accept
from geo.review.candidates import Candidates
from geo.review.library import Library
from geo.review.naming import incident
from geo.review.proposing import Proposal, propose, shared
from geo.review.records import Dossier
from tests.reports.stories import WIRE
from tests.review.conftest import Intake

AMBUSH = "ML-2025-02-07-GAO"
STORY = """On 7 February 2025 gunmen ambushed a convoy between Gao and Ansongo, killing at least 10.

On 3 January 2025 a mine killed 4 soldiers near Boni. IS-Sahel controls the road between Gao and \
Labbezanga.

On 5 January 2025 gunmen killed 2 traders in Xyzzyville.
"""


def proposed(library: Library, atlas: Atlas, dossier: Dossier) -> dict[str, Proposal]:
    frames = library.ledger.frames()
    found, _plan = propose(dossier, frames, Candidates(frames, Placed(atlas)), atlas)
    return {one.item.key: one for one in found}


def test_what_is_clear_and_what_is_not(library: Library, take_in: Intake, atlas: Atlas) -> None:
    accept(library, take_in(WIRE, "Wire", "2025-02-08"), [Decision("i1")], "amina")
    report = take_in(STORY, "Desk", "2025-02-12")
    version = library.ledger.version()
    found = proposed(library, atlas, report)
    assert {key: (one.clear, one.decision) for key, one in found.items()} == {
        "i1": (True, Decision("i1", AMBUSH)),
        "i2": (True, Decision("i2")),
        "i3": (False, Decision("i3")),
        "r1": (True, Decision("r1")),
    }
    assert "It is on no map" in str(found["i3"].doubts[-1])
    assert incident(found["i3"].item).endswith("in Xyzzyville (place unknown)")
    assert library.ledger.version() == version

    # A twin that still says the same, and a draft with a fault, are left to the analyst.
    key = library.split(report, report.standings[1].item, "amina")
    again = library.dossier(report.report_id)
    assert again is not None
    twins = proposed(library, atlas, again)
    assert not twins["i2"].clear
    assert not twins[key].clear
    assert "says the same as the draft before it" in str(twins[key].doubts[-1])
    assert "1 of its claims stands in its copy too" in str(twins[key].doubts[0])
    # Divided when it is split, no claim stands in both.
    other = library.split(again, again.standings[0].item, "amina", [])
    divided = library.dossier(report.report_id)
    assert divided is not None
    first, second = (divided.standing(one) for one in ("i1", other))
    assert first is not None
    assert second is not None
    assert (len(first.item.claims), second.item.claims) == (1, ())
    assert shared(first.item, divided) is None
    assert incident(second.item) == "2025-02-07 · Ambush · Gao–Ansongo · copy 2"
    # What the same publisher stated before of the road is not stated anew unseen.
    accept(library, divided, [Decision("r1")], "amina")
    copy = take_in(STORY + "\nAn edited copy.\n", "Desk", "2025-02-13")
    assert "has this from the same publisher: RC-ML-001" in str(
        proposed(library, atlas, copy)["r1"].doubts[0]
    )
    late = take_in(STORY + "\nNo publisher.\n", "", "2025-01-01")
    mine = proposed(library, atlas, late)["i2"]
    assert mine.decision is None
    assert any("after the report was published" in str(one.message) for one in mine.faults)
