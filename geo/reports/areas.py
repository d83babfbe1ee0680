"""What a report says a group does in an area again and again: no incident, but knowledge."""

from __future__ import annotations

from collections.abc import Sequence

from geo.reports.actors import actors
from geo.reports.mentions import Mention
from geo.reports.phrases import Part
from geo.reports.plaintext import Plain
from geo.reports.records import AreaStatement
from geo.reports.sentences import Sentence
from geo.reports.vocabulary import words
from geo.reports.where import Places


def area_statements(
    plain: Plain, places: Places, sentence: Sentence, told: Sequence[Mention]
) -> list[AreaStatement]:
    """Return one statement for each area that a group is said to be active in, without keys."""
    habitual = any("habitual" in mention.flags for mention in told)
    active = words("active").first(plain, sentence.start, sentence.end)
    dated = any(one.day is not None for mention in told for one in mention.told)
    if dated or active is None or not (habitual or active):
        return []
    named = actors().find(plain, sentence.start, sentence.end)
    armed = [hit for hit in named if not hit.actor.state and hit.actor.kind != "unknown"]
    who = [hit for hit in armed if hit.actor.named] or armed
    if not who:
        return []
    codes = [hit.code for mention in told for hit in mention.hits]
    activity = next(("ied" if code == "blast" else code for code in codes), "active")
    phrases = [p for m in told for p in m.phrases if p.precise and p.part is not Part.ASIDE]
    evidence = (plain.evidence(sentence.start, sentence.end),)
    return [
        AreaStatement("", who[0].actor.name, activity, place, evidence)
        for phrase in phrases
        for place in places.areas(phrase)
    ]
