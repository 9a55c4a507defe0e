"""Whether two victims are one: "Visma", "Visma AG" and "software firm Visma"; "WADA" and "World Anti-Doping Agency"; "servers of Chubb" and "Chubb".

What is named is told from what is only described ("government agencies", "companies in Poland", "Ukraine"): a description fits many, so it never
stands for one victim by itself. Knows nothing about time or attackers.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from wordfreq import zipf_frequency

from ingest.claims.countries import countries_in, with_countries, without_countries
from ingest.likeness import likeness

ALIKE = 88.0
"""From 0 to 100: how alike two names are spelled that are one name; "Embratel" and "Embraer" are 80."""
ASKED = 85.0
"""The same for a victim that is asked for, which may be misspelled."""
_PREFIX = 3
"""Letters at the beginning that two spellings of one name share."""
_EVERYDAY = 4.0
"""Zipf frequency from which a single word is too common to be sure of: "Target", "Orange", "Dave"; "Visma" and "Okta" are below."""
_FORM = re.compile(
    r"[\s,]+(?:inc|incorporated|ltd|limited|llc|llp|lp|plc|corp|corporation|co|company|gmbh|ag|as|asa|ab|oy|sa|spa|srl|bv|nv|se|kk|group|holdings?"
    r"|international|technologies)\Z"
)
_ASSETS = (
    r"(?:computers?|network|networks|servers?|systems?|web ?sites?|sites?|mail|email|e-mail|accounts?|pages?|channels?|data(?:bases?)?|infrastructure"
    r"|customers?|users?|employees|staff|mailboxes|inboxes|repositor(?:y|ies)|source code|portal|computer systems|computer networks?|it systems?)"
)
_OF_ASSETS = re.compile(rf"\A(?:the )?(?:[\w-]+ ){{0,2}}?{_ASSETS}(?: (?:of|at|used by|belonging to|owned by|run by) )(?:the )?")
_ASSETS_AFTER = re.compile(rf"(?:(?:'s)? (?:own |internal |corporate |official |public )?{_ASSETS})+\Z")
_POSSESSIVE = re.compile(r"'s?(?=\s|\Z)")
_PARENTHESIS = re.compile(r"\(([^()]+)\)")
_LIST = re.compile(r"\s*(?:,|;|\band\b|&|\bas well as\b)\s*(?:the )?")
_AND = re.compile(r"\band\b|&|;|\bas well as\b")
_OFFICE = re.compile(
    r"\b(?:Ministry|Department|Bank|University|Parliament|City|County|Board|Hospital|Senate|Embassy) (?:of|for) \w|\b[Cc]ity of [A-Z]"
)
_PARLIAMENT = re.compile(r"\b(?:[Pp]arliament|Bundestag|Storting)\b")
_CLASSES = re.compile(
    r"\b(?:individuals?|officials?|users?|customers?|clients|organi[sz]ations?|orgs|compan(?:ies|y)|firms?|business(?:es)?|corporations|targets?|agencies"
    r"|entit(?:y|ies)|members?|banks|contractors?|people|persons|citizens|researchers|victims|universities|hospitals|schools|institutions"
    r"|governments|ministries|departments|sectors?|industr(?:y|ies)|providers?|suppliers?|manufacturers?|operators?|journalists|activists|dissidents"
    r"|politicians|lawmakers|athletes|employees|staffers|workers|co-workers|websites|networks|bodies|nations|states|countries|parties|embassies"
    r"|diplomats|exchanges|platforms|retailers|airlines|carriers|utilities|facilities|infrastructure|servers|computers|devices|systems)\Z"
    r"|\b(?:individuals?|officials?|users|organi[sz]ations?|orgs|companies|firms|businesses|targets|agencies|entities|members|banks|people|victims"
    r"|institutions|governments|providers|researchers|contractors|persons|accounts)\b(?= (?:in|of|with|from|across|around|affiliated|involved|associated|based"
    r"|belonging|related|linked|worldwide|throughout|located|working|tied|and|or)\b|,)"
)
"""Words for a kind of victim: at the end of a phrase, or before what narrows it, they make it a description."""
_CLASSES_IN_TITLES = re.compile(
    r"\b(?:Sectors?|Entit(?:y|ies)|Targets?|Organi[sz]ations?|Agencies|Users|Journalists|Ministries|Officials|Businesses|Individuals|Companies|Governments"
    r"|Activists|Dissidents|Embassies|Customers|Victims|Institutions|Shoppers|Researchers|Contractors|Diplomats|Politicians)\b"
)
"""The same where every word of a heading has a capital; "Systems", "Networks" and "Airlines" are left out, since companies are called so."""
_NOT_INITIAL = frozenset(("of", "the", "and", "for", "in", "on", "de", "da", "do"))
# Words that are written with a capital in the name of a victim and yet name none by themselves.
_PLACES_AND_KINDS = frozenset(
    """european europe asian asia african africa western eastern southern northern southeast middle east north south central latin america american
    ministry department departments government agency agencies bank banks company companies university universities hospital hospitals school
    schools city county state states national federal defense defence foreign affairs health internet soviet nato eu sea arab gulf
    parliament congress senate army navy military police embassy embassies exchange server servers gmail windows android linux twitter facebook
    youtube instagram outlook office wordpress islamic muslim jewish christian republican democratic democrats republicans board group the""".split()
)


@dataclass(frozen=True)
class VictimName:
    """A victim as written, made comparable.

    names: in small letters, any of which means it, for a list of several victims those of each. initials: abbreviations of them.
    named: whether it names somebody at all. keys, sought: where `same_victim` or `maybe_same_victim` takes two for one, a key of either is sought by the
        other; that many share their initials makes nobody look at all of them.
    """

    written: str
    names: frozenset[str]
    initials: frozenset[str]
    named: bool
    keys: frozenset[str]
    sought: frozenset[str]


@cache
def victim_name(written: str) -> VictimName:
    """The comparable form of a victim."""
    inside = _PARENTHESIS.findall(written)
    outside = _PARENTHESIS.sub(" ", written).strip()
    described = bool(_CLASSES.search(outside) or _CLASSES_IN_TITLES.search(outside)) and not _is_office(outside)
    forms = [form for part in (outside, *(() if described else inside)) for form in (part, *(_LIST.split(part) if _several(part) else ()))]
    proper = [tail for form in forms if not described and (tail := _proper_tail(form))]
    spelled = [with_countries(form) for form in forms if countries_in(form)]
    names = frozenset(name for form in (*forms, *proper, *spelled) for name in _plain_names(form) if name)
    named = not described and any(_names_somebody(form) for form in forms)
    initials = frozenset(short for form in (*forms, *proper) if named and (short := _initials(form)))
    beginnings = frozenset(f"{name[:_PREFIX]}…" for name in names)
    keys = names | beginnings | frozenset(f"{short}." for short in initials)
    sought = names | beginnings | initials | frozenset(f"{name}." for name in names)
    return VictimName(written, names, initials, named, keys, sought)


def same_victim(one: VictimName, other: VictimName) -> bool:
    """Whether both are surely one: a name in common, an abbreviation of the other's name, or names spelled alike."""
    if one.names & other.names or one.initials & other.names or one.names & other.initials:
        return True
    return any(_spelled_alike(a, b) for a in one.names for b in other.names)


def maybe_same_victim(one: VictimName, other: VictimName) -> bool:
    """Whether one's name may be short for the other's: "Harmony" for "Harmony Horizon", "VT Aerospace" for "VT San Antonio Aerospace"."""
    return any(_short_for(a, b) or _short_for(b, a) for a in one.names for b in other.names)


def uncommon(name: VictimName) -> bool:
    """Whether the name can hardly mean anybody else: several words, or one that is no everyday word."""
    return any(" " in form or zipf_frequency(form, "en", wordlist="small") < _EVERYDAY for form in name.names)


def fits(asked: str, victim: str | None, *, beside: str = "") -> bool:
    """Whether a victim is one that is asked for: by name, by part of it, by country, or misspelled.

    beside: the words around the victim in its source ("Norwegian software firm Visma"), in which a country may be named.
    """
    if victim is None:
        return False
    if countries_in(_as_title(asked)) and not without_countries(_as_title(asked)):
        return bool(countries_in(_as_title(asked)) & (countries_in(victim) | countries_in(_just_before(victim, beside))))
    wanted, there = victim_name(asked), victim_name(victim)
    if same_victim(wanted, there) or maybe_same_victim(wanted, there):
        return True
    asked_words, words = _plain(asked).split(), _plain(victim).split()
    if asked_words and all(any(_same_word(word, other) for other in words) for word in asked_words):
        return True
    return any(len(a) > 4 and likeness(a, b) >= ASKED for a in wanted.names for b in there.names)


def _as_title(asked: str) -> str:
    """ "norway" as "Norway"; "us" stays a word."""
    return asked if any(char.isupper() for char in asked) or len(asked) < 3 else asked.title()


def _same_word(asked: str, word: str) -> bool:
    return word == asked or (len(asked) > 3 and word.startswith(asked) and len(word) - len(asked) < 3)


def _just_before(victim: str, beside: str) -> str:
    """The up to five words before the victim in its source, back to the last comma, stop, "and" or preposition."""
    at = beside.find(victim)
    before = re.split(r"[,;:.!?]\s|\b(?:by|from|against|at|and|or)\b", beside[:at])[-1] if at > 0 else ""
    return " ".join(before.split()[-5:])


def _spelled_alike(a: str, b: str) -> bool:
    if len(a) < 6 or len(b) < 6 or a[:_PREFIX] != b[:_PREFIX] or re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return False
    return likeness(a, b) >= ALIKE


def _short_for(short: str, long: str) -> bool:
    words, rest = short.split(), long.split()
    if not words or len(words) >= len(rest) or rest[0] != words[0]:
        return False
    later = iter(rest)
    if not all(word in later for word in words):
        return False
    return len(words) > 1 or (words[0] not in _PLACES_AND_KINDS and not countries_in(words[0].title()) and len(words[0]) > 2)


def _several(part: str) -> bool:
    """Whether this is a list of names; the comma of "Pensacola, Florida" makes none, the "and" of "Barnes and Noble" can't be told from one."""
    parts = [one for one in _LIST.split(part) if one.strip()]
    return len(parts) > 1 and bool(_AND.search(part)) and all(_names_somebody(one) for one in parts)


def _plain_names(form: str) -> tuple[str, ...]:
    plain = _plain(form)
    shorter = _ASSETS_AFTER.sub("", _OF_ASSETS.sub("", plain))
    shorter = shorter if len(shorter) > 2 else plain
    without = _FORM.sub("", _FORM.sub("", shorter))
    without = without if len(without) > 2 else shorter
    # "Parliament of Norway" is "Norway's parliament".
    turned = re.sub(r"\A(parliament|government|ministry of [\w ]+) of ([\w ]+)\Z", r"\2 \1", without)
    return tuple(dict.fromkeys(_POSSESSIVE.sub("", name).strip() for name in (shorter, without, turned)))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    plain = "".join(char for char in letters if not unicodedata.combining(char)).casefold()
    plain = re.sub(r"\.(?:com|net|org|io)\b", " ", plain).replace("&", " and ")
    plain = re.sub(r"(?<=\w)\.(?=\w)|\.", "", plain)
    plain = re.sub(r"[^\w']+", " ", plain).strip()
    return re.sub(r"\A(?:the|a|an|its|his|her|their) ", "", plain)


def _proper_tail(form: str) -> str | None:
    """The name behind words that say what it is: "insurance giant Chubb" → "Chubb"; None where it does not end with one."""
    words = form.split()
    first = len(words)
    while first and (words[first - 1][:1].isupper() or words[first - 1][:1].isdigit() or (words[first - 1] in _NOT_INITIAL and first < len(words))):
        first -= 1
    while first < len(words) and words[first] in _NOT_INITIAL:
        first += 1
    tail = " ".join(words[first:])
    return tail if 0 < first < len(words) and _names_somebody(tail) and _names_somebody(words[-1]) else None


def _names_somebody(form: str) -> bool:
    if _is_office(form):
        return True
    words = [word.strip("'’\"“”,.") for word in re.split(r"[\s/]+", re.sub(r"['’]s\b", "", without_countries(form)))]
    return any(_is_name(word) for word in words if (word.lower() if word.istitle() else word.split("-")[0].lower()) not in _PLACES_AND_KINDS)


def _is_name(word: str) -> bool:
    """Whether a word is written as a name: with a capital, or with digits among its letters ("123rf")."""
    if countries_in(word.removesuffix("s")):
        return False  # "Ukrainians"
    letters = any(char.isalpha() for char in word)
    return len(word) > 1 and letters and (any(char.isupper() for char in word) or (len(word) > 3 and any(char.isdigit() for char in word)))


def _is_office(form: str) -> bool:
    """Whether it names one office: "Ministry of Health of Brazil", "Norwegian parliament"; a bare "ministries" or "parliament" names none."""
    return bool(_OFFICE.search(form)) or bool(_PARLIAMENT.search(form) and countries_in(form))


def _initials(form: str) -> str | None:
    """What a name is abbreviated to ("DNC"), or the name itself where it is an abbreviation; None where its words are not all written with capitals."""
    words = [word for word in re.split(r"[\s-]+", form.strip()) if word.lower() not in _NOT_INITIAL]
    if len(words) == 1:
        return _plain(form) if words[0].isupper() and 2 < len(words[0]) < 7 else None
    return "".join(word[0] for word in words).casefold() if len(words) > 2 and all(word[:1].isupper() for word in words) else None
