"""The HTML of an answer, its sources and an article. Pure: text in, HTML out, every word of it through `app.plain`."""

from collections.abc import Iterator, Sequence

from app.chat.turns import ShownAnswer, ShownCitation
from app.nouns import Statement
from app.plain import as_html, day, link_html, publisher_of
from ingest.nouns import Article

NEAR = 280
"""Characters shown of a passage that came close to what was asked."""


def question_html(question: str) -> str:
    return f'<h2 class="w-question">{as_html(question)}</h2>'


def answer_html(statements: Sequence[Statement], turn_id: str) -> str:
    """The sentences with their markers, the first one, which answers, on its own; a marker is a link whose click opens the citation."""
    if not statements:
        return '<p class="w-answer"></p>'
    lead, *others = (_statement_html(statement, turn_id) for statement in statements)
    rest = f'<p class="w-rest">{" ".join(others)}</p>' if others else ""
    return f'<div class="w-answer"><p class="w-lead">{lead}</p>{rest}</div>'


def growing(statements: Sequence[Statement], turn_id: str) -> Iterator[str]:
    """The answer word by word, each step the whole HTML so far; what has been said never changes."""
    for count, statement in enumerate(statements):
        words = statement.text.split(" ")
        for said in range(1, len(words)):
            partial = Statement(" ".join(words[:said]), ())
            yield answer_html([*statements[:count], partial], turn_id)
        yield answer_html(statements[: count + 1], turn_id)


def _statement_html(statement: Statement, turn_id: str) -> str:
    marks = "".join(_mark_html(number, turn_id) for number in statement.citations)
    return f"{as_html(statement.text)}{marks}"


def _mark_html(number: int, turn_id: str) -> str:
    hidden = '<span class="w-hidden">{}</span>'
    return f'<a class="w-cite" href="#cite-{turn_id}-{number}" aria-label="Open source {number}">{hidden.format("[")}{number}{hidden.format("]")}</a>'


def source_html(citation: ShownCitation, turn_id: str, *, kind: str = "cite", again: bool = False) -> str:
    """A source card: title, publisher, date, link, and the quote in its context. again: the card before is of the same article and names it."""
    facts = _dotted([as_html(citation.publisher), day(citation.published), link_html(citation.url)])
    about = "" if again else f'<div class="w-facts">{facts}</div>'
    title = "The same article" if again else as_html(citation.title)
    return (
        f'<article class="w-source"><header><span class="w-number">{citation.number}</span>'
        f'<a class="w-title{" w-again" if again else ""}" href="#{kind}-{turn_id}-{citation.number}">{title}</a></header>'
        f'{about}<blockquote class="w-quote">{_near_html(citation.quote) if kind == "near" else _quoted_html(citation)}</blockquote></article>'
    )


def _quoted_html(citation: ShownCitation) -> str:
    around = '<span class="w-around">{}</span>'
    return f"{around.format(as_html(citation.before))}<mark>{as_html(citation.quote)}</mark>{around.format(as_html(citation.after))}"


def _near_html(passage: str) -> str:
    """How a passage begins that came close: nothing in it is marked, for nothing in it is an answer."""
    words = " ".join(passage.split())
    said = words if len(words) <= NEAR else f"{words[:NEAR].rpartition(' ')[0]}…"
    return f'<span class="w-around">{as_html(said)}</span>'


def article_html(article: Article, *, start: int = 0, end: int = 0) -> str:
    """An article to read, the words at [start:end] marked; the first mark has the id `w-quote`."""
    facts = [as_html(article.author or ""), as_html(publisher_of(article)), day(article.published), link_html(article.url)]
    body = "".join(_paragraphs(article.text, start, end))
    return (
        f'<div class="w-reader"><h3 class="w-reader-title">{as_html(article.title)}</h3><div class="w-facts">{_dotted(facts)}</div>'
        f'<div class="w-text">{body}</div></div>'
    )


def _paragraphs(text: str, start: int, end: int) -> Iterator[str]:
    position = 0
    first = True
    for line in text.split("\n"):
        low, high = max(start, position), min(end, position + len(line))
        if low < high:
            a, b = low - position, high - position
            name = ' id="w-quote"' if first else ""
            first = False
            yield f"<p>{as_html(line[:a])}<mark{name}>{as_html(line[a:b])}</mark>{as_html(line[b:])}</p>"
        elif line.strip():
            yield f"<p>{as_html(line)}</p>"
        position += len(line) + 1


def looked_for_html(answer: ShownAnswer) -> str:
    """What was searched for, where nothing fits."""
    rows = "".join(f"<div><dt>{as_html(name)}</dt><dd>{as_html(value)}</dd></div>" for name, value in answer.looked_for)
    return f'<dl class="w-looked">{rows}</dl>'


def summary_html(answer: ShownAnswer) -> str:
    """The line over the sources: how many quotes, and from how many articles that don't repeat each other."""
    quotes, articles, origins = len(answer.citations), len({citation.article_id for citation in answer.citations}), answer.origins
    if articles == 1:
        said = "1 source" if quotes == 1 else f"{quotes} quotes from 1 article"
    elif articles == origins:
        said = f"{quotes} quotes from {origins} independent sources"
    else:
        said = f"{quotes} quotes from {articles} articles, which repeat {origins} independent source{'s' if origins != 1 else ''}"
    return f'<div class="w-heading">{said}</div>'


def asked_as_html(asked_as: str) -> str:
    """How a follow-up was read."""
    return f'<div class="w-asked">Asked as: {as_html(asked_as)}</div>'


def note_html(note: str) -> str:
    """How the answer came about, where that needs saying."""
    return f'<p class="w-note" role="note">{as_html(note)}</p>'


def reading_html(publishers: Sequence[str], articles: int, *, named: int = 3) -> str:
    """What is being read while the answer is not there yet; without publishers, that it is being looked for."""
    if not articles:
        return '<div class="w-reading" role="status">Looking for sources…</div>'
    names = ", ".join(as_html(name) for name in publishers[:named])
    more = len(publishers) - named
    count = "1 article" if articles == 1 else f"{articles} articles"
    by = f" by {names}{f' and {more} more' if more > 0 else ''}" if names else ""
    return f'<div class="w-reading" role="status">Reading {count}{by}…</div>'


def position_html(name: str, citations: Sequence[ShownCitation]) -> str:
    """The head of one side of a dispute: what it holds, who holds it and since when."""
    who = list(dict.fromkeys(citation.said_by or citation.publisher for citation in citations))
    days = sorted(citation.published for citation in citations if citation.published)
    facts = [as_html(", ".join(who)), day(days[0]) if days else ""]
    return f'<div class="w-position">{as_html(name)}</div><div class="w-facts">{_dotted(facts)}</div>'


def _dotted(facts: Sequence[str]) -> str:
    return '<span class="w-dot"> · </span>'.join(fact for fact in facts if fact)


def copied_html(markdown: str, turn_id: str) -> str:
    """The words that the button "Copy" puts on the clipboard, out of sight."""
    return f'<div class="w-copied" data-markdown="{turn_id}">{as_html(markdown)}</div>'
