"""The small words of page furniture in general: what stands where an article ends, and what boxes and buttons say.

These are the phrases that recur over many publishers ("Related articles", "Share this", "Leave a reply"), never those of one. A phrase
counts only where it makes up a whole unit or begins a short one, so that a sentence about newsletters stays a sentence.
"""

import re
from functools import lru_cache
from typing import Literal

Marker = Literal["end", "box", "bio", "button", ""]

# What stands behind an article: readers' comments, the neighbouring articles, the author.
_ENDS = (
    r"(?:\d+ )?(?:(?:reader |user |post |view |show |add |hide |share )?comments?(?: \(?\d+\)?| are closed| section)?)",
    r"\d+ (?:thoughts?|replies|responses|comments?) (?:on|to)\b.*", r"leave a (?:reply|comment)\b.*", r"leave your comment\b.*",
    r"join the (?:conversation|discussion)", r"post (?:a comment|navigation)", r"write a comment\W*", r"be the first to comment.*",
    r"you (?:must|need to) (?:be logged|log|login|sign)[\w ]* (?:in )?to (?:post|leave|join|comment|reply).*", r"discuss this.*",
    r"(?:log|sign) in to comment", r"(?:previous|next) (?:article|post|story)\b.*", r"(?:newer|older) posts?", r"no previous article.*",
    r"(?:written|reported|reporting|edited|posted) by (?:[A-Z][\w.’'-]+ ?){1,4}", r"(?:about|meet|more from)? ?the authors?(?:\(s\))?",
    r"about (?:the )?(?:author|writer)\W*s?\)?", r"author bio\w*", r"contributors?",
)  # fmt: skip
_KIND = (
    r"(?:articles?|posts?|stor(?:y|ies)|content|news|blogs?|blog posts?|reading|reads?|research|resources?|topics?|coverage|links?"
    r"|entries and links|videos?|from\b.*|for you|now|publications|insights|items|reports?|headlines|reviews)"
)
# Inserts: other articles, tags, newsletters, offers, rights. An article may go on behind one.
_BOXES = (
    r"related\b.{0,50}\b(?:coverage|articles|stories|posts|news|reading|links|content)", r"latest from\b.*",
    r"(?:you|readers) (?:may|might) (?:also )?(?:like|be interested|enjoy)\b.*",
    r"(?:more|other|our|see|all|view|the|most|top|latest)? ?(?:related|recommended|suggested|popular|trending|recent|featured|latest|similar"
    rf"|further|additional|most read|most viewed|most popular)(?: {_KIND})?",
    r"(?:read|see|learn|also|explore|discover|find out) (?:also|more|next|this next|on these topics)", r"also read", r"see also",
    r"next up", r"up next", r"next read", r"what to read next", r"keep reading", r"don['’]t miss", r"you['’]ll also like", r"must read",
    r"more (?:from|on|about|in|like|stories|news|articles|posts|by|great|coverage)\b.*", r"(?:in|from) (?:other|related) news.*",
    r"in this story", r"explore more\b.*", r"continue reading\W*", r"more:.*",
    r"(?:filed under|posted in|tagged(?: (?:with|as))?|tags?(?: and keywords)?|topics?|categor(?:y|ies)|keyword\(?s?\)?|labels?|related tags"
    r"|narrower topics|broader topics)(?: ?:.*)?",
    r"(?:sign up|subscribe|register|join)\b.*", r"get (?:the|our|updates|more|daily|news|latest|tips|email)\b.*",
    r"newsletters?(?: sign-?up)?", r"our newsletter", r"never miss\b.*",
    r"stay (?:up to date|informed|updated|connected|in touch|ahead|tuned)\b.*", r"sharing is caring.*", r"spread the word.*",
    r"follow (?:us|me)\b.*", r"like this:?", r"loading\W*", r"download (?:the|our|this|now)\b.*",
    r"(?:complete|fill (?:in|out)) (?:the|this) form\b.*", r"try (?:it )?(?:free|now|for free).*",
    r"(?:request|book|get|schedule|see|watch) (?:a )?(?:free )?(?:demo|trial|quote)\b.*", r"(?:start (?:your )?)?free trial.*",
    r"contact (?:us|sales)\b.*", r"back to (?:top|blog|news|all|library|list|overview)\b.*", r"statistics", r"editorial standards",
    r"©.*", r"\(?c\)? ?copyright\b.*", r"copyright (?:©|@|\(c\)|\d).*", r"all rights reserved.*", r"this article has been indexed.*",
    r"the post .* (?:first )?appeared (?:first )?on\b.*", r"this (?:entry|post) was posted\b.*", r"posted (?:on|by|in)\b.*", r"read \d+ times",
)  # fmt: skip
# Chrome that stands anywhere: sharing, bylines' labels, reading times, advertisements.
_BUTTONS = (
    r"(?:written |posted )?by", r"authors?", r"(?:published|updated)(?: on| by)?", r"last (?:updated|modified)(?: on)?",
    r"twitter", r"facebook", r"linkedin", r"whats ?app", r"reddit", r"pinterest", r"tumblr", r"telegram", r"pocket", r"flipboard",
    r"e-?mail(?: this)?", r"mail", r"print", r"rss", r"xing", r"messenger", r"line", r"hacker ?news", r"copy(?: link)?", r"link copied\W*",
    r"tweet", r"(?:please )?share(?: (?:this|it|on|with|via|your|the|article|post|story)\b.*)?", r"share:", r"save", r"bookmark",
    r"close", r"menu", r"search", r"home", r"x", r"listen", r"play", r"pause",
    r"(?:\d+|less than a|one|two|three|four|five|six|seven|eight|nine|ten)?[ -]*min(?:ute)?s?\.? ?(?:read|reading)?(?: time)?", r"minute read",
    r"(?:reading|read) time:?.*", r"time to read:?.*", r"\d+ (?:views?|shares?)",
    r"sponsored(?: by| content| links)?", r"advertis(?:ement|e)\w*(?: \d+)?", r"(?:this )?advertisement\b.*",
    r"article content", r"story continues below", r"article continues below.*",
    r"likes?", r"views?", r"reply", r"recommend", r"favou?rited?", r"favorite", r"view only", r"(?:read |learn )?more", r"click here",
    r"open (?:menu|search)", r"back", r"next", r"previous", r"prev", r"skip to.*", r"toggle.*",
)  # fmt: skip


def _any(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(phrases)})\W*", re.I)


_END, _BOX, _BUTTON = _any(_ENDS), _any(_BOXES), _any(_BUTTONS)


@lru_cache(maxsize=1 << 14)
def marker_of(text: str) -> Marker:
    """What a unit says about its place: "end" (the article is over), "box" (an insert or the end), "button" (chrome, anywhere), or ""."""
    if len(text) > 160:
        return ""
    if _END.fullmatch(text):
        return "end"
    if _BOX.fullmatch(text):
        return "box"
    return "button" if _BUTTON.fullmatch(text) else ""


_DAY = r"(?:\w{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2} \w{3,9},? \d{4}|\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4})"
_REMARK = re.compile(
    r"\b(?:says?|wrote|commented)\b.{0,40}:\W*$|\b(?:\d+|an?|one|two|last) (?:second|minute|hour|day|week|month|year)s? ago\b|^reply\b|\breply\W*$"
    r"|\bpermalink\b|\bupvotes?\b|^(?:edited|posted) (?:on|at)\b"
    r"|^\W*(?:[\w.’'-]+ ){0,4}(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)(?:day)?,? )?(?:on )?"
    rf"{_DAY}(?:,? (?:at )?\d{{1,2}}[:.]\d\d.{{0,8}})?\W*$",
    re.I,
)


def is_remark(text: str) -> bool:
    """Whether a short line is what stands above or below a reader's comment: "Jane says:", "3 years ago", "Reply", a name with a date."""
    return len(text) <= 80 and bool(_REMARK.search(text))


_ROLE = (
    r"(?:reporter|journalist|editor|writer|author|researcher|analyst|correspondent|contributor|columnist|freelancer?|blogger|director|manager|engineer|consultant"
    r"|evangelist|expert|specialist|founder|officer|president|scientist|hunter|leader|lead|head|member|intern|veteran|producer|strategist|architect|technologist)"
)
_BIO = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w.’'-]*){0,3})(?:,? (?:who )?)(?:is|was) (?:(?:a|an|the|our|currently|also)\b )*(?:[\w’',&/-]+ ){0,8}?"
    + _ROLE
    + r"\b.{0,40}\b(?:at|for|with|of|in|who|and|covering|based|from|specializ|focus)"
)
_DOES = re.compile(
    r"(?:is|was|covers|has|writes|wrote|joined|previously|reports|reported|works|worked|serves|leads|holds|specializes|began|brings|currently|started|spent)\b"
)


def introduces_person(text: str, author: str | None) -> bool:
    """Whether a paragraph introduces somebody the way bios do: the byline's author, or anybody with a role ("Jane Doe is a reporter at ...")."""
    for name in re.split(r",| and |;|&", author or ""):
        person = name.strip()
        if len(person.split()) > 1 and text.startswith(person + " ") and _DOES.match(text, len(person) + 1):
            return True
    match = _BIO.match(text)
    return bool(match and (len(match["name"].split()) >= 2 or (author or "").startswith(match["name"] + " ")))
