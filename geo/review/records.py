"""What an analyst works on: a report of the library, its drafts, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from geo.i18n import Message
from geo.reports.records import Evidence


class DraftKind(StrEnum):
    """What a draft becomes in the ledger."""

    INCIDENT = "incident"
    ASSERTION = "assertion"
    LINK = "link"


class Act(StrEnum):
    """What is done to a report or one of its drafts."""

    READ = "read"
    SOURCE = "source"
    REVISE = "revise"
    SPLIT = "split"
    ACCEPT = "accept"
    MERGE = "merge"
    REJECT = "reject"
    REOPEN = "reopen"


class State(StrEnum):
    """What became of a draft."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    MERGED = "merged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Source:
    """Whose report it is and how far they are believed, as the analyst says.

    Parameters
    ----------
    title, publisher, url
        Of the report.
    published
        Its day, ``2025-02-12``.
    reliability, credibility
        The Admiralty code: A to F, 1 to 6; empty while nobody has judged.
    locations, topics
        As the report names them, or the analyst.
    language
        ``en`` or ``fr``.
    """

    title: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    reliability: str = ""
    credibility: str = ""
    locations: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim of a drafted incident.

    Parameters
    ----------
    cells
        Text by column of `geo.columns.CLAIMS`; ``stated_on`` is the day of the statement where the
        report tells it.
    evidence
        Where it stands in the text.
    """

    cells: Mapping[str, str]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftItem:
    """A draft as an analyst edits it.

    Parameters
    ----------
    key
        Its name within the report: ``i1``, ``r2``, ``l1`` …
    kind
        What it becomes.
    cells
        Text by column of the ledger.  The ends of a link are keys of drafted incidents, or ids of
        incidents of the ledger.
    claims
        Of an incident.
    evidence
        What it rests on in the text.
    """

    key: str
    kind: DraftKind
    cells: Mapping[str, str]
    claims: tuple[Stated, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A warning, or what the report says of an area: shown beside the drafts, never recorded.

    Parameters
    ----------
    message
        The sentence.
    about
        Key of the draft; empty when it concerns the report.
    evidence
        Where it stands.
    """

    message: Message
    about: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a text at one time.

    Parameters
    ----------
    items
        Drafts.
    warnings, areas
        What an editor would ask about; what is said of whole areas.
    """

    items: tuple[DraftItem, ...] = ()
    warnings: tuple[Remark, ...] = ()
    areas: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A draft and what became of it.

    Parameters
    ----------
    item
        As it was last revised.
    state
        Waiting until somebody decided.
    entity_id
        Of the ledger, once it is accepted or merged.
    reason
        Why it was rejected, or why a decision was taken back.
    by, at
        Who decided or took it back, when (UTC); ``None`` when nobody did.
    claims
        What became of its claims, in their order: fate (`geo.review.weighing.Fate`) and the claim
        of the ledger that it became or that said the same.
    """

    item: DraftItem
    state: State = State.WAITING
    entity_id: str = ""
    reason: str = ""
    by: str = ""
    at: datetime | None = None
    claims: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """A report of the library with everything that was decided about it.

    Parameters
    ----------
    report_id
        Its number.
    name, text
        Name of the file (empty when pasted) and the text as it came in.
    added_by, added_at
        Who took it in, when (UTC).
    source
        As last set.
    reading
        As last read; ``standings`` has the drafts as they are now.
    standings
        Drafts in the order of the text, those of a split one after it.
    seen
        Number of the last act that this dossier knows; what is decided on it is refused when
        somebody else has acted since.
    """

    report_id: int
    name: str
    text: str
    added_by: str
    added_at: datetime
    source: Source
    reading: Reading = field(default_factory=Reading)
    standings: tuple[Standing, ...] = ()
    seen: int = 0

    @property
    def waiting(self) -> tuple[Standing, ...]:
        """Drafts that nobody has decided on."""
        return tuple(one for one in self.standings if one.state is State.WAITING)

    def standing(self, key: str) -> Standing | None:
        """Return a draft by its key."""
        return next((one for one in self.standings if one.item.key == key), None)
