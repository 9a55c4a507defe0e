"""A cited passage in its article: a drawer with the whole text, the quote marked and in the middle."""

import streamlit as st

from app.chat.markup import article_html, source_html
from app.chat.turns import ShownCitation
from ingest.index import Index


def read(citation: ShownCitation, index: Index | None, turn_id: str) -> None:
    """Opens the drawer on a citation; where the article has left the index, on what was kept of it."""
    _drawer(citation, index, turn_id)


@st.dialog("In the article", width=680, position="right", icon=":material/menu_book:")
def _drawer(citation: ShownCitation, index: Index | None, turn_id: str) -> None:
    article = index.article(citation.article_id) if index else None
    if article is None:
        st.info("This article is no longer in the index. The quote was kept with the answer.", icon=":material/inventory_2:")
        st.html(source_html(citation, turn_id))
        return
    if article.text[citation.start : citation.end] != citation.quote:
        st.warning("The article has changed since this answer was given. The quote was kept with the answer.", icon=":material/edit_note:")
        st.html(source_html(citation, turn_id))
        return
    st.html(article_html(article, start=citation.start, end=citation.end))
