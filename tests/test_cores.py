"""Pieces of work side by side: in order, each on one core, and errors reach who asked.

python -m pytest tests/test_cores.py
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from ingest.cores import side_by_side
from ingest.embedding import load_embedder


def test_results_come_in_the_order_of_the_pieces_and_each_piece_has_one_core() -> None:
    seen = side_by_side(lambda piece: (piece, torch.get_num_threads(), threading.current_thread().name), range(20))
    assert [piece for piece, _, _ in seen] == list(range(20))
    assert {threads for _, threads, _ in seen} == {1}
    assert all(name.startswith("core") for _, _, name in seen)


def test_an_error_in_a_piece_reaches_who_asked_and_the_workers_go_on() -> None:
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda piece: 1 // piece, [1, 0])
    assert side_by_side(lambda piece: piece + 1, [1]) == [2]


def test_many_sessions_embed_at_once_and_each_gets_its_own_vectors() -> None:
    embedder = load_embedder()
    texts = [" ".join(f"word{n}" for n in range(length)) for length in range(1, 25)]
    alone = [embedder.embed([text])[0] for text in texts]
    with ThreadPoolExecutor(8) as sessions:
        together = list(sessions.map(lambda text: embedder.embed([text, "The port was hit by ransomware."])[0], texts))
    for expected, given in zip(alone, together, strict=True):
        assert float(expected @ given) == pytest.approx(1.0, abs=0.01)
