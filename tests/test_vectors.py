"""The vector index: what the ledger says is there is found, damage is named, and a rebuild makes it whole.

python -m pytest tests/test_vectors.py
"""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from conftest import ToyEmbedder, write_corpus

from ingest.errors import IndexDamagedError, IndexMissingError
from ingest.index import Index
from ingest.pipeline import IngestReport
from ingest.store.health import check, repair
from ingest.store.ledger import FILE, Ledger
from ingest.store.ledger_writer import LedgerWriter
from ingest.store.vectors import VectorIndex, day_number

Run = Callable[..., IngestReport]


def chroma_of(index: Path) -> Path:
    return index / str(Ledger(index).meta("chroma"))


def test_search_gives_cosines_best_first(tmp_path: Path) -> None:
    vectors = VectorIndex(tmp_path / "chroma-1", create=True)
    rows = np.array([[1, 0, 0], [0, 1, 0], [0.6, 0.8, 0]], dtype=np.float32)
    vectors.put(["a", "b", "c"], rows, [None, date(2020, 1, 2), date(2021, 1, 2)])
    (found,) = vectors.search(np.array([[1, 0, 0]], dtype=np.float32), limit=3)
    assert [passage_id for passage_id, _ in found] == ["a", "c", "b"]
    assert [cosine for _, cosine in found] == pytest.approx([1.0, 0.6, 0.0], abs=1e-5)


def test_search_until_a_day_leaves_out_later_and_undated_records(tmp_path: Path) -> None:
    vectors = VectorIndex(tmp_path / "chroma-1", create=True)
    rows = np.eye(3, dtype=np.float32)
    vectors.put(["undated", "early", "late"], rows, [None, date(2020, 1, 2), date(2021, 1, 2)])
    (found,) = vectors.search(rows[:1], limit=3, until=date(2020, 12, 31))
    assert [passage_id for passage_id, _ in found] == ["early"]


def test_days_sort_as_numbers() -> None:
    assert day_number(None) == 0 < day_number(date(2019, 12, 31)) < day_number(date(2020, 1, 1)) == 20200101


def test_a_missing_index_is_told_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="whodunit ingest"):
        Index(tmp_path / "nowhere", ToyEmbedder())


@pytest.mark.parametrize("damage", ["gone", "empty files", "garbage"])
def test_a_damaged_vector_index_is_told_checked_and_repaired(small_index: Index, damage: str) -> None:
    folder = small_index.folder
    small_index.close()
    chroma = chroma_of(folder)
    if damage == "gone":
        shutil.rmtree(chroma)
    else:
        for file in chroma.rglob("*"):
            if file.is_file():
                file.write_bytes(b"" if damage == "empty files" else b"garbage" * 200)
    assert check(folder).problems
    with pytest.raises(IndexDamagedError, match="check --repair"):
        Index(folder, ToyEmbedder()).search_vectors(ToyEmbedder().embed(["harbour"]), limit=3)
    repair(folder)
    assert check(folder).problems == ()
    assert Index(folder, ToyEmbedder()).search_vectors(ToyEmbedder().embed(["harbour"]), limit=3)
    assert len([*folder.glob("chroma-*")]) == 1


def test_the_next_ingest_heals_a_vector_index_that_is_gone(small_index: Index, corpus: Path, run_ingest: Run) -> None:
    folder = small_index.folder
    small_index.close()
    shutil.rmtree(chroma_of(folder))
    run_ingest(corpus)
    assert check(folder).problems == ()


def test_records_lost_by_chroma_are_noticed(small_index: Index, corpus: Path, run_ingest: Run) -> None:
    folder = small_index.folder
    small_index.close()
    lost = next(Ledger(folder).all_vectors())[0][0]
    VectorIndex(chroma_of(folder)).remove([lost])
    assert any("1 passages of the ledger are not in the vector index" in problem for problem in check(folder).problems)
    run_ingest(corpus)
    assert check(folder).problems == ()


def test_a_rebuild_that_was_cut_short_is_done_again(small_index: Index, corpus: Path, run_ingest: Run) -> None:
    folder = small_index.folder
    small_index.close()
    writer = LedgerWriter(folder)
    with writer.transaction():
        writer.set_meta("rebuilding", "chroma-2")
    writer.close()
    VectorIndex(folder / "chroma-2", create=True)
    assert check(folder).problems
    run_ingest(corpus)
    assert check(folder).problems == ()


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_a_damaged_ledger_is_told_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(IndexDamagedError, match=str(tmp_path)):
        Index(tmp_path, ToyEmbedder())
    assert (tmp_path / FILE).read_bytes() == content


def test_many_withdrawals_lead_to_a_new_build(tmp_path: Path, run_ingest: Run) -> None:
    sentence = "Gang number {0} robbed the bank of town {0}, and the police of town {0} said so on Monday. "
    stories = {f"{number}.md": f"# Story {number}\n\n" + sentence.format(number) * 12 for number in range(8)}
    folder = write_corpus(tmp_path / "c", stories)
    run_ingest(folder)
    before = chroma_of(tmp_path / "index")
    for number in range(5):
        (folder / f"{number}.md").unlink()
    run_ingest(folder, prune=True)
    assert chroma_of(tmp_path / "index") != before
    assert not before.exists()
    assert check(tmp_path / "index").problems == ()
