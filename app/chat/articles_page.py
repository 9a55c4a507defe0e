"""The articles: search and filters, one article with its passages and what is known of it, and what was quarantined, with a way to keep it anyway."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from app.chat.article_list import Line, Wanted, every_word, found, name_of, reprints, searched_stems
from app.chat.article_markup import Span, claim_told, details_html, facts_html, snippet_html, text_html, word_spans
from app.chat.clicks import listen
from app.chat.navigation import ADDING, ARTICLES, link
from app.chat.quarantine import keep_button, show_verdict
from app.chat.resources import article_lines, index_folder, opened
from app.plain import as_html, as_option, day
from ingest.index import Index
from ingest.nouns import Article, Passage

PAGE = 20
"""Articles on one page of the list."""
DEPTH = 2000
"""Passages that a search may bring; an article has about six."""
KEPT, QUARANTINED = "Kept", "Quarantined"
_EARLIEST = date(1980, 1, 1)
FILTERS = ("q", "status", "publisher", "since", "until")
"""Keys of the filters, which stand in the page's address under these names."""


def show() -> None:
    """The list, or the article that the address names. Raises WhodunitError where there is no index."""
    index = opened(str(index_folder()))
    lines = article_lines(str(index.folder))
    # A link from this page to itself changes what is read here, but not what the browser shows as its address and sends with the next click.
    st.query_params.from_dict(st.query_params.to_dict())
    wanted = st.query_params.get("article", "")
    if wanted:
        _one(wanted, index, lines)
    else:
        _list(index, lines)


# The list


def _list(index: Index, lines: tuple[Line, ...]) -> None:
    st.html('<h1 class="w-page">Articles</h1>')
    wanted = _filters(lines)
    ranked = _ranked(index, wanted.text)
    chosen = found(lines, wanted, ranked=ranked)
    st.html(f'<div class="w-count" role="status">{_counted(len(chosen))}</div>')
    pages = -(-len(chosen) // PAGE)
    place = st.container(gap=None)
    page = 1
    if pages > 1:
        with st.container(horizontal=True, horizontal_alignment="center"):
            page = st.pagination(pages, key=f"page-{hash(wanted)}")
    with place:
        for line in chosen[(page - 1) * PAGE : page * PAGE]:
            _row(line, ranked.get(line.id), wanted.text)
    if not chosen:
        link(ADDING, "Add sources", icon=":material/note_add:")


def _filters(lines: tuple[Line, ...]) -> Wanted:
    """The widgets of the filters; each stands in the address, so that a list can be handed on, and the way back from an article leads to it."""
    quarantined = sum(line.status == "quarantined" for line in lines)
    counts = {KEPT: len(lines) - quarantined, QUARANTINED: quarantined}
    publishers = sorted({line.publisher for line in lines}, key=str.casefold)
    _out_of_the_address(publishers)
    text = st.text_input(
        "Search", key="q", placeholder="Words, a “phrase”, a publisher, an actor", icon=":material/search:", label_visibility="collapsed", max_chars=300
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        status = st.segmented_control(
            "Status", list(counts), required=True, key="status", label_visibility="collapsed", format_func=lambda name: f"{name} · {counts[name]:,}"
        )  # fmt: skip
        chosen = st.selectbox(
            "Publisher", publishers, index=None, key="publisher", placeholder="All publishers", format_func=lambda name: as_option(name, limit=60),
            label_visibility="collapsed",
        )  # fmt: skip
    with st.grid(2, min_column_width=140):
        since = st.date_input("Published from", value=None, min_value=_EARLIEST, max_value="today", key="since", format="YYYY-MM-DD")
        until = st.date_input("Published until", value=None, min_value=_EARLIEST, max_value="today", key="until", format="YYYY-MM-DD")
    if since and until and since > until:
        st.warning("“Published from” is later than “published until”: nothing can fit both.", icon=":material/event_busy:")
    _into_the_address()
    return Wanted(text or "", "quarantined" if status == QUARANTINED else "kept", (chosen,) if chosen else (), since, until)


def _out_of_the_address(publishers: Sequence[str]) -> None:
    """Gives each filter that was not on the page just before the value that stands in the address, where it is one that it can have."""
    # Streamlit's own binding of widgets to the address reads it when a session begins, not when a link within the page changes it.
    given = {name: st.query_params.get(name, "") for name in FILTERS}
    given["status"] = given["status"] if given["status"] in (KEPT, QUARANTINED) else KEPT
    given["publisher"] = given["publisher"] if given["publisher"] in publishers else ""
    for name in FILTERS:
        if name not in st.session_state:
            st.session_state[name] = _day(given[name]) if name in ("since", "until") else given[name][:300] or (None if name == "publisher" else "")


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _EARLIEST <= day <= date.today() else None


def _into_the_address() -> None:
    for name in FILTERS:
        value = str(st.session_state[name] or "")
        if value and (name, value) != ("status", KEPT):
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)


def _asked() -> dict[str, str]:
    """The filters as they stand in the address: an article that is opened carries them along for the way back."""
    return {name: st.query_params[name] for name in FILTERS if st.query_params.get(name)}


def _ranked(index: Index, text: str) -> Mapping[str, Passage]:
    """The passage to show of every article that holds the words, best article first."""
    query = every_word(text)
    if not query:
        return {}
    ids = index.search_words(query, limit=DEPTH)
    passages = index.passages(ids)
    stems = searched_stems(text)
    best: dict[str, Passage] = {}
    for passage in (passages[passage_id] for passage_id in ids if passage_id in passages):
        # A passage is also found by its article's title; one that says the words itself tells more.
        if passage.article_id not in best or not (stems & searched_stems(best[passage.article_id].text)):
            best[passage.article_id] = passage
    return best


def _counted(count: int) -> str:
    return "No article fits." if not count else "1 article" if count == 1 else f"{count:,} articles"


def _row(line: Line, passage: Passage | None, text: str) -> None:
    with st.container(key=f"line-{line.id}", gap=None):
        link(ARTICLES, line.name, article=line.id, **_asked())
        st.html(f'<div class="w-facts">{_facts(line)}</div>{_below(line, passage, text)}')
        if line.status == "quarantined":
            keep_button(line.id, line.path)


def _facts(line: Line) -> str:
    return as_html("actor card" if line.form == "card" else f"{line.publisher} · {day(line.published)}")


def _below(line: Line, passage: Passage | None, text: str) -> str:
    if line.reason:
        return f'<p class="w-why"><b class="w-quarantined">{as_html(line.reason[:1].upper() + line.reason[1:])}</b></p>'
    return snippet_html(passage, searched_stems(text)) if passage and text else ""


# One article


def _one(article_id: str, index: Index, lines: tuple[Line, ...]) -> None:
    words = st.query_params.get("q", "")
    with st.container(key="back"):
        link(ARTICLES, "All articles", icon=":material/arrow_back:", **_asked())
    article = index.article(article_id)
    if article is None:
        st.info("This article is not in the index, or its text has changed since the link was made.", icon=":material/find_in_page:")
        return
    st.html(f'<h1 class="w-article-title">{as_html(name_of(article))}</h1>{facts_html(article)}')
    show_verdict(article)
    passages = index.ledger.passages_of(article_id)
    same = reprints(lines, article.origin, but=article.id)
    with st.expander("About this article", icon=":material/info:"):
        st.html(details_html(_details(article, len(passages), len(same))))
    if same:
        with st.container(key="reprints", gap="xsmall"):
            st.html(f'<div class="w-heading">The same text elsewhere; together they count as one source ({len(same)})</div>')
            for line in same[:10]:
                link(ARTICLES, f"{line.name} · {line.publisher}, {day(line.published)}", article=line.id)
    spans = [*word_spans(article.text, searched_stems(words)), *_cited(), *_claimed(article, index)]
    st.html(text_html(article.text, passages=passages, found=_holding(passages, words), spans=spans))
    listen()


def _details(article: Article, passages: int, same: int) -> list[tuple[str, str]]:
    return [
        ("publisher", article.publisher or ""),
        ("author", article.author or ""),
        ("published", day(article.published)),
        ("address", article.url or ""),
        ("filed under", "; ".join(article.filed_under)),
        ("files", "\n".join(article.paths[:8])),
        ("form", article.form),
        ("passages", str(passages)),
        ("origin", f"shared with {same} other{'s' if same != 1 else ''}" if same else "its own"),
    ]


def _holding(passages: tuple[Passage, ...], words: str) -> frozenset[str]:
    """Ids of the passages that hold every word."""
    wanted = searched_stems(words)
    return frozenset(passage.id for passage in passages if wanted and wanted <= searched_stems(passage.text))


def _cited() -> list[Span]:
    """The stretch that the address names, `at=START-END`."""
    start, _, end = st.query_params.get("at", "").partition("-")
    return [Span(int(start), int(end), "cited")] if start.isdecimal() and end.isdecimal() else []


def _claimed(article: Article, index: Index) -> list[Span]:
    """What the article claims about attacks."""
    return [
        Span(one.claim.start, one.claim.end, "claim", claim_told(one.claim)) for one in index.claims() if one.article.id == article.id
    ]  # fmt: skip
