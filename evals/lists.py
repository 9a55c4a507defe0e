"""Lists to learn from: what the search hands the reader for annotated questions. `python -m evals.lists --index DIR --out FILE [--notes FILE] [--taught CORPUS] [SET.jsonl …]`

Questions come from question sets (sentences that answer in `quotes`, the words in them in `answer` where the set has them), from annotated articles
(`whowhomwhen.jsonl`: their questions, those that they do not answer, and questions made of their claims) and from `evals/taught.jsonl`: questions
on the articles of the public corpus with the places in its files that answer them, since the articles themselves are not ours to hand on. The sets that
measure are not for this.
"""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from app.asking import find
from app.nouns import Hit
from app.selecting import title_line, wordings
from ingest.embedding import load_embedder
from ingest.index import Index
from ingest.nouns import Article
from ingest.sentences import sentence_spans
from ingest.times.when import compatible, find_times
from ingest.training.curriculum import KIND_OF_SLOT, SLOTS
from ingest.training.examples import ClaimNote
from ingest.training.lists import Evidence, Listed, QuestionList, write_lists
from ingest.training.wordings import asked

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
TAUGHT = Path(__file__).with_name("taught.jsonl")


@dataclass(frozen=True)
class Quoted:
    """A quote that answers, in the article at `path`; answer: the words in it that do, may be empty."""

    path: str
    quote: str
    answer: str


@dataclass(frozen=True)
class Asked:
    """A question with what answers it; nothing where nothing does."""

    id: str
    kind: str
    home: str
    question: str
    history: tuple[str, ...]
    quoted: tuple[Quoted, ...]


def from_set(file: Path) -> Iterator[Asked]:
    """The questions of a set and their paraphrases."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        quoted = tuple(Quoted(q["doc"], q["text"], q.get("answer") or "") for q in row["quotes"])
        home = row["docs"][0] if row["docs"] else f"{file.name} {number}"
        for wording in ("question", "paraphrase"):
            if row.get(wording):
                yield Asked(f"{file.stem}-{number}-{wording}", row["type"], home, row[wording], tuple(row.get("history") or ()), quoted)


def from_places(file: Path, corpus: Path) -> Iterator[Asked]:
    """The questions of `file` and their paraphrases; what answers them is cut out of the files of the unpacked corpus, by places in their characters."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        quoted = tuple(quote for place in row["places"] if (quote := _cut(corpus, place)))
        if row["places"] and not quoted:
            continue
        home = row["places"][0]["path"] if row["places"] else row["id"]
        for wording in ("question", "paraphrase"):
            yield Asked(f"{row['id']}-{wording}", row["type"], home, row[wording], tuple(row.get("history") or ()), quoted)


def _cut(corpus: Path, place: Mapping[str, Any]) -> Quoted | None:
    file = corpus / place["path"]
    if not file.is_file():
        return None
    text = file.read_bytes().decode("utf-8", errors="replace")
    return Quoted(place["path"], text[place["start"] : place["end"]], text[place["answer_start"] : place["answer_end"]])


def from_notes(file: Path, *, seed: int) -> Iterator[Asked]:
    """The questions of annotated articles. A claim is asked for by a slot only where the question can name two others, or it would fit many events."""
    chance = random.Random(seed)
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        path = row["path"]
        for n, q in enumerate(row["qa"]):
            yield Asked(f"notes-{number}-q{n}", q["type"], path, q["question"], (), (Quoted(path, q["quote"], q["answer"]),))
        for n, question in enumerate(row["none"]):
            yield Asked(f"notes-{number}-n{n}", "none", path, question, (), ())
        for n, c in enumerate(row["claims"]):
            claim = ClaimNote(c["quote"], c["attacker"], c["victim"], c["when"], c["asserted_by"], c["kind"])
            slots = [slot for slot in SLOTS if getattr(claim, slot) and sum(bool(getattr(claim, other)) for other in SLOTS if other != slot) >= 2]
            if slots:
                slot = chance.choice(slots)
                quoted = Quoted(path, claim.quote, str(getattr(claim, slot)))
                yield Asked(f"notes-{number}-c{n}", KIND_OF_SLOT[slot], path, asked(claim, slot, chance), (), (quoted,))


class Marking:
    """Marks what answers a question in the passages of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._at = {path: article for article in index.ledger.articles(status="kept") for path in article.paths}

    def listed(self, one: Asked) -> QuestionList | None:
        """The list of a question; None where its answer is not in the index."""
        places = [
            (article, place, quoted.answer)
            for quoted in one.quoted
            if (article := self._at.get(quoted.path)) and (place := _place(article, quoted.quote))
        ]
        if one.quoted and not places:
            return None
        question, hits = find(one.question, self._index, history=one.history)
        missing = [
            Hit(passage, article, 0.0)
            for article, (start, end), _ in places
            for passage in self._index.ledger.passages_of(article.id)
            if passage.start < end and passage.end > start and all(hit.passage.id != passage.id for hit in hits)
        ]
        shown = [*hits, *{hit.passage.id: hit for hit in missing}.values()]
        evidence = [self._evidence(hit, places) for hit in shown]
        answers = [answer for _, _, answer in places if answer]
        listed = tuple(
            Listed(wording, title_line(hit.article), hit.passage.text, found, not found and self._open(hit, answers, one, places))
            for hit, wording, found in zip(shown, wordings(question, shown, self._index), evidence, strict=True)
        )
        return QuestionList(one.id, one.kind, one.home, listed) if not places or any(evidence) else None

    def _evidence(self, hit: Hit, places: Sequence[tuple[Article, tuple[int, int], str]]) -> tuple[Evidence, ...]:
        found = []
        for article, (start, end), answer in places:
            if article.id != hit.article.id:
                continue
            for first, last in sentence_spans(hit.passage.text):
                covered = min(last + hit.passage.start, end) - max(first + hit.passage.start, start)
                if covered * 2 < min(last - first, end - start):
                    continue
                at = hit.passage.text.find(answer, first, last) if answer else -1
                found.append(Evidence(first, last, at, at + len(answer)) if at >= 0 else Evidence(first, last, first, first))
        answering = [e for e in found if e.answer_end > e.answer_start]
        return tuple(answering or found)

    def _open(self, hit: Hit, answers: Sequence[str], one: Asked, places: Sequence[tuple[Article, tuple[int, int], str]]) -> bool:
        """Whether a passage that was not marked may answer as well."""
        text = f"{hit.article.title}\n{hit.passage.text}".casefold()
        names = [
            other for answer in answers for name in self._index.actors.mentions(answer) for other in self._index.actors.names_for_search(name.name)
        ]
        if any(re.search(rf"(?<!\w){re.escape(words.casefold())}(?!\w)", text) for words in [*answers, *names]):
            return True
        if one.kind != "when":
            return False
        gold = [time.when for article, _, answer in places for time in find_times(answer, published=article.published)]
        said = [time.when for time in find_times(hit.passage.text, published=hit.article.published)]
        return any(compatible(a, b) for a in gold for b in said)


def _place(article: Article, quote: str) -> tuple[int, int] | None:
    """Where a quote stands in an article, whatever its white space."""
    found = re.search(r"\s+".join(map(re.escape, quote.split())), article.text)
    return found.span() if found else None


@click.command()
@click.argument("sets", nargs=-1, type=FILE)
@click.option("--notes", type=FILE, help="Annotated articles.")
@click.option("--taught", type=FOLDER, help="The unpacked corpus, for the questions of evals/taught.jsonl.")
@click.option("--index", type=FOLDER, required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--seed", default=7, show_default=True)
def main(sets: Sequence[Path], notes: Path | None, taught: Path | None, index: Path, out: Path, seed: int) -> None:
    """Write the lists of all questions to OUT."""
    questions = [one for file in sets for one in from_set(file)]
    questions += from_notes(notes, seed=seed) if notes else []
    questions += from_places(TAUGHT, taught) if taught else []
    marking = Marking(Index(index, load_embedder()))
    made = [listed for one in tqdm(questions, unit="question", mininterval=5) if (listed := marking.listed(one))]
    write_lists(out, made)
    click.echo(
        f"{len(made)} of {len(questions)} questions have a list; {sum(any(p.evidence for p in one.passages[:10]) for one in made)} an answer among its best 10"
    )


if __name__ == "__main__":
    main()
