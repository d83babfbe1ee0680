"""Everything known about one incident: its claims in order and the incidents linked to it."""

from __future__ import annotations

import pandas as pd

from geo.snapshot import Snapshot

#: Order in which a reader wants the fields of claims; others follow.
_FIELD_ORDER = ("killed", "injured", "missing", "abducted", "casualties")


def claims_of(snapshot: Snapshot, incident_id: str) -> pd.DataFrame:
    """Return the claims about one incident: by field, people first, then as they became known.

    Parameters
    ----------
    snapshot
        What was known.
    incident_id
        The incident.
    """
    claims = snapshot.claims[snapshot.claims["incident_id"] == incident_id]
    rank = {field: number for number, field in enumerate(_FIELD_ORDER)}
    order = claims["field"].astype(str).map(lambda field: rank.get(field, len(rank)))
    return (
        claims.assign(_rank=order)
        .sort_values(["_rank", "field", "known_on", "publisher"], kind="stable")
        .drop(columns="_rank")
    )


def links_of(snapshot: Snapshot, incident_id: str) -> pd.DataFrame:
    """Return the links of one incident.

    Parameters
    ----------
    snapshot
        What was known.
    incident_id
        The incident.

    Returns
    -------
    pandas.DataFrame
        The links' columns, ``other_id`` (the incident at the other end) and ``earlier`` (that one
        came first).
    """
    links = snapshot.links
    earlier = links[links["to_incident_id"] == incident_id]
    later = links[links["from_incident_id"] == incident_id]
    return pd.concat(
        [
            earlier.assign(other_id=earlier["from_incident_id"], earlier=True),
            later.assign(other_id=later["to_incident_id"], earlier=False),
        ]
    )
