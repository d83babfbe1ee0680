"""Who may see a picture or a brief, and who made it: asked in the same way everywhere."""

from __future__ import annotations

from typing import Any

from geo.i18n import gettext as _

_OWN = "own"


def ask(place: Any, key: str) -> tuple[str, str]:
    """Draw the questions and return the handling mark and who made it.

    Parameters
    ----------
    place
        Where to draw.
    key
        Names the widgets.
    """
    from maps.cartography import CHATHAM_HOUSE, TLP  # noqa: PLC0415 - see ui.picture

    marks = ("", *(f"TLP:{name}" for name in TLP), str(CHATHAM_HOUSE), _OWN)
    mark = place.selectbox(
        _("Handling mark"),
        marks,
        format_func=lambda code: {"": _("None"), _OWN: _("Own words …")}.get(code, code),
        key=f"{key}_mark",
    )
    if mark == _OWN:
        mark = place.text_input(_("Mark"), max_chars=40, key=f"{key}_own_mark")
    made_by = place.text_input(_("Made by"), max_chars=80, key=f"{key}_made_by")
    return str(mark), made_by
