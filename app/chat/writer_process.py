"""A writer beside the page: `python -m app.chat.writer_process` does what the one line on its input asks for and tells how far it is.

A process of its own, not a thread: it can be ended at any moment (the ledger is made for that), takes none of the page's interpreter time and
runs at a lower priority, so that questions go on being answered. What is exchanged are lines of JSON: a `Request` in; `Step`s, `FileStep`s and one
`Outcome` out.
"""

import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from app.chat.file_progress import given_of
from ingest.errors import WhodunitError
from ingest.progress import FileStep, Progress

UPLOADS = "uploads"
"""Folder in the index folder where uploaded files are kept; `whodunit ingest INDEX/uploads` reads the same files under the same names."""
LOWER_PRIORITY = 5


@dataclass(frozen=True)
class Request:
    """What to write. files: names in the folder of uploads. urls: pages to fetch. keep, release: id of an article to keep against its verdict, or
    whose verdict is to stand again. allow_hosts: hosts that may have a private address; the page names none."""

    files: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    keep: str = ""
    release: str = ""
    allow_hosts: tuple[str, ...] = ()

    @property
    def adds(self) -> bool:
        """Whether sources are added, and not an article's verdict changed."""
        return bool(self.given)

    @property
    def given(self) -> tuple[str, ...]:
        """What is added, in the order in which results are told."""
        return (*self.files, *self.urls)


@dataclass(frozen=True)
class Step:
    """How far a stage has come, as `ingest.progress.Progress` says it; total 0: not known."""

    stage: str
    done: int
    total: int
    passages: int = 0


@dataclass(frozen=True)
class Result:
    """What became of one file, page or archive member. status: kept, quarantined or unread, with the reason. article: its id where it is one."""

    path: str
    status: str
    reason: str = ""
    title: str = ""
    article: str = ""


@dataclass(frozen=True)
class Outcome:
    """How a request ended. error: one sentence where it failed, else empty. passages: embedded in this run. articles: the index now holds."""

    results: tuple[Result, ...] = ()
    passages: int = 0
    articles: int = 0
    seconds: float = 0.0
    error: str = ""


Said = Request | Step | FileStep | Outcome


def to_line(said: Said) -> str:
    """One line, without the line break."""
    return json.dumps({type(said).__name__: asdict(said)})


def from_line(line: str) -> Said:
    """The inverse of `to_line`. Raises ValueError for anything else."""
    row: dict[str, dict[str, Any]] = json.loads(line)
    match row:
        case {"Request": facts}:
            asked: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
            return Request(**asked)
        case {"Step": facts}:
            return Step(**facts)
        case {"FileStep": facts}:
            return FileStep(**facts)
        case {"Outcome": facts}:
            return Outcome(**{**facts, "results": tuple(Result(**result) for result in facts["results"])})
    raise ValueError("no line of the writer")


def write(request: Request, folder: Path, *, out: TextIO) -> Outcome:
    """Does what is asked for; every step goes to `out` as it happens. Raises WhodunitError."""
    # Imported here: the page, which needs the lines only, must not load the pipeline for them.
    from ingest.claims.reading import load_claim_reader
    from ingest.embedding import load_embedder
    from ingest.fetching.source_list import SourceEntry
    from ingest.pipeline import ingest, keep_anyway, roots_of, web_root

    def watch(progress: Progress) -> None:
        print(to_line(Step(progress.stage, progress.done, progress.total, progress.passages)), file=out, flush=True)

    def watch_files(step: FileStep) -> None:
        if given_of(step.path, request.given) is not None:
            print(to_line(step), file=out, flush=True)

    embedder, claims, today = load_embedder(), load_claim_reader(), date.today()
    if request.keep or request.release:
        keep_anyway(
            request.keep or request.release, folder, embedder=embedder, claim_reader=claims, today=today, keep=bool(request.keep), watch=watch
        )
        return Outcome()
    roots = roots_of([folder / UPLOADS]) if request.files else []
    if request.urls:
        roots.append(web_root([SourceEntry(url) for url in request.urls], folder, allow_hosts=frozenset(request.allow_hosts)))
    # Article by article, so that each is seen to be done, and little is lost when the reader cancels.
    report = ingest(
        roots, folder, embedder=embedder, claim_reader=claims, today=today, watch=watch, watch_files=watch_files, batch_characters=0
    )  # fmt: skip
    return Outcome(_results(folder, request.given, report.unread), report.passages, report.articles, report.seconds)


def _results(folder: Path, given: Sequence[str], unread: Sequence[tuple[str, str]]) -> tuple[Result, ...]:
    """What became of everything that was given, in that order; an archive or a file of many articles has a result for each."""
    from ingest.store.ledger import Ledger

    found = [Result(path, "unread", reason) for path, reason in unread if given_of(path, given) is not None]
    ledger = Ledger(folder)
    for article in ledger.articles():
        mine = (path for path in article.paths if given_of(path, given) is not None)
        found += [Result(path, article.status, article.reason, article.title, article.id) for path in mine]
    ledger.close()
    return tuple(sorted(found, key=lambda result: (given.index(given_of(result.path, given) or ""), result.path)))


def main() -> int:
    """Reads the folder from the arguments and the request from standard input. A termination signal ends it as Ctrl-C does: nothing half-written stays."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if hasattr(os, "nice"):
        os.nice(LOWER_PRIORITY)
    request = from_line(sys.stdin.readline())
    assert isinstance(request, Request)
    # Only our lines may go to the page; whatever a library prints goes to the log.
    out, sys.stdout = sys.stdout, sys.stderr
    try:
        outcome = write(request, Path(sys.argv[1]), out=out)
    except WhodunitError as error:
        outcome = Outcome(error=str(error))
    except KeyboardInterrupt:
        return 130
    print(to_line(outcome), file=out, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
