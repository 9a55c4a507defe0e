"""Which articles are one text told again: reprints, syndicated copies, shortened and updated versions.

A text's sketch keeps a fixed share of the hashes of its five-word runs (FracMinHash, Irber et al. 2022: unlike MinHash it estimates
containment for texts of any two lengths without bias, and needs nothing but NumPy). Two reporters' accounts of one event share names and
phrases, not most of their sentences, and stay apart. Knows nothing about claims or events.
"""

import re
import zlib
from collections import Counter
from collections.abc import Mapping

import numpy as np

RUN = 5  # words in a run
SCALE = 4  # one run in four is kept: a 300-word article leaves about 75 hashes
CONTAINED = 0.6  # share of the shorter text's runs that must stand in the longer one
LONGEST = 3.0  # a text more than three times as long is a compilation that holds the other, not another version of it
LEAST = 16  # hashes, some 70 words: two records of a few lines are alike because their form is
_NEIGHBOURS = 8  # a run of words held by many texts pairs each with this many next ones: linear, and a group still hangs together
_WORD = re.compile(r"[^\W_]+")


def signature(text: str) -> bytes:
    """A compact sketch of a text, the same on every machine: sorted 32-bit hashes, four bytes each, little-endian."""
    words = [zlib.crc32(word.encode()) for word in _WORD.findall(text.casefold())]
    if len(words) < RUN:
        return b""
    hashes = np.asarray(words, dtype=np.uint64)
    mixed = np.zeros(len(words) - RUN + 1, dtype=np.uint64)
    for i in range(RUN):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + hashes[i : len(words) - RUN + 1 + i]
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(29)
    kept = mixed[mixed % np.uint64(SCALE) == 0] >> np.uint64(32)
    return np.unique(kept).astype("<u4").tobytes()


def group(signatures: Mapping[str, bytes]) -> dict[str, str]:
    """Article id → origin id, the smallest id among the article and its near-duplicates, for every id given.

    Near-duplicates of near-duplicates share one origin. Cost is linear in the sketches.
    """
    ids = sorted(signatures)
    sizes = [len(signatures[i]) // 4 for i in ids]
    parent = list(range(len(ids)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for (a, b), shared in _shared(ids, signatures).items():
        short, long = sorted((sizes[a], sizes[b]))
        if short >= LEAST and long <= LONGEST * short and shared >= CONTAINED * short:
            low, high = sorted((root(a), root(b)))
            parent[high] = low
    return {name: ids[root(i)] for i, name in enumerate(ids)}


def _shared(ids: list[str], signatures: Mapping[str, bytes]) -> Counter[tuple[int, int]]:
    """(i, j) → number of hashes that both hold, i < j; only pairs that share at least one."""
    held = [np.frombuffer(signatures[i], dtype="<u4") for i in ids]
    shared: Counter[tuple[int, int]] = Counter()
    if not held:
        return shared
    hashes = np.concatenate(held)
    owners = np.repeat(np.arange(len(held)), [len(h) for h in held])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    for step in range(1, _NEIGHBOURS + 1):
        same = hashes[step:] == hashes[:-step]
        pairs, counts = np.unique(np.stack([owners[:-step][same], owners[step:][same]], axis=1), axis=0, return_counts=True)
        for (a, b), count in zip(pairs.tolist(), counts.tolist(), strict=True):
            shared[a, b] += count
    return shared
