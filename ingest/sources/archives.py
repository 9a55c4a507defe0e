"""Reads the files inside .zip and .tar archives without unpacking anything to a path that the archive names.

Knows nothing about what the files are. Whatever an archive claims about itself is checked or bounded: names that leave it, sizes, ratios,
counts, archives within archives; links, devices and encrypted members are reported and never followed. A tar is decompressed once into a
nameless temporary file, so that its members can be read in sorted order and a bomb shows itself before anything of it is used.
"""

import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from ingest.errors import SourceError
from ingest.limits import MEGABYTE, Limits, in_megabytes, too_large
from ingest.sources.compression import decompressed
from ingest.sources.names import is_litter, why
from ingest.sources.zip_directory import check_directory

_ZIP = (".zip",)
_TAR = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2", ".tbz")
# tarfile reads a member's extended header into memory whole, of any size, and searches it with a pattern that takes quadratic time
# (CVE-2024-6232, mended in 3.11.10); no honest path needs 64 kB.
_PIECE = 64 * 1024
_DAMAGE = (OSError, EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError)


@dataclass(frozen=True)
class Member:
    """One file of an archive: the parts of its path (none where the archive itself is meant), its bytes, or why there are none."""

    parts: tuple[str, ...]
    data: bytes
    problem: str = ""


@dataclass(frozen=True)
class _Entry:
    parts: tuple[str, ...]
    size: int
    problem: str
    open: Callable[[], IO[bytes]]


class _Allowance:
    """What an archive and all archives inside it may still unpack to, in bytes."""

    def __init__(self, size: int) -> None:
        self.left = size

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise SourceError("archive unpacks to more than is allowed; unpack it yourself, look at it, and ingest the folder")


def is_archive(name: str) -> bool:
    """Whether the name is that of an archive that is opened. (A DOCX is a zip, too; it has another name.)"""
    return name.lower().endswith(_ZIP + _TAR)


def members(stream: IO[bytes], name: str, *, limits: Limits) -> Iterator[Member]:
    """Yields the files of an archive in sorted order of their paths, each read when it is asked for.

    stream: seekable, open for reading; stays open. name: decides between zip and tar. Never raises for what the archive holds: damage,
    a bomb or a wrong kind of file is a Member without parts and with a problem.
    """
    yield from _members(stream, name, limits, _Allowance(limits.unpacked_bytes), limits.nesting)


def _members(stream: IO[bytes], name: str, limits: Limits, allowance: _Allowance, nesting: int) -> Iterator[Member]:
    try:
        size = _size(stream, limits)
        if name.lower().endswith(_ZIP):
            check_directory(stream, size, limits.members)
            with zipfile.ZipFile(stream) as archive:
                yield from _read(_zip_entries(archive, size, limits), limits, allowance, nesting)
        else:
            with tempfile.TemporaryFile() as plain:
                unpacked = decompressed(stream, plain, size=size, ceiling=min(allowance.left, limits.unpacked_bytes), limits=limits)
                with tarfile.open(fileobj=_Pieces(unpacked), mode="r:") as tar:  # type: ignore[call-overload]
                    yield from _read(_tar_entries(tar, limits), limits, allowance, nesting)
    except SourceError as error:
        yield Member((), b"", str(error))
    except _DAMAGE as error:
        yield Member((), b"", f"archive cannot be read: {why(error)}")


def _size(stream: IO[bytes], limits: Limits) -> int:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size > limits.archive_bytes:
        raise SourceError(f"archive is {in_megabytes(size)}, more than the {in_megabytes(limits.archive_bytes)} allowed; split it")
    return size


def _zip_entries(archive: zipfile.ZipFile, size: int, limits: Limits) -> list[_Entry]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    total = sum(info.file_size for info in infos)
    if total > limits.unpacked_bytes or (total > limits.ratio_floor and total > limits.ratio * size):
        raise SourceError(f"archive of {in_megabytes(size)} unpacks to {in_megabytes(total)}: a bomb, or too much; none of it was read")
    entries = []
    for info in infos:
        problem = ""
        if info.flag_bits & 0x1:
            problem = "encrypted; unpack it with its password first"
        elif (info.external_attr >> 16) & 0o170000 not in (0, 0o100000):
            problem = "link or device inside an archive, not followed"
        entries.append(_entry(_zip_name(info), info.file_size, problem, lambda info=info: archive.open(info)))  # type: ignore[misc]
    return entries


def _zip_name(info: zipfile.ZipInfo) -> str:
    # Many archivers store UTF-8 without setting the flag that says so; zipfile then reads it as code page 437.
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _tar_entries(tar: tarfile.TarFile, limits: Limits) -> list[_Entry]:
    entries: list[_Entry] = []
    for count, info in enumerate(tar, 1):
        if count > limits.members:
            raise SourceError(f"archive holds more than {limits.members:,} files; split it")
        if info.isdir():
            continue
        problem = "" if info.isreg() else "link or device inside an archive, not followed"
        entries.append(_entry(info.name, info.size, problem, lambda info=info: _tar_stream(tar, info)))  # type: ignore[misc]
    return entries


def _tar_stream(tar: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    stream = tar.extractfile(info)
    if stream is None:
        raise ValueError("not a regular file")
    return stream


def _entry(name: str, size: int, problem: str, opener: Callable[[], IO[bytes]]) -> _Entry:
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    # Both kinds of separator and a drive: the archive may come from another system, and the path must be harmless on every one.
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or name[1:3] in (":\\", ":/") or not parts:
        safe = tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
        return _Entry(safe, size, f"name {why(ValueError(name))!r} leaves the archive, not read", opener)
    return _Entry(parts, size, problem, opener)


def _read(entries: list[_Entry], limits: Limits, allowance: _Allowance, nesting: int) -> Iterator[Member]:
    wanted = [entry for entry in entries if not any(is_litter(part) for part in entry.parts)]
    tops = {entry.parts[0] for entry in wanted if entry.parts}
    strip = len(tops) == 1 and all(len(entry.parts) > 1 for entry in wanted)
    for entry in sorted(wanted, key=lambda entry: entry.parts):
        parts = entry.parts[1:] if strip else entry.parts
        if entry.problem:
            yield Member(parts, b"", entry.problem)
            continue
        if entry.size > limits.file_bytes:
            yield Member(parts, b"", too_large(entry.size, limits))
            continue
        try:
            with entry.open() as stream:
                data = _bounded(stream, limits.file_bytes)
        except _DAMAGE as error:
            yield Member(parts, b"", f"cannot be read from its archive: {why(error)}")
            continue
        allowance.spend(len(data))
        yield from _opened(parts, data, limits, allowance, nesting)


def _opened(parts: tuple[str, ...], data: bytes, limits: Limits, allowance: _Allowance, nesting: int) -> Iterator[Member]:
    if not is_archive(parts[-1]):
        yield Member(parts, data)
    elif nesting < 1:
        yield Member(parts, b"", "archive within an archive within an archive, not opened; unpack it first")
    else:
        for inner in _members(io.BytesIO(data), parts[-1], limits, allowance, nesting - 1):
            yield Member(parts + inner.parts, inner.data, inner.problem)


def _bounded(stream: IO[bytes], ceiling: int) -> bytes:
    data = bytearray()
    while piece := stream.read(_PIECE):
        data += piece
        if len(data) > ceiling:
            raise ValueError(f"it is larger than it says, and than the {in_megabytes(ceiling)} that one source may have")
    return bytes(data)


class _Pieces:
    """A file that refuses to hand over more than 64 kB at once; see `_PIECE`."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.name = ""
        self.mode = "rb"

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _PIECE:
            raise ValueError(f"a header of {in_megabytes(size)}" if size > MEGABYTE else "a header of more than 64 kB")
        return self._stream.read(size)

    def seek(self, position: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(position, whence)

    def tell(self) -> int:
        return self._stream.tell()
