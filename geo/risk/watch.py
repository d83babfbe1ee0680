"""Saved routes and what changed on them since one last looked.

They stand in one file of the data folder (``PISTE_DATA``) of this machine, readable by its user
only, and nowhere else: the ledger knows no itineraries, and a question that is not saved leaves no
trace.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from geo.i18n import Message, message
from geo.layers import data_folder
from geo.records import Fault, InputError
from geo.risk.journey.answer import plan
from geo.risk.journey.desk import Desk
from geo.risk.journey.policy import VERDICT_WORDS, Verdict
from geo.risk.journey.question import Question
from geo.risk.journey.records import Answer
from geo.roads.axes import Axis
from geo.roads.statements import PASSAGES, Passage
from geo.roads.timeline import Role
from geo.roads.wording import PASSAGE_WORDS, named

FILE = "watch.json"
FORMAT = 1
TOLD_CHANGE = 0.1
"""An exposure that changed by less than this share is as it was."""
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Glance:
    """What is remembered of an answer.

    Parameters
    ----------
    at
        When it was looked at, UTC, ISO 8601.
    verdict
        Of the route that fits the aversion; empty when there is none.
    expected
        Its exposure.
    passage
        The gravest passage on each axis that it follows.
    incident_ids, assertion_ids
        Incidents in reach of it, statements that stand on it.
    """

    at: str
    verdict: str
    expected: float
    passage: Mapping[str, str]
    incident_ids: tuple[str, ...]
    assertion_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved route.

    Parameters
    ----------
    name
        What it is called; unique.
    question
        What is asked.
    last
        What was seen when one last looked; ``None`` before.
    """

    name: str
    question: Question
    last: Glance | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a saved route.

    Parameters
    ----------
    saved
        The route, with what was seen before.
    answer
        What is to be seen now; ``None`` when the question cannot be asked any more.
    now
        What is remembered of it.
    changes
        What changed, the gravest first; empty when nothing did, or nothing was seen before.
    faults
        Why the question cannot be asked.
    """

    saved: Saved
    answer: Answer | None
    now: Glance | None
    changes: tuple[Message, ...]
    faults: tuple[Fault, ...] = ()


def path() -> Path:
    """Return where saved routes are kept."""
    return data_folder() / FILE


def saved() -> list[Saved]:
    """Return the saved routes, in the order in which they were saved.

    Raises
    ------
    InputError
        When the file cannot be read; it is left as it is.
    """
    try:
        document = json.loads(path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise _damaged() from error
    try:
        if document["format"] != FORMAT:
            raise _damaged()
        return [_read(entry) for entry in document["routes"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged() from error


def save(name: str, question: Question) -> None:
    """Save a route.

    Raises
    ------
    InputError
        When the name is empty or taken.
    """
    routes = saved()
    if faults := name_faults(name, routes):
        raise InputError(faults)
    _write([*routes, Saved(name.strip(), question)])


def name_faults(name: str, routes: Iterable[Saved]) -> list[Fault]:
    """Return why a route cannot be saved under a name beside others."""
    text: Message | None = None
    if not name.strip():
        text = message("Give the route a name.")
    elif name.strip() in {route.name for route in routes}:
        text = message("A route is called {name} already; choose another name.", name=name)
    return [] if text is None else [Fault(None, "name", text)]


def remove(name: str) -> None:
    """Remove a saved route.

    Raises
    ------
    InputError
        When no route has this name.
    """
    routes = saved()
    kept = [route for route in routes if route.name != name.strip()]
    if len(kept) == len(routes):
        names = ", ".join(route.name for route in routes)
        text = message("No saved route is called {name}. There are: {names}.", name=name,
                       names=names or message("none"))  # fmt: skip
        raise InputError([Fault(None, "name", text)])
    _write(kept)


def look(desk: Desk, *, names: Iterable[str] | None = None, keep: bool = False) -> list[Look]:
    """Look at saved routes.

    Parameters
    ----------
    desk
        For the day of travel and the day of knowledge.
    names
        Which; all unless given.
    keep
        Whether to leave what was last seen as it is, so that the next look tells the same.

    Returns
    -------
    list of Look
        A route whose question cannot be asked any more tells why; the others are told all the same.
    """
    wanted = None if names is None else set(names)
    routes = saved()
    found = [_look(route, desk) for route in routes if wanted is None or route.name in wanted]
    if not keep and found:
        seen = {one.saved.name: one.now for one in found if one.now is not None}
        # Someone may have saved or removed a route meanwhile.
        _write([replace(route, last=seen.get(route.name, route.last)) for route in saved()])
    return found


def _look(route: Saved, desk: Desk) -> Look:
    try:
        answer = plan(route.question, desk)
    except InputError as error:
        return Look(route, None, None, (), tuple(error.faults))
    now = glance(answer)
    changes = () if route.last is None else tuple(changed(route.last, now, desk.atlas.axes))
    return Look(route, answer, now, changes)


def glance(answer: Answer) -> Glance:
    """Return what is remembered of an answer."""
    at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if answer.chosen < 0:
        return Glance(at, "", 0.0, {}, (), ())
    route = answer.routes[answer.chosen]
    passage: dict[str, str] = {}
    for stretch in route.stretches:
        if stretch.axis_id:
            before = passage.get(stretch.axis_id, stretch.passage)
            gravest = min(before, stretch.passage, key=lambda code: PASSAGES.index(Passage(code)))
            passage[stretch.axis_id] = gravest
    stands = {
        assertion_id
        for stretch in route.stretches
        for assertion_id in stretch.status.get("assertion_ids", ())
        if answer.statements.get(assertion_id, {}).get("role") == Role.STANDS
    }
    near = {incident_id for stretch in route.stretches for incident_id in stretch.incident_ids}
    return Glance(
        at, str(route.verdict), route.exposure.expected, passage, tuple(sorted(near)),
        tuple(sorted(stands)),
    )  # fmt: skip


def changed(before: Glance, now: Glance, axes: Mapping[str, Axis]) -> list[Message]:
    """Return what changed between two looks: verdict, roads, incidents, statements, exposure."""
    told: list[Message] = []

    def road(axis_id: str) -> str:
        return (axes[axis_id].ref or named(axes[axis_id])) if axis_id in axes else axis_id

    if before.verdict != now.verdict:
        told.append(message("Verdict: {before} → {after}.", before=_verdict(before.verdict),
                            after=_verdict(now.verdict)))  # fmt: skip
    if set(before.passage) != set(now.passage):
        told.append(
            message(
                "The way that fits leads over other roads now: {roads}.",
                roads=", ".join(map(road, now.passage)) or message("none"),
            )
        )
    told += [
        message("{road}: {before} → {after}.", road=road(axis_id),
                before=PASSAGE_WORDS[Passage(before.passage[axis_id])],
                after=PASSAGE_WORDS[Passage(passage)])
        for axis_id, passage in now.passage.items()
        if before.passage.get(axis_id, passage) != passage
    ]  # fmt: skip
    for text, was, then in (
        (message("New incidents near it: {ids}."), before.incident_ids, now.incident_ids),
        (message("Incidents that no longer count: {ids}."), now.incident_ids, before.incident_ids),
        (message("New statements about it: {ids}."), before.assertion_ids, now.assertion_ids),
        (message("Statements that no longer stand: {ids}."), now.assertion_ids,
         before.assertion_ids),
    ):  # fmt: skip
        ids = sorted(set(then) - set(was))
        if ids:
            told.append(Message(text.text, {"ids": ", ".join(ids)}))
    if before.expected and now.expected:
        ratio = now.expected / before.expected
        if abs(ratio - 1) >= TOLD_CHANGE:
            told.append(message("Exposure: {ratio:.2f} times what it was.", ratio=ratio))
    return told


def _verdict(code: str) -> Message:
    return VERDICT_WORDS[Verdict(code)] if code else message("no route")


def _read(entry: Mapping[str, Any]) -> Saved:
    asked = dict(entry["question"])
    asked["via"] = tuple(asked["via"])
    asked["departs"] = time.fromisoformat(asked["departs"]) if asked["departs"] else None
    last = entry["last"]
    if last is not None:
        last = Glance(**{**last, "incident_ids": tuple(last["incident_ids"]),
                         "assertion_ids": tuple(last["assertion_ids"])})  # fmt: skip
    return Saved(str(entry["name"]), Question(**asked), last)


def _write(routes: list[Saved]) -> None:
    """Write the file in one step; the old one stays if that fails."""
    entries = []
    for route in routes:
        asked = asdict(route.question)
        asked["departs"] = asked["departs"] and asked["departs"].isoformat("minutes")
        entries.append({"name": route.name, "question": asked,
                        "last": route.last and asdict(route.last)})  # fmt: skip
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.touch(_PRIVATE)
    fresh.chmod(_PRIVATE)
    text = json.dumps({"format": FORMAT, "routes": entries}, ensure_ascii=False, indent=1)
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(target)


def _damaged() -> InputError:
    text = message(
        "The saved routes in {file} cannot be read. Mend the file, or remove it to begin anew.",
        file=str(path()),
    )
    return InputError([Fault(None, None, text)])
