"""Road assertions in the ledger: add, supersede, confirm, contradict, withdraw; and their history.

Each of these appends a line and changes none.  A confirmation and a contradiction are assertions of
their own, with their own source, that say which one they are about; a correction and a withdrawal
are lines about the same assertion.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from geo.i18n import message
from geo.records import Fault, InputError
from geo.store.drafts import Act, Draft, Prepared, next_id, prepare
from geo.store.ledger import Ledger
from geo.store.lines import LineKind

__all__ = ["Act", "Draft", "Prepared", "history", "next_id", "prepare", "record"]


def record(ledger: Ledger, draft: Draft, recorded_by: str) -> int:
    """Append a draft to the ledger.

    Parameters
    ----------
    ledger
        Where to.
    draft
        As typed.
    recorded_by
        Who records it.

    Returns
    -------
    int
        Number of the line, once it is on the disk.

    Raises
    ------
    InputError
        With every fault of the draft, or the database's refusal; nothing is appended then.
    """
    faults = (
        [] if recorded_by.strip() else [Fault(None, "recorded_by", message("Say who records it."))]
    )
    try:
        prepared = prepare(draft, ledger.frames().assertions, datetime.now(UTC).date())
    except InputError as error:
        raise InputError([*faults, *error.faults]) from error
    if faults:
        raise InputError(faults)
    return ledger.append([prepared.line], recorded_by.strip())[0]


def history(ledger: Ledger, assertion_id: str) -> pd.DataFrame:
    """Return every line about an assertion and about those that confirm or contradict it.

    Parameters
    ----------
    ledger
        The ledger.
    assertion_id
        The assertion.

    Returns
    -------
    pandas.DataFrame
        Index ``line_id``, in the order of recording: ``event`` (added, superseded, retracted,
        confirms, contradicts), ``recorded_by``, ``recorded_at``, ``supersedes`` (a line or NA), the
        clocks and the assertion's columns.  Empty when the ledger has no such assertion.
    """
    everything = ledger.frames().assertions
    related = everything.loc[everything["relates_to"] == assertion_id, "assertion_id"]
    lines = ledger.history(LineKind.ASSERTION, [assertion_id, *related.unique()])
    own = lines["entity_id"] == assertion_id
    event = lines["relation"].where(~own, "superseded")
    event = event.where(~(own & lines["supersedes"].isna()), "added")
    lines.insert(0, "event", event.where(~lines["retracted"], "retracted"))
    return lines


def everything(assertions: pd.DataFrame) -> pd.DataFrame:
    """Return what was last said of every assertion, also of those withdrawn or yet to begin.

    Parameters
    ----------
    assertions
        All lines of a ledger about assertions (`geo.store.frames.LedgerFrames`).

    Returns
    -------
    pandas.DataFrame
        The last line of each assertion that says anything, index ``line_id``, with ``withdrawn``.
    """
    last = assertions.drop_duplicates("entity_id", keep="last")
    gone = last.loc[last["retracted"].to_numpy(dtype=bool), "entity_id"]
    said = assertions[~assertions["retracted"].to_numpy(dtype=bool)]
    said = said.drop_duplicates("entity_id", keep="last")
    return said.assign(withdrawn=said["entity_id"].isin(gone))
