"""The pages beside the chat without a browser: Streamlit's own test driver, opened at one page's address."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest

import app.chat.resources as resources
from ingest.index import Index

PAGE = Path(resources.__file__).parent / "page.py"


def over(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the pages work over an index that is open already, with the embedder of the tests."""
    monkeypatch.setenv("WHODUNIT_INDEX", str(index.folder))
    monkeypatch.setattr(resources, "open_index", lambda _folder: index)
    st.cache_resource.clear()


def page_at(path: str, **query: str) -> AppTest:
    """The page at an address, run once."""
    page = AppTest.from_file(str(PAGE), default_timeout=60)
    # The driver switches between files only; pages that are functions are told apart by a hash of their address.
    page._page_hash = calc_hash(path)
    for name, value in query.items():
        page.query_params[name] = value
    return page.run()


def shown(page: AppTest) -> str:
    """All HTML on the page but the style sheets."""
    return "\n".join(element.value for element in page.html if not element.value.startswith("<style>"))


def links(page: AppTest) -> list[tuple[str, str]]:
    """(label, query) of the links on the page, those of the sidebar left out."""
    found = [element.proto for element in page.main.get("page_link")]
    return [(proto.label.replace("\\", "").replace("\u2060", ""), proto.query_string) for proto in found]


def press(page: AppTest, start: str) -> AppTest:
    """Presses the first button whose key starts so."""
    next(one for one in page.button if (one.key or "").startswith(start)).click().run()
    assert not page.exception
    return page
