"""A killed writer loses nothing that was acknowledged; two starts seed once.  Real processes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geo.store import Ledger, seed

ROOT = Path(__file__).parents[2]

_WRITER = """
import sys
from datetime import date
from geo.store import Ledger, Line, LineKind
ledger = Ledger.open(sys.argv[1])
print("ready", flush=True)
batch = 0
while True:
    batch += 1
    lines = [
        Line(LineKind.INCIDENT, f"{batch}-{i}", date(2025, 2, 8), body={"note": "x" * 500})
        for i in range(SIZE)
    ]
    ids = ledger.append(lines, "writer")
    print(batch, len(ids), flush=True)
"""
_SEEDER = """
import sys
from pathlib import Path
from geo.store import Ledger, seed
print("ready", flush=True)
sys.stdin.readline()
ledger = Ledger.open(sys.argv[1])
print(len(seed(ledger, Path(sys.argv[2]))), flush=True)
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


# Large batches die in the middle of a write, small ones between writes as well.
@pytest.mark.parametrize(("size", "kills"), [(2_000, 2), (20, 2)])
def test_a_killed_writer_loses_nothing_acknowledged(tmp_path: Path, size: int, kills: int) -> None:
    moments = random.Random(size)  # noqa: S311
    for kill in range(kills):
        url = f"sqlite:///{tmp_path / f'{kill}.db'}"
        process = start(_WRITER.replace("SIZE", str(size)), url)
        time.sleep(moments.uniform(0.05, 0.9))
        process.send_signal(signal.SIGKILL)
        with process:
            assert process.stdout
            # Not communicate(): it leaves out what readline() has buffered already.
            acknowledged = process.stdout.read()
        assert process.returncode == -signal.SIGKILL
        # A line cut off in the middle was not acknowledged.
        whole = [line.split() for line in acknowledged.split("\n")[:-1]]
        assert all(int(count) == size for _, count in whole)

        ledger = Ledger.open(url)
        incidents = ledger.frames().incidents
        batches = incidents["entity_id"].str.split("-").str[0].astype(int).value_counts()
        assert (batches == size).all(), "a batch is there in part"
        assert {int(batch) for batch, _ in whole} <= set(batches.index)
        assert len(batches) - len(whole) in {0, 1}, "at most one was durable but not yet said"
        assert incidents.index.tolist() == list(range(1, len(incidents) + 1))
        ledger.close()


def test_processes_that_start_at_once_seed_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    processes = [start(_SEEDER, url, str(ROOT / "data")) for _ in range(2)]
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    counts = sorted(int(process.communicate()[0]) for process in processes)
    assert [process.returncode for process in processes] == [0, 0]
    assert counts == [0, 1121]
    ledger = Ledger.open(url)
    frames = ledger.frames()
    assert len(frames.incidents) == frames.incidents["entity_id"].nunique() == 295
    assert len(frames.claims) == frames.claims["entity_id"].nunique() == 642
    ledger.close()


_DYING_SEEDER = """
import os, signal, sys
from pathlib import Path
from geo.store import Ledger, seed
import geo.store.ledger as module
module._CHUNK = 100
inserts = 0
real = module.insert
def dying(table):
    global inserts
    inserts += table is module.LINE
    if inserts == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(table)
module.insert = dying
ledger = Ledger.open(sys.argv[1])
print("ready", flush=True)
seed(ledger, Path(sys.argv[2]))
"""


def test_a_seeding_that_dies_leaves_an_empty_ledger(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    process = start(_DYING_SEEDER, url, str(ROOT / "data"))
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    ledger = Ledger.open(url)
    assert ledger.last_line_id() == 0
    assert len(seed(ledger, ROOT / "data")) == 1121
    assert seed(ledger, ROOT / "data") == []
    ledger.close()
