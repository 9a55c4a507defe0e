"""The chat: an empty page that teaches, then questions and answers, each answer over its sources."""

import time
import uuid

import streamlit as st

from app.asking import ask
from app.chat.answer_view import show_turn
from app.chat.clicks import Click, listen
from app.chat.markup import question_html
from app.chat.plain import as_label
from app.chat.reader import read
from app.chat.resources import example_questions, holdings, index_folder, opened
from app.chat.starters import COUNT
from app.chat.turns import ShownCitation, Turn, history, shown
from ingest.errors import WhodunitError
from ingest.index import Index

PLACEHOLDER = "Ask who attacked whom, and when"


def show() -> None:
    """The page."""
    turns: list[Turn] = st.session_state.setdefault("turns", [])
    typed = st.chat_input(PLACEHOLDER, key="question", submit_mode="stop", max_chars=2000)
    if typed and typed.strip():
        st.session_state["pending"] = typed
    try:
        index = opened(str(index_folder()))
        if not turns and not st.session_state.get("pending"):
            _welcome(index)
    except WhodunitError as error:
        _trouble(error)
        return
    turn_id = st.session_state.setdefault("turn_id", uuid.uuid4().hex[:12])
    click = listen(answering=f"turn-{turn_id}" if st.session_state.get("pending") else None)
    wanted = _conversation(turns, index)
    chosen = (_cited(turns, click) if click else None) or wanted
    if chosen:
        read(chosen[1], index, chosen[0].id)


def _conversation(turns: list[Turn], index: Index) -> tuple[Turn, ShownCitation] | None:
    """Shows the turns and answers what is pending; the citation whose button was pressed, with its turn."""
    wanted = None
    for turn in turns:
        with st.container(key=f"turn-{turn.id}"):
            st.html(question_html(turn.question))
            pressed = show_turn(turn)
            wanted = (turn, pressed) if pressed else wanted
    pending = st.session_state.get("pending")
    if pending:
        _answer(pending, turns, index)
    return wanted


def _answer(question: str, turns: list[Turn], index: Index) -> None:
    turn_id = st.session_state["turn_id"]
    with st.container(key=f"turn-{turn_id}"):
        st.html(question_html(question))
        began = time.monotonic()
        try:
            with st.spinner("Reading the sources…"):
                answer = ask(question, index, history=history(turns))
        except WhodunitError as error:
            st.session_state["pending"] = None
            _trouble(error)
            return
        turn = Turn(turn_id, question, shown(answer, seconds=time.monotonic() - began))
        turns.append(turn)
        del st.session_state["turn_id"]
        st.session_state["pending"] = None
        show_turn(turn, fresh=True)


def _welcome(index: Index) -> None:
    folder, publication = str(index.folder), index.publication
    held = holdings(folder, publication)
    span = f", {held['first']}\u2013{held['last']}" if held["first"] else ""
    st.html(
        f'<div class="w-hero"><h1>Who attacked whom, and when?</h1><p>{held["kept"]:,} articles from {held["publishers"]:,} publishers{span}. '
        "Every sentence of an answer leads to the exact words of a source.</p></div>"
    )
    place = st.empty()
    with place.container(key="starters-soon"), st.grid(2, min_column_width=260):
        for _ in range(COUNT):
            st.skeleton(height=60)
    examples = example_questions(folder, publication)
    with place.container(key="starters"), st.grid(2, min_column_width=260):
        for number, starter in enumerate(examples):
            st.button(as_label(starter.text), key=f"starter-{number}", width="stretch", on_click=_choose, args=(starter.text,))


def _choose(question: str) -> None:
    st.session_state["pending"] = question


def _cited(turns: list[Turn], click: Click) -> tuple[Turn, ShownCitation] | None:
    for turn in turns:
        if turn.id == click.turn_id:
            among = turn.answer.citations if click.kind == "cite" else turn.answer.nearest
            for citation in among:
                if citation.number == click.number:
                    return turn, citation
    return None


def _trouble(error: WhodunitError) -> None:
    st.error(as_label(str(error), limit=600), icon=":material/error:")
