"""The map runs by itself: only a selection or a filter goes to the server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.server import Server
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
KOBE = "ML-2025-02-07-KOBE"
LAYERS = ("incidents", "roads", "density", "choropleth", "places", "regions", "rivers")
#: Whether the layer's own part of the map is there.
DRAWN = """layer => {
  const { layers, map, labels } = Piste.state;
  if (layer === "places") return labels._show.places;
  const parts = { incidents: ["stretches", "marks"] }[layer] || [layer];
  return parts.every((part) => map.hasLayer(layers[part]) && layers[part].getLayers().length > 0);
}"""
#: Whether symbols look the same after a dashed road was drawn: dashes mean "known by region only".
UNDASHED = """() => [Piste.drawGlyph, Piste.drawCluster].every((draw) => {
  const [one, other] = [[], [2, 5]].map((dash) => {
    const canvas = document.createElement("canvas");
    const ctx = canvas.getContext("2d");
    ctx.setLineDash(dash);
    draw(ctx, 30, 30, 12, { kind: "along", shape: "circle", colour: "#00f", halo: "#fff",
      edge: "#fff", ink: "#000", label: "2", parts: [["#00f", 1]] });
    return canvas.toDataURL();
  });
  return one === other;
})"""


def test_moving_hovering_toggling_and_popups_rerun_nothing_and_a_heap_lists_its_incidents(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/?on=2025-02-12&period=all&at=16.06_0.12_10")
    visitor.await_map()
    visitor.in_map("() => { window.map.piste_marker = 'the same'; }")
    assert visitor.in_map(UNDASHED)
    drawn, reruns = visitor.updates, visitor.reruns
    assert reruns >= 1  # the frames are counted at all

    visitor.pan(-60, 40)
    at = visitor.query["at"]
    visitor.page.mouse.wheel(0, 120)
    visitor.page.wait_for_function(
        "at => new URL(location).searchParams.get('at') !== at", arg=at[0]
    )
    visitor.toggle("rivers")
    heap = visitor.mark(KOBE)
    assert heap is not None
    visitor.page.mouse.move(heap["x"], heap["y"])
    expect(visitor.map.locator(".leaflet-tooltip")).to_contain_text("incidents here")
    visitor.page.mouse.click(heap["x"], heap["y"])
    expect(visitor.map.locator(".leaflet-popup")).to_be_visible()
    assert visitor.reruns == reruns
    assert visitor.updates == drawn

    # A selection does go to the server, once; whatever was held back would have gone with it.
    visitor.map.locator(".leaflet-popup").get_by_role("button", name="Feb 7, 2025").click()
    expect(visitor.file).to_contain_text("About 100 gunmen")
    visitor.idle()
    assert visitor.reruns == reruns + 1
    assert visitor.in_map("() => window.map.piste_marker") == "the same"
    popup = visitor.map.locator(".leaflet-popup")
    expect(popup).to_be_visible()

    # The popup has few of them by name; all are listed beside the map, and each opens.
    expect(popup).to_contain_text(f"{heap['count']:.0f} incidents here")
    popup.get_by_role("button", name="List them all").click()
    expect(visitor.file).to_contain_text(f"{heap['count']:.0f} incidents here")
    assert visitor.query["pick"][0].startswith("box:")
    visitor.file.get_by_role("button", name="Feb 7, 2025").click()
    visitor.await_query("pick", f"incident:{KOBE}")
    expect(visitor.file).to_contain_text("About 100 gunmen")


def test_a_filter_changes_the_layers_of_the_same_map_and_the_bandwidth_its_density_alone(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/?on=2025-02-12&known=2025-02-08&period=all&at=16.06_0.12_7")
    visitor.await_map()
    # The map says how large it is, whose data it shows, and the days that it stands for.
    expect(visitor.map.locator(".leaflet-control-scale-line")).to_contain_text("km")
    for source in ("Natural Earth", "GSHHG", "OpenStreetMap"):
        expect(visitor.map.locator(".leaflet-control-attribution")).to_contain_text(source)
    expect(visitor.map.locator(".piste-caption")).to_contain_text("As of Feb 12, 2025")
    expect(visitor.map.locator(".piste-caption")).to_contain_text("As known on Feb 8, 2025")
    visitor.in_map("() => { window.map.piste_marker = 'the same'; }")
    drawn = visitor.updates
    keys: dict[str, Any] = visitor.in_map("() => ({ ...Piste.state.keys })")
    slider = visitor.page.get_by_role("slider")
    slider.focus()
    slider.press("ArrowRight")
    visitor.await_query("bw", "40")
    visitor.await_map(more_than=drawn)
    now = visitor.in_map("() => ({ ...Piste.state.keys })")
    assert {name for name in keys if keys[name] != now[name]} == {"density"}
    visitor.idle()
    drawn, before = visitor.updates, visitor.in_map("() => Piste.state.marks.id.length")
    view = visitor.view()
    visitor.choose("Categories", "Abduction")
    visitor.await_map(more_than=drawn)
    after = visitor.in_map("() => Piste.state.marks.id.length")
    assert 0 < after < before
    assert visitor.in_map("() => window.map.piste_marker") == "the same"
    assert visitor.view() == pytest.approx(view)
    expect(visitor.map.locator(".piste-caption")).to_contain_text(f"{after} on the map")


@pytest.mark.parametrize(("start", "scheme"), [("all", "light"), ("none", "dark")])
def test_every_layer_can_be_switched_and_has_a_legend_in_the_theme_of_the_reader(
    server: Server, visit: Callable[..., Visitor], start: str, scheme: str
) -> None:
    shown = "_".join(LAYERS) if start == "all" else "none"
    visitor = visit(server, f"/?on=2025-02-12&period=all&layers={shown}", color_scheme=scheme)
    visitor.await_map()
    assert visitor.in_map("() => document.documentElement.dataset.theme") == scheme
    land = {"light": "rgb(247, 243, 234)", "dark": "rgb(27, 32, 38)"}[scheme]
    expect(visitor.map.locator("#map_div")).to_have_css("background-color", land)
    caption = {"light": "rgb(31, 36, 48)", "dark": "rgb(232, 230, 225)"}[scheme]
    expect(visitor.map.locator(".piste-caption")).to_have_css("color", caption)
    assert visitor.shown_layers() == (set(LAYERS) if start == "all" else set())
    for layer in LAYERS:
        assert visitor.in_map(DRAWN, layer) is (start == "all"), layer
        visitor.open_panel()
        visitor.map.locator(f"input[data-layer='{layer}']").click()
        assert visitor.in_map(DRAWN, layer) is (start != "all"), layer
        legend = visitor.map.locator(f"details.piste-legend[data-layer='{layer}']")
        legend.locator("summary").click()
        expect(legend.locator(".piste-legend-row").first).to_be_visible()
        assert legend.locator("canvas.piste-swatch").count() >= 1
        legend.locator("summary").click()
    rest = [] if start == "all" else list(LAYERS)
    visitor.await_query("layers", "_".join(rest) or "none")


def test_two_browsers_at_once_do_not_see_each_other(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    mali = visit(server, "/?on=2025-02-12&period=all&country=ML")
    niger = visit(
        server, "/?on=2025-02-12&period=all&country=NE&layers=roads_incidents", stranger=True
    )
    mali.await_map()
    niger.await_map()
    pairs = (("Ambush", "Abduction"), ("IED", "Other"), ("Mine", "Armed attack"))
    for left, right in pairs:  # neither waits for the other
        mali.idle()
        mali.choose("Categories", left)
        niger.idle()
        niger.choose("Categories", right)
    labels = (
        "() => [...new Set(Piste.state.marks.c.map(c => Piste.state.marks.categories[c].label))]"
        ".sort()"
    )
    countries = "() => [...new Set(Piste.state.marks.id.map(id => id.slice(0, 2)))]"
    mali.expect_chosen("Categories", "Ambush", "IED", "Mine")
    niger.expect_chosen("Categories", "Abduction", "Other", "Armed attack")
    within = (
        f"wanted => {{ const shown = ({labels})();"
        " return shown.length > 0 && shown.every((label) => wanted.includes(label)); }"
    )
    mali.await_in_map(within, ["Ambush", "IED", "Mine"])
    niger.await_in_map(within, ["Abduction", "Armed attack", "Other"])
    assert mali.in_map(countries) == ["ML"]
    assert niger.in_map(countries) == ["NE"]
    mali.expect_chosen("Countries", "Mali")
    niger.expect_chosen("Countries", "Niger")
    assert niger.shown_layers() == {"roads", "incidents"}
    assert "density" in mali.shown_layers()


def test_a_phone_shows_the_map_without_scrolling_sideways(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(
        server, "/?on=2025-02-12", viewport={"width": 390, "height": 844}, has_touch=True,
        is_mobile=True, device_scale_factor=2,
    )  # fmt: skip
    visitor.await_map()
    wide = "() => [document.scrollingElement.scrollWidth, innerWidth]"
    scroll_width, inner_width = visitor.page.evaluate(wide)
    assert scroll_width <= inner_width == 390
    frame = visitor.page.locator("iframe[title^='streamlit_folium']")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert 300 <= box["width"] <= 390
    assert 380 <= box["height"] <= 844
    assert visitor.in_map(wide) == pytest.approx([box["width"], box["width"]], abs=1)
