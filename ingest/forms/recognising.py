"""Recognises what a source is, by its content first and its name second, and reads it into drafts.

Knows nothing about which words of a page are the article: that is cleaning. Each form that needs a library stands in a module of its own.
"""

import io
import zipfile
from dataclasses import dataclass, replace

from ingest.errors import SourceError
from ingest.forms.article_lines import is_article_lines, read_article_lines
from ingest.forms.document_process import read_document
from ingest.forms.markdown import is_card, is_reference, read_card, read_markdown, read_plain, read_reference
from ingest.forms.markup import declared_encoding, is_page
from ingest.forms.normal_text import decode, normal
from ingest.limits import DEFAULT, Limits
from ingest.nouns import Draft
from ingest.sources.finding import Source
from ingest.sources.names import one_line

# What is often put among articles and is none, told by its first bytes, with what to do about it.
_OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", "an old Office document; save it as DOCX"),
    (b"{\\rtf", "rich text; save it as DOCX or plain text"),
    (b"\x1f\x8b", "compressed with gzip; unpack it, or name it .tar.gz if it is an archive"),
    (b"\xfd7zXZ", "compressed with xz; unpack it, or name it .tar.xz if it is an archive"),
    (b"BZh", "compressed with bzip2; unpack it, or name it .tar.bz2 if it is an archive"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it"),
    (b"Rar!", "a RAR archive; unpack it"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)


@dataclass(frozen=True)
class Reading:
    """What one source held: its drafts, and one line for everything in it that could not be read (each names the source)."""

    drafts: tuple[Draft, ...]
    problems: tuple[str, ...]


def read(source: Source, *, limits: Limits = DEFAULT) -> list[Draft]:
    """The articles in one source: one, or for JSONL one a line with the line's number after "#" in its path.

    Raises SourceError, in one line that names the source, where any of it cannot be read; `read_all` keeps what can.
    """
    reading = read_all(source, limits=limits)
    if reading.problems:
        raise SourceError(reading.problems[0])
    return list(reading.drafts)


def read_all(source: Source, *, limits: Limits = DEFAULT) -> Reading:
    """Everything in the source that can be read, and a line for what cannot. Never raises for what a source holds."""
    try:
        drafts, problems = _read(source, limits)
    except SourceError as error:
        drafts, problems = [], [str(error)]
    if source.path.startswith(("http://", "https://")):
        drafts = [draft if draft.form == "jsonl" else replace(draft, url=draft.url or source.path) for draft in drafts]
    return Reading(tuple(drafts), tuple(f"{one_line(source.path)}: {problem}" for problem in problems))


def _read(source: Source, limits: Limits) -> tuple[list[Draft], list[str]]:
    path, data = source.path, source.data
    if source.problem:
        raise SourceError(source.problem)
    if not data:
        raise SourceError("empty file (0 bytes)")
    if b"%PDF-" in data[:1024]:
        return [read_document(path, "pdf", data, limits)], []
    if data.startswith(b"PK\x03\x04"):
        _expect_docx(data)
        return [read_document(path, "docx", data, limits)], []
    if kind := next((kind for magic, kind in _OTHER_KINDS if data.startswith(magic) and _binary(magic, data)), None):
        raise SourceError(f"not an article but {kind}")
    return _read_text(path, data, limits)


def _binary(magic: bytes, data: bytes) -> bool:
    # "MZ" and "BZh" may open a text, too; what they mark holds zeros early on, or is no ASCII.
    return not magic.isascii() or magic.startswith(b"{\\rtf") or not data[:512].isascii() or b"\0" in data[:512]


def _expect_docx(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = parts.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise SourceError(f"DOCX or zip archive that is damaged: {' '.join(str(error).split())[:160]}") from error
    if "word/document.xml" not in names:
        raise SourceError("a zip archive or another Office document; name it .zip, or save it as DOCX")


def _read_text(path: str, data: bytes, limits: Limits) -> tuple[list[Draft], list[str]]:
    raw = decode(data, declared=declared_encoding(data))
    name = path.lower()
    if name.endswith((".jsonl", ".ndjson")) or is_article_lines(raw):
        drafts, problems = read_article_lines(path, raw, limits)
        return drafts, problems or ([] if drafts else ["empty: it holds no line"])
    text = normal(raw)
    if not text.strip():
        raise SourceError("empty: it holds only spaces and line breaks")
    if len(text) > limits.text_chars:
        raise SourceError(f"{len(text):,} characters are more than an article has ({limits.text_chars:,}); split it")
    if is_reference(text):
        return [read_reference(path, text)], []
    if is_card(text):
        card = read_card(path, text)
        if not card.text.strip():
            raise SourceError("empty: an actor card with a heading and nothing else")
        return [card], []
    if is_page(text) or (name.endswith((".html", ".htm", ".xhtml")) and "<" in text):
        return [read_document(path, "html", text.encode("utf-8"), limits)], []
    if name.endswith(".json") or text.startswith("<?xml"):
        raise SourceError("data and no article; give JSON Lines (.jsonl), one article a line, or HTML")
    if name.endswith((".md", ".markdown")) or text.startswith(("---\n", "# ")):
        draft = read_markdown(path, text)
        if not draft.text.strip():
            raise SourceError("empty: it holds a title or front matter and nothing else")
        return [draft], []
    return [read_plain(path, text)], []
