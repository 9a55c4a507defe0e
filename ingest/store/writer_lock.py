"""One writer at a time. The lock is the operating system's, so it ends with its process, however that ends. filelock stands behind this file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import IndexLockedError


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Holds the index in `folder` for writing. Raises IndexLockedError at once, naming the holder, where another process has it."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "writer.txt"
    try:
        with FileLock(folder / "writer.lock", timeout=0):
            note.write_text(f"process {os.getpid()} since {datetime.now():%Y-%m-%d %H:%M:%S}")
            try:
                yield
            finally:
                note.unlink(missing_ok=True)
    except Timeout as error:
        holder = note.read_text() if note.is_file() else "another process"
        raise IndexLockedError(f"The index {folder} is being written by {holder}: wait until it is done, or end it.") from error
