"""Every cache of the app: what is computed once for all sessions, keyed on the ledger's version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo import atlas as atlases
from geo import regions, summary
from geo import snapshot as snapshots
from geo.atlas import DATA_DIR, Atlas
from geo.briefing.material import Material
from geo.columns import affirmed
from geo.gazetteer.placed import Placed
from geo.hotspots import mass, planar, raster
from geo.hotspots.grid import study_grid
from geo.i18n import available_languages
from geo.matching.ranking import Match
from geo.review.candidates import Candidates
from geo.review.library import Library
from geo.review.records import Dossier, DraftItem
from geo.review.searching import publishers as publishers_of
from geo.review.sight import Sight, matches, sight
from geo.risk.journey.policy import load_journey_policy
from geo.roads.evidence import Evidence
from geo.roads.laying import Laying, lay
from geo.selection import Selection, families, select
from geo.snapshot import Snapshot
from geo.store import Ledger, LedgerFrames, seed
from geo.table import incident_table
from maps.density_image import Density
from maps.payload import View
from ui import params
from ui.params import Facts


@st.cache_resource(show_spinner=False, on_release=Ledger.close)
def ledger() -> Ledger:
    """Return the open ledger, filled from the starter dataset when it is new."""
    opened = Ledger.open()
    seed(opened, DATA_DIR)
    return opened


def atlas() -> Atlas:
    """Return places, axes and regions, with the layers imported by now."""
    return atlases.current()


def _version() -> str:
    """Return what everything computed from ledger and atlas is keyed on."""
    return f"{ledger().version()}@{atlas().version[:12]}"


@dataclass
class _Newest:
    """What was last read and placed: a line more is read and placed alone."""

    frames: LedgerFrames | None = None
    placed: Placed | None = None


@st.cache_resource(show_spinner=False)
def _newest() -> _Newest:
    return _Newest()


@st.cache_resource(show_spinner=False, max_entries=2)
def _frames(version: str) -> LedgerFrames:
    newest = _newest()
    newest.frames = ledger().frames(since=newest.frames)
    return newest.frames


def frames() -> LedgerFrames:
    """Return all lines of the ledger."""
    return _frames(_version())


def _placed() -> Placed:
    newest, land = _newest(), atlas()
    held = newest.placed
    if held is None or held.atlas.version != land.version:
        newest.placed = held = Placed(land)
    return held


@st.cache_resource(show_spinner=False, max_entries=2)
def _placements(version: str, _frames: LedgerFrames) -> gpd.GeoDataFrame:
    return _placed().of(_frames.incidents)


def _towns(land: Atlas) -> tuple[str, ...]:
    places = land.gazetteer.places
    return tuple(sorted({places[place_id].name for place_id in land.axes_of}))


@st.cache_resource(show_spinner=False, max_entries=2)
def _facts(version: str, today: date) -> Facts:
    incidents = _frames(version).incidents
    first, last = incidents["date_start"].min(), incidents["date_start"].max()
    regions_ = incidents["country"].str.cat(incidents["admin1"], sep=":")
    by = {name for cell in incidents["perpetrator"].unique() for name in families(cell)}
    return Facts(
        first_day=today if pd.isna(first) else first.date(),
        last_day=today if pd.isna(last) else last.date(),
        today=today,
        perpetrators=tuple(sorted(by)),
        regions=tuple(sorted({name for name in regions_.unique() if name.split(":")[1]})),
        axes=tuple(atlas().axes),
        towns=_towns(atlas()),
        languages=tuple(available_languages()),
        vehicles=tuple(load_journey_policy().vehicles),
        aversion=load_journey_policy().risk_aversion,
    )


def facts() -> Facts:
    """Return what the ledger offers to choose from, as of its newest line."""
    return _facts(_version(), datetime.now(UTC).date())


@st.cache_resource(show_spinner=False, max_entries=12)
def _snapshot(version: str, on: date, known_on: date) -> Snapshot:
    frames = _frames(version)
    shot = snapshots.build(frames, _placements(version, frames), atlas(), on, known_on)
    return replace(shot, version=f"{version}:{on:%Y%m%d}:{known_on:%Y%m%d}")


def snapshot(selection: Selection) -> Snapshot:
    """Return what was known on the selection's two days."""
    return _snapshot(_version(), selection.on, selection.known_on)


def places(values: Mapping[str, Any]) -> None:
    """Get the places of the incidents ready, which takes longest of all that a view needs."""
    snapshot(params.selection(values, facts()))


def snapshot_on(values: Mapping[str, Any], on: date, known_on: date) -> Snapshot:
    """Return what a view knows about another day, and what came out up to another one besides."""
    selection = params.selection(values, facts())
    return snapshot(replace(selection, on=on, known_on=max(selection.known_on, known_on)))


@st.cache_resource(show_spinner=False, max_entries=2)
def _laying(version: str) -> Laying:
    return lay(_frames(version).assertions, atlas())


def laying() -> Laying:
    """Return how every assertion of the ledger lies on the roads."""
    return _laying(_version())


@st.cache_resource(show_spinner=False, max_entries=2)
def _evidence(version: str) -> Evidence:
    return Evidence.gather(_frames(version).assertions, atlas(), _laying(version))


def evidence() -> Evidence:
    """Return every assertion of the ledger laid out on the roads."""
    return _evidence(_version())


@st.cache_resource(show_spinner=False, max_entries=12)
def _status(version: str, _snapshot: Snapshot) -> pd.DataFrame:
    return evidence().status(_snapshot.on, _snapshot.known_on)


def status(snapshot_: Snapshot) -> pd.DataFrame:
    """Return the status of every stretch of road."""
    return _status(snapshot_.version, snapshot_)


@st.cache_resource(show_spinner=False, max_entries=12)
def _tolls(version: str, _snapshot: Snapshot) -> pd.DataFrame:
    return summary.tolls(_snapshot.claims)


def tolls(snapshot_: Snapshot) -> pd.DataFrame:
    """Return killed and injured by incident, as ranges over the claims."""
    return _tolls(snapshot_.version, snapshot_)


@st.cache_resource(show_spinner=False, max_entries=48)
def _view(
    version: str,
    filters: str,
    _snapshot: Snapshot,
    _selection: Selection,
    bandwidth_m: float,
) -> View:
    ids = select(_snapshot, _selection)
    return View(
        snapshot=_snapshot,
        ids=ids,
        status=status(_snapshot),
        region_counts=regions.count_by_region(_snapshot, ids).counts,
        density=density(_snapshot, ids, bandwidth_m),
        tolls=tolls(_snapshot),
    )


@st.cache_resource(show_spinner=False, max_entries=6)
def _ied_mass(version: str, _snapshot: Snapshot) -> mass.Mass:
    ied = affirmed(_snapshot.incidents["ied"])
    return mass.spread_mass(_snapshot.placements[ied], study_grid())


def density(snapshot_: Snapshot, ids: pd.Index, bandwidth_m: float) -> Density | None:
    """Return the density of the chosen IED incidents, ``None`` when none can be drawn."""
    events = _ied_mass(snapshot_.version, snapshot_)
    # Ten times as fast as isin, which compares texts.
    chosen = events.select(ids.get_indexer(events.index) >= 0)
    surface = planar.density(chosen, study_grid(), bandwidth_m)
    if not surface.mass_total:
        return None
    frame, classes = raster.frame_for(width=768), raster.classes_by_mass(surface)
    return Density(raster.class_image(surface, frame, classes), surface.mass_left_out_share)


@st.cache_resource(show_spinner=False, max_entries=6)
def _material(version: str, filters: str, _snapshot: Snapshot, _selection: Selection) -> Material:
    return Material(frames(), _snapshot, evidence(), _selection)


def material(values: Mapping[str, Any]) -> Material:
    """Return what a brief about a view draws on."""
    selection = params.selection(values, facts())
    shot = snapshot(selection)
    return _material(shot.version, filters_key(values), shot, selection)


def filters_key(values: Mapping[str, Any], *more: str) -> str:
    """Return what names a view's filters, and ``more`` of its values; what a cache is keyed on."""
    return json.dumps({name: values[name] for name in (*params.FILTERS, *more)}, default=str)


def view(values: Mapping[str, Any]) -> View:
    """Return everything that the map shows for a view."""
    selection = params.selection(values, facts())
    shot = snapshot(selection)
    return _view(
        shot.version, filters_key(values, "bw"), shot, selection, float(values["bw"]) * 1000
    )


@st.cache_resource(show_spinner=False, max_entries=24)
def _figures(
    version: str,
    filters: str,
    _snapshot: Snapshot,
    _selection: Selection,
) -> summary.KeyFigures:
    return summary.key_figures(_snapshot, _selection, tolls(_snapshot), status(_snapshot))


def figures(values: Mapping[str, Any]) -> summary.KeyFigures:
    """Return the key figures of a view."""
    selection = params.selection(values, facts())
    shot = snapshot(selection)
    return _figures(shot.version, filters_key(values), shot, selection)


@st.cache_resource(show_spinner=False, max_entries=12)
def _table(version: str, filters: str, _view: View) -> gpd.GeoDataFrame:
    newest = _view.snapshot.incidents.loc[_view.ids].sort_values(
        ["date_start", "incident_id"], ascending=False
    )
    return incident_table(_view.snapshot, newest.index, _view.tolls)


def table(values: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Return the incidents that a view's filters leave, newest first."""
    shown = view(values)
    return _table(shown.snapshot.version, filters_key(values), shown)


@st.cache_resource(show_spinner=False)
def library() -> Library:
    """Return the library of reports."""
    return Library(ledger())


@st.cache_resource(show_spinner=False)
def _held() -> dict[int, Dossier]:
    return {}


@st.cache_resource(show_spinner=False, max_entries=2)
def _dossiers(version: str) -> dict[int, Dossier]:
    found = library().refreshed(_held())
    _held().update(found)
    return found


def dossiers() -> dict[int, Dossier]:
    """Return every report with what became of its drafts, newest first, by its number."""
    return _dossiers(library().version())


@st.cache_resource(show_spinner=False, max_entries=2)
def _publishers(version: str, reports: str) -> tuple[str, ...]:
    return publishers_of(_dossiers(reports).values(), _frames(version).claims)


def publishers() -> tuple[str, ...]:
    """Return whose reports the library and the ledger hold, those met most often first."""
    return _publishers(_version(), library().version())


@st.cache_resource(show_spinner=False, max_entries=2)
def _candidates(version: str) -> Candidates:
    return Candidates(_frames(version), _placed())


@st.cache_resource(show_spinner=False, max_entries=64)
def _seen(
    version: str, draft: str, _item: DraftItem, _dossier: Dossier
) -> tuple[Sight, list[Match]]:
    found = sight(_item, _dossier, atlas())
    return found, matches([found], _candidates(version))[0]


def seen(item: DraftItem, dossier: Dossier) -> tuple[Sight, list[Match]]:
    """Return a drafted incident as the ledger would have it, and which incidents it may be."""
    return _seen(_version(), f"{item!r}{dossier.source!r}", item, dossier)


def candidates() -> Candidates:
    """Return the ledger's incidents as a draft is compared with them."""
    return _candidates(_version())
