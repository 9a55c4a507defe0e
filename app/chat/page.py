"""Streamlit's entry script: the frame around the pages, the same on each."""

from pathlib import Path

import streamlit as st

from app.chat import asking_page

HERE = Path(__file__).parent


def main() -> None:
    """Draws the frame and runs the chosen page."""
    st.set_page_config(page_title="Whodunit", page_icon=str(HERE / "mark.png"), layout="centered")
    st.html(HERE / "style.css")
    chosen = st.navigation([st.Page(asking_page.show, title="Ask", icon=":material/forum:", default=True)], position="hidden")
    with st.sidebar:
        st.html('<div class="w-brand">Whodunit</div>')
        st.button("New conversation", key="new", icon=":material/edit_square:", width="stretch", on_click=_new)
    chosen.run()


def _new() -> None:
    st.session_state["turns"] = []
    st.session_state["pending"] = None


if __name__ == "__main__":
    main()
