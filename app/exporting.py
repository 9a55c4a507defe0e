"""An answer with its citations in forms to take along: Markdown, BibTeX, CSL-JSON; and, by `app.stix_export`, STIX 2.1.

Titles, quotes and names are other people's text: in every form they are shown as text and do nothing else. Knows no files and no command line.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from app.nouns import Answer, Citation
from app.plain import day, publisher_of, visible, web_address
from app.stix_export import as_stix
from ingest.nouns import Article

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$!^])")
_LINKS_ITSELF = re.compile(r"(?<=\w)(:)(?=//)|(?<=[Ww]{3})(\.)|(@)")
_LINE_OPENER = re.compile(r"^(\d{1,9})([.)])|^([-+=])")
_BIBTEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_BIBTEX |= {character: "\\" + character for character in "&%$#_"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_JOINER = "\u2060"
"""WORD JOINER: no width and no meaning; behind "<" it keeps a citation processor from seeing a tag."""


def as_markdown(answer: Answer) -> str:
    """The question as a heading, the answer with its [n] markers, each source with its words; ends with a line break."""
    blocks = [f"## {_markdown(answer.question.asked)}"]
    blocks.append(
        " ".join(_markdown(said.text) + (" " if said.citations else "") + "".join(f"[{n}]" for n in said.citations) for said in answer.statements)
    )
    if answer.note:
        blocks.append(f"*{_markdown(answer.note)}*")
    for citation in answer.citations:
        blocks += [_markdown_source(citation), f"> {_markdown(citation.quote)}"]
    return "\n\n".join(blocks) + "\n"


def markdown_heading(title: str) -> str:
    """A heading for several answers in one file; ends with a line break."""
    return f"# {_markdown(title)}\n"


def _markdown_source(citation: Citation) -> str:
    article = citation.article
    address = web_address(article.url)
    facts = [_markdown(article.title), _markdown(publisher_of(article)), day(article.published), f"<{address}>" if address else ""]
    return f"[{citation.number}] " + " · ".join(fact for fact in facts if fact)


def _markdown(text: str) -> str:
    """One line whose characters mean themselves; an address in it is shown and no link, since a character of it is written as an entity."""
    line = _MARKDOWN.sub(r"\\\1", _line(text).replace("&", "&amp;"))
    line = _LINE_OPENER.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)
    return _LINKS_ITSELF.sub(lambda found: f"&#{ord(found.group())};", line)


def as_bibtex(answer: Answer) -> str:
    """One @misc entry for each cited article, in the order of first citation, its quotes in `note`; for BibTeX and biblatex, in UTF-8."""
    return "\n".join(_bibtex_entry(article, quotes) for article, quotes in cited_articles(answer))


def _bibtex_entry(article: Article, quotes: list[str]) -> str:
    published = article.published
    fields = {
        "title": f"{{{_bibtex(article.title)}}}",
        "author": f"{{{_bibtex(article.author or publisher_of(article))}}}",
        "howpublished": _bibtex(publisher_of(article)),
        "year": str(published.year) if published else "",
        "month": _MONTHS[published.month - 1] if published else "",
        "day": str(published.day) if published else "",
        "url": _bibtex_address(article),
        "note": " ".join(f"``{_bibtex(quote)}''" for quote in quotes),
    }
    # A month is one of BibTeX's own words, and stands without braces.
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items() if value]
    return f"@misc{{{citation_key(article)},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in _line(text))


def _bibtex_address(article: Article) -> str:
    # Verbatim in biblatex and \url: nothing is escaped there, and web_address has percent-encoded braces and backslashes.
    return web_address(article.url) or ""


def as_csl(answer: Answer) -> str:
    """The cited articles as CSL-JSON, a list of items for any citation processor (Zotero, pandoc), their quotes in `note`; ends with a line break."""
    return json.dumps([_csl_item(article, quotes) for article, quotes in cited_articles(answer)], ensure_ascii=False, indent=2) + "\n"


def _csl_item(article: Article, quotes: list[str]) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": citation_key(article),
        "type": "webpage",
        "title": _csl(article.title),
        "container-title": _csl(publisher_of(article)),
        "note": _csl(" ".join(f"“{_line(quote)}”" for quote in quotes)),
    }
    if article.author:
        item["author"] = [{"literal": _csl(article.author)}]
    if article.published:
        item["issued"] = {"date-parts": [[article.published.year, article.published.month, article.published.day]]}
    if address := web_address(article.url):
        item["URL"] = address
    return item


def _csl(text: str) -> str:
    return _line(text).replace("<", "<" + _JOINER)


def _line(text: str) -> str:
    return " ".join(visible(text).split())


def cited_articles(answer: Answer) -> Iterator[tuple[Article, list[str]]]:
    """Each cited article once, in the order of first citation, with all that is quoted from it."""
    quotes: dict[str, list[str]] = {}
    articles: dict[str, Article] = {}
    for citation in answer.citations:
        articles.setdefault(citation.article.id, citation.article)
        quotes.setdefault(citation.article.id, []).append(citation.quote)
    yield from ((article, quotes[key]) for key, article in articles.items())


def citation_key(article: Article) -> str:
    """Letters and digits that name the article: publisher, year, and as much of its id as tells it from others."""
    plain = unicodedata.normalize("NFKD", publisher_of(article)).encode("ascii", "ignore").decode()
    name = re.sub(r"\W|_", "", plain).lower()[:20] or "article"
    return f"{name}{article.published.year if article.published else ''}{article.id[:8]}"


FORMS: dict[str, Callable[[Answer], str]] = {"markdown": as_markdown, "bibtex": as_bibtex, "csl": as_csl, "stix": as_stix}
"""What an answer can be exported as, and by whom: `FORMS[name](answer)` is the whole file's text."""
