"""Keeps uploaded files in the index folder, under names that are safe on any disk. Knows nothing about the page or about what the files hold."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from app.chat.writer_process import UPLOADS
from app.plain import visible
from ingest.limits import DEFAULT, Limits, in_megabytes, too_large
from ingest.sources.archives import is_archive

FORMS = ("md", "markdown", "txt", "html", "htm", "xhtml", "pdf", "docx", "jsonl", "ndjson", "zip", "tar", "tgz", "txz", "tbz2", "gz", "xz", "bz2")
"""Ends of the names of what `whodunit ingest` reads; .gz, .xz and .bz2 for .tar.gz and the like."""
NAME_BYTES = 180
"""Of a file's name; file systems allow 255, and a number or a temporary ending may be added."""
_UNSAFE = re.compile(r'[<>:"/\\|?*#\x00-\x1f\x7f]+')
_RESERVED = frozenset(["con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))])


@dataclass(frozen=True)
class Kept:
    """An uploaded file. name: in the folder of uploads, empty where it was not kept; problem then says why."""

    given: str
    name: str = ""
    problem: str = ""


def safe_name(given: str) -> str:
    """A file name out of what a browser says: its last part, without what a disk, a shell or a reader would take for something else.

    Never empty, never hidden, never a path, at most NAME_BYTES bytes of UTF-8, the ending kept.
    """
    last = re.split(r"[/\\]", given)[-1]
    words = " ".join(_UNSAFE.sub(" ", unicodedata.normalize("NFC", visible(last).replace("\ufffd", " "))).split()).lstrip(".~$ ").rstrip(". ")
    stem, dot, ending = words.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = words, "", ""
    if stem.partition(".")[0].casefold() in _RESERVED:
        stem = f"{stem} file"
    room = NAME_BYTES - len(ending.encode()) - 1
    stem = stem.encode()[:room].decode(errors="ignore").rstrip(". ")
    return f"{stem or 'upload'}{dot}{ending}"


def keep(given: str, data: bytes, folder: Path, *, limits: Limits = DEFAULT) -> Kept:
    """Keeps an uploaded file beside the index in `folder`, whole or not at all; the same file twice is kept once, another of its name gets a number.

    Errors of the disk are handed back as a problem.
    """
    name = safe_name(given)
    archive = is_archive(name)
    if not data:
        return Kept(given, problem="empty file (0 bytes)")
    if archive and len(data) > limits.archive_bytes:
        return Kept(
            given, problem=f"archive is {in_megabytes(len(data))}, more than the {in_megabytes(limits.archive_bytes)} that one may have; split it"
        )
    if not archive and len(data) > limits.file_bytes:
        return Kept(given, problem=too_large(len(data), limits))
    uploads = folder / UPLOADS
    try:
        uploads.mkdir(parents=True, exist_ok=True)
        place = _free(uploads, name, data)
        if not place.exists():
            draft = place.with_name(f".{place.name}.part")
            draft.write_bytes(data)
            draft.replace(place)
    except OSError as error:
        return Kept(given, problem=f"cannot be kept in {uploads}: {error.strerror or error}")
    return Kept(given, place.name)


def _free(uploads: Path, name: str, data: bytes) -> Path:
    """Where the file goes: its name, or that with the first number under which nothing else stands."""
    stem, dot, ending = _parted(name)
    number, place = 1, uploads / name
    while place.is_symlink() or (place.exists() and not (place.stat().st_size == len(data) and place.is_file() and place.read_bytes() == data)):
        number += 1
        place = uploads / f"{stem} ({number}){dot}{ending}"
    return place


def _parted(name: str) -> tuple[str, str, str]:
    """Stem, dot and ending; ".tar.gz" is one ending."""
    stem, dot, ending = name.rpartition(".")
    if stem.lower().endswith(".tar"):
        return stem[:-4], ".", f"{stem[-3:]}.{ending}"
    return (stem, dot, ending) if stem else (name, "", "")
