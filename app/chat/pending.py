"""The question that this browser session is waiting on. It stays pending until its answer is kept, so that a click in between loses nothing."""

from dataclasses import dataclass

import streamlit as st

from app.chat.answering import Pending
from app.chat.conversations import new_id
from app.chat.resources import conversations
from app.chat.turns import Limits

KEY = "pending"
LIMITS_OF = "limits_of"
"""Which conversation the filters stand for: one that starts takes over those of the empty page."""
_UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Unanswered:
    """A question that stays on the page without an answer. why: what went wrong, in one sentence; empty where the user stopped it."""

    waiting: Pending
    why: str = ""


def current() -> str:
    """The id of the conversation in the page's address, empty for a new one."""
    return st.query_params.get("c", "")


def pending() -> Pending | None:
    """What is waiting in the conversation that is open."""
    waiting: Pending | None = st.session_state.get(KEY)
    return waiting if waiting and waiting.conversation == current() else None


def unanswered() -> Unanswered | None:
    """The last question in the conversation that is open, where it was stopped or failed and nothing was asked since."""
    left: Unanswered | None = st.session_state.get(_UNANSWERED)
    return left if left and left.waiting.conversation == current() else None


def wait_for(question: str, limits: Limits, *, instead_of: str | None = None, forget_later: bool = False) -> None:
    """Makes a question pending; the first one of a new conversation starts it, and the page's address from then on names it."""
    if not question.strip():
        return
    if not current():
        st.query_params["c"] = conversations().start(question).id
        st.session_state[LIMITS_OF] = current()
    st.session_state[KEY] = Pending(current(), new_id(), question.strip(), limits, instead_of, forget_later)
    st.session_state[_UNANSWERED] = None


def settle(left: Unanswered | None = None) -> None:
    """Ends the waiting. left: the question, where it has no answer."""
    st.session_state[KEY] = None
    st.session_state[_UNANSWERED] = left
