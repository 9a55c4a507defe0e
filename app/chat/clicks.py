"""The one custom component of the page: hears clicks on the numbered markers, centres an opened quote, keeps a new answer in view, copies text.

Streamlit has no link inside a sentence that a script hears of, no way to scroll to a place and no clipboard. The component shows nothing itself;
without it the same citations open by the button on their source card.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

_CITATION = re.compile(r"(cite|near)-([a-z0-9]+)-(\d+)")


@dataclass(frozen=True)
class Click:
    """Which citation was clicked: "cite" for one of an answer's, "near" for a passage that came close."""

    kind: str
    turn_id: str
    number: int


def listen(*, answering: str | None = None) -> Click | None:
    """Mounts the listener, once in a run; the click that caused this run, if one did. answering: key of the container of a new answer."""
    with st.container(key="clicks"):
        result = _component()(key="citation-clicks", data={"answering": answering}, on_citation_change=_nothing)
    found = _CITATION.fullmatch(str(getattr(result, "citation", None) or ""))
    return Click(found[1], found[2], int(found[3])) if found else None


@lru_cache(maxsize=1)
def _component() -> Any:
    return st.components.v2.component("whodunit_clicks", js=(Path(__file__).parent / "clicks.js").read_text(), isolate_styles=False)


def _nothing() -> None:
    """A trigger needs somebody who hears it; what it said is in the result."""
