"""What a report says and does not stand for: denied, a rumour, only feared."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.vocabulary import words

NOTHING = "none"
"""The code of words that deny nothing but say that nothing was: “no attack”."""
_CAUSE = re.compile(
    r"\b(?:because of|due to|owing to|over|after|following|given|despite|amid|a cause d[eu]"
    r"|en raison d[eu]|suite a|apres|vu|face a|malgre)"
    r"(?: (?:the|la|le|les|des|un|une|l'))*(?: \w+)? ?$"
)
"""“Closed because of the threat of mines”: the threat is the reason, the closure is stated."""
_STATED = re.compile(r"[,;:]|\b(?:because|since|as|which|car|parce|puisque|qui)\b")
_REACH = 40


def refuted(plain: Plain, start: int, end: int) -> bool:
    """Return whether somebody denies something in a stretch of a text."""
    return any(hit.code != NOTHING for hit in words("denied").find(plain, start, end))


def doubt(plain: Plain, start: int, end: int, at: int) -> str:
    """Return why a statement is not believed: denied, rumour or hypothetical; else nothing.

    Parameters
    ----------
    plain, start, end
        A stretch of a text.
    at
        Where the statement stands in it; what it is feared for comes before.
    """
    if refuted(plain, start, end):
        return "denied"
    if words("rumour").first(plain, start, end):
        return "rumour"
    for hit in words("hypothetical").find(plain, start, min(at, end)):
        caused = _CAUSE.search(plain.text, max(start, hit.start - _REACH), hit.start)
        if not caused and not _STATED.search(plain.text, hit.end, at):
            return "hypothetical"
    return ""


def unheard(
    plain: Plain, told: Sequence[Mention], drafted: Collection[Mention]
) -> Iterator[Mention]:
    """Yield what is denied or a rumour and names a place, where nothing was drafted of it."""
    for mention in told:
        span = mention.start, mention.end
        rumour = "rumour" in mention.flags
        if mention not in drafted and mention.precise and (rumour or refuted(plain, *span)):
            yield mention
