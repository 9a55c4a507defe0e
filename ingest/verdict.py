"""Whether a page is an article at all, and if not, what it is: an error page, a wall, a menu, a stub, another language.

Judged by how much prose is left once furniture is cut away, and by what the page says of itself. When in doubt a page is an article:
a lost article is worse than a kept menu.
"""

import re
from collections.abc import Sequence

import py3langid

from ingest.publication import slug_of, words_of
from ingest.units import STOPWORDS

_SAYS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.I))
    for reason, pattern in (
        ("captcha", r"captcha|are you (?:a |not a )?(?:human|robot)|verify(?:ing)? (?:that )?you(?:['’]re| are)? (?:a )?human|checking your browser|unusual traffic|bot protection|just a moment|ddos protection by"),
        ("access denied", r"access (?:to this page (?:has been )?|is )?denied|\b403\b|forbidden|permission to (?:access|view)|you have been blocked|unable to access|not authori[sz]ed|request blocked|private site|attention required|(?:must|need to) be logged in"),
        ("error page", r"\b(?:404|410|429|500|502|503|504)\b.{0,20}(?:error|not found)?|(?:page|site|file|article|post|content) (?:can(?:not|['’]t) be|could ?n[o'’]t be|not|was not|is no longer|no longer) (?:found|available|exists?)|not found|error page|error occurred|something went wrong|could not be satisfied|page (?:you (?:requested|are looking for)|does ?n[o'’]t exist|isn['’]t available|unavailable)|temporarily unavailable|service unavailable|bad gateway|too many requests|internal server error|\boops\b|has (?:been )?moved|under maintenance"),
        ("parked domain", r"domain (?:is |may be |name is )?(?:for sale|parked|expired|available)|buy this domain|parked (?:free|domain)|no website installed|this domain|future home of|website is (?:coming soon|suspended)|account (?:has been )?suspended"),
        ("cookie wall", r"(?:we|our partners)\b.{0,60}\buse cookies|accept all|reject all|manage (?:privacy settings|cookies|preferences)|family of brands|cookie (?:consent|wall|settings)|consent to"),
        ("script needed", r"enable (?:javascript|js|cookies)|javascript is (?:disabled|required)|requires javascript|\{\{ ?['\w]"),
        ("form", r"(?:complete|fill (?:in|out)) (?:the|this) form\b.{0,60}\b(?:download|access|read|get|view|receive)|(?:download|access) (?:the|your|this) (?:full |complete |free )?(?:report|white ?paper|e-?book|pdf)\b.{0,80}\bform\b"),
        ("paywall stub", r"(?:subscribe|register|sign (?:in|up)|log ?in|create (?:a|an) (?:free )?account)\b.{0,40}\b(?:to (?:continue|keep|read|access|view|unlock)|for full access)|to (?:continue|keep) reading|subscribers? only|premium content|already (?:a subscriber|have an account)|free trial to read|this (?:content|article) is (?:for|only)|(?:download|get|read) (?:the|this|our) (?:full )?(?:report|white ?paper|ebook|pdf)|(?:complete|fill (?:in|out)) (?:the|this) form"),
    )
)
_FORM, _STUB = _SAYS[-2][1], _SAYS[-1][1]
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
    english = words >= STUB and _is_english("\n".join(prose))
    language = None if english else other_language(_sample(page) or page)
    if language:
        return f"other language: {language}"
    opening = page[:3000]
    if words < 2 * STUB:
        said = _says(title) or (_says(opening) if words < THIN else "")
        if said and (said != "paywall stub" or words < STUB):
            return said
        said = _says("\n".join(prose)) if words < STUB else ""
        if said and (said in ("error page", "access denied", "captcha", "parked domain", "cookie wall") or said == "paywall stub"):
            return said
    if written:
        return ""
    if (words < 1.5 * STUB and _FORM.search(page)) or (words < STUB and _STUB.search(page)):
        return "paywall stub"
    if words < EMPTY:
        return "empty page" if len(page.split()) < 2 * EMPTY else "menu only"
    if words < 3 * STUB and words < 0.5 * len(page.split()) and (_elsewhere(url, title, page) or _is_listing(prose)):
        return "menu only"
    return "menu only" if words < THIN and longest < 30 else ""


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
    broken = sum(unit.rstrip("”\" ").endswith(("...", "…", "[…]", "[...]")) for unit in prose)
    return broken >= 2 and broken >= 0.5 * len(prose)


def _says(text: str) -> str:
    for reason, pattern in _SAYS:
        if pattern.search(text):
            return "paywall stub" if reason == "form" else reason
    return ""
