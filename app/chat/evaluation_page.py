"""Evaluation: the runs of `whodunit eval` kept beside the index: the last one's figures, the trend, a table by type, failures with their evidence."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from app.chat.charts import trend_chart
from app.chat.claims_view import ink
from app.chat.evaluation_markup import answer_html, evidence_html, facts_html, table_html
from app.chat.navigation import ARTICLES, link
from app.chat.resources import article_lines, index_folder
from app.evaluation_runs import Case, Evidence, Run, Share, read_runs
from app.plain import as_label, as_option, day
from ingest.errors import WhodunitError

PAGE = 15
"""Questions on one page."""
TREND = 30
"""Runs in the trend."""
_ICONS = {
    "right": ":material/check_circle:",
    "wrong": ":material/cancel:",
    "abstained": ":material/do_not_disturb_on:",
    "not scored": ":material/error:",
}
FAILURES, EVERY = "Failures", "All questions"


def show() -> None:
    """The page. Runs that cannot be read are named, the others shown."""
    runs, problems = read_runs(index_folder())
    st.html('<h1 class="w-page">Evaluation</h1><p class="w-page-note">How questions with known answers were answered over this index.</p>')
    for problem in problems:
        st.warning(as_label(problem, limit=300), icon=":material/warning:")
    if not runs:
        st.info("No run yet. Each run of this command is kept beside the index and shown here:", icon=":material/monitoring:")
        st.code(f"whodunit eval evals/starter.jsonl --index {index_folder()}", language=None, wrap_lines=True)
        return
    run = _chosen(runs)
    earlier = [one for one in runs if one.series == run.series and one.sha256 == run.sha256 and one.whole and one.began < run.began]
    _figures(run, earlier[-1] if earlier and run.whole else None)
    _trend([*earlier, run] if run.whole else [])
    with st.container(key="by-type"):
        st.html('<h2 class="w-section">By type of question</h2>')
        st.html(table_html(run.rows))
    _questions(run)


def _chosen(runs: Sequence[Run]) -> Run:
    newest = list(reversed(runs))
    place = st.selectbox(
        "Run", range(len(newest)), key="run", format_func=lambda at: as_option(_named(newest[at])), label_visibility="collapsed"
    )  # fmt: skip
    return newest[place or 0]


def _named(run: Run) -> str:
    part = "" if run.whole else ", part of it"
    return f"{run.series}{part} · {run.total.questions:,} questions · {_moment(run.began)}"


def _moment(began: datetime) -> str:
    return f"{day(began.date())}, {began:%H:%M}"


def _figures(run: Run, before: Run | None) -> None:
    """The headline figures, each against the run before it of the same questions."""
    named = {"Right": "right", "Supported": "supported", "Article found": "hit5", "Rejected": "rejected"}
    meanings = {
        "Right": "Every fact within the first 60 words and nothing wrong there; where the corpus has no answer, that it was said so",
        "Supported": "Right, and every fact stands in the cited quotes too",
        "Article found": "An article that answers is among the first five retrieved",
        "Rejected": "Of the questions that the corpus cannot answer",
    }
    with st.grid(4, min_column_width=140, gap="small"):
        for name, key in named.items():
            share: Share | None = getattr(run.total, key)
            if share is not None:
                old: Share | None = getattr(before.total, key) if before else None
                change = None if old is None else round(100 * (share.value - old.value), 1)
                st.metric(
                    name,
                    f"{100 * share.value:.1f}%",
                    delta=f"{change:+} points" if change else None,
                    help=meanings[name],
                    border=True,
                    height="stretch",
                )


def _trend(runs: Sequence[Run]) -> None:
    if len(runs) < 2:
        return
    st.html('<h2 class="w-section">Trend</h2>')
    recent = runs[-TREND:]
    shares = {"right": "right", "supported": "supported", "article found": "hit5"}
    table: dict[str, list[float | None]] = {}
    for name, key in shares.items():
        values: list[Share | None] = [getattr(run.total, key) for run in recent]
        table[name] = [None if value is None else round(100 * value.value, 1) for value in values]
    said = f"Share of right answers over {len(recent)} runs, from {table['right'][0]} to {table['right'][-1]} per cent"
    st.altair_chart(trend_chart([run.began for run in recent], table, ink=ink()), width="stretch", key="trend", alt=said)


# Questions


def _questions(run: Run) -> None:
    st.html('<h2 class="w-section">Questions</h2>')
    with st.container(horizontal=True, vertical_alignment="bottom"):
        which = st.segmented_control("Which", [FAILURES, EVERY], default=FAILURES, required=True, key="which", label_visibility="collapsed")
        types = [row.type for row in run.rows[:-1]]
        kind = st.selectbox("Type", types, index=None, key="type", placeholder="All types", label_visibility="collapsed", format_func=as_option)
    cases = [case for case in run.cases if (which == EVERY or case.failed) and (not kind or case.type == kind)]
    if not cases:
        st.success("No failure here." if which == FAILURES else "No question.", icon=":material/check_circle:")
        return
    st.html(f'<div class="w-count" role="status">{len(cases):,} of {len(run.cases):,} questions</div>')
    pages = -(-len(cases) // PAGE)
    place = st.container(gap="xsmall")
    page = st.pagination(pages, key=f"cases-{run.began:%Y%m%d%H%M%S}-{which}-{kind}") if pages > 1 else 1
    with place:
        for case in cases[(page - 1) * PAGE : page * PAGE]:
            _case(case)


def _case(case: Case) -> None:
    with st.expander(as_label(case.question, limit=160), icon=_ICONS.get(case.verdict, ":material/help:")):
        st.html(answer_html(case))
        st.html(facts_html(case))
        for number, evidence in enumerate(case.evidence):
            _evidence(evidence, first=number == 0)


def _evidence(evidence: Evidence, *, first: bool) -> None:
    head = '<div class="w-heading">Cited</div>' if first else ""
    st.html(head + evidence_html(evidence))
    article = _article_ids().get(evidence.article)
    if article:
        link(ARTICLES, "In its article", icon=":material/menu_book:", article=article, at=f"{evidence.start}-{evidence.end}")


def _article_ids() -> dict[str, str]:
    """Article ids by path, of the index as it is now; empty where there is none."""
    try:
        return {path: line.id for line in article_lines(str(index_folder())) for path in line.paths}
    except WhodunitError:
        return {}
