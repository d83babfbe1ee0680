"""Answers as files: what GDAL makes of them, and that none is ever written by half."""

from __future__ import annotations

import io
import json
from datetime import date
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from PIL import Image
from pyproj import Transformer
from rasterio.crs import CRS
from rasterio.io import MemoryFile

from geo.exchange.files import write_whole
from geo.exchange.geotiff import NODATA, geotiff
from geo.exchange.hotspots import content, facts, features
from geo.hotspots.analysis.answer import Answer, answer
from geo.hotspots.analysis.ground import Ground
from geo.hotspots.analysis.question import NETWORK, PLANAR, Question
from geo.hotspots.grid import PLANE_CRS, Grid
from geo.hotspots.raster import RAMP
from geo.records import InputError
from geo.selection import Selection
from tests.starter import ON, starter

SINCE_2017 = Selection(on=ON, known_on=ON, start=date(2017, 1, 1), end=ON, ied_only=True)


@lru_cache(maxsize=2)
def found(surface: str) -> Answer:
    return answer(Question(SINCE_2017, surface, lixel_m=5_000.0), Ground(starter()))


def test_gdal_reads_values_place_and_words_of_a_grid_as_they_were() -> None:
    grid = Grid(-20_000.0, 35_000.0, 5_000.0, 3, 2)
    values = np.array([[1.5, 2, 3], [4, np.nan, 0]])
    tags = {"why": "Ségou & “Gao” <b>", "kernel": "quartic"}
    file = geotiff(values, grid, band="events per km²", tags=tags, credits_="© OSM")
    with MemoryFile(file) as memory, memory.open() as read:
        assert read.driver == "GTiff"
        assert read.crs == CRS.from_string(PLANE_CRS)
        assert tuple(read.bounds) == (-20_000, 35_000, -5_000, 45_000)
        assert read.read(1, masked=True)[::-1].tolist() == [[1.5, 2, 3], [4, None, 0]]
        assert (read.nodata, read.dtypes, read.descriptions) == (
            NODATA, ("float32",), ("events per km²",),
        )  # fmt: skip
        assert tags.items() <= read.tags().items()
        assert read.tags()["TIFFTAG_COPYRIGHT"] == "© OSM"
        assert read.tags()["AREA_OR_POINT"] == "Area"


def test_the_densest_cell_of_the_geotiff_lies_where_the_surface_has_it() -> None:
    one = found(PLANAR)
    assert one.surface is not None
    with MemoryFile(content(one, ".tif")) as memory, memory.open() as read:
        band = read.read(1, masked=True)
        row, column = np.unravel_index(band.argmax(), band.shape)
        at = read.xy(row, column)
        assert read.tags()["attribution"].startswith("Borders: Natural Earth")
        assert read.tags()["bandwidth_m"] == "25000"
        assert "chosen by hand" in read.tags()["notes"]
    density, grid = one.surface.density_per_km2, one.surface.grid
    ny, nx = np.unravel_index(density.argmax(), density.shape)
    assert at == pytest.approx((grid.x_m[nx], grid.y_m[ny]))
    assert band.max() == pytest.approx(density.max() * 10_000 / one.months)
    assert bool(band.mask[0, 0])  # the margin beyond the study area says nothing
    # As many events as there are, whichever program counts them.
    total = float(band.sum()) / 10_000 * grid.cell_km2 * one.months
    assert total == pytest.approx(one.surface.mass_total, rel=0.01)


def test_areas_of_classes_hold_what_they_say() -> None:
    one = found(PLANAR)
    areas = features(one)
    assert areas.crs.to_epsg() == 4326
    plane = areas.to_crs(PLANE_CRS).area / 1e6
    # A limit's area is that of its class and of all above.
    assert plane[::-1].cumsum()[::-1].to_numpy() == pytest.approx(areas["area_km2"], rel=1e-3)
    assert areas["holds_share"].iloc[0] >= 0.98
    assert areas.geometry.is_valid.all()


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg"])
def test_lixels_come_back_with_their_rates_and_whom_to_name(suffix: str, tmp_path: Path) -> None:
    one = found(NETWORK)
    assert one.roads is not None
    path = tmp_path / f"lixels{suffix}"
    write_whole(path, content(one, suffix))
    table = gpd.read_file(path)
    assert len(table) == len(one.lixels)
    assert table.crs.to_epsg() == 4326
    once = table.drop_duplicates("lixel").set_index("lixel")["density"].sort_index()
    assert once.to_numpy() == pytest.approx(one.roads.per_km * one.per_road, abs=1e-9)
    assert {"now_low", "ratio_before", "trend_year", "chainage", "road"} <= set(table.columns)
    if suffix == ".geojson":
        whole = json.loads(path.read_text(encoding="utf-8"))
        assert "Natural Earth" in whole["attribution"]
        assert whole["facts"]["kernel"] == "quartic"


@pytest.mark.parametrize("surface", [PLANAR, NETWORK])
def test_a_picture_shows_the_classes(surface: str) -> None:
    picture = Image.open(io.BytesIO(content(found(surface), ".png")))
    assert picture.width == 1400
    seen = {colour for _, colour in picture.getcolors(2**24) or []}
    darkest = tuple(int(RAMP[-1][i : i + 2], 16) for i in (1, 3, 5))
    assert darkest in seen


def test_a_format_that_does_not_fit_is_refused_with_those_that_do() -> None:
    for suffix, surface in ((".tif", NETWORK), (".docx", PLANAR), ("", PLANAR)):
        with pytest.raises(InputError, match=r"geojson, \.gpkg, \.png"):
            content(found(surface), suffix)


def test_facts_name_days_kernel_and_share_left_out() -> None:
    told = facts(found(PLANAR))
    assert told["period"] == "2017-01-01 – 2025-02-12"
    assert float(told["left_out_share"]) == pytest.approx(found(PLANAR).left_out_share, abs=1e-4)
    assert "nothing was reported" in told["notes"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    with pytest.raises(TypeError):
        write_whole(path, "no bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["a.tif"]
    with pytest.raises(OSError, match="No such file"):
        write_whole(tmp_path / "nowhere" / "a.tif", b"")


def test_the_plane_is_the_projection_that_pyproj_has() -> None:
    with MemoryFile(content(found(PLANAR), ".tif")) as memory, memory.open() as read:
        back = Transformer.from_crs(read.crs.to_wkt(), "EPSG:4326", always_xy=True)
        assert back.transform(0, 0) == pytest.approx((2, 17))
