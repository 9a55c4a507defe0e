"""What can be done with an answer: copy, download, ask again, edit the question, say what one thinks of it."""

from collections.abc import Sequence

import streamlit as st

from app.chat.conversations import Opinion, Thumb
from app.chat.exports import turn_as_stix, turns_as_markdown
from app.chat.filters import limits
from app.chat.markup import copied_html
from app.chat.pending import wait_for
from app.chat.resources import conversations
from app.chat.turns import Turn

_THUMBS: tuple[Thumb, Thumb] = ("down", "up")


def show_actions(turn: Turn, opinion: Opinion | None, *, conversation: Sequence[Turn] = (), name: str = "") -> None:
    """The row under an answer. conversation, name: given under the last one, to download the whole."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"actions-{turn.id}"):
        st.html(copied_html(turns_as_markdown([turn]), turn.id), width="content")
        st.button(
            "Copy", key=f"copy-{turn.id}", type="tertiary", icon=":material/content_copy:", help="Copy question, answer and sources as Markdown"
        )
        with st.popover("Download", icon=":material/download:", type="tertiary", key=f"download-{turn.id}", help="Download with citations"):
            _downloads(turn, conversation, name)
        st.button(
            "Ask again", key=f"again-{turn.id}", type="tertiary", icon=":material/refresh:", on_click=_again, args=(turn,), help="Answer this question anew"
        )  # fmt: skip
        if st.button("Edit", key=f"edit-{turn.id}", type="tertiary", icon=":material/edit:", help="Change the question and go on from here"):
            _edit(turn)
        st.feedback("thumbs", key=f"thumb-{turn.id}", default=_THUMBS.index(opinion.thumb) if opinion else None, on_change=_think, args=(turn.id,))
    if opinion:
        st.text_input(
            "Why?", value=opinion.reason, key=f"reason-{turn.id}", max_chars=500, label_visibility="collapsed", on_change=_think, args=(turn.id,),
            placeholder="What was good about it?" if opinion.thumb == "up" else "What was wrong with it?",
        )  # fmt: skip


def _downloads(turn: Turn, conversation: Sequence[Turn], name: str) -> None:
    """What is downloaded is made when it is asked for."""
    choices = [
        ("Answer as Markdown", "answer.md", "text/markdown", lambda: turns_as_markdown([turn])),
        ("Answer as STIX 2.1", "answer.stix.json", "application/stix+json", lambda: turn_as_stix(turn)),
    ]
    if conversation:
        choices.append(("Conversation as Markdown", "conversation.md", "text/markdown", lambda: turns_as_markdown(conversation, title=name)))
    for label, file, mime, made in choices:
        st.download_button(
            label, made, file_name=f"whodunit-{file}", mime=mime, key=f"download-{file}-{turn.id}", type="tertiary", on_click="ignore", width="stretch"
        )  # fmt: skip


def _think(turn_id: str) -> None:
    thumb = st.session_state.get(f"thumb-{turn_id}")
    conversations().think(turn_id, None if thumb is None else Opinion(_THUMBS[thumb], st.session_state.get(f"reason-{turn_id}") or ""))


def _again(turn: Turn) -> None:
    wait_for(turn.question, limits(), instead_of=turn.id)


@st.dialog("Edit the question", width="medium")
def _edit(turn: Turn) -> None:
    with st.form("edit", border=False):
        st.text_area("Question", value=turn.question, key="edited", max_chars=2000, label_visibility="collapsed")
        st.caption("What was asked after it is put aside.")
        if st.form_submit_button("Ask", type="primary", on_click=_ask_edited, args=(turn,)):
            st.rerun()


def _ask_edited(turn: Turn) -> None:
    wait_for(st.session_state["edited"], limits(), instead_of=turn.id, forget_later=True)
