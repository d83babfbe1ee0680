"""What all tests share."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from geo.atlas import DATA_DIR
from geo.hotspots.ready import is_ready
from geo.store import Ledger, seed
from tests.examples import NIGHTLY

# A slow machine is not a wrong answer: no test is timed.  By day the same examples each time, so
# that a change is judged by what it changes; by night (tests/examples.py) new ones are looked for.
settings.register_profile("piste", deadline=None, derandomize=not NIGHTLY)
settings.load_profile("piste")

# Before anything is read: no test sees what was imported on this machine, and none writes there.
_DATA = tempfile.TemporaryDirectory(prefix="piste-tests-")
os.environ["PISTE_DATA"] = _DATA.name
# Whoever runs the tests: they read English unless they say otherwise.
os.environ["PISTE_LANG"] = "en"
# Dozens of servers and commands are started: they need not compile the same sources each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

#: Its tests take longest, and share one server and one Chromium.
_BROWSER = "tests/browser/"


class _Scheduling(LoadFileScheduling):
    """``--dist loadfile``, with all browser tests as if they were one file."""

    def _split_scope(self, nodeid: str) -> str:
        return _BROWSER if nodeid.startswith(_BROWSER) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """Give out files in the order of `pytest_collection_modifyitems`, not the shortest last."""
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return _Scheduling(config, log)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the loops once for all workers, while they still collect.

    Without it each of them compiles what it needs, all at the same time; nothing waits for it.
    """
    config = session.config
    if config.getoption("dist", "no") == "no" or hasattr(config, "workerinput"):
        return
    parts = ("routes", "walks", "plane", "shortest", "pairs")
    if missing := [part for part in parts if not is_ready(part)]:
        command = [sys.executable, "-m", "geo.hotspots.warm", *missing]
        config.add_cleanup(subprocess.Popen(command, cwd=config.rootpath).wait)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the browser tests, so that no worker is left alone with them at the end.

    Pictures come next: they need no compiled loop.
    """
    first = (_BROWSER, "tests/maps/")
    items.sort(key=lambda item: [not item.nodeid.startswith(part) for part in first])


def pytest_collection_finish() -> None:
    """Leave what is there for good out of every search for garbage."""
    gc.collect()
    gc.freeze()


REFERENCE = Path(
    os.environ.get("PISTE_REFERENCE")
    or Path(__file__).resolve().parents[2] / "shared" / "reference"
)


@pytest.fixture(scope="session")
def reference() -> Callable[[str], Path]:
    """Return where a file of other people's data is; the test is skipped when it is not there."""

    def find(name: str) -> Path:
        path = REFERENCE / name
        if not path.is_file():
            pytest.skip(f"{name} is not here; name its folder in PISTE_REFERENCE")
        return path

    return find


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder for imported layers, in use for this test."""
    folder = tmp_path / "piste-data"
    monkeypatch.setenv("PISTE_DATA", str(folder))
    return folder


@pytest.fixture(scope="session")
def starter_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a ledger that holds the starter dataset; tests that write copy it."""
    path = tmp_path_factory.mktemp("starter") / "ledger.db"
    with Ledger.open(f"sqlite:///{path}") as ledger:
        seed(ledger, DATA_DIR)
    return path


@pytest.fixture
def starter_ledger(starter_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """Return a ledger of the test's own that holds the starter dataset."""
    shutil.copy(starter_file, tmp_path / "ledger.db")
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        yield ledger
