"""Base layers as GeoJSON: outlines, rivers and place names, the same for every session."""

from __future__ import annotations

import gzip
import hashlib
import json
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from geo.atlas import DATA_DIR, Atlas, load, stamp
from geo.exchange.geojson import write_features

#: Layers that are files of the dataset as they stand.
FILES = ("countries", "rivers")


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


@lru_cache(maxsize=8)
def _body(name: str, imported: str) -> tuple[bytes, str] | None:  # noqa: ARG001 - a cache key
    if name in FILES:
        path = DATA_DIR / "layers" / f"{name}.geojson"
        if not path.exists():
            return None
        raw = path.read_bytes()
    elif name in {"places", "regions"}:
        made = places_geojson if name == "places" else regions_geojson
        raw = made(load()).encode()
    else:
        return None
    return gzip.compress(raw, mtime=0), hashlib.sha256(raw).hexdigest()[:16]


async def layer(request: Request) -> Response:
    """Answer one base layer, compressed, with a validator so that a browser fetches it once."""
    found = await run_in_threadpool(_body, request.path_params["name"], stamp())
    if found is None:
        return Response("no such layer", status_code=404, media_type="text/plain")
    body, digest = found
    headers = {"ETag": f'"{digest}"', "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, media_type="application/geo+json", headers=headers)
