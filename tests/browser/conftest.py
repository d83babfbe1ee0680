"""A real server, a real Chromium, and visitors whose every request is written down."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from geo.store import Ledger, import_folder
from tests.browser.server import Server
from tests.browser.visitor import Visitor

ROOT = Path(__file__).resolve().parent.parent.parent
HOSTILE = Path(__file__).with_name("hostile")
REQUIRED = "PISTE_REQUIRE_BROWSER"
_START_S = 180
_WINDOW: ViewportSize = {"width": 1440, "height": 900}
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The network is cut for everything but this machine: what asks for more fails visibly.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """On a failure, add what the visitors saw and what the servers said."""
    report = yield
    if call.when == "call" and report.failed:
        for witness in getattr(item, "piste_witnesses", []):
            report.sections += witness()
        item.piste_failed = True  # type: ignore[attr-defined]
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the machine's Chromium; without one the browser tests skip, or fail if required."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        reason = f"no browser found ({', '.join(names)})"
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"{reason}, and {REQUIRED}=1 asks for one")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """Return a browser profile that has read the libraries once, for all who need no other."""
    context = chromium.new_context(viewport=_WINDOW, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture(scope="session")
def free_pages() -> list[Page]:
    """Return the pages of that profile that nobody uses.

    A new page starts a process and compiles all scripts anew: it costs twice as much as another
    address in a page that is there.
    """
    return []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_server(folder: Path, *options: str) -> Iterator[Server]:
    """Run a server on the ledger ``folder/ledger.db``, which the server fills if it is new."""
    port, log = _free_port(), folder / "server.log"
    environment = {
        **os.environ,
        "PISTE_DB": f"sqlite:///{folder / 'ledger.db'}",
        "HOME": str(folder),  # nobody's own Streamlit settings
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--server.address", "127.0.0.1", *options],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        server = Server(f"http://127.0.0.1:{port}", log)
        try:
            _wait(server, process)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.url}/piste/health", timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{server.read_log()}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server with the starter dataset."""
    yield from run_server(tmp_path_factory.mktemp("server"))


@pytest.fixture(scope="session")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server whose ledger holds reports that try to run code in the reader's browser."""
    folder = tmp_path_factory.mktemp("hostile")
    ledger = Ledger.open(f"sqlite:///{folder / 'ledger.db'}")
    import_folder(ledger, HOSTILE, "test")
    ledger.close()
    yield from run_server(folder)


@pytest.fixture
def visit(
    chromium: Browser,
    profile: BrowserContext,
    free_pages: list[Page],
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> Iterator[Callable[..., Visitor]]:
    """Return a function that opens an address of a server for one visitor more.

    The address is read anew, in a page that no other visitor uses meanwhile.  With
    ``stranger=True`` or options of a profile (``is_mobile``, ``locale`` …) the page is in a profile
    of its own too, as on another machine.

    Afterwards no visitor may have asked another machine for anything, have met an error of a
    script, or have been shown a dialog; and no server may have reported an exception.
    """
    visitors: list[Visitor] = []
    profiles: list[BrowserContext] = []
    servers: dict[str, tuple[Server, int]] = {}

    def opened(
        server: Server,
        address: str = "/",
        *,
        viewport: ViewportSize = _WINDOW,
        color_scheme: Literal["light", "dark"] = "light",
        stranger: bool = False,
        **options: Any,
    ) -> Visitor:
        servers.setdefault(server.url, (server, len(server.read_log())))
        if stranger or options:
            context = chromium.new_context(viewport=viewport, color_scheme=color_scheme, **options)
            profiles.append(context)
            page = context.new_page()
        else:
            page = free_pages.pop() if free_pages else profile.new_page()
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=color_scheme)
        visitor = Visitor(page, server)
        visitors.append(visitor)
        visitor.open(address)
        return visitor

    def witness() -> list[tuple[str, str]]:
        sections = [
            (f"visitor {number}", visitor.testimony(tmp_path / f"visitor-{number}.png"))
            for number, visitor in enumerate(visitors)
        ]
        said = [(f"server {server.url}", server.read_log()[at:]) for server, at in servers.values()]
        return sections + said

    request.node.piste_witnesses = [witness]
    yield opened
    failed = getattr(request.node, "piste_failed", False)
    for visitor in visitors:
        visitor.leave()
        if visitor.page.context is profile and not failed:
            free_pages.append(visitor.page)
        else:
            visitor.page.close()
    for context in profiles:
        context.close()
    asked = [request for visitor in visitors for request in visitor.outside]
    assert not asked, "requests left this machine"
    assert not [dialog for visitor in visitors for dialog in visitor.dialogs]
    assert not [error for visitor in visitors for error in visitor.errors]
    for server_, at in servers.values():
        assert "Traceback" not in server_.read_log()[at:], server_.read_log()[at:]
