"""The nouns of an index, one meaning each, everywhere. Frozen: a hand-over between two modules is one of these, never a bare dict.

What a question and an answer are is said in `app.nouns`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["kept", "quarantined"]
Stance = Literal["asserted", "suspected", "denied", "disputed", "self_claimed", "unattributed"]
Grain = Literal["day", "week", "month", "season", "quarter", "half", "year", "span"]
Form = Literal["reference", "card", "markdown", "text", "html", "pdf", "docx", "jsonl"]


@dataclass(frozen=True)
class ActorName:
    """A name of an actor and who uses it; empty where nobody is named for it. Source: "APT 31 (Mandiant)" in a card."""

    name: str
    used_by: str = ""


@dataclass(frozen=True)
class Actor:
    """A threat actor. A name may belong to several actors; names are never followed further than one hop."""

    id: str
    name: str
    names: tuple[ActorName, ...]
    country: str | None = None


@dataclass(frozen=True)
class Draft:
    """One source as it was read, before cleaning.

    path: where it came from, relative to the folder that was ingested, with `/` between parts (a URL for a fetched page).
    title, url, publisher, author, published: what the source's own header or metadata says; None where it says nothing.
    filed_under: the actors under which a compiler filed it. A filing, not evidence.
    text: the body, markup removed but not yet cleaned of page furniture; line breaks are "\\n".
    """

    path: str
    form: Form
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    filed_under: tuple[str, ...] = ()
    actor: Actor | None = None


@dataclass(frozen=True)
class Cleaned:
    """What cleaning made of a draft: the author's own words, and what is known about them.

    text: verbatim runs of the draft's text, furniture left out; offsets of passages, claims and citations refer to it.
    status, reason: "quarantined" with a reason where the draft is no article ("error page", "menu only", "other language: ko", ...); for
        a kept article the reason is empty.
    published: never later than the day of ingest; None where nothing says it.
    """

    title: str
    text: str
    status: Status
    reason: str = ""
    author: str | None = None
    publisher: str | None = None
    published: date | None = None


@dataclass(frozen=True)
class Article:
    """One source text.

    id: 16 hex digits, made from title and text, so that the same article filed twice is one article with two paths.
    path: the first of `paths`, in sorted order. filed_under: the union of all filings.
    origin: id shared by near-duplicates (reprints, syndicated copies, updated versions); an article without any is its own origin.
    """

    id: str
    path: str
    paths: tuple[str, ...]
    form: Form
    title: str
    text: str
    status: Status
    reason: str
    url: str | None
    publisher: str | None
    author: str | None
    published: date | None
    filed_under: tuple[str, ...]
    origin: str


@dataclass(frozen=True)
class Passage:
    """A run of whole sentences: `article.text[start:end] == text`, offsets in characters (code points)."""

    id: str
    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class When:
    """A time as an interval of days, both ends included. text: the words as written. Publication and ingest time are never put here."""

    start: date
    end: date
    grain: Grain
    text: str


@dataclass(frozen=True)
class Claim:
    """One source's word that ATTACKER attacked VICTIM at WHEN.

    attacker, victim, asserted_by: as written, None where nobody is named. actors: names of the candidate actors behind `attacker`.
    start, end: the span of the article that says so; `quote == article.text[start:end]`.
    incident: id shared by claims about one event (same victim, compatible time).
    """

    article_id: str
    attacker: str | None
    actors: tuple[str, ...]
    victim: str | None
    when: When | None
    asserted_by: str | None
    stance: Stance
    kind: str
    start: int
    end: int
    quote: str
    incident: str = ""
