"""Victims as an analyst would list them: one name each, without the description before it; words that name nobody are left out."""

import re

from ingest.claims.attribution import trimmed
from ingest.claims.countries import country
from ingest.claims.victim_form import names_a_sector, victim_form

_LIST = re.compile(r"\s*,\s*(?:and\s+|or\s+|as well as\s+|&\s+)?(?:also\s+)?|\s+(?:and|or|as well as|&)\s+|\s*;\s*")
_A_NAME = r"[A-Z][\w.&’'-]*(?:\s+(?:of\s+|de\s+|the\s+)?[A-Z(&][\w.&’')-]*)*(?<![’']s)(?<!\.)"
_DESCRIBING = (
    r"(?:[a-z][\w-]*\s+|\$[\d.,]+\s+|(?:IT|US|UK|Japanese|French|Portuguese|Italian|German|Taiwanese|Canadian|American|British)\s+|U\.[SK]\.\s+){0,7}"
)
_ELEMENT = rf"{_DESCRIBING}{_A_NAME}(?:[^\S\n]+(?!on\b|in\b|at\b|and\b|or\b|as\b|said\b|has\b|have\b|was\b|is\b|to\b|by\b)[a-z][\w-]*){{0,2}}"
_NAMES_LISTED = re.compile(rf"{_ELEMENT}(?:\s*,\s+{_ELEMENT})*(?:\s*,)?\s+(?:and|or|as well as)\s+(?:many\s+(?:more|others)|others|{_ELEMENT})")
_FIRST_NAME = re.compile(_A_NAME)
_PLACED = re.compile(r"\b(?:in|across|throughout|between|around)\s+(?:the\s+)?\Z")
_OWNED = re.compile(
    r"""
    ^(?P<owner>.*[\w)])[’']s?\s+(?:[\w-]+\s+){0,3}(?:networks?|systems?|servers?|operations?|website|websites|computers?|infrastructure|environment|databases?|data|devices?|portal
    |files|customers?|employees|backend|it|insurance|source\ code|internal\ websites)$
    """,
    re.I | re.X,
)
_CONJOINED = re.compile(r"\b(?:and|or|as well as)\b|&|;")
_DESCRIBED = re.compile(
    r"""
    ^(?:[\w’'.&-]+\s+){0,9}?(?:company|firm|giant|maker|manufacturer|provider|retailer|operator|platform|site|website|service|services|agency|chain|store|developer
    |studio|startup|airline|bank|brand|conglomerate|contractor|vendor|exchange|group|marketplace|supplier|organi[sz]ation|newspaper|publisher|carrier|network|app
    |founder|executive|CEO|chief|director|president|candidate|nominee|corporation|gateway|bridge|processor|game|city|municipality|business)\s+
    (?=[A-Z0-9“"][\w.&’'-]*(?:\s+(?:[A-Z0-9(&][\w.&’')-]*|of|de|the|and|for))*$)
    """,
    re.X,
)
_SUM = re.compile(r"^(?:a\s+)?(?:[\w-]+\s+){0,2}\$[\d.,]+(?:\s+(?:million|billion))?\s+(?:from\s+)?(?:the\s+)?", re.I)
_WITHIN = re.compile(r"\b(?:in|from|across|throughout|within|around|between|against|including|such as)\b")
_NOBODY = frozenset(
    """
    the a an its their his her our your this that these those some several many multiple various other more numerous all any each certain specific particular high-value targeted
    potential intended affected impacted compromised infected previous past new latest unsuspecting number of hundreds thousands dozens
    victim victims target targets organization organizations organisation organisations company companies entity entities user users customer customers
    people person individual individuals network networks system systems computer computers device devices machine machines server servers data account accounts
    firm firms it they them he she us we you enterprise enterprises business businesses host hosts website websites site sites email emails information industry industries
    sector sectors region regions country countries world worldwide globe recipients recipient who which environment infrastructure files database databases service services
    corporate windows attack attacks campaign incident january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday today yesterday previously last week month year on one who whom another
    government governments bitcoin btc ether ethereum eth tron twitter linkedin facebook telegram
    """.split()
)
_DEFINITE = re.compile(r"^(?:the|this|that|its|their|it|they|them|he|she|his|her|our)\b", re.I)
_ONE = re.compile(
    r"""
    ^(?:the|this|that|its|their)\s+(?:[\w-]+\s+){0,2}(?:company|firm|organi[sz]ation|retailer|maker|manufacturer|giant|operator|district|hospital|university|bank|agency|provider|airline
    |network|victim|platform|site|school|exchange|chain|system|systems|group|entity|city|county|service|studio|developer|business|conglomerate|facility|supplier|chipmaker|steelmaker
    |systems|networks|servers|website|customers|servers)$
    """,
    re.I | re.X,
)


def victims_in(words: str) -> tuple[str, ...]:
    """The victims that the words name: a list of names is split, a list of kinds ("banks and telecoms in Asia") stays whole."""
    whole = trimmed(words)
    parts = [part for part in _LIST.split(whole) if part and part.strip()]
    if (
        len(parts) > 1
        and (len(parts) > 2 or _CONJOINED.search(whole))
        and not _WITHIN.search(parts[0])
        and all(_is_name(part) for part in parts)
        and not any(map(names_a_sector, parts))
    ):
        return tuple(dict.fromkeys(name for part in parts if (name := _plain(part))))
    name = _plain(whole)
    return (name,) if name else ()


def listed_with(sentence: str, start: int, end: int) -> tuple[str, ...]:
    """The victims of the list of names in which the span stands: "NVIDIA" in "NVIDIA, Samsung, and Mercado Libre" stands for all three.

    Empty where the span stands in no such list, or holds more than names.
    """
    for found in _NAMES_LISTED.finditer(sentence):
        opens = first.start() if (first := _FIRST_NAME.search(sentence, found.start())) else found.start()
        if _PLACED.search(sentence, max(0, opens - 20), opens):
            continue
        if found.end() <= start or found.start() >= end:
            continue
        parts = [part for part in _LIST.split(found[0]) if part]
        names = [name[0] for part in parts if (name := _FIRST_NAME.search(part))]
        outside = (sentence[start : max(start, found.start())] + sentence[min(end, found.end()) : end]).strip(" ,.")
        if any(map(names_a_sector, names)):
            continue
        if len(names) > 1 and len(outside.split()) <= 1 and (len(names) > 2 or all(_FIRST_NAME.fullmatch(part.strip()) for part in parts)):
            return tuple(dict.fromkeys(plain for name in names if (plain := _plain(name))))
    return ()


def robbed_or_hacked(sentence: str) -> tuple[str, ...]:
    """Names that the form of a sentence makes victims: "stole $35 million from Porto Lines", "the $100 million Harbour Bank heist"."""
    taken = _TAKEN.search(sentence)
    names = [found["who"] for found in _FROM.finditer(sentence, taken.end())] if taken else []
    names += [found["who"] for found in _HEIST.finditer(sentence)]
    return tuple(dict.fromkeys(plain for name in names if (plain := _plain(name)) and not country(plain) and (len(plain) > 3 or not plain.isupper())))


_TAKEN = re.compile(r"\b(?:stole|stolen|steal(?:ing)?|siphon\w*|drain\w*|swiped|sell(?:ing|s)?|sold|leak(?:ed|ing)?|dump(?:ed|ing))\b", re.I)
_FROM = re.compile(
    rf"\bfrom\s+(?:the\s+)?{_DESCRIBING}(?P<who>{_A_NAME})(?!\s+(?:to|until|through)\b|\s+[a-z]+(?:ions|ies|ses|ers|ools|ants|nels|ems)\b|\s+[A-Z]|[\w-])"
)
_HEIST = re.compile(
    rf"(?:\$|€|£)[\d.,]+\s?(?:k|m|million|billion|K|M)?\s+(?P<who>{_A_NAME})\s+(?:\w+\s+)?(?:heist|hack|theft|breach|attack|robbery|exploit)\b"
)


def means_one_named_before(words: str) -> bool:
    """Whether the words are "the company", "its network" and the like: a victim that has been named already."""
    return bool(_ONE.match(words.strip(" \"“”'’.,"))) or words.strip().lower() in ("it", "they", "them", "its", "their", "he", "she")


def _is_name(part: str) -> bool:
    words = part.split()
    last = words[-1].strip("()\"“”'’.,")
    return bool(last) and (last[0].isupper() or any(char.isupper() or char.isdigit() for char in last)) and len(words) <= 12


def _plain(words: str) -> str:
    words = victim_form(_SUM.sub("", trimmed(words)))
    if owned := _OWNED.match(words):
        words = trimmed(owned["owner"])
    described = _DESCRIBED.match(words)
    if described:
        words = trimmed(words[described.end() :])
    bare = [part.lower() for part in re.findall(r"[\w’'-]+", words)]
    return "" if not bare or all(part in _NOBODY for part in bare) else victim_form(words)
