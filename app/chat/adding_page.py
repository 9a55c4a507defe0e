"""Adding sources: files are uploaded and addresses pasted, and read in the background; how far each is, is shown meanwhile, and what became of it."""

from datetime import datetime
from urllib.parse import urlsplit

import streamlit as st

from app.chat.adding_markup import files_html, many, results_html, stages_html, summary
from app.chat.navigation import ARTICLES, ASK, link
from app.chat.resources import index_folder, writer
from app.chat.uploads import FORMS, Kept, keep
from app.chat.writer_job import Job
from app.chat.writer_process import Request
from app.plain import as_html, as_label, web_address
from ingest.errors import IndexLockedError
from ingest.limits import DEFAULT, in_megabytes

LARGEST = 200
"""Megabytes of one upload, which Streamlit holds in memory; a larger archive is for `whodunit ingest`."""
EVERY = 0.7
"""Seconds between two looks at how far the writer is."""
_ROUND, _REFUSED, _ADDRESSES = "upload_round", "refused_uploads", "addresses"
_SHARES = {"reading": (0.0, 0.1), "settling": (0.1, 0.85), "claims": (0.85, 0.9), "publishing": (0.9, 1.0)}
"""Where each stage begins and ends on the one bar of progress: nearly all time goes into embedding and reading for claims."""


def show() -> None:
    """The form, or the work that is going on, or what came of it."""
    st.html(
        '<h1 class="w-page">Add sources</h1><p class="w-page-note">Reports, articles and pages. '
        "They stay on this machine, in the index folder. Questions go on being answered while they are read.</p>"
    )
    job = writer().job
    if job and job.running:
        _following(job.number)
        return
    if job and job.request.adds:
        _ended(job)
        return
    _form()


# The form


def _form() -> None:
    number = st.session_state.setdefault(_ROUND, 0)
    for refused in st.session_state.pop(_REFUSED, ()):
        st.error(f"{as_label(refused.given)}: {as_label(refused.problem, limit=300)}.", icon=":material/block:")
    files = st.file_uploader(
        "Files", type=list(FORMS), accept_multiple_files=True, max_upload_size=LARGEST, key=f"files-{number}",
        help=f"Markdown, text, HTML, PDF, DOCX, JSON Lines (an article a line), and zip or tar archives of them. One article may have {in_megabytes(DEFAULT.file_bytes)}.",
    )  # fmt: skip
    addresses = st.text_area(
        "Web addresses", key=f"{_ADDRESSES}-{number}", height=110, placeholder="https://…  one a line",
        help="Pages are fetched politely: as robots.txt allows, with pauses, from public addresses only.",
    )  # fmt: skip
    if st.button("Add to the index", type="primary", icon=":material/note_add:", key="add"):
        urls, wrong = _addresses(addresses or "")
        if wrong:
            st.error(f"No web address: {as_label(wrong[0])}. Give one a line, each with http:// or https://.", icon=":material/link_off:")
        elif not files and not urls:
            st.info("Choose files or paste addresses first.", icon=":material/upload_file:")
        else:
            _add([keep(file.name, file.getvalue(), index_folder()) for file in files or ()], urls)


def _addresses(text: str) -> tuple[list[str], list[str]]:
    """The addresses in the lines, each once; and the lines that are none."""
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    wrong = [line for line in lines if not web_address(line) or "." not in urlsplit(line).netloc]
    return [line for line in lines if line not in wrong], wrong


def _add(uploads: list[Kept], urls: list[str]) -> None:
    st.session_state[_REFUSED] = tuple(one for one in uploads if one.problem)
    names = tuple(dict.fromkeys(one.name for one in uploads if one.name))
    if not names and not urls:
        st.rerun()
    if _start(Request(files=names, urls=tuple(urls))):
        st.session_state[_ROUND] += 1
        st.rerun()


def _start(request: Request) -> bool:
    """Starts the writer; says who writes where somebody does."""
    try:
        writer().start(request)
    except IndexLockedError as error:
        st.error(as_label(str(error), limit=400), icon=":material/lock:")
        return False
    return True


# While it runs


def _following(number: int) -> None:
    """The stages, looked at again and again without touching the rest of the page."""

    @st.fragment(run_every=EVERY)
    def progress() -> None:
        job = writer().job
        if job is None or job.number != number or not job.running:
            st.rerun()
        st.html(stages_html(job.steps))
        st.progress(_share(job))
        st.html(files_html(job.files, running=True))
        with st.container(horizontal=True, vertical_alignment="center"):
            if job.cancelled:
                st.html('<div class="w-facts">Cancelling…</div>')
            else:
                st.button("Cancel", key="cancel", icon=":material/stop_circle:", on_click=writer().cancel)
            seconds = int((datetime.now() - job.began).total_seconds())
            st.html(f'<div class="w-facts">{seconds // 60}:{seconds % 60:02} · {as_html(_given(job.request))}</div>')

    progress()
    link(ASK, "Ask meanwhile", icon=":material/forum:")


def _share(job: Job) -> float:
    """How much of the whole work is done, 0 to 1; never less than it was."""
    if not job.steps:
        return 0.0
    step = job.steps[-1]
    start, end = _SHARES.get(step.stage, (0.0, 1.0))
    total = step.total or len(job.request.given)
    return start + (end - start) * min(1.0, step.done / total if total else 0.0)


def _given(request: Request) -> str:
    if not request.adds:
        return "one article and its neighbours"
    parts = [many(len(request.files), "file"), many(len(request.urls), "address")]
    return " and ".join(part for part in parts if not part.startswith("0 "))


# Afterwards


def _ended(job: Job) -> None:
    if job.cancelled:
        st.warning("Cancelled. What was finished is kept, the uploaded files too; the rest is not in the index yet.", icon=":material/stop_circle:")
    elif job.error:
        st.error(as_label(job.error, limit=600), icon=":material/error:")
    elif job.outcome:
        results = job.outcome.results
        st.html(f'<p class="w-lead">{as_html(summary(results))}</p>{results_html(results)}')
        work = (
            f"{many(job.outcome.passages, 'passage')} embedded in {job.outcome.seconds:.0f} s" if job.outcome.passages else "nothing in them was new"
        )
        st.html(f'<div class="w-count">The index now holds {many(job.outcome.articles, "article")}; {work}.</div>')
    if job.cancelled or job.error:
        st.html(files_html(job.files, running=False))
    for refused in st.session_state.get(_REFUSED, ()):
        st.error(f"{as_label(refused.given)}: {as_label(refused.problem, limit=300)}.", icon=":material/block:")
    with st.container(horizontal=True, vertical_alignment="center"):
        if job.cancelled or job.error:
            if st.button("Go on", key="go_on", type="primary", icon=":material/play_arrow:", help="Finishes what was begun") and _start(job.request):
                st.rerun()
            st.button("Add others", key="more", on_click=_done_with, args=(job.number,))
        else:
            st.button("Add more", key="more", icon=":material/note_add:", on_click=_done_with, args=(job.number,))
            link(ASK, "Ask about them", icon=":material/forum:")
            if job.outcome and any(result.status == "quarantined" for result in job.outcome.results):
                link(ARTICLES, "See what was quarantined", icon=":material/block:", status="Quarantined")


def _done_with(number: int) -> None:
    writer().put_away(number)
    st.session_state.pop(_REFUSED, None)
