"""The pages of the chat and the way between them. To add a page: write a function that draws it and give `page.py` an `Entry` for it.

Streamlit's own menu is hidden: it can stand above the sidebar or in the header, but not between the name and what belongs to a page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from app.plain import as_label

ASK = ""
TIMELINE = "timeline"
ACTORS = "actors"
ARTICLES = "articles"
ADDING = "sources"
EVALUATION = "evaluation"
_PAGES = "pages"
_LAST_CONVERSATION = "last_conversation"


@dataclass(frozen=True)
class Entry:
    """A page. path: its part of the address, empty for the first page. icon: one of Streamlit's Material icons. show: draws it."""

    path: str
    title: str
    icon: str
    show: Callable[[], None]


def navigate(entries: Sequence[Entry]) -> None:
    """Draws the links between the pages in the sidebar and runs the page that the address names."""
    pages = {
        entry.path: st.Page(entry.show, title=entry.title, icon=entry.icon, url_path=entry.path or None, default=entry.path == ASK)
        for entry in entries
    }
    st.session_state[_PAGES] = pages
    chosen = st.navigation(list(pages.values()), position="hidden")
    if chosen == pages[ASK]:
        st.session_state[_LAST_CONVERSATION] = st.query_params.get("c", "")
    with st.sidebar:
        st.html('<div class="w-brand">Whodunit</div>')
        with st.container(key="pages", gap=None):
            for entry in entries:
                last = st.session_state.get(_LAST_CONVERSATION) if entry.path == ASK and chosen != pages[ASK] else ""
                # The way back leads to the conversation that was left; on the page itself "New conversation" leads out of it.
                st.page_link(pages[entry.path], query_params={"c": last} if last else None, width="stretch")
    chosen.run()


def link(path: str, label: str, *, icon: str | None = None, help: str | None = None, **query: str) -> None:  # noqa: A002 — Streamlit's name for it
    """A link to a page, `query` in its address. label, help: any text, also an article's title; it is shown as it is."""
    pages = st.session_state[_PAGES]
    st.page_link(pages[path], label=as_label(label), icon=icon, help=as_label(help, limit=400) if help else None, query_params=query or None)


def go(path: str, **query: str) -> None:
    """Leaves for another page at once."""
    st.switch_page(st.session_state[_PAGES][path], query_params=query or None)
