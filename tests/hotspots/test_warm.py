"""What is compiled ahead is what the page waits for."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event

import pytest

from geo.hotspots import ready
from geo.hotspots.warm import PARTS, warm
from ui.hotspots import warming


@pytest.mark.parametrize("part", list(PARTS))
def test_every_part_can_be_made_ready(part: str) -> None:
    warm(part)


def test_a_mark_says_that_loops_are_compiled_until_a_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "loops.py").write_text("a = 1\n", encoding="utf-8")
    monkeypatch.setattr(ready, "_SOURCES", tmp_path)
    assert not ready.is_ready("walks")
    ready.set_ready("walks")
    assert ready.is_ready("walks")
    assert not ready.is_ready("plane")
    (tmp_path / "loops.py").write_text("a = 12\n", encoding="utf-8")
    assert not ready.is_ready("walks")
    ready.set_ready("walks")
    assert len(list((tmp_path / "__pycache__").iterdir())) == 1
    monkeypatch.setattr(ready, "_SOURCES", tmp_path / "nowhere")
    ready.set_ready("walks")


def test_a_mark_is_read_while_another_thread_changes_the_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Leaving(str):
        """An entry that is taken out while the path is walked, as a script's end does."""

        __slots__ = ()

        def __hash__(self) -> int:
            if self in sys.path:
                sys.path.remove(self)
            return super().__hash__()

    found = next(folder for folder in sys.path if list(Path(folder).glob("numba-*.dist-info")))
    monkeypatch.setattr(sys, "path", [Leaving("/nowhere"), found])
    assert isinstance(ready.is_ready("walks"), bool)
    assert sys.path == [found]


def test_nobody_waits_for_loops_that_could_not_be_made_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(part: str) -> bool:
        raise OSError(part)

    monkeypatch.setattr(warming, "is_ready", fail)
    events = {part: Event() for part in warming.PARTS}
    with pytest.raises(OSError, match="walks"):
        warming._work(events)
    assert all(event.is_set() for event in events.values())


def test_the_page_makes_ready_what_there_is_and_waits_for_nothing_without_a_server() -> None:
    # Routes are made ready by the page that looks for them.
    assert tuple(PARTS) == (*warming.PARTS, "routes")
    for part in warming.PARTS:
        warming.wait(part)
