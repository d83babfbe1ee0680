"""Saved routes: what is kept, where, and what is told when something changed."""

from __future__ import annotations

import json
import stat
from datetime import date, time
from pathlib import Path

import pytest

from geo.records import InputError
from geo.risk import watch
from geo.risk.ground import Ground
from geo.risk.journey.desk import Desk
from geo.risk.journey.question import Question
from tests.starter import KOBE, ON, starter

QUESTION = Question("Gao", "Labbezanga", via=("Ansongo",), departs=time(7, 0))


@pytest.fixture(scope="module")
def desks() -> list[Desk]:
    """Return what was known before and after the ambush of Kobé."""
    ground = Ground.of(starter().atlas)
    days = (date(2025, 2, 6), ON)
    return [Desk.of(starter(day, day), ground) for day in days]


def test_what_is_saved_is_read_back(data_folder: Path) -> None:
    assert watch.saved() == []
    assert not data_folder.exists()
    watch.save("supplies", QUESTION)
    assert watch.saved() == [watch.Saved("supplies", QUESTION)]
    mode = (data_folder / watch.FILE).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    with pytest.raises(InputError, match="already"):
        watch.save("supplies", QUESTION)
    with pytest.raises(InputError, match="name"):
        watch.save(" ", QUESTION)
    with pytest.raises(InputError, match="There are: supplies"):
        watch.remove("other")
    watch.remove("supplies")
    assert watch.saved() == []


def test_a_look_tells_what_changed_since_the_last(data_folder: Path, desks: list[Desk]) -> None:
    watch.save("supplies", QUESTION)
    (first,) = watch.look(desks[0])
    assert first.changes == ()
    (kept,) = watch.look(desks[1], keep=True)
    (then,) = watch.look(desks[1])
    assert [str(c) for c in kept.changes] == [str(c) for c in then.changes]
    told = " ".join(map(str, then.changes))
    for words in ("caution → avoid", "RN17: passage unknown → traffic suspended", KOBE,
                  "RC-ML-119", "times what it was"):  # fmt: skip
        assert words in told
    (again,) = watch.look(desks[1])
    assert again.changes == ()
    assert again.saved.last is not None
    (back,) = watch.look(desks[0])
    assert "no longer" in " ".join(map(str, back.changes))
    assert watch.look(desks[0], names=["other"]) == []
    assert data_folder.is_dir()


def test_a_question_that_can_no_longer_be_asked_hides_no_other(
    data_folder: Path, desks: list[Desk]
) -> None:
    watch.save("gone", Question("Atlantis", "Gao"))
    watch.save("supplies", QUESTION)
    gone, there = watch.look(desks[1])
    assert gone.answer is None
    assert "Atlantis" in str(gone.faults[0].message)
    assert there.answer is not None
    assert data_folder.is_dir()


@pytest.mark.parametrize(
    "text", ["", "{", '{"format": 2, "routes": []}', '{"format": 1, "routes": [{}]}', "[]"]
)
def test_a_damaged_file_is_told_and_left(data_folder: Path, text: str) -> None:
    data_folder.mkdir()
    file = data_folder / watch.FILE
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        watch.save("supplies", QUESTION)
    assert file.read_text(encoding="utf-8") == text


def test_nothing_is_stored_unless_it_is_saved(data_folder: Path, desks: list[Desk]) -> None:
    from geo.risk.journey.answer import plan  # noqa: PLC0415

    plan(QUESTION, desks[1])
    assert not data_folder.exists()


def test_no_route_is_remembered_too(data_folder: Path, desks: list[Desk]) -> None:
    watch.save("far", Question("Bamako", "Yorosso"))
    (look,) = watch.look(desks[0])
    assert look.now is not None
    assert look.now.verdict == ""
    stored = json.loads((data_folder / watch.FILE).read_text(encoding="utf-8"))
    assert stored["routes"][0]["last"]["verdict"] == ""
    (again,) = watch.look(desks[1])
    assert again.changes == ()
