"""How far a source is believed: the Admiralty code, with defaults by who states a thing.

The code has two parts: a letter for the source (A completely reliable … F cannot be judged) and a
figure for what it says (1 confirmed … 6 cannot be judged).  What each counts for, and the defaults,
are a team's to set in ``data/policy.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from geo.columns import FIGURES, LETTERS
from geo.i18n import message
from geo.records import Fault
from geo.roads.sections import Section, key_fault

_CODE = re.compile("[A-F][1-6]")


@dataclass(frozen=True, slots=True)
class SourceRule:
    """The default for a kind of source.

    Parameters
    ----------
    pattern
        What it looks for in ``stated_by``; ``None`` takes every source.
    code
        Admiralty code, such as ``B2``.
    because
        Why.
    """

    pattern: re.Pattern[str] | None
    code: str
    because: str


@dataclass(frozen=True, slots=True)
class Grade:
    """How far one statement is believed.

    Parameters
    ----------
    code
        Admiralty code, such as ``B2``.
    weight
        What it counts for, 0 to 1: the letter's value times the figure's.
    because
        Why, in the words of the policy; empty when the statement brings its own code.
    """

    code: str
    weight: float
    because: str


@dataclass(frozen=True, eq=False)
class Reliability:
    """Values of the letters and figures, and the defaults in their order."""

    letters: Mapping[str, float]
    figures: Mapping[str, float]
    rules: tuple[SourceRule, ...]

    def weight(self, code: str) -> float:
        """Return what a code counts for, 0 to 1."""
        return self.letters[code[0]] * self.figures[code[1]]

    def grade(self, stated_by: str, letter: str = "", figure: str = "") -> Grade:
        """Return how far a statement is believed.

        Parameters
        ----------
        stated_by
            Who states it.
        letter, figure
            The statement's own code; an empty part is taken from the default.
        """
        rule = next(r for r in self.rules if r.pattern is None or r.pattern.search(stated_by))
        code = (letter or rule.code[0]) + (figure or rule.code[1])
        return Grade(code, self.weight(code), rule.because if code == rule.code else "")


def read_reliability(section: Section, faults: list[Fault]) -> Reliability:
    """Take ``reliability``, ``credibility`` and ``source`` out of a section of the policy."""
    letters = _values("road_status.reliability", section.take("reliability"), LETTERS, faults)
    figures = _values("road_status.credibility", section.take("credibility"), FIGURES, faults)
    rules = tuple(_rules(section.take("source"), section, faults))
    return Reliability(letters, figures, rules)


def _values(
    name: str, table: Any, keys: tuple[str, ...], faults: list[Fault]
) -> Mapping[str, float]:
    part = Section(name, table, faults)
    values = {key: part.number(key, 0, 1) for key in keys}
    part.refuse_the_rest()
    return MappingProxyType(values)


def _rules(tables: Any, section: Section, faults: list[Fault]) -> list[SourceRule]:
    if not isinstance(tables, list) or not tables:
        section.expected("source", tables, message("one or more tables"))
        return []
    rules = []
    for number, table in enumerate(tables, start=1):
        part = Section(f"road_status.source {number}", table, faults)
        words = part.words("words")
        code, because = part.take("code"), part.take("because")
        if not (isinstance(code, str) and _CODE.fullmatch(code)):
            part.expected("code", code, message("a letter A to F and a figure 1 to 6, as B2"))
        if not (isinstance(because, str) and because.strip()):
            part.expected("because", because, message("the reason, as a text"))
        part.refuse_the_rest()
        choices = "|".join(re.escape(word) for word in sorted(words))
        pattern = re.compile(rf"\b(?:{choices})\b", re.IGNORECASE) if words else None
        rules.append(SourceRule(pattern, str(code), str(because)))
    if rules[-1].pattern is not None:
        text = message(
            "The last source has words; end with one whose words are [] for everyone else."
        )
        faults.append(key_fault("road_status.source", text))
    return rules
