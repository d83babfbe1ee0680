"""An address carries the whole view: opened cold, copied, passed on, or mistyped."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.server import Server
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
KOBE = "ML-2025-02-07-KOBE"
VIEW = f"on=2025-02-12&known=2025-02-12&period=all&cat=ied&pick=incident:{KOBE}"


def test_a_cold_address_opens_filters_map_and_file(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, f"/?{VIEW}")
    visitor.await_map()
    expect(visitor.map.locator(".piste-caption")).to_contain_text("As of Feb 12, 2025")
    visitor.expect_chosen("Categories", "IED")
    shown = visitor.in_map(
        "() => [...new Set(Piste.state.marks.c.map(c => Piste.state.marks.categories[c].label))]"
    )
    assert shown == ["IED"]
    expect(visitor.file).to_contain_text("On RN17 at PK 33")
    lat, lon, _zoom = visitor.view()
    assert (lat, lon) == pytest.approx((16.057, 0.117), abs=0.02)
    assert visitor.in_map("() => Piste.state.select.getLayers().length") == 1


def test_a_copied_address_gives_a_stranger_the_same_view(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    first = visit(server, "/?on=2025-02-12&period=all&at=16.06_0.12_11")
    first.await_map()
    drawn = first.updates
    first.choose("Categories", "Ambush")
    first.await_map(more_than=drawn)
    first.toggle("density")
    first.pan(-90, 60)
    first.click_mark(KOBE)
    first.await_query("pick", f"incident:{KOBE}")
    first.idle()
    address = first.page.url
    assert first.query["cat"] == ["ambush"]

    second = visit(server, address, stranger=True)
    second.await_map()
    expect(second.file).to_contain_text("On RN17 at PK 33")
    second.expect_chosen("Categories", "Ambush")
    assert second.shown_layers() == first.shown_layers()
    assert "density" not in second.shown_layers()
    assert second.view() == pytest.approx(first.view(), abs=0.0011)
    without = [{**visitor.query, "layers": []} for visitor in (first, second)]
    assert without[0] == without[1]
    marks = "() => [...Piste.state.marks.id].sort()"
    assert second.in_map(marks) == first.in_map(marks)


def test_the_address_keeps_where_the_map_looks_when_a_filter_changes(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/?on=2025-02-12&period=all&country=ML&at=16.06_0.12_11")
    visitor.await_map()
    visitor.toggle("density")
    visitor.pan(-90, 60)
    at, layers = visitor.query["at"], visitor.query["layers"]
    assert at != ["16.06_0.12_11"]
    visitor.choose("Categories", "Ambush")
    visitor.await_query("cat", "ambush")
    visitor.idle()
    assert visitor.query["at"] == at
    assert visitor.query["layers"] == layers
    visitor.go_to("Incidents")
    expect(visitor.page.get_by_role("heading", name="incidents in this view")).to_be_visible()
    assert visitor.query["at"] == at


def test_a_filter_survives_the_page_change_both_ways(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/?period=all&country=NE")
    visitor.await_map()
    visitor.go_to("Incidents")
    title = visitor.page.get_by_role("heading", name="incidents in this view")
    expect(title).to_be_visible()
    niger = title.inner_text()
    visitor.await_query("country", "NE")
    visitor.choose("Categories", "Ambush")
    visitor.await_query("cat", "ambush")
    expect(title).not_to_have_text(niger)
    visitor.go_to("Threat map")
    visitor.await_map()
    visitor.await_query("country", "NE")
    visitor.await_query("cat", "ambush")
    visitor.expect_chosen("Countries", "Niger")
    shown = (
        "() => [...new Set(Piste.state.marks.c.map(c => Piste.state.marks.categories[c].label))]"
    )
    assert visitor.in_map(shown) == ["Ambush"]


def test_a_cold_address_of_another_page_opens_that_page_filtered(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/incidents?period=all&country=NE&cat=ambush")
    expect(visitor.page.get_by_role("heading", name="incidents in this view")).to_be_visible()
    visitor.idle()
    assert visitor.path == "/incidents"
    visitor.expect_chosen("Countries", "Niger")
    visitor.expect_chosen("Categories", "Ambush")
    assert visitor.query == {"period": ["all"], "country": ["NE"], "cat": ["ambush"]}
    visitor.go_to("Threat map")
    visitor.await_map()
    visitor.await_query("country", "NE")


def test_what_the_map_shows_survives_the_page_change(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/?at=16.06_0.12_10")
    visitor.await_map()
    visitor.toggle("density")
    visitor.pan(-120, -40)
    before, layers = visitor.view(), visitor.shown_layers()
    visitor.go_to("Sources and limits")
    expect(visitor.page.get_by_role("heading", name="What Piste does not know")).to_be_visible()
    visitor.go_to("Threat map")
    visitor.await_map()
    assert visitor.view() == pytest.approx(before, abs=0.0011)
    assert visitor.shown_layers() == layers


def test_unknown_and_invalid_parameters_are_named_and_ignored(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/?on=2025-02-31&cat=dragons&colour=red&country=ML&at=here&bw=7")
    visitor.await_map()
    notice = visitor.page.locator(".piste-notice")
    for name, value in (("on", "2025-02-31"), ("cat", "dragons"), ("colour", "red")):
        expect(notice).to_contain_text(f"{name} = “{value}”")
    expect(notice).to_contain_text("at = “here”")
    expect(notice).to_contain_text("bw = “7”")
    expect(notice).not_to_contain_text("country")
    visitor.expect_chosen("Countries", "Mali")
    visitor.await_query("cat")
    visitor.await_query("colour")
    visitor.await_query("country", "ML")


def test_the_back_button_takes_the_last_filter_away(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(server, "/incidents?period=all")
    title = visitor.page.get_by_role("heading", name="incidents in this view")
    expect(title).to_be_visible()
    everything = title.inner_text()
    visitor.choose("Countries", "Niger")
    visitor.await_query("country", "NE")
    expect(title).not_to_have_text(everything)
    visitor.idle()
    visitor.page.go_back()
    expect(title).to_have_text(everything)
    visitor.expect_chosen("Countries")
