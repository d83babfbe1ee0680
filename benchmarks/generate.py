"""A data folder of any size, shaped like the starter data: ``python -m benchmarks.generate``.

Every generated incident starts as a row of ``data/incidents.csv`` (drawn with replacement, so that
category, perpetrator, target, precision and country keep going together) and then gets a date and
a place of its own: another place of the same region, or another kilometre of the same road.  Its
claims are those of its row.  Nothing generated names a publisher or an address that exists.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import Geod

DATA_DIR = Path(__file__).resolve().parent.parent / "data"
SEED = 20250207
#: How far a date may move from the starter's: the years and seasons keep their profile.
JITTER_DAYS = 20
#: Share of the rows known to a whole stretch that stay so; the others get a kilometre.
STRETCH_SHARE = 0.5
#: Roads bend: road length over straight length, as in the starter's estimated axes.
_BEND = 1.12
_UNKNOWN_ROAD_KM = 40.0
_NO_TOWN = ("region", "other")

Picks = NDArray[np.intp]


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA_DIR / name, dtype="str", keep_default_na=False)


def _road_km(incidents: pd.DataFrame, places: pd.DataFrame) -> NDArray[np.float64]:
    """Return the length of each row's road, roughly."""
    at: dict[tuple[str, str], tuple[float, float]] = {}
    for row in places.itertuples():
        for name in (row.name, *filter(None, row.variants.split("|"))):
            at.setdefault((row.country, name), (float(row.longitude), float(row.latitude)))
    geod = Geod(ellps="WGS84")
    lengths = []
    for country, start, end in zip(
        incidents["country"], incidents["route_from"], incidents["route_to"], strict=True
    ):
        one, other = at.get((country, start)), at.get((country, end))
        known = one is not None and other is not None and one != other
        lengths.append(geod.inv(*one, *other)[2] / 1000 * _BEND if known else _UNKNOWN_ROAD_KM)
    return np.array(lengths)


def _dates(starter: pd.DataFrame, picks: Picks, rng: np.random.Generator) -> pd.DataFrame:
    """Return new dates; each event stays as long and as exactly dated as its row."""
    begin, end = (pd.to_datetime(starter[c]) for c in ("date_start", "date_end"))
    days = begin.to_numpy("datetime64[D]")
    drawn = days[rng.integers(len(days), size=len(picks))]
    moved = drawn + rng.integers(-JITTER_DAYS, JITTER_DAYS + 1, size=len(picks))
    first = np.datetime64(f"{begin.dt.year.min()}-01-01")
    lasted = (end.fillna(begin) - begin).to_numpy("timedelta64[D]")[picks]
    moved = np.clip(moved, first, days.max() - lasted)
    return pd.DataFrame(
        {
            "date_start": np.datetime_as_string(moved),
            "date_end": np.datetime_as_string(moved + lasted),
            "moved_days": (moved - days[picks]).astype(int),
        }
    )


def _elsewhere(
    rows: pd.DataFrame, places: pd.DataFrame, rng: np.random.Generator
) -> NDArray[np.object_]:
    """Return for each row a place of its region (of its country where the region has none)."""
    towns = places[~places["kind"].isin(_NO_TOWN)]
    drawn = np.empty(len(rows), dtype=object)
    position = np.arange(len(rows))
    for (country, admin1), members in rows.groupby(["country", "admin1"]).indices.items():
        same = towns[towns["country"] == country]
        names = same.loc[same["adm1"] == admin1, "name"].to_numpy(object)
        names = names if len(names) else same["name"].to_numpy(object)
        drawn[position[members]] = names[rng.integers(len(names), size=len(members))]
    return drawn


def _move(rows: pd.DataFrame, road_km: NDArray[np.float64], rng: np.random.Generator) -> None:
    """Give each row a place of its own, in the way its starter row states one."""
    places = _read("places.csv")
    region_only = rows["geo_precision"].eq("3").to_numpy()
    road = (rows["route_from"] != "").to_numpy() & (rows["route_to"] != "").to_numpy()
    road &= (rows["route_from"] != rows["route_to"]).to_numpy() & ~region_only
    had_km = (rows["km_from"] != "").to_numpy()
    along = road & (had_km | (rng.random(len(rows)) >= STRETCH_SHARE))
    named = ~road & ~region_only & rows["place"].isin(places["name"]).to_numpy()
    off = named & had_km

    km = np.where(road, rng.random(len(rows)) * road_km, rng.integers(2, 40, size=len(rows)))
    told = pd.Series(np.maximum(km.round(), 1).astype(int).astype(str), index=rows.index)
    elsewhere = pd.Series(_elsewhere(rows, places, rng), index=rows.index)
    rows.loc[named, "place"] = elsewhere[named]
    rows.loc[along, "place"] = ""
    rows.loc[named, ["route_from", "route_to"]] = ""
    rows.loc[named, "location_text"] = "near " + elsewhere[named]
    rows.loc[along, "km_from_place"] = rows.loc[along, "route_from"]
    rows.loc[off, "km_from_place"] = rows.loc[off, "place"]
    rows.loc[along | off, "km_from"] = told[along | off]
    text = "about " + rows["km_from"] + " km from " + rows["km_from_place"]
    rows.loc[off, "location_text"] = text[off]
    rows.loc[along, "location_text"] = text[along] + " on the road to " + rows["route_to"][along]
    rows.loc[along, "geo_precision"] = "2"


def _published(claims: pd.DataFrame, moved_days: NDArray[np.intp]) -> pd.Series:
    """Return the days of publication, moved with their incidents; as exact as they were."""
    known = pd.to_datetime(claims["published_on"], errors="coerce", format="ISO8601")
    moved = (known + pd.to_timedelta(moved_days, unit="D")).dt.strftime("%Y-%m-%d").fillna("")
    exact = claims["published_on"].str.len()
    return moved.where(exact > 7, moved.str[:7].where(exact > 4, moved.str[:4]))  # noqa: PLR2004


def _claims(picks: Picks, ids: pd.Series, moved_days: NDArray[np.intp]) -> pd.DataFrame:
    claims = _read("claims.csv")
    starter_ids = _read("incidents.csv")["incident_id"]
    row_of = pd.Series(range(len(starter_ids)), index=starter_ids)
    claims["row"] = claims["incident_id"].map(row_of)
    drawn = pd.DataFrame({"row": picks, "incident_id": ids, "moved": moved_days})
    found = drawn.merge(claims.drop(columns="incident_id"), on="row", sort=False)
    codes = pd.factorize(found["publisher"])[0]
    found["publisher"] = "Generated source " + pd.Series(codes, index=found.index).astype("str")
    found["published_on"] = _published(found, found["moved"].to_numpy())
    found["url"] = "https://example.org/generated/" + found["incident_id"]
    return found[list(_read("claims.csv").columns)]


def _links(incidents: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return as many links per incident as the starter has, each from an earlier to a later one."""
    starter = _read("links.csv")
    wanted = round(len(incidents) * len(starter) / len(_read("incidents.csv")))
    order = incidents.sort_values(["date_start", "incident_id"])["incident_id"].to_numpy()
    wanted = min(wanted, len(order) - 1)
    first = np.sort(rng.choice(len(order) - 1, size=wanted, replace=False))
    later = np.minimum(first + rng.integers(1, 6, size=wanted), len(order) - 1)
    links = starter.iloc[rng.integers(len(starter), size=wanted)].reset_index(drop=True)
    return links.assign(
        from_incident_id=order[first],
        to_incident_id=order[later],
        stated_by="curator",
        url="",
        note="generated",
    )


def generate(folder: Path, incidents: int, seed: int = SEED) -> None:
    """Write ``incidents``, their claims and links, and the starter's road assertions.

    Parameters
    ----------
    folder
        Where to; made when it is not there.
    incidents
        How many, at least 2.
    seed
        Equal seeds give equal files.
    """
    rng = np.random.default_rng(seed)
    starter = _read("incidents.csv")
    picks = rng.integers(len(starter), size=incidents)
    rows = starter.iloc[picks].reset_index(drop=True)
    rows["note"] = "generated from " + rows["incident_id"]
    rows["summary"] = ("Generated: " + rows["summary"]).str[:160]
    dates = _dates(starter, picks, rng)
    rows[["date_start", "date_end"]] = dates[["date_start", "date_end"]]
    number = pd.Series(range(1, incidents + 1)).astype("str").str.zfill(6)
    rows["incident_id"] = rows["country"] + "-" + rows["date_start"] + "-G" + number
    _move(rows, _road_km(starter, _read("places.csv"))[picks], rng)

    folder.mkdir(parents=True, exist_ok=True)
    claims = _claims(picks, rows["incident_id"], dates["moved_days"].to_numpy())
    for name, frame in (("incidents", rows), ("claims", claims), ("links", _links(rows, rng))):
        frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    shutil.copyfile(DATA_DIR / "road_control.csv", folder / "road_control.csv")


def main() -> None:
    """Write a folder from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--incidents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    generate(given.folder, given.incidents, given.seed)


if __name__ == "__main__":
    main()
