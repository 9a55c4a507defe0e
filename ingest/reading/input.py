"""Text to the reader's input and back: question, title and passage become token ids; places of tokens become offsets into the passage.

Layout of one input: `[CLS] question [SEP] title [SEP] passage [SEP]`, the title and its separator left out where there is none. A passage longer
than the window is cut into windows that overlap, so every input fits. It knows nothing about the network or its scores.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from tokenizers import Encoding, Tokenizer

from ingest.sentences import sentence_spans

QUESTION_TOKENS = 64
TITLE_TOKENS = 32
WINDOW_TOKENS = 320  # 900 characters of this field are 200 to 250 tokens
OVERLAP_TOKENS = 64  # more than the longest answer, so that no answer is cut in two windows at once
BATCH_TOKENS = 512
"""Of one batch, padding included: two passages, or a dozen sentences, that one core reads while the others read theirs."""
_INSIDE = re.compile(r"(?<=\w)[-_](?=\w)|(?<=\w)\.(?=[a-z\d])|(?<=\d),(?=\d)")  # marks that hold a word together
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Window:
    """One input of the network.

    passage: which of the passages it shows. ids: token ids. kinds: 0 for the question, 1 for title and passage.
    first: place of the passage's first token in `ids`. offsets: start and end of every passage token in the passage, in characters.
    heads, tails: whether an answer may start, may end at a passage token: only at the edges of words, not inside "CVE-2022-24682" or "4.4".
    sentences: number of the passage token's sentence; an answer lies within one.
    """

    passage: int
    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    first: int
    offsets: tuple[tuple[int, int], ...]
    heads: tuple[bool, ...]
    tails: tuple[bool, ...]
    sentences: tuple[int, ...]


class Tokens(Protocol):
    """Anything that is read as a row of token ids."""

    @property
    def ids(self) -> tuple[int, ...]: ...


Row = TypeVar("Row", bound=Tokens)


def batches(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows of about one length together, no more than BATCH_TOKENS unless one row alone has more; the longest first."""
    made: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: -len(row.ids)):
        if not made or (len(made[-1]) + 1) * len(made[-1][0].ids) > BATCH_TOKENS:
            made.append([])
        made[-1].append(row)
    return made


class ReaderTokenizer:
    """WordPiece tokens of the encoder that the reader started from."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # "[SEP]" in an article is five characters, not the end of the passage
        self.cls, self.sep, self.mask = (self._special(name) for name in ("[CLS]", "[SEP]", "[MASK]"))

    def _special(self, name: str) -> int:
        number = self._tokenizer.token_to_id(name)
        if number is None:
            raise ValueError(f"the tokenizer has no {name}: it is not a BERT tokenizer")
        return number

    def tokens(self, texts: Sequence[str]) -> list[Encoding]:
        """The encodings of texts, without special tokens. What is no character (half of a surrogate pair) is read as the replacement character."""
        readable = [_LONE_SURROGATE.sub("\ufffd", text) for text in texts]
        return list(self._tokenizer.encode_batch(readable, add_special_tokens=False))

    def windows(self, questions: Sequence[str], passages: Sequence[str], titles: Sequence[str]) -> list[Window]:
        """The windows of every passage under its question; the three sequences run in step, an empty title is left out."""
        asked = dict(zip(dict.fromkeys(questions), self.tokens(list(dict.fromkeys(questions))), strict=True))
        named = dict(zip(dict.fromkeys(titles), self.tokens(list(dict.fromkeys(titles))), strict=True))
        read = dict(zip(dict.fromkeys(passages), self.tokens(list(dict.fromkeys(passages))), strict=True))
        bounds = {passage: _bounds(passage, encoding) for passage, encoding in read.items()}
        made = []
        for i, (question, passage, title) in enumerate(zip(questions, passages, titles, strict=True)):
            made += self._windows(i, asked[question].ids, named[title].ids, read[passage], bounds[passage])
        return made

    def _windows(self, passage: int, question: list[int], title: list[int], read: Encoding, bounds: "_Bounds") -> list[Window]:
        before = [self.cls, *question[:QUESTION_TOKENS], self.sep]
        told = [*title[:TITLE_TOKENS], self.sep] if title else []
        first = len(before) + len(told)
        made = []
        start = 0
        while start < len(read):
            end = min(start + WINDOW_TOKENS, len(read))
            made.append(
                Window(
                    passage=passage,
                    ids=(*before, *told, *read.ids[start:end], self.sep),
                    kinds=(0,) * len(before) + (1,) * (len(told) + end - start + 1),
                    first=first,
                    offsets=tuple(read.offsets[start:end]),
                    heads=tuple(bounds.heads[start:end]),
                    tails=tuple(bounds.tails[start:end]),
                    sentences=tuple(bounds.sentences[start:end]),
                )
            )
            if end == len(read):
                break
            start = end - OVERLAP_TOKENS
        return made


@dataclass(frozen=True)
class _Bounds:
    heads: list[bool]
    tails: list[bool]
    sentences: list[int]


def _bounds(passage: str, read: Encoding) -> _Bounds:
    """Where answers may start and end, and the sentence of every token."""
    words, offsets = read.word_ids, read.offsets
    inside = {match.start() for match in _INSIDE.finditer(passage)}
    first = [i == 0 or word != words[i - 1] for i, word in enumerate(words)]
    last = [*first[1:], True] if first else []
    ends = [end for _, end in sentence_spans(passage)]
    return _Bounds(
        heads=[head and start not in inside and start - 1 not in inside for head, (start, _) in zip(first, offsets, strict=True)],
        tails=[tail and end not in inside and end - 1 not in inside for tail, (_, end) in zip(last, offsets, strict=True)],
        sentences=[bisect_left(ends, end) for _, end in offsets],
    )
