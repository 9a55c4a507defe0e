"""python -m pytest tests/test_sets.py: question sets are read whole or refused with one line that says where and why."""

import json
from pathlib import Path

import pytest

from evals.sets import GoldQuote, QuestionSetError, read_set

LINE = {"id": "q1", "type": "victim", "question": "Which mill did Marten hit?", "facts": [["Alder Mill", "the mill"]]}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "set.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


def test_a_question_keeps_every_field(tmp_path: Path) -> None:
    full = {
        **LINE,
        "wrong": ["Birch Mill"],
        "history": ["Who is Marten?"],
        "date": "2021-05",
        "docs": ["Marten/mill.md"],
        "quotes": [{"doc": "Marten/mill.md", "text": "Marten hit Alder Mill."}],
        "paraphrase": "Marten hit a mill. Which one?",
        "note of another tool": 1,
    }
    (question,) = read_set(written(tmp_path, full)).questions
    assert question.facts == (("Alder Mill", "the mill"),)
    assert (question.wrong, question.history, question.date) == (("Birch Mill",), ("Who is Marten?",), "2021-05")
    assert question.docs == ("Marten/mill.md",)
    assert question.quotes == (GoldQuote("Marten/mill.md", "Marten hit Alder Mill."),)
    assert question.wording("paraphrase") == "Marten hit a mill. Which one?"
    assert question.answerable


def test_a_question_without_facts_is_unanswerable_and_has_no_paraphrase(tmp_path: Path) -> None:
    (question,) = read_set(written(tmp_path, {**LINE, "facts": [], "date": None})).questions
    assert not question.answerable
    assert question.wording("question") == LINE["question"]
    assert question.wording("paraphrase") is None


def test_blank_lines_and_a_byte_order_mark_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(b"\xef\xbb\xbf\r\n" + json.dumps(LINE).encode() + b"\r\n\n")
    assert len(read_set(path).questions) == 1


def test_the_hash_is_that_of_the_files_bytes(tmp_path: Path) -> None:
    first = read_set(written(tmp_path, LINE)).sha256
    assert len(first) == 64
    assert read_set(written(tmp_path, LINE, "")).sha256 != first


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "found a list"),
        ("3", "found a number"),
        ({**LINE, "id": ""}, '"id" must be a text that is not empty, found an empty text'),
        ({key: LINE[key] for key in LINE if key != "type"}, '"type" must be a text that is not empty, found nothing'),
        ({**LINE, "question": 7}, '"question" must be a text'),
        ({key: LINE[key] for key in LINE if key != "facts"}, '"facts" must be a list'),
        ({**LINE, "facts": ["Alder Mill"]}, '"facts" must be a list of texts'),
        ({**LINE, "facts": [[""]]}, '"facts" must be a list of texts that are not empty'),
        ({**LINE, "facts": [[]]}, "has no wording"),
        ({**LINE, "wrong": "Birch"}, '"wrong" must be a list'),
        ({**LINE, "quotes": [{"doc": "a.md"}]}, '"text" must be a text'),
        ({**LINE, "paraphrase": " "}, '"paraphrase" must be a text'),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(tmp_path: Path, line: object, said: str) -> None:
    with pytest.raises(QuestionSetError) as refused:
        read_set(written(tmp_path, {**LINE, "id": "q0"}, line))
    assert "set.jsonl, line 2: " in str(refused.value)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_id_may_stand_only_once(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match=r"line 3: id 'q1' stands on line 1 already"):
        read_set(written(tmp_path, LINE, "", LINE))


@pytest.mark.parametrize(("data", "said"), [(b"", "holds no questions"), (b"\xff\xfe{", "not UTF-8")])
def test_a_file_that_is_no_set_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(data)
    with pytest.raises(QuestionSetError, match=said):
        read_set(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(QuestionSetError, match="Cannot read the question set"):
            read_set(path)
