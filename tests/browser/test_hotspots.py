"""The page of hotspots in a real browser: choices redraw the map, the address carries them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import rasterio
from playwright.sync_api import expect

from tests.browser.pictures import can_be_had
from tests.browser.server import Server
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
OPENED = "/hotspots?on=2025-02-12&known=2025-02-12&period=all"
COLOURS = "() => Piste.state.payload.lixels.filter(l => l.colour).length"


def test_the_slider_the_kernel_and_the_surface_redraw_the_map(
    server: Server, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    visitor = visit(server, OPENED)
    visitor.await_map()
    page = visitor.page
    expect(visitor.file).to_contain_text("135 reports")
    expect(visitor.file).to_contain_text("holds 25% of them")
    expect(visitor.file).to_contain_text("that is not the same as nothing happened")
    can_be_had(visitor, "piste_hotspots", "Where reported events concentrate")
    visitor.idle()
    image = "() => document.querySelector('img.leaflet-image-layer').src"
    before, drawn = visitor.in_map(image), visitor.updates

    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    visitor.await_query("km", "26")
    visitor.await_map(drawn)
    assert visitor.in_map(image) != before
    expect(visitor.map.locator(".piste-caption")).to_contain_text("Bandwidth 26.0 km")

    # Another kernel takes the bandwidth that spreads an event as far: 26 km / √8.
    visitor.idle()
    page.get_by_role("combobox", name="Kernel").click()
    page.get_by_role("option", name="Gaussian").click()
    visitor.await_query("km", "9.2")

    with page.expect_download() as waiting:
        page.get_by_role("button", name="GeoTIFF").click()
    waiting.value.save_as(tmp_path / "a.tif")
    with rasterio.open(tmp_path / "a.tif") as read:
        assert read.tags()["kernel"] == "gaussian"
        assert float(read.tags()["bandwidth_m"]) == 9_200

    drawn = visitor.updates
    page.get_by_text("Along roads", exact=True).click()
    visitor.await_query("surface", "network")
    visitor.await_map(drawn)
    assert visitor.in_map(COLOURS) > 10
    expect(visitor.file).to_contain_text("per 100 km and month")
    expect(page.get_by_role("button", name="GeoTIFF")).to_have_count(0)
    expect(page.get_by_role("button", name="GeoPackage of lixels")).to_be_visible()


def test_an_address_opens_years_strip_and_list_and_a_row_is_found_on_the_map(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, f"{OPENED}&surface=network&part=years&shown=year")
    visitor.await_map()
    page = visitor.page
    expect(page.locator("text").filter(has_text="2018 · 23 events")).to_be_attached()
    # The records begin with the period: no change can be told, and the map shows the density.
    expect(visitor.file).to_contain_text("The records do not reach back far enough")
    can_be_had(visitor, "piste_years", "Where reported events concentrate, year by year")
    visitor.idle()
    page.get_by_text("Near one another", exact=True).click()
    visitor.await_query("part", "chance")
    expect(page.get_by_text("They lie nearer than chance gives.", exact=False)).to_be_visible()
    visitor.idle()
    page.get_by_text("Along one road", exact=True).click()
    visitor.await_query("part", "strip")
    expect(page.get_by_text("highest:", exact=False).first).to_be_attached()
    visitor.idle()
    page.get_by_text("How to read it", exact=True).click()
    expect(page.get_by_text("no rank worth reading out", exact=False)).to_be_visible()
    visitor.idle()
    page.get_by_text("Stretches of road", exact=True).click()
    table = page.locator("[data-testid='stDataFrame']").first
    expect(table.locator("tbody tr").first).to_be_attached()
    expect(table).to_contain_text("more than chance")
    drawn = visitor.updates
    table.scroll_into_view_if_needed()
    box = table.locator("canvas").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 16, box["y"] + 52)
    visitor.await_query("pick", "road:ML-RN18:544938:564400")
    visitor.await_map(drawn)
    assert visitor.in_map("() => Boolean(Piste.state.payload.selected.path)")
    expect(visitor.file).to_contain_text("RN18")
