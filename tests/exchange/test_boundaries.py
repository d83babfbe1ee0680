"""Regions from outside files: fields, P-codes, names of the gazetteer, faults."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely import box

from geo import layers
from geo.atlas import load
from geo.exchange.boundaries import Boundaries, read_boundaries
from geo.exchange.boundary_layer import imported_regions, write_boundaries
from geo.records import InputError, Place

FACTS = {"source": "a", "attribution": "OCHA", "imported_at": "2026-01-01"}


def place(name: str, adm1: str, lon: float, lat: float, country: str = "ML") -> Place:
    return Place(name, name, (), country, adm1, "", "town", lon, lat, 1_000)


PLACES = [
    place("Gao", "Gao", 0.5, 15.5), place("Ménaka", "Ménaka", 0.8, 15.2),
    place("Inékar", "Ménaka", 0.7, 15.1), place("Mopti", "Mopti", -0.5, 15.5),
    place("Kita", "Kayes", -9, 13), place("Téra", "Tillabéri", 0.5, 14.5, "NE"),
]  # fmt: skip
GAO, MOPTI = box(0, 15, 1, 16), box(-1, 15, 0, 16)


def frame(shapes: list[Any], **columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")


def read(folder: Path, shapes: gpd.GeoDataFrame, **options: Any) -> Boundaries:
    path = folder / "regions.gpkg"
    shapes.to_file(path)
    return read_boundaries(path, PLACES, {"ML"}, **options)


def refused(folder: Path, shapes: gpd.GeoDataFrame, **options: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(folder, shapes, **options)
    return [str(fault.message) for fault in caught.value.faults]


def test_regions_keep_their_p_codes_and_get_the_gazetteers_names(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        frame([GAO, MOPTI], ADM1_FR=["GAO", "Mopti"], ADM1_PCODE=["ML07", "ML05"],
              ADM0_PCODE=["ML", "ML"]),
    )  # fmt: skip
    assert found.regions.index.tolist() == ["ml-gao", "ml-mopti"]
    assert found.regions["pcode"].tolist() == ["ML07", "ML05"]
    assert found.regions["name"].tolist() == ["Gao", "Mopti"]
    # Ménaka has no polygon of its own; its places lie in Gao's.
    assert found.regions["covers"].tolist() == [("Gao", "Ménaka"), ("Mopti",)]
    assert found.regions["focus"].all()
    assert found.uncovered == ("Kayes",)
    assert found.units.empty


def test_districts_are_joined_to_regions_and_kept(tmp_path: Path) -> None:
    west, east = box(0, 15, 0.5, 16), box(0.5, 15, 1, 16)
    found = read(
        tmp_path,
        frame([west, MOPTI, east], admin1Name=["Gao", "Mopti", "Gao"],
              admin1Pcod=["ML07", "ML05", "ML07"], admin2Name=["Gao", "Mopti", "Ansongo"],
              admin2Pcod=["ML0701", "ML0501", "ML0702"], admin0Pcod=["ML"] * 3),
    )  # fmt: skip
    assert found.regions.geometry["ml-gao"].equals(GAO)
    assert found.units["pcode"].tolist() == ["ML0701", "ML0501", "ML0702"]
    assert found.units["parent_pcode"].tolist() == ["ML07", "ML05", "ML07"]


def test_fields_of_other_names_are_told_on_the_command_line(tmp_path: Path) -> None:
    shapes = frame([GAO], LIBELLE=["Gao"], CODE_REG=["ML07"])
    assert "LIBELLE, CODE_REG" in refused(tmp_path, shapes)[0]
    assert "no field REGION" in refused(tmp_path, shapes, name_field="REGION")[0]
    assert "--country" in refused(tmp_path, shapes, name_field="LIBELLE")[0]
    found = read(tmp_path, shapes, name_field="LIBELLE", pcode_field="CODE_REG")
    assert found.regions.loc["ml-gao", "pcode"] == "ML07"
    found = read(tmp_path, shapes, name_field="LIBELLE", country="ne")
    assert found.regions.index.tolist() == ["ne-gao"]


def test_three_letter_countries(tmp_path: Path) -> None:
    found = read(tmp_path, frame([GAO], NAME_1=["Gao"], GID_0=["MLI"]))
    assert found.regions["country"].tolist() == ["ML"]


def test_every_border_that_crosses_itself_is_named(tmp_path: Path) -> None:
    bow = shapely.Polygon([(0, 15), (1, 16), (1, 15), (0, 16)])
    told = refused(
        tmp_path,
        frame([bow, MOPTI, bow, shapely.LineString([(0, 15), (1, 15)])],
              name=["Gao", "Mopti", "Kidal", "Line"], iso_a2=["ML"] * 4),
    )  # fmt: skip
    assert len(told) == 3
    assert "feature 1 (Gao) crosses or touches itself: Self-intersection[0.5 15.5]" in told[1]
    assert "feature 3 (Kidal)" in told[2]
    assert "Feature 4 (Line) is not an area" in told[0]


def test_nameless_regions_and_swapped_coordinates(tmp_path: Path) -> None:
    assert "Feature 1 has no name" in refused(tmp_path, frame([GAO], name=[""], iso_a2=["ML"]))[0]
    far = box(12, -5, 13, -4)
    assert "look swapped" in refused(tmp_path, frame([far], name=["Gao"], iso_a2=["ML"]))[0]


def test_a_file_without_shapes_or_without_fields(tmp_path: Path) -> None:
    path = tmp_path / "regions.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(InputError, match="holds no shapes"):
        read_boundaries(path, PLACES, {"ML"})
    path.write_text(frame([GAO]).to_json(drop_id=True))
    with pytest.raises(InputError, match="no field names regions"):
        read_boundaries(path, PLACES, {"ML"})


def test_a_shapefile_without_its_projection(tmp_path: Path) -> None:
    shapes = frame([GAO], name=["Gao"], iso_a2=["ML"])
    shapes.to_file(tmp_path / "a.shp")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for part in (".shp", ".shx", ".dbf"):
            archive.write(tmp_path / f"a{part}", f"a{part}")
    with pytest.raises(InputError, match=r"without its \.prj"):
        read_boundaries(tmp_path / "a.zip", PLACES, {"ML"})


def test_of_several_maps_one_must_be_named(tmp_path: Path) -> None:
    shapes = frame([GAO], name=["Gao"], iso_a2=["ML"])
    for name in ("adm0", "adm1"):
        shapes.to_file(tmp_path / f"{name}.geojson")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ("adm0", "adm1"):
            archive.write(tmp_path / f"{name}.geojson", f"x/{name}.geojson")
    with pytest.raises(InputError, match=r"adm0, adm1.*--layer"):
        read_boundaries(tmp_path / "a.zip", PLACES, {"ML"})
    assert len(read_boundaries(tmp_path / "a.zip", PLACES, {"ML"}, layer="adm1").regions) == 1


def test_what_was_written_is_read_and_other_countries_stay(tmp_path: Path) -> None:
    mali = read(tmp_path, frame([GAO], name=["Gao"], iso_a2=["ML"], pcode=["ML07"]))
    niger = read(tmp_path, frame([MOPTI], name=["Téra"], iso_a2=["NE"]))
    one, two, three = (tmp_path / name for name in "abc")
    for folder in (one, two, three):
        folder.mkdir()
    write_boundaries(mali, FACTS, one)
    again = imported_regions(one)
    assert again.loc["ml-gao", "covers"] == ("Gao", "Ménaka")
    assert again.geometry["ml-gao"].equals(GAO)
    write_boundaries(niger, {**FACTS, "attribution": "INS"}, two, one)
    both = imported_regions(two)
    assert both.index.tolist() == ["ml-gao", "ne-tera"]
    assert both.loc["ml-gao", "pcode"] == "ML07"
    assert layers.facts_of(two)["attributions"] == ["OCHA", "INS"]
    write_boundaries(mali, {**FACTS, "attribution": "DNCT"}, three, two)
    assert sorted(imported_regions(three).index) == ["ml-gao", "ne-tera"]
    assert layers.facts_of(three)["attributions"] == ["DNCT", "INS"]


def test_the_reference_boundaries(reference: Any) -> None:
    known = list(load(imported=False).gazetteer.places.values())
    found = read_boundaries(reference("hdx_like_cod_mli_adm2_shp.zip"), known, {"ML"})
    assert (len(found.regions), len(found.units)) == (9, 50)
    assert found.regions.loc["ml-gao", ["pcode"]].tolist() == ["ML07"]
    assert found.regions.loc["ml-gao", "covers"] == ("Gao", "Ménaka")
    assert found.uncovered == ()
    found = read_boundaries(reference("ocha_wca_adm1.geojson"), known, {"ML"})
    starter = load(imported=False).regions
    assert set(found.regions.index) == set(starter.index[starter["focus"]])
