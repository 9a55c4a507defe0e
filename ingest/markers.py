"""The small words of page furniture in general: what stands where an article ends, and what boxes and buttons say.

These are the phrases that recur over many publishers ("Related articles", "Share this", "Leave a reply"), never those of one. A phrase
counts only where it makes up a whole unit or begins a short one, so that a sentence about newsletters stays a sentence.
"""

import re
from functools import lru_cache
from typing import Literal

Marker = Literal["end", "box", "bio", "button", ""]

_END = re.compile(
    r"(?:\d+ )?(?:(?:reader |user |post |view |show |add |hide |share )?comments?(?: \(?\d+\)?| are closed| section)?|\d+ (?:thoughts?|replies|responses|comments?) (?:on|to)\b.*"
    r"|leave a (?:reply|comment)\b.*|leave your comment\b.*|join the (?:conversation|discussion)|post (?:a comment|navigation)|write a comment\W*|be the first to comment.*"
    r"|you (?:must|need to) (?:be logged|log|login|sign)[\w ]* (?:in )?to (?:post|leave|join|comment|reply).*|discuss this.*"
    r"|previous (?:article|post|story)\b.*|next (?:article|post|story)\b.*|(?:newer|older) posts?|no previous article.*|(?:log|sign) in to comment"
    r"|(?:written|reported|reporting|edited|posted) by (?:[A-Z][\w.’'-]+ ?){1,4}|(?:about|meet|more from)? ?the authors?(?:\(s\))?|about (?:the )?(?:author|writer)\W*s?\)?|author bio\w*|contributors?)\W*",
    re.I,
)
_BOX = re.compile(
    r"(?:related\b.{0,50}\b(?:coverage|articles|stories|posts|news|reading|links|content)|latest from\b.*|(?:you|readers) (?:may|might) (?:also )?(?:like|be interested|enjoy)\b.*|(?:more|other|our|see|all|view|the|most|top|latest)? ?(?:related|recommended|suggested|popular|trending|recent|featured|latest|similar|further|additional|most read|most viewed|most popular)"
    r"(?: (?:articles?|posts?|stor(?:y|ies)|content|news|blogs?|blog posts?|reading|reads?|research|resources?|topics?|coverage|links?|entries and links|videos?|from\b.*|for you|now|publications|insights|items|reports?|headlines|reviews))?"
    r"|(?:read|see|learn|also|explore|discover|find out) (?:also|more|next|this next|on these topics)|also read|see also|read also|next up|up next|next read|what to read next|keep reading|don['’]t miss|you['’]ll also like|must read"
    r"|more (?:from|on|about|in|like|stories|news|articles|posts|by|great|coverage)\b.*|(?:in|from) (?:other|related) news.*|in this story|explore more\b.*|continue reading\W*|more:.*"
    r"|(?:filed under|posted in|tagged(?: (?:with|as))?|tags?(?: and keywords)?|topics?|categor(?:y|ies)|keyword\(?s?\)?|labels?|related tags|narrower topics|broader topics)(?: ?:.*)?"
    r"|(?:sign up|subscribe|register|join)\b.*|get (?:the|our|updates|more|daily|news|latest|tips|email)\b.*|newsletters?(?: sign-?up)?|our newsletter|never miss\b.*|stay (?:up to date|informed|updated|connected|in touch|ahead|tuned)\b.*"
    r"|sharing is caring.*|spread the word.*|follow (?:us|me)\b.*|like this:?|loading\W*|get our\b.*|download (?:the|our|this|now)\b.*"
    r"|(?:complete|fill (?:in|out)) (?:the|this) form\b.*|try (?:it )?(?:free|now|for free).*|(?:request|book|get|schedule|see|watch) (?:a )?(?:free )?(?:demo|trial|quote)\b.*|start (?:your )?free trial.*|free trial.*|contact (?:us|sales)\b.*|back to (?:top|blog|news|all|library|list|overview)\b.*|statistics|editorial standards"
    r"|©.*|\(?c\)? ?copyright\b.*|copyright (?:©|@|\(c\)|\d).*|all rights reserved.*|this article has been indexed.*|the post .* (?:first )?appeared (?:first )?on\b.*|this (?:entry|post) was posted\b.*|posted (?:on|by|in)\b.*|read \d+ times)\W*",
    re.I,
)
_BUTTON = re.compile(
    r"(?:by|written by|author|authors|posted by|published(?: on| by)?|updated(?: on)?|last (?:updated|modified)(?: on)?|twitter|facebook|linkedin|whats ?app|reddit|pinterest|tumblr|telegram|pocket|flipboard|e-?mail(?: this)?|mail|print|rss|xing|messenger|line|hacker ?news|copy(?: link)?|link copied\W*|tweet|(?:please )?share(?: (?:this|it|on|with|via|your|the|article|post|story)\b.*)?|share:|save|bookmark|close|menu|search|home|x|listen|play|pause"
    r"|(?:\d+|less than a|one|two|three|four|five|six|seven|eight|nine|ten)?[ -]*min(?:ute)?s?\.? ?(?:read|reading)?(?: time)?|minute read|(?:reading|read) time:?.*|time to read:?.*|\d+ views?|\d+ shares?|sponsored(?: by| content| links)?|advertis(?:ement|e)\w*(?: \d+)?|(?:this )?advertisement\b.*|(?:article content|story continues below|article continues below.*)|likes?|views?|reply|recommend|favou?rited?|favorite|view only|read more|learn more|more|click here|open (?:menu|search)|back|next|previous|prev|skip to.*|toggle.*)\W*",
    re.I,
)


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


_REMARK = re.compile(
    r"(?:\b(?:says?|wrote|commented)\b.{0,40}:\W*$|\b(?:\d+|an?|one|two|last) (?:second|minute|hour|day|week|month|year)s? ago\b|^reply\b|\breply\W*$|\bpermalink\b|\bupvotes?\b|^(?:edited|posted) (?:on|at)\b"
    r"|^\W*(?:[\w.’'-]+ ){0,4}(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)(?:day)?,? )?(?:on )?(?:\w{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2} \w{3,9},? \d{4}|\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4})(?:,? (?:at )?\d{1,2}[:.]\d\d.{0,8})?\W*$)",
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
