"""The page's writer: starts the process that writes to the index, follows it, ends it. One at a time, shared by all sessions. No Streamlit here.

What it does in which process is said in `app.chat.writer_process`.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.chat.file_progress import FileProgress, Files
from app.chat.writer_process import Outcome, Request, Step, from_line, to_line
from ingest.errors import IndexLockedError
from ingest.progress import FileStep
from ingest.store.writer_lock import writer_lock

PATIENCE = 5.0
"""Seconds that a cancelled process has to end by itself before it is killed; both leave an index that the next run goes on with."""
COMMAND = (sys.executable, "-m", "app.chat.writer_process")


@dataclass(frozen=True)
class Job:
    """A request and how far it has come. steps: the last step of every stage so far, in order. files: how far each of those given is. outcome: None
    while it runs and when cancelled."""

    number: int
    request: Request
    began: datetime
    steps: tuple[Step, ...] = ()
    files: tuple[FileProgress, ...] = ()
    outcome: Outcome | None = None
    running: bool = True
    cancelled: bool = False

    @property
    def error(self) -> str:
        """Why it failed, empty where it did not."""
        return self.outcome.error if self.outcome else ""


class Writer:
    """The writer to the index in `folder`. Safe to share between threads."""

    def __init__(self, folder: Path, *, command: Sequence[str] = COMMAND, after: Callable[[], None] = lambda: None) -> None:
        """after: called in the background whenever a job has ended."""
        self.folder = folder
        self._after = after
        self._command = tuple(command)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._job: Job | None = None
        self._files = Files(())
        self._started = 0

    @property
    def job(self) -> Job | None:
        """The job that runs, or else the last one until it is put away."""
        with self._lock:
            return replace(self._job, files=self._files.told()) if self._job else None

    def put_away(self, number: int) -> None:
        """Forgets a job that has ended, once its outcome has been read."""
        with self._lock:
            if self._job and self._job.number == number and not self._job.running:
                self._job = None

    def start(self, request: Request) -> Job:
        """Starts writing in the background. Raises IndexLockedError where somebody writes already: this page, or another process."""
        with self._lock:
            if self._job and self._job.running:
                raise IndexLockedError(f"This page has been adding sources since {self._job.began:%H:%M:%S}: wait until it is done, or cancel it.")
            with writer_lock(self.folder):
                pass  # the process takes the lock again; asked for here, a lock that another holds is told at once
            self._started += 1
            job = Job(self._started, request, datetime.now())
            process = subprocess.Popen(
                [*self._command, str(self.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", errors="replace"
            )  # fmt: skip
            self._job, self._files, self._process = job, Files(request.given), process
        threading.Thread(target=self._follow, args=(process, request), daemon=True).start()
        return job

    def cancel(self) -> None:
        """Ends the job that runs, if one does, and waits until it has ended. What was committed stays; a later job goes on from there."""
        with self._lock:
            process = self._process
            if process is None or self._job is None or not self._job.running:
                return
            self._job = replace(self._job, cancelled=True)
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
        self.wait()

    def wait(self, *, seconds: float = 60.0) -> Job | None:
        """The job once it has ended, or as it stands after so many seconds."""
        deadline = time.monotonic() + seconds
        while self._job and self._job.running and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.job

    def _follow(self, process: subprocess.Popen[str], request: Request) -> None:
        """Hands on what the process says until it ends."""
        assert process.stdin
        assert process.stdout
        outcome: Outcome | None = None
        try:
            process.stdin.write(to_line(request) + "\n")
            process.stdin.close()
            for line in process.stdout:
                said = from_line(line)
                if isinstance(said, Step):
                    self._step(said)
                elif isinstance(said, FileStep):
                    with self._lock:
                        self._files.note(said)
                elif isinstance(said, Outcome):
                    outcome = said
        except (OSError, ValueError) as error:
            outcome = Outcome(error=f"The writer could not be followed ({error}).")
            process.kill()
        code = process.wait()
        process.stdout.close()
        with self._lock:
            assert self._job
            if outcome is None and not self._job.cancelled:
                outcome = Outcome(
                    error=f"The writer ended early (exit status {code}); what it had finished is kept. Its own words are in the log of `whodunit chat`."
                )
            self._job = replace(self._job, outcome=outcome, running=False, cancelled=self._job.cancelled and outcome is None)
        self._after()

    def _step(self, step: Step) -> None:
        with self._lock:
            assert self._job
            steps = self._job.steps
            if steps and steps[-1].stage == step.stage:
                steps = steps[:-1]
            self._job = replace(self._job, steps=(*steps, step))
