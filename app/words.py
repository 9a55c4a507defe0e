"""Words as both searching and weighing see them: lower-cased, without those that carry no meaning, without endings."""

import re
import threading
from functools import lru_cache

import Stemmer

STOPWORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being below between both but by can could did do
    does doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself just me more
    most my no nor not of off on once only or other our out over own same she should so some such than that the their them then there these they
    this those through to too under until up us very was we were what when where which while who whom whose why will with would you your
    """.split()
)
WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_STEMMER = Stemmer.Stemmer("english")
_STEMMING = threading.Lock()
"""The stemmer keeps the word in itself while it works: of 8 threads at once some got an IndexError, and others the stem of another's word."""


def content_words(text: str) -> list[str]:
    """The words of `text` that carry meaning, lower-cased, in order."""
    return [word for word in (found.lower() for found in WORD.findall(text)) if word not in STOPWORDS]


def stems(text: str) -> list[str]:
    """The content words of `text` without their endings, so that "Argentina's borders" and "border of Argentina" share both words."""
    return [stem(word) for word in content_words(text)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A lower-cased word without its ending."""
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    with _STEMMING:
        stemmed: str = _STEMMER.stemWord(word)
    return stemmed
