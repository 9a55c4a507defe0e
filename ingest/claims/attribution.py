"""Who the words of a claim mean: "the group" is the actor named before, "the company said" is the company named before, "we" is the publisher.

Nothing is guessed across articles, and where nothing was named before, the words stand for nobody.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.actors.actor_index import ActorIndex, Mention
from ingest.nouns import Article

REACH = 1500
"""How far back, in characters, "the group" may be named: some eight sentences."""

GENERIC = frozenset(
    """
    a an the this that these those its their his her our same such some several many multiple various other another both one two three more most certain single new
    unknown unidentified unnamed undisclosed unauthorized anonymous alleged suspected malicious criminal cyber cybercriminal threat hacking hacker
    hackers attacker attackers actor actors group groups gang gangs crew criminal criminals cybercriminals operator operators intruder intruders adversary adversaries
    ransomware malware botnet trojan third party parties person persons people individual individuals perpetrator perpetrators culprit culprits campaign
    they them it he she we us who i themselves team collective apt affiliate affiliates member members of behind attack attacks extortion hacktivist hacktivists
    sophisticated highly skilled well-known known notorious previously undocumented state-sponsored nation-state advanced persistent financially motivated
    scammers scammer fraudsters phishers spammers thieves thief spies outsiders outsider data broker seller leaker user somebody someone cyberespionage espionage
    cyber-espionage cyberattackers cybercrime russian-speaking
    """.split()
)
_COUNTRIES = {
    "russian": "Russia", "russia": "Russia", "chinese": "China", "china": "China", "iranian": "Iran", "iran": "Iran", "north korean": "North Korea",
    "dprk": "North Korea", "belarusian": "Belarus", "vietnamese": "Vietnam", "pakistani": "Pakistan", "indian": "India", "israeli": "Israel",
    "turkish": "Turkey", "syrian": "Syria", "lebanese": "Lebanon", "palestinian": "Palestine", "ukrainian": "Ukraine", "south korean": "South Korea",
}  # fmt: skip
_DEFINITE = frozenset("the this that these those its their his her same both they them it he she who themselves our we us i".split())
_DANGLING = re.compile(
    r"^(?:(?:of|s|to|and|by|from|with|that|which|as)\s+)+|(?:\s+(?:of|to|and|by|from|with|that|which|as|as-a|a|the|connected|linked|tied|claiming))+$"
)
"""What is left of a longer phrase at the ends of an attacker's words: "of State", "Hackers connected to"."""
_STATES = frozenset("state government backed linked sponsored nation based intelligence military front affiliated cyber units unit officers".split())
WORDS = re.compile(r"[^\W_][\w’'-]*")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)


@dataclass(frozen=True)
class Named:
    """An attacker by name. actors: main names of those who may be meant."""

    name: str
    actors: tuple[str, ...]


class Cast:
    """The actors of an article in the order in which they are named.

    main: the one that the article is about: the first that its title names, else the one that most of at least three mentions in the text mean.
    """

    def __init__(self, article: Article, actors: ActorIndex) -> None:
        self._actors = actors
        self._text = article.text
        self.mentions = actors.mentions(article.text)
        self._starts = [mention.start for mention in self.mentions]
        titled = actors.mentions(article.title)
        self.titled = self._named(titled[:1]) if titled else None
        self.main = self._named([main]) if (main := _main(titled, self.mentions)) else None
        self._countries = {actor.country for actor in main.actors if actor.country} if main else set()

    def attacker(self, start: int, end: int, *, sure: bool) -> Named | None:
        """Whom `text[start:end]` names as an attacker; None where it means somebody who is nowhere named.

        sure: whether a name that no actor is known by counts; words like "Chinese hackers" always do.
        """
        inside = self.between(start, end) or self._around(start, end)
        if inside:
            return self._named(inside)
        words = trimmed(_DANGLING.sub("", trimmed(self._text[start:end])))
        parts = [re.sub("[’']s$", "", word.lower()) for word in WORDS.findall(words)]
        if not parts:
            return None
        if all(part in GENERIC for part in parts):
            definite = parts[0] in _DEFINITE or self._text[start:end].lower().startswith("the ")
            return self.before(start) if definite else None
        theirs = self._countries & {_COUNTRIES[part] for part in (*parts, " ".join(parts[:2])) if part in _COUNTRIES}
        if theirs and (
            GENERIC & set(parts) or all(part in _STATES or part in _COUNTRIES for part in " ".join(parts).replace("north korean", "dprk").split())
        ):
            return self.main
        if not sure and not GENERIC & set(parts) and not any(part in _COUNTRIES for part in parts):
            return None
        return Named(words, tuple(actor.name for actor in self._actors.candidates(words)))

    def before(self, place: int) -> Named | None:
        """The actor that the article is about, else the one named last before a place; None where none is."""
        if self.main:
            return self.main
        i = bisect_right(self._starts, place) - 1
        return self._named([self.mentions[i]]) if i >= 0 and place - self.mentions[i].start <= REACH else None

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions within `text[start:end]`."""
        i = bisect_right(self._starts, start - 1)
        return [mention for mention in self.mentions[i : bisect_right(self._starts, end - 1)] if mention.end <= end]

    def _around(self, start: int, end: int) -> list[Mention]:
        """The mention that `text[start:end]` is a part of: "Moldy" of "Moldy Heron"."""
        i = bisect_right(self._starts, start) - 1
        return [self.mentions[i]] if i >= 0 and self.mentions[i].end >= end else []

    def _named(self, mentions: Sequence[Mention]) -> Named:
        """One actor under the first of its names; several under all of them, as written."""
        names = list(dict.fromkeys(actor.name for mention in mentions for actor in mention.actors))
        first = {actor.id for actor in mentions[0].actors}
        if len(mentions) > 1 and any(not first & {actor.id for actor in mention.actors} for mention in mentions[1:]):
            return Named(self._text[mentions[0].start : mentions[-1].end], tuple(names))
        return Named(mentions[0].name, tuple(actor.name for actor in mentions[0].actors))


def _main(titled: Sequence[Mention], mentions: Sequence[Mention]) -> Mention | None:
    if titled:
        return titled[0]
    counts = Counter(actor.id for mention in mentions for actor in mention.actors)
    if not counts:
        return None
    most, count = counts.most_common(1)[0]
    if count < 3 or 2 * count < len(mentions):
        return None
    return next(mention for mention in mentions if any(actor.id == most for actor in mention.actors))


def trimmed(words: str) -> str:
    """The words without an article before them, a possessive behind them, quotation marks or stray punctuation around them."""
    words = words.strip(" \t\n\"“”‘’'`.,;:()[]-–—•*")
    words = re.sub(r"[’']s$", "", words)
    return _ARTICLE.sub("", words).strip(" \t\n\"“”‘’'`.,;:[]-–—•*")
