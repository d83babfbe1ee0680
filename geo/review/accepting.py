"""Decisions that enter the ledger: all of them or none, and never over what stands there.

A new incident, its claims, a road assertion and a link become lines by the ledger's own rules
(`geo.store.knowledge`), with what the report itself dates: a claim is known on the day of the
statement where the report tells it, else on the day of the report, an incident from the first of
these or the report.  Merging into an incident adds claims; where the report knew of the incident
earlier than the ledger did, the incident is said again, word for word, with the earlier day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pandas as pd
from sqlalchemy import Connection, select

from geo.columns import CLAIMS, INCIDENTS, LINKS, iso_day
from geo.i18n import message
from geo.records import Fault, InputError
from geo.review import checking
from geo.review.batch import Batch, add_claims, first_known
from geo.review.filling import COLUMNS, Part
from geo.review.library import Deed, Library, record, unmoved
from geo.review.records import Act, Dossier, DraftItem, DraftKind, State
from geo.review.weighing import Weighed
from geo.store import knowledge
from geo.store.assertions import Act as AssertionAct
from geo.store.assertions import Draft, next_id, prepare
from geo.store.correcting import cells_of, incident_values
from geo.store.frames import LedgerFrames
from geo.store.knowledge import Known
from geo.store.lines import LineKind, standing, to_lines
from geo.store.schema import LINE


@dataclass(frozen=True, slots=True)
class Decision:
    """A draft that an analyst lets into the ledger.

    Parameters
    ----------
    key
        Of the draft.
    into
        Incident of the ledger that it tells of; empty for a new one.
    take
        Of a merge: parts of the incident that the draft tells and that are to be taken over.
    """

    key: str
    into: str = ""
    take: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """What entered the ledger.

    Parameters
    ----------
    entities
        Entity of the ledger by key of the draft.
    line_ids
        Numbers of the new lines.
    weighed
        What became of the claims of each draft, in their order, by its key.
    links_held
        How many links the ledger held already.
    """

    entities: Mapping[str, str]
    line_ids: tuple[int, ...]
    weighed: Mapping[str, tuple[Weighed, ...]]
    links_held: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What decisions would come to, with nothing recorded.

    Parameters
    ----------
    entities
        Entity of the ledger by key of the draft; a new one's id may be taken by then.
    weighed
        What would become of the claims of each draft, in their order, by its key.
    faults
        Everything that keeps them from being recorded; `Fault.file` is a draft's key.
    """

    entities: Mapping[str, str]
    weighed: Mapping[str, tuple[Weighed, ...]]
    faults: tuple[Fault, ...]


def plan(frames: LedgerFrames, dossier: Dossier, decisions: Sequence[Decision]) -> Plan:
    """Return what decisions would come to.

    Parameters
    ----------
    frames
        The ledger.
    dossier, decisions
        As `accept` takes them.
    """
    batch = _decided(frames, dossier, decisions)
    return Plan(_own(batch), batch.weighed, tuple(batch.faults))


def accept(
    library: Library,
    dossier: Dossier,
    decisions: Sequence[Decision],
    by: str,
    *,
    frames: LedgerFrames | None = None,
) -> Accepted:
    """Let drafts into the ledger, all of them or none.

    Parameters
    ----------
    library
        Where the report lies, and through it the ledger.
    dossier
        The report, as the analyst saw it.
    decisions
        Drafts that wait.  A link needs both ends decided before or in the same call.
    by
        Who records it.
    frames
        Of the ledger, read before: only what was appended since is read.

    Returns
    -------
    Accepted
        What the drafts have become.

    Raises
    ------
    InputError
        With every fault of every draft (`Fault.file` is its key) and of the source; or when
        somebody else has acted meanwhile, or the database refuses.  Nothing is recorded then.
    """
    batch = _decided(library.ledger.frames(since=frames), dossier, decisions)
    if not by.strip():
        batch.faults.append(Fault(None, "recorded_by", message("Say who records it.")))
    if batch.faults:
        raise InputError(batch.faults)

    def alongside(connection: Connection) -> None:
        unmoved(connection, dossier)
        _refuse_taken(connection, batch.fresh)
        record(connection, dossier.report_id, batch.deeds, by)

    if not batch.lines:  # The ledger held all of it already.
        library.act(dossier, batch.deeds, by)
        return Accepted(_own(batch), (), batch.weighed, batch.links_held)
    line_ids = library.ledger.append(batch.lines, by.strip(), alongside=alongside)
    return Accepted(_own(batch), tuple(line_ids), batch.weighed, batch.links_held)


def _own(batch: Batch) -> dict[str, str]:
    """Return what the drafts of this batch have become."""
    return {deed.item: batch.entities[deed.item] for deed in batch.deeds}


def _decided(frames: LedgerFrames, dossier: Dossier, decisions: Sequence[Decision]) -> Batch:
    batch = _batch(frames, dossier)
    batch.faults += checking.check_source(dossier.source, batch.today)
    items = _items(batch, decisions)
    published = iso_day(dossier.source.published)
    if published is not None:
        for item, decision in items:
            _take(batch, item, decision, published)
    return batch


def _batch(frames: LedgerFrames, dossier: Dossier) -> Batch:
    held = frames.standing_incidents
    there = set(held["incident_id"].to_numpy())
    decided = {
        one.item.key: one.entity_id
        for one in dossier.standings
        if one.state in (State.ACCEPTED, State.MERGED) and one.entity_id in there
    }
    return Batch(
        dossier,
        frames,
        datetime.now(UTC).date(),
        checking.Naming(set(frames.incidents["incident_id"].to_numpy())),
        held.set_index("incident_id", drop=False),
        frames.assertions,
        dict.fromkeys(there, "") | decided,
    )


def _items(batch: Batch, decisions: Sequence[Decision]) -> list[tuple[DraftItem, Decision]]:
    """Return the drafts in the order in which they can be recorded: links last."""
    waiting = {one.item.key: one.item for one in batch.dossier.waiting}
    found = []
    for decision in decisions:
        if decision.key in waiting:
            found.append((waiting[decision.key], decision))
        else:
            text = message("This draft does not wait any more. Look at the report again.")
            batch.faults.append(checking.about_draft(decision.key, text))
    return sorted(found, key=lambda pair: pair[0].kind is DraftKind.LINK)


def _take(batch: Batch, item: DraftItem, decision: Decision, published: date) -> None:
    faults: list[Fault] = []
    if item.kind is DraftKind.ASSERTION:
        entity = _assertion(batch, item, faults)
    elif item.kind is DraftKind.LINK:
        entity = _link(batch, item, published, faults)
    elif decision.into:
        entity = _merge(batch, item, decision, published, faults)
    else:
        entity = _incident(batch, item, published, faults)
    batch.faults += checking.of_draft(item.key, faults)
    if faults:
        return
    batch.entities[item.key] = entity
    act = Act.MERGE if decision.into else Act.ACCEPT
    weighed = batch.weighed.get(item.key, ())
    told = {"entity_id": entity, "claims": [[one.fate, one.line.entity_id] for one in weighed]}
    batch.deeds.append(Deed(act, item.key, told if weighed else {"entity_id": entity}))


def _incident(batch: Batch, item: DraftItem, published: date, faults: list[Fault]) -> str:
    values = checking.incident_values(item, batch.dossier.source, faults)
    claims = checking.claim_values(item, batch.dossier, "-", faults)
    if faults:
        return ""
    own = batch.naming.of(values)
    frame = checking.one_row(
        INCIDENTS, {**values, "incident_id": own, "report_id": str(batch.dossier.report_id)}
    )
    told = checking.rows(CLAIMS, [{**one, "incident_id": own} for one in claims])
    claims_known = knowledge.claims_known(told, frame, batch.today)
    known = first_known(frame, claims_known, published, batch.today)
    batch.known_on[own] = known
    valid = frame["date_start"], frame["date_end"]
    batch.lines += to_lines(LineKind.INCIDENT, frame, known, *valid)
    batch.fresh.append((LineKind.INCIDENT, own))
    add_claims(batch, item.key, told, frame, claims_known)
    return own


def _merge(
    batch: Batch, item: DraftItem, decision: Decision, published: date, faults: list[Fault]
) -> str:
    into = decision.into
    if into not in batch.incidents.index:
        text = message("There is no incident {id} in the ledger, or it was withdrawn.", id=into)
        faults.append(Fault(None, None, text))
        return ""
    claims = checking.claim_values(item, batch.dossier, into, faults)
    filled = _filled(batch, item, decision, faults)
    if faults:
        return ""
    held = batch.incidents.loc[[into]]
    frame = held[[column.name for column in INCIDENTS]].reset_index(drop=True)
    told = checking.rows(CLAIMS, claims)
    claims_known = knowledge.claims_known(told, frame, batch.today)
    add_claims(batch, item.key, told, frame, claims_known)
    first = first_known(frame, claims_known, published, batch.today)
    batch.known_on[into] = Known(
        held["known_on"].reset_index(drop=True), held["known_assumed"].reset_index(drop=True)
    )
    if first.on.iloc[0] < held["known_on"].iloc[0]:
        valid = frame["date_start"], frame["date_end"]
        batch.lines += to_lines(LineKind.INCIDENT, frame, first, *valid)
        batch.known_on[into] = first
    if filled is not None:
        # What the report tells besides is known from its own day on, not since the first report.
        late = max(pd.Timestamp(published), filled["date_start"].iloc[0])
        on = pd.Series([late], filled.index, dtype="datetime64[us]")
        known = Known(on, pd.Series([False], filled.index))
        batch.lines += to_lines(
            LineKind.INCIDENT, filled, known, filled["date_start"], filled["date_end"]
        )
    return into


def _filled(
    batch: Batch, item: DraftItem, decision: Decision, faults: list[Fault]
) -> pd.DataFrame | None:
    """Return the incident with the parts that are taken over, ``None`` when none are."""
    if not decision.take:
        return None
    cells = cells_of(batch.frames.incidents, decision.into)
    for part in decision.take:
        cells |= {name: item.cells.get(name, "") for name in COLUMNS[part]}
    values = incident_values(cells, faults)
    return checking.one_row(INCIDENTS, {**values, "incident_id": decision.into})


def assertion_cells(item: DraftItem, dossier: Dossier) -> dict[str, str]:
    """Return the cells with which a drafted road assertion is recorded, its id left open."""
    source = dossier.source
    cells = {
        **item.cells,
        "publisher": source.publisher,
        "url": source.url,
        "published_on": source.published,
        "report_id": str(dossier.report_id),
    }
    cells["stated_by"] = cells.get("stated_by", "").strip() or source.publisher
    for name in ("reliability", "credibility"):
        cells[name] = cells.get(name, "").strip() or getattr(source, name)
    return cells


def _assertion(batch: Batch, item: DraftItem, faults: list[Fault]) -> str:
    cells = assertion_cells(item, batch.dossier)
    cells["assertion_id"] = next_id(batch.assertions, cells.get("country", ""))
    try:
        prepared = prepare(Draft(AssertionAct.ADD, cells), batch.assertions, batch.today)
    except InputError as error:
        faults += error.faults
        return ""
    own = cells["assertion_id"]
    # The next draft of this batch must not get the same number.
    row = prepared.record.assign(entity_id=own, retracted=False)
    batch.assertions = pd.concat([batch.assertions, row])
    batch.lines.append(prepared.line)
    batch.fresh.append((LineKind.ASSERTION, own))
    return own


def _link(batch: Batch, item: DraftItem, published: date, faults: list[Fault]) -> str:
    ends = {key: own or key for key, own in batch.entities.items()}
    values = checking.link_values(item, batch.dossier, ends, faults)
    if faults:
        return ""
    frame = checking.one_row(LINKS, values)
    known = [_known(batch, values[name]) for name in ("from_incident_id", "to_incident_id")]
    days = [one.on.iloc[0] for one in known] + [pd.Timestamp(published)]
    on = pd.Series([max(days)], frame.index, dtype="datetime64[us]")
    no = pd.Series([False], frame.index)
    open_ = pd.Series([pd.NaT], frame.index, dtype="datetime64[us]")
    (line,) = to_lines(LineKind.LINK, frame, Known(on, no), on, open_)
    if line.entity_id in set(standing(batch.frames.links)["entity_id"]):
        batch.links_held += 1
    else:
        batch.lines.append(line)
    return line.entity_id


def _known(batch: Batch, incident_id: str) -> Known:
    if incident_id in batch.known_on:
        return batch.known_on[incident_id]
    held = batch.incidents.loc[[incident_id]]
    return Known(held["known_on"], held["known_assumed"])


def _refuse_taken(connection: Connection, fresh: Sequence[tuple[LineKind, str]]) -> None:
    """Refuse when another writer has just used an id that was to be new."""
    query = select(LINE.c.kind, LINE.c.entity_id).where(
        LINE.c.entity_id.in_([entity for _, entity in fresh])
    )
    taken = {(LineKind(kind), entity) for kind, entity in connection.execute(query)}
    if taken & set(fresh):
        text = message("Somebody else has just recorded the same. Look at the report again.")
        raise InputError([Fault(None, None, text)])
