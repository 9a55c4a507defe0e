"""One turn on the page: the question, the answer with its markers, the source cards under it, or what was looked for in vain."""

import time
from collections.abc import Sequence

import streamlit as st

from app.chat import markup
from app.chat.turns import ShownCitation, Turn
from app.nouns import Statement

STREAM_SECONDS = 0.9
"""An answer that is there at once is told within this time; slower would be theatre."""


def show_turn(turn: Turn, *, fresh: bool = False) -> ShownCitation | None:
    """Shows a turn, word by word where it is `fresh`; the citation whose button was pressed, if one was."""
    answer = turn.answer
    if fresh:
        _tell(answer.statements, turn.id)
    else:
        st.html(markup.answer_html(answer.statements, turn.id))
    if answer.status == "not_in_corpus":
        return _in_vain(turn)
    if answer.status == "disputed":
        st.badge("Sources disagree", icon=":material/balance:", color="orange")
    if answer.status == "unattributed":
        st.badge("Nobody has been blamed", icon=":material/help_center:", color="gray")
    st.html(markup.summary_html(turn))
    return _cards(answer.citations, turn.id, kind="cite")


def _tell(statements: Sequence[Statement], turn_id: str) -> None:
    place = st.empty()
    words = max(1, sum(len(statement.text.split(" ")) for statement in statements))
    pause = min(0.02, STREAM_SECONDS / words)
    for html in markup.growing(statements, turn_id):
        place.html(html)
        time.sleep(pause)


def _in_vain(turn: Turn) -> ShownCitation | None:
    st.html('<div class="w-heading">What was looked for</div>')
    st.html(markup.looked_for_html(turn.answer))
    if not turn.answer.nearest:
        return None
    st.html('<div class="w-heading">Nearest passages</div>')
    return _cards(turn.answer.nearest, turn.id, kind="near")


def _cards(citations: Sequence[ShownCitation], turn_id: str, *, kind: str) -> ShownCitation | None:
    pressed = None
    for citation in citations:
        name = f"{kind}-{turn_id}-{citation.number}"
        with st.container(border=True, key=f"card-{name}"):
            st.html(markup.source_html(citation, turn_id, kind=kind))
            label = f"Open source {citation.number} in its article"
            if st.button("Open", key=f"open-{name}", type="tertiary", icon=":material/menu_book:", help=label):
                pressed = citation
    return pressed
