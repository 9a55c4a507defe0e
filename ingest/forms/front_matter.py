"""Reads the block of fields between "---" lines that opens many markdown files."""

import re
from dataclasses import dataclass
from datetime import date

import yaml
from frontmatter.default_handlers import YAMLHandler

from ingest.forms.header_dates import header_date
from ingest.forms.normal_text import normal
from ingest.names import split_names

_BLOCK = re.compile(r"\A\s*---[ \t]*\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^([A-Za-z][\w-]{0,40})[ \t]*:[ \t]+(.*?)[ \t]*$", re.MULTILINE)
# Fields are a few lines; beyond this the block is text between two rules, and YAML is slow.
_LONGEST = 16_000
_DAMAGE = (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)

_TITLE = ("title", "headline")
_PUBLISHED = ("date", "published", "publication_date", "publish_date", "pubdate", "published_at", "date_published", "datepublished")
_AUTHOR = ("author", "authors", "by", "byline", "creator")
_URL = ("url", "link", "source_url", "canonical_url", "canonical", "permalink", "source")
_PUBLISHER = ("publisher", "site", "sitename", "site_name", "outlet", "source")
_ACTORS = ("actor", "actors", "filed_under", "threat_actor", "threat_actors")


@dataclass(frozen=True)
class FrontMatter:
    """What a front matter says of its article; None or empty where it says nothing."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    filed_under: tuple[str, ...] = ()


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter and the text after it; an empty front matter and the whole text where the text opens with none."""
    match = _BLOCK.match(text, 0, _LONGEST)
    fields = _fields(match["fields"]) if match else {}
    if match is None or not fields:
        return FrontMatter(), text
    urls = [value for value in _values(fields, _URL) if value.startswith(("http://", "https://"))]
    publishers = [value for value in _values(fields, _PUBLISHER) if not value.startswith(("http://", "https://"))]
    dates = [day for key in _PUBLISHED if (day := header_date(fields.get(key))) is not None]
    actors = fields.get(next((key for key in _ACTORS if fields.get(key)), ""))
    return FrontMatter(
        title=next(iter(_values(fields, _TITLE)), None),
        url=next(iter(urls), None),
        publisher=next(iter(publishers), None),
        author=next(iter(_values(fields, _AUTHOR)), None),
        published=next(iter(dates), None),
        filed_under=tuple(_strings(actors)) or (split_names(_line(actors)) if isinstance(actors, str) else ()),
    ), text[match.end() :]


def _fields(block: str) -> dict[str, object]:
    try:
        loaded = YAMLHandler().load(block)
    except _DAMAGE:
        # `title: Breach: what we know` is no YAML, but everybody writes it.
        loaded = {match[1]: match[2].strip("\"'") for match in _LINE.finditer(block)}
    if not isinstance(loaded, dict):
        return {}
    return {key.lower().replace("-", "_").replace(" ", "_"): value for key, value in loaded.items() if isinstance(key, str)}


def _values(fields: dict[str, object], keys: tuple[str, ...]) -> list[str]:
    found = []
    for key in keys:
        value = fields.get(key)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            found.append(_line(str(value)))
        else:
            found.append(", ".join(_strings(value)))
    return [value for value in found if value]


def _strings(value: object) -> list[str]:
    return [_line(item) for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _line(value: str) -> str:
    return " ".join(normal(value).split())
