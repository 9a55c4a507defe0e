"""The evaluation page over runs that are kept beside an index; their texts are other people's and stay words.

python -m pytest tests/test_evaluation_page.py
"""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import streamlit as st
from app_pages import links, over, page_at, shown
from hostile import HOSTILE

from app.chat.evaluation_markup import answer_html, evidence_html, facts_html, table_html
from app.evaluation_runs import Case, Evidence, ExpectedFact, Run, Share, TypeFigures, read_runs, run_folder, write_run
from app.plain import as_html
from ingest.index import Index

FIGURES = TypeFigures("attacker", 4, Share(0.75, 0.3, 0.95), Share(0.75, 0.3, 0.95), Share(0.5, 0.15, 0.85), Share(1.0, 0.5, 1.0), None, 120.0, 310.0)
FAILURE = Case(
    "q1", "attacker", "Who hit Alder Mill?", ("What happened there?",), "wrong", True, "answered", "Stoat did. [1]",
    (ExpectedFact("Marten", False, True), ExpectedFact("2021", True, False)), ("Stoat",), ("States “Stoat”, which is wrong.",),
    (Evidence(1, "Gray Heron/harbour.md", "a group it calls Gray Heron", 10, 37, "https://news.example/a/", "2023-05-08"),), 0.12,
)  # fmt: skip
SUCCESS = replace(FAILURE, id="q2", question="Who hit the bank?", verdict="right", failed=False, reasons=(), wrong=())
RUN = Run("tiny.jsonl", "ab", "question", True, datetime(2024, 6, 1, 12, 30, 5), (FIGURES, replace(FIGURES, type="all")), (FAILURE, SUCCESS))


def put(index: Path, run: Run) -> Path:
    folder = run_folder(index, name=run.set.removesuffix(".jsonl"), began=run.began)
    write_run(folder, run)
    return folder


@pytest.fixture
def index(small_index: Index, monkeypatch: pytest.MonkeyPatch) -> Index:
    over(small_index, monkeypatch)
    return small_index


def test_without_a_run_the_page_says_how_to_make_one(index: Index) -> None:
    page = page_at("evaluation")
    assert not page.exception
    assert f"whodunit eval evals/starter.jsonl --index {index.folder}" in page.code[0].value


def test_the_last_run_is_shown_with_its_table_and_its_failures(index: Index) -> None:
    put(index.folder, RUN)
    page = page_at("evaluation")
    assert not page.exception
    assert [(one.label, one.value) for one in page.metric] == [("Right", "75.0%"), ("Supported", "50.0%"), ("Article found", "100.0%")]
    html = shown(page)
    assert '75<span class="w-range">30–95</span>' in html
    for said in (
        "Stoat did. [1]",
        "after: What happened there?",
        "Marten",
        "not said, though a quote has it",
        "said, in no quote",
        "must not say: Stoat",
        "a group it calls Gray Heron",
    ):
        assert said in html
    assert [one.label for one in page.expander] == ["Who hit Alder Mill?".replace("?", "\\?")]
    article = next(article for article in index.ledger.articles() if article.path == "Gray Heron/harbour.md")
    assert ("In its article", f"article={article.id}&at=10-37") in links(page)


def test_all_questions_and_one_type_can_be_chosen(index: Index) -> None:
    put(
        index.folder,
        replace(
            RUN,
            cases=(FAILURE, SUCCESS, replace(SUCCESS, id="q3", type="when", question="When?")),
            rows=(FIGURES, replace(FIGURES, type="when"), FIGURES),
        ),
    )
    page = page_at("evaluation")
    page.segmented_control(key="which").set_value("All questions").run()
    assert len(page.expander) == 3
    page.selectbox(key="type").set_value("when").run()
    assert [one.label for one in page.expander] == ["When\\?"]
    assert not page.exception


def test_runs_of_the_same_questions_make_a_trend_and_others_do_not(index: Index) -> None:
    put(index.folder, RUN)
    put(index.folder, replace(RUN, sha256="another set", began=datetime(2024, 6, 1, 18)))
    put(index.folder, replace(RUN, whole=False, began=datetime(2024, 6, 1, 19)))
    better = replace(RUN.total, right=Share(1.0, 0.5, 1.0))
    put(index.folder, replace(RUN, began=datetime(2024, 6, 2), rows=(FIGURES, better)))
    page = page_at("evaluation")
    assert not page.exception
    assert page.metric[0].delta == "+25.0 points"
    assert "Trend" in shown(page)
    page.selectbox(key="run").set_value(1).run()
    assert "Trend" not in shown(page)


def test_a_run_that_cannot_be_read_is_named_and_the_others_shown(index: Index) -> None:
    put(index.folder, RUN)
    for name, text in (("a", "{"), ("b", "[]"), ("c", '{"format": 99}'), ("d", '{"format": 1}')):
        (index.folder / "evaluations" / name).mkdir()
        (index.folder / "evaluations" / name / "run.json").write_text(text)
    page = page_at("evaluation")
    assert not page.exception
    assert len(page.warning) == 4
    assert page.metric[0].value == "75.0%"


def test_runs_can_be_looked_at_where_the_index_itself_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHODUNIT_INDEX", str(tmp_path))
    st.cache_resource.clear()
    put(tmp_path, RUN)
    page = page_at("evaluation")
    assert not page.exception
    assert page.metric[0].value == "75.0%"


def test_a_run_is_read_as_it_was_written_and_two_in_one_second_are_two(tmp_path: Path) -> None:
    lone = replace(FAILURE, answer="lone \ud800 surrogate")
    first, second = put(tmp_path, RUN), put(tmp_path, replace(RUN, cases=(lone,)))
    assert first != second
    assert read_runs(tmp_path) == ((RUN, replace(RUN, cases=(lone,))), ())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_of_a_run_are_shown_as_words(text: str) -> None:
    case = replace(
        FAILURE, id=text, type=text, answer=text, history=(text,), reasons=(text,), wrong=(text,), facts=(ExpectedFact(text, False, False),)
    )  # fmt: skip
    parts = (answer_html(case), facts_html(case), evidence_html(Evidence(1, text, text, 0, 1, text, text)), table_html([replace(FIGURES, type=text)]))
    for html in parts:
        assert as_html(text) in html
        left = re.sub(r'</?(p|div|ul|li|b|span|blockquote|table|thead|tbody|tr|th|td)( (class|scope|tabindex|role|aria-label)="[\w -]+")*>', "", html)
        left = re.sub(r'<a class="w-link" href="https?://[^"]+" target="_blank" rel="noopener noreferrer nofollow">[^<]+</a>', "", left)
        assert "<" not in left


def test_a_hostile_question_is_a_label_that_does_nothing(index: Index) -> None:
    put(index.folder, replace(RUN, set="<b>set", cases=tuple(replace(FAILURE, id=str(n), question=text) for n, text in enumerate(HOSTILE[:15]))))
    page = page_at("evaluation")
    assert not page.exception
    assert len(page.expander) == 15
