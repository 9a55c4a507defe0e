"""The chat: an empty page that teaches, then questions and answers, each answer over its sources."""

import time
from collections.abc import Sequence
from datetime import date

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from app.asking import ask
from app.chat.answer_view import show_turn
from app.chat.clicks import Click, listen
from app.chat.markup import question_html
from app.chat.pending import Pending, current, pending, settle, wait_for
from app.chat.plain import as_html, as_label, day
from app.chat.reader import read
from app.chat.resources import conversations, example_questions, holdings
from app.chat.sidebar import as_of
from app.chat.starters import COUNT
from app.chat.turn_actions import show_actions
from app.chat.turns import ShownCitation, Turn, history, shown
from ingest.errors import WhodunitError
from ingest.index import Index

PLACEHOLDER = "Ask who attacked whom, and when"


def show(index: Index) -> None:
    """The page over an open index. Raises WhodunitError where it cannot be asked at all."""
    st.chat_input(PLACEHOLDER, key="question", submit_mode="stop", max_chars=2000, on_submit=_typed)
    waiting = pending()
    turns = conversations().turns(current()) if current() else []
    if current() and conversations().get(current()) is None:
        st.info("This conversation is not here, or was deleted. Ask something to start another.", icon=":material/forum:")
        st.query_params.pop("c", None)
    elif not turns and not waiting:
        _welcome(index)
    click = listen(answering=f"turn-{waiting.turn_id}" if waiting else None)
    wanted = _conversation(turns, waiting, index)
    chosen = (_cited(turns, click) if click else None) or wanted
    if chosen:
        read(chosen[1], index, chosen[0].id)


def _conversation(turns: list[Turn], waiting: Pending | None, index: Index) -> tuple[Turn, ShownCitation] | None:
    """Shows the turns and answers what is pending in its place; the citation whose button was pressed, with its turn."""
    wanted = None
    opinions = conversations().opinions(current()) if turns else {}
    name = getattr(conversations().get(current()), "name", "") if turns else ""
    for number, turn in enumerate(turns):
        if waiting and waiting.instead_of == turn.id:
            _answer(waiting, turns[:number], index)
            if waiting.forget_later:
                return wanted
            continue
        with st.container(key=f"turn-{turn.id}"):
            _question(turn.question, turn.as_of)
            pressed = show_turn(turn)
            wanted = (turn, pressed) if pressed else wanted
            show_actions(turn, opinions.get(turn.id), conversation=turns if len(turns) > 1 and turn is turns[-1] else (), name=name)
    if waiting and not waiting.instead_of:
        _answer(waiting, turns, index)
    return wanted


def _answer(waiting: Pending, before: Sequence[Turn], index: Index) -> None:
    """Answers, keeps the turn, and only then tells it; where it cannot, the question stays with a way to ask it again."""
    with st.container(key=f"turn-{waiting.turn_id}"):
        _question(waiting.question, waiting.as_of)
        began = time.monotonic()
        try:
            with st.spinner("Reading the sources…"):
                answer = ask(waiting.question, index, history=history(before), as_of=waiting.as_of)
            turn = Turn(waiting.turn_id, waiting.question, shown(answer, seconds=time.monotonic() - began), waiting.as_of)
            conversations().put(waiting.conversation, turn, instead_of=waiting.instead_of, forget_later=waiting.forget_later)
        except WhodunitError as error:
            settle()
            show_trouble(error)
            st.button("Ask again", key="retry", icon=":material/refresh:", on_click=_retry, args=(waiting,))
            return
        except StopException:
            settle()
            raise
        settle()
        show_turn(turn, fresh=True)
        show_actions(turn, None)


def _question(question: str, until: date | None) -> None:
    st.html(question_html(question))
    if until:
        st.badge(f"as of {day(until)}", icon=":material/event:", color="gray")


def _welcome(index: Index) -> None:
    folder, publication = str(index.folder), index.publication
    held = holdings(folder, publication)
    span = f", {held['first']}\u2013{held['last']}" if held["first"] else ""
    st.html(
        f'<div class="w-hero"><h1>Who attacked whom, and when?</h1><p>{held["kept"]:,} articles from {held["publishers"]:,} publishers{as_html(span)}. '
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


def _typed() -> None:
    wait_for(st.session_state["question"] or "", as_of=as_of())


def _choose(question: str) -> None:
    wait_for(question, as_of=as_of())


def _retry(waiting: Pending) -> None:
    wait_for(waiting.question, as_of=waiting.as_of, instead_of=waiting.instead_of, forget_later=waiting.forget_later)


def _cited(turns: Sequence[Turn], click: Click) -> tuple[Turn, ShownCitation] | None:
    for turn in turns:
        if turn.id == click.turn_id:
            among = turn.answer.citations if click.kind == "cite" else turn.answer.nearest
            for citation in among:
                if citation.number == click.number:
                    return turn, citation
    return None


def show_trouble(error: WhodunitError) -> None:
    """One message that says what is wrong and what to do."""
    st.error(as_label(str(error), limit=600), icon=":material/error:")
