"""From a story to a draft: when, where, what, who, whom, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from geo.records import DatePrecision
from geo.reports.actors import actors
from geo.reports.categories import categorise
from geo.reports.claims import claims
from geo.reports.dates import Days, resolve
from geo.reports.escorts import escort
from geo.reports.mentions import Mention, disowned
from geo.reports.plaintext import Plain
from geo.reports.records import DraftDay, DraftIncident, Evidence
from geo.reports.roles import by_state, perpetrators
from geo.reports.stories import Story
from geo.reports.targets import target
from geo.reports.told import Told
from geo.reports.where import Places

_TOLD_WITHIN = timedelta(days=6)
"""How long before it is told of an incident is taken to have been."""


def draft_incident(
    plain: Plain, places: Places, story: Story, report: date | None
) -> DraftIncident:
    """Return what the mentions of a story tell together.

    Parameters
    ----------
    plain, places
        The text, and what places its phrases.
    story
        The mentions of one incident.
    report
        The day that the report counts from.
    """
    told = story.mentions
    hits = [actor for m in told for actor in actors().find(plain, m.start, m.end)]
    countries = tuple(dict.fromkeys(hit.actor.country for hit in hits if hit.actor.country))
    countries = tuple({m.under for m in told if m.under}) or countries
    place = places.locate(story.phrases, countries if len(countries) == 1 else ())
    nation = place.country or (places.countries[0] if len(places.countries) == 1 else "")
    category, weapons, ied = categorise(plain, told)
    guarded = escort(plain, told, nation)
    ascribing = [mention for mention in told if not disowned(plain, mention.sentence)]
    by_whom = perpetrators(plain, ascribing, nation)
    code, words_of = target(plain, told, escort=guarded, by_state=by_state(by_whom))
    clocks = [m.clock for m in told if m.clock and (m.hits or m.told or m.tolls)]
    clock = next((one for one in clocks if ":" in one.code), next(iter(clocks), None))
    days, dated_by = _days(story, report)
    return DraftIncident(
        story.key,
        DraftDay(
            days.start if days else None,
            days.end if days else None,
            days.precision if days else DatePrecision.YEAR,
            clock.code if clock else "",
            tuple(plain.evidence(t.start, t.end) for t in dated_by),
        ),
        place, category, weapons, ied,
        by_whom, code, words_of, guarded.forces,
        claims(plain, told, report, days),
        _sentences(plain, told),
    )  # fmt: skip


def _days(story: Story, report: date | None) -> tuple[Days | None, Sequence[Told]]:
    """Return when an incident was; without a day of its own it was in the week before it was told.

    “The rebels said on Sunday that they had killed …” leaves open on which day they did.
    """
    if story.days is not None:
        return story.days, story.told
    for told in (told for mention in story.mentions for told in mention.said):
        days = resolve(told, report)
        if days is not None and days.precision is DatePrecision.DAY:
            return Days(days.end - _TOLD_WITHIN, days.end, DatePrecision.WEEK), (told,)
    clocks = [mention.clock for mention in story.mentions if mention.hits]
    if report is not None and any(one is not None and ":" in one.code for one in clocks):
        # A message: “around 3 pm they stopped four tankers” is today.
        return Days(report, report, DatePrecision.DAY), ()
    return None, story.told


def _tells(plain: Plain, mention: Mention) -> bool:
    if "habitual" in mention.flags and not mention.told:
        return False
    facts = mention.told or mention.tolls or mention.precise or mention.clock
    named = any(hit.actor.named for hit in actors().find(plain, mention.start, mention.end))
    return bool(facts) or (bool(mention.hits) and named)


def _sentences(plain: Plain, told: Sequence[Mention]) -> tuple[Evidence, ...]:
    """Return the sentences that tell something of an incident, general remarks left out."""
    telling = [m for n, m in enumerate(told) if n == 0 or _tells(plain, m)]
    # How it was done is told beside who and where, general remarks apart from it.
    near = {m.sentence.paragraph for m in telling}
    telling += [m for m in told if m.hits and m.sentence.paragraph in near]
    spans = dict.fromkeys((m.sentence.start, m.sentence.end) for m in telling)
    return tuple(plain.evidence(start, end) for start, end in sorted(spans))
