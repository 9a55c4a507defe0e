"""The actors: whom a name may mean, side by side where there are several, then one of them with its names, victims, attacks and articles."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from app.actor_profile import ActorReport, Profile, actor_report
from app.chat.actor_markup import chips_html, country_html, names_html
from app.chat.address import field, given, put, settle_address
from app.chat.charts import CHOSEN, graph_chart, victims_chart
from app.chat.claim_markup import counts_said, legend_html
from app.chat.claims_view import ink, show_incidents
from app.chat.navigation import ACTORS, ARTICLES, TIMELINE, link
from app.chat.resources import index_folder, opened
from app.chat.timeline_page import without_claims
from app.claim_saying import NOBODY
from app.plain import as_html, as_option, day, publisher_of
from app.timeline import GraphLink, busiest, graph_links, timeline_rows
from ingest.claims.incidents import Incident, incidents
from ingest.index import Index

LISTED, DRAWN, VICTIMS, CHIPS = 12, 10, 12, 30
"""Actors that are listed first, attackers in the graph, victims in a chart, and victims by name alone."""
GRAPH_LINKS = 40
ARTICLES_SHOWN = 10


def show() -> None:
    """The page. Raises WhodunitError where there is no index."""
    index = opened(str(index_folder()))
    settle_address()
    st.html('<h1 class="w-page">Actors</h1>')
    _search(index)
    asked = given("actor")
    if not asked:
        _overview(index)
        return
    report = _report(str(index.folder), index.publication, asked)
    chosen = [profile for profile in report.profiles if profile.candidate.actor.id == given("id")]
    profiles = chosen or report.profiles
    if not profiles:
        _nobody(report)
    elif len(profiles) == 1:
        if chosen and len(report.profiles) > 1:
            with st.container(key="back"):
                link(ACTORS, f"All who are called {asked}", icon=":material/arrow_back:", actor=asked)
        _one(profiles[0])
    else:
        _several(report)


def _search(index: Index) -> None:
    value = given("actor") or None
    key, keep = field("actors", "actor", value, drops=("id",))
    names = _names(str(index.folder), index.publication)
    st.selectbox(
        "Actor", names if value is None or value in names else (value, *names), index=None, key=key, on_change=keep, accept_new_options=True,
        placeholder="Any name of an actor", format_func=lambda option: as_option(option, limit=70), label_visibility="collapsed",
    )  # fmt: skip


@st.cache_resource(show_spinner=False, max_entries=2)
def _names(folder: str, publication: str) -> tuple[str, ...]:
    """Every name under which an actor is known, each once."""
    return tuple(sorted({name.name for actor in opened(folder).actors.actors for name in actor.names}, key=str.casefold))


@st.cache_resource(show_spinner=False, max_entries=32)
def _report(folder: str, publication: str, name: str) -> ActorReport:
    index = opened(folder)
    return actor_report(name, ledger=index.ledger, actors=index.actors, claims=index.claims())


# Nobody asked for yet


def _overview(index: Index) -> None:
    claims = index.claims()
    if not claims:
        st.html('<p class="w-page-note">Search for any name: other names of the same actor are found with it.</p>')
        without_claims(index)
        return
    rows = timeline_rows(claims)
    counts = Counter(row.attacker for row in rows if row.attacker != NOBODY)
    leading = [name for name in busiest(rows, limit=LISTED) if name != NOBODY]
    if not leading:
        st.html('<p class="w-page-note">No article in this index blames anybody by name. Search for any name to see who that is.</p>')
        return
    st.html('<h2 class="w-section">Most often named</h2>')
    with st.container(key="leading", horizontal=True, gap="small"):
        for name in leading:
            link(ACTORS, f"{name} · {counts[name]:,}", actor=name)
    links = [one for one in graph_links(rows) if one.attacker in leading[:DRAWN]][:GRAPH_LINKS]
    if links:
        st.html('<h2 class="w-section">Who attacked whom</h2>')
        st.html(legend_html({one.stance for one in links}))
        st.altair_chart(
            graph_chart(links, ink=ink()),
            key="actors-graph",
            on_select=_choose,
            selection_mode=CHOSEN,
            width="stretch",
            alt="Attackers, and lines to their victims",
        )
        st.html('<div class="w-foot">The victims that sources name, of the actors most often named. Click a line for its actor.</div>')


def _choose() -> None:
    """Opens the actor whose line was clicked."""
    points = st.session_state["actors-graph"].selection.get(CHOSEN) or []
    if points:
        put("actor", str(points[0].get("attacker", "")))


# One name


def _nobody(report: ActorReport) -> None:
    name = report.description.name
    st.info("Nobody is known by this name. Articles blame it for attacks all the same:" if report.attacks else "Nobody is known by this name.", icon=":material/person_search:")  # fmt: skip
    if report.description.similar:
        st.html('<div class="w-heading">Spelled much like it</div>')
        with st.container(horizontal=True, gap="small", key="similar"):
            for other in report.description.similar:
                link(ACTORS, other, actor=other)
    if report.attacks:
        _attacks(incidents(report.attacks), key=f"attacks-{name}")
    elif not report.description.similar:
        link(ARTICLES, "Search the articles for it", icon=":material/search:", q=name)


def _several(report: ActorReport) -> None:
    """The candidates side by side: none is preferred, and nothing that is told of one is told of another."""
    name = report.description.name
    st.html(
        f'<p class="w-page-note" role="status">{as_html(name)} is a name of {len(report.profiles)} actors. None is preferred, and they are kept apart.</p>'
    )
    with st.grid(2, min_column_width=280, gap="small"):
        for profile in report.profiles:
            candidate = profile.candidate
            with st.container(border=True, height="stretch", key=f"candidate-{candidate.actor.id}", gap="small"):
                facts = country_html(candidate, attacks=len(incidents(profile.attacks)), articles=len(profile.articles))
                st.html(f'<h2 class="w-section w-first">{as_html(candidate.actor.name)}</h2>{facts}')
                st.html(names_html(candidate, limit=10))
                victims = [one.victim for one in _victims(profile)][:4]
                if victims:
                    st.html(f'<div class="w-foot">Said to have attacked {as_html(", ".join(victims))}</div>')
                link(ACTORS, "Names, attacks and articles", icon=":material/arrow_forward:", actor=name, id=candidate.actor.id)


def _one(profile: Profile) -> None:
    candidate, events = profile.candidate, incidents(profile.attacks)
    name = candidate.actor.name
    st.html(f'<h2 class="w-article-title">{as_html(name)}</h2>{country_html(candidate, attacks=len(events), articles=len(profile.articles))}')
    st.html(names_html(candidate))
    if candidate.shared:
        with st.container(key="shared", gap=None):
            for shared in candidate.shared[:6]:
                others = ", ".join(other.name for other in shared.others)
                link(ACTORS, f"{shared.name} is also a name of {others}", icon=":material/alt_route:", actor=shared.name)
    if victims := _victims(profile):
        st.html('<h2 class="w-section">Victims</h2>')
        _draw(victims)
    if events:
        _attacks(events, key=f"attacks-{candidate.actor.id}")
        link(TIMELINE, "On the timeline", icon=":material/timeline:", actor=name)
    else:
        st.html('<h2 class="w-section">Attacks</h2><p class="w-page-note">No article says that it attacked anybody.</p>')
    _articles(profile)


def _victims(profile: Profile) -> tuple[GraphLink, ...]:
    """Whom it is said to have attacked, under whichever of its names."""
    rows = timeline_rows(profile.attacks)
    merged: dict[str, GraphLink] = {}
    for one in graph_links(rows):
        known = merged.get(one.victim)
        merged[one.victim] = GraphLink("", one.victim, one.incidents + (known.incidents if known else 0), known.stance if known else one.stance)
    return tuple(sorted(merged.values(), key=lambda one: (-one.incidents, one.victim)))


def _draw(victims: Sequence[GraphLink]) -> None:
    """Bars where they differ, else the names alone."""
    often = [one for one in victims if one.incidents > 1]
    if often:
        shown = victims[:VICTIMS]
        st.html(legend_html({one.stance for one in shown}))
        st.altair_chart(
            victims_chart(shown, ink=ink()), width="stretch", key="victims", alt="Victims by number of incidents; the attacks are listed below"
        )
    else:
        st.html(chips_html([one.victim for one in victims[:CHIPS]], more=len(victims) - CHIPS))


def _attacks(events: tuple[Incident, ...], *, key: str) -> None:
    claims = tuple(one for event in events for one in event.claims)
    st.html(f'<h2 class="w-section">Attacks</h2><div class="w-count">{as_html(counts_said(claims))}</div>')
    latest = sorted(events, key=lambda event: (event.start is None, -event.start.toordinal() if event.start else 0))
    show_incidents(latest, key=key)


def _articles(profile: Profile) -> None:
    if not profile.articles:
        return
    st.html('<h2 class="w-section">Articles</h2>')
    with st.container(key="reprints", gap="xsmall"):
        for article in profile.articles[:ARTICLES_SHOWN]:
            link(ARTICLES, f"{article.title} · {publisher_of(article)}, {day(article.published)}", article=article.id)
    if len(profile.articles) > ARTICLES_SHOWN:
        link(ARTICLES, f"All {len(profile.articles)} articles, by a search for its name", icon=":material/search:", q=profile.candidate.actor.name)
