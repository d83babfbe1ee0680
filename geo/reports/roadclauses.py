"""The parts of a sentence that state something about roads, each by itself.

“The A–B road is closed, and the C–D road is passable only with an escort” states two things of two
roads; what a part does not tell, the reader of roads takes from the part before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo.reports.concerned import concerned
from geo.reports.counting import HUMAN
from geo.reports.doubts import NOTHING
from geo.reports.mentions import Mention
from geo.reports.payments import pays, tolled
from geo.reports.phrases import Named, Phrase
from geo.reports.plaintext import Plain
from geo.reports.sentences import Sentence
from geo.reports.vocabulary import words

_CUT = re.compile(
    r"(?P<plainly>; |\. |,? (?:while|whereas|but|tandis qu(?:e |')|alors qu(?:e |')|mais) "
    r"|,? (?:and|et) (?=(?:the|all|no|every|any|its|their|les?|la|l'|tou(?:s|t|te)"
    r"|(?:plus )?aucune?"
    r"|leurs?|ses)(?:\b|(?<=')))|, (?:and|et) )"
    r"|,? (?:and|et) |, "
)
_AFTER = re.compile(
    r"\b(?:after|following|since|apres|depuis|suite a|a la suite d[eu])\b"
    r"(?: [\w\-]+){0,2} ?(?:l'|d')?$"
)
_REACH = 40
_OPEN = re.compile(r"\b(?:between|entre)\b(?!.*\b(?:and|et)\b)[^,;]*$", re.DOTALL)
"""“An agreement between the fighters and road users”: the list goes on."""
_SAYS = re.compile(
    r"\b(?:no|aucune?|nobody|plus personne|open|ouverte?s?|normale?|(?:in)?accessibles?"
    r"|(?:im)?passable|(?:im)?praticables?|avoid|calme?|fluide|ras|convo[iy]s?)\b|\bescort\w*"
)


@dataclass(frozen=True, eq=False)
class Clause:
    """A part of a sentence that is read by itself.

    Parameters
    ----------
    plain
        The text.
    sentence
        The sentence, with the start and end of the part.
    told
        The mentions that it overlaps.
    names
        The names of towns in the whole sentence.
    goes_on
        Whether it goes on with what a part before it began.
    acts
        Whether it has no subject of its own: “… and demand 20,000 francs”.
    """

    plain: Plain
    sentence: Sentence
    told: tuple[Mention, ...]
    names: tuple[Named, ...] = ()
    goes_on: bool = False
    acts: bool = False

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.sentence.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.sentence.end

    @property
    def phrases(self) -> list[Phrase]:
        """The places in it."""
        found = (phrase for mention in self.told for phrase in mention.phrases)
        return [phrase for phrase in found if self.start <= phrase.start < self.end]

    @property
    def spoken_from(self) -> list[Phrase]:
        """Where those are who state it."""
        return [phrase for mention in self.told for phrase in mention.spoken_from]

    @property
    def beside(self) -> list[Named]:
        """The names of towns in the rest of its sentence."""
        return [name for name in self.names if not self.holds(name.start)]

    @property
    def event(self) -> bool:
        """Whether it tells of an incident: when, or who came to harm; not “since the attack”."""
        return any(
            (mention.told or mention.tolls)
            and any(
                self.holds(start)
                and not _AFTER.search(self.plain.text, max(0, start - _REACH), start)
                for start in (*(hit.start for hit in mention.hits), *_harms(mention))
            )
            for mention in self.told
        )

    def holds(self, at: int) -> bool:
        """Return whether a position lies in it."""
        return self.start <= at < self.end

    def has(self, name: str) -> bool:
        """Return whether a word of a list stands in it."""
        return words(name).first(self.plain, self.start, self.end) is not None

    def codes(self, name: str) -> list[str]:
        """Return the codes of the words of a list that stand in it, each once."""
        hits = words(name).find(self.plain, self.start, self.end)
        return list(dict.fromkeys(hit.code for hit in hits))

    @property
    def concerned(self) -> list[str]:
        """The codes of the vehicles and road users named in it."""
        return concerned(self.plain, self.start, self.end)

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the first match of a pattern in it."""
        return pattern.search(self.plain.text, self.start, self.end)

    def says_nothing_was(self) -> bool:
        """Return whether it tells that nothing befell anybody: “no convoy was attacked”."""
        return any(
            hit.code == NOTHING for hit in words("denied").find(self.plain, self.start, self.end)
        ) or any(toll.best == 0 for mention in self.told for toll in mention.tolls)

    def pays(self) -> bool:
        """Return whether somebody pays in it."""
        return pays(self.plain, self.start, self.end)

    def tolled(self) -> bool:
        """Return whether those who pay in it are on the road."""
        return tolled(self.plain, self.start, self.end)


def clauses(plain: Plain, sentence: Sentence, told: Sequence[Mention]) -> Iterator[Clause]:
    """Yield the parts of a sentence: cut where both sides state something, and of what.

    A part that has no subject of its own (“… and demand 20,000 francs”) is cut off only where it
    names a place of its own.
    """
    spots = [p for m in told for p in (*m.phrases, *m.spoken_from) if p.precise]
    begin, acts = sentence.start, False
    for cut in _CUT.finditer(plain.text, sentence.start, sentence.end):
        if (
            cut.start() < begin
            or _OPEN.search(plain.text, begin, cut.start())
            or any(p.start < cut.end() and cut.start() < p.end for p in spots)
        ):
            continue
        left = any(begin <= phrase.start < cut.start() for phrase in spots)
        right = any(cut.end() <= phrase.start for phrase in spots)
        plainly = cut["plainly"] is not None or _begins(plain, cut.end())
        parted = (left or not right) and (plainly or right)
        says = (begin, cut.start()), (cut.end(), sentence.end)
        if parted and all(_says(plain, *span) for span in says):
            yield _clause(plain, sentence, told, (begin, cut.start()), acts=acts)
            begin, acts = cut.end(), not plainly
    yield _clause(plain, sentence, told, (begin, sentence.end), acts=acts)


def _begins(plain: Plain, at: int) -> bool:
    """Return whether a subject follows: “… and lorries may use it only in convoy”."""
    lists = ("affected", "party", "authority", "vehicle")
    end = at + _REACH
    return any(hit.start == at for name in lists for hit in words(name).find(plain, at, end))


def _harms(mention: Mention) -> list[int]:
    """Return where a mention counts people who came to harm."""
    return [toll.start for toll in mention.tolls if toll.field in HUMAN]


def _says(plain: Plain, start: int, end: int) -> bool:
    return (
        words("road").first(plain, start, end) is not None
        or _SAYS.search(plain.text, start, end) is not None
        or pays(plain, start, end)
    )


def _clause(
    plain: Plain, sentence: Sentence, told: Sequence[Mention], span: tuple[int, int], *, acts: bool
) -> Clause:
    start, end = span
    own = tuple(m for m in told if m.start < end and start < m.end)
    part = replace(sentence, start=start, end=end)
    names = tuple(name for m in told for phrase in m.phrases for name in phrase.named)
    return Clause(plain, part, own, names, start > sentence.start, acts)
