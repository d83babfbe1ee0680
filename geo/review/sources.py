"""Say anew whose report it is; another day of publication makes the text's days others."""

from __future__ import annotations

from enum import StrEnum

from geo.atlas import Atlas
from geo.columns import iso_day
from geo.review.drafting import draft
from geo.review.library import Library
from geo.review.records import Dossier, Source


class Effect(StrEnum):
    """What became of the drafts."""

    NONE = "none"
    READ_AGAIN = "read_again"
    LEFT = "left"


def set_source(library: Library, dossier: Dossier, source: Source, atlas: Atlas, by: str) -> Effect:
    """Set a report's source and rating.

    "On Friday" depends on the day of publication.  When that changes, the text is read again as
    long as nobody has worked on its drafts; afterwards they are left as they are.

    Parameters
    ----------
    library, dossier
        The report, as the analyst saw it.
    source
        What is said of it now.
    atlas
        What is known of the land.
    by
        Who says it.

    Returns
    -------
    Effect
        Whether the drafts changed, or should be looked at because they did not.

    Raises
    ------
    InputError
        When nobody is named or somebody else has acted meanwhile.
    """
    day = iso_day(source.published)
    if day is None or source.published == dossier.source.published:
        library.set_source(dossier, source, by)
        return Effect.NONE
    fresh = [one.item for one in dossier.waiting] == list(dossier.reading.items)
    if not fresh:
        library.set_source(dossier, source, by)
        return Effect.LEFT
    reading, _own = draft(dossier.text, atlas, day, source.title)
    library.read_again(dossier, reading, source, by)
    return Effect.READ_AGAIN
