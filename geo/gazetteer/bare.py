"""Names alone: the place itself, or only mentioned with it."""

from __future__ import annotations

import re

from geo.gazetteer.drafting import Draft
from geo.gazetteer.patterns import OWNED
from geo.gazetteer.reading import Subject

_DATELINE = re.compile(
    r"\W*<p(\d+)>(?:,? ?(?:<[acp]\d+>(?: region)?|\([^()]{1,30}\))){0,3} ?(?::|- |-- )"
)
"""“GAO, Mali (AFP) - …”, “Djibo : …”: where news is from, if the text tells a place besides."""
_STANDING = (
    r"bridge|pont|camp|base|caserne|barracks|airport|aeroport|airstrip|aerodrome|mines?|forest|foret"
    r"|brigade|poste?|checkpoint|peage|hospital|hopital|school|ecole|church|eglise|mosque|mosquee"
    r"|port|bac|ferry|quartier|junction|carrefour|attack|attaque|ambush|embuscade|massacre|bataille"
    r"|battle|siege|prise|fall|chute|part|partie|sites?|localites?|hameau|dam|barrage|gare|station"
    r"|hills?|collines?|mares?|lac|lake|wells?|puits|prison|blocus|bombing|bombardement|frappe"
)
"""What stands where it is called after: “le pont de Konna” is at Konna."""
_OWNED = re.compile(rf"(?:^|(?<![a-z])(?!(?:{_STANDING}) )[a-z]+ )(?:of |from |de |du |des |d')$")
_OWNING = re.compile(rf"<p\d+> {OWNED}\b")
_LONGEST_OWNED = 24


def settle_bare(draft: Draft) -> tuple[Subject, ...]:
    """Take names alone for the place, unless they come after what bounds it: return those.

    So are what others belong to (“a convoy of Djibo”) and where news is from (“GAO, Mali: …”),
    where the text tells a place besides.
    """
    text = draft.skeleton.text
    bound_at = min(draft.bound_at, default=None)
    dateline = _DATELINE.match(text)
    stated = bound_at is not None or bool(draft.subjects)
    loose = []
    for number, position, subject in draft.bare:
        after = bound_at is not None and position > bound_at
        news = bound_at is not None and dateline is not None and dateline[1] == str(number)
        if after or news or (stated and _belongs(text, position)):
            loose.append(subject)
        else:
            draft.subjects.append((number, subject))
    return tuple(loose)


def _belongs(text: str, position: int) -> bool:
    """Return whether something else is of a name: “le maire de X”, “traders from X”."""
    before = max(0, position - _LONGEST_OWNED)
    return bool(_OWNED.search(text, before, position) or _OWNING.match(text, position))
