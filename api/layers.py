"""Base layers as GeoJSON: outlines, rivers and place names, the same for every session."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from geo import layers


@lru_cache(maxsize=8)
def _body(name: str, imported: str) -> tuple[bytes, str] | None:  # noqa: ARG001 - a cache key
    # Here, not above: the server answers before the libraries of geography are read.
    from geo.atlas import current  # noqa: PLC0415
    from maps.base_layers import base_layer  # noqa: PLC0415

    text = base_layer(name, current())
    if text is None:
        return None
    raw = text.encode()
    return gzip.compress(raw, mtime=0), hashlib.sha256(raw).hexdigest()[:16]


async def layer(request: Request) -> Response:
    """Answer one base layer, compressed, with a validator so that a browser fetches it once."""
    found = await run_in_threadpool(_body, request.path_params["name"], layers.stamp())
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
