"""Networks at work on all cores: pieces that do not depend on each other run side by side, each on one core. torch stands behind this file.

Threads that share every matrix product wait for each other hundreds of times in one pass through a network: on busy cores that more than doubles the
time, and on idle ones a piece for each core is no slower and needs no padding to a common length.
"""

import ctypes
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

Piece = TypeVar("Piece")
Done = TypeVar("Done")

_MMAP_THRESHOLD = -3
"""glibc's number for the size from which a block of memory is the system's own and goes back to it when freed."""
_LARGE = 4 << 20


@lru_cache(maxsize=1)
def _workers() -> ThreadPoolExecutor:
    """One worker a core (OMP_NUM_THREADS and torch.set_num_threads lower it), shared by all who ask, so that many questions at once do not crowd each other."""
    import torch

    _give_back_large_blocks()
    return ThreadPoolExecutor(torch.get_num_threads(), "core", initializer=torch.set_num_threads, initargs=(1,))


def side_by_side(work: Callable[[Piece], Done], pieces: Sequence[Piece]) -> list[Done]:
    """`work` of every piece, in the order of the pieces; begun in that order too, so put long ones first. `work` must not call this itself."""
    return list(_workers().map(work, pieces))


def _give_back_large_blocks() -> None:
    """Has glibc return the large blocks that networks free. It would learn to keep them, and as hardly two are of one size its heap grows: an ingest
    held 1.6 GB instead of 1.0. Other C libraries are left as they are."""
    try:
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)
    except (AttributeError, OSError, TypeError):  # no mallopt, or no library of the process itself to look into
        return
