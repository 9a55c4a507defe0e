"""Streamlit's entry script: the frame around the pages, the same on each."""

from pathlib import Path

import streamlit as st

from app.chat import asking_page
from app.chat.resources import holdings, index_folder, opened
from app.chat.sidebar import show_sidebar
from ingest.errors import WhodunitError

HERE = Path(__file__).parent


def main() -> None:
    """Draws the frame and runs the chosen page."""
    st.set_page_config(page_title="Whodunit", page_icon=str(HERE / "mark.png"), layout="centered")
    st.html(HERE / "style.css")
    try:
        index = opened(str(index_folder()))
        show_sidebar(holdings(str(index.folder), index.publication))
        asking_page.show(index)
    except WhodunitError as error:
        asking_page.show_trouble(error)


if __name__ == "__main__":
    main()
