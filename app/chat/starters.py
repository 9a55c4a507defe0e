"""Example questions out of what the index holds: made from its sentences and the actors it covers, and kept only if `ask` answers them.

Knows no question by heart. "<Name> was hacked by …" makes "Who hacked <Name>?"; an actor that articles are filed under and speak of makes
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
BUDGET = 12.0
"""Seconds that trying out may take; the page does not wait for it."""
_NAME = r"[A-Z][\w&'’-]+(?: (?:(?:of|for|and|the) )?[A-Z][\w&'’-]+){0,3}"
_PASSIVE = re.compile(rf"({_NAME}) (?:was|were|had been|has been) (hacked|breached|attacked|targeted|compromised|infiltrated) (by|in|on) ")
_NO_NAME = frozenset("a all an and another both but each he her his if in it its many most our several she some such that the their these they this those".split())
_PLURAL = re.compile(r"(s|and \S+)$", re.I)


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
        if len(chosen) == COUNT or time.monotonic() - began > BUDGET:
            break
        if kinds[starter.kind] < 2 and all(starter.name != other.name for other in chosen) and _is_answered(ask(starter.text), starter.name):
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
    told = list(islice((found for article in kept for found in _told(article.text, actors)), 4 * ENOUGH))
    attackers = [Starter(f"Who {verb} {name}?", "attacker", name) for name, verb, word in told if word == "by"]
    times = [Starter(f"When {_was(name)} {name} {verb}?", "when", name) for name, verb, word in told if word != "by"]
    found = {
        "attacker": attackers,
        "victim": [Starter(f"Whom has {name} attacked?", "victim", name) for name in names[0::3]],
        "when": times,
        "source": [Starter(f"Who discovered {name}?", "source", name) for name in names[1::3]],
        "detail": [Starter(f"Which malware does {name} use?", "detail", name) for name in names[2::3]],
    }
    return {kind: questions[:ENOUGH] for kind, questions in found.items() if questions}


def _told(text: str, actors: set[str]) -> Iterator[tuple[str, str, str]]:
    """(victim, participle, the word after it) of sentences that tell of an attack on somebody with a name; at most one a text."""
    for match in _PASSIVE.finditer(text):
        name, verb, word = match.groups()
        first = name.split()[0].casefold()
        if first in _NO_NAME or len(name) > 40 or name.casefold() in actors or len(re.findall(rf"\b{re.escape(name)}\b", text)) < 2:
            continue
        yield name, verb, word
        return


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
    return "were" if _PLURAL.search(name) and " " in name else "was"


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
