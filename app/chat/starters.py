"""Example questions out of what the index holds: made from its titles, sentences and actors, and tried out: those that `ask` does not answer are dropped.

Knows no question by heart. "<Name> hit by …" makes "Who attacked <Name>?"; an actor that articles are filed under and speak of makes
"Whom has <actor> attacked?". Which ones are shown is shuffled, but the same for the same index.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.nouns import Answer
from ingest.nouns import Article

COUNT = 6
ENOUGH = 12
"""Questions of a kind that are worth trying."""
BUDGET = 5.0
"""Seconds that trying out may take; after that, questions are shown untried."""
_NAME = r"[A-Z][\w&'’-]+(?: (?:(?:of|for|and|the) )?[A-Z][\w&'’-]+){0,3}"
_PASSIVE = re.compile(rf"({_NAME}) (?:was|were|had been|has been) (?:hacked|breached|attacked|targeted|compromised|infiltrated|hit) (?:by|in|on) ")
_VICTIM = r"(?P<victim>[^,:;()\"“”‘|!?]{3,60}?)"
_END = r"(?:[,:;(|]| (?:in|with|to|using|via|for|over|after|as|by|on|but|through|during) |$)"
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^{_VICTIM} (?:was |is |were |again )?(?:hit|breached|hacked|attacked|compromised|targeted)(?: again)? (?:by|in) ",
        rf"\b(?:hits?|attack(?:s|ed)|target(?:s|ed)|hack(?:s|ed)|breach(?:es|ed)|infiltrate[sd]|compromise[sd]) {_VICTIM}{_END}",
        rf"\b(?:attacks?|cyberattacks?|hack|breach) (?:on|of|at|against) {_VICTIM}{_END}",
        rf"^{_VICTIM} (?:confirms|admits|discloses|reports|warns of) [^,:]*\b(?:breach|attack|cyberattack|hack|incident)",
    )
)
_NO_NAME = frozenset(
    """
    a all an and another any both but each for four from he her his how i if in it its many more most multiple new no one other our over several
    she some such that the their these they this those three thousands two users we what when where which who why
    """.split()
)


@dataclass(frozen=True)
class Starter:
    """An example question, the kind of question that it is an example of, and a name that its answer must hold."""

    text: str
    kind: str
    name: str


def starters(articles: Sequence[Article], ask: Callable[[str], Answer]) -> tuple[Starter, ...]:
    """Up to `COUNT` questions of different kinds that `ask` answers; fewer where the index has no more."""
    began = time.monotonic()
    chosen: list[Starter] = []
    kinds: Counter[str] = Counter()
    for starter in _in_turn(candidates(articles)):
        if len(chosen) == COUNT:
            break
        if kinds[starter.kind] == 2 or any(starter.name == other.name for other in chosen):
            continue
        if time.monotonic() - began > BUDGET or _is_answered(ask(starter.text), starter.name):
            chosen.append(starter)
            kinds[starter.kind] += 1
    return tuple(chosen)


def _is_answered(answer: Answer, name: str) -> bool:
    return answer.status != "not_in_corpus" and bool(answer.citations) and name.casefold() in answer.citations[0].quote.casefold()


def candidates(articles: Sequence[Article]) -> dict[str, list[Starter]]:
    """Questions by kind, shuffled."""
    kept = sorted((article for article in articles if article.status == "kept"), key=lambda article: _shuffle(article.id))
    names = _covered(kept)
    actors = {part.strip().casefold() for article in kept for filed in article.filed_under for part in filed.split(",")}
    victims = list(islice((victim for article in kept for victim in _victims(article, actors)), 2 * ENOUGH))
    found = {
        "attacker": [Starter(f"Who attacked {victim}?", "attacker", name) for victim, name in victims[0::2]],
        "victim": [Starter(f"Whom has {name} attacked?", "victim", name) for name in names[0::3]],
        "when": [Starter(f"When {_was(victim)} {victim} attacked?", "when", name) for victim, name in victims[1::2]],
        "source": [Starter(f"Who discovered {name}?", "source", name) for name in names[1::3]],
        "detail": [Starter(f"Which malware does {name} use?", "detail", name) for name in names[2::3]],
    }
    return {kind: questions[:ENOUGH] for kind, questions in found.items() if questions}


def _victims(article: Article, actors: set[str]) -> Iterator[tuple[str, str]]:
    """(the victim as a question says it, its name) where the title, or else a sentence, tells of an attack on somebody with a name."""
    title = " ".join(article.title.split())
    found = next(filter(None, (pattern.search(title) for pattern in _TITLES)), None) if _is_sentence_case(title) else None
    phrases = [found["victim"]] if found else [match[1] for match in _PASSIVE.finditer(article.text)][:3]
    for phrase in phrases:
        words = phrase.split()
        names = [word for word in words if word[:1].isupper()]
        if not names or words[0].casefold() in _NO_NAME or len(words) > 6 or phrase.casefold() in actors or article.text.count(names[-1]) < 2:
            continue
        described = any(word[:1].islower() and word not in ("of", "and", "for", "the") for word in words)
        yield (f"the {phrase}" if described and not phrase.endswith("s") else phrase), names[-1]
        return


def _is_sentence_case(title: str) -> bool:
    """Whether capitals mean names: in "Title Case Like This" they mean nothing."""
    words = [word for word in title.split() if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].islower() for word in words) >= 0.3 * len(words) > 0


def _covered(articles: Sequence[Article]) -> list[str]:
    """Names of actors that the index has most about, and that an article filed under them uses; shuffled."""
    spoken: Counter[str] = Counter()
    for article in articles:
        for filed in article.filed_under:
            name = filed.split(",")[0].strip()
            if 3 <= len(name) <= 24 and name in article.text:
                spoken[name] += 1
    most = [name for name, _ in sorted(spoken.items(), key=lambda item: (-item[1], item[0]))[: 3 * ENOUGH]]
    return sorted(most, key=_shuffle)


def _was(name: str) -> str:
    """The verb that goes with the victim."""
    return "were" if re.search(r"\w{3,}[^s]s$", name) and name.split()[-1][0].islower() else "was"


def _in_turn(questions: dict[str, list[Starter]]) -> Iterator[Starter]:
    """One of each kind, then the next of each kind, and so on."""
    for place in range(max((len(found) for found in questions.values()), default=0)):
        yield from (found[place] for found in questions.values() if place < len(found))


def _shuffle(text: str) -> int:
    """FNV-1a, a hash that is the same in every process: the order of a fair shuffle."""
    value = 2166136261
    for byte in text.encode(errors="replace"):
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value
