"""Harm that befell nobody: “no casualties”, “no one was killed”, “aucun n'a été blessé”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.reports.counting import HUMAN, Toll
from geo.reports.plaintext import Plain
from geo.reports.vocabulary import Hit, words

_NOBODY = re.compile(
    r"(?<![\w'])(?:no one|nobody|none|neither|not (?:an?|one)(?: single)? [\w\-]+"
    r"|(?:no|aucune?|nul(?:le)?) (?!(?:fewer|less|more|longer|doubt)\b)[\w\-]+(?: [\w\-]+)??"
    r"|(?:personne|nul)(?= n')|pas une? seule? [\w\-]+|aucune?(?= n'))"
    r"(?: (?:of|des|de|d'entre) ?(?:the|its|their|his|ses|leurs|eux|elles|them)?"
    r"(?: [\w\-]+){0,2}?)?"
    r"(?:[ \n]+(?:n'|was|were|is|are|has|have|had|been|be|reported|reportedly|said|to|seriously|ne"
    r"|n'(?:a|ont|est|avait|etait|aurait|y)|a|ont|ete|est|sont|aurait|eu|gravement|grievement"
    r"|de)){0,5}"
    r"[ \n]+(?:(?:a|ont|ete|est|avait|aurait) )*$"
)
_OR = re.compile(r",? (?:or|nor|and|ni|ou|et)(?: (?:seriously|gravement|meme|even))? ")
_REACH = 80


def nobody(
    plain: Plain, start: int, end: int, harms: Sequence[Hit]
) -> tuple[list[Toll], list[tuple[int, int]]]:
    """Return the zeros that a clause states, and the stretches whose words count nobody.

    Parameters
    ----------
    plain, start, end
        A clause of the text.
    harms
        The words of harm in it.
    """
    if words("unsure").first(plain, start, end) is not None:
        return [], []
    found = []
    for hit in words("none").find(plain, start, end):
        fields = ("killed", "injured") if hit.code == "casualties" else (hit.code,)
        found += [Toll(hit.start, hit.end, field, None, 0, None, "all") for field in fields]
    for number, harm in enumerate(harms):
        before = _NOBODY.search(plain.text, max(start, harm.start - _REACH), harm.start)
        if harm.code not in HUMAN or before is None:
            continue
        chain = [harm]
        for after in harms[number + 1 :]:
            if after.code in HUMAN and _OR.fullmatch(plain.text, chain[-1].end, after.start):
                chain.append(after)
        spared = words("people").first(plain, before.start(), harm.start)
        group = spared.code if spared else "all"
        found += [
            Toll(before.start(), one.end, one.code, None, 0, None, group)
            for one in chain
            if not any(t.field == one.code and t.end > before.start() for t in found)
        ]
    return found, [(toll.start, toll.end) for toll in found]
