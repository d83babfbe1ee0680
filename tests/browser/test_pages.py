"""The pages beside the map: the table with its downloads, and the placing of phrases and files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.server import Server
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
GOOD = "incident_id,country,place,location_text\nA-1,ML,Gao,in Gao\nA-2,ML,,near Ansongo\n"


TABLES = "[data-testid='stDataFrame'] table"
FAULTS = "What is wrong, and what to do"


def cells(table: Locator, column: str) -> list[str]:
    """Return a column of a table as a screen reader has it."""
    names: list[str] = table.locator("thead th").all_inner_texts()
    at = names.index(column)
    return [row.locator("td").nth(at).inner_text() for row in table.locator("tbody tr").all()]


def table_with(visitor: Visitor, column: str) -> Locator:
    """Return the table that has a column of this name, when it is there with a row."""
    table = visitor.page.locator(TABLES).filter(has_text=column)
    expect(table.locator("tbody tr").first).to_be_attached()
    return table


def test_downloads_hold_exactly_what_the_table_shows(
    server: Server, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    visitor = visit(
        server,
        "/incidents?on=2025-02-12&period=36m&cat=ied&country=BF",
        viewport={"width": 2600, "height": 1200},
    )
    table = visitor.page.locator("[data-testid='stDataFrame'] table").first
    expect(table.locator("thead th").last).to_have_text("Id")
    expect(table.locator("tbody tr").first).to_be_attached()
    visitor.idle()
    shown = cells(table, "Id")
    assert 0 < len(shown) < 12  # all rows of the table are on the screen
    assert set(cells(table, "Category")) == {"IED"}
    title = visitor.page.get_by_role("heading", name="in this view")
    assert title.inner_text().split()[0] == str(len(shown))

    paths = {}
    for name in ("CSV", "GeoJSON"):
        with visitor.page.expect_download() as waiting:
            visitor.page.get_by_role("button", name=f"Download {name}", exact=True).click()
        assert waiting.value.suggested_filename == f"piste-incidents-20250212-36m.{name.lower()}"
        paths[name] = tmp_path / name
        waiting.value.save_as(paths[name])
    text = paths["CSV"].read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["incident_id"] for row in rows] == shown
    features = json.loads(paths["GeoJSON"].read_text(encoding="utf-8"))["features"]
    assert [feature["id"] for feature in features] == shown


def test_a_row_of_the_table_opens_its_file_on_the_map(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/incidents?on=2025-02-12&period=30d&cat=ambush&region=ML:Gao")
    frame = visitor.page.locator("[data-testid='stDataFrame']").first
    expect(frame.locator("tbody tr").first).to_be_attached()
    box = frame.locator("canvas").first.bounding_box()
    assert box is not None
    visitor.page.mouse.click(box["x"] + 16, box["y"] + 52)
    visitor.page.get_by_role("link", name="on the map").click()
    visitor.await_map()
    assert visitor.query["pick"][0].startswith("incident:")
    expect(visitor.file).to_contain_text("Where, and why there", ignore_case=True)


def test_filters_that_leave_nothing_say_so(server: Server, visit: Callable[..., Visitor]) -> None:
    visitor = visit(server, "/incidents?on=2012-01-01&period=30d")
    expect(visitor.page.get_by_text("No reported incident passes the filters")).to_be_visible()
    visitor.go_to("Threat map")
    visitor.await_map()
    assert visitor.in_map("() => Piste.state.marks.lon.length") == 0
    visitor.page.get_by_role("button", name="Reset filters").click()
    visitor.await_query("on")
    visitor.await_in_map("() => Piste.state.marks.lon.length > 0")


def test_the_phrase_box_places_kobe_on_rn17(server: Server, visit: Callable[..., Visitor]) -> None:
    visitor = visit(server, "/geocode")
    answer = visitor.page.locator(".piste-file")
    expect(answer).to_contain_text("RN17 PK 3")
    expect(answer).to_contain_text("Kobé")
    box = visitor.page.get_by_label("A place as a report words it")
    box.fill("20 km from Gao towards Ansongo <img src=x onerror='window.__pwned=1'>")
    box.press("Enter")
    expect(answer).to_contain_text("PK 20+000")
    visitor.idle()
    box.fill("in the village of Xyzzyqwertz")
    box.press("Enter")
    expect(visitor.page.get_by_text("Not placed:")).to_be_visible()
    assert visitor.page.evaluate("() => window.__pwned") is None


def upload(visitor: Visitor, name: str, content: bytes) -> None:
    field = visitor.page.locator("[data-testid='stFileUploader'] input[type=file]")
    field.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def test_files_are_placed_keep_their_good_rows_or_are_refused_with_reasons(
    server: Server, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    """One file after another, as a person tries who is told what is wrong."""
    visitor = visit(server, "/geocode", viewport={"width": 1800, "height": 1400})
    upload(visitor, "good.csv", GOOD.encode())
    expect(visitor.page.get_by_text("2 rows read, 2 placed, 0 not placed.")).to_be_visible()
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name="Download GeoJSON").click()
    waiting.value.save_as(tmp_path / "placed.geojson")
    features = json.loads((tmp_path / "placed.geojson").read_text(encoding="utf-8"))["features"]
    assert [f["properties"]["incident_id"] for f in features] == ["A-1", "A-2"]
    assert [f["properties"]["location_text"] for f in features] == ["in Gao", "near Ansongo"]
    assert all(f["geometry"] and f["properties"]["explanation"] for f in features)
    refused = visitor.page.get_by_text("The file cannot be used.")

    def refuse(content: bytes) -> None:
        upload(visitor, "bad.csv", content)
        expect(refused).to_be_visible()
        visitor.idle()
        assert all(len(text) > 15 for text in cells(table_with(visitor, FAULTS), FAULTS))

    refuse(b"")
    content = (
        "incident_id,country,place,latitude,longitude\n"
        "B-1,ML,Gao,,\n"
        "B-2,ML,Nowhere,95.5,0.1\n"
        "B-3,ML,Gao,north,0.1\n"
        'B-4,ML,"<img src=x onerror=""window.__pwned=1"">",16.2,-0.04\n'
    )
    upload(visitor, "faults.csv", content.encode())
    expect(visitor.page.get_by_text("the rest was kept", exact=False)).to_be_visible()
    visitor.idle()
    faults = table_with(visitor, FAULTS)
    expect(faults).to_contain_text("latitude")
    told = list(zip(cells(faults, "Row"), cells(faults, "Column"), strict=True))
    assert ("3", "latitude") in told
    assert ("4", "latitude") in told
    placed = table_with(visitor, "Why there")
    expect(placed).to_contain_text("B-1")
    expect(placed).to_contain_text("B-4")
    for frame in visitor.page.frames:
        assert frame.evaluate("() => window.__pwned") is None

    refuse(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    upload(
        visitor,
        "latin.csv",
        "incident_id,place,country\nC-1,Kobé,ML\nC-2,Gao,ML\n".encode("latin-1"),
    )
    expect(visitor.page.get_by_text("1 rows read, 1 placed")).to_be_visible()
    visitor.idle()
    faults = table_with(visitor, FAULTS)
    assert (cells(faults, "Row"), cells(faults, "Column")) == (["2"], ["place"])
    refuse(b"colour,taste\nred,sweet\n")
