"""What answers are limited to, and who writes them: one row over the question, kept with the conversation, reset in one click."""

from collections import Counter
from datetime import date
from typing import Any

import streamlit as st

from app.chat.models import configured, shown_name
from app.chat.pending import LIMITS_OF, current
from app.chat.resources import conversations, opened
from app.chat.turns import Limits, scope_pairs
from app.nouns import Scope
from app.plain import as_html, day, visible
from app.scoping import publisher_named
from ingest.index import Index
from ingest.store.narrowing import imprints

_KEPT = "limits"
_EARLIEST = date(1970, 1, 1)
_WITHOUT = ""
_FIELDS = ("actors", "victims", "publishers", "published_from", "published_until", "event_from", "event_until", "as_of", "model")
_ALIASES = 12
"""Other names of an actor that are listed; the rest are counted."""


def limits() -> Limits:
    """As the filters stand."""
    kept: Limits | None = st.session_state.get(_KEPT)
    return kept or Limits()


def follow_conversation() -> None:
    """Sets the filters as they stood at the last answer of the conversation that is open, once after it was opened."""
    if st.session_state.get(LIMITS_OF) == current():
        return
    turns = conversations().turns(current()) if current() else []
    last = turns[-1] if turns else None
    _set(Limits(last.answer.scope, last.as_of, limits().model) if last else Limits(model=limits().model))
    st.session_state[LIMITS_OF] = current()


def show_filters(index: Index) -> None:
    """Draws the row: the filters behind a button, those that are set, and the language model where one is configured."""
    _fill()
    now = limits()
    pairs = limit_pairs(now)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters"):
        with st.popover("Filters", icon=":material/tune:", type="tertiary", key="filters-button", help="Limit which articles are read"):
            _fields(index)
        if pairs:
            st.html(chips_html(now), width="content")
            st.button("Reset", key="reset", type="tertiary", icon=":material/close:", on_click=reset, help="Read all articles")
        if models := configured():
            st.selectbox(
                "Answered by", [_WITHOUT, *models], key="filter-model", format_func=lambda address: _model_name(address, models), on_change=_keep,
                label_visibility="collapsed", width=230, help="A language model writes the answer; every quote is checked all the same",
            )  # fmt: skip


def reset() -> None:
    """Lets everything be read again."""
    _set(Limits(model=limits().model))


def limit_pairs(limits: Limits) -> tuple[tuple[str, str], ...]:
    """(what, words) for each limit that is set; the model is none."""
    return (*scope_pairs(limits.scope), *((("as of", day(limits.as_of)),) if limits.as_of else ()))


def chips_html(limits: Limits, *, model: str = "") -> str:
    """The limits, each a chip. model: name of the language model, a chip of its own."""
    pairs = [*limit_pairs(limits), *([("written by", model)] if model else [])]
    return "".join(f'<span class="w-chip"><span class="w-chip-what">{as_html(what)}</span> {as_html(words)}</span>' for what, words in pairs)


def _fields(index: Index) -> None:
    publishers, actors = _choices(str(index.folder), index.publication)
    with st.container(key="filter-fields", gap="small"):
        _names("Actor", "actors", actors, "Any name; other names of the same actor count too")
        if aliases := _aliases(index, limits().scope.actors):
            st.html(f'<div class="w-foot">Also: {as_html(aliases)}</div>')
        _names("Victim", "victims", (), "Words that an article must hold")
        _names("Publisher", "publishers", publishers, "All publishers", new=False)
        for label, start, end in (("Published", "published_from", "published_until"), ("Happened", "event_from", "event_until")):
            with st.container(horizontal=True, gap="small"):
                _day(f"{label} from", start)
                _day(f"{label} to", end)
        _day("Answer as of", "as_of", help="Only what had been published by that day is read, and “last week” counts from there")


@st.cache_resource(show_spinner=False, max_entries=4)
def _choices(folder: str, publication: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Publishers, those with most articles first, and main names of the actors that articles are filed under."""
    ledger = opened(folder).ledger
    publishers = Counter(name for name in map(publisher_named, imprints(ledger)) if name)
    filed = {part.split(",")[0].strip() for article in ledger.articles(status="kept") for part in article.filed_under}
    return tuple(name for name, _ in sorted(publishers.items(), key=lambda item: (-item[1], item[0]))), tuple(
        sorted((name for name in filed if name[:1].isalnum()), key=str.casefold)
    )


def _names(label: str, field: str, options: tuple[str, ...], placeholder: str, *, new: bool = True) -> None:
    chosen = st.session_state[_key(field)]
    st.multiselect(
        label, [*options, *(name for name in chosen if name not in options)], key=_key(field), on_change=_keep, accept_new_options=new,
        placeholder=placeholder, format_func=_one_line, select_all=False,
    )  # fmt: skip


def _day(label: str, field: str, *, help: str | None = None) -> None:  # noqa: A002 — Streamlit's name for it
    st.date_input(
        label, value=None, key=_key(field), min_value=_EARLIEST, max_value="today", format="YYYY-MM-DD", on_change=_keep, help=help, width="stretch"
    )


def _aliases(index: Index, names: tuple[str, ...]) -> str:
    others = [other for name in names for other in index.actors.names_for_search(name) if other not in names]
    more = len(others) - _ALIASES
    return ", ".join(others[:_ALIASES]) + (f" and {more} more" if more > 0 else "")


def _model_name(address: str, among: tuple[str, ...]) -> str:
    return _one_line(shown_name(address, among)) if address else "Sources only"


def _one_line(text: str) -> str:
    return " ".join(visible(text).split())[:80]


def _key(field: str) -> str:
    return f"filter-{field}"


def _values(limits: Limits) -> dict[str, Any]:
    scope = limits.scope
    return {field: getattr(limits if field in ("as_of", "model") else scope, field) for field in _FIELDS}


def _set(limits: Limits) -> None:
    """Keeps the limits and puts them into the fields."""
    st.session_state[_KEPT] = limits
    for field, value in _values(limits).items():
        st.session_state[_key(field)] = list(value) if isinstance(value, tuple) else value


def _fill() -> None:
    """Puts the limits into fields that are new on the page: Streamlit forgets those of a page that was left."""
    models = (_WITHOUT, *configured())
    for field, value in _values(limits()).items():
        if _key(field) not in st.session_state:
            st.session_state[_key(field)] = list(value) if isinstance(value, tuple) else value
    if st.session_state[_key("model")] not in models:
        st.session_state[_key("model")] = _WITHOUT


def _keep() -> None:
    """Keeps what the fields say."""

    def names(field: str) -> tuple[str, ...]:
        return tuple(name.strip() for name in st.session_state.get(_key(field)) or () if name.strip())

    def chosen(field: str) -> date | None:
        value: date | None = st.session_state.get(_key(field))
        return value

    scope = Scope(
        names("actors"), names("victims"), names("publishers"),
        chosen("published_from"), chosen("published_until"), chosen("event_from"), chosen("event_until"),
    )  # fmt: skip
    st.session_state[_KEPT] = Limits(scope, chosen("as_of"), st.session_state.get(_key("model")) or "")
