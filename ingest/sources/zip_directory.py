"""Looks at the end of a zip, before `zipfile` loads the directory: a directory of millions of members would fill the memory by itself."""

import io
import struct
from typing import IO

from ingest.errors import SourceError

_END = b"PK\x05\x06"
_END64_LOCATOR = b"PK\x06\x07"
_END64 = b"PK\x06\x06"
_LONGEST_COMMENT = 65_535
# A member's directory record is 46 bytes, its name and extra fields; 400 bytes leave room for long names.
_RECORD = 400


def check_directory(stream: IO[bytes], size: int, members: int) -> None:
    """Raises SourceError where there is no directory at the end, or one for more than `members` files. Format: APPNOTE 4.3.14 to 4.3.16."""
    start = max(0, size - _LONGEST_COMMENT - 22 - 20 - 56)
    stream.seek(start)
    tail = stream.read(size - start)
    stream.seek(0, io.SEEK_SET)
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        raise SourceError("not a zip archive, or cut off before its end; copy it again, or give it the name of what it is")
    count, length = struct.unpack("<HI", tail[end + 10 : end + 16])
    if tail[end - 20 : end - 16] == _END64_LOCATOR and tail[end - 76 : end - 72] == _END64 and end >= 76:
        count, length = struct.unpack("<QQ", tail[end - 44 : end - 28])
    if count > members or length > members * _RECORD:
        raise SourceError(f"archive holds more than {members:,} files; split it")
