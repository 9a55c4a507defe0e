"""A question being answered in a thread of its own, so that a page can stop waiting for it at any moment, or come back to it after a reload.

Knows nothing of Streamlit. Either the whole turn is kept or nothing of it: what was stopped before it was kept is dropped when it comes.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from app.chat.turns import Limits, Turn
from app.nouns import Answer, Hit, Question
from ingest.errors import WhodunitError


@dataclass(frozen=True)
class Pending:
    """A question to answer. turn_id: the id its turn will have. instead_of: the turn it replaces; forget_later: and all turns after that one."""

    conversation: str
    turn_id: str
    question: str
    limits: Limits
    instead_of: str | None = None
    forget_later: bool = False


class Stopped(Exception):
    """Raised in the thread that answers, to leave early once nobody wants the answer."""


@dataclass
class Answering:
    """One question on its way to its answer. `work` answers it and is called in a thread; `keep` stores the turn that it returns.

    hits: the passages found, empty before. so_far: the statements of a language model that have been checked, None before the first.
    turn, error: how it ended, both None where it was stopped.
    """

    waiting: Pending
    work: Callable[["Answering"], Turn]
    keep: Callable[[Turn], None]
    hits: tuple[Hit, ...] = ()
    so_far: Answer | None = None
    turn: Turn | None = None
    error: Exception | None = None
    _stopped: bool = False
    _over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def stop(self) -> bool:
        """Gives the answer up; False where it was kept already."""
        with self._lock:
            self._stopped = self._stopped or self.turn is None
            return self._stopped

    def is_over(self, *, within: float = 0.0) -> bool:
        """Whether it has ended, or does within so many seconds."""
        return self._over.wait(within)

    def found(self, _question: Question, hits: tuple[Hit, ...]) -> None:
        """Hears what `ask` found."""
        self.hits = hits

    def says(self, answer: Answer) -> None:
        """Hears what a language model has said so far. Raises Stopped where nobody listens any more."""
        if self._stopped:
            raise Stopped
        self.so_far = answer

    def run(self) -> None:
        """Answers and keeps; to be called once, in the thread."""
        try:
            turn = self.work(self)
            with self._lock:
                if not self._stopped:
                    self.keep(turn)
                    self.turn = turn
        except Stopped:
            pass
        except Exception as error:  # noqa: BLE001 — it is raised, or told, where the answer is waited for
            self.error = error
        finally:
            self._over.set()


class Answers:
    """All questions being answered in this process, by turn. Safe to share between threads."""

    def __init__(self) -> None:
        self._running: dict[str, Answering] = {}
        self._lock = threading.Lock()

    def start(self, answering: Answering) -> Answering:
        """Starts its thread, or returns the one that answers the same turn already."""
        key = answering.waiting.turn_id
        with self._lock:
            if key in self._running:
                return self._running[key]
            self._running[key] = answering

        def run() -> None:
            answering.run()
            with self._lock:
                self._running.pop(key, None)

        threading.Thread(target=run, daemon=True, name=f"answering {key}").start()
        return answering

    def in_conversation(self, conversation: str) -> Answering | None:
        """What is being answered in a conversation, the last one asked."""
        with self._lock:
            mine = [one for one in self._running.values() if one.waiting.conversation == conversation and not one._stopped]
        return mine[-1] if mine else None


def told(error: Exception) -> str:
    """What a page says of an error: the sentence of one that is meant for users. Raises any other."""
    if isinstance(error, WhodunitError):
        return str(error)
    raise error
