"""Has a PDF or DOCX read in a process of its own, so that a hostile file can take neither the memory nor the time of an ingest."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Literal

from ingest.errors import SourceError
from ingest.limits import Limits, in_megabytes
from ingest.normal_text import normal
from ingest.nouns import Draft

_OUT_OF_MEMORY = ("MemoryError", "Cannot allocate memory", "std::bad_alloc")


def read_document(path: str, kind: Literal["pdf", "docx"], data: bytes, limits: Limits) -> Draft:
    """The document as a draft. Raises SourceError where it cannot be read within the limits; costs about 0.3 s for the process."""
    bounds = (limits.document_seconds, limits.document_memory, limits.pages, limits.text_chars)
    command = [sys.executable, "-m", "ingest.documents", kind, *map(str, bounds)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=2 * limits.document_seconds, cwd=Path(__file__).parent.parent, check=False
        )
    except subprocess.TimeoutExpired:
        raise SourceError(f"{kind.upper()} that takes more than {2 * limits.document_seconds} s to read; not read") from None
    if done.returncode != 0:
        raise SourceError(_reason(kind, done, limits))
    fields: dict[str, str] = json.loads(done.stdout)
    return Draft(
        path=path,
        form=kind,
        text=normal(fields["text"]).strip("\n"),
        title=_line(fields["title"]) or _first_line(fields["text"]),
        author=_line(fields["author"]),
    )


def _reason(kind: str, done: "subprocess.CompletedProcess[bytes]", limits: Limits) -> str:
    if done.returncode < 0:
        # The kernel ends a process that goes on after its processor time, and one that a library crashed.
        return f"{kind.upper()} that takes more than {limits.document_seconds} s, or breaks the library that reads it; not read"
    said = done.stderr[-4000:].decode("utf-8", "replace")
    if any(sign in said for sign in _OUT_OF_MEMORY):
        return f"{kind.upper()} that needs more than {in_megabytes(limits.document_memory)} of memory to read; not read"
    last = normal(next((line for line in reversed(said.split("\n")) if line.strip()), "")).strip()[:200]
    return last if last.startswith(kind.upper()) else f"{kind.upper()} that cannot be read: {last or 'no reason given'}"


def _line(value: str) -> str | None:
    return " ".join(normal(value).split()) or None


def _first_line(text: str) -> str | None:
    line = normal(text).strip().split("\n", 1)[0].strip()
    return line if 0 < len(line) <= 300 else None
