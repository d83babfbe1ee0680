"""An incident while it is gathered from its mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from geo.reports.dates import Days
from geo.reports.mentions import Mention
from geo.reports.phrases import Part, Phrase
from geo.reports.plaintext import Plain
from geo.reports.told import Told

_STOP = frozenset(
    re.findall(
        r"\w+",
        """attack ambush assault incident the and that this with from were was been have has had for
        who which when since after before into over under about their its his her all any out not
        one two killed people attaque embuscade les des une dans par pour sur qui que ont est aux
        avec depuis apres avant leur leurs ses son pas plus selon entre deux group groupe claimed
        claim responsibility revendique revendiquee said statement message audio video communique
        monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi
        samedi dimanche jnim gsim issp isgs eigs islamic state sahel army armee fla csp fama vdp""",
    )
)
_SHORTEST_WORD = 3


@dataclass(eq=False)
class Story:
    """An incident being gathered from its mentions."""

    number: int
    mentions: list[Mention] = field(default_factory=list)
    days: Days | None = None
    told: list[Told] = field(default_factory=list)
    paragraphs: set[int] = field(default_factory=set)
    inherited: list[Phrase] = field(default_factory=list)
    _phrases: dict[tuple[str, ...], Phrase] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    _title_end: int = 0

    @property
    def key(self) -> str:
        """Its name within the report."""
        return f"i{self.number}"

    @property
    def began(self) -> int:
        """Number of the paragraph in which it is first told of."""
        return self.mentions[0].sentence.paragraph if self.mentions else -1

    @property
    def phrases(self) -> list[Phrase]:
        """Where its mentions place it, each set of names once."""
        told = list(self._phrases.values())
        at = [phrase for phrase in told if phrase.part is Part.AT and phrase.precise]
        # A title names the place again, or the district that it lies in.
        body = {name for one in at if one.start >= self._title_end for name in one.names}
        at = [p for p in at if p.start >= self._title_end or body & set(p.names) or not body]
        own = at or told  # where it was bound for counts only when nothing else is told
        return own if any(phrase.precise for phrase in own) else [*own, *self.inherited]

    def join(self, mention: Mention) -> None:
        """Add a mention, and the places and the paragraph that it names."""
        self.mentions.append(mention)
        self.paragraphs.add(mention.sentence.paragraph)
        if mention.title:
            self._title_end = mention.sentence.end
        for phrase in mention.places:
            self._phrases.setdefault((*phrase.names, *phrase.countries), phrase)
            self.names.update(phrase.names)

    @property
    def only_title(self) -> bool:
        """Whether nothing but the title tells of it so far."""
        return self.mentions[-1].title if self.mentions else True


def content(plain: Plain, start: int, end: int) -> set[str]:
    """Return the words of a stretch that tell what it is about."""
    words = re.sub(r"[^a-z0-9]+", " ", plain.text[start:end]).split()
    return {word for word in words if len(word) >= _SHORTEST_WORD} - _STOP
