"""What the claim reader learns from: windows of annotated articles with the tags of their words and the labels of their sentences.

Annotators gave one to three claims an article, so a sentence without one is no sure negative; in an article of the complete set it is.
"""

import json
import random
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from tokenizers import Encoding

from ingest.claims.candidates import can_hold_claim
from ingest.claims.network import KINDS, SLOTS, STANCES
from ingest.claims.windows import LONGEST_SENTENCE, RUN_TOKENS, ClaimWindow, Sentence, sentences_of, titled, window
from ingest.nouns import Article
from ingest.reading.input import ReaderTokenizer

OUTSIDE, FIRST, FURTHER = 0, 1, 2


@dataclass(frozen=True)
class Told:
    """What is annotated of one sentence. spans: by slot, offsets in the article's text. stance, kind: places in STANCES and KINDS."""

    spans: Mapping[str, tuple[tuple[int, int], ...]]
    stance: int
    kind: int


@dataclass(frozen=True)
class AnnotatedArticle:
    """An article with what its sentences tell, by number. complete: every claim among the first `shown` sentences is annotated.

    candidates: numbers of the sentences that can hold a claim.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    told: Mapping[int, Told]
    candidates: frozenset[int]
    complete: bool = False
    shown: int = 0


@dataclass(frozen=True)
class Labelled:
    """A window with its labels. tags: by slot, one a token. claims: by judged sentence, 1.0 or 0.0; weights: how sure that is.

    stances, kinds: by judged sentence, -1 where there is no claim.
    """

    window: ClaimWindow
    tags: tuple[tuple[int, ...], ...]
    claims: tuple[float, ...]
    weights: tuple[float, ...]
    stances: tuple[int, ...]
    kinds: tuple[int, ...]


@dataclass
class _Gathered:
    spans: dict[str, set[tuple[int, int]]] = field(default_factory=lambda: {slot: set() for slot in SLOTS})
    stances: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)


def read_notes(file: Path, articles: Mapping[str, Article]) -> list[AnnotatedArticle]:
    """The annotated articles of `file` (a JSON object a line); what is not in the corpus, or quarantined, is skipped.

    A title whose words are annotated becomes an article of one sentence without a title. `shown_sentences` of a line marks a complete article.
    """
    made = []
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = articles.get(row["path"])
        if article is None or article.status != "kept":
            continue
        made.append(_annotated(article, row["claims"], row.get("shown_sentences")))
        heads = [claim for claim in row["claims"] if _folded(claim["quote"]) in _folded(article.title)]
        if heads:
            made.append(_annotated(replace(article, text=article.title, title="", id=article.id + "t"), heads, 1))
    return [note for note in made if note.told or note.complete]


def _folded(text: str) -> str:
    return " ".join(text.split())


def _annotated(article: Article, claims: Sequence[dict[str, str | None]], shown: int | None) -> AnnotatedArticle:
    sentences = sentences_of(article, unglued=False)  # `shown_sentences` counts the sentences of `ingest.sentences`
    folded, places = _fold_with_places(article.text)
    gathered: dict[int, _Gathered] = {}
    for claim in claims:
        quote = _folded(str(claim["quote"]))
        at = folded.find(quote)
        if at < 0:
            continue
        spans = {slot: _span_in(quote, at, _folded(str(claim[slot])), places) for slot in SLOTS if claim[slot]}
        for extra in claim.get("victims") or ():
            gathered_extra = _span_in(quote, at, _folded(extra), places)
            if gathered_extra:
                spans[f"victim {extra}"] = gathered_extra
        start, end = places[at], places[at + len(quote) - 1] + 1
        for sentence in sentences:
            if sentence.end <= start or sentence.start >= end:
                continue
            own = {slot: span for slot, span in spans.items() if span and sentence.start <= span[0] and span[1] <= sentence.end}
            whole = sentence.start >= start - 2 and sentence.end <= end + 2
            if not own and not whole:
                continue
            if not any(slot.startswith(("attacker", "victim")) for slot in own) and (claim["attacker"] or claim["victim"]):
                continue
            told = gathered.setdefault(sentence.number, _Gathered())
            for slot, span in own.items():
                if span:
                    told.spans[slot.split(" ")[0]].add(span)
            told.stances.append(STANCES.index(str(claim["stance"])))
            told.kinds.append(KINDS.index(str(claim["kind"])))
    told_of = {
        number: Told({slot: tuple(sorted(spans)) for slot, spans in one.spans.items()}, one.stances[0], one.kinds[0])
        for number, one in gathered.items()
    }
    candidates = frozenset(sentence.number for sentence in sentences if can_hold_claim(sentence.text))
    return AnnotatedArticle(article, tuple(sentences), told_of, candidates, shown is not None, shown or 0)


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    """The text with white space folded, and for each of its characters the place in the text."""
    kept: list[str] = []
    places: list[int] = []
    for i, char in enumerate(text):
        blank = char.isspace()
        if blank and (not kept or kept[-1] == " "):
            continue
        kept.append(" " if blank else char)
        places.append(i)
    return "".join(kept), places


def _span_in(quote: str, at: int, words: str, places: Sequence[int]) -> tuple[int, int] | None:
    inner = quote.find(words)
    while inner > 0 and quote[inner - 1].isalnum():
        later = quote.find(words, inner + 1)
        if later < 0:
            break
        inner = later
    return (places[at + inner], places[at + inner + len(words) - 1] + 1) if inner >= 0 else None


class Rounds:
    """Makes rounds of annotated articles, whose tokens it keeps."""

    def __init__(self, notes: Sequence[AnnotatedArticle], tokenizer: ReaderTokenizer) -> None:
        self._notes = notes
        self._tokenizer = tokenizer
        self._untitled = tokenizer.tokens([""])[0]
        self._tokens = [tokenizer.tokens([titled(note.article), *(sentence.text for sentence in note.sentences)]) for note in notes]

    def round(self, chance: random.Random) -> list[Labelled]:
        """A window around every annotated sentence, one elsewhere in each article, all of the complete ones; where they begin and end is drawn."""
        made: list[Labelled] = []
        for note, (title, *encodings) in zip(self._notes, self._tokens, strict=True):
            shown = title if chance.random() < 0.85 else self._untitled
            made += [one for start in _starts(note, chance) if (one := _labelled(note, start, shown, encodings, self._tokenizer, chance))]
        chance.shuffle(made)
        return made


def _starts(note: AnnotatedArticle, chance: random.Random) -> list[int]:
    if note.complete:
        return [max(0, at) for at in range(-chance.randrange(3), note.shown, 4)]
    candidates = sorted(note.candidates)
    return [max(0, number - chance.randrange(4)) for number in note.told] + chance.sample(candidates, min(1, len(candidates)))


def _labelled(
    note: AnnotatedArticle, start: int, title: Encoding, encodings: Sequence[Encoding], tokenizer: ReaderTokenizer, chance: random.Random
) -> Labelled | None:
    budget = chance.randint(90, RUN_TOKENS)
    context = encodings[start - 1] if start and len(encodings[start - 1]) < 70 and chance.random() < 0.8 else None
    used = len(context) if context is not None else 0
    run: list[Sentence] = []
    for sentence in islice(note.sentences, start, None):
        if note.complete and sentence.number >= note.shown:
            break
        if sentence.number not in note.candidates and sentence.number not in note.told:
            if run and chance.random() < 0.5:
                break
            continue
        length = min(len(encodings[sentence.number]), LONGEST_SENTENCE)
        if run and used + length > budget:
            break
        run.append(sentence)
        used += length
    if not run:
        return None
    shown = window(title, context, [(s, encodings[s.number]) for s in run], tokenizer)
    told = [note.told.get(s.number) for s in run]
    return Labelled(
        window=shown,
        tags=tuple(_tags(shown, told, slot) for slot in SLOTS),
        claims=tuple(float(one is not None) for one in told),
        weights=tuple(1.0 if one is not None or note.complete else 0.5 for one in told),
        stances=tuple(one.stance if one else -1 for one in told),
        kinds=tuple(one.kind if one else -1 for one in told),
    )


def _tags(shown: ClaimWindow, told: Sequence[Told | None], slot: str) -> tuple[int, ...]:
    tags = []
    for (start, end), place in zip(shown.offsets, shown.sentences, strict=True):
        one = told[place] if place >= 0 else None
        if one is None:
            tags.append(-1)
            continue
        spans = one.spans[slot]
        i = bisect_right(spans, (start, 1 << 60)) - 1
        inside = [span for span in spans[max(0, i - 1) : i + 2] if start < span[1] and end > span[0]]
        tags.append(OUTSIDE if not inside else FIRST if start <= inside[0][0] else FURTHER)
    return tuple(tags)


def batches(made: Sequence[Labelled], *, tokens: int, chance: random.Random) -> Iterator[list[Labelled]]:
    """The windows in batches of about `tokens` tokens, padding included, those of a like length together; the order of batches is drawn."""
    order = sorted(made, key=lambda one: (len(one.window.ids) // 16, chance.random()))
    grouped: list[list[Labelled]] = []
    batch: list[Labelled] = []
    for one in order:
        if batch and (len(batch) + 1) * len(one.window.ids) > tokens:
            grouped.append(batch)
            batch = []
        batch.append(one)
    grouped.append(batch)
    chance.shuffle(grouped)
    yield from grouped
