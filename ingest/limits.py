"""How much one source may cost before it is reported instead of read. One place, so that every format is bounded by the same numbers."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds on what is read; sizes in bytes, times in seconds.

    file_bytes: one file, one archive member, or one fetched page. A long vendor report as PDF is 5 to 15 MB; the longest article of 1,316
        real ones is 0.3 MB.
    archive_bytes: an archive as it lies on disk. unpacked_bytes: all that comes out of it, nested archives included.
    ratio: how many times larger than the archive its contents may be once they pass `ratio_floor`. Text packs 4 to 10 times, bombs 1,000.
    members: files in one archive. nesting: how deep an archive may lie within archives (1: an archive inside an archive is opened).
    text_chars: one article's text. articles: lines of one JSONL file.
    document_seconds, document_memory: what the process that reads PDF, DOCX and HTML may use for one file (by the clock; address space).
    pages: pages of a PDF.
    """

    file_bytes: int = 20 * MEGABYTE
    archive_bytes: int = 1024 * MEGABYTE
    unpacked_bytes: int = 1024 * MEGABYTE
    ratio: int = 200
    ratio_floor: int = 64 * MEGABYTE
    members: int = 100_000
    nesting: int = 1
    text_chars: int = 5_000_000
    articles: int = 100_000
    document_seconds: int = 30
    document_memory: int = 1024 * MEGABYTE
    pages: int = 1_000


DEFAULT = Limits()


def in_megabytes(size: int) -> str:
    """A size for a message: "20 MB", "0.5 MB"."""
    return f"{size / MEGABYTE:.3g} MB"


def too_large(size: int, limits: Limits) -> str:
    """The problem of a file of `size` bytes that is not read because of its size."""
    return f"file is {in_megabytes(size)}, more than the {in_megabytes(limits.file_bytes)} that one source may have; split it"
