"""Ingest: what goes in is there once, what changes is replaced, what is wrong is refused in one line and loses nothing.

python -m pytest tests/test_pipeline.py
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ARTICLES, BANK, HARBOUR, TODAY, ToyEmbedder, reference, write_corpus

from ingest.errors import IndexLockedError, SourceError, WrongEmbedderError
from ingest.index import Index
from ingest.pipeline import IngestReport, ingest, keep_anyway, roots_of
from ingest.store.health import check
from ingest.store.ledger import Ledger
from ingest.store.writer_lock import writer_lock

Run = Callable[..., IngestReport]


def kept(folder: Path) -> dict[str, str]:
    """Title by path of every kept article."""
    return {article.path: article.title for article in Ledger(folder).articles(status="kept")}


def test_three_articles_become_passages_that_are_found(small_index: Index) -> None:
    counts = small_index.ledger.counts()
    assert counts["kept"] == 3
    assert counts["passages"] >= 3
    assert check(small_index.folder).problems == ()


def test_every_passage_in_the_ledger_is_its_article_at_its_offsets(small_index: Index) -> None:
    for article in small_index.ledger.articles():
        for passage in small_index.ledger.passages_of(article.id):
            assert article.text[passage.start : passage.end] == passage.text


def test_offsets_hold_beyond_the_basic_plane(tmp_path: Path, run_ingest: Run) -> None:
    body = "🦊 The group 🐦‍⬛ hit Zürich’s “harbour” on 3 May. " + HARBOUR
    run_ingest(write_corpus(tmp_path / "c", {"a.md": reference("Emoji in Zürich", body)}))
    ledger = Ledger(tmp_path / "index")
    (article,) = ledger.articles()
    for passage in ledger.passages_of(article.id):
        assert article.text[passage.start : passage.end] == passage.text


def test_unchanged_files_are_neither_read_nor_embedded_again(corpus: Path, run_ingest: Run, toy_embedder: ToyEmbedder) -> None:
    run_ingest(corpus)
    embedded = toy_embedder.embedded
    report = run_ingest(corpus)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 3)
    assert toy_embedder.embedded == embedded


def test_a_changed_article_is_replaced_whole(corpus: Path, run_ingest: Run, tmp_path: Path) -> None:
    run_ingest(corpus)
    text = ARTICLES["Gray Heron/harbour.md"].replace("Gray Heron it", "Gray Heron it").replace("two days", "nine weeks")
    write_corpus(corpus, {"Gray Heron/harbour.md": text})
    report = run_ingest(corpus)
    assert (report.changed, report.unchanged) == (1, 2)
    index = Index(tmp_path / "index", ToyEmbedder())
    assert index.search_words('"nine weeks"', limit=5)
    assert not index.search_words('"two days"', limit=5)
    assert index.ledger.counts()["kept"] == 3
    assert check(tmp_path / "index").problems == ()


def test_a_shortened_article_leaves_no_passage_behind(tmp_path: Path, run_ingest: Run) -> None:
    folder = write_corpus(tmp_path / "c", {"a.md": reference("Long story", (HARBOUR + BANK) * 4)})
    run_ingest(folder)
    before = Ledger(tmp_path / "index").counts()["passages"]
    write_corpus(folder, {"a.md": reference("Long story", HARBOUR + BANK)})
    run_ingest(folder)
    assert Ledger(tmp_path / "index").counts()["passages"] < before
    assert check(tmp_path / "index").problems == ()


def test_a_deleted_file_stays_until_pruning_is_asked_for(corpus: Path, run_ingest: Run, tmp_path: Path) -> None:
    run_ingest(corpus)
    (corpus / "Paper Lantern/bank.md").unlink()
    run_ingest(corpus)
    assert len(kept(tmp_path / "index")) == 3
    report = run_ingest(corpus, prune=True)
    assert report.removed == 1
    assert sorted(kept(tmp_path / "index")) == ["Gray Heron/harbour.md", "Unknown/ministry.md"]
    assert check(tmp_path / "index").problems == ()


def test_pruning_an_emptied_folder_is_refused_and_loses_nothing(corpus: Path, run_ingest: Run, tmp_path: Path) -> None:
    run_ingest(corpus)
    for file in corpus.rglob("*.md"):
        file.unlink()
    with pytest.raises(SourceError, match="3 files known from there are kept"):
        run_ingest(corpus, prune=True)
    assert len(kept(tmp_path / "index")) == 3


def test_pruning_with_files_given_one_by_one_forgets_none_of_their_neighbours(corpus: Path, run_ingest: Run, tmp_path: Path) -> None:
    run_ingest(corpus)
    folder = corpus / "Gray Heron"
    run_ingest(folder)
    write_corpus(folder, {"bank.md": reference("Northwind Bank robbed", BANK)})
    report = run_ingest(folder / "harbour.md", folder / "bank.md", prune=True)
    assert report.removed == 0
    assert run_ingest(folder / "harbour.md", prune=True).removed == 0
    assert len(kept(tmp_path / "index")) == 4


def test_one_article_filed_twice_is_one_article_with_two_paths(tmp_path: Path, run_ingest: Run) -> None:
    files = {"A/x.md": reference("Harbour closed", HARBOUR, actor="A"), "B/x.md": reference("Harbour closed", HARBOUR, actor="B")}
    folder = write_corpus(tmp_path / "c", files)
    run_ingest(folder)
    (article,) = Ledger(tmp_path / "index").articles(status="kept")
    assert article.paths == ("A/x.md", "B/x.md")
    assert article.filed_under == ("A", "B")
    (folder / "A/x.md").unlink()
    run_ingest(folder, prune=True)
    (article,) = Ledger(tmp_path / "index").articles(status="kept")
    assert article.paths == ("B/x.md",)
    assert check(tmp_path / "index").problems == ()


def test_the_same_paragraph_in_two_articles_is_found_in_both(tmp_path: Path, run_ingest: Run) -> None:
    files = {"a.md": reference("First report", HARBOUR), "b.md": reference("Second report", HARBOUR)}
    run_ingest(write_corpus(tmp_path / "c", files))
    index = Index(tmp_path / "index", ToyEmbedder())
    found = index.passages(index.search_words("lysefjord", limit=10))
    assert len({passage.article_id for passage in found.values()}) == 2
    assert check(tmp_path / "index").problems == ()


def test_an_error_page_is_quarantined_and_can_be_kept_anyway(corpus: Path, run_ingest: Run, tmp_path: Path) -> None:
    write_corpus(corpus, {"X/denied.md": reference("Access Denied", "Access Denied\nYou don't have permission to access this page.")})
    report = run_ingest(corpus)
    ((path, reason),) = report.quarantined
    assert path == "X/denied.md"
    assert reason
    (article,) = Ledger(tmp_path / "index").articles(status="quarantined")
    assert keep_anyway(article.id, tmp_path / "index", embedder=ToyEmbedder(), today=TODAY) == 1
    assert "X/denied.md" in kept(tmp_path / "index")
    run_ingest(corpus)
    assert "X/denied.md" in kept(tmp_path / "index")
    assert check(tmp_path / "index").problems == ()


def test_keep_overrides_the_verdict_for_a_whole_run(corpus: Path, run_ingest: Run, tmp_path: Path) -> None:
    write_corpus(corpus, {"X/denied.md": reference("Access Denied", "Access Denied\nYou don't have permission to access this page.")})
    run_ingest(corpus, keep=True)
    assert len(kept(tmp_path / "index")) == 4


def test_an_unreadable_file_is_named_and_the_rest_goes_in(corpus: Path, run_ingest: Run, tmp_path: Path) -> None:
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing that a PDF holds")
    report = run_ingest(corpus)
    assert [path for path, _ in report.unread] == ["broken.pdf"]
    assert len(kept(tmp_path / "index")) == 3


def test_an_empty_folder_is_an_error(tmp_path: Path, run_ingest: Run) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="No articles in"):
        run_ingest(tmp_path / "empty")


def test_a_path_that_does_not_exist_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="invented"):
        roots_of([tmp_path / "invented"])


def test_an_index_of_another_embedder_is_refused_and_kept(corpus: Path, run_ingest: Run, tmp_path: Path) -> None:
    run_ingest(corpus)
    with pytest.raises(WrongEmbedderError, match=r"toy.*other"):
        run_ingest(corpus, embedder=ToyEmbedder("other"))
    with pytest.raises(WrongEmbedderError):
        Index(tmp_path / "index", ToyEmbedder("other"))
    assert len(kept(tmp_path / "index")) == 3


def test_a_second_writer_is_told_who_holds_the_index(corpus: Path, tmp_path: Path) -> None:
    with writer_lock(tmp_path / "index"), pytest.raises(IndexLockedError, match=r"process \d+ since"):
        ingest(roots_of([corpus]), tmp_path / "index", embedder=ToyEmbedder(), today=TODAY)


def test_equal_paths_of_two_folders_stay_apart(tmp_path: Path, run_ingest: Run) -> None:
    first = write_corpus(tmp_path / "one", {"a.md": reference("Harbour closed", HARBOUR)})
    second = write_corpus(tmp_path / "two", {"a.md": reference("Bank robbed", BANK)})
    run_ingest(first)
    run_ingest(second)
    assert Ledger(tmp_path / "index").counts()["kept"] == 2


def test_a_run_cut_short_is_finished_by_the_next(corpus: Path, run_ingest: Run, tmp_path: Path) -> None:
    class Failing(ToyEmbedder):
        def embed(self, texts):  # type: ignore[no-untyped-def]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_ingest(corpus, embedder=Failing())
    assert kept(tmp_path / "index") == {}
    run_ingest(corpus)
    assert len(kept(tmp_path / "index")) == 3
    assert check(tmp_path / "index").problems == ()


def test_a_reader_that_is_open_sees_what_a_writer_adds(small_index: Index, tmp_path: Path, run_ingest: Run) -> None:
    question = small_index.embed(["observatory telescope stolen"])
    before = small_index.search_vectors(question, limit=50)
    story = reference("Observatory robbed", "The observatory said its telescope plans were stolen by Gray Heron in May 2020. " * 6)
    run_ingest(write_corpus(tmp_path / "more", {"b.md": story}))
    after = small_index.search_vectors(question, limit=50)
    assert {passage_id for passage_id, _ in before} < {passage_id for passage_id, _ in after}
