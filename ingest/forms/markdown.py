"""Reads the text forms: references and actor cards of a compiled corpus, markdown with or without front matter, plain text."""

import re
from pathlib import PurePosixPath

from ingest.actors import cards
from ingest.actors.merging import actor_of_card
from ingest.forms.front_matter import split_front_matter
from ingest.forms.header_dates import header_date
from ingest.forms.normal_text import normal
from ingest.names import split_names
from ingest.nouns import Draft

_REFERENCE = re.compile(r'\s*# Reference for threat actor for "(?P<actors>.*)"[ \t]*\n')
_FIELD = re.compile(r"^\*\*(Title|Source|Author|Publisher|Published|Note)\*\*:", re.MULTILINE)
_CONTENT = re.compile(r"^## Content[ \t]*$", re.MULTILINE)
_CARD = re.compile(r"\s*# Threat actor:[ \t]*(?P<names>.*)")
# What only a machine reads in a card.
_CARD_NOISE = re.compile(r"^\*\*(?:UUID|Source last modified)\*\*:.*\n?", re.MULTILINE)
_EMPTY_SECTION = re.compile(r"^#{2,6} [^\n]*\n\s*(?=^#{2,6} |\Z)", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<words>[^\n]*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"\A\s*(?P<words>\S[^\n]*)\n(?:=+|-{3,})[ \t]*(?:\n|\Z)")
_LONGEST_TITLE = 300
_HEADER_CHARS = 20_000


def is_reference(text: str) -> bool:
    """Whether the text opens with the header of a reference."""
    return _REFERENCE.match(text) is not None and _CONTENT.search(text, 0, _HEADER_CHARS) is not None


def is_card(text: str) -> bool:
    """Whether the text opens with the heading of an actor card."""
    return _CARD.match(text) is not None


def read_reference(path: str, text: str) -> Draft:
    """A reference: header fields, then the scraped text of a web page as it is. An empty field stays unknown."""
    opening = _REFERENCE.match(text)
    content = _CONTENT.search(text, 0, _HEADER_CHARS)
    if opening is None or content is None:
        raise ValueError("no reference")
    header = text[opening.end() : content.start()]
    # A value may run over several lines: titles hold line breaks.
    marks = list(_FIELD.finditer(header))
    ends = [*(mark.start() for mark in marks[1:]), len(header)]
    fields = {mark[1]: " ".join(header[mark.end() : end].split()) for mark, end in zip(marks, ends, strict=False)}
    return Draft(
        path=path,
        form="reference",
        text=text[content.end() :].strip("\n"),
        title=fields.get("Title") or None,
        url=fields.get("Source", "").strip("<> ") or None,
        publisher=fields.get("Publisher") or None,
        author=fields.get("Author") or None,
        published=header_date(fields.get("Published")),
        filed_under=split_names(opening["actors"]),
    )


def read_card(path: str, text: str) -> Draft:
    """An actor card as an article of its own: its words verbatim, each heading a line, without marks, identifiers and empty sections."""
    opening = _CARD.match(text)
    if opening is None:
        raise ValueError("no actor card")
    body = _EMPTY_SECTION.sub("", _CARD_NOISE.sub("", text[opening.end() :]))
    # The marks are this form's own and known; what looks like markdown inside the prose ("*.exe", "C:\_x_") is prose.
    body = re.sub(r"^\*\*([^*\n]+)\*\*:", r"\1:", body, flags=re.MULTILINE)
    body = re.sub(r"\{\{([^{}\n]*)\}\}", r"\1", body)
    body = _HEADING.sub(lambda mark: mark["words"], body)
    names = opening["names"].strip()
    return Draft(
        path=path,
        form="card",
        text=re.sub(r"\n{3,}", "\n\n", body).strip("\n"),
        title=names or None,
        filed_under=split_names(names),
        actor=actor_of_card(cards.read_card(text)) if names else None,
    )


def read_markdown(path: str, text: str) -> Draft:
    """Markdown: what its front matter says, the first heading as title, and the text without its marks."""
    front, body = split_front_matter(text)
    title, body = _title(path, body, front.title)
    return Draft(
        path=path,
        form="markdown",
        text=without_marks(body).strip("\n"),
        title=title,
        url=front.url,
        publisher=front.publisher,
        author=front.author,
        published=front.published,
        filed_under=front.filed_under,
    )


def read_plain(path: str, text: str) -> Draft:
    """Plain text: verbatim, titled by its first line if that is short enough for a title, else by the file's name."""
    return Draft(path=path, form="text", text=text.strip("\n"), title=_first_line(text) or _stem(path))


def _title(path: str, body: str, known: str | None) -> tuple[str | None, str]:
    # A heading that opens the text is its title and no part of the body; a later one is both.
    heading = _HEADING.search(body)
    opens = _UNDERLINED.match(body) or (heading if heading and not body[: heading.start()].strip() else None)
    words = without_marks(opens["words"] if opens else heading["words"] if heading else "").strip()
    if opens and words and len(words) <= _LONGEST_TITLE and known in (None, words):
        return words, body[opens.end() :]
    return known or words[:_LONGEST_TITLE] or _first_line(without_marks(body[:_HEADER_CHARS])) or _stem(path), body


def _first_line(text: str) -> str | None:
    line = text.lstrip()[: _LONGEST_TITLE + 1].split("\n", 1)[0].strip()
    return line if 0 < len(line) <= _LONGEST_TITLE else None


def _stem(path: str) -> str | None:
    return normal(PurePosixPath(path).stem).replace("_", " ").strip() or None


_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*\n?", re.MULTILINE)
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,500})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,500}\")?\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,1000})\]\(<?[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?>?(?:[ \t]+\"[^\"\n]{0,500}\")?\)")
_STRONG = re.compile(r"(?<!\\)(\*\*|__)(?=\S)([^\n]{1,2000}?)(?<=[^\s\\])\1")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{1,1000})(?<=[^\s*\\])\*(?![\w*])|(?<![\w_\\])_(?=[^\s_])([^_\n]{1,1000})(?<=[^\s_\\])_(?![\w_])"
)
_CODE = re.compile(r"`([^`\n]{1,1000})`")
_QUOTE = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE)
_RULE = re.compile(r"^[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$\n?", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")


def without_marks(text: str) -> str:
    """Markdown without its marks: the words and their order stay, links and images keep their label, code keeps its text."""
    for pattern, kept in ((_FENCE, ""), (_COMMENT, ""), (_RULE, ""), (_QUOTE, ""), (_IMAGE, r"\1"), (_LINK, r"\1")):
        text = pattern.sub(kept, text)
    text = _HEADING.sub(lambda mark: mark["words"], text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(lambda mark: mark[1] or mark[2], text)
    return _ESCAPE.sub(r"\1", _CODE.sub(r"\1", text))
