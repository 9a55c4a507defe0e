"""What a run over sources tells while it goes on: how far each stage is, and how far each file."""

from dataclasses import dataclass
from typing import Literal

Stage = Literal["reading", "settling", "claims", "publishing"]


@dataclass(frozen=True)
class Progress:
    """How far a stage has come.

    done, total: files while reading (total 0: not known yet), drafts while settling, articles while reading claims anew, passages while publishing.
    """

    stage: Stage
    done: int
    total: int
    passages: int = 0


FileState = Literal["found", "unchanged", "reading", "read", "unread", "embedding", "kept", "quarantined"]


@dataclass(frozen=True)
class FileStep:
    """How far one file has come, or one article in it. path: as in `Article.paths`, for an article of many in a file with "#" and its number.

    read: waits to be embedded. embedding: is cleaned, embedded and read for claims. reason: why it is unread or quarantined.
    """

    path: str
    state: FileState
    reason: str = ""
    title: str = ""
