"""Whether a page is an article at all, and if not, what it is: an error page, a wall, a menu, a stub, another language.

Judged by how much prose is left once furniture is cut away, and by what the page says of itself. When in doubt a page is an article:
a lost article is worse than a kept menu, and an article may well report on captchas and error pages.
"""

import re
from collections.abc import Sequence

import py3langid

from ingest.cleaning.publication import SEPARATOR, slug_of, words_of
from ingest.cleaning.units import STOPWORDS

# Reason → what pages of that kind say, in any publisher's words. The first reason that fits is given.
_KINDS: dict[str, tuple[str, ...]] = {
    "captcha": (
        r"captcha", r"are you (?:a |not a )?(?:human|robot)", r"verify(?:ing)? (?:that )?you(?:['’]re| are)? (?:a )?human", r"checking your browser",
        r"unusual traffic", r"bot protection", r"just a moment", r"ddos protection by",
    ),
    "access denied": (
        r"access (?:to this page (?:has been )?|is )?denied", r"\b403\b", r"forbidden", r"permission to (?:access|view)", r"you have been blocked",
        r"unable to access", r"not authori[sz]ed", r"request blocked", r"private site", r"attention required", r"(?:must|need to) be logged in",
    ),
    "error page": (
        r"\b(?:404|410|429|500|502|503|504)\b(?:.{0,20}\b(?:error|not found))?",
        r"(?:page|site|file|article|post|content) (?:can(?:not|['’]t) be|could ?n[o'’]t be|not|was not|is no longer|no longer) (?:found|available|exists?)",
        r"not found", r"error page", r"error occurred", r"something went wrong", r"(?:error: the request )?could not be satisfied",
        r"page (?:you (?:requested|are looking for)|does ?n[o'’]t exist|isn['’]t available|unavailable)", r"temporarily unavailable",
        r"service unavailable", r"bad gateway", r"too many requests", r"internal server error", r"\boops\b", r"has (?:been )?moved",
        r"under maintenance", r"site not installed",
    ),
    "parked domain": (
        r"domain (?:is |may be |name is )?(?:for sale|parked|expired|available)", r"buy this domain", r"parked (?:free|domain)", r"no website installed",
        r"this domain", r"future home of", r"website is (?:coming soon|suspended)", r"account (?:has been )?suspended", r"temporary page",
    ),
    "cookie wall": (
        r"(?:we|our partners)\b.{0,60}\buse cookies", r"accept all", r"reject all", r"manage (?:privacy settings|cookies|preferences)",
        r"[\w ]*part of the [\w ]*family of brands", r"cookie (?:consent|wall|settings)", r"consent to",
    ),
    "script needed": (r"enable (?:javascript|js|cookies)", r"javascript is (?:disabled|required)", r"requires javascript", r"\{\{ ?['\w]"),
    "paywall stub": (
        r"(?:subscribe|register|sign (?:in|up)|log ?in|create (?:a|an) (?:free )?account)\b.{0,40}\b(?:to (?:continue|keep|read|access|view|unlock)|for full access)",
        r"to (?:continue|keep) reading", r"subscribers? only", r"premium content", r"already (?:a subscriber|have an account)", r"free trial to read",
        r"this (?:content|article) is (?:for|only)", r"(?:download|get|read) (?:the|this|our) (?:full )?(?:report|white ?paper|ebook|pdf)",
        r"(?:complete|fill (?:in|out)) (?:the|this) form",
    ),
}  # fmt: skip
_SAYS = {reason: re.compile("|".join(phrases), re.I) for reason, phrases in _KINDS.items()}
_STUB = _SAYS["paywall stub"]
_FORM = re.compile(
    r"(?:complete|fill (?:in|out)) (?:the|this) form\b.{0,60}\b(?:download|access|read|get|view|receive)"
    r"|(?:download|access) (?:the|your|this) (?:full |complete |free )?(?:report|white ?paper|e-?book|pdf)\b.{0,80}\bform\b",
    re.I,
)
_ENGLISH = frozenset(("the", "of", "and", "to", "that", "is", "for", "with", "was", "by", "from", "this", "which"))
STUB = 130  # words of prose below which a page that asks for payment or a form is a stub
THIN = 60  # words of prose below which a page that says what it is, is no article
EMPTY = 25  # words of prose below which nothing was published here


def other_language(text: str) -> str | None:
    """ISO 639-1 code of the language of a text where that is plainly not English; None for English or where too little can be read."""
    sample = " ".join(text.split())[:2000]
    letters = [c for c in sample if c.isalpha()]
    foreign = sum(c > "\u024f" for c in letters) > 0.3 * len(letters)  # beyond Latin letters
    if len(letters) < 60 or (not foreign and (len(sample.split()) < 40 or _is_english(sample))):
        return None
    code, _ = py3langid.classify(sample)
    return None if code == "en" else str(code)


def _is_english(text: str) -> bool:
    words = words_of(text)
    return sum(word in _ENGLISH for word in words) >= 0.12 * len(words)


def _sample(page: str) -> str:
    """The longest lines of a page, where its sentences are, whatever the language."""
    return "\n".join(sorted((line for line in page.split("\n") if len(line) >= 60), key=len, reverse=True)[:8])


def why_no_article(*, title: str, url: str | None, page: str, prose: Sequence[str], written: bool = False) -> str:
    """The reason to quarantine a page, or "" for an article.

    page: the whole draft; prose: the units of prose of its body. written: the form is one that people write in, where little text may be all
    that was meant.
    """
    sizes = [len(unit.split()) for unit in prose]
    words, longest = sum(sizes), max(sizes, default=0)
    body = "\n".join(prose)
    language = None if words >= STUB and _is_english(body[:4000]) else other_language(_sample(page) or page)
    if language:
        return f"other language: {language}"
    said = (_titled(title) if words < 2 * STUB else "") or (_says(body, times=1 if words < THIN else 2) if words < STUB else "")
    if said or written:
        return said
    if (words < 1.5 * STUB and _FORM.search(page)) or (words < STUB and _STUB.search(page)):
        return "paywall stub"
    if words < EMPTY:
        return _says(page[:3000]) or ("empty page" if len(page.split()) < 2 * EMPTY else "menu only")
    if words < 3 * STUB and words < 0.5 * len(page.split()) and (_elsewhere(url, title, page) or _is_listing(prose)):
        return "menu only"
    return (_says(page[:3000]) or "menu only") if words < THIN and longest < 30 else ""


def _titled(title: str) -> str:
    """The reason that a page's title gives, or a part of it: such a part says little else."""
    for piece in SEPARATOR.split(title):
        for reason, pattern in _SAYS.items():
            match = pattern.search(piece)
            if match and 2 * len(match[0]) >= len(piece):
                return reason
    return ""


def _says(text: str, *, times: int = 1) -> str:
    """The first reason of which a text has at least so many different phrases."""
    for reason, pattern in _SAYS.items():
        if len({match[0].lower() for match in pattern.finditer(text)}) >= times:
            return reason
    return ""


def _elsewhere(url: str | None, title: str, page: str) -> bool:
    """Whether neither the page's title nor any of its lines says what its address names: the article has gone, and the site shows another page."""
    named = {word for word in slug_of(url) if len(word) > 2 and word not in STOPWORDS}
    if len(named) < 3:
        return False
    held = named.intersection(words_of(page))
    if len(held) > 0.6 * len(named):
        return False
    return all(len(named.intersection(words_of(line))) <= 0.4 * len(named) for line in (title, *page.split("\n")))


def _is_listing(prose: Sequence[str]) -> bool:
    """Whether the prose is a list of teasers: most of them break off."""
    broken = sum(unit.rstrip('”" ').endswith(("...", "…", "[…]", "[...]")) for unit in prose)
    return broken >= 2 and broken >= 0.5 * len(prose)
