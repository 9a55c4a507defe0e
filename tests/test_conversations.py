"""Conversations survive: turns with their citations, names, search, deletion with a way back, opinions; and hostile words stay words.

python -m pytest tests/test_conversations.py
"""

import json
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hostile import HOSTILE

from app.asking import ask
from app.chat.conversations import FILE, Conversations, Opinion
from app.chat.exports import turn_as_stix, turns_as_markdown
from app.chat.turns import Turn, packed, shown, unpacked
from app.nouns import Scope
from ingest.errors import IndexDamagedError
from ingest.index import Index

QUESTION = "Who broke into the cargo system of Lysefjord?"


@pytest.fixture
def store(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path)


@pytest.fixture
def turn(small_index: Index) -> Turn:
    """A real answer of the small index."""
    return Turn("aaaaaaaaaaaa", QUESTION, shown(ask(QUESTION, small_index), seconds=0.1), date(2024, 1, 2))


def test_an_answer_is_the_same_after_it_was_packed(turn: Turn) -> None:
    assert turn.answer.citations
    assert unpacked(packed(turn.answer)) == turn.answer


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.encode(errors="ignore").decode() == text][::5])
def test_hostile_words_come_back_as_they_were(store: Conversations, turn: Turn, text: str) -> None:
    conversation = store.start(text or "x")
    citation = replace(turn.answer.citations[0], title=text, quote=text)
    store.put(conversation.id, replace(turn, question=text, answer=replace(turn.answer, citations=(citation,))))
    (found,) = store.turns(conversation.id)
    assert (found.question, found.answer.citations[0].title, found.answer.citations[0].quote) == (text, text, text)


def test_turns_come_back_in_order_in_another_process(tmp_path: Path, turn: Turn) -> None:
    conversation = Conversations(tmp_path).start(QUESTION)
    second = replace(turn, id="bbbbbbbbbbbb", question="And when?", as_of=None)
    for one in (turn, second):
        Conversations(tmp_path).put(conversation.id, one)
    assert Conversations(tmp_path).turns(conversation.id) == [turn, second]


def test_a_conversation_is_listed_once_it_has_a_turn_or_is_open(store: Conversations, turn: Turn) -> None:
    conversation = store.start(QUESTION)
    assert store.listed() == []
    assert store.listed(current=conversation.id) == [conversation]
    store.put(conversation.id, turn)
    assert store.listed() == [conversation]


def test_the_last_used_conversation_comes_first(store: Conversations, turn: Turn) -> None:
    first, second = store.start("first"), store.start("second")
    store.put(first.id, turn)
    store.put(second.id, replace(turn, id="bbbbbbbbbbbb"))
    store.put(first.id, replace(turn, id="cccccccccccc"))
    assert [one.name for one in store.listed()] == ["first", "second"]


@pytest.mark.parametrize(
    ("words", "found"), [("lysefjord", True), ("GRAY HERON", True), ("renamed", True), ("100%", False), ("_", False), ("volcano", False)]
)
def test_search_looks_into_names_questions_and_answers_and_takes_no_wildcards(store: Conversations, turn: Turn, words: str, found: bool) -> None:
    conversation = store.start(QUESTION)
    store.put(conversation.id, turn)
    store.rename(conversation.id, "  renamed   by hand ")
    assert bool(store.listed(words)) is found


def test_deleting_can_be_undone(store: Conversations, turn: Turn) -> None:
    conversation = store.start(QUESTION)
    store.put(conversation.id, turn)
    store.remove(conversation.id)
    assert (store.get(conversation.id), store.listed(), store.turns(conversation.id)) == (None, [], [])
    store.restore(conversation.id)
    assert store.turns(conversation.id) == [turn]


def test_asking_again_replaces_the_turn_in_its_place_and_editing_forgets_what_came_after(store: Conversations, turn: Turn) -> None:
    conversation = store.start(QUESTION)
    for name in ("a1", "a2", "a3"):
        store.put(conversation.id, replace(turn, id=name))
    store.put(conversation.id, replace(turn, id="a4"), instead_of="a2")
    assert [one.id for one in store.turns(conversation.id)] == ["a1", "a4", "a3"]
    store.put(conversation.id, replace(turn, id="a5"), instead_of="a4", forget_later=True)
    assert [one.id for one in store.turns(conversation.id)] == ["a1", "a5"]


def test_a_turn_of_another_conversation_cannot_be_replaced(store: Conversations, turn: Turn) -> None:
    mine, other = store.start("mine"), store.start("other")
    store.put(other.id, turn)
    store.put(mine.id, replace(turn, id="bbbbbbbbbbbb"), instead_of=turn.id, forget_later=True)
    assert store.turns(other.id) == [turn]


def test_an_opinion_is_kept_changed_and_taken_back(store: Conversations, turn: Turn) -> None:
    conversation = store.start(QUESTION)
    store.put(conversation.id, turn)
    store.think(turn.id, Opinion("down"))
    store.think(turn.id, Opinion("down", "names the wrong group"))
    assert store.opinions(conversation.id) == {turn.id: Opinion("down", "names the wrong group")}
    store.think(turn.id, None)
    assert store.opinions(conversation.id) == {}


def test_a_long_question_makes_a_short_name(store: Conversations) -> None:
    name = store.start("Who attacked the harbour " * 20).name
    assert len(name) <= 60
    assert name.endswith("…")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database, but long enough to be taken for one" * 40)
    with pytest.raises(IndexDamagedError, match=FILE):
        Conversations(tmp_path)


def test_the_markdown_of_a_turn_holds_question_answer_quotes_and_addresses(turn: Turn) -> None:
    text = turns_as_markdown([turn], title="A *name*")
    assert text.startswith("# A \\*name\\*\n\n## Who broke into")
    for citation in turn.answer.citations:
        assert f"[{citation.number}] " in text
        assert "> " + citation.quote in text
    assert "<https://news.example/harbour-of-lysefjord-closed-after-intrusion/>" in text


def test_a_turn_is_taken_along_as_stix_with_its_quotes(turn: Turn) -> None:
    made = json.loads(turn_as_stix(turn))["objects"]
    reports = [thing for thing in made if thing["type"] == "report"]
    notes = [thing["content"] for thing in made if thing["type"] == "note"]
    assert {report["name"] for report in reports} == {citation.title for citation in turn.answer.citations}
    assert all(citation.quote in notes for citation in turn.answer.citations)


def test_what_an_answer_was_limited_to_is_kept_with_it(turn: Turn) -> None:
    scope = Scope(("Gray Heron",), ("Lysefjord",), ("Tidewater Post",), date(2020, 1, 2), date(2024, 3, 4), date(2021, 5, 6), date(2023, 7, 8))
    answer = replace(turn.answer, scope=scope, note="A note.", asked_as="Read so.", model="ollama:small", next_questions=("When was that?",))
    assert unpacked(packed(answer)) == answer


def test_an_answer_kept_by_an_earlier_version_can_still_be_read(turn: Turn) -> None:
    facts = json.loads(packed(turn.answer))
    for name in ("asked_as", "note", "scope", "model", "next_questions"):
        del facts[name]
    for citation in facts["citations"]:
        del citation["origin"], citation["said_by"]
    assert unpacked(json.dumps(facts)).statements == turn.answer.statements


def test_nobody_sees_the_conversations_of_another_user(tmp_path: Path, turn: Turn) -> None:
    ada, ben = Conversations(tmp_path, owner="ada@example.org"), Conversations(tmp_path, owner="ben@example.org")
    conversation = ada.start(QUESTION)
    ada.put(conversation.id, turn)
    ben.rename(conversation.id, "mine")
    ben.remove(conversation.id)
    assert (ben.get(conversation.id), ben.listed(), ben.turns(conversation.id)) == (None, [], [])
    assert (ada.listed(), ada.turns(conversation.id)) == ([conversation], [turn])


def test_a_file_from_before_there_were_users_goes_on_being_used(tmp_path: Path, turn: Turn) -> None:
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute(
            "CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT NOT NULL, touched TEXT NOT NULL, removed INTEGER NOT NULL DEFAULT 0)"
        )
        connection.execute("INSERT INTO conversations VALUES ('aaaaaaaaaaaa', 'old', '2024', 0)")
    connection.close()
    store = Conversations(tmp_path)
    store.put("aaaaaaaaaaaa", turn)
    assert [one.name for one in store.listed()] == ["old"]
