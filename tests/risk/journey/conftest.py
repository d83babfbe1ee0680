"""A desk of the starter dataset, and answers to the questions that the tests share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from geo.risk.ground import Ground
from geo.risk.journey.answer import plan
from geo.risk.journey.desk import Desk
from geo.risk.journey.question import Question
from geo.risk.journey.records import Answer
from tests.starter import ON, starter


@lru_cache(maxsize=1)
def _ground() -> Ground:
    return Ground.of(starter().atlas)


@lru_cache(maxsize=8)
def desk_of(on: date = ON, known_on: date | None = None) -> Desk:
    return Desk.of(starter(on, known_on or on), _ground())


@lru_cache(maxsize=64)
def _answer(on: date, known_on: date | None, question: Question) -> Answer:
    return plan(question, desk_of(on, known_on))


@pytest.fixture(scope="session")
def desk() -> Desk:
    """Return the desk of 12 February 2025."""
    return desk_of()


@pytest.fixture(scope="session")
def desk_on() -> Callable[..., Desk]:
    """Return what gives the desk of a day, as known on a day."""
    return desk_of


@pytest.fixture(scope="session")
def ask() -> Callable[..., Answer]:
    """Return what answers a question; each is asked once in a session."""

    def asked(
        origin: str, destination: str, on: date = ON, known_on: date | None = None, **more: Any
    ) -> Answer:
        return _answer(on, known_on, Question(origin, destination, **more))

    return asked
