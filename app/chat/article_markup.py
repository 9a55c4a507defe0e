"""The HTML of an article to read and of a line in the list of articles. Pure: text in, HTML out, every word of it through `app.plain`."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from app.plain import as_html, day, link_html, publisher_of
from app.words import stems
from ingest.nouns import Article, Claim, Passage

_WORD = re.compile(r"\w+")
SNIPPET = 240
"""Characters of a passage shown under a line of the list."""


@dataclass(frozen=True)
class Span:
    """A stretch of an article's text. look: "mark" for what was searched for, "cited" for what a link led to, which is brought into view, "claim" for what claims an attack; told: says more of it."""

    start: int
    end: int
    look: Literal["mark", "cited", "claim"] = "mark"
    told: str = ""


def word_spans(text: str, wanted: frozenset[str], *, at: int = 0) -> list[Span]:
    """Where `text`, which begins at offset `at` of its article, says one of the words, given as stems."""
    return [
        Span(at + match.start(), at + match.end())
        for match in _WORD.finditer(text)
        if wanted and wanted.intersection(stems(match[0]))
    ]  # fmt: skip


def facts_html(article: Article) -> str:
    """Publisher, author, date and link, on one line."""
    facts = [as_html(publisher_of(article)), as_html(article.author or ""), day(article.published), link_html(article.url)]
    return f'<div class="w-facts">{_dotted(facts)}</div>'


def snippet_html(passage: Passage, wanted: frozenset[str]) -> str:
    """The part of a passage where the words stand, cut between words, the words marked."""
    text = " ".join(passage.text.split())
    spans = word_spans(text, wanted)
    first = max(0, min((span.start for span in spans), default=0) - SNIPPET // 4)
    start = text.rfind(" ", 0, first) + 1 if first else 0
    end = len(text) if len(text) - start <= SNIPPET else text.rfind(" ", start, start + SNIPPET)
    inside = [span for span in spans if start <= span.start and span.end <= end]
    said = "".join(_segments(text, start, end if end > start else len(text), inside, {}))
    return f'<p class="w-snippet">{"…" if start else ""}{said}{"…" if end < len(text) else ""}</p>'


def text_html(text: str, *, passages: Sequence[Passage], found: Container[str] = (), spans: Sequence[Span] = ()) -> str:
    """The article's text, a paragraph a line, each passage numbered where it begins, the spans marked; spans may overlap.

    found: ids of the passages that were searched for, whose numbers stand out.
    """
    marks = {passage.start: _number_html(number, found=passage.id in found) for number, passage in enumerate(passages, start=1)}
    body = "".join(f"<p>{paragraph}</p>" for paragraph in _paragraphs(text, spans, marks))
    return f'<div class="w-text w-read">{body}</div>'


def _number_html(number: int, *, found: bool) -> str:
    name, said = ("w-passage w-passage-found", "Passage {}, which was found") if found else ("w-passage", "Passage {}")
    return f'<span class="{name}" title="{said.format(number)}">{number}</span>'


def _paragraphs(text: str, spans: Sequence[Span], marks: Mapping[int, str]) -> Iterator[str]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            inside = [span for span in spans if span.start < end and span.end > start]
            yield "".join(_segments(text, start, end, inside, marks))
        start = end + 1


def _segments(text: str, start: int, end: int, spans: Sequence[Span], marks: Mapping[int, str]) -> Iterator[str]:
    """text[start:end] in pieces over each of which the same spans lie. marks: HTML to put before a place."""
    edges = {start, end, *(max(start, span.start) for span in spans), *(min(end, span.end) for span in spans)}
    edges |= {place for place in marks if start <= place < end}
    for a, b in pairwise(sorted(edges)):
        over = [span for span in spans if span.start <= a and b <= span.end]
        said = as_html(text[a:b])
        if any(span.look == "claim" for span in over):
            told = next(span.told for span in over if span.look == "claim")
            said = f'<span class="w-claim" title="{as_html(told)}">{said}</span>'
        yield marks.get(a, "") + (f"<mark{_name(a, over)}>{said}</mark>" if any(span.look != "claim" for span in over) else said)


def _name(at: int, over: Sequence[Span]) -> str:
    """The id by which the page finds what it brings into view: where the stretch begins that a link led to."""
    return ' id="w-quote"' if any(span.look == "cited" and span.start == at for span in over) else ""


def claim_told(claim: Claim) -> str:
    """A claim in a line: "asserted: APT 31 attacked Norway, 2018"."""
    who = f"{claim.attacker or 'nobody named'} attacked {claim.victim or 'a victim not named'}"
    return f"{claim.stance.replace('_', ' ')}: {who}{f', {claim.when.text}' if claim.when else ''}"


def details_html(pairs: Sequence[tuple[str, str]]) -> str:
    """Names and values below each other; a value that is empty is left out."""
    rows = "".join(f"<div><dt>{as_html(name)}</dt><dd>{as_html(value)}</dd></div>" for name, value in pairs if value)
    return f'<dl class="w-looked">{rows}</dl>'


def _dotted(facts: Sequence[str]) -> str:
    return '<span class="w-dot"> · </span>'.join(fact for fact in facts if fact)
