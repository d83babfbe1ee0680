"""Base layers as GeoJSON: outlines, rivers and place names, the same for every map."""

from __future__ import annotations

import json

from geo.atlas import DATA_DIR, Atlas
from geo.exchange.geojson import write_features

#: Layers that are files of the dataset as they stand.
FILES = ("countries", "rivers")
NAMES = (*FILES, "regions", "places")


def base_layer(name: str, atlas: Atlas) -> str | None:
    """Return a base layer as GeoJSON, ``None`` when there is none of that name."""
    if name in FILES:
        path = DATA_DIR / "layers" / f"{name}.geojson"
        return path.read_text("utf-8") if path.exists() else None
    made = {"places": places_geojson, "regions": regions_geojson}
    return made[name](atlas) if name in made else None


def places_geojson(atlas: Atlas) -> str:
    """Return the gazetteer's places as points with what a label needs.

    Regions are left out: their outlines carry the name.
    """
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {"name": place.name, "kind": place.kind},
        }
        for place in atlas.gazetteer.places.values()
        if place.kind != "region"
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def regions_geojson(atlas: Atlas) -> str:
    """Return the outlines of the regions, imported ones in place of the shipped."""
    regions = atlas.regions.reset_index()
    return write_features(regions[["region_id", "country", "name", "focus", "geometry"]])
