"""Whether the words of a statement stand in the sentences cited for it. In doubt they do not: the extractive answer is there instead.

Checked, in this order: form, instructions, times, names, numbers and words, denial and doubt, who did it to whom. What need not stand in a cited
sentence: the publisher and the date of publication where the statement says who reports, and the words of `app.neutral_words`. The article's title
and the question allow nothing: a headline teases, and a question may suppose what is false.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from app.neutral_words import CLAIMING, DENIAL, DOUBT, NEUTRAL, REPORTING
from app.nouns import Citation
from app.statement_names import Name, evidence_keys, names_in
from app.statement_roles import reversed_pair
from app.words import STOPWORDS
from ingest.nouns import When
from ingest.orders import is_order
from ingest.sentences import sentence_spans
from ingest.times.when import find_times

Aliases = Callable[[str], Iterable[str]]
"""Other names under which an actor may stand in a source; names that several actors share must not be among them."""
LONGEST_WORDS = 60
_MARKUP = re.compile(r"https?:|www\.|\]\(|!\[|<[a-z/!]|&#?\w+;|```|[\x00-\x1f\x7f{}|`]|\[\d", re.I)
_WORD = re.compile(r"[^\W_]+(?:[.,\[\]@:/_'’-]+[^\W_]+)*")
_NUMBERS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11",
    "twelve": "12", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
}  # fmt: skip
_ENDING = re.compile(r"(?:['’]s|['’]|ies|ied|ying|ing|ed|es|s|ly|e|y)$")
_GAP = " ; "


def no_aliases(name: str) -> Iterable[str]:
    """Nobody has another name."""
    return ()


def unsupported(text: str, citations: Sequence[Citation], *, aliases: Aliases = no_aliases) -> str:
    """Why a statement may not be shown as what its citations say, in words for whoever wrote it; empty where it may."""
    evidence = "\n".join(citation.quote for citation in citations)
    if fault := _form(text, evidence):
        return fault
    rest = _without_times(_without_reporter(text, citations), citations)
    names = names_in(rest)
    strict, loose = evidence_keys(evidence), evidence_keys(evidence, any_case=True)
    for name in names:
        if not name.stands_in(strict, loose, aliases):
            return f"{name.text!r} is not in its quotes"
    nameless = _without(rest, [(name.start, name.end) for name in names])
    return _words(nameless, evidence) or _stance(text, citations) or _roles(rest, names, citations, aliases)


def _form(text: str, evidence: str) -> str:
    if not evidence.strip():
        return "it has no quote"
    if not text.strip() or len(text.split()) > LONGEST_WORDS:
        return f"it is empty or longer than {LONGEST_WORDS} words"
    if _MARKUP.search(text):
        return "it holds a link, a marker or formatting"
    if is_order(text) or any(is_order(sentence) for sentence in _sentences(evidence)):
        return "its quote gives orders to a language model"
    return ""


def _without_reporter(text: str, citations: Sequence[Citation]) -> str:
    """The text without "According to PUBLISHER (DATE)" and "PUBLISHER reported", where a cited article has that publisher and date."""
    for citation in citations:
        if not citation.article.publisher:
            continue
        publisher = r"(?:the\s+)?" + re.escape(citation.article.publisher)
        said = "|".join(sorted(REPORTING))
        named = (rf"\b(?:according to|reported by|published by)\s+{publisher}(?!\w)", rf"^\s*{publisher}(?!\w)(?=\s+(?:\([^)]*\)\s+)?(?:{said})\b)")
        for pattern in named:
            for found in reversed(list(re.finditer(pattern, text, re.I))):
                text = text[: found.start()] + _GAP + _undated(text[found.end() :], citation)
    return text


def _undated(following: str, citation: Citation) -> str:
    """What follows a publisher's name, without the date of publication in brackets or behind "on" or "in"."""
    dated = re.match(r"\s*\(([^)]*)\)|,?\s+(?:on|in)\s+([^,;]{4,20}?)(?=[,;]|\s+that\b)", following)
    published = citation.article.published
    if dated is None or published is None:
        return following
    times = find_times(f"in {dated.group(1) or dated.group(2)}", published=None)
    fits = len(times) == 1 and times[0].when.start <= published <= times[0].when.end
    return following[dated.end() :] if fits else following


def _without_times(text: str, citations: Sequence[Citation]) -> str:
    """The text without the times that its quotes name too; the others stay, and fail as names and numbers that no quote has.

    A day that a quote gives as "Monday" is resolved against the day of publication. A statement may say less: the month or the year of a day.
    """
    known = [time.when for citation in citations for time in find_times(citation.quote, published=citation.article.published)]
    spans = [(time.start, time.end) for time in find_times(text, published=None) if any(_covers(time.when, when) for when in known)]
    return _without(text, spans)


def _covers(said: When, quoted: When) -> bool:
    return said.start <= quoted.start and quoted.end <= said.end


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + _GAP + text[end:]
    return text


def _words(rest: str, evidence: str) -> str:
    """The first word of what is left that is neither in the quotes nor neutral."""
    held = {form for word in _WORD.findall(evidence) for form in _forms(word)}
    for word in _WORD.findall(rest):
        lower = word.lower()
        plain = lower in STOPWORDS or lower in NEUTRAL
        if any(character.isdigit() for character in word) or lower in _NUMBERS:
            plain = False
        if not plain and not any(form in held for form in _forms(word)):
            return f"{word!r} is not in its quotes"
    return ""


def _forms(word: str) -> tuple[str, ...]:
    """What a word is compared by: itself, its parts at hyphens, its stem; a number by its digits."""
    lower = word.lower().replace("’", "'")
    if any(character.isdigit() for character in lower):
        return (lower.replace(",", ""),)
    if lower in _NUMBERS:
        return (_NUMBERS[lower],)
    return (lower, _stem(lower), *((_stem(part) for part in lower.split("-")) if "-" in lower else ()))


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    stem = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
    return stem if len(stem) > 2 else word


def _stance(text: str, citations: Sequence[Citation]) -> str:
    """Denial and doubt must be in both or in neither; doubt may also be told as somebody's word."""
    sentences = [sentence for citation in citations for sentence in _sentences(citation.quote)]
    denied = [found.group() for sentence in sentences if (found := DENIAL.search(sentence))]
    if denied and not DENIAL.search(text):
        return f"its quotes say {denied[0]!r}, the text does not"
    if not denied and (found := DENIAL.search(text)):
        return f"the text says {found.group()!r}, its quotes do not"
    doubted = [found.group() for sentence in sentences if (found := DOUBT.search(sentence) or CLAIMING.search(sentence))]
    if doubted and not (DOUBT.search(text) or CLAIMING.search(text)):
        return f"its quotes say {doubted[0]!r}, the text does not"
    return ""


def _roles(rest: str, names: Sequence[Name], citations: Sequence[Citation], aliases: Aliases) -> str:
    sentences = [sentence for citation in citations for sentence in _sentences(citation.quote)]
    turned = reversed_pair(rest, [(name.text, *aliases(name.text)) for name in names], sentences)
    return f"its quotes have {turned[0]!r} and {turned[1]!r} the other way round" if turned else ""


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]
