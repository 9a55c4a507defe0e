"""Times carried within an article: an attack that is told again without its day happened on the day that is told elsewhere.

First from a telling about the same victim; then, for what the article is about (its title or its first sentences), from the time of its opening; last,
for what it tells as new, the weeks before the news. An aside ("previously", "other victims include") gets no time but its own: it is another attack.
Annotators of whole articles do the same: of the claims of 64 articles, a third has its time from another sentence, and no list of earlier victims has one.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from ingest.claims.merging import Telling, same_victim
from ingest.claims.times import lately, times_of
from ingest.claims.windows import Sentence, sentences_of
from ingest.nouns import Article, When
from ingest.times.when import compatible

OPENING = 6
"""Sentences at the beginning of an article that tell what it is about."""
GOES_ON = 3
"""Sentences within which "the attackers also hit …" goes on about what was told before."""
NARROW = 62
"""Days up to which a time is one of an attack, which others in the article may share."""

_ASIDE = re.compile(
    r"""
    \b(?:previous(?:ly)?|in\ the\ past|past|prior|earlier\ (?:victims|attacks|breaches|campaigns)|formerly|historically|history\ of
    |other\ (?:victims|attacks|breaches|companies|organi[sz]ations|targets|recent|high-profile)|(?:victims|attacks|targets|breaches)\ (?:also\ )?includ\w+|such\ as\ the\ attacks?
    |(?:has|have|had)\ (?:also\ )?(?:been\ )?(?:responsible|linked|tied|blamed|accused|credited|connected|suspected|claimed)|is\ (?:also\ )?(?:believed|thought|suspected|said|responsible)
    |also\ (?:responsible|behind|blamed|linked|claimed|known)|rebrand\w*|since\ (?:its|their)\ (?:launch|emergence)|at\ the\ time|years\ ago|similar(?:ly)?)\b
    """,
    re.I | re.X,
)
_NEW = re.compile(
    r"""
    \b(?:recent(?:ly)?|just|latest|newly|new\ (?:wave|campaign|attacks?|round|victim)|ongoing|currently|now|this\ (?:week|month)|today|breaking)\b
    |\b(?:has|have)\ (?:\w+ly\ |now\ )?(?:been\ )?\w+(?:ed|en|it|ck)\b
    |\b(?:is|are)\ (?:\w+ly\ |now\ )?(?:being\ )?\w+(?:ing|ed)\b
    """,
    re.I | re.X,
)


def is_aside(sentence: str) -> bool:
    """Whether a sentence tells of another attack than the one that its article is about."""
    return bool(_ASIDE.search(sentence))


def placed(article: Article, merged: Sequence[Telling], told: Sequence[Telling]) -> list[Telling]:
    """The merged tellings, with the times that the rest of the article gives to those that have none. told: every telling, before merging."""
    opening = sentences_of(article)[:OPENING]
    about = [_is_about(article, opening, one) for one in merged]
    common = _common(article, opening, [one for one, main in zip(merged, about, strict=True) if main])
    made = []
    for one, main in zip(merged, about, strict=True):
        when = one.when
        if when is None and not is_aside(one.sentence.text):
            when = _of_victim(one, told, lambda when: _near(when, article)) or (common if main else None) or one.news or _of_same_attack(one, told)
            when = when or _of_victim(one, told, lambda when: True) or (_news_of(article, opening, one) if main else None)
        made.append(replace(one, when=when))
    return made


def _of_victim(one: Telling, told: Sequence[Telling], near: Callable[[When], bool]) -> When | None:
    """The time that the nearest telling of an attack on the same victim has, of those times that pass."""
    if one.victim is None:
        return None
    theirs = [(other, other.when) for other in told if other.when and near(other.when) and other.victim and same_victim(one.victim, other.victim)]
    return min(theirs, key=lambda pair: abs(pair[0].sentence.number - one.sentence.number))[1] if theirs else None


def _of_same_attack(one: Telling, told: Sequence[Telling]) -> When | None:
    """The time of the telling just before, where the sentence says that it goes on about the same attack."""
    if not _SAME_ATTACK.search(one.sentence.text):
        return None
    before = [
        other for other in told if other.when and 0 < one.sentence.number - other.sentence.number <= GOES_ON and not is_aside(other.sentence.text)
    ]
    return before[-1].when if before else None


_SAME_ATTACK = re.compile(
    r"\A\W*(?:in|during|as part of)?\s*(?:this|these|the same|the)\s+(?:\w+\s+)?(?:attacks?|campaigns?|activity|operation|intrusions?|breach|incident|wave|e-?mails?|time|period)\b|\balso\s+(?:targeted|hit|breached|hacked|attacked|affected|struck|stole|compromised|struck|affected)\b|\b(?:was|were)\s+also\b",
    re.I,
)


def _is_about(article: Article, opening: Sequence[Sentence], one: Telling) -> bool:
    if is_aside(one.sentence.text):
        return False
    if one.victim and same_victim(one.victim, article.title):
        return True
    return bool(opening) and one.sentence.number <= opening[-1].number


def _common(article: Article, opening: Sequence[Sentence], main: Sequence[Telling]) -> When | None:
    """The time of what the article is about: of its claims, if they agree, else of its first sentences."""
    own = [one.when for one in main if one.when and _near(one.when, article)]
    if own:
        return own[0] if all(compatible(own[0], other) for other in own) else None
    for sentence in opening:
        event = times_of(sentence.text, published=article.published).event
        if event and _near(event, article) and not is_aside(sentence.text) and not _is_dateline(event, article):
            return event
    return None


def _near(when: When, article: Article) -> bool:
    """Whether the time can be that of the news: weeks at most, and not years before the article."""
    if (when.end - when.start).days > NARROW:
        return False
    return article.published is None or timedelta(days=-2) <= article.published - when.end <= timedelta(days=200)


def _is_dateline(when: When, article: Article) -> bool:
    """Whether it is the article's own date, written out: "June 19th, 2021"."""
    return when.start == when.end == article.published and any(char.isdigit() for char in when.text)


def _news_of(article: Article, opening: Sequence[Sentence], one: Telling) -> When | None:
    """The weeks before the article, for what it tells as new in the words of the telling or of the opening."""
    if article.published is None:
        return None
    for sentence in (one.sentence, *opening):
        if sentence.text and not is_aside(sentence.text) and (found := _NEW.search(sentence.text)):
            return lately(article.published, found[0])
    return None
