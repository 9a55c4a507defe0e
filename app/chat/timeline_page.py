"""The timeline: attacks over time by actor, and below it the incidents, or the one that was chosen with who says so and in which words."""

from dataclasses import replace

import streamlit as st

from app.chat.address import EARLIEST, field, given, given_day, put, settle_address, standing
from app.chat.charts import CHOSEN, timeline_chart
from app.chat.claim_markup import counts_said, incident_facts_html, incident_title, legend_html
from app.chat.claims_view import ink, show_claims, show_incidents
from app.chat.clicks import listen
from app.chat.navigation import ACTORS, ADDING, TIMELINE, link
from app.chat.resources import index_folder, opened
from app.claim_saying import NOBODY
from app.plain import as_html, as_label, as_option
from app.timeline import TimelineRow, busiest, timeline_rows
from ingest.claims.incidents import Incident, incidents
from ingest.claims.selecting import ClaimFilter, SourcedClaim
from ingest.index import Index

FEW, MANY = 12, 60
"""Attackers that are drawn, those with the most incidents, at first and when more are asked for."""
FILTERS = ("actor", "victim", "since", "until", "as_of")
_PAGE = "timeline"
_OPTIONS = 400
"""Names that a list to choose from holds; any other can be typed."""


def show() -> None:
    """The page. Raises WhodunitError where there is no index."""
    index = opened(str(index_folder()))
    settle_address()
    st.html('<h1 class="w-page">Timeline</h1><p class="w-page-note">Who attacked whom, and when, each as its sources tell it.</p>')
    if not index.claims():
        without_claims(index)
        return
    wanted = _filters(index)
    found, rows, events = _told(str(index.folder), index.publication, wanted)
    _about_the_actor(index)
    if not found:
        st.html('<div class="w-count" role="status">No claim fits.</div>')
        st.button("Reset the filters", key="timeline-reset", icon=":material/filter_alt_off:", on_click=_reset)
        return
    undated = index.claims(replace(wanted, since=None, until=None)) if wanted.since else found
    st.html(f'<div class="w-count" role="status">{as_html(counts_said(found))}{_left_out(undated, since=wanted.since is not None)}</div>')
    _chart(rows)
    chosen = _chosen(index, wanted)
    if chosen:
        _incident(chosen)
    else:
        st.html('<h2 class="w-section">Attacks</h2>')
        show_incidents(events, key=f"incidents-{hash(wanted)}", **standing(*FILTERS))
    listen()


@st.cache_resource(show_spinner=False, max_entries=16)
def _told(folder: str, publication: str, wanted: ClaimFilter) -> tuple[tuple[SourcedClaim, ...], tuple[TimelineRow, ...], tuple[Incident, ...]]:
    """The claims that fit, as they are drawn, and their incidents, the latest first, as news are; those without a time last."""
    found = opened(folder).claims(wanted)
    events = sorted(incidents(found), key=lambda event: (event.start is None, -event.start.toordinal() if event.start else 0))
    return found, timeline_rows(found), tuple(events)


@st.cache_resource(show_spinner=False, max_entries=2)
def _names(folder: str, publication: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Attackers to choose from, those with most attacks first, and victims."""
    everything, rows, _ = _told(folder, publication, ClaimFilter())
    victims = sorted({one.claim.victim for one in everything if one.claim.victim}, key=str.casefold)
    return tuple(name for name in busiest(rows, limit=_OPTIONS) if name != NOBODY), tuple(victims[:_OPTIONS])


def without_claims(index: Index) -> None:
    """Says why there is nothing to show, and what to do."""
    if index.ledger.meta("claim_reader"):
        st.info("No article in this index says who attacked whom. Those that do will show up here.", icon=":material/timeline:")
        link(ADDING, "Add sources", icon=":material/note_add:")
    else:
        st.info(
            "The articles in this index were not read for claims yet. This command reads them; nothing is embedded anew:", icon=":material/timeline:"
        )
        st.code(f"whodunit ingest PATH --index {index.folder}", language=None, wrap_lines=True)


def _filters(index: Index) -> ClaimFilter:
    drops = ("incident",)
    with st.grid(2, min_column_width=220, gap="small"):
        attackers, victims = _names(str(index.folder), index.publication)
        actor = _name("actor", "Actor", attackers)
        victim = _name("victim", "Victim", victims)
    with st.grid(3, min_column_width=120, gap="small"):
        days = []
        for name, label, said in (
            ("since", "From", "Attacks that reach into or past this day; those whose time no source gives are left out"),
            ("until", "Until", "Attacks that began by this day"),
            ("as_of", "As of", "Only what had been published by this day"),
        ):
            key, keep = field(_PAGE, name, given_day(name), drops=drops)
            days.append(
                st.date_input(label, value=None, key=key, on_change=keep, min_value=EARLIEST, max_value="today", format="YYYY-MM-DD", help=said)
            )
    since, until, as_of = days
    if since and until and since > until:
        st.warning("“From” is later than “until”: nothing can fit both.", icon=":material/event_busy:")
    return ClaimFilter(actor or None, victim or None, since, until, as_of)


def _name(name: str, label: str, options: tuple[str, ...]) -> str | None:
    value = given(name) or None
    key, keep = field(_PAGE, name, value, drops=("incident",))
    return st.selectbox(
        label, options if value is None or value in options else [value, *options], index=None, key=key, on_change=keep, accept_new_options=True,
        placeholder="All, or type a name", format_func=lambda option: as_option(option, limit=70),
    )  # fmt: skip


def _reset() -> None:
    for name in (*FILTERS, "incident"):
        put(name, "")


def _about_the_actor(index: Index) -> None:
    """Which other names count, and who else may be meant."""
    asked = given("actor")
    if not asked:
        return
    known = index.actors.describe(asked)
    if known.ambiguous:
        names = ", ".join(candidate.actor.name for candidate in known.candidates)
        said = f"{asked} is a name of several actors, and attacks of each are shown: {names}."
    elif known.candidates:
        others = [name.name for name in known.candidates[0].names if name.name != asked]
        said = f"Also counted: {', '.join(others[:12])}{f' and {len(others) - 12} more' if len(others) > 12 else ''}." if others else ""
    else:
        said = f"Spelled much like it: {', '.join(known.similar)}." if known.similar else ""
    with st.container(gap=None, key="actor-note"):
        if said:
            st.html(f'<div class="w-foot">{as_html(said)}</div>')
        link(ACTORS, f"About {asked}", icon=":material/groups:", actor=asked)


def _left_out(claims: tuple[SourcedClaim, ...], *, since: bool) -> str:
    count = len({one.claim.incident for one in claims if one.claim.when is None})
    if not count:
        return ""
    attacks = "attack has" if count == 1 else "attacks have"
    return f" {count:,} more {attacks} no time." if since else f" {count:,} {attacks} no time and no place in the chart."


def _chart(rows: tuple[TimelineRow, ...]) -> None:
    dated = tuple(row for row in rows if row.start)
    if not dated:
        return
    named = busiest((row for row in dated if row.attacker != NOBODY), limit=MANY)
    nobody = tuple({row.attacker for row in dated} & {NOBODY})
    more = st.session_state.get("timeline-more", False)
    # The spec must stay the same when a mark is clicked, or the browser draws the chart anew and forgets how far it was zoomed in.
    opened_with = st.session_state.setdefault("timeline-opened-with", given("incident"))
    at_first = opened_with if any(row.incident == opened_with for row in dated) else ""
    chart = timeline_chart(dated, attackers=(*named[: MANY if more else FEW], *nobody), ink=ink(), chosen=at_first)
    said = f"Attacks over time by attacker, {dated[0].time} to {dated[-1].time}; the same are listed below."
    st.html(legend_html({row.stance for row in dated}))
    st.altair_chart(chart, key="timeline-chart", on_select=_choose, selection_mode=CHOSEN, width="stretch", alt=as_option(said, limit=200))
    st.html('<div class="w-foot">Click a mark for who says so. Drag across the grey strip to zoom in, double-click it to see all again.</div>')
    if len(named) > FEW:
        label = f"Show the {FEW} with most attacks" if more else f"Show {len(named) - FEW} more attackers"
        st.button(
            as_label(label), key="timeline-rows", type="tertiary", icon=":material/expand_less:" if more else ":material/expand_more:", on_click=_more
        )


def _more() -> None:
    st.session_state["timeline-more"] = not st.session_state.get("timeline-more", False)


def _choose() -> None:
    """Puts the incident of the mark that was clicked into the address; beside all marks, none is chosen any more."""
    points = st.session_state["timeline-chart"].selection.get(CHOSEN) or []
    put("incident", str(points[0].get("incident", "")) if points else "")


def _chosen(index: Index, wanted: ClaimFilter) -> Incident | None:
    """The incident that the address names, with what all sources say of it, whomever the filters ask for."""
    name = given("incident")
    claims = index.claims(ClaimFilter(published_until=wanted.published_until)) if name else ()
    events = incidents(one for one in claims if one.claim.incident == name)
    return events[0] if events else None


def _incident(event: Incident) -> None:
    with st.container(key="back"):
        link(TIMELINE, "All attacks", icon=":material/arrow_back:", **standing(*FILTERS))
    st.html(f'<h2 class="w-section w-chosen" data-incident="{as_html(event.id)}">{as_html(incident_title(event))}</h2>{incident_facts_html(event)}')
    show_claims(event.claims)
    for attacker in event.attackers[:3]:
        link(ACTORS, f"About {attacker}", icon=":material/groups:", actor=attacker)
