"""What was read from a report: drafts that an analyst corrects and accepts, each with its evidence.

Every record is frozen and holds plain values only, so that it can be stored, compared and shown;
:func:`geo.exchange.drafts.as_plain` writes them as JSON.  Positions count characters of
``Report.text``: ``text[start:end] == quote``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from geo.columns import CLAIM_FIELDS
from geo.i18n import Message
from geo.records import AssertionKind, Attribution, Candidate, Category, DatePrecision, Placement

DRAFT_FIELDS = ("attackers", "vehicles")
"""What a report may count besides the claims of the ledger: attackers; vehicles in a convoy."""
FIELDS = (*CLAIM_FIELDS, *DRAFT_FIELDS)


class Weapon(StrEnum):
    """What was used; an incident may name several."""

    IED = "ied"
    MINE = "mine"
    VBIED = "vbied"
    DRONE = "drone"
    SHELLING = "shelling"
    SMALL_ARMS = "small_arms"


class LinkKind(StrEnum):
    """How two incidents of a report belong together (``geo.columns.LINK_KINDS``)."""

    RETALIATION = "retaliation"
    FOLLOW_UP = "follow_up"
    SAME_CAMPAIGN = "same_campaign"
    POSSIBLE_DUPLICATE = "possible_duplicate"


class ConcernCode(StrEnum):
    """What an editor would ask about."""

    WEEKDAY = "weekday"
    FALLING_TOLL = "falling_toll"
    TOTAL_BELOW_PARTS = "total_below_parts"
    DIFFERENT_TOLLS = "different_tolls"
    ABROAD = "abroad"
    SET_ASIDE = "set_aside"
    NO_PUBLICATION_DATE = "no_publication_date"
    FUTURE_DATE = "future_date"
    SHORTENED = "shortened"
    UNKNOWN_PLACE = "unknown_place"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the report that something rests on.

    Parameters
    ----------
    start, end
        Positions in the report's text, half open.
    quote
        ``text[start:end]``.
    """

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """One source's statement of a number.

    Parameters
    ----------
    field
        One of :data:`FIELDS`.
    low, best, high
        Whole numbers; “at least N” is low and best, “more than N” low, “up to N” high; all ``None``
        when stated without a figure.
    unit_group
        Whom or whose it counts (``geo.columns.UNIT_GROUPS``).
    stated_by, source
        Who stated it as a code (``geo.columns.CLAIMANTS``) and in the report's words; the report
        itself (``media``, no words) when it names nobody.
    stated_on
        The day of the statement where the report tells it.
    provisional
        Whether it is called provisional.
    order
        Place among the claims of its field, as they were made in time, from 1.
    evidence
        Where it stands.
    """

    field: str
    low: int | None
    best: int | None
    high: int | None
    unit_group: str
    stated_by: str
    source: str
    stated_on: date | None
    provisional: bool
    order: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DraftActor:
    """A group that takes part in an incident.

    Parameters
    ----------
    name
        The name that the actor list folds its aliases to.
    written
        The words of the report.
    attribution
        How its part is known.
    evidence
        Where it stands.
    """

    name: str
    written: str
    attribution: Attribution
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Where something was, as a report tells it.

    Parameters
    ----------
    phrase
        The words about the place, those of several sentences parted by commas; empty when none.
    country, admin1, name
        Country (ISO 3166-1 alpha-2), first-level region and place as the gazetteer spells them;
        empty when not known.
    placement
        The distribution; ``None`` when the words do not carry one.
    unresolved_reason
        Why there is no placement.
    candidates
        Places that the names may mean, for a person to choose from.
    evidence
        The phrases.
    """

    phrase: str
    country: str
    admin1: str
    name: str
    placement: Placement | None
    unresolved_reason: Message | None
    candidates: tuple[Candidate, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftDay:
    """When something was.

    Parameters
    ----------
    start, end
        It lies between these days, both included; ``None`` when not known.
    precision
        How sure that is.
    time_of_day
        ``14:00`` or a part of the day in one word (dawn, morning, noon, afternoon, evening,
        night); empty when not told.
    evidence
        The expressions.
    """

    start: date | None
    end: date | None
    precision: DatePrecision
    time_of_day: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftIncident:
    """An incident that a report tells of.

    Parameters
    ----------
    key
        Its name within the report: ``i1``, ``i2`` …
    day, place
        When and where.
    category, weapons, ied
        What kind; whether any explosive device is reported.
    perpetrators
        Named groups, those best attested first.
    target, target_text
        Code (``geo.columns.TARGETS``; empty when not told) and the report's words.
    escort
        Who escorted the target.
    claims
        Numbers, each with who stated it.
    evidence
        The sentences that tell of it.
    """

    key: str
    day: DraftDay
    place: DraftPlace
    category: Category
    weapons: tuple[Weapon, ...]
    ied: bool
    perpetrators: tuple[DraftActor, ...]
    target: str
    target_text: str
    escort: tuple[DraftActor, ...]
    claims: tuple[DraftClaim, ...]
    evidence: tuple[Evidence, ...]

    @property
    def attribution(self) -> Attribution:
        """How the perpetrator is known: of the best attested one."""
        return self.perpetrators[0].attribution if self.perpetrators else Attribution.UNKNOWN


@dataclass(frozen=True, slots=True)
class DraftAssertion:
    """What a report states about a stretch of road.

    Parameters
    ----------
    key
        Its name within the report: ``r1`` …
    place
        The stretch, or the town.
    axis_from, axis_to, road
        Ends of the stretch and road number; equal ends for a town.
    kind, actor, affected, amount_text
        As in ``geo.records.ASSERTION_COLUMNS``.
    valid
        Since when and until when it held, as far as told.
    stated_by
        The source's words; empty when the report itself states it.
    evidence
        The sentence.
    """

    key: str
    place: DraftPlace
    axis_from: str
    axis_to: str
    road: str
    kind: AssertionKind
    actor: str
    affected: str
    amount_text: str
    valid: DraftDay
    stated_by: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class AreaStatement:
    """What a report says a group does in an area, again and again.

    Parameters
    ----------
    key
        Its name within the report: ``a1`` …
    actor
        The group, as the actor list names it.
    activity
        ``ied`` or another category's word; ``controlled``, ``taxed``, ``blockade``; ``active`` when
        only its presence is told.
    place
        The area.
    evidence
        The sentence.
    """

    key: str
    actor: str
    activity: str
    place: DraftPlace
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DraftLink:
    """How two incidents of a report belong together, the earlier one first.

    Parameters
    ----------
    from_key, to_key
        Keys of the incidents.
    kind
        How.
    likely
        True when the report itself is not sure.
    evidence
        The sentence.
    """

    from_key: str
    to_key: str
    kind: LinkKind
    likely: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Concern:
    """What an editor would ask about.

    Parameters
    ----------
    code
        Which kind.
    message
        The sentence for a person.
    about
        Key of the incident or assertion; empty when it concerns the report.
    evidence
        Where it stands.
    """

    code: ConcernCode
    message: Message
    about: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A report's own metadata.

    Parameters
    ----------
    published
        Its day; ``None`` when neither the text nor the caller tells.
    locations
        Countries as the report names them.
    topics
        As listed.
    language
        ``en`` or ``fr``.
    title
        Empty when there is none.
    """

    published: date | None
    locations: tuple[str, ...]
    topics: tuple[str, ...]
    language: str
    title: str


@dataclass(frozen=True, slots=True)
class Report:
    """A text and all that was read from it.

    Parameters
    ----------
    text
        What positions count in.
    head
        Metadata.
    incidents, assertions, areas, links, concerns
        Drafts, in the order of the text.
    """

    text: str
    head: Head
    incidents: tuple[DraftIncident, ...] = field(default=())
    assertions: tuple[DraftAssertion, ...] = field(default=())
    areas: tuple[AreaStatement, ...] = field(default=())
    links: tuple[DraftLink, ...] = field(default=())
    concerns: tuple[Concern, ...] = field(default=())
