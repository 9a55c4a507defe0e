"""Many sessions asking at once, each through what the page asks through: no errors, no turn in another session's conversation, and how long it takes.

python -m pytest tests/test_load.py               8 sessions of 5 questions over three articles, with an embedder that costs nothing
python tests/test_load.py INDEX [SESSIONS [QUESTIONS]]      prints the times over a real index, 8 sessions of 20 questions by default
"""

import itertools
import json
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit as st

import app.chat.resources as resources
from app.asking import open_index
from app.chat.answering import Answering, Answers, Pending
from app.chat.conversations import new_id
from app.chat.turns import Limits
from app.chat.waiting import begin
from app.words import stem, stems
from ingest.index import Index

STARTER = Path(__file__).parent.parent / "evals" / "starter.jsonl"
FOLLOW_UP = "When was that?"


@dataclass(frozen=True)
class Session:
    """What one session went through. seconds: per question; faults: what went wrong, in words."""

    seconds: tuple[float, ...]
    faults: tuple[str, ...]


def sessions(index: Index, asked: Sequence[Sequence[str]]) -> list[Session]:
    """Runs a session for each list of questions, all at once."""
    answers, done = Answers(), [Session((), ("did not end",))] * len(asked)

    def run(number: int) -> None:
        done[number] = session(index, answers, asked[number])

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def session(index: Index, answers: Answers, questions: Sequence[str]) -> Session:
    """One conversation, question after question, as `app.chat.waiting` asks them."""
    store = resources.conversations()
    conversation = store.start(questions[0]).id
    seconds, faults = [], []
    for question in questions:
        began = time.monotonic()
        one = answers.start(begin(Pending(conversation, new_id(), question, Limits()), store.turns(conversation), index))
        one.is_over(within=120)
        seconds.append(time.monotonic() - began)
        faults += _faults(one, index)
    if (kept := [turn.question for turn in store.turns(conversation)]) != list(questions):
        faults.append(f"asked {questions}, kept {kept}")
    return Session(tuple(seconds), tuple(faults))


def _faults(one: Answering, index: Index) -> list[str]:
    if one.turn is None:
        return [f"{one.waiting.question}: {one.error!r}"]
    texts = {citation.article_id: getattr(index.article(citation.article_id), "text", "") for citation in one.turn.answer.citations}
    return [
        f"{one.waiting.question}: no such words: {citation.quote}"
        for citation in one.turn.answer.citations
        if texts[citation.article_id][citation.start : citation.end] != citation.quote
    ]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of all does not exceed."""
    return sorted(values)[max(0, -(-len(values) * round(share * 100) // 100) - 1)]


def test_eight_sessions_at_once_make_no_error_and_never_mix(small_index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHODUNIT_INDEX", str(small_index.folder))
    st.cache_resource.clear()
    questions = (
        "Who broke into the cargo system of Lysefjord?", FOLLOW_UP, "Who took records from Northwind?", "What did the ministry lose?", "zxcv volcano?"
    )  # fmt: skip
    asked = [[f"{question} ({number})" for question in questions] for number in range(8)]
    assert [fault for one in sessions(small_index, asked) for fault in one.faults] == []
    st.cache_resource.clear()


def test_words_are_stemmed_alike_by_many_threads_at_once() -> None:
    words = [
        f"{word}{ending}" for word in ("attack", "breach", "intru", "govern", "compil", "inciden") for ending in ("s", "ing", "ed", "ments", "ers")
    ]
    expected = [stems(word) for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(30):
            stem.cache_clear()
            with ThreadPoolExecutor(8) as pool:
                assert list(pool.map(stems, words)) == expected
    finally:
        sys.setswitchinterval(interval)


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert [percentile([3.0, 1.0, 2.0, 4.0], share) for share in (0.5, 0.95, 1.0)] == [2.0, 4.0, 4.0]


if __name__ == "__main__":
    import os

    os.environ["WHODUNIT_INDEX"] = sys.argv[1]
    count, each = (int(text) for text in (*sys.argv[2:], "8", "20")[:2]) if len(sys.argv) != 3 else (int(sys.argv[2]), 20)
    opened = open_index(Path(sys.argv[1]))
    texts = [json.loads(line)["question"] for line in STARTER.read_text(encoding="utf-8").splitlines()]
    supply = itertools.cycle(texts)
    chosen = [[FOLLOW_UP if number % 5 == 4 else next(supply) for number in range(each)] for _ in range(count)]
    session(opened, Answers(), ["Who hacked Norway's government in 2018?"])
    start = time.monotonic()
    ended = sessions(opened, chosen)
    times = [second for one in ended for second in one.seconds]
    print(f"{len(times)} questions in {time.monotonic() - start:.1f} s; p50 {percentile(times, 0.5):.2f} s, p95 {percentile(times, 0.95):.2f} s")
    print(f"faults: {[fault for one in ended for fault in one.faults]}")
