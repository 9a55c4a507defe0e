"""How well pages are cleaned, dated and judged: `python -m evals.meta META.jsonl CORPUS [--quotes FILE…]`.

META.jsonl holds one line a page: what it is, its title, author, publisher and day, the first and last words of its body, and furniture that
must not survive. The whole corpus is cleaned, as furniture is learned from all pages of a publisher. Prints a table and every failure.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ingest.cleaning.cleaner import clean
from ingest.cleaning.furniture import Furniture, host_of
from ingest.cleaning.publication import words_of
from ingest.forms.recognising import read
from ingest.nouns import Cleaned, Draft
from ingest.sources.finding import find_sources


@dataclass
class Tally:
    """Counts of one measure, and the cases that failed it."""

    right: int = 0
    total: int = 0
    failures: list[str] = field(default_factory=list)

    def add(self, ok: bool, case: str) -> None:
        """Count a case; remember it where it failed."""
        self.total += 1
        self.right += ok
        if not ok:
            self.failures.append(case)


def clean_corpus(drafts: Sequence[Draft], today: date, *, alone: bool = False) -> dict[str, Cleaned]:
    """Path → what cleaning made of it. alone: learn furniture from each page by itself, as if its publisher had no other page."""
    hosts: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        hosts[host_of(draft.url)].append(draft)
    cleaned = {}
    for own in hosts.values():
        shared = Furniture() if alone else Furniture.learn(own)
        for draft in own:
            cleaned[draft.path] = clean(draft, shared, today=today)
    return cleaned


def fold(text: str) -> str:
    """White space counts as one blank, so that a quote is found across line breaks and gaps."""
    return " ".join(text.split())


def same_name(gold: str | None, got: str | None) -> bool:
    """Whether two names mean the same: equal letters, or one within the other ("Unit 42" in "Unit 42 (Palo Alto Networks)")."""
    a, b = "".join(words_of(gold or "")), "".join(words_of(got or ""))
    return a == b or bool(a and b and (a in b or b in a))


def measure_pages(rows: Sequence[Mapping[str, object]], drafts: Mapping[str, Draft], cleaned: Mapping[str, Cleaned]) -> dict[str, Tally]:
    """The table's measures over the gold pages."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for row in rows:
        path = str(row["path"])
        got, article = cleaned[path], row["status"] == "article"
        tallies["status right"].add((got.status == "kept") == article, f"{path}: gold {row['status']}, got {got.status} {got.reason}")
        if not article:
            continue
        tallies["real articles kept"].add(got.status == "kept", f"{path}: {got.reason}")
        gold = row["published"]
        dated = got.published.isoformat() if got.published else None
        tallies["date exact"].add(dated == gold, f"{path}: gold {gold}, got {dated}")
        tallies["date not wrong"].add(dated in (None, gold), f"{path}: gold {gold}, got {dated}")
        tallies["headline"].add(words_of(str(row["title"])) == words_of(got.title), f"gold {row['title']!r}, got {got.title!r}")
        tallies["author"].add(same_name(str(row["author"] or ""), got.author), f"{path}: gold {row['author']!r}, got {got.author!r}")
        tallies["publisher"].add(same_name(str(row["publisher"]), got.publisher), f"{path}: gold {row['publisher']!r}, got {got.publisher!r}")
        text, page = fold(got.text), fold(drafts[path].text)
        first, last = fold(str(row["first"])), fold(str(row["last"]))
        tallies["first words kept"].add(first in text, f"{path}: {first!r}; got {text[:90]!r}")
        tallies["last words kept"].add(last in text, f"{path}: {last!r}; got {text[-90:]!r}")
        if first in page and last in page:
            begin = page.rfind(first, 0, page.find(last)) if page.find(first) < page.find(last) else page.find(first)
            body = page[begin : page.find(last, begin) + len(last)]
            share = _kept_share(body, text)
            tallies["body words kept (>= 0.98)"].add(share >= 0.98, f"{path}: {share:.3f}")
            excess = max(0, len(text.split()) - len(body.split())) / max(1, len(body.split()))
            tallies["words beyond the body (<= 0.10)"].add(excess <= 0.10, f"{path}: {excess:.2f}")
        furniture = row.get("furniture")
        for piece in furniture if isinstance(furniture, list) else []:
            tallies["furniture gone"].add(fold(str(piece)) not in text, f"{path}: {piece!r}")
    return tallies


def _kept_share(body: str, text: str) -> float:
    """Share of the body's five-word runs that the cleaned text still holds."""
    words, kept = body.split(), text.split()
    held = {tuple(kept[i : i + 5]) for i in range(len(kept))}
    runs = [tuple(words[i : i + 5]) for i in range(max(1, len(words) - 4))]
    return sum(run in held for run in runs) / len(runs)


def measure_quotes(files: Sequence[Path], cleaned: Mapping[str, Cleaned]) -> Tally:
    """Whether the gold quotes of question and claim sets still stand in the cleaned text of their documents, white space folded."""
    tally = Tally()
    texts: dict[str, str] = {}
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            quotes = [(q["doc"], q["text"]) for q in row.get("quotes", ())] + [(row["path"], c["quote"]) for c in row.get("claims", ())]
            for path, quote in quotes:
                got = cleaned[path]
                if path not in texts:
                    texts[path] = fold(got.text)
                why = got.reason if got.status != "kept" else "cut away"
                tally.add(got.status == "kept" and fold(quote) in texts[path], f"{path}: {why}: {quote[:110]!r}")
    return tally


def report(tallies: Mapping[str, Tally]) -> str:
    """The table, then the failures."""
    lines = [f"{name:34} {t.right:5}/{t.total:<5} {t.right / max(1, t.total):.3f}" for name, t in tallies.items()]
    for name, tally in tallies.items():
        lines.extend(f"\n{name}: {len(tally.failures)} failed" if i == 0 else "" for i in range(min(1, len(tally.failures))))
        lines.extend(f"  {failure}" for failure in tally.failures)
    return "\n".join(lines)


def main() -> None:
    """Clean the corpus and print how well it went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("meta", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--quotes", type=Path, nargs="*", default=[], metavar="FILE", help="question or claim sets whose quotes must survive")
    parser.add_argument("--alone", action="store_true", help="learn furniture from each page by itself")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.meta.read_text(encoding="utf-8").splitlines()]
    drafts = [draft for source in find_sources([options.corpus]) for draft in read(source)]
    began = time.process_time()
    cleaned = clean_corpus(drafts, date.today(), alone=options.alone)
    seconds = time.process_time() - began
    tallies = measure_pages(rows, {draft.path: draft for draft in drafts}, cleaned)
    if options.quotes:
        tallies["gold quotes survive"] = measure_quotes(options.quotes, cleaned)
    print(f"{len(drafts)} drafts cleaned in {seconds:.1f} s, {sum(c.status == 'quarantined' for c in cleaned.values())} quarantined")
    print(report(tallies))


if __name__ == "__main__":
    main()
