"""Reads the list for `whodunit ingest --sources FILE.jsonl`: where articles are, and what is known of them before they are fetched."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.errors import SourceError
from ingest.forms.header_dates import header_date
from ingest.forms.normal_text import normal

_LARGEST = 64 * 1024 * 1024
_KNOWN = ("title", "url", "publisher", "author", "published", "actor")


@dataclass(frozen=True)
class SourceEntry:
    """One line of a source list; None where it says nothing. actor: under whom to file the article, several
    names with commas between them; no evidence of anything."""

    url: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    actor: str | None = None


def read_sources_file(path: Path) -> list[SourceEntry]:
    """The entries of a JSON Lines file with "url" and, if known, "title", "publisher", "author", "published", "actor".

    Raises SourceError with the number of the first line that is wrong: nothing is fetched before the list is right.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise SourceError(f"{str(path)!r} is larger than a source list should be; split it")
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise SourceError(f"{str(path)!r} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{str(path)!r} is not UTF-8; save it as UTF-8") from error
    entries = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                entries.append(_entry(line))
            except (ValueError, RecursionError) as error:
                raise SourceError(f"{str(path)!r}, line {number}: {_what(error)}") from error
    if not entries:
        raise SourceError(f'{str(path)!r} holds no line; write one {{"url": "https://…"}} a line')
    return entries


def _entry(line: str) -> SourceEntry:
    fields = json.loads(line)
    if not isinstance(fields, dict):
        raise ValueError('not an object; write {"url": "https://…"}')  # noqa: TRY004 — a wrong value in a file, not a wrong type in code
    if unknown := sorted(set(fields) - set(_KNOWN)):
        raise ValueError(f"unknown field {unknown[0]!r}; known are {', '.join(_KNOWN)}")
    if wrong := [key for key, value in fields.items() if value is not None and not isinstance(value, str)]:
        raise ValueError(f"{wrong[0]!r} must be a string")
    url = (fields.get("url") or "").strip()
    if not url.startswith(("http://", "https://")):
        raise ValueError('"url" must start with http:// or https://')
    published = header_date(fields.get("published"))
    if fields.get("published") and published is None:
        raise ValueError(f'"published" must be a day like 2021-06-19, not {fields["published"][:40]!r}')
    return SourceEntry(
        url=url,
        title=_line(fields.get("title")),
        publisher=_line(fields.get("publisher")),
        author=_line(fields.get("author")),
        published=published,
        actor=_line(fields.get("actor")),
    )


def _what(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON, {error.msg} at character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else " ".join(str(error).split())


def _line(value: str | None) -> str | None:
    return " ".join(normal(value or "").split()) or None
