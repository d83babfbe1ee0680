"""A real Streamlit server in a process of its own, for as long as a measurement needs it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_START_S = 120


@dataclass(frozen=True)
class Server:
    """A running server.

    Parameters
    ----------
    address
        Where it answers.
    pid
        Its process.
    started
        ``time.perf_counter()`` when its process was started.
    """

    address: str
    pid: int
    started: float

    def elapsed(self) -> float:
        """Return the seconds since the process was started."""
        return time.perf_counter() - self.started

    def memory_mb(self) -> float:
        """Return the resident memory of the server's process, in MB (10⁶ bytes)."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
        return float("nan")

    def cpu_s(self) -> float:
        """Return the seconds of processor time that the server's process has used.

        Unlike the time on the clock it hardly depends on what else the machine does.
        """
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def wait(self) -> None:
        """Wait until the server answers."""
        last: OSError | None = None
        while self.elapsed() < _START_S:
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2):  # noqa: S310
                    return
            except OSError as error:
                last = error
                time.sleep(0.02)
        raise TimeoutError(self.address) from last


def _free_port(first: int) -> int:
    for port in range(first, first + 200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise OSError(first)


@contextmanager
def serve(script: str, database: Path, log: Path, first_port: int) -> Iterator[Server]:
    """Run ``streamlit run script`` over a ledger; the process ends with the block.

    Parameters
    ----------
    script
        Relative to the project.
    database
        SQLite file of the ledger; made when it is not there.
    log
        File that takes what the server says.
    first_port
        The first free port from here on is taken.
    """
    port = _free_port(first_port)
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}",
               "--server.address=127.0.0.1"]  # fmt: skip
    environment = {**os.environ, "PISTE_DB": f"sqlite:///{database}"}
    started = time.perf_counter()
    with log.open("ab") as sink:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=sink, stderr=sink)
    try:
        yield Server(f"http://127.0.0.1:{port}", process.pid, started)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
