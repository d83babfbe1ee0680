"""A decision taken back: what it recorded is withdrawn, and its draft waits again."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Connection

from geo.i18n import message
from geo.records import Fault, InputError
from geo.review.library import Deed, Library, record, unmoved
from geo.review.records import Act, Dossier, DraftKind, Standing, State
from geo.review.weighing import Fate
from geo.store.assertions import Act as AssertionAct
from geo.store.assertions import Draft, prepare
from geo.store.frames import LedgerFrames
from geo.store.lines import Line, LineKind, standing
from geo.store.withdrawing import noted, withdrawal


def take_back(
    library: Library, dossier: Dossier, key: str, reason: str, by: str
) -> tuple[int, ...]:
    """Withdraw what a draft brought into the ledger and let the draft wait again.

    Of a new incident that is the incident, with everything that others have said of it since; of a
    merge, the claims that it added.  What was withdrawn meanwhile stays so.

    Parameters
    ----------
    library, dossier
        The report, as the analyst saw it.
    key
        Of a draft that was recorded or merged.
    reason
        Why.
    by
        Who takes it back.

    Returns
    -------
    tuple of int
        Numbers of the new lines.

    Raises
    ------
    InputError
        Without a reason or a name, when the draft was not recorded, when somebody else has acted
        meanwhile, or when the database refuses.  Nothing is recorded then.
    """
    faults = []
    if not by.strip():
        faults.append(Fault(None, "recorded_by", message("Say who records it.")))
    if not reason.strip():
        faults.append(Fault(None, "reason", message("Say why it is taken back.")))
    one = dossier.standing(key)
    if one is None or one.state not in (State.ACCEPTED, State.MERGED):
        faults.append(Fault(None, None, message("This draft was not recorded.")))
    if faults or one is None:
        raise InputError(faults)
    today = datetime.now(UTC).date()
    lines = _lines(library.ledger.frames(), one, reason.strip()[:1000], by.strip()[:120], today)
    deeds = [Deed(Act.REOPEN, key, {"reason": reason.strip()[:1000]})]

    def alongside(connection: Connection) -> None:
        unmoved(connection, dossier)
        record(connection, dossier.report_id, deeds, by)

    if not lines:
        library.act(dossier, deeds, by)
        return ()
    return tuple(library.ledger.append(lines, by.strip(), alongside=alongside))


def _lines(frames: LedgerFrames, one: Standing, reason: str, by: str, today: date) -> list[Line]:
    kind, entity = one.item.kind, one.entity_id
    if kind is DraftKind.ASSERTION:
        if entity not in set(standing(frames.assertions)["entity_id"]):
            return []
        draft = Draft(AssertionAct.RETRACT, {"summary": reason}, entity)
        return [prepare(draft, frames.assertions, today).line]
    if kind is DraftKind.LINK:
        return withdrawal(frames, LineKind.LINK, [entity], today)
    if one.state is State.MERGED:
        added = [claim for fate, claim in one.claims if fate == Fate.ADDED]
        return withdrawal(frames, LineKind.CLAIM, added, today)
    why = message("Withdrawn on {day} by {who}: {why}", day=today, who=by, why=reason)
    found = withdrawal(frames, LineKind.INCIDENT, [entity], today)
    return [noted(line, why) for line in found]
