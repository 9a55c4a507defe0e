"""Reads web pages, PDF and DOCX in a process of its own, which limits itself before it looks at anything.

`python -m ingest.forms.documents MEMORY PAGES CHARS` takes files on standard input, each as a line "KIND SIZE" and that many bytes, and answers each
with one line of JSON: the draft, or {"problem": why there is none}. `document_process` is the side that calls. What a library raises is not
caught here: the process ends with the error as its last words, and with it whatever the file did to it.
"""

import io
import json
import logging
import os
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from ingest.errors import SourceError
from ingest.forms.line_joining import joined
from ingest.forms.markup import read_page
from ingest.forms.normal_text import normal
from ingest.nouns import Draft
from ingest.sources.zip_directory import check_directory

_DOCX_PARTS = 10_000
_OFFICE_TITLE = re.compile(r"^Microsoft (?:Word|PowerPoint) - |\.(?:docx?|pptx?|pdf|indd|rtf|odt|pages|tex|dvi|qxd)$", re.IGNORECASE)
_PLACEHOLDERS = frozenset(
    ["", "untitled", "title", "powerpoint presentation", "word document", "document", "anonymous", "unknown", "user", "admin", "administrator"]
)


def read_pdf(data: bytes, pages: int, chars: int) -> Draft:
    """Title, author and text of a PDF; lines that were broken to fit the page are joined, running heads left out."""
    import pypdf  # loaded with the first file of its kind, as many runs have none

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise SourceError("PDF that needs a password; save it without one")
    texts: list[str] = []
    size = 0
    for number, page in enumerate(reader.pages):
        if number >= pages:
            raise SourceError(f"PDF of more than {pages:,} pages; split it")
        texts.append(page.extract_text())
        size += len(texts[-1])
        if size > chars:
            raise SourceError(f"PDF with more than {chars:,} characters; split it")
    about = reader.metadata
    text = joined(_without_running_heads([text.split("\n") for text in texts]))
    if not text.strip():
        raise SourceError("PDF without text, perhaps scanned pages; run it through OCR first")
    title = _meant(about and about.title) or _first_line(text)
    return Draft(path="", form="pdf", text=normal(text), title=title, author=_meant(about and about.author))


def read_docx(data: bytes, chars: int) -> Draft:
    """Title, author and text of a DOCX: a paragraph a line, table cells separated by tabs."""
    import docx  # as above
    from docx.table import Table

    check_directory(io.BytesIO(data), len(data), _DOCX_PARTS)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
    if unpacked > 20 * len(data) + 50 * chars:
        raise SourceError("DOCX that unpacks to far more than a document holds: a zip bomb; not read")
    document = docx.Document(io.BytesIO(data))
    lines: list[str] = []
    heading: str | None = None
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text.replace("\n", " ") for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
            if heading is None and block.style is not None and block.style.name in ("Title", "Heading 1"):
                heading = _meant(block.text)
    text = "\n".join(lines)
    if not text.strip():
        raise SourceError("DOCX without text")
    if len(text) > chars:
        raise SourceError(f"DOCX with more than {chars:,} characters; split it")
    about = document.core_properties
    author = None if about.author == "python-docx" else _meant(about.author)
    return Draft(path="", form="docx", text=normal(text), title=_meant(about.title) or heading or _first_line(text), author=author)


def _meant(value: object) -> str | None:
    # What programs fill in by themselves is no title and no author; a file name is none either.
    text = " ".join(normal(value).split()) if isinstance(value, str) else ""
    return None if text.lower() in _PLACEHOLDERS or _OFFICE_TITLE.search(text) else text


def _first_line(text: str) -> str | None:
    line = normal(text).strip().split("\n", 1)[0].strip()
    return line if 0 < len(line) <= 300 else None


def _without_running_heads(pages: list[list[str]]) -> list[str]:
    """All lines, without page numbers and without first and last lines that most pages share but for their digits."""
    seen = Counter(key for lines in pages for key in {_shape(line) for line in _edges(lines)})
    running = {key for key, count in seen.items() if key and count >= 3 and 2 * count > len(pages)} | {"#"}
    kept: list[str] = []
    for lines in pages:
        edges = {id(line) for line in _edges(lines) if _shape(line) in running}
        kept += [line for line in lines if id(line) not in edges]
    return kept


def _edges(lines: list[str]) -> list[str]:
    filled = [line for line in lines if line.strip()]
    return filled[:2] + filled[2:][-2:]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _limit(memory: int) -> None:
    try:
        import resource  # not on every system; there only the caller's clock limits this process
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _draft(kind: str, data: bytes, pages: int, chars: int) -> Draft:
    if kind == "pdf":
        return read_pdf(data, pages, chars)
    if kind == "docx":
        return read_docx(data, chars)
    return read_page("", data.decode("utf-8"))


def _answer(kind: str, data: bytes, pages: int, chars: int) -> bytes:
    try:
        draft = _draft(kind, data, pages, chars)
    except SourceError as error:
        return json.dumps({"problem": str(error)}).encode("ascii")
    return json.dumps({**asdict(draft), "published": draft.published and draft.published.isoformat()}).encode("ascii")


def main(arguments: Sequence[str]) -> None:
    """Answers files until standard input ends."""
    memory, pages, chars = map(int, arguments)
    _limit(memory)
    # A library that prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while header := sys.stdin.buffer.readline():
        kind, size = header.split()
        data = sys.stdin.buffer.read(int(size))
        answers.write(_answer(kind.decode(), data, pages, chars) + b"\n")
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
