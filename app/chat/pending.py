"""The question that this browser session is waiting on. It stays pending until its answer is kept, so that a click in between loses nothing."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from app.chat.conversations import new_id
from app.chat.resources import conversations

KEY = "pending"


@dataclass(frozen=True)
class Pending:
    """A question to answer. turn_id: the id its turn will have. instead_of: the turn it replaces; forget_later: and all turns after that one."""

    conversation: str
    turn_id: str
    question: str
    as_of: date | None = None
    instead_of: str | None = None
    forget_later: bool = False


def current() -> str:
    """The id of the conversation in the page's address, empty for a new one."""
    return st.query_params.get("c", "")


def pending() -> Pending | None:
    """What is waiting in the conversation that is open."""
    waiting: Pending | None = st.session_state.get(KEY)
    return waiting if waiting and waiting.conversation == current() else None


def wait_for(question: str, *, as_of: date | None = None, instead_of: str | None = None, forget_later: bool = False) -> None:
    """Makes a question pending; the first one of a new conversation starts it, and the page's address from then on names it."""
    if not question.strip():
        return
    if not current():
        st.query_params["c"] = conversations().start(question).id
    st.session_state[KEY] = Pending(current(), new_id(), question.strip(), as_of, instead_of, forget_later)


def settle() -> None:
    """Ends the waiting."""
    st.session_state[KEY] = None
