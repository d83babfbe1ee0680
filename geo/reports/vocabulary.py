"""The words that a report is read by: ``data/vocabulary.csv``, compiled.

Each row gives a list, a code and the forms that stand for it, parted by ``|``, in plain lower case.
In a form ``*`` stands for any ending, a space for spaces or a hyphen, ``...`` for up to five words
in between.  ``^piller`` stands for what a subject makes of a French verb in -er (“ont pillé”),
``=piller`` for all its forms; in lists of nouns singular and plural come together.  Teaching a new
way of saying things is a matter of adding forms.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geo.reports.inflection import all_forms, both_numbers, finite
from geo.reports.plaintext import Plain

VOCABULARY_FILE = Path(__file__).resolve().parents[2] / "data" / "vocabulary.csv"
_GAP = r"(?:[ ,\n]+[\w'\-]+){0,5}?[ ,\n]+"
_TOKEN = re.compile(r"[^\W_]+")
_SHORTEST_PREFIX, _LONGEST_WORD = 2, 60
_NOUNS = frozenset({"people", "source", "target", "village"})
"""Lists whose forms are all nouns."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found: where it stands in the plain text, and its code."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A form: its list, its code, and what must follow its first word; ``None`` for one word."""

    name: str
    code: str
    pattern: re.Pattern[str] | None


class Vocabulary:
    """Lists of forms, found in one pass over a text.

    Each word of a text is looked up among the first words of all forms; only what begins with it is
    compared further.  What was found is kept with the text, so that asking again costs a bisection.

    Parameters
    ----------
    lists
        Code by form, by name of the list.
    """

    def __init__(self, lists: Mapping[str, Mapping[str, str]]) -> None:
        self._names = frozenset(lists)
        self._exact: dict[str, list[_Form]] = {}
        self._prefixes: dict[str, list[_Form]] = {}
        self._known: dict[str, tuple[_Form, ...]] = {}
        for name, forms in lists.items():
            for form, code in forms.items():
                self._learn(name, form, code)

    def _learn(self, name: str, form: str, code: str) -> None:
        first = _TOKEN.match(form)
        if first is None:
            message = f"{form!r} in {name!r} does not begin with a letter or a figure"
            raise ValueError(message)
        open_ended = form[first.end() : first.end() + 1] == "*"
        whole = first.end() + open_ended == len(form)
        pattern = None if whole else re.compile(_to_the_end(form))
        table = self._prefixes if open_ended else self._exact
        table.setdefault(first[0], []).append(_Form(name, code, pattern))

    def _beginning_with(self, word: str) -> tuple[_Form, ...]:
        if len(word) > _LONGEST_WORD:
            return ()
        if word not in self._known:
            found = list(self._exact.get(word, ()))
            for size in range(_SHORTEST_PREFIX, len(word) + 1):
                found += self._prefixes.get(word[:size], ())
            if len(self._known) > 50_000:  # noqa: PLR2004
                self._known.clear()
            self._known[word] = tuple(found)
        return self._known[word]

    def _index(self, plain: Plain) -> dict[str, tuple[list[int], list[Hit]]]:
        """Return all hits of a text by list, in order; longer ones first where several begin."""
        kept = plain.kept.get(id(self))
        if kept is not None:
            return kept  # type: ignore[no-any-return]
        found: dict[str, list[Hit]] = {name: [] for name in self._names}
        text = plain.text
        for token in _TOKEN.finditer(text):
            start, end = token.span()
            if start and text[start - 1] == "_":
                continue
            for form in self._beginning_with(token[0]):
                if form.pattern is None:
                    found[form.name].append(Hit(start, end, form.code))
                    continue
                match = form.pattern.match(text, start)
                if match is not None:
                    found[form.name].append(Hit(start, match.end(), form.code))
        index = {}
        for name, hits in found.items():
            hits.sort(key=lambda hit: (hit.start, -hit.end))
            index[name] = ([hit.start for hit in hits], hits)
        plain.kept[id(self)] = index
        return index

    def find(self, name: str, plain: Plain, start: int, end: int) -> Iterator[Hit]:
        """Yield the forms of a list in a stretch of a text, leftmost and longest first."""
        starts, hits = self._index(plain)[name]
        at = start
        for hit in hits[bisect_left(starts, start) :]:
            if hit.start >= end:
                break
            if hit.start >= at and hit.end <= end:
                yield hit
                at = hit.end


@dataclass(frozen=True, slots=True)
class WordList:
    """One list of a vocabulary."""

    name: str
    vocabulary: Vocabulary

    def find(self, plain: Plain, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Yield the forms in a stretch of a text, leftmost and longest first, not overlapping."""
        return self.vocabulary.find(
            self.name, plain, start, len(plain.text) if end is None else end
        )

    def first(self, plain: Plain, start: int = 0, end: int | None = None) -> Hit | None:
        """Return the first form in a stretch of a text."""
        return next(self.find(plain, start, end), None)


def pattern_of(form: str) -> str:
    """Return the pattern of one form."""
    pieces = []
    for piece in form.strip().split(" ... "):
        words = [re.escape(word).replace(r"\*", r"\w*") for word in re.split(r"[ \-]", piece)]
        pieces.append(r"[ \-\n]+".join(words))
    return _GAP.join(pieces)


def _to_the_end(form: str) -> str:
    """Return the pattern of a form with the end of its last word; “parle de” is “parle d'” too."""
    if form.endswith("'"):
        return pattern_of(form)
    if form.endswith(" de") and not form.endswith("... de"):
        return pattern_of(form.removesuffix(" de")) + r"[ \-\n]+(?:d'|(?:de|du|des)(?!\w))"
    return pattern_of(form) + r"(?!\w)"


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    lists: dict[str, dict[str, str]] = {}
    with VOCABULARY_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            forms = lists.setdefault(row["list"], {})
            forms |= {one: row["code"] for form in row["forms"].split("|") for one in _told(form)}
    for name in _NOUNS:
        for form, code in list(lists[name].items()):
            for one in both_numbers(form):
                lists[name].setdefault(one, code)
    return Vocabulary(lists)


def _told(form: str) -> Iterable[str]:
    """Return what a form of the table stands for."""
    form = form.strip()
    if form.startswith("^"):
        return finite(form[1:])
    return all_forms(form[1:]) if form.startswith("=") else (form,)


@lru_cache(maxsize=128)
def words(name: str) -> WordList:
    """Return a list of the vocabulary."""
    return WordList(name, _vocabulary())
