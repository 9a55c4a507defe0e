"""How names of threat actors are compared: APT31, APT 31 and APT-31 are one name; so are Judgement Panda, judgment panda, "the Judgment Panda gang".

And which of them are everyday words ("Play", "Grief", "Hive"), that stand for an actor only where the text around them says so.
"""

import re
import unicodedata
from functools import cache

from wordfreq import zipf_frequency

_KINDS = (
    r"(?:ransomware|threat|hacking|hacker|cyber[- ]?espionage|cyber[- ]?crime|apt|extortion|malware)?\s*"
    r"(?:gang|group|groups|team|crew|ransomware|hackers?|cartel|collective|operators?|actors?|apt|threat\s+actors?|affiliates?|operation|malware|attackers?)"
)
_AFTER = re.compile(rf"[\s,-]+(?:{_KINDS})\s*\Z", re.I)
_ARTICLE = re.compile(r"\A\W*(?:the|a)\s+(?=\S)", re.I)
_BEFORE = re.compile(rf"\A{_KINDS}\s+(?:known\s+as\s+|called\s+|named\s+|dubbed\s+)?(?=\S)", re.I)
_KIND_LAST = re.compile(r"\AOperation\s+|\s+(?:gang|group|team|crew|ransomware|cartel|hackers)\Z", re.I)
# Words of this field that lists of English words don't hold.
_EVERYDAY_HERE = frozenset(
    {"whois", "grep", "calc", "cron", "abcd", "3am", "kyber", "frag", "desktop", "chromium", "trident", "hydra", "prometheus", "watchdog"}
)
_SPELLINGS = (("judgement", "judgment"), ("grey", "gray"), ("colour", "color"), ("defence", "defense"), ("centre", "center"))
_VERSION = re.compile(r"\s+v?\d\.\d\Z")
_POSSESSIVE = re.compile(r"['’]s\b|['’]\Z")


@cache
def key(name: str) -> str:
    """What two spellings of a name have in common: its letters and digits in lower case, without accents; British spelling as American."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)).casefold()
    joined = "".join(char for char in plain if char.isalnum())
    for british, american in _SPELLINGS:
        joined = joined.replace(british, american)
    return joined


def spellings(name: str) -> tuple[str, ...]:
    """The joined letters and digits under which a name may stand in a text: its key, and that in British spelling."""
    american = key(name)
    british = american
    for uk, us in _SPELLINGS:
        british = british.replace(us, uk)
    return tuple(dict.fromkeys((american, british)))


def without_kind(name: str) -> str:
    """A listed name without the word that says what it is: "Lazarus Group" → "Lazarus". The name itself where that is no name any more."""
    short = _KIND_LAST.sub("", name.strip())
    return short if _worth(short) and short.isalnum() and short[0].isalpha() else name.strip()


def bare(name: str) -> str:
    """The name without a word for what it is: "the Conti ransomware gang" → "Conti", "LockBit 3.0" → "LockBit"; where nothing is left, the name."""
    short = _ARTICLE.sub("", _POSSESSIVE.sub("", name.strip()))
    for words in (_AFTER, _AFTER, _VERSION, _BEFORE):
        cut = words.sub("", short)
        # "APT" and "Group" belong to "APT 31" and "Group 77", where nothing but a number would be left.
        short = cut if _worth(cut) else short
    return short if _worth(short) else name.strip()


def _worth(name: str) -> bool:
    """Whether what is left is a name: "8220" of "8220 Gang" and "Hacking" of "Hacking Team" are not."""
    plain = key(name)
    return len(plain) > 2 and not plain.isdigit() and plain not in ("hacking", "hack", "cyber", "security", "the", "team", "group", "gang")


@cache
def commonness(name: str) -> float:
    """How common a name is as an English word, as its Zipf frequency: 0 where it is none, 3.5 (hive), 4.1 (grief), 5.6 (play).

    The scale is that of wordfreq: the base-10 logarithm of occurrences per billion words. A name of several words, or with digits, is none;
    one of two letters or three is taken for a common one, for the many abbreviations it could be.
    """
    plain = name.strip().lower()
    if plain in _EVERYDAY_HERE:
        return 4.5
    if not plain.isalpha():
        return 0.0
    frequency = float(zipf_frequency(plain, "en", wordlist="small"))
    return max(frequency, 4.5) if len(plain) <= 3 else frequency
