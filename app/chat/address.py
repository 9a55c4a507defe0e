"""Filters that stand in a page's address and nowhere else: a link to the page carries them, a reload keeps them, and a widget that is changed
changes the address.

Streamlit's own binding of widgets to the address reads it when a session begins, not when a link within the page changes it.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

EARLIEST = date(1970, 1, 1)
LONGEST = 200
"""Characters of a name in the address; what is longer is cut."""
_T = TypeVar("_T")


def settle_address() -> None:
    """Has the browser show the address that the page was opened with. Call it first on a page with links to itself."""
    # Such a link changes what is read here, but not what the browser shows as its address and sends with the next click.
    st.query_params.from_dict(st.query_params.to_dict())


def given(name: str) -> str:
    """What the address says under a name, empty where nothing."""
    return str(st.query_params.get(name, ""))[:LONGEST]


def given_day(name: str) -> date | None:
    """The day that the address says under a name; None where it says none, or none that a filter may have."""
    try:
        day = date.fromisoformat(given(name))
    except ValueError:
        return None
    return day if EARLIEST <= day <= date.today() else None


def field(page: str, name: str, value: _T, *, drops: Sequence[str] = ()) -> tuple[str, Callable[[], None]]:
    """Key and callback of the widget for a filter: it shows `value`, and what is put into it goes into the address.

    drops: what leaves the address then, because it belongs to what was shown before.
    """
    key = f"{page}-{name}"
    st.session_state[key] = value

    def keep() -> None:
        put(name, str(st.session_state.get(key) or "").strip())
        for other in drops:
            put(other, "")

    return key, keep


def put(name: str, value: str) -> None:
    """Puts a value into the address; an empty one leaves it."""
    if value:
        st.query_params[name] = value[:LONGEST]
    else:
        st.query_params.pop(name, None)


def standing(*names: str) -> dict[str, str]:
    """Those of the names that the address has, for a link that carries them along."""
    return {name: given(name) for name in names if given(name)}
