"""A question while it is being answered: what is being read, the answer as it comes, and what is left where it was stopped or failed."""

import time
from collections.abc import Callable, Sequence
from contextvars import copy_context
from threading import Thread

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import StopException, add_script_run_ctx, get_script_run_ctx

from app.asking import ask
from app.chat import markup
from app.chat.answer_view import tell
from app.chat.answering import Answering, Answers, Pending, told
from app.chat.models import configured, in_words_of, shown_name
from app.chat.pending import Unanswered, settle, wait_for
from app.chat.resources import conversations
from app.chat.suggestions import next_questions
from app.chat.turns import Turn, history, shown
from app.plain import as_label, host_of
from ingest.index import Index

STEP = 0.04
"""Seconds between two looks at how far the answer is; so long a stop may take to be noticed."""
_ANSWERING = "answering"


def answer(waiting: Pending, before: Sequence[Turn], index: Index, *, after: Callable[[Turn], None]) -> None:
    """Draws what is being read, then the answer, then `after` what stands under it. A question that was stopped or failed is left `Unanswered`."""
    place, under = st.empty(), st.empty()
    answering = start(waiting, before, index)
    under.button("Stop", key="stop", type="tertiary", icon=":material/stop_circle:", shortcut="Escape", on_click=_stop, args=(answering,))

    def end(*, stopped: bool) -> None:
        """What came of it, drawn at once. Stopped after it was kept, the answer is told all the same."""
        under.empty()
        if stopped and answering.stop():
            left = Unanswered(waiting)
        elif answering.error is not None:
            left = Unanswered(waiting, told(answering.error))
        elif turn := answering.turn:
            settle()
            place.html(markup.answer_html(turn.answer.statements, turn.id))
            after(turn)
            return
        else:
            settle()
            st.rerun()
        settle(left)
        show_unanswered(left, place, under)

    try:
        _watch(answering, place)
        if answering.turn and answering.so_far is None:
            settle()
            under.empty()
            tell(answering.turn.answer.statements, waiting.turn_id, place)
    except StopException:
        # A script is stopped as well when the browser leaves; then the answer goes on, and is there when the page is loaded again.
        if not _is_left():
            _after_a_stop(lambda: end(stopped=True))
        raise
    end(stopped=False)


def answering_since_before(conversation: str) -> Pending | None:
    """What is being answered in a conversation although this session does not know of it: it was asked before the page was loaded again."""
    found = _answers().in_conversation(conversation) if conversation else None
    if found is None:
        return None
    st.session_state[_ANSWERING] = found
    return found.waiting


def show_unanswered(left: Unanswered, place: DeltaGenerator, under: DeltaGenerator) -> None:
    """Says in `place` why there is no answer, and offers `under` it to ask again; both hold one element."""
    if left.why:
        place.error(as_label(left.why, limit=600), icon=":material/error:")
    else:
        place.html('<div class="w-stopped" role="status">Stopped. Nothing was kept.</div>')
    under.button("Ask again", key="retry", icon=":material/refresh:", on_click=_retry, args=(left.waiting,))


def _stop(answering: Answering) -> None:
    if answering.stop():
        settle(Unanswered(answering.waiting))


def _retry(waiting: Pending) -> None:
    wait_for(waiting.question, waiting.limits, instead_of=waiting.instead_of, forget_later=waiting.forget_later)


def start(waiting: Pending, before: Sequence[Turn], index: Index) -> Answering:
    """What answers the question, started unless it is on its way. before: the turns that it may lean on."""
    mine: Answering | None = st.session_state.get(_ANSWERING)
    if mine is None or mine.waiting.turn_id != waiting.turn_id:
        mine = _answers().start(begin(waiting, before, index))
        st.session_state[_ANSWERING] = mine
    return mine


def begin(waiting: Pending, before: Sequence[Turn], index: Index) -> Answering:
    """Who answers the question, not yet started: reads the sources, has a language model write where one was chosen, and keeps the turn."""
    earlier, limits, models, store = history(before), waiting.limits, configured(), conversations()
    model = limits.model if limits.model in models else ""
    began = time.monotonic()

    def work(answering: Answering) -> Turn:
        try:
            made = ask(waiting.question, index, history=earlier, as_of=limits.as_of, scope=limits.scope, on_found=answering.found)
            if model:
                made = in_words_of(model, made, index, on_statement=answering.says)
            kept = shown(
                made,
                seconds=time.monotonic() - began,
                model=shown_name(model, models) if model and not made.note else "",
                next_questions=next_questions(made, index),
            )
            return Turn(waiting.turn_id, waiting.question, kept, limits.as_of)
        finally:
            index.ledger.close()

    def keep(turn: Turn) -> None:
        store.put(waiting.conversation, turn, instead_of=waiting.instead_of, forget_later=waiting.forget_later)

    return Answering(waiting, work, keep)


def _watch(answering: Answering, place: DeltaGenerator) -> None:
    """Draws how far the answer is until it is over."""
    drawn = ""
    over = False
    while not over:
        if (now := _progress(answering)) != drawn:
            place.html(now)
            drawn = now
        over = answering.is_over(within=STEP)
        # Reading the session's state is where Streamlit tells of a stop, or of a click elsewhere, while nothing is drawn.
        st.session_state.get(_ANSWERING)


def _progress(answering: Answering) -> str:
    if answering.so_far is not None:
        return markup.answer_html(answering.so_far.statements, answering.waiting.turn_id)
    articles = {hit.article.id: hit.article for hit in answering.hits}
    publishers = (article.publisher or host_of(article.url) for article in articles.values())
    return markup.reading_html(list(dict.fromkeys(name for name in publishers if name)), len(articles))


def _is_left() -> bool:
    """Whether the browser has gone: then Streamlit stops the script as if the user had."""
    context = get_script_run_ctx()
    return context is not None and not get_instance().is_active_session(context.session_id)


def _after_a_stop(draw: Callable[[], None]) -> None:
    """Draws although the script was told to stop: Streamlit interrupts the script's own thread at whatever it draws, and no other thread."""
    thread = Thread(target=copy_context().run, args=(draw,), daemon=True)
    add_script_run_ctx(thread, get_script_run_ctx())
    thread.start()
    thread.join()


@st.cache_resource(show_spinner=False)
def _answers() -> Answers:
    return Answers()
