"""What several test files share: an embedder that can be computed in one's head, and articles written for the tests.

python -m pytest tests
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ingest.embedding import Vectors
from ingest.index import Index
from ingest.pipeline import IngestReport, ingest, roots_of
from ingest.sentences import sentence_spans

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TODAY = date(2024, 6, 1)


class ToyEmbedder:
    """Counts words: each word adds 1 at a place that its hash chooses, so texts that share words are near each other."""

    def __init__(self, fingerprint: str = "toy") -> None:
        self.fingerprint = fingerprint
        self.dimension = 64
        self.embedded = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded += len(texts)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().replace(".", " ").replace(",", " ").replace("?", " ").split():
                vectors[row, blake2b(word.encode(), digest_size=1).digest()[0] % self.dimension] += 1.0
            vectors[row, 0] += 0.01
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


HARBOUR = """
The port authority of Lysefjord said on Monday that a group it calls Gray Heron broke into its cargo system on 3 May 2023.
Customs officers noticed the intrusion after invoices went missing, and the harbour was closed for two days while servers were rebuilt.
The police said that no ransom had been paid and that the investigation into the Lysefjord intrusion would go on for several months.
"""
BANK = """
Three employees of Northwind Bank opened a letter that looked like a tax notice, and the thieves were inside within an hour.
The bank told its customers in March 2022 that the gang known as Paper Lantern had taken records of 40,000 accounts from Northwind.
Paper Lantern denied this on its own page, and the regulator of Northwind said in April that it could not name anybody.
"""
MINISTRY = """
Nobody has been blamed for the attack on the Ministry of Fisheries, which lost its mail server to wiper malware in June 2021.
A spokeswoman of the Ministry of Fisheries said that backups had been found intact and that fishing licences were issued on paper.
The national computer centre listed evil[.]com and 198.51.100.7 as addresses that the wiper had called before it destroyed the disks.
"""


def reference(title: str, body: str, *, actor: str = "Gray Heron", url: str = "", published: str = "") -> str:
    """An article in the reference form."""
    address = url or f"https://news.example/{title.lower().replace(' ', '-')}/"
    dated = f"**Published**: {published}\n\n" if published else ""
    return f'# Reference for threat actor for "{actor}"\n\n**Title**: {title}\n\n**Source**: {address}\n\n{dated}## Content\n{body.strip()}\n'


ARTICLES = {
    "Gray Heron/harbour.md": reference("Harbour of Lysefjord closed after intrusion", HARBOUR, published="2023-05-08"),
    "Paper Lantern/bank.md": reference("Northwind Bank loses customer records", BANK, actor="Paper Lantern", published="2022-04-20"),
    "Unknown/ministry.md": reference("Wiper hits Ministry of Fisheries", MINISTRY, actor="Unknown", published="2021-06-30"),
}


@pytest.fixture
def toy_embedder() -> ToyEmbedder:
    return ToyEmbedder()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with three small articles."""
    return write_corpus(tmp_path / "corpus", ARTICLES)


@pytest.fixture
def run_ingest(tmp_path: Path, toy_embedder: ToyEmbedder) -> Callable[..., IngestReport]:
    """Ingests a folder into `tmp_path / "index"` with the toy embedder."""

    def run(*paths: Path, embedder: ToyEmbedder = toy_embedder, **options: bool) -> IngestReport:
        return ingest(roots_of(paths), tmp_path / "index", embedder=embedder, today=TODAY, **options)

    return run


@pytest.fixture
def small_index(corpus: Path, run_ingest: Callable[..., IngestReport], tmp_path: Path, toy_embedder: ToyEmbedder) -> Index:
    """An index of the three articles, open for asking."""
    run_ingest(corpus)
    return Index(tmp_path / "index", toy_embedder)


def write_corpus(folder: Path, files: dict[str, str]) -> Path:
    """Writes files, relative path to text, into a folder and returns it."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Debian's chromium, for the tests of one file."""
    from browsing import chromium
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, chromium(playwright) as opened:
        yield opened
