"""Road assertions laid on stretches of axes by the towns that they name.

An assertion says "Gao–Labbezanga" or, about a town, "Boni".  Laying finds the stretches of the
known roads that this means.  It depends on the assertions' words and the atlas only, not on dates,
so it may be kept as long as the assertions stay the same.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd

from geo.atlas import Atlas
from geo.gazetteer.folding import fold
from geo.i18n import Message
from geo.roads.layer import Layer, Stretch
from geo.roads.policy import Policy, load_policy

STRETCH_COLUMNS = ("line", "assertion_id", "axis_id", "measure_from_m", "measure_to_m", "town")


@dataclass(frozen=True, eq=False)
class Laying:
    """Where assertions lie.

    Parameters
    ----------
    stretches
        ``line`` (the assertion's label in the index of the frame that was laid: a correction is
        another line of the same id), ``assertion_id``, ``axis_id``, ``measure_from_m``,
        ``measure_to_m`` (ascending, whole metres) and ``town`` (True when the assertion is about a
        town, laid on every road into it).  An assertion may lie on several stretches.
    unlaid
        ``line``, ``assertion_id`` and ``reason`` (a Message) of those that lie on no known road.
    """

    stretches: pd.DataFrame
    unlaid: pd.DataFrame


def stretches(assertions: pd.DataFrame, atlas: Atlas, policy: Policy | None = None) -> pd.DataFrame:
    """Return the stretches of `lay` alone."""
    return lay(assertions, atlas, policy).stretches


def lay(assertions: pd.DataFrame, atlas: Atlas, policy: Policy | None = None) -> Laying:
    """Lay road assertions on stretches of axes.

    Between two towns: along the axis that holds both (each one that bears the number that the
    assertion names, else the one that joins just these two, else the shortest), otherwise along the
    shortest chain of axes joined at shared places.  About one town: on every axis through it, up to
    ``policy.town_radius_m`` either way.
    Where two axes follow one road, the stretch lies on both.

    Parameters
    ----------
    assertions
        Columns ``assertion_id``, ``country``, ``axis_from``, ``axis_to``, ``road``, ``affected``;
        a withdrawal (``retracted``) lies nowhere.
    atlas
        Places and axes.
    policy
        ``data/policy.toml`` unless given.

    Returns
    -------
    Laying
        Stretches and the assertions without one.  O(distinct pairs of towns) searches.
    """
    layer = Layer(atlas, policy or load_policy())
    if "retracted" in assertions:
        assertions = assertions[~assertions["retracted"].to_numpy(dtype=bool)]
    asked = ["country", "axis_from", "axis_to", "road", "affected"]
    found: dict[tuple[str, ...], list[Stretch] | Message] = {}
    rows: list[tuple[Hashable, str, str, float, float, bool]] = []
    unlaid: list[tuple[Hashable, str, Message]] = []
    told = [assertions.index, assertions["assertion_id"], *(assertions[name] for name in asked)]
    for line, assertion_id, *words in zip(*told, strict=True):
        key = tuple(words)
        if key not in found:
            found[key] = layer.lay(*key)
        answer = found[key]
        if isinstance(answer, Message):
            unlaid.append((line, assertion_id, answer))
        else:
            town = fold(key[1]) == fold(key[2])
            rows.extend((line, assertion_id, *stretch, town) for stretch in answer)
    return Laying(
        pd.DataFrame(rows, columns=list(STRETCH_COLUMNS)),
        pd.DataFrame(unlaid, columns=["line", "assertion_id", "reason"]),
    )


def way(atlas: Atlas, start: str, end: str, policy: Policy | None = None) -> tuple[Stretch, ...]:
    """Return the way from a town to another over the known roads.

    On the single road that joins just these two, else on the shortest that holds both, else over
    the shortest chain of roads (S1).

    Parameters
    ----------
    atlas
        Places and axes.
    start, end
        Names of towns, in any spelling of the gazetteer; of homonyms the closest pair is meant.
    policy
        ``data/policy.toml`` unless given.

    Returns
    -------
    tuple of (axis_id, from_m, to_m)
        In the direction of travel: ``to_m`` is the smaller where the axis is travelled backwards.

    Raises
    ------
    InputError
        With every fault: a name that no place or no place on a road has, or no way between them.
    """
    return tuple(Layer(atlas, policy or load_policy()).way(start, end))
