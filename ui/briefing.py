"""The page of briefs: choose a template, see the pages, change the words, take it away."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from geo import words
from geo.briefing import building, shelf, templates
from geo.briefing.material import Material
from geo.briefing.records import MAP_LAYERS, Brief, Edits, edited
from geo.i18n import Message, message
from geo.i18n import gettext as _
from geo.records import InputError
from geo.risk.journey.records import Answer
from maps.cartography import SIZES
from maps.documents import FORMATS, MEDIA_TYPES, Gallery, pages, write
from maps.documents.plain import as_data, pictures
from ui import cache, imprint, language, markup, picture, state
from ui.journey import answers, asking, summary

_TEMPLATES: dict[str, Message] = {
    "area": message("Area: a region or a country"),
    "weekly": message("The week: what happened and what became known"),
    "ied": message("Explosive devices"),
    "incident": message("One incident"),
    "route": message("A journey: road book"),
}
_FORMATS: dict[str, Message] = {
    "pdf": message("PDF"),
    "pptx": message("Slides (PPTX)"),
    "docx": message("Word (DOCX)"),
    "html": message("Web page"),
    "md": message("Markdown"),
    "png": message("Map, PNG"),
    "svg": message("Map, SVG"),
}
_PREVIEW_PPI = 110


def draw(values: dict[str, Any]) -> None:
    """Draw the page.

    Parameters
    ----------
    values
        The session's view.
    """
    left, right = st.columns([1, 1.9], gap="medium")
    with left:
        st.subheader(_("Brief"), anchor=False)
        asked = _choose(values)
    if asked is None:
        return
    material, incident_id, journey = asked
    try:
        template = templates.load(values["template"])
        brand = templates.brand()
        with left:
            mark, made_by = imprint.ask(st, "piste_brief")
            layers = _layers(template)
        brief = building.build(
            template, material, incident_id=incident_id, journey=journey, mark=mark,
            made_by=made_by, made_on=datetime.now(UTC).date(), layers=layers,
        )  # fmt: skip
    except InputError as error:
        _faults(error)
        return
    with left:
        brief = edited(brief, _edits(brief))
        _downloads(brief, material, journey)
    with right:
        _preview(brief, material, journey, brand)


def _faults(error: InputError) -> None:
    for fault in error.faults:
        st.error(markup.plain(": ".join(filter(None, [fault.file, str(fault.message)]))))


def _choose(values: dict[str, Any]) -> tuple[Material, str, Answer | None] | None:
    """Draw what the brief is about; return its material, ``None`` while something is missing."""
    st.selectbox(
        _("Template"),
        options=shelf.names(),
        format_func=lambda name: str(_TEMPLATES.get(name, name)),
        **state.widget("template", of=lambda name: name or "area"),
    )
    material = cache.material(values)
    name = values["template"]
    try:
        template = templates.load(name)
    except InputError:  # told where the template is read for good
        return material, "", None
    if name == "ied" and not material.selection.ied_only:
        material = replace(material, selection=replace(material.selection, ied_only=True))
    material = building.about(template, material)
    st.caption(_of_what(template, material))
    if "event" in template.sections:
        return _incident(values, material)
    if "verdict" in template.sections:
        return _journey(values, material)
    return material, "", None


def _of_what(template: templates.Template, material: Material) -> str:
    """Return which days and which of the frame's filters a brief has."""
    if template.fixed:
        return _(
            "The {days} days from {start} to {end}. The frame gives the last day, the countries, "
            "the regions and the filters; its period does not count here.",
            days=template.days,
            start=material.selection.start,
            end=material.selection.end,
        )
    return _(
        "About what the frame shows: its days, its period, its countries, regions and filters."
    )


def _incident(values: dict[str, Any], material: Material) -> tuple[Material, str, None] | None:
    rows = material.snapshot.incidents
    ids = [str(incident_id) for incident_id in material.ids]
    picked = str(values["pick"] or "").removeprefix("incident:")
    if picked in rows.index and picked not in ids:
        ids.insert(0, picked)
    if not ids:
        st.info(_("The filters leave no incident."))
        return None

    def shown(incident_id: str) -> str:
        row = rows.loc[incident_id]
        return " · ".join([words.when(row), words.where(row), incident_id])

    chosen = st.selectbox(
        _("Incident"), ids, index=ids.index(picked) if picked in ids else 0, format_func=shown
    )
    return material, str(chosen), None


def _journey(values: dict[str, Any], material: Material) -> tuple[Material, str, Answer] | None:
    """Draw the question of the Route page, whose view it is; return its answer."""
    question = asking.question_of(values)
    answer, faults = answers.answered(question, answers.desk(material.snapshot))
    asking.draw(answer.stops if answer else (), faults)
    if question is None:
        st.info(_("Choose where the journey begins and ends."))
    if answer is None:
        return None
    chosen = summary.chosen_of(values, answer)
    summary.choose(answer, chosen)
    return material, "", replace(answer, chosen=chosen) if answer.routes else answer


def _layers(template: templates.Template) -> list[str] | None:
    """Draw the choice of what the maps show, ``None`` for a template without any."""
    if not any(name.endswith("map") for name in template.sections):
        return None
    usual = [name for name in MAP_LAYERS if name not in {"density", "choropleth"}]
    return st.pills(
        _("Layers of the maps"), list(MAP_LAYERS), default=usual, key="piste_brief_layers",
        format_func=lambda name: str(MAP_LAYERS[name]), selection_mode="multi", wrap=True,
    )  # fmt: skip


def _order(template: str, titles: dict[str, str]) -> list[str]:
    """Draw the sections, to be moved up and left out; return those that stay, in order."""
    key = f"piste_order_{template}"
    known = st.session_state.setdefault(key, list(titles))
    # Another day's brief may have other sections; those that stay keep their places.
    known += [name for name in titles if name not in known]
    shown = [name for name in known if name in titles]
    kept = []
    with st.expander(_("Sections and their order")), st.container(key="piste_sections"):
        for name in shown:
            row = st.container(horizontal=True, vertical_alignment="center")
            if row.checkbox(titles[name], value=True, key=f"{key}_{name}", width="stretch"):
                kept.append(name)
            row.button(
                _("Move “{section}” up", section=titles[name]), icon=":material/arrow_upward:",
                key=f"{key}_{name}_up", on_click=_up, args=(known, shown, name),
                disabled=name == shown[0],
            )  # fmt: skip
    return kept


def _up(known: list[str], shown: list[str], name: str) -> None:
    """Move a section before the one that is shown above it."""
    known.remove(name)
    known.insert(known.index(shown[shown.index(name) - 1]), name)


def _edits(brief: Brief) -> Edits:
    """Draw what may be changed: which sections, in which order, in which words."""
    by_name = {section.name: section for section in brief.sections}
    order = _order(brief.template, {name: str(part.title) for name, part in by_name.items()})
    if not order:
        st.warning(_("No section is chosen; all are shown."))
    texts: dict[str, str] = {}
    notes: dict[str, str] = {}
    with st.expander(_("Change the words")):
        st.caption(_("An emptied sentence is left out. Numbers that you change are yours."))
        title = st.text_input(_("Title"), str(brief.title), max_chars=160,
                              key=f"piste_title_{_digest(str(brief.title))}")  # fmt: skip
        for name in order or by_name:
            section = by_name[name]
            st.markdown(f"**{markup.plain(str(section.title))}**")
            for number, (key, sentence) in enumerate(section.sentences(), 1):
                shown = str(sentence)
                said = st.text_area(
                    markup.plain(
                        _("{section}, sentence {n}", section=section.title, n=number)
                    ),
                    shown, key=f"piste_edit_{_digest(key, shown)}", height="content",
                    label_visibility="collapsed",
                )  # fmt: skip
                if said != shown:
                    texts[key] = said
            notes[name] = st.text_area(
                _("Your remark"), key=f"piste_note_{brief.template}_{name}", max_chars=2_000
            )
    own = "" if title == str(brief.title) else title
    return Edits(tuple(order), texts, {name: note for name, note in notes.items() if note}, own)


def _downloads(brief: Brief, material: Material, journey: Answer | None) -> None:
    title = _("Take it away")
    st.markdown(f"**{title}**")
    size = st.selectbox(
        _("Sheet of the map alone"), list(SIZES), key="piste_brief_size",
        format_func=lambda name: str(picture.SIZE_WORDS[name]),
    )  # fmt: skip
    stem = f"piste-{brief.template}-{brief.on:%Y%m%d}"
    with_map = any(drawn.kind.value.endswith("map") for drawn in pictures(brief))
    row = st.container(horizontal=True)
    for form in FORMATS:
        if form in {"png", "svg"} and not with_map:
            continue
        row.download_button(
            str(_FORMATS[form]),
            data=_made(brief, material, journey, form, size),
            file_name=f"{stem}.{form}",
            mime=MEDIA_TYPES[form],
            on_click="ignore",
            key=f"piste_brief_{form}",
        )


def _made(brief: Brief, material: Material, journey: Answer | None, form: str, size: str) -> Any:
    """Return what makes a file when it is asked for, in the reader's language."""
    lang = state.values()["lang"]

    def make() -> bytes:
        language.activate(lang)
        return write(brief, material, form, journey=journey, size=size)

    return make


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@st.cache_data(show_spinner=False, max_entries=12)
def _pages(
    digest: str,  # noqa: ARG001 - what the cache is keyed on
    _brief: Brief,
    _material: Material,
    _journey: Answer | None,
    _brand: templates.Brand,
) -> list[bytes]:
    return pages(_brief, Gallery(_brief, _material, _journey), _brand, ppi=_PREVIEW_PPI)


def _preview(
    brief: Brief, material: Material, journey: Answer | None, brand: templates.Brand
) -> None:
    said = json.dumps(as_data(brief, {id(p): p.kind.value + p.about for p in pictures(brief)}))
    asked = "" if journey is None else f"{journey.question!r} {journey.chosen}"
    key = _digest(said, str(sorted(brief.layers or ())), material.snapshot.version, asked,
                  repr(material.selection), language.preferred(state.values()["lang"]),
                  repr(brand))  # fmt: skip
    with st.spinner(_("Setting the pages …"), show_time=False):
        sheets = _pages(key, brief, material, journey, brand)
    st.caption(_("{n} pages, as the PDF has them.", n=len(sheets)))
    for number, sheet in enumerate(sheets, 1):
        alt = _("Page {n} of {all}; its words are under “Change the words”.", n=number,
                all=len(sheets))  # fmt: skip
        st.html(markup.picture(sheet, alt, _("Page {n} of {all}", n=number, all=len(sheets))))
