"""The main script: page set-up, language, address, frame, navigation. Runs at every interaction."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # Streamlit puts the script's own folder there, not the project's.
    sys.path.insert(0, str(ROOT))

from ui import warming  # noqa: E402

warming.wait()

from geo import i18n  # noqa: E402
from geo.i18n import gettext as _  # noqa: E402
from geo.records import InputError  # noqa: E402
from ui import cache, frame, language, state, style  # noqa: E402


def _pages() -> dict[str, list[Any]]:
    """Return the pages as the navigation shows them: a desk's own in a row, the rest in menus."""

    def page(name: str, title: str, icon: str, *, first: bool = False) -> Any:
        path = ROOT / "pages" / f"{name}.py"
        return st.Page(path, title=title, url_path=name, icon=f":material/{icon}:", default=first)

    return {
        "": [
            page("map", _("Threat map"), "map", first=True),
            page("road", _("Roads"), "route"),
            page("route", _("Route"), "alt_route"),
            page("changes", _("Changes"), "difference"),
            page("hotspots", _("Hotspots"), "local_fire_department"),
            page("briefing", _("Briefing"), "description"),
            page("reports", _("Reports"), "inbox"),
        ],
        _("Data"): [
            page("incidents", _("Incidents"), "table_rows"),
            page("ledger", _("Ledger"), "edit_note"),
            page("geocode", _("Geocode"), "pin_drop"),
        ],
        _("More"): [
            page("method", _("Method"), "query_stats"),
            page("about", _("Sources and limits"), "menu_book"),
        ],
    }


def main() -> None:
    """Run one page inside the frame."""
    st.set_page_config(page_title="Piste", page_icon=str(ROOT / "ui" / "icon.svg"), layout="wide")
    st.logo(str(ROOT / "ui" / "logo.svg"), size="large", icon_image=str(ROOT / "ui" / "icon.svg"))
    style.apply()
    try:
        with st.spinner(language.early("Reading the ledger …"), show_time=False):
            facts = cache.facts()
    except InputError as error:
        language.activate(None)
        st.error(_("The ledger cannot be opened."))
        for fault in error.faults:
            said = str(fault.message)
            st.text(_("{file}: {text}", file=fault.file, text=said) if fault.file else said)
        st.stop()
    ignored = state.sync(facts)
    language.activate(state.values()["lang"])
    page = st.navigation(_pages(), position="top")
    state.arrive(page.url_path, i18n.language())
    frame.draw(facts)
    frame.notices(ignored)
    page.run()
    state.publish(facts)


with warming.page():
    main()
