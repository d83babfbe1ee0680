"""Armed groups and forces, and the names that reports give them: ``data/actors.csv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from geo.gazetteer.folding import plain as fold_text
from geo.reports.plaintext import Plain
from geo.reports.vocabulary import Vocabulary, WordList, pattern_of

ACTORS_FILE = Path(__file__).resolve().parents[2] / "data" / "actors.csv"


@dataclass(frozen=True, slots=True)
class Actor:
    """A group or force.

    Parameters
    ----------
    name
        What its aliases fold to.
    kind
        jihadist, rebel, militia, army, foreign (a foreign force), contractor, un, bandit or
        unknown (“gunmen”).
    country
        ISO 3166-1 alpha-2 of a national force; empty otherwise.
    aliases
        Other names, in plain lower case; ``*`` stands for any ending.
    """

    name: str
    kind: str
    country: str
    aliases: tuple[str, ...]

    @property
    def named(self) -> bool:
        """Whether it is a group of its own, and not “jihadists” or “gunmen”."""
        return not self.name.startswith("unspecified") and self.kind not in ("unknown", "bandit")

    @property
    def state(self) -> bool:
        """Whether it is a force of a state, or with one."""
        return self.kind in ("army", "foreign", "contractor", "un")

    @property
    def auxiliary(self) -> bool:
        """Whether it is a militia that a state raised: it escorts, and is attacked."""
        return self.kind == "militia" and bool(self.country)


@dataclass(frozen=True, slots=True)
class ActorHit:
    """An actor found in a text."""

    start: int
    end: int
    actor: Actor


@dataclass(frozen=True, eq=False)
class Actors:
    """The list of actors."""

    by_name: Mapping[str, Actor]

    @cached_property
    def _forms(self) -> dict[str, str]:
        forms: dict[str, str] = {}
        for actor in self.by_name.values():
            for alias in (fold_text(actor.name), *actor.aliases):
                forms.setdefault(alias.replace("(", "").replace(")", ""), actor.name)
        return forms

    @cached_property
    def _words(self) -> WordList:
        return WordList("actors", Vocabulary({"actors": self._forms}))

    def find(self, plain: Plain, start: int, end: int) -> list[ActorHit]:
        """Return the actors in a stretch of a text; “the army (FAMa)” is one mention."""
        hits: list[ActorHit] = []
        for hit in self._words.find(plain, start, end):
            actor = self.by_name[hit.code]
            between = plain.text[hits[-1].end : hit.start].strip() if hits else None
            merged = _one(hits[-1].actor, actor, between or "") if hits else None
            if merged is None:
                hits.append(ActorHit(hit.start, hit.end, actor))
            else:
                closing = hit.end + (plain.text[hit.end : hit.end + 1] == ")")
                hits[-1] = ActorHit(hits[-1].start, closing, merged)
        return hits

    def fold(self, written: str) -> str:
        """Return the name that an alias folds to; a text that is none stays as it is."""
        text = fold_text(written).strip()
        return next(
            (n for form, n in self._forms.items() if re.fullmatch(pattern_of(form), text)), written
        )


_AFFILIATED = re.compile(
    r",? ?\(?(?:which is |who are |qui est )?(?:affili\w+|linked|loyal|allied|alliee?s?|rattachee?"
    r"|subordonnee?|liee?s?|proche|close|a branch|a faction|an? affiliate|part|branche|composante"
    r"|membre|a member|an? offshoot)(?: (?:to|with|of|au|aux|a|de|du|d'|the|la|le|l'|son|its|al"
    r"|qaeda'?s?|sahel|branch|affiliate|local))*"
)
"""“The Serma katiba, affiliated to JNIM”: the one, not the other."""


def _one(first: Actor, second: Actor, between: str) -> Actor | None:
    """Return who is meant where two names are one mention, ``None`` where they are two.

    “The Malian army (FAMa)”, “JNIM fighters”, “fighters from JNIM”.
    """
    between = between.replace('"', "").strip()
    if _AFFILIATED.fullmatch(between) and first.named:
        return first
    if between in ("(", ",", "(the", "-") and (first == second or not first.named):
        return second
    if not between and not second.named:
        return second if "linked" in second.name else first
    if between in ("from", "of", "of the", "from the", "du", "de", "de l'", "de la", "d'"):
        return second if not first.named else None
    return None


@lru_cache(maxsize=1)
def actors() -> Actors:
    """Return the list of actors, read once."""
    with ACTORS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Actors(
        {
            row["actor"]: Actor(
                row["actor"], row["kind"], row["country"],
                tuple(alias.strip() for alias in row["aliases"].split("|") if alias.strip()),
            )
            for row in rows
        }
    )  # fmt: skip
