"""What the browser fetches from this server, asked as a browser would, without a network."""

from __future__ import annotations

import asyncio
import gzip
import json
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.applications import Starlette

from api.routes import routes
from maps import assets

APP = Starlette(routes=routes())
LAYERS = ("countries", "regions", "rivers", "places")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def get(path: str, **headers: str) -> Answer:
    """Ask the application; ``path`` goes in as it stands, dots and all."""
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"",
        "root_path": "", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
        ],
    }  # fmt: skip

    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if asked:  # a browser that stays connected has nothing more to say
            await asyncio.Event().wait()
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(APP(scope, receive, send))
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, b"".join(part.get("body", b"") for part in sent[1:]))


def test_health_names_the_assets_it_serves() -> None:
    answer = get("/piste/health")
    assert answer.status == 200
    assert json.loads(answer.body) == {"status": "ok", "assets": assets.VERSION}


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_is_geojson_compressed_on_request_and_the_same_either_way(name: str) -> None:
    path = assets.layer_url(name)
    plain, packed = get(path), get(path, accept_encoding="gzip, br")
    assert plain.status == packed.status == 200
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert plain.headers["content-type"] == "application/geo+json"
    collection = json.loads(plain.body)
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) > 3


def test_a_browser_that_has_the_layer_is_told_so() -> None:
    path = assets.layer_url("regions")
    first = get(path)
    again = get(path, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert get(path, if_none_match='"other"').status == 200
    assert get(assets.layer_url("rivers")).headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    "path",
    [
        "/piste/layers/secrets.geojson",
        "/piste/layers/../places.geojson",
        "/piste/layers/..%2fplaces.geojson",
        "/piste/layers/countries.geojson.gz",
        "/piste/static/../palette.py",
        "/piste/static/../../requirements.txt",
        "/piste/static/%2e%2e/palette.py",
        "/piste/static//etc/passwd",
        "/piste/leaflet/../package.json",
        "/piste/leaflet/../../../data/incidents.csv",
        "/piste/static/",
        "/piste/nothing",
    ],
)
def test_what_is_not_served_is_not_found(path: str) -> None:
    assert get(path).status == 404


@pytest.mark.parametrize("name", [*assets.SCRIPTS, *assets.STYLES])
def test_our_own_code_is_kept_by_the_browser_under_an_address_with_its_version(name: str) -> None:
    answer = get(f"/piste/static/{name}")
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
    addresses = dict(assets.scripts("/desk") + assets.styles("/desk"))
    assert addresses[name] == f"/desk/piste/static/{name}?v={assets.VERSION}"


def test_no_address_names_another_machine() -> None:
    addresses = [url for _name, url in assets.scripts() + assets.styles()]
    assert all(url.startswith("/piste/") for url in addresses)
