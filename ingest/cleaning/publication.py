"""What is known about an article besides its words: the headline and the publisher.

Everything is read from the draft's own header, URL and text; what nothing says stays unknown. Knows nothing about where a body ends.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.cleaning.dateline import dates_in
from ingest.cleaning.furniture import host_of
from ingest.cleaning.units import STOPWORDS, Unit

SEPARATOR = re.compile(r"\s+[|•·»—–-]\s+|\s*[|•»]\s*|\s+::\s+")
_WORD = re.compile(r"[^\W_]+")
_BY = re.compile(r"(?:written |posted )?by\b", re.I)
_LONGEST_HEADING = 60  # words; what has more is a paragraph
_NO_SLUG = frozenset(("index", "story", "html", "amp", "print", "default", "home", "article", "page"))
_SECOND_LEVEL = frozenset(("co", "com", "org", "gov", "ac", "net", "edu", "or", "ne", "go", "gob", "gouv"))


@dataclass(frozen=True)
class Heading:
    """A headline and where it stands: offsets of its repetitions in the draft's text, in order."""

    text: str
    spans: tuple[tuple[int, int], ...]


def words_of(text: str) -> list[str]:
    """Lower-case words without punctuation."""
    return [word.casefold() for word in _WORD.findall(text)]


def slug_of(url: str | None) -> list[str]:
    """The words of the last part of a URL's path that has words, where they may spell the headline; [] where they are fewer than three."""
    path = (url or "").split("//", 1)[-1].partition("/")[2].split("?")[0].split("#")[0]
    for part in reversed(path.split("/")):
        words = [word for word in words_of(re.sub(r"\.\w{3,5}$", "", part).replace("_", " ")) if not word.isdigit()]
        telling = [word for word in words if word.isalpha() and len(word) > 2 and word not in _NO_SLUG]
        if telling:
            return words if len(telling) >= 3 else []
    return []


def _label(host: str) -> str:
    """The part of a host that names its owner: "theregister" of "www.theregister.co.uk"."""
    parts = [p for p in host.split(".") if p not in ("www", "blog", "blogs", "news", "labs", "research")]
    if len(parts) > 2 and parts[-2] in _SECOND_LEVEL:
        parts = parts[:-1]
    return parts[-2] if len(parts) > 1 else parts[0] if parts else ""


def headline(title: str | None, url: str | None, text: str, units: Sequence[Unit]) -> Heading:
    """The real headline: the page title without its site suffix where the page repeats that, else the line that the URL's slug spells or that
    says the same in other words above a byline; without any, the title. units: those of the text."""
    whole = " ".join((title or "").split())
    pieces = _pieces(whole, url)
    slug = slug_of(url)
    alike = len(set(slug) & set(words_of(pieces[0]))) >= 0.4 * len(slug)
    spelled = None if alike else _spelled(slug, units, title=pieces[0])
    if spelled:
        return _heading(text, spelled, {*slug, *words_of(whole)})
    for candidate in pieces:
        spans = _occurrences(candidate, text)
        if len(spans) > (1 if spans and not text[: spans[0][0]].strip() else 0):
            return Heading(candidate, spans)
    span = (_spelled(slug, units, title=pieces[0]) if alike else None) or _reworded(pieces[0], slug, units)
    if span:
        return _heading(text, span, {*slug, *words_of(whole)})
    best = pieces[-1] if len(words_of(pieces[-1])) >= 5 else pieces[0]
    return Heading(best, _occurrences(best, text))


def _heading(text: str, span: tuple[int, int], named: set[str]) -> Heading:
    """The headline at a span; without a breadcrumb that neither title nor slug names, where the rest stands on the page once more."""
    words = text[span[0] : span[1]].strip("\ufeff\u200b").split()
    found = " ".join(words)
    plain = " ".join(_plain(text).split())
    for number in range(1, min(4, len(words) - 3)):
        rest = " ".join(words[number:])
        if named.intersection(words_of(words[number - 1])):
            break
        if plain.count(_plain(rest)) > plain.count(_plain(found)):
            found = rest
            break
    return Heading(found, _occurrences(found, text) or (span,))


def _spelled(slug: Sequence[str], units: Sequence[Unit], *, title: str) -> tuple[int, int] | None:
    """Where a unit says the slug's words in order, with nothing but small words between them; with the few words that it has besides. Of
    several the one with the fewest others. A unit that merely repeats the page's title does not count."""
    if len(slug) < 4:
        return None
    best, least = None, len(slug) + _LONGEST_HEADING
    for unit in units:
        if not 0.7 * len(slug) <= unit.words <= _LONGEST_HEADING or title in unit.text or (unit.prose and unit.text[-1] == "."):
            continue
        low = unit.text.lower()
        place = _follow(slug, unit.text) if all(word in low for word in (slug[0], slug[-1])) else None
        if place is None:
            continue
        before, after = len(unit.text[: place[0]].split()), len(unit.text[place[1] :].split())
        if before * (before > 3) + after * (after > 3) < least:
            least = before * (before > 3) + after * (after > 3)
            best = (unit.start + (place[0] if before > 3 else 0), unit.start + (place[1] if after > 3 else len(unit.text)))
    return best


def _follow(slug: Sequence[str], text: str) -> tuple[int, int] | None:
    """Offsets of the slug's words in a short text; the last one may be glued to what follows it."""
    tokens = [(match[0].lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    for first, (word, start, _) in enumerate(tokens):
        if word != slug[0]:
            continue
        at = first + 1
        for number, wanted in enumerate(slug[1:], start=2):
            last = number == len(slug)
            ahead = (
                i
                for i in range(at, min(at + 4, len(tokens)))
                if tokens[i][0] in (wanted, wanted.removesuffix("s")) or (last and tokens[i][0].startswith(wanted))
            )
            found = next(ahead, None)
            if found is None or any(len(tokens[i][0]) > 4 for i in range(at, found)):
                break
            at = found + 1
        else:
            word, _, end = tokens[at - 1]
            if len(word) <= len(slug[-1]) or text[end - len(word) + len(slug[-1])].isupper():
                end -= max(0, len(word) - len(slug[-1]))
                if len(text[start:end].split()) < 0.7 * len(slug):
                    return None  # the address itself
                return start, end + len(text[end:]) - len(text[end:].lstrip('?!”’")'))
    return None


def _plain(text: str) -> str:
    """The same length, in lower case, with one kind of quote and of blank."""
    low = text.lower()
    return (low if len(low) == len(text) else text).replace("\u00a0", " ").replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')


def _reworded(title: str, slug: Sequence[str], units: Sequence[Unit]) -> tuple[int, int] | None:
    """The heading above a byline or date that shares most content words with the title or the slug."""
    wanted = [_stems(words_of(title)), _stems(slug)]
    best, found = 0.4, None
    for number, unit in enumerate(units):
        if not 4 <= unit.words <= 30 or unit.text[-1] in ".:;," or title in unit.text:
            continue
        stems = _stems(words_of(unit.text))
        score = max(2 * len(stems & other) / max(1, len(stems) + len(other)) if len(stems & other) >= 3 else 0.0 for other in wanted)
        if score > best and _bylined([*units[max(0, number - 4) : number], *units[number + 1 : number + 11]]):
            best, found = score, (unit.start, unit.end)
    return found


def _bylined(units: Sequence[Unit]) -> bool:
    return any(unit.words <= 20 and (_BY.match(unit.text) or next(dates_in(unit.text), None)) for unit in units)


def _stems(words: Sequence[str]) -> set[str]:
    return {word[:5] for word in words if word not in STOPWORDS and len(word) > 2}


def _pieces(whole: str, url: str | None) -> list[str]:
    """The title with fewer and fewer suffixes, likeliest headline first. A suffix goes only if it is short beside what stays, or names the site."""
    label = _label(host_of(url))
    cuts = list(SEPARATOR.finditer(whole))
    found = []
    for cut in reversed(cuts):
        head, tail = whole[: cut.start()].strip(), whole[cut.end() :].strip()
        named = bool(label) and (label in _squash(tail) or _squash(tail) in label)
        short = len(words_of(tail)) <= 3 and len(words_of(head)) >= 2
        if head and (named or short or (len(words_of(tail)) <= 4 and len(words_of(head)) >= 5)):
            found.append((not named, head))
    for cut in cuts[:1]:
        head, tail = whole[: cut.start()].strip(), whole[cut.end() :].strip()
        if label and head and (_squash(head) == label or label in _squash(head)) and len(words_of(tail)) > len(words_of(head)):
            found.insert(0, (False, tail))
    ordered = [head for _, head in sorted(found, key=lambda f: (f[0],))]
    named_heads = [head for unnamed, head in found if not unnamed]
    return [*(named_heads[:1]), whole, *ordered] if named_heads else [whole, *ordered]


def _squash(text: str) -> str:
    return "".join(words_of(text))


def _occurrences(phrase: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where a text says a phrase as a line or element of its own, not in the middle of a sentence."""
    if len(phrase) < 8:
        return ()
    spans = []
    plain, wanted = _plain(text), _plain(phrase)
    at = plain.find(wanted)
    while at >= 0:
        spans.append((at, at + len(wanted)))
        at = plain.find(wanted, at + len(wanted))
    if not spans:
        spans = [match.span() for match in re.finditer(r"[\W_]+".join(map(re.escape, words_of(wanted))), plain, re.I)]
    return tuple((start, end) for start, end in spans if _stands_alone(text, start, end))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a stretch is a line, or an element that a gap, a separator or a missing blank sets off, and not part of a sentence."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    begins = not before.strip(" \u00a0") or before[-1] == "\n" or (before[-1] not in ' \u00a0(“"‘' if len(before) else True)
    begins = begins or (before[-1:] in " \u00a0" and before[0] in ":|>»›/•·–—-")
    ends = not after.strip(" \u00a0") or after[0] == "\n" or after[0].isalnum() or after[0] in '?!”’"|–—“‘('
    return begins and (ends or (after[0] in " \u00a0" and after[1] in "|>»›/•·–—-\n"))


def publisher(title: str | None, url: str | None, text: str) -> str | None:
    """Who publishes the page: the site's name as its title or text writes it, else the owner's part of the host."""
    label = _label(host_of(url))
    if not label:
        return None
    for part in reversed(SEPARATOR.split(" ".join((title or "").split()))):
        if _squash(part) and (_squash(part) == label or (len(words_of(part)) <= 4 and label in _squash(part))):
            return part.strip()
    letters = r"[ \-]?".join(re.escape(c) for c in label)
    names = Counter(m[0] for m in re.finditer(rf"(?<![\w@./])(?i:{letters})(?![\w@./]\w)", text) if any(c.isupper() for c in m[0]))
    if names:
        return names.most_common(1)[0][0]
    return label.upper() if len(label) <= 3 else label.capitalize()
