"""One answer on the page: its sentences with their markers, who stands where if sources differ, the source cards, or what was looked for in vain."""

import time
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.chat import markup
from app.chat.turns import ShownAnswer, ShownCitation, Turn
from app.nouns import Statement
from app.stances import denies

STREAM_SECONDS = 0.9
"""An answer that is there at once is told within this time; slower would be theatre."""


def show_turn(turn: Turn) -> ShownCitation | None:
    """Shows a turn's answer; the citation whose button was pressed, if one was."""
    st.html(markup.answer_html(turn.answer.statements, turn.id))
    return show_sources(turn)


def tell(statements: Sequence[Statement], turn_id: str, place: DeltaGenerator) -> None:
    """The answer word by word in `place`, which holds one element."""
    words = max(1, sum(len(statement.text.split(" ")) for statement in statements))
    pause = min(0.02, STREAM_SECONDS / words)
    for html in markup.growing(statements, turn_id):
        place.html(html)
        time.sleep(pause)


def show_sources(turn: Turn) -> ShownCitation | None:
    """What stands under the sentences; the citation whose button was pressed, if one was."""
    answer = turn.answer
    if answer.asked_as:
        st.html(markup.asked_as_html(answer.asked_as))
    if answer.note:
        st.html(markup.note_html(answer.note))
    if answer.status == "not_in_corpus":
        return _in_vain(turn)
    if answer.status == "disputed" and (sides := positions(answer)):
        return _dispute(answer, sides, turn.id)
    if answer.status == "disputed":
        st.badge("Sources disagree", icon=":material/balance:", color="orange")
    if answer.status == "unattributed":
        st.badge("Nobody has been blamed", icon=":material/help_center:", color="gray")
    st.html(markup.summary_html(answer))
    return _cards(answer.citations, turn.id, kind="cite")


def positions(answer: ShownAnswer) -> tuple[tuple[ShownCitation, ...], tuple[ShownCitation, ...]] | None:
    """The quotes that say so and those that deny or doubt it; None where all stand on one side."""
    against = tuple(citation for citation in answer.citations if denies(citation.quote))
    held = tuple(citation for citation in answer.citations if citation not in against)
    return (held, against) if held and against else None


def _dispute(answer: ShownAnswer, sides: tuple[tuple[ShownCitation, ...], tuple[ShownCitation, ...]], turn_id: str) -> ShownCitation | None:
    pressed = None
    with st.container(border=True, key=f"dispute-{turn_id}"):
        st.badge("Sources disagree", icon=":material/balance:", color="orange")
        st.html(markup.summary_html(answer))
        with st.grid(2, min_column_width=250):
            for name, citations in zip(("Say so", "Deny or doubt it"), sides, strict=True):
                with st.container():
                    st.html(markup.position_html(name, citations))
                    pressed = _cards(citations, turn_id, kind="cite") or pressed
    return pressed


def _in_vain(turn: Turn) -> ShownCitation | None:
    st.html('<div class="w-heading">What was looked for</div>')
    st.html(markup.looked_for_html(turn.answer))
    if not turn.answer.nearest:
        return None
    st.html('<div class="w-heading">Nearest passages</div>')
    return _cards(turn.answer.nearest, turn.id, kind="near")


def _cards(citations: Sequence[ShownCitation], turn_id: str, *, kind: str) -> ShownCitation | None:
    pressed = None
    before = ""
    for citation in citations:
        name = f"{kind}-{turn_id}-{citation.number}"
        with st.container(border=True, key=f"card-{name}"):
            st.html(markup.source_html(citation, turn_id, kind=kind, again=citation.article_id == before))
            label = f"Open source {citation.number} in its article"
            if st.button("Open", key=f"open-{name}", type="tertiary", icon=":material/menu_book:", help=label):
                pressed = citation
        before = citation.article_id
    return pressed
