"""Conversations, kept in one SQLite file beside the ledger: their names, turns with citations, and what users thought of the answers.

Knows nothing about Streamlit. Nothing is ever overwritten: what is deleted or asked again is put aside and can be brought back.
"""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from app.chat.turns import Turn, packed, unpacked
from ingest.errors import IndexDamagedError

FILE = "conversations.sqlite3"
LISTED = 60
"""Conversations listed at most; older ones are found by searching."""
NAME = 60
"""Characters of a name made from a first question."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (id TEXT PRIMARY KEY, name TEXT NOT NULL, touched TEXT NOT NULL, removed INTEGER NOT NULL DEFAULT 0,
    owner TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS turns (
    id TEXT PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversations, place INTEGER NOT NULL, question TEXT NOT NULL, as_of TEXT,
    answer TEXT NOT NULL, said TEXT NOT NULL, removed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS turns_by_conversation ON turns (conversation, place);
CREATE TABLE IF NOT EXISTS opinions (turn TEXT PRIMARY KEY REFERENCES turns, thumb TEXT NOT NULL, reason TEXT NOT NULL, given TEXT NOT NULL);
"""

Thumb = Literal["up", "down"]


@dataclass(frozen=True)
class Conversation:
    """A conversation in the list. id: letters and digits, stands in the page's address."""

    id: str
    name: str


@dataclass(frozen=True)
class Opinion:
    """What a user thought of an answer, and why."""

    thumb: Thumb
    reason: str = ""


class Conversations:
    """One user's conversations over the index in `folder`. Safe to share between threads: every call has a connection of its own."""

    def __init__(self, folder: Path, *, owner: str = "") -> None:
        """Makes the file where there is none. owner: who is signed in; empty where nobody needs to be. Raises IndexDamagedError where the file is
        not one of ours."""
        self.file = folder / FILE
        self.owner = owner
        with self._open() as connection:
            connection.executescript("PRAGMA journal_mode = WAL;" + _SCHEMA)
            if all(column[1] != "owner" for column in connection.execute("PRAGMA table_info(conversations)")):
                connection.execute("ALTER TABLE conversations ADD COLUMN owner TEXT NOT NULL DEFAULT ''")

    def start(self, question: str) -> Conversation:
        """A new conversation, named after its first question; listed once it has a turn."""
        words = " ".join(question.split())
        conversation = Conversation(new_id(), words if len(words) <= NAME else words[: NAME - 1].rpartition(" ")[0] + "…")
        with self._open() as connection:
            connection.execute(
                "INSERT INTO conversations (id, name, touched, owner) VALUES (?, ?, ?, ?)", (conversation.id, conversation.name, _now(), self.owner)
            )
        return conversation

    def get(self, conversation_id: str) -> Conversation | None:
        """The conversation with this id, if it is there and not deleted."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT id, name FROM conversations WHERE id = ? AND removed = 0 AND owner = ?", (conversation_id, self.owner)
            ).fetchone()
        return Conversation(*row) if row else None

    def listed(self, search: str = "", *, current: str = "") -> list[Conversation]:
        """Conversations with a turn (and the `current` one), the last used first; with `search`, those that hold its words somewhere."""
        pattern = "%" + search.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        with self._open() as connection:
            rows = connection.execute(
                """SELECT c.id, c.name FROM conversations c WHERE c.removed = 0 AND c.owner = :owner
                   AND (c.id = :current OR EXISTS (SELECT 1 FROM turns t WHERE t.conversation = c.id AND t.removed = 0))
                   AND (c.name LIKE :pattern ESCAPE '\\' OR EXISTS (SELECT 1 FROM turns t WHERE t.conversation = c.id AND t.removed = 0
                        AND (t.question LIKE :pattern ESCAPE '\\' OR t.said LIKE :pattern ESCAPE '\\')))
                   ORDER BY c.touched DESC, c.id LIMIT :limit""",
                {"current": current, "pattern": pattern, "limit": LISTED, "owner": self.owner},
            ).fetchall()
        return [Conversation(*row) for row in rows]

    def rename(self, conversation_id: str, name: str) -> None:
        """Gives a conversation another name; an empty one is ignored."""
        if words := " ".join(name.split())[:200]:
            with self._open() as connection:
                connection.execute("UPDATE conversations SET name = ? WHERE id = ? AND owner = ?", (words, conversation_id, self.owner))

    def remove(self, conversation_id: str) -> None:
        """Deletes a conversation; `restore` brings it back."""
        self._set_removed(conversation_id, 1)

    def restore(self, conversation_id: str) -> None:
        self._set_removed(conversation_id, 0)

    def turns(self, conversation_id: str) -> list[Turn]:
        """The turns of a conversation, in order."""
        with self._open() as connection:
            rows = connection.execute(
                """SELECT t.id, t.question, t.answer, t.as_of FROM turns t JOIN conversations c ON c.id = t.conversation
                   WHERE t.conversation = ? AND t.removed = 0 AND c.removed = 0 AND c.owner = ? ORDER BY t.place""",
                (conversation_id, self.owner),
            ).fetchall()
        return [Turn(turn, question, unpacked(answer), date.fromisoformat(day) if day else None) for turn, question, answer, day in rows]

    def put(self, conversation_id: str, turn: Turn, *, instead_of: str | None = None, forget_later: bool = False) -> None:
        """Adds a turn at the end, or in the place of another, which is put aside; `forget_later` puts the turns after that one aside too."""
        said = " ".join(statement.text for statement in turn.answer.statements)
        with self._open() as connection:
            last = connection.execute("SELECT coalesce(max(place), 0) FROM turns WHERE conversation = ?", (conversation_id,)).fetchone()[0]
            found = connection.execute("SELECT place FROM turns WHERE id = ? AND conversation = ?", (instead_of, conversation_id)).fetchone()
            place = found[0] if found else last + 1
            if found:
                later = ">=" if forget_later else "="
                connection.execute(f"UPDATE turns SET removed = 1 WHERE conversation = ? AND place {later} ?", (conversation_id, place))
            connection.execute(
                "INSERT INTO turns (id, conversation, place, question, as_of, answer, said) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (turn.id, conversation_id, place, turn.question, str(turn.as_of) if turn.as_of else None, packed(turn.answer), said),
            )
            connection.execute("UPDATE conversations SET touched = ? WHERE id = ?", (_now(), conversation_id))

    def think(self, turn_id: str, opinion: Opinion | None) -> None:
        """Notes what a user thinks of an answer; None takes it back."""
        with self._open() as connection:
            connection.execute("DELETE FROM opinions WHERE turn = ?", (turn_id,))
            if opinion:
                connection.execute("INSERT INTO opinions VALUES (?, ?, ?, ?)", (turn_id, opinion.thumb, opinion.reason[:2000], _now()))

    def opinions(self, conversation_id: str) -> dict[str, Opinion]:
        """What was thought of the answers of a conversation, by turn."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT o.turn, o.thumb, o.reason FROM opinions o JOIN turns t ON t.id = o.turn WHERE t.conversation = ?", (conversation_id,)
            ).fetchall()
        return {turn: Opinion(thumb, reason) for turn, thumb, reason in rows}

    def _set_removed(self, conversation_id: str, removed: int) -> None:
        with self._open() as connection:
            connection.execute("UPDATE conversations SET removed = ? WHERE id = ? AND owner = ?", (removed, conversation_id, self.owner))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection in one transaction, closed afterwards."""
        try:
            connection = sqlite3.connect(self.file, timeout=30)
            try:
                with connection:
                    yield connection
            finally:
                connection.close()
        except sqlite3.DatabaseError as error:
            raise IndexDamagedError(
                f"The conversations in {self.file} cannot be read or written ({error}): move the file away to start anew."
            ) from error


def new_id() -> str:
    """A new id for a conversation or a turn: twelve hex digits."""
    return uuid.uuid4().hex[:12]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
