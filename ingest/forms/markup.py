"""Reads a web page with trafilatura: its main text and what its metadata says. The only file that knows trafilatura."""

import logging
import re

from ingest.errors import SourceError
from ingest.forms.header_dates import header_date
from ingest.forms.normal_text import normal
from ingest.nouns import Draft

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})|<\?xml[^>]{0,100}?encoding=[\"']([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE
)
# htmldate's extensive search takes any date on the page for want of a better one; a date that is not known must stay unknown.
_DATES = {"extensive_search": False, "original_date": True}


def is_page(text: str) -> bool:
    """Whether the text opens as a web page does."""
    return _PAGE.match(text) is not None


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page's head names for itself; may be wrong or unknown."""
    match = _DECLARED.search(data[:4096])
    return (match[1] or match[2]).decode("ascii") if match else None


def read_page(path: str, text: str) -> Draft:
    """The page as a draft. Raises SourceError where no main text is found."""
    # Half a second to import, which only the process that reads documents should pay.
    import trafilatura

    # trafilatura reports on pages that it finds strange; what matters of that is said by the error below.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    page = trafilatura.bare_extraction(text, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=_DATES)
    body = normal(page.text or "").strip() if page is not None else ""
    if page is None or not body:
        raise SourceError("web page without a main text: a menu, a script, or an error page")
    return Draft(
        path=path,
        form="html",
        text=body,
        title=_line(page.title),
        url=_line(page.url),
        publisher=_line(page.sitename),
        author=_line(page.author),
        published=header_date(page.date),
    )


def _line(value: str | None) -> str | None:
    return " ".join(normal(value or "").split()) or None
