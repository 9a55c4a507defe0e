"""Adding sources: files are uploaded and addresses pasted, read in the background with every stage shown, and told of afterwards one by one."""

from datetime import datetime
from urllib.parse import urlsplit

import streamlit as st

from app.chat.navigation import ARTICLES, ASK, link
from app.chat.plain import as_html, as_label, web_address
from app.chat.resources import index_folder, writer
from app.chat.uploads import FORMS, Kept, keep
from app.chat.writer_job import Job
from app.chat.writer_process import Request, Result, Step
from ingest.errors import IndexLockedError
from ingest.limits import DEFAULT, in_megabytes

LARGEST = 200
"""Megabytes of one upload, which Streamlit holds in memory; a larger archive is for `whodunit ingest`."""
EVERY = 0.7
"""Seconds between two looks at how far the writer is."""
SHOWN = 200
"""Results shown at most; the articles page has them all."""
_ROUND, _REFUSED, _ADDRESSES = "upload_round", "refused_uploads", "addresses"
_STAGES = {
    "reading": ("Reading", "file"),
    "settling": ("Cleaning, dating, embedding", "article"),
    "claims": ("Reading who attacked whom", "article"),
    "publishing": ("Making them searchable", "passage"),
}
_VERDICTS = {"kept": "Added", "quarantined": "Quarantined", "unread": "Not read"}


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
        st.html(_stages_html(job))
        step = job.steps[-1] if job.steps else None
        st.progress(min(1.0, step.done / step.total) if step and step.total else 0.0)
        with st.container(horizontal=True, vertical_alignment="center"):
            if job.cancelled:
                st.html('<div class="w-facts">Cancelling…</div>')
            else:
                st.button("Cancel", key="cancel", icon=":material/stop_circle:", on_click=writer().cancel)
            seconds = int((datetime.now() - job.began).total_seconds())
            st.html(f'<div class="w-facts">{seconds // 60}:{seconds % 60:02} · {as_html(_given(job.request))}</div>')

    progress()
    link(ASK, "Ask meanwhile", icon=":material/forum:")


def _given(request: Request) -> str:
    if not request.adds:
        return "one article and its neighbours"
    parts = [_many(len(request.files), "file"), _many(len(request.urls), "address")]
    return " and ".join(part for part in parts if not part.startswith("0 "))


def _stages_html(job: Job) -> str:
    if not job.steps:
        return '<ul class="w-steps"><li><b>Getting ready</b><span class="w-facts">loading the models</span></li></ul>'
    rows = [_stage_html(step, current=step is job.steps[-1]) for step in job.steps if step.total or step.stage == "reading"]
    return f'<ul class="w-steps" aria-label="Progress">{"".join(rows)}</ul>'


def _stage_html(step: Step, *, current: bool) -> str:
    name, unit = _STAGES.get(step.stage, (step.stage.capitalize(), "step"))
    count = f"{step.done:,} of {_many(step.total, unit)}" if step.total else _many(step.done, unit)
    passages = f", {_many(step.passages, 'passage')}" if step.passages else ""
    said = f"<b>{as_html(name)}</b>" if current else f"<span>{as_html(name)}</span>"
    return f'<li{" aria-current=step" if current else ""}>{said}<span class="w-facts">{count}{passages}</span></li>'


def _many(count: int, unit: str) -> str:
    plural = f"{unit}es" if unit.endswith("s") else f"{unit}s"
    return f"{count:,} {unit if count == 1 else plural}"


# Afterwards


def _ended(job: Job) -> None:
    if job.cancelled:
        st.warning("Cancelled. What was finished is kept, the uploaded files too; the rest is not in the index yet.", icon=":material/stop_circle:")
    elif job.error:
        st.error(as_label(job.error, limit=600), icon=":material/error:")
    elif job.outcome:
        results = job.outcome.results
        st.html(f'<p class="w-lead">{as_html(_summary(results))}</p>{_results_html(results)}')
        work = (
            f"{_many(job.outcome.passages, 'passage')} embedded in {job.outcome.seconds:.0f} s" if job.outcome.passages else "nothing in them was new"
        )
        st.html(f'<div class="w-count">The index now holds {_many(job.outcome.articles, "article")}; {work}.</div>')
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


def _summary(results: tuple[Result, ...]) -> str:
    counts = {status: sum(result.status == status for result in results) for status in _VERDICTS}
    said = [f"{_many(counts['kept'], 'article')} added"]
    if counts["quarantined"]:
        said.append(f"{counts['quarantined']:,} quarantined")
    if counts["unread"]:
        said.append(f"{counts['unread']:,} not read")
    return ", ".join(said) + "."


def _results_html(results: tuple[Result, ...]) -> str:
    """What was left out first: that is what the reader has to look at."""
    ordered = sorted(results, key=lambda result: list(_VERDICTS).index(result.status), reverse=True)
    rows = "".join(
        f'<div><dt class="w-{result.status}">{_VERDICTS[result.status]}</dt><dd>{as_html(result.title or result.path)}'
        f'<div class="w-facts">{as_html(" · ".join(part for part in (result.path if result.title else "", result.reason) if part))}</div></dd></div>'
        for result in ordered[:SHOWN]
    )
    more = f'<div class="w-count">and {len(ordered) - SHOWN:,} more</div>' if len(ordered) > SHOWN else ""
    return f'<dl class="w-results">{rows}</dl>{more}'
