"""How well claims are read: `python -m evals.claims CLAIMS.jsonl --index DIR` or `--corpus DIR`. Prints F1, and what the matched claims get right.

CLAIMS.jsonl holds one line an article: its path and every claim that it makes. With --corpus the articles are read and cleaned for this; the claims
are read anew in either case, and the seconds that this takes are set against the seconds of embedding the same articles.
"""

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz

from evals.claims_match import GoldClaim, Pair, gold_when, pairs, right_source, right_when
from ingest.actors.actor_index import ActorIndex
from ingest.actors.merging import known_actors
from ingest.claims.reading import ClaimReader, load_claim_reader
from ingest.embedding import load_embedder
from ingest.nouns import Article, Claim
from ingest.passages import split
from ingest.store.ledger import Ledger
from ingest.training.claims_articles import CorpusRead, read_corpus_articles


@dataclass(frozen=True)
class Case:
    """An article with its gold claims and those that were read."""

    path: str
    golds: tuple[GoldClaim, ...]
    claims: tuple[Claim, ...]


@dataclass
class ClaimFigures:
    """Counts over all articles; `matched` holds the pairs."""

    golds: int = 0
    claims: int = 0
    matched: list[Pair] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return len(self.matched) / self.claims if self.claims else 0.0

    @property
    def recall(self) -> float:
        return len(self.matched) / self.golds if self.golds else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def lines(self) -> list[str]:
        """The table."""
        timed = [pair for pair in self.matched if pair.gold.when]
        sourced = [pair for pair in self.matched if pair.gold.asserted_by]
        return [
            f"F1 {self.f1:.3f}  precision {self.precision:.3f}  recall {self.recall:.3f}  ({len(self.matched)} of {self.golds} gold, {self.claims} read)",
            _share("when compatible", [right_when(pair) for pair in self.matched])
            + "; "
            + _share("where gold has one", [right_when(p) for p in timed]),
            _share("stance", [pair.gold.stance == pair.claim.stance for pair in self.matched]),
            _share("asserted_by", [right_source(pair) for pair in self.matched])
            + "; "
            + _share("where gold has one", [right_source(p) for p in sourced]),
            _share("kind", [pair.gold.kind == pair.claim.kind for pair in self.matched]),
        ]


def _share(name: str, right: Sequence[bool]) -> str:
    return f"{name} {sum(right) / max(1, len(right)):.3f} ({sum(right)} of {len(right)})"


def measure(cases: Sequence[Case], *, plain: bool = False) -> ClaimFigures:
    """The figures. plain: victims compared letter by letter (rapidfuzz's ratio) instead of as sets of words."""
    figures = ClaimFigures()
    for case in cases:
        figures.golds += len(case.golds)
        figures.claims += len(case.claims)
        figures.matched += pairs(case.golds, case.claims, ratio=fuzz.ratio if plain else fuzz.token_set_ratio)
    return figures


def read_golds(file: Path) -> dict[str, tuple[GoldClaim, ...]]:
    """The gold claims of a claims set, by path."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[row["path"]] = tuple(
            GoldClaim(
                tuple(name for name in (claim["attacker"], *claim["attacker_aliases"]) if name), claim["victim"], gold_when(claim["when"]),
                claim["asserted_by"], claim["stance"], claim["kind"],
            )
            for claim in row["claims"]
        )  # fmt: skip
    return found


def read_cases(golds: Mapping[str, tuple[GoldClaim, ...]], read: CorpusRead, reader: ClaimReader) -> list[Case]:
    """Every gold article read for claims; one that is not in the corpus has none."""
    actors = ActorIndex(known_actors(read.actors))
    return [Case(path, gold, reader.read(read.articles[path], actors=actors) if path in read.articles else ()) for path, gold in golds.items()]


def read_index(folder: Path) -> CorpusRead:
    """The articles of an index under all their paths, and its actors."""
    ledger = Ledger(folder)
    try:
        articles: dict[str, Article] = {path: article for article in ledger.articles() for path in article.paths}
        return CorpusRead(articles, tuple(ledger.actors()))
    finally:
        ledger.close()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measures the claims that are read from articles.")
    parser.add_argument("set", type=Path)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--index", type=Path)
    source.add_argument("--corpus", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what was not found and what was found wrongly")
    chosen = parser.parse_args()
    read = read_index(chosen.index) if chosen.index else read_corpus_articles(chosen.corpus, today=date.today())
    golds = read_golds(chosen.set)
    articles = [read.articles[path] for path in golds if path in read.articles]
    load_claim_reader().read(articles[0], actors=ActorIndex(()))
    begun = time.monotonic()
    cases = read_cases(golds, read, load_claim_reader())
    reading = time.monotonic() - begun
    print("\n".join(measure(cases).lines()))
    print(f"with victims compared letter by letter: F1 {measure(cases, plain=True).f1:.3f}")
    passages = [passage.text for article in articles for passage in split(article)]
    load_embedder().embed(passages[:2])
    begun = time.monotonic()
    load_embedder().embed(passages)
    embedding = time.monotonic() - begun
    print(f"reading {reading:.2f} s, embedding {embedding:.2f} s, {len(articles)} articles, {len(passages)} passages")
    if chosen.misses:
        print("\n".join(line for case in cases for line in misses(case)))


def misses(case: Case) -> list[str]:
    """What a case missed (-) and read wrongly (+), for people."""
    found = pairs(case.golds, case.claims)
    golds = [f"  - {'/'.join(gold.names)} > {gold.victim}" for gold in case.golds if all(pair.gold is not gold for pair in found)]
    wrong = [f"  + {c.attacker} > {c.victim} | {c.stance}" for c in case.claims if all(pair.claim is not c for pair in found)]
    return [case.path, *golds, *wrong] if golds or wrong else []


if __name__ == "__main__":
    main()
