"""The sidebar of the asking page: a new conversation, and the kept ones with search, rename, delete and undo."""

from collections.abc import Mapping

import streamlit as st

from app.chat.conversations import Conversation
from app.chat.pending import current, settle
from app.chat.resources import conversations
from app.plain import as_html, as_label

RENAME, DELETE = "Rename", "Delete"
_ICONS = {RENAME: ":material/edit:", DELETE: ":material/delete:"}


def show_sidebar(held: Mapping[str, int]) -> None:
    """Draws the sidebar. held: counts of the index."""
    with st.sidebar:
        st.button("New conversation", key="new", icon=":material/edit_square:", width="stretch", on_click=_leave)
        _removed()
        _kept()
        st.html(f'<div class="w-foot">{held["kept"]:,} articles · {held["passages"]:,} passages<br>{held["quarantined"]:,} quarantined</div>')


def _kept() -> None:
    """The list, the open conversation marked, each with its menu."""
    store = conversations()
    searched = ""
    if store.listed(current=current()):
        searched = st.text_input(
            "Search conversations", key="search", placeholder="Search conversations", label_visibility="collapsed", icon=":material/search:"
        )
    listed = store.listed(searched or "", current="" if searched else current())
    if searched and not listed:
        st.html(f'<div class="w-foot">No conversation holds “{as_html(searched)}”.</div>')
    with st.container(key="conversations", gap="xsmall"):
        for conversation in listed:
            _row(conversation)


def _row(conversation: Conversation) -> None:
    opened = conversation.id == current()
    with st.container(
        horizontal=True, gap=None, wrap=False, vertical_alignment="center", key=f"row-{'open' if opened else 'kept'}-{conversation.id}"
    ):
        st.button(
            as_label(conversation.name), key=f"conversation-{conversation.id}", type="tertiary", width="stretch", on_click=_open, args=(conversation.id,)
        )  # fmt: skip
        chosen = st.menu_button(
            ":material/more_horiz:", [RENAME, DELETE], key=f"menu-{conversation.id}", type="tertiary", help="Rename or delete", format_func=lambda option: f"{_ICONS[option]} {option}"
        )  # fmt: skip
    if chosen == RENAME:
        _rename(conversation)
    elif chosen == DELETE:
        conversations().remove(conversation.id)
        st.session_state["removed"] = conversation
        if opened:
            st.query_params.pop("c", None)
        st.rerun()


@st.dialog("Rename the conversation")
def _rename(conversation: Conversation) -> None:
    with st.form("rename", border=False):
        name = st.text_input("Name", value=conversation.name, max_chars=200)
        if st.form_submit_button("Rename", type="primary"):
            conversations().rename(conversation.id, name)
            st.rerun()


def _removed() -> None:
    """Says what was just deleted, with the way back."""
    removed: Conversation | None = st.session_state.get("removed")
    if removed:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False, key="undo-row"):
            st.html(f'<div class="w-foot">Deleted “{as_html(removed.name)}”.</div>')
            st.button("Undo", key="undo", type="tertiary", icon=":material/undo:", on_click=_restore, args=(removed.id,))


def _restore(conversation_id: str) -> None:
    conversations().restore(conversation_id)
    _open(conversation_id)


def _open(conversation_id: str) -> None:
    _leave()
    st.query_params["c"] = conversation_id


def _leave() -> None:
    settle()
    st.session_state["removed"] = None
    st.query_params.pop("c", None)
