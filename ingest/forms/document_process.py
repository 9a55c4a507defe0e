"""Has web pages, PDF and DOCX read by a process of its own, so that a hostile file can take neither the memory nor the time of an ingest.

The process is started with the first such file and reads the next ones too, as starting it costs a second. One that dies, or that is stopped
because it takes too long, takes only the file it was reading with it. It ends when this process does, however that ends: its input closes.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from datetime import date
from pathlib import Path
from typing import IO, Literal

from ingest.errors import SourceError
from ingest.forms.normal_text import normal
from ingest.limits import Limits, in_megabytes
from ingest.nouns import Draft

_OUT_OF_MEMORY = ("MemoryError", "Cannot allocate memory", "std::bad_alloc")
# A parser that leaks must not count against a later file.
_FILES_PER_PROCESS = 200


def read_document(path: str, kind: Literal["html", "pdf", "docx"], data: bytes, limits: Limits) -> Draft:
    """The document as a draft; the bytes of a web page are UTF-8. Raises SourceError where it cannot be read within the limits."""
    answer = _READER.ask(kind, data, limits)
    published = answer["published"]
    return Draft(
        path=path,
        form=kind,
        text=(answer["text"] or "").strip("\n"),
        title=answer["title"],
        url=answer["url"],
        publisher=answer["publisher"],
        author=answer["author"],
        published=date.fromisoformat(published) if published else None,
    )


class _DocumentReader:
    """The process that reads documents, and the conversation with it: one at a time, from whatever thread."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._limits: Limits | None = None
        self._files = 0
        self._owner = 0

    def ask(self, kind: str, data: bytes, limits: Limits) -> dict[str, str | None]:
        with self._turn:
            if self._owner != os.getpid():
                # This is a fork of the process that started it, and must neither use nor end what belongs to that one.
                self._process = self._said = None
            if self._process is None or self._limits != limits or self._files >= _FILES_PER_PROCESS:
                self._stop()
                self._start(limits)
            self._files += 1
            line = self._exchange(kind, data, limits)
            if not line.endswith(b"\n"):
                raise SourceError(self._failed(kind, line, limits))
        answer: dict[str, str | None] = json.loads(line)
        if problem := answer.get("problem"):
            raise SourceError(problem)
        return answer

    def _start(self, limits: Limits) -> None:
        bounds = (limits.document_memory, limits.pages, limits.text_chars)
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 — lives as long as the process that writes to it
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.forms.documents", *map(str, bounds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            cwd=Path(__file__).parents[2],
        )
        self._limits, self._files, self._owner = limits, 0, os.getpid()

    def _exchange(self, kind: str, data: bytes, limits: Limits) -> bytes:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        clock = threading.Timer(limits.document_seconds, process.kill)
        clock.start()
        try:
            process.stdin.write(b"%s %d\n" % (kind.encode(), len(data)))
            process.stdin.write(data)
            process.stdin.flush()
            # JSON writes a character in at most 12 bytes; what is longer did not come from `documents`.
            return process.stdout.readline(12 * limits.text_chars + 100_000)
        except BrokenPipeError:
            return b""
        finally:
            clock.cancel()

    def _failed(self, kind: str, line: bytes, limits: Limits) -> str:
        process, said = self._process, self._said
        assert process is not None
        assert said is not None
        process.kill()
        ended = process.wait()
        said.seek(0)
        words = said.read()[-4000:].decode("utf-8", "replace")
        self._stop()
        name = _NAMES[kind]
        if any(sign in words for sign in _OUT_OF_MEMORY):
            return f"{name} that needs more than {in_megabytes(limits.document_memory)} of memory to read; not read"
        if ended < 0 or line:
            return f"{name} that takes more than {limits.document_seconds} s to read, or breaks the library that reads it; not read"
        last = normal(next((line for line in reversed(words.split("\n")) if line.strip()), "")).strip()[:200]
        return f"{name} that cannot be read: {last or 'no reason given'}"

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout, self._said):
                if stream is not None:
                    try:
                        stream.close()
                    except BrokenPipeError:
                        continue  # what it had not taken yet goes with it
        self._process = self._said = self._limits = None


_NAMES = {"html": "web page", "pdf": "PDF", "docx": "DOCX"}
_READER = _DocumentReader()
