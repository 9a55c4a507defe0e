"""Whether a query finds what is stored: a graph of near neighbours can hold a record that no path leads to, most often after updates and deletions."""

from collections.abc import Sequence

import numpy as np

from ingest.embedding import Vectors
from ingest.store.vectors import VectorIndex

NEIGHBOURS = 8
"""How many nearest records may hold the passage itself: equal paragraphs of several articles share a vector."""
SAME = 0.9999
"""Cosine from which two records count as the same vector: a passage is reachable if NEIGHBOURS records are as near as itself."""


def unreachable(vectors: VectorIndex, ids: Sequence[str], batch: Vectors) -> int:
    """How many of these passages their own vector (row of `batch`, same order) does not find."""
    found = vectors.search(np.ascontiguousarray(batch), limit=NEIGHBOURS)
    return sum(
        passage_id not in {neighbour for neighbour, _ in row} and not (row and row[-1][1] >= SAME) for passage_id, row in zip(ids, found, strict=True)
    )
