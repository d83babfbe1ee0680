"""Imported layers are replaced in one step or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geo import layers
from geo.records import InputError

ROOT = Path(__file__).resolve().parents[1]
_WRITER = """
import time
from geo import layers
with layers.replacing("roads") as folder:
    (folder / "part").write_text("new")
    print("ready", flush=True)
    time.sleep(60)
    layers.seal(folder, {"number": 2})
"""


def put(text: str, number: int) -> Path:
    with layers.replacing("roads") as folder:
        (folder / "part").write_text(text, encoding="utf-8")
        layers.seal(folder, {"number": number})
    return folder


def test_nothing_was_imported(data_folder: Path) -> None:
    assert layers.current("roads") is None
    assert layers.usable("roads") is None
    assert not data_folder.exists()


def test_the_newest_layer_is_in_use(data_folder: Path) -> None:
    put("old", 1)
    folder = put("new", 2)
    assert layers.current("roads") == folder
    assert data_folder in folder.parents
    assert layers.facts_of(folder, None) == {"number": 2}


def test_a_failed_import_leaves_the_old_one_and_nothing_else(data_folder: Path) -> None:
    old = put("old", 1)
    with pytest.raises(TypeError), layers.replacing("roads") as folder:
        layers.seal(folder, 1)  # type: ignore[arg-type]
    assert layers.current("roads") == old
    assert {p.name for p in (data_folder / "layers" / "roads").iterdir()} == {"current", old.name}


@pytest.mark.usefixtures("data_folder")
def test_a_killed_import_leaves_the_old_one() -> None:
    old = put("old", 1)
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert layers.current("roads") == old
    assert layers.facts_of(old, None) == {"number": 1}
    # What it left goes with the next import, once it is surely nobody's.
    left = [p for p in old.parent.iterdir() if p.is_dir() and p != old]
    assert len(left) == 1
    put("newer", 3)
    assert left[0].exists()
    long_ago = time.time() - 2 * layers.ABANDONED_S
    os.utime(left[0], (long_ago, long_ago))
    put("newest", 4)
    assert not left[0].exists()


def test_a_layer_that_is_gone_or_of_another_version_is_told(data_folder: Path) -> None:
    folder = put("old", 1)
    manifest = folder / layers.MANIFEST
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"format": 1', '"format": 99'), encoding="utf-8")
    with pytest.raises(InputError, match="another version of Piste"):
        layers.facts_of(folder)
    assert layers.usable("roads") is None
    manifest.unlink()
    with pytest.raises(InputError, match="is damaged"):
        layers.current("roads")
    assert put("new", 2) == layers.current("roads")
    assert data_folder.exists()
