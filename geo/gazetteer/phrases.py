"""From a phrase to a placement: “near Kobé, about 30 km from Gao, between Gao and Ansongo”."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from geo.atlas import Atlas
from geo.gazetteer.folding import fold, plain
from geo.gazetteer.grammar import read
from geo.gazetteer.land import Land, land_of
from geo.gazetteer.lexicon import LONGEST_NAME
from geo.gazetteer.reading import Closeness, Name, Reading, Subject
from geo.gazetteer.solving import Result, solve
from geo.gazetteer.vocabulary import GRAMMAR_WORDS

__all__ = ["Result", "geocode", "whole_name"]


def geocode(
    text: str,
    atlas: Atlas,
    country: str | None = None,
    adm1: str | None = None,
    *,
    others: Iterable[str] = (),
) -> Result:
    """Place a phrase in English or French.

    Parameters
    ----------
    text
        A name or what a report says: near X, N km from X towards Y, between X and Y, the X–Y
        road, RN17, a region, a country, or several of these together.
    atlas
        What is known of the land.
    country, adm1
        Country (ISO 3166-1 alpha-2) and first-level region, when known from elsewhere.
    others
        Other names of the same report: they only help to tell homonyms apart.

    Returns
    -------
    Result
        The placement, or the reason why there is none, with the candidates of each name.
    """
    land = land_of(atlas)
    reading = whole_name(text, land) or read(text, land.lexicon)
    words = plain(text).split()
    nameless = reading == Reading() and not GRAMMAR_WORDS & set(words)
    if nameless and 0 < len(words) <= LONGEST_NAME:
        # A short text without any known word is taken for a misspelt or unknown name.
        reading = Reading(subjects=(Subject(Name(text.strip()), Closeness.AT),))
    reading = replace(reading, context=(*reading.context, *map(Name, others)))
    return solve(reading, land, country, adm1)


def whole_name(text: str, land: Land) -> Reading | None:
    """Return the reading of a text that is the name of a place and nothing else."""
    key = fold(text)
    if key not in land.lexicon.places or key in land.lexicon.regions:
        return None
    return Reading(subjects=(Subject(Name(text.strip()), Closeness.AT),))
