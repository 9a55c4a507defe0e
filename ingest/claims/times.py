"""When an attack happened, told from when it was told of: "on Monday formally attributed" and "a report of February 2019" date somebody's word.

A sentence gives up to three times: of the attack; of news of it, from which an attack of these days can be placed; and of somebody's word (`said`). Knows one sentence at a time; `ingest.claims.placing` carries times from sentence to sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ingest.nouns import When
from ingest.times.when import TimeMention, find_times

LATELY = 30
"""Days before the news of it in which an attack of which it is only said that it is new may have happened."""

_ATTRIBUTES = r"attribut(?:ed|es|ing)|blam(?:ed|es|ing)|link(?:ed|s|ing)|tied|accus(?:ed|es|ing)|charg(?:ed|es|ing)|indict(?:ed|s|ing)|sanction(?:ed|s|ing)|pinned|pointed|laid|unsealed|concluded|denied|den(?:y|ies)"
_SAYS = (
    r"said|says?|saying|told|tells|reported|reports|disclosed|revealed|announced|warned|warns|confirmed|stated|noted|wrote|tweeted|blogged|claimed|claims|acknowledged"
    r"|admitted|spoke|detailed|explained|claiming|added|learned"
    r"|(?:published|released|issued|posted|shared|wrote)(?=\s+(?:\w+\s+){0,4}?(?:reports?|research|analys[ei]s|details|findings|advisory|statement|alerts?|blogs?|posts?|papers?|warning|information|bulletin)\b)"
    r"|reports? (?:emerged|surfaced)|unmasked|arrested"
)
_EVENT = re.compile(
    r"\b(?:attack|hack|breach|hit\b|target|compromis|ransom|stole|stolen|steal|theft|heist|phish|infect|encrypt|leak|intru|infiltrat|campaign|exploit|incident|operation|outage|raid|began|begin|start"
    r"|occurr|happen|took place|took down|took over|gain|access)\w*",
    re.I,
)
_SAYING = re.compile(rf"\b(?:{_ATTRIBUTES}|{_SAYS})\b", re.I)
_BLAMING = re.compile(rf"\b(?:{_ATTRIBUTES})\b", re.I)
_PUBLISHING = re.compile(r"published|released|issued|posted|shared|wrote|reports? ", re.I)
_BEFORE = re.compile(r"(?:[^\s,;:.]+\s+){0,7}(?:[^\s,;:.]+)?\s*\Z")
_AFTER = re.compile(rf"[,’']?s?\s+(?:\w+ly\s+|also\s+|has\s+|have\s+|had\s+)?(?P<verb>{_ATTRIBUTES}|{_SAYS})\b", re.I)
_OPENS = re.compile(r"\A[\W_]*(?:(?:back|earlier|later|but|and)\s+)?(?:(?:in|on|by|during)\s+)?(?:(?:early|late)\s+)?\Z", re.I)
_SUBJECT = re.compile(rf"\A,?\s+(?P<subject>[^.;]{{0,110}}?)\s(?:(?:had|has|have|also|\w+ly)\s+){{0,2}}(?P<verb>{_ATTRIBUTES}|{_SAYS})\b", re.I)
_OTHER_VERB = re.compile(
    r"\b(?:that|which|who|when|after|before|to|is|are|was|were|been|observed|detected|discovered|identified|spotted|saw|seen|found|noticed|uncovered|suffered|sent|used|switched|launched)\b",
    re.I,
)
"""With one of these before it a verb of saying is not what the time at the sentence's beginning dates."""
_REPORT = r"(?:reports?|advisor(?:y|ies)|statements?|blog|alerts?|articles?|interviews?|indictments?|press release|post|analysis|paper|bulletin|complaint|posting|research|investigation)\b"
_REPORT_AFTER = re.compile(rf"(?:[’']s)?\s+(?:[\w-]+\s+){{0,2}}?{_REPORT}", re.I)
_REPORT_BEFORE = re.compile(
    rf"\b{_REPORT}\s+(?:(?:that\s+was\s+|was\s+)?(?:published|released|issued|dated|filed|unsealed)\s+)?(?:(?:by|from)\s+(?:[\w.&’'-]+\s+){{1,4}})?(?:(?:on|in|of|from|earlier|late|early|published|released)\s+){{0,2}}\Z",
    re.I,
)


_IN_A_NAME = re.compile(
    r"\d{4} (?:[A-Z][\w-]+ ){1,4}?(?:[Dd]eals?|[Ee]lections?|[Gg]ames|Olympics|[Cc]ampaign|[Cc]up|[Aa]ct|[Tt]reaty|[Aa]greement|[Ss]ummit|[Cc]onference|[Rr]ace)\b"
)
"""The year of "the 2015 Iran Nuclear Deal" is no attack's."""


_DATED = re.compile(
    r"\d{4}|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|last|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
"""What a sentence has that dates anything; most have none, and looking for times costs more."""


@dataclass(frozen=True)
class SentenceTimes:
    """What a sentence dates. event: the attack. news: the weeks before it was told, for an attack that is told as new."""

    event: When | None = None
    news: When | None = None


def times_of(text: str, *, published: date | None, tagged: Sequence[TimeMention] = ()) -> SentenceTimes:
    """The times of a sentence. tagged: those that the network took for the attack's, best first."""
    mentions = [mention for mention in find_times(text, published=published) if not _IN_A_NAME.match(text, mention.start)]
    told = {mention: kind for mention in mentions if (kind := _of_telling(text, mention))}
    events = [mention.when for mention in mentions if mention not in told and not too_wide(mention.when)]
    reported = [mention.when for mention in told]
    own = (mention.when for mention in tagged if not _of_telling(text, mention))
    event = next((when for when in own if not too_wide(when) and not any(_same(when, other) for other in reported)), None)
    if event is None and (len(events) == 1 or any(mention.when in events[:1] and _OPENS.match(text[: mention.start]) for mention in mentions)):
        event = events[0]
    news = next(
        (mention.when for mention, kind in told.items() if kind == "news" and (mention.when.end - mention.when.start).days <= LATELY + 1), None
    )
    return SentenceTimes(event, lately(news.end, news.text) if news else None)


@lru_cache(maxsize=4096)
def said(text: str, published: date | None) -> date | None:
    """The day by which the word that a sentence reports was given, where the sentence dates it: "a report in February 2019" is of that month's last day at
    the latest. None where it doesn't, or no day before publication."""
    if not _DATED.search(text):
        return None
    times = (mention.when for mention in find_times(text, published=published) if _of_telling(text, mention))
    day = min((when.end for when in times if _is_day_or_month(when)), default=None)
    return day if day and (published is None or day < published) else None


def lately(day: date, words: str) -> When:
    """The weeks up to a day, for what was new then."""
    return When(day - timedelta(days=LATELY), day, "span", words)


def _same(one: When, other: When) -> bool:
    return one.start == other.start and one.end == other.end


def _is_day_or_month(when: When) -> bool:
    return (when.end - when.start).days <= 31


def _of_telling(text: str, mention: TimeMention) -> str | None:
    """ "word" where the time is that of somebody's attribution or report, "news" where somebody told the news then, None where it is the attack's."""
    if mention.when.grain == "span":
        return None  # nobody says a thing "between August and October"
    before, after = text[: mention.start], text[mention.end :]
    if _REPORT_AFTER.match(after) or _REPORT_BEFORE.search(before):
        return "word"
    if found := _AFTER.match(after):
        return _kind(found["verb"])
    if (near := _BEFORE.search(before)) and (verbs := list(_SAYING.finditer(near[0]))) and not _EVENT.search(near[0], verbs[-1].end()):
        return _kind(verbs[-1][0])
    if _OPENS.match(before) and (found := _SUBJECT.match(after)) and not _EVENT.search(found["subject"]) and not _OTHER_VERB.search(found["subject"]):
        return _kind(found["verb"])
    return None


def _kind(verb: str) -> str:
    return "word" if _BLAMING.fullmatch(verb) or _PUBLISHING.match(verb) else "news"


def too_wide(when: When) -> bool:
    """Whether an interval is longer than a year without words that say so: two dates taken for one time."""
    return (when.end - when.start).days > 366 and not _LONG.search(when.text)


_LONG = re.compile(r"\b(?:since|between|from|through|until|till|to|over|past|last|years?|decades?|early|late|mid|and)\b|[-–—]|\d{4}s", re.I)
