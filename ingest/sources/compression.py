"""Decompresses a gzip, xz or bzip2 stream into a file, bounded in size, ratio and memory. Plain bytes pass through untouched."""

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import IO, Protocol

from ingest.errors import SourceError
from ingest.limits import MEGABYTE, Limits, in_megabytes

_PIECE = 256 * 1024
# An xz header may ask for a dictionary of 4 GB; the strongest preset of the xz command needs 65 MB.
_XZ_MEMORY = 128 * MEGABYTE


class _Decompressor(Protocol):
    eof: bool
    needs_input: bool
    unused_data: bytes

    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


class _Gzip:
    """zlib's decompressor with the interface of the other two."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


_KINDS: tuple[tuple[bytes, Callable[[], object]], ...] = (
    (b"\x1f\x8b", _Gzip),
    (b"\xfd7zXZ\x00", lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY)),
    (b"BZh", bz2.BZ2Decompressor),
)


def decompressed(stream: IO[bytes], into: IO[bytes], *, size: int, ceiling: int, limits: Limits) -> IO[bytes]:
    """The stream's content, seekable and at its start: `into` where the stream was compressed, else the stream itself.

    size: bytes of the compressed stream. Raises SourceError where it grows beyond `ceiling` bytes or the ratio of a bomb, and the error of
    the decompressor (OSError, EOFError, zlib.error, lzma.LZMAError) where it is damaged.
    """
    magic = stream.read(6)
    stream.seek(0)
    make = next((kind for start, kind in _KINDS if magic.startswith(start)), None)
    if make is None:
        return stream
    written = 0
    for piece in _pieces(stream, make):
        written += len(piece)
        if written > ceiling or (written > limits.ratio_floor and written > limits.ratio * size):
            grown = f"archive of {in_megabytes(size)} unpacks to more than {in_megabytes(written)}"
            raise SourceError(f"{grown}: a bomb, or too much at once; none of it was read")
        into.write(piece)
    into.seek(0)
    return into


def _pieces(stream: IO[bytes], make: Callable[[], object]):  # type: ignore[no-untyped-def]
    decompressor: _Decompressor = make()  # type: ignore[assignment]
    data = stream.read(_PIECE)
    while True:
        yield decompressor.decompress(data, _PIECE)
        if decompressor.eof:
            # Several streams one after the other are one file; what follows the last may be padding.
            data = decompressor.unused_data.lstrip(b"\0") or stream.read(_PIECE).lstrip(b"\0")
            if not data:
                return
            decompressor = make()  # type: ignore[assignment]
        elif decompressor.needs_input:
            data = stream.read(_PIECE)
            if not data:
                raise EOFError("it ends too early; it is damaged or was not fully copied")
        else:
            data = b""
