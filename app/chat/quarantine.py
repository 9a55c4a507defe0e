"""Why an article is quarantined, and the buttons that keep it against the verdict and let the verdict stand again."""

import streamlit as st

from app.chat.navigation import ARTICLES, go
from app.chat.resources import article_lines, index_folder, writer
from app.chat.writer_process import Request
from app.plain import as_label
from ingest.errors import IndexLockedError
from ingest.nouns import Article


def show_verdict(article: Article) -> None:
    """Why an article is quarantined or was kept against a verdict, with the way to the other."""
    if article.status == "quarantined":
        st.warning(f"Quarantined: {as_label(article.reason)}. No answer uses it.", icon=":material/block:")
        keep_button(article.id, article.path)
    elif article.reason:
        st.info(f"{as_label(article.reason[:1].upper() + article.reason[1:])}.", icon=":material/undo:")
        if st.button("Quarantine again", key=f"release-{article.id}", icon=":material/undo:"):
            _write(Request(release=article.id), article.path)


def keep_button(article_id: str, path: str) -> None:
    """The button that keeps a quarantined article. path: one of its files, by which it is found again under its new id."""
    said = "Answers will use it from now on; can be undone"
    if st.button("Keep anyway", key=f"keep-{article_id}", icon=":material/add_task:", help=said, type="tertiary"):
        _write(Request(keep=article_id), path)


def _write(request: Request, path: str) -> None:
    """Has the writer do it and opens what the article has become: its id is another one afterwards."""
    try:
        job = writer().start(request)
    except IndexLockedError as error:
        st.error(as_label(str(error), limit=400), icon=":material/lock:")
        return
    with st.spinner("Bringing the index up to date…", show_time=True):
        ended = writer().wait(seconds=600)
    writer().put_away(job.number)
    if ended and ended.number == job.number and ended.error:
        st.error(as_label(ended.error, limit=400), icon=":material/error:")
        return
    now = next((line.id for line in article_lines(str(index_folder())) if path in line.paths), "")
    go(ARTICLES, **({"article": now} if now else {}))
