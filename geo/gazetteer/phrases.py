"""From a phrase to a placement: “near Kobé, about 30 km from Gao, between Gao and Ansongo”."""

from __future__ import annotations

from geo.atlas import Atlas
from geo.gazetteer.grammar import read
from geo.gazetteer.land import land_of
from geo.gazetteer.lexicon import LONGEST_NAME
from geo.gazetteer.reading import Closeness, Name, Reading, Subject
from geo.gazetteer.solving import Result, solve

__all__ = ["Result", "geocode"]


def geocode(text: str, atlas: Atlas, country: str | None = None, adm1: str | None = None) -> Result:
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

    Returns
    -------
    Result
        The placement, or the reason why there is none, with the candidates of each name.
    """
    land = land_of(atlas)
    reading = read(text, land.lexicon)
    if reading == Reading() and 0 < len(text.split()) <= LONGEST_NAME:
        # A short text without any known word is taken for a misspelt or unknown name.
        reading = Reading(subjects=(Subject(Name(text.strip()), Closeness.AT),))
    return solve(reading, land, country, adm1)
