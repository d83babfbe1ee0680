"""A person in front of Piste: one page of a browser, and what it did and met."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import (
    Dialog,
    FloatRect,
    FrameLocator,
    Locator,
    Page,
    Request,
    WebSocket,
    expect,
)
from playwright.sync_api import Error as PlaywrightError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.server import Server

#: Generous: a loaded machine is slow, not broken.
TIMEOUT_MS = 1000 * int(os.environ.get("PISTE_BROWSER_TIMEOUT_S", "90"))
#: From a key to the request for a run that it causes.
_KEY_MS = 20
#: Notes of the server that end a run are short; the payload of a map need not be read.
_LONGEST_NOTE = 1024
_HERE = {"127.0.0.1", "localhost", ""}
_MAP = "iframe[title^='streamlit_folium']"
#: The screen position of an incident's mark and how many incidents share it.
_MARK_OF = """id => {
  const state = Piste.state, wanted = state.marks.id.indexOf(id);
  if (wanted < 0) return null;
  const cell = state.map.getZoom() >= 12 ? 14 : 28;
  for (const bin of Piste.binMarks(state.map, state.marks, cell).values()) {
    if (!bin.rows.includes(wanted)) continue;
    const at = state.map.latLngToContainerPoint([bin.y / bin.count, bin.x / bin.count]);
    return { x: at.x, y: at.y, count: bin.count };
  }
  return null;
}"""
#: Whether no script runs and all that it sent is drawn: nothing waits for its turn (a loaded
#: machine hears of the end long before it has drawn), no part of Streamlit is still being fetched.
#: With a limit, since a page that draws no frame at all is never told that it is idle.
_STANDS = """() => new Promise((told) => requestIdleCallback(() => told(
  document.querySelector("[data-testid='stApp'][data-test-script-state='notRunning']") !== null
  && document.querySelector("[data-testid='stSkeleton'], [data-testid='stAppSkeleton']") === null
), { timeout: 1000 }))"""
_POINT_OF = "([lat, lon]) => Piste.state.map.latLngToContainerPoint([lat, lon])"


class Visitor:
    """One page of a browser.

    Parameters
    ----------
    page
        The page, where nobody else is.
    server
        The server that is visited.
    """

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.outside: list[str] = []
        self.dialogs: list[str] = []
        self.errors: list[str] = []
        self.reruns = 0
        self._awaits_run = False
        self._socket: WebSocket | None = None
        page.set_default_timeout(TIMEOUT_MS)
        expect.set_options(timeout=TIMEOUT_MS)
        self._listening = {
            "request": self._asked,
            "dialog": self._shown,
            "pageerror": self._failed,
            "websocket": self._connected,
        }
        for event, listener in self._listening.items():
            page.on(event, listener)  # type: ignore[call-overload]

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.hostname not in _HERE:
            self.outside.append(request.url)

    def _connected(self, socket: WebSocket) -> None:
        if urlsplit(socket.url).hostname not in _HERE:
            self.outside.append(socket.url)
        self._socket = socket
        socket.on("framesent", lambda payload: self._sent(socket, payload))
        socket.on("framereceived", lambda payload: self._received(socket, payload))

    def _sent(self, socket: WebSocket, payload: bytes | str) -> None:
        if isinstance(payload, bytes) and socket is self._socket:
            message = BackMsg.FromString(payload)
            if message.WhichOneof("type") == "rerun_script":
                self.reruns += 1
                self._awaits_run = True

    def _received(self, socket: WebSocket, payload: bytes | str) -> None:
        if socket is not self._socket:
            return  # of the page before
        if isinstance(payload, bytes) and len(payload) < _LONGEST_NOTE:
            message = ForwardMsg.FromString(payload)
            if message.WhichOneof("type") == "script_finished":
                self._awaits_run = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _failed(self, error: PlaywrightError) -> None:
        self.errors.append(str(error))

    def _shown(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def open(self, address: str) -> None:
        """Go to an address of the server, or to a whole one that was copied."""
        whole = address if address.startswith("http") else self.server.url + address
        self._socket, self._awaits_run = None, True
        self.page.goto(whole)

    def leave(self) -> None:
        """Leave the page to the next visitor: nothing open, nothing kept, no name remembered."""
        self.page.evaluate("() => sessionStorage.clear()")
        self.page.context.clear_cookies()
        self.page.goto(f"{self.server.url}/piste/health")
        for event, listener in self._listening.items():
            self.page.remove_listener(event, listener)

    def testimony(self, picture: Path) -> str:
        """Return where the visitor is and what it met; takes a picture."""
        try:
            self.page.screenshot(path=picture)
        except PlaywrightError as error:
            return f"no picture: {error}"
        met = {"url": self.page.url, "picture": str(picture), "errors": self.errors}
        return json.dumps({**met, "dialogs": self.dialogs, "outside": self.outside}, indent=1)

    # ---- the page ----

    @property
    def query(self) -> dict[str, list[str]]:
        """What the address bar carries, once no run may still change it."""
        self.idle()
        return parse_qs(urlsplit(self.page.url).query, keep_blank_values=True)

    @property
    def path(self) -> str:
        """The page of the address bar."""
        return urlsplit(self.page.url).path

    @property
    def file(self) -> Locator:
        """What stands beside the map, all of it."""
        return self.page.locator("[data-testid='stMain'] [data-testid='stColumn']").filter(
            has=self.page.locator(".piste-file")
        )

    def idle(self) -> None:
        """Wait until every run that the page has asked for is over, and what it drew stands.

        That no script runs *now* is not enough: between a key and the run that it asks for there
        is a moment in which none does.
        """
        deadline = time.monotonic() + TIMEOUT_MS / 1000
        self.page.wait_for_timeout(_KEY_MS)
        while self._awaits_run:
            if time.monotonic() > deadline:
                pytest.fail("the run that the page has asked for does not end")
            self.page.wait_for_timeout(_KEY_MS)
        while not self.page.evaluate(_STANDS):
            if time.monotonic() > deadline:
                pytest.fail("what the run has sent is not drawn")
            self.page.wait_for_timeout(_KEY_MS)

    def await_query(self, name: str, *values: str) -> None:
        """Wait until the address bar carries a parameter with these values (none: without it)."""
        wanted = list(values)
        self.page.wait_for_function(
            "([name, values]) => JSON.stringify(new URL(location).searchParams.getAll(name))"
            " === JSON.stringify(values)",
            arg=[name, wanted],
        )

    def go_to(self, title: str) -> None:
        """Choose a page in the navigation, in a row or in one of its menus."""
        exact = re.compile(rf"{re.escape(title)}$")  # what stands before it is the icon's name
        link = self.page.locator("[data-testid='stTopNavLink']").filter(has_text=exact)
        if link.count():
            link.click()
            expect(link).to_have_attribute("aria-current", "page")
            return
        for menu in self.page.locator("[data-testid='stTopNavSection']").all():
            menu.click()
            inner = self.page.locator("[data-testid='stTopNavDropdownLink']")
            expect(inner.first).to_be_visible()
            link = inner.filter(has_text=exact)
            if link.count():
                address = str(link.get_attribute("href"))
                link.click()
                self.page.wait_for_url(re.compile(re.escape(address) + r"($|\?)"))
                return
            self._close(inner)
        pytest.fail(f"no page is called {title}")

    def _close(self, inner: Locator) -> None:
        """Close an open menu; until it is gone, nothing else can be clicked."""
        inner.first.press("Escape")
        expect(inner).to_have_count(0)

    def titles(self) -> list[str]:
        """Return the titles of all pages, as the navigation has them."""
        self.idle()  # a navigation that is drawn anew under an open menu stays inert
        found = self.page.locator("[data-testid='stTopNavLink']").all_inner_texts()
        for menu in self.page.locator("[data-testid='stTopNavSection']").all():
            menu.click()
            inner = self.page.locator("[data-testid='stTopNavDropdownLink']")
            expect(inner.first).to_be_visible()
            found += inner.all_inner_texts()
            self._close(inner)
        return [title.splitlines()[-1] for title in found]

    def expect_chosen(self, label: str, *options: str) -> None:
        """Wait until exactly these are chosen in a multiple choice of the frame."""
        box = self.page.locator("[data-testid='stMultiSelect']").filter(
            has=self.page.get_by_role("combobox", name=label, exact=True)
        )
        expect(box.locator(".react-aria-ComboBox [data-tag]")).to_have_text(list(options))

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a choice in the frame."""
        self.page.get_by_role("combobox", name=label, exact=True).click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.page.keyboard.press("Escape")

    # ---- the map ----

    @property
    def map(self) -> FrameLocator:
        """The map's frame."""
        return self.page.frame_locator(_MAP)

    @property
    def updates(self) -> int:
        """How many sets of data the map has drawn."""
        return int(self.map.locator("#map_div").get_attribute("data-updates") or 0)

    def await_map(self, more_than: int = 0) -> None:
        """Wait until the map has drawn more than so many sets of data, and its base layers."""
        self.map.locator("#map_div[data-updates]").wait_for()
        self.await_in_map(
            "n => Number(document.getElementById('map_div').dataset.updates) > n"
            " && Boolean(Piste.state.base)",
            more_than,
        )
        self.idle()

    def in_map(self, script: str, argument: Any = None) -> Any:
        """Run a function in the map's frame."""
        return self.map.locator("body").evaluate(f"(_, argument) => ({script})(argument)", argument)

    def await_in_map(self, condition: str, argument: Any = None) -> None:
        """Wait until a function of the map's frame gives a true value."""
        frame = next(f for f in self.page.frames if "streamlit_folium" in f.url)
        frame.wait_for_function(condition, arg=argument)

    def _box(self) -> FloatRect:
        box = self.page.locator(_MAP).bounding_box()
        assert box is not None
        return box

    def mark(self, incident_id: str) -> dict[str, float] | None:
        """Return where on the page an incident's mark is, and how many incidents share it."""
        found = self.in_map(_MARK_OF, incident_id)
        if found is None:
            return None
        box = self._box()
        return {"x": box["x"] + found["x"], "y": box["y"] + found["y"], "count": found["count"]}

    def click_mark(self, incident_id: str) -> None:
        """Click an incident's mark, which no other shares."""
        at = self.mark(incident_id)
        assert at is not None, f"no mark of {incident_id} in the picture"
        assert at["count"] == 1, f"{at['count']} incidents share the mark"
        self.page.mouse.click(at["x"], at["y"])

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Return where on the page a point of the world is."""
        at, box = self.in_map(_POINT_OF, [lat, lon]), self._box()
        return box["x"] + at["x"], box["y"] + at["y"]

    def view(self) -> tuple[float, float, float]:
        """Return latitude, longitude and zoom of the map."""
        at = self.in_map(
            "() => [Piste.state.map.getCenter().lat, Piste.state.map.getCenter().lng,"
            " Piste.state.map.getZoom()]"
        )
        return at[0], at[1], at[2]

    def pan(self, dx: float, dy: float) -> None:
        """Drag the map with the mouse."""
        box = self._box()
        x, y = box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.75
        before = self.query.get("at")
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + dx, y + dy, steps=6)
        self.page.mouse.up()
        self.page.wait_for_function(
            "before => new URL(location).searchParams.get('at') !== before",
            arg=before[0] if before else None,
        )

    def shown_layers(self) -> set[str]:
        """Return the layers whose box is ticked."""
        boxes = self.map.locator("input[data-layer]:checked")
        return {str(box.get_attribute("data-layer")) for box in boxes.all()}

    def open_panel(self) -> None:
        """Open the list of layers, if it is closed."""
        panel = self.map.locator(".piste-panel-details")
        if panel.get_attribute("open") is None:
            panel.locator("summary").first.click()

    def toggle(self, layer: str) -> None:
        """Tick or untick a layer, and leave the list of layers closed."""
        self.open_panel()
        self.map.locator(f"input[data-layer='{layer}']").click()
        self.map.locator(".piste-panel-details > summary").click()
