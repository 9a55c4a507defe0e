"""Finds what is to be ingested: files, folders, and .zip or .tar archives of them, one after the other, never all in memory.

Knows nothing about formats: it hands over bytes. What cannot be read is handed over too, as a source with a problem, so that a summary can
name it; only a path that does not exist is an error, because then the whole call was a mistake.

Paths. A source's path is relative to the folder it was found in; a file given by itself has its name. A member of an archive has its path
within the archive, without the single top-level folder that archivers add when all members lie in one, so that a corpus has the same paths
as a folder and as an archive. An archive found inside a folder adds its own name in front (`reports/2021.zip/a.md`). Where two of the given
paths hold the same relative path, the later one gets the name of what was given in front (`b/a.md`), and a number if that is taken as well.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.errors import SourceError
from ingest.limits import DEFAULT, Limits, in_megabytes, too_large
from ingest.sources import archives
from ingest.sources.names import is_litter, printable, why

# A pipe must not block, a terminal not become ours, and a link put in place after it was looked at not be followed.
_READ_FLAGS = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_NOCTTY", "O_BINARY"))


@dataclass(frozen=True)
class Source:
    """One file as it was found.

    path: relative, "/" between parts, always printable text (a byte that is no UTF-8 is written as \\xNN) and unique within one walk.
    data: its bytes; empty where it could not be read. problem: one line that says why it could not, empty where it could.
    """

    path: str
    data: bytes
    problem: str = ""


def find_sources(paths: Sequence[Path], *, limits: Limits = DEFAULT) -> Iterator[Source]:
    """Yields every source under the paths: the paths in the order given, what a folder or archive holds in sorted order.

    Hidden files and folders are left out, and links that leave their folder are reported instead of followed. Raises SourceError, before
    anything is read, if a path does not exist.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise SourceError(f"{printable(str(path))!r} does not exist; give files, folders or archives")
        if not path.exists():
            raise SourceError(f"{printable(str(path))!r} is a link to nothing; give the file or folder itself")
    return _distinct(paths, limits)


def _distinct(paths: Sequence[Path], limits: Limits) -> Iterator[Source]:
    seen: set[str] = set()
    for given in paths:
        for source in _under(given, limits):
            path = source.path
            if path in seen:
                path = f"{printable(given.resolve().name)}/{source.path}"
            number = 2
            while path in seen:
                path, number = f"{source.path} ({number})", number + 1
            seen.add(path)
            yield source if path == source.path else replace(source, path=path)


def _under(given: Path, limits: Limits) -> Iterator[Source]:
    real = given.resolve()
    if real.is_dir():
        yield from _walk(str(real), limits)
    elif archives.is_archive(given.name):
        yield from _unpack(str(real), "", given.name, limits)
    else:
        yield _read(str(real), printable(given.name), limits)


def _walk(root: str, limits: Limits) -> Iterator[Source]:
    # A stack and no recursion: 2,000 folders within each other are a legal path and more than Python's call depth.
    pending = [("", root)]
    while pending:
        path, where = pending.pop()
        try:
            within = os.scandir(where) if _is_folder(where) else None
        except OSError as error:
            yield Source(printable(path) or ".", b"", f"folder cannot be read: {why(error)}")
            continue
        if within is not None:
            prefix = path + "/" if path else ""
            with within:
                found = sorted(entry.name for entry in within if not is_litter(entry.name))
            pending += [(prefix + name, f"{where}/{name}") for name in reversed(found)]
            continue
        yield from _file(path, where, root, limits)


def _is_folder(where: str) -> bool:
    return stat.S_ISDIR(os.lstat(where).st_mode)


def _file(path: str, where: str, root: str, limits: Limits) -> Iterator[Source]:
    if os.path.islink(where):
        where = os.path.realpath(where)
        if os.path.commonpath([where, root]) != root:
            yield Source(printable(path), b"", "link that leaves the folder, not followed; ingest what it points to by itself")
            return
        if os.path.isdir(where):
            return  # its files are read where they really are; following it again is how loops come about
    if archives.is_archive(path):
        yield from _unpack(where, path + "/", path, limits)
    else:
        yield _read(where, printable(path), limits)


def _read(where: str, path: str, limits: Limits) -> Source:
    try:
        with open(where, "rb", buffering=0, opener=_open_regular) as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > limits.file_bytes:
                return Source(path, b"", too_large(size, limits))
            data = stream.read(size + 1)
            while len(data) > size and (more := stream.read(limits.file_bytes + 1 - len(data))):
                data += more
    except (OSError, ValueError) as error:
        return Source(path, b"", why(error))
    if len(data) > limits.file_bytes:
        return Source(path, b"", f"file grows beyond the {in_megabytes(limits.file_bytes)} that one source may have; split it")
    return Source(path, data)


def _open_regular(where: str, _flags: int) -> int:
    descriptor = os.open(where, _READ_FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ValueError("not a regular file (a device, pipe or socket), not read")
    return descriptor


def _unpack(where: str, prefix: str, name: str, limits: Limits) -> Iterator[Source]:
    try:
        stream = open(where, "rb", opener=_open_regular)  # noqa: SIM115 — closed by the `with` below, once opening it has not failed
    except (OSError, ValueError) as error:
        yield Source(printable(prefix.rstrip("/") or name), b"", why(error))
        return
    with stream:
        for member in archives.members(stream, name, limits=limits):
            path = prefix + "/".join(member.parts) if member.parts else prefix.rstrip("/") or name
            yield Source(printable(path), member.data, member.problem)
