"""Incidents as a list, and the claims of one with their quotes; the Timeline and the Actors page show the same ones."""

from collections.abc import Sequence

import streamlit as st

from app.chat.claim_markup import claim_html, incident_facts_html, incident_title
from app.chat.navigation import ARTICLES, TIMELINE, link
from app.chat.theme import DARK, LIGHT
from app.claim_saying import counted, publisher
from app.plain import as_html, day
from ingest.claims.incidents import Incident
from ingest.claims.selecting import SourcedClaim

PAGE = 10
"""Incidents on one page of a list."""


def ink() -> str:
    """The colour of text, for the labels of charts: their theme draws them too faint."""
    return str((DARK if st.context.theme.type == "dark" else LIGHT)["textColor"])


def show_incidents(events: Sequence[Incident], *, key: str, **carried: str) -> None:
    """The incidents, each a link to it on the Timeline. carried: what those links take along in the address."""
    pages = -(-len(events) // PAGE)
    place = st.container(gap=None)
    page = 1
    if pages > 1:
        with st.container(horizontal=True, horizontal_alignment="center"):
            page = st.pagination(pages, key=key, width="stretch")
    with place:
        for event in events[(page - 1) * PAGE : page * PAGE]:
            with st.container(key=f"line-{key}-{event.id}", gap=None):
                link(TIMELINE, incident_title(event), **{**carried, "incident": event.id})
                st.html(f"{incident_facts_html(event)}{_first_words(event)}")
                with st.container(key=f"source-{key}-{event.id}"):
                    _way(event.claims[0], f"{_source(event.claims[0])}{_more(event)}")


def _first_words(event: Incident) -> str:
    words = " ".join(event.claims[0].claim.quote.split())
    return f'<p class="w-snippet w-clamped">{as_html(words)}</p>'


def _source(one: SourcedClaim) -> str:
    return f"{publisher(one.article)}, {day(one.article.published)}"


def _more(event: Incident) -> str:
    return f" · {counted(len(event.claims) - 1, 'more claim')}" if len(event.claims) > 1 else ""


def _way(one: SourcedClaim, label: str) -> None:
    """The link to a claim's words in its article."""
    link(ARTICLES, label, icon=":material/menu_book:", help=one.article.title, article=one.article.id, at=f"{one.claim.start}-{one.claim.end}")


def show_claims(claims: Sequence[SourcedClaim]) -> None:
    """The claims, earliest publication first, each with the way to its words in the article."""
    told: set[str] = set()
    for number, one in enumerate(sorted(claims, key=_by_publication)):
        with st.container(key=f"told-{number}", gap=None):
            st.html(claim_html(one, again=one.article.origin in told))
            _way(one, "Read it in its article")
        told.add(one.article.origin)


def _by_publication(one: SourcedClaim) -> tuple[bool, str, str, int]:
    published = one.article.published
    return published is None, str(published), one.article.path, one.claim.start
