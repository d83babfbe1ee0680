"""The main script: page set-up, language, address, frame, navigation. Runs at every interaction."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # Streamlit puts the script's own folder there, not the project's.
    sys.path.insert(0, str(ROOT))

from geo.i18n import gettext as _  # noqa: E402
from geo.records import InputError  # noqa: E402
from ui import cache, frame, language, state, style  # noqa: E402


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
    pages = ROOT / "pages"
    page = st.navigation(
        [
            st.Page(pages / "map.py", title=_("Threat map"), url_path="map", default=True,
                    icon=":material/map:"),
            st.Page(pages / "road.py", title=_("Roads"), url_path="road", icon=":material/route:"),
            st.Page(pages / "route.py", title=_("Route"), url_path="route",
                    icon=":material/alt_route:"),
            st.Page(pages / "changes.py", title=_("Changes"), url_path="changes",
                    icon=":material/difference:"),
            st.Page(pages / "hotspots.py", title=_("Hotspots"), url_path="hotspots",
                    icon=":material/local_fire_department:"),
            st.Page(pages / "briefing.py", title=_("Briefing"), url_path="briefing",
                    icon=":material/description:"),
            st.Page(pages / "ledger.py", title=_("Ledger"), url_path="ledger",
                    icon=":material/edit_note:"),
            st.Page(pages / "incidents.py", title=_("Incidents"), url_path="incidents",
                    icon=":material/table_rows:"),
            st.Page(pages / "geocode.py", title=_("Geocode"), url_path="geocode",
                    icon=":material/pin_drop:"),
            st.Page(pages / "method.py", title=_("Method"), url_path="method",
                    icon=":material/query_stats:"),
            st.Page(pages / "about.py", title=_("Sources and limits"), url_path="about",
                    icon=":material/menu_book:"),
        ],
        position="top",
    )  # fmt: skip
    frame.draw(facts)
    frame.notices(ignored)
    page.run()
    state.publish(facts)


main()
