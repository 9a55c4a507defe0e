"""Reads PDF with pypdf and DOCX with python-docx. Runs in a process of its own, which limits itself before it looks at anything.

`python -m ingest.documents KIND SECONDS MEMORY PAGES CHARS` takes the file on standard input and prints what it holds as one JSON object;
where it cannot be read the last line on standard error says why. `document_process` is the side that calls. Nothing that a library may
raise is caught here: the process ends, and with it whatever the file did to it.
"""

import io
import json
import logging
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable

from ingest.errors import SourceError
from ingest.line_joining import joined
from ingest.zip_directory import check_directory

_DOCX_PARTS = 10_000
_OFFICE_TITLE = re.compile(r"^Microsoft (?:Word|PowerPoint) - |\.(?:docx?|pptx?|pdf|indd|rtf|odt|pages|tex|dvi|qxd)$", re.IGNORECASE)
_PLACEHOLDERS = frozenset(
    ["", "untitled", "title", "powerpoint presentation", "word document", "document", "anonymous", "unknown", "user", "admin", "administrator"]
)


def read_pdf(data: bytes, pages: int, chars: int) -> dict[str, str]:
    """Title, author and text of a PDF; lines that were broken to fit the page are joined, running heads left out."""
    import pypdf  # this process reads one file; the other kind's library is not loaded for it

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
    return {"text": text, "title": _meant(about and about.title), "author": _meant(about and about.author)}


def read_docx(data: bytes, chars: int) -> dict[str, str]:
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
    heading = ""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text.replace("\n", " ") for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
            if not heading and block.style is not None and block.style.name in ("Title", "Heading 1"):
                heading = block.text.strip()
    text = "\n".join(lines)
    if not text.strip():
        raise SourceError("DOCX without text")
    if len(text) > chars:
        raise SourceError(f"DOCX with more than {chars:,} characters; split it")
    about = document.core_properties
    return {"text": text, "title": _meant(about.title) or heading, "author": "" if about.author == "python-docx" else _meant(about.author)}


def _meant(value: object) -> str:
    # What programs fill in by themselves is no title and no author; a file name is none either.
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return "" if text.lower() in _PLACEHOLDERS or _OFFICE_TITLE.search(text) else text


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


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource  # not on every system; there only the caller's clock limits this process
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: Iterable[str]) -> int:
    """Reads one document from standard input; the exit status is 0, or 1 with the reason as the last line on standard error."""
    kind, seconds, memory, pages, chars = arguments
    _limit(int(seconds), int(memory))
    data = sys.stdin.buffer.read()
    try:
        found = read_pdf(data, int(pages), int(chars)) if kind == "pdf" else read_docx(data, int(chars))
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.buffer.write(json.dumps(found).encode("ascii"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
