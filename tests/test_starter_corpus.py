"""python -m pytest tests/test_starter_corpus.py: every file of corpus/articles is what corpus/README.md promises.

Where the archive of published articles lies beside the repository (../shared), no starter text may repeat eight words of it in a row;
elsewhere that one check is skipped. It knows nothing about ingest: it reads the files as a contributor would write them.
"""

import json
import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "corpus" / "articles"
SHARED = ROOT.parent / "shared"

FEWEST_WORDS, MOST_WORDS = 120, 350
RUN = 8
"""So many words in a row, shared with a published text, count as copied."""

SUMMARY_MARK = "Summary written for the Whodunit project"
REFERENCE = re.compile(
    r'# Reference for threat actor for "(?P<actors>[^"\n]+)"\n\n(?P<header>(?:\*\*\w+\*\*: \S.*\n\n)+)## Content\n(?P<text>.+)\Z', re.S
)
HEADER_LINE = re.compile(r"\*\*(\w+)\*\*: (\S.*)")
HEADER_NAMES = {"Title", "Source", "Publisher", "Author", "Published", "Note"}
CARD_PARTS = (
    "Threat actor aliases",
    "Description",
    "Sponsor type and motivation",
    "Country of origin",
    "Observed attacked sectors where victims operate in",
    "Observed attacked countries where victims operate in",
    "Observed usage of tools",
    "Reported hacking operations",
)
UUID = re.compile(r"\*\*UUID\*\*: [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OPERATION = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?(?: [A-Z][a-z]+)?: (?P<what>\S.*)")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True)
class Reference:
    """A starter article as its file says it; `published` is None where the header gives no date."""

    title: str
    url: str
    note: str
    published: str | None
    text: str


@dataclass(frozen=True)
class Card:
    """An actor card: its parts by heading."""

    actor: str
    parts: dict[str, str]


def paths(kind: str) -> list[Path]:
    opening = {"reference": "# Reference for threat actor for ", "card": "# Threat actor: "}[kind]
    return [path for path in everything() if path.read_text(encoding="utf-8").startswith(opening)]


def everything() -> list[Path]:
    return sorted(path for path in ARTICLES.rglob("*") if path.is_file())


def relative(path: Path) -> str:
    return path.relative_to(ARTICLES).as_posix()


def reference(source: str) -> Reference:
    match = REFERENCE.match(source)
    assert match, "not the reference form of corpus/README.md"
    lines = HEADER_LINE.findall(match["header"])
    fields = dict(lines)
    assert len(fields) == len(lines), "a header line stands twice"
    assert {"Title", "Source", "Publisher", "Note"} <= set(fields) <= HEADER_NAMES, f"header lines: {sorted(fields)}"
    return Reference(fields["Title"], fields["Source"], fields["Note"], fields.get("Published"), match["text"].strip())


def card(source: str) -> Card:
    head, *rest = re.split(r"^## ", source, flags=re.M)
    parts = {heading: body.strip() for heading, _, body in (part.partition("\n") for part in rest)}
    assert tuple(parts) == CARD_PARTS, f"parts: {list(parts)}"
    assert UUID.search(head), "no UUID"
    assert re.search(r"^\*\*First seen\*\*: \d{4}", head, re.M), "no year of first sight"
    return Card(head.splitlines()[0].removeprefix("# Threat actor: ").strip(), parts)


def words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in WORD.findall(text.lower())]


def runs(text: str) -> Iterator[tuple[str, ...]]:
    found = words(text)
    return (tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1))


def prose(path: Path) -> str:
    """What the project wrote itself: an article's text, a card's description and operations; names and lists belong to nobody."""
    source = path.read_text(encoding="utf-8")
    if source.startswith("# Reference"):
        return reference(source).text
    parts = card(source).parts
    operations = [match["what"] for match in map(OPERATION.match, parts["Reported hacking operations"].splitlines()) if match]
    return "\n\n".join([parts["Description"], *operations])


def published_texts() -> Iterator[tuple[str, str]]:
    """(name, text) of every file of the archive and beside it; the strings of a JSON line are read, not its escapes."""
    with tarfile.open(SHARED / "corpus.tar.xz") as archive:
        for member in archive:
            opened = archive.extractfile(member)
            if opened is not None:
                yield member.name, opened.read().decode("utf-8", errors="replace")
    for path in sorted(SHARED.rglob("*")):
        if path.suffix in {".jsonl", ".tsv", ".md", ".txt"}:
            text = path.read_text(encoding="utf-8", errors="replace")
            yield path.name, "\n".join(map(strings, text.splitlines())) if path.suffix == ".jsonl" else text


def strings(line: str) -> str:
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list):
            for item in value:
                collect(item)
        elif isinstance(value, dict):
            collect(list(value.values()))

    if line.strip():
        collect(json.loads(line))
    return "\n".join(found)


def has_host(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "")


def twice(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_there_are_articles_and_cards_and_nothing_else() -> None:
    assert paths("reference")
    assert paths("card")
    assert sorted([*paths("reference"), *paths("card")]) == everything()


@pytest.mark.parametrize("path", paths("reference"), ids=relative)
def test_an_article_keeps_the_form(path: Path) -> None:
    article = reference(path.read_text(encoding="utf-8"))
    assert has_host(article.url), f"no web address: {article.url}"
    assert article.note.startswith(SUMMARY_MARK), "not marked as a summary"
    assert FEWEST_WORDS <= len(article.text.split()) <= MOST_WORDS, f"{len(article.text.split())} words"
    if article.published is not None:
        assert date.fromisoformat(article.published) <= date.today(), f"published in the future: {article.published}"


@pytest.mark.parametrize("path", paths("card"), ids=relative)
def test_a_card_keeps_the_form(path: Path) -> None:
    actor = card(path.read_text(encoding="utf-8"))
    assert actor.parts["Description"], "no description"
    assert re.search(r"\S \([^()]+\)", actor.parts["Threat actor aliases"]), "no name with who uses it"
    for block in filter(None, re.split(r"\n\s*\n", actor.parts["Reported hacking operations"])):
        what, *urls = block.splitlines()
        when = OPERATION.match(what)
        assert when, f"no date: {what}"
        assert date(int(when["year"]), int(when["month"] or 1), 1) <= date.today(), f"in the future: {what}"
        assert urls, f"no source: {what}"
        assert all(map(has_host, urls)), f"no web address: {urls}"


def test_no_article_stands_there_twice() -> None:
    articles = [reference(path.read_text(encoding="utf-8")) for path in paths("reference")]
    assert not twice([article.text for article in articles])
    assert not twice([f"{article.title} {article.url}" for article in articles])
    assert not twice([card(path.read_text(encoding="utf-8")).actor for path in paths("card")])


def test_a_copied_run_would_be_found() -> None:
    seven, eight = "the crew took nine files from Acme", "the crew took nine files from Acme’s well-kept vault"
    assert list(runs(seven)) == []
    assert set(runs("Last May, the crew took nine files from Acme's WELL-KEPT vault; nobody saw it.")) & set(runs(eight))
    assert not set(runs("the crew took nine files out of Acme’s well-kept vault")) & set(runs(eight))


@pytest.mark.skipif(not (SHARED / "corpus.tar.xz").is_file(), reason="the published articles are not beside the repository")
def test_no_eight_words_in_a_row_are_copied_from_a_published_text() -> None:
    ours = {hash(run): relative(path) for path in everything() for run in runs(prose(path))}
    copied = {f"{ours[hash(run)]}: {' '.join(run)} ({name})" for name, text in published_texts() for run in runs(text) if hash(run) in ours}
    assert not copied, "\n".join(sorted(copied))
