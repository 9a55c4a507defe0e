"""The articles page and what it is made of: search, filters, one article, quarantine; hostile words stay words.

python -m pytest tests/test_articles_page.py
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from app_pages import links, over, page_at, press, shown
from conftest import ARTICLES, HARBOUR, ToyEmbedder, reference, write_corpus
from hostile import HOSTILE
from streamlit.testing.v1 import AppTest

from app.chat import resources
from app.chat.article_list import Wanted, every_word, found, line_of, searched_stems
from app.chat.article_markup import Span, snippet_html, text_html, word_spans
from app.chat.writer_job import Writer
from app.chat.writer_process import Outcome, Request, to_line
from app.plain import as_html
from ingest.index import Index
from ingest.nouns import Passage
from ingest.pipeline import IngestReport, keep_anyway
from ingest.store.ledger import Ledger
from ingest.store.writer_lock import writer_lock

DENIED = reference("Harbour log of Skarholm", "Access Denied\n\nYou don't have permission to access this page on this server.")
REPRINT = reference("Harbour shut after a break-in", HARBOUR, url="https://other.example/harbour-shut/", published="2023-05-10")


@pytest.fixture
def index(tmp_path: Path, run_ingest: Callable[..., IngestReport], toy_embedder: ToyEmbedder, monkeypatch: pytest.MonkeyPatch) -> Index:
    """Three articles, a reprint of one and an error page."""
    run_ingest(write_corpus(tmp_path / "corpus", {**ARTICLES, "Gray Heron/denied.md": DENIED, "Gray Heron/reprint.md": REPRINT}))
    opened = Index(tmp_path / "index", toy_embedder)
    over(opened, monkeypatch)
    return opened


def titles(page: AppTest) -> list[str]:
    return [label for label, query in links(page) if "article=" in query]


def id_of(index: Index, title: str) -> str:
    return next(article.id for article in index.ledger.articles() if article.title == title)


def test_the_list_has_the_kept_articles_latest_first(index: Index) -> None:
    page = page_at("articles")
    assert not page.exception
    assert titles(page) == [
        "Harbour shut after a break-in",
        "Harbour of Lysefjord closed after intrusion",
        "Northwind Bank loses customer records",
        "Wiper hits Ministry of Fisheries",
    ]
    assert "8 May 2023" in shown(page)


def test_words_of_the_text_find_it_and_are_marked_in_the_line_and_in_the_article(index: Index) -> None:
    page = page_at("articles", q="fishing licences")
    assert titles(page) == ["Wiper hits Ministry of Fisheries"]
    assert "<mark>fishing</mark> <mark>licences</mark>" in shown(page)
    (query,) = [query for _, query in links(page) if "article=" in query]
    assert query == f"article={id_of(index, 'Wiper hits Ministry of Fisheries')}&q=fishing+licences"
    opened = page_at("articles", article=id_of(index, "Wiper hits Ministry of Fisheries"), q="fishing licences")
    assert "<mark>fishing</mark> <mark>licences</mark>" in shown(opened)
    assert "w-passage-found" in shown(opened)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": '"two days"'}, 2), ({"q": '"days two"'}, 0), ({"q": "other"}, 1), ({"q": "Paper Lantern"}, 1), ({"q": "zxcv"}, 0), ({"q": "the"}, 4),
        ({"since": "2023-01-01"}, 2), ({"until": "2021-12-31"}, 1), ({"since": "2022-01-01", "until": "2022-12-31"}, 1), ({"publisher": "Other"}, 1),
        ({"status": "Quarantined"}, 1), ({"status": "nonsense"}, 4), ({"since": "nonsense"}, 4), ({"publisher": "nonsense"}, 4), ({"q": "AND ( * NEAR"}, 0),
    ],
)  # fmt: skip
def test_filters_stand_in_the_address(index: Index, query: dict[str, str], count: int) -> None:
    page = page_at("articles", **query)
    assert not page.exception
    assert len(titles(page)) == count


def test_what_is_typed_enters_the_address_and_leaves_it(index: Index) -> None:
    page = page_at("articles")
    page.text_input(key="q").set_value("fishing").run()
    assert page.query_params["q"] == "fishing"
    page.text_input(key="q").set_value("").run()
    assert "q" not in page.query_params


def test_an_article_shows_what_is_known_of_it_and_its_reprints(index: Index) -> None:
    page = page_at("articles", article=id_of(index, "Harbour of Lysefjord closed after intrusion"))
    html = shown(page)
    assert not page.exception
    for said in ("Gray Heron", "8 May 2023", "shared with 1 other", "Gray Heron/harbour.md", 'href="https://news.example/'):
        assert said in html
    assert any("Harbour shut after a break-in · " in label for label, _ in links(page))
    assert html.count('class="w-passage"') == len(index.ledger.passages_of(id_of(index, "Harbour of Lysefjord closed after intrusion")))


def test_the_stretch_that_the_address_names_is_marked(index: Index) -> None:
    name = id_of(index, "Wiper hits Ministry of Fisheries")
    text = index.article(name).text  # type: ignore[union-attr]
    start = text.index("backups")
    assert '<mark id="w-quote">backups</mark>' in shown(page_at("articles", article=name, at=f"{start}-{start + 7}"))
    assert "<mark" not in shown(page_at("articles", article=name, at="9-x"))


def test_an_address_of_no_article_is_said_so(index: Index) -> None:
    page = page_at("articles", article="<b>no such</b>")
    assert not page.exception
    assert "not in the index" in page.info[0].value


def test_a_quarantined_article_shows_its_reason_and_is_kept_by_the_button(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    writing_here(index, monkeypatch)
    page = page_at("articles", status="Quarantined")
    assert "Access denied" in shown(page)
    press(page, "keep-")
    assert not page.error
    kept = next(article for article in index.ledger.articles(status="kept") if article.path == "Gray Heron/denied.md")
    assert page_at("articles", article=kept.id).info[0].value.startswith("Kept on request")
    press(page_at("articles", article=kept.id), "release-")
    assert [article.path for article in index.ledger.articles(status="quarantined")] == ["Gray Heron/denied.md"]


def writing_here(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the page's writer work in this process, with the embedder of the tests."""

    class Here(Writer):
        def start(self, request: Request):  # type: ignore[no-untyped-def]
            keep_anyway(request.keep or request.release, index.folder, embedder=index.embedder, today=date(2024, 6, 1), keep=bool(request.keep))
            return super().start(Request())

    done = ["python", "-c", f"import sys; sys.stdin.readline(); print({to_line(Outcome())!r})"]
    monkeypatch.setattr(resources, "Writer", lambda folder, after: Here(folder, command=done))


def test_while_another_writes_keeping_says_who_it_is_and_nothing_changes(index: Index) -> None:
    page = page_at("articles", status="Quarantined")
    with writer_lock(index.folder):
        press(page, "keep-")
    assert "process" in page.error[0].value
    assert len(list(Ledger(index.folder).articles(status="quarantined"))) == 1


def test_a_list_changes_when_only_the_quarantine_has(index: Index, run_ingest: Callable[..., IngestReport], tmp_path: Path) -> None:
    assert len(resources.article_lines(str(index.folder))) == 5
    run_ingest(write_corpus(tmp_path / "more", {"a/denied.md": DENIED.replace("Skarholm", "Vikhavn")}))
    assert len(resources.article_lines(str(index.folder))) == 6


# The parts


def test_every_word_makes_a_query_in_which_nothing_is_an_operator() -> None:
    assert every_word("customs invoices") == '"customs" AND "invoices"'
    assert every_word('say "two days" of the harbour') == '"two days" AND "say" AND "harbour"'
    assert every_word("who was it") == '"who" AND "was" AND "it"'
    assert every_word('" ( * ^ :') == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_searched_for_without_an_error_and_shown_as_words(small_index: Index, text: str) -> None:
    query = every_word(text)
    ids = small_index.search_words(query, limit=10) if query else []
    lines = [line_of(article) for article in small_index.ledger.articles()]
    found(lines, Wanted(text), ranked=ids)
    passage = Passage("p", "a", 0, len(text), text)
    stems = searched_stems(text)
    spans = word_spans(text, stems)
    for html in (text_html(text, passages=[passage], found={"p"}, spans=[*spans, Span(0, len(text), "claim", text)]), snippet_html(passage, stems)):
        for part in ("<mark>", "</mark>", "</span>", "<p>", "</p>", '<p class="w-snippet">', "</div>"):
            html = html.replace(part, "")
        html = html.replace('<div class="w-text w-read">', "").replace(
            '<span class="w-passage w-passage-found" title="Passage 1, which was found">', ""
        )
        html = html.replace(f'<span class="w-claim" title="{as_html(text)}">', "")
        assert "<" not in html


def test_spans_may_overlap_and_no_word_is_lost() -> None:
    text = "One two.\nThree four five."
    html = text_html(text, passages=[Passage("p", "a", 0, len(text), text)], spans=[Span(4, 14), Span(9, 19), Span(0, 7, "claim", "said")])
    assert re.sub(r'<span class="w-passage"[^>]*>\d+</span>|<[^>]+>', "", html.replace("</p><p>", "\n")) == text
