"""The questions that the reader was taught, and how their answers are cut out of a corpus."""

import json
from pathlib import Path

from evals.lists import TAUGHT, Quoted, from_places

TEXT = "The mill fell silent.\nFog Heron – a gang – broke into the mill in May.\n"


def row(**kept: object) -> str:
    start = TEXT.index("Fog")
    place = {"path": "Heron/mill.md", "start": start, "end": len(TEXT) - 1, "answer_start": start, "answer_end": start + len("Fog Heron")}
    return json.dumps({"id": "t-1", "type": "attacker", "question": "Who broke in?", "paraphrase": "mill hack: who", "places": [place], **kept})


def corpus(folder: Path, *rows: str) -> tuple[Path, Path]:
    (folder / "Heron").mkdir()
    (folder / "Heron" / "mill.md").write_text(TEXT, encoding="utf-8")
    file = folder / "questions.jsonl"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file, folder


def test_both_wordings_are_asked_of_the_words_at_the_places(tmp_path: Path) -> None:
    one, other = from_places(*corpus(tmp_path, row(history=["Which mill fell silent?"])))
    assert (one.question, other.question) == ("Who broke in?", "mill hack: who")
    assert one.home == "Heron/mill.md"
    assert one.history == ("Which mill fell silent?",)
    assert one.quoted == other.quoted == (Quoted("Heron/mill.md", "Fog Heron – a gang – broke into the mill in May.", "Fog Heron"),)


def test_a_question_whose_article_is_gone_is_left_out_and_one_without_an_answer_is_not(tmp_path: Path) -> None:
    gone = row(places=[{"path": "Heron/gone.md", "start": 0, "end": 5, "answer_start": 0, "answer_end": 3}])
    asked = list(from_places(*corpus(tmp_path, gone, row(id="t-2", places=[]))))
    assert [(one.id, one.quoted) for one in asked] == [("t-2-question", ()), ("t-2-paraphrase", ())]


def test_the_questions_that_ship_hold_places_and_no_sentences() -> None:
    rows = [json.loads(line) for line in TAUGHT.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 1500
    assert len({one["id"] for one in rows}) == len(rows)
    for one in rows:
        assert set(one) <= {"id", "type", "question", "paraphrase", "history", "places"}
        for place in one["places"]:
            assert set(place) == {"path", "start", "end", "answer_start", "answer_end"}
            assert 0 <= place["start"] <= place["answer_start"] <= place["answer_end"] <= place["end"]
