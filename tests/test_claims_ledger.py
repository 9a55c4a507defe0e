"""Claims in the ledger: they enter with their article, go with it, are read anew when reader or cards change, and old indexes get them in place.

python -m pytest tests/test_claims_ledger.py
"""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TODAY, ToyEmbedder, write_corpus
from toy_claims import ToyClaimReader, build, card, story

from ingest.actors.actor_index import ActorIndex
from ingest.claims import walk
from ingest.index import Index
from ingest.nouns import Article, Claim
from ingest.pipeline import IngestReport, ingest, keep_anyway, roots_of
from ingest.progress import Progress
from ingest.store.health import check
from ingest.store.ledger import Ledger

HERON = "Gray Heron attacked Northwind Bank on 3 May 2023, Kestrel Labs said."
LANTERN = "Paper Lantern may have attacked the Lysefjord Port Authority in June 2022, Tidewater Institute said."
FILES = {"heron.md": story("Bank robbed", HERON), "lantern.md": story("Port closed", LANTERN)}
Ingest = Callable[..., IngestReport]


@pytest.fixture
def again(tmp_path: Path) -> Ingest:
    """Ingests files into the same index once more."""

    def run(files: dict[str, str], **options: object) -> IngestReport:
        settings = {"embedder": ToyEmbedder(), "claim_reader": ToyClaimReader(), "today": TODAY, **options}
        return ingest(roots_of([write_corpus(tmp_path / "claims corpus", files)]), tmp_path / "index", **settings)  # type: ignore[arg-type]

    return run


def without_place_for_claims(folder: Path) -> None:
    """Makes of an index what an earlier Whodunit would have made."""
    connection = sqlite3.connect(folder / "ledger.sqlite3")
    connection.executescript("DROP TABLE claims; DROP TABLE readings; UPDATE meta SET value = '1' WHERE key = 'schema'")
    connection.execute("DELETE FROM meta WHERE key IN ('claim_reader', 'claim_names', 'linking')")
    connection.commit()
    connection.close()


def victims(folder: Path) -> list[str | None]:
    return sorted((claim.victim for claim in Ledger(folder).claims()), key=str)


def test_claims_come_back_as_they_were_read(tmp_path: Path) -> None:
    index = build(tmp_path, FILES)
    reader = ToyClaimReader()
    for article in index.ledger.articles(status="kept"):
        stored = [claim for claim in index.ledger.claims() if claim.article_id == article.id]
        assert [replace(claim, incident="") for claim in stored] == list(reader.read(article, actors=ActorIndex(())))
        assert all(claim.incident for claim in stored)
        assert all(claim.quote == article.text[claim.start : claim.end] for claim in stored)
    assert index.ledger.counts()["claims"] == 2
    assert index.ledger.counts()["incidents"] == 2
    assert check(index.folder).problems == ()


def test_quotes_hold_beyond_the_basic_plane(tmp_path: Path) -> None:
    index = build(tmp_path, {"a.md": story("Fox", "🦊 It says so: Gray Heron attacked Zürich’s Bank 🐦‍⬛ on 3 May 2023.")})
    (claim,) = index.ledger.claims()
    article = index.article(claim.article_id)
    assert article is not None
    assert claim.quote == article.text[claim.start : claim.end]
    assert claim.quote.endswith("on 3 May 2023.")


def test_an_unchanged_article_is_read_once_and_a_changed_one_again(tmp_path: Path, again: Ingest) -> None:
    build(tmp_path, FILES)
    reader = ToyClaimReader()
    again(FILES, claim_reader=reader)
    assert reader.articles == 0
    again({"heron.md": story("Bank robbed", HERON.replace("Northwind", "Southwind"))}, claim_reader=reader)
    assert reader.articles == 1
    assert victims(tmp_path / "index") == ["Southwind Bank", "the Lysefjord Port Authority"]
    assert check(tmp_path / "index").problems == ()


def test_claims_go_with_their_article(tmp_path: Path, again: Ingest) -> None:
    build(tmp_path, FILES)
    (tmp_path / "claims corpus" / "heron.md").unlink()
    again({}, prune=True)
    assert victims(tmp_path / "index") == ["the Lysefjord Port Authority"]


def test_a_quarantined_article_claims_nothing_until_it_is_kept(tmp_path: Path) -> None:
    denied = {
        "denied.md": '# Reference for threat actor for "A"\n\n**Title**: Access Denied\n\n**Source**: https://news.example/x\n\n## Content\nAccess Denied'
    }
    index = build(tmp_path, {**FILES, **denied})
    (article,) = index.ledger.articles(status="quarantined")

    class Eager(ToyClaimReader):
        def read(self, article: Article, *, actors: ActorIndex) -> tuple[Claim, ...]:
            at = article.text.index("Denied")
            return (Claim(article.id, "Gray Heron", (), "Gate", None, None, "asserted", "other", at, at + 6, "Denied"),)

    keep_anyway(article.id, index.folder, embedder=ToyEmbedder(), today=TODAY, claim_reader=Eager())
    assert "Gate" in victims(index.folder)
    assert check(index.folder).problems == ()


def test_another_reader_reads_everything_anew_and_nothing_is_embedded(tmp_path: Path, again: Ingest) -> None:
    build(tmp_path, FILES)
    embedder, reader, seen = ToyEmbedder(), ToyClaimReader("better-claims"), list[Progress]()
    again(FILES, embedder=embedder, claim_reader=reader, watch=seen.append)
    assert (reader.articles, embedder.embedded) == (2, 0)
    assert [(one.done, one.total) for one in seen if one.stage == "claims"] == [(1, 2), (2, 2)]
    assert Ledger(tmp_path / "index").meta("claim_reader") == "better-claims"
    assert check(tmp_path / "index").problems == ()


def test_a_reading_that_was_cut_short_is_finished_by_the_next_run(tmp_path: Path, again: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "BATCH_CHARACTERS", 1)
    build(tmp_path, FILES)

    class Interrupted(ToyClaimReader):
        def read(self, article: Article, *, actors: ActorIndex) -> tuple[Claim, ...]:
            if self.articles:
                raise KeyboardInterrupt
            return super().read(article, actors=actors)

    with pytest.raises(KeyboardInterrupt):
        again(FILES, claim_reader=Interrupted("better-claims"))
    assert any("cut short" in problem for problem in check(tmp_path / "index").problems)
    reader = ToyClaimReader("better-claims")
    again(FILES, claim_reader=reader)
    assert reader.articles == 1
    assert check(tmp_path / "index").problems == ()


def test_a_card_that_comes_later_has_its_articles_read_again_and_no_others(tmp_path: Path, again: Ingest) -> None:
    build(tmp_path, FILES)
    reader = ToyClaimReader()
    again({"cards/heron.md": card("Gray Heron", "Slate Egret (Kestrel Labs)")}, claim_reader=reader)
    index = Index(tmp_path / "index", ToyEmbedder())
    assert reader.articles == 2, "the card itself, and the article that names Gray Heron"
    assert [one.claim.actors for one in index.claims() if one.claim.attacker == "Gray Heron"] == [("Gray Heron",)]


def test_an_index_from_before_claims_can_be_asked_and_gets_them_in_place(tmp_path: Path, again: Ingest) -> None:
    folder = build(tmp_path, FILES).folder
    without_place_for_claims(folder)
    before = Index(folder, ToyEmbedder())
    assert before.claims() == ()
    assert before.ledger.counts()["claims"] == 0
    assert any("whodunit ingest" in problem for problem in check(folder).problems)
    embedder = ToyEmbedder()
    again(FILES, embedder=embedder)
    assert embedder.embedded == 0
    assert len(before.claims()) == 2, "an index that was open sees them too"
    assert check(folder).problems == ()


def test_an_index_can_be_written_without_a_claim_reader(tmp_path: Path, again: Ingest) -> None:
    again(FILES, claim_reader=None)
    assert victims(tmp_path / "index") == []
    assert check(tmp_path / "index").problems == ()
    again(FILES)
    assert len(victims(tmp_path / "index")) == 2


def test_check_finds_a_claim_whose_words_are_not_in_its_article(tmp_path: Path) -> None:
    folder = build(tmp_path, FILES).folder
    connection = sqlite3.connect(folder / "ledger.sqlite3")
    connection.execute("UPDATE claims SET end = 99999 WHERE attacker = 'Gray Heron'")
    connection.commit()
    connection.close()
    assert any("words of 1 claims" in problem for problem in check(folder).problems)


def test_a_reader_that_misquotes_is_stopped_and_nothing_of_the_article_is_stored(tmp_path: Path) -> None:
    class Misquoting(ToyClaimReader):
        def read(self, article: Article, *, actors: ActorIndex) -> tuple[Claim, ...]:
            return tuple(replace(claim, quote="in other words") for claim in super().read(article, actors=actors))

    with pytest.raises(ValueError, match="not its words"):
        build(tmp_path, FILES, reader=Misquoting())
    assert list(Ledger(tmp_path / "index").articles()) == []
