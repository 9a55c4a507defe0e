"""What the reader learns from: annotated articles and QAMR, turned into examples of a question, a passage and where the answer stands in it.

It does not know how examples are varied (`variation`), which passages mislead (`misleading`) or how the network learns (`learning`).
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

FOLD = re.compile(r"\s+")
HEAD = re.compile(r"\*\*Title\*\*:\s*(.*?)\s*\n\s*\*\*Source\*\*:\s*(\S*)", re.DOTALL)
DATED_URL = re.compile(r"/(20[0-2]\d)/(0?[1-9]|1[0-2])/")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
TREEBANK = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"'}


@dataclass(frozen=True)
class Example:
    """One question put to one passage. answer: start and end of the answer in `passage`, None where the passage does not answer."""

    question: str
    passage: str
    title: str
    answer: tuple[int, int] | None
    kind: str


@dataclass(frozen=True)
class ClaimNote:
    """An annotated claim; every slot is verbatim from the quote or None."""

    quote: str
    attacker: str | None
    victim: str | None
    when: str | None
    asserted_by: str | None
    kind: str


@dataclass(frozen=True)
class QuestionNote:
    """An annotated question; `answer` stands in `quote`. kind: attacker, victim, when, source or detail."""

    question: str
    answer: str
    quote: str
    kind: str


@dataclass(frozen=True)
class Text:
    """One text of the corpus with white space folded; title ends in the month of publication where the URL tells it."""

    path: str
    title: str
    body: str


@dataclass(frozen=True)
class Annotated:
    """A text and everything that was annotated in it. none: questions that it does not answer."""

    text: Text
    claims: tuple[ClaimNote, ...] = ()
    questions: tuple[QuestionNote, ...] = ()
    none: tuple[str, ...] = field(default=())


def folded(text: str) -> str:
    """`text` with every run of white space as one space."""
    return FOLD.sub(" ", text).strip()


def read_text(root: Path, path: str) -> Text:
    """One file of the corpus."""
    raw = (root / path).read_text(encoding="utf-8", errors="replace")
    head = HEAD.search(raw)
    title = folded(head[1]) if head else ""
    if head and (dated := DATED_URL.search(head[2])):
        title = f"{title} ({MONTHS[int(dated[2]) - 1]} {dated[1]})"
    body = raw.split("## Content", 1)[1] if "## Content" in raw else raw
    return Text(path, title, folded(body))


def read_corpus(root: Path, leave_out: frozenset[str]) -> list[Text]:
    """Every text below `root` but those of `leave_out`, in the order of their paths."""
    paths = sorted(p.relative_to(root).as_posix() for p in root.rglob("*.md"))
    return [read_text(root, path) for path in paths if path not in leave_out]


def read_annotated(file: Path, root: Path, leave_out: frozenset[str]) -> list[Annotated]:
    """The annotated texts of `file`, a JSON object a line; those whose text is not below `root` or stands in `leave_out` are skipped."""
    made = []
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["path"] in leave_out or not (root / row["path"]).is_file():
            continue
        slots = ("attacker", "victim", "when", "asserted_by")
        claims = tuple(
            ClaimNote(folded(c["quote"]), kind=c["kind"], **{slot: folded(c[slot]) if c[slot] else None for slot in slots}) for c in row["claims"]
        )
        asked = tuple(QuestionNote(q["question"], folded(q["answer"]), folded(q["quote"]), q["type"]) for q in row["qa"])
        made.append(Annotated(read_text(root, row["path"]), claims, asked, tuple(row["none"])))
    return made


def held_out(path: str, *, tenth: int = 0) -> bool:
    """Whether a text belongs to the tenth that calibrates and chooses, and is never learnt from; decided by its path alone."""
    return int(sha256(path.encode()).hexdigest(), 16) % 10 == tenth


def named_paths(files: Iterable[Path]) -> frozenset[str]:
    """Every path that question or claim sets name as a document, so that training can leave these texts out."""
    found: set[str] = set()
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.update(row.get("docs", []))
            found.update(quote["doc"] for quote in row.get("quotes", []))
            if "path" in row:
                found.add(row["path"])
    return frozenset(found)


def joined(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Penn Treebank tokens as plain text, with the offsets of every token in it."""
    text = ""
    places = []
    for token in tokens:
        plain = TREEBANK.get(token, token)
        close = not text or text[-1] in "([{$" or plain in {",", ".", ";", ":", "?", "!", ")", "]", "}", "%", "'s", "n't", "'"}
        text += "" if close else " "
        places.append((len(text), len(text) + len(plain)))
        text += plain
    return text, places


def read_qamr(folder: Path) -> list[Example]:
    """The question-answer pairs of QAMR (Michael et al., NAACL 2018) on whose answer at least one validator agrees with the writer."""
    sentences = {}
    for line in (folder / "qamr-sentences.tsv").read_text(encoding="utf-8").splitlines():
        name, words = line.split("\t")
        sentences[name] = joined(words.split(" "))
    made = []
    for part in ("qamr-dev.tsv", "qamr-test.tsv"):
        for line in (folder / part).read_text(encoding="utf-8").splitlines():
            name, _, _, _, _, question, answer, *checks = line.split("\t")
            chosen = {int(i) for i in answer.split()}
            agree = any(chosen & {int(i) for i in words.split()} for words in (c.partition(":")[2] for c in checks) if words and words[0].isdigit())
            if not agree or name not in sentences or max(chosen) - min(chosen) > 20:
                continue
            text, places = sentences[name]
            made.append(Example(question, text, "", (places[min(chosen)][0], places[max(chosen)][1]), "qamr"))
    return made
