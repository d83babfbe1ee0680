"""What the browser fetches from this server: map libraries, our own map code, base layers.

Everything a map needs comes from here, so that no request leaves the machine.  Routes live below
``/piste`` because Streamlit reserves its own prefixes.
"""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from api.layers import layer
from maps.assets import LEAFLET_DIR, PREFIX, STATIC_DIR, VERSION


class _CachedFiles(StaticFiles):
    """Static files that a browser keeps for a year: their addresses carry a version."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _files(directory: Path) -> StaticFiles:
    # A checkout without node_modules still starts: the map page then says what to install.
    return _CachedFiles(directory=directory, check_dir=False)


async def health(_: Request) -> JSONResponse:
    """Answer that the server runs and which assets it serves."""
    return JSONResponse({"status": "ok", "assets": VERSION})


def routes() -> list[BaseRoute]:
    """Return the routes that :mod:`app` hangs beside Streamlit."""
    return [
        Route(f"{PREFIX}/health", health),
        Route(f"{PREFIX}/layers/{{name}}.geojson", layer),
        Mount(f"{PREFIX}/leaflet", app=_files(LEAFLET_DIR), name="leaflet"),
        Mount(f"{PREFIX}/static", app=_files(STATIC_DIR), name="static"),
    ]
