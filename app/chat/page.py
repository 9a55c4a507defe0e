"""Streamlit's entry script: the frame around the pages, the same on each, and the list of the pages."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from app.chat import actors_page, adding_page, articles_page, asking_page, evaluation_page, timeline_page
from app.chat.navigation import ACTORS, ADDING, ARTICLES, ASK, EVALUATION, TIMELINE, Entry, link, navigate
from app.chat.resources import holdings, index_folder, opened
from app.chat.sidebar import show_sidebar
from app.chat.sign_in import signed_in
from ingest.errors import IndexMissingError, WhodunitError

HERE = Path(__file__).parent


def main() -> None:
    """Draws the frame and runs the chosen page."""
    st.set_page_config(page_title="Whodunit", page_icon=str(HERE / "mark.png"), layout="centered")
    st.html(HERE / "style.css")
    st.html(HERE / "pages.css")
    if not signed_in():
        return
    navigate(
        (
            Entry(ASK, "Ask", ":material/forum:", _careful(_ask)),
            Entry(TIMELINE, "Timeline", ":material/timeline:", _careful(timeline_page.show)),
            Entry(ACTORS, "Actors", ":material/groups:", _careful(actors_page.show)),
            Entry(ARTICLES, "Articles", ":material/article:", _careful(articles_page.show)),
            Entry(ADDING, "Add sources", ":material/note_add:", _careful(adding_page.show)),
            Entry(EVALUATION, "Evaluation", ":material/monitoring:", _careful(evaluation_page.show)),
        )
    )


def _ask() -> None:
    index = opened(str(index_folder()))
    show_sidebar(holdings(str(index.folder), index.publication))
    asking_page.show(index)


def _careful(show: Callable[[], None]) -> Callable[[], None]:
    """The page, with an error that is meant for its reader shown as one message."""

    def page() -> None:
        try:
            show()
        except WhodunitError as error:
            asking_page.show_trouble(error)
            if isinstance(error, IndexMissingError):
                link(ADDING, "Add sources here", icon=":material/note_add:")

    return page


if __name__ == "__main__":
    main()
