"""How far each file, archive or address is that was given to the writer: steps of paths come in, a line for each that was given goes out.

Knows nothing about the page, nor about the process that writes.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.progress import FileState, FileStep

SETTLED: tuple[FileState, ...] = ("unread", "quarantined", "unchanged", "kept")
"""States after which nothing comes any more."""
_UNDER_WAY: tuple[FileState, ...] = ("embedding", "reading", "read", "found")


@dataclass(frozen=True)
class FileProgress:
    """One of those that were given. state: None until the writer has come to it; of one that holds many articles, that of the one being worked on.

    reason, title: of the article that it is. parts: (state, how many articles) where it holds several.
    """

    name: str
    state: FileState | None = None
    reason: str = ""
    title: str = ""
    parts: tuple[tuple[FileState, int], ...] = ()


class Files:
    """The state of all that were given, brought on step by step."""

    def __init__(self, given: Sequence[str]) -> None:
        self._parts: dict[str, dict[str, FileStep]] = {name: {} for name in given}
        self._counts: dict[str, Counter[FileState]] = {name: Counter() for name in given}

    def note(self, step: FileStep) -> None:
        """Takes in a step; one of a path that was not given is none of ours."""
        name = given_of(step.path, tuple(self._parts))
        if name is None:
            return
        parts, counts = self._parts[name], self._counts[name]
        file = step.path.partition("#")[0]
        # A file of many articles is one path until it has been read, and then as many as it holds.
        for path in {step.path, file} & parts.keys():
            if path == step.path or parts[path].state != "unread":
                counts[parts.pop(path).state] -= 1
        parts[step.path] = step
        counts[step.state] += 1

    def told(self) -> tuple[FileProgress, ...]:
        """All that were given, in that order."""
        return tuple(self._told(name) for name in self._parts)

    def _told(self, name: str) -> FileProgress:
        parts, counts = self._parts[name], self._counts[name]
        if not parts:
            return FileProgress(name)
        if len(parts) == 1:
            (step,) = parts.values()
            return FileProgress(name, step.state, step.reason, step.title)
        standing = tuple((state, counts[state]) for state in (*_UNDER_WAY, *SETTLED) if counts[state])
        foremost = next(state for state in (*_UNDER_WAY, *reversed(SETTLED)) if counts[state])
        return FileProgress(name, foremost, parts=standing)


def given_of(path: str, given: Sequence[str]) -> str | None:
    """The file, archive or page among those given that a path belongs to; None where it belongs to none of them."""
    return next((name for name in given if path == name or path.startswith((f"{name}/", f"{name}#"))), None)
