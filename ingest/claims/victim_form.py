"""What the words of a victim look like: cut to their form, and nothing where they are what was stolen, exploited or used instead of somebody.

Knows words only, of the field and not of any source; whether somebody by that name was attacked is the network's to say.
"""

import re

_LEADING = re.compile(
    r"""
    ^(?:(?:mostly|mainly|primarily|especially|particularly|including|include[sd]?|allegedly|reportedly|specifically|namely|notably|also|even|only|at\ least|at|as|of|from|for|and|or|to|by
    |in|on|against|such\ as|both|either|then|now|ultimately|successfully|further|furthermore|where|when|while|not|several\ of|some\ of|many\ of|one\ of|part\ of)\s+
    |(?:attacking|targeting|hitting|hacking|breaching|compromising|infecting|striking|impacting|affecting|knocking)\s+
    |(?:attacked|targeted|hit|hacked|breached|compromised|infected|struck|impacted|affected|knocked|crippled|defaced|disrupted)\s+(?=(?:the|an?|its|their|both|several|many)\s)
    |(?:the|an?|its|their|s|own)\s+)+
    """,
    re.X | re.I,
)
_BY_SOMEBODY = re.compile(
    r"\s+(?:(?:was|were|is|are|has|have|had|been|being|and|that|which)\s+)*"
    r"(?:exploited|used|abused|stolen|attributed|conducted|carried out|launched|attacked|targeted|hit|hacked|breached|compromised|charged|offline)(?:\s+by\b.*)?$"
)
_LOOT = (
    r"(?:source code|(?:personal |private |sensitive |confidential |financial |payment |medical |health |customer |user |stolen |internal |credit |debit )*"
    r"(?:data|information|records?|documents?|files?|credentials?|passwords?|emails?|e-mails?|messages?|cards?|card numbers?|details|databases?|secrets|money|funds|coins?|tokens?"
    r"|crypto|cryptocurrency|cryptocurrencies|intellectual property|blueprints|photos|logins?|backups?))"
)
_LOOT_OF = re.compile(rf"^(?:[\w,.-]+ ){{0,3}}?{_LOOT} (?:of|from|belonging to|owned by|held by|stored by) (?=\S)", re.I)
_THING = re.compile(
    rf"(?:^|.*[\s-])(?:{_LOOT}|vulnerabilit(?:y|ies)|flaws?|bugs?|exploits?|zero-?days?|0-?days?|malware|ransomware|backdoors?|trojans?|botnets?|spyware|loaders?|payloads?|plug-?ins?"
    r"|attachments?|links?|lures?|domains?|lookalikes|phishing pages?|macros|executables?|binaries|drivers?|patch(?:es)?|protocols?|ports?|scripts?|shells?|servers? software)$",
    re.I,
)
_MARKED = re.compile(r"\bCVE-\d|https?://|\[\.\]|\.(?:exe|dll|docx?|xlsx?|pdf|zip|rar|lnk|js|vbs|php|onion)\b|^[\W\d]*$", re.I)
_AMOUNT = re.compile(
    r"^(?:(?:about|around|nearly|over|some|roughly|approximately|more than|worth|in) )*[$€£]?\d[\d.,]*\s?(?:k|m|million|billion|thousand|gb|tb|mb|gigabytes|terabytes|btc|eth|usdt|bitcoins?"
    r"|ether|dollars|usd|euros?|%|percent)\b(?! (?:customers|users|people|accounts|companies|organi[sz]ations|patients|victims|employees|individuals))",
    re.I,
)
_SOFTWARE = frozenset(
    """windows linux android ios macos gmail outlook office exchange word excel powerpoint chrome firefox safari apache log4j log4shell java flash powershell wordpress
    drupal citrix vpn vpns rdp smb active directory sharepoint sql mysql mongodb docker kubernetes github gitlab s3 bucket amazon aws azure cloud visual studio iis web adobe acrobat
    reader protonmail hotmail whatsapp signal pastebin dropbox onedrive google drive mail edge explorer internet zimbra server servers microsoft""".split()
)
_MAKERS = frozenset("microsoft google amazon adobe citrix github gitlab apache dropbox wordpress whatsapp zimbra signal".split())
"""Words of software that are names of companies by themselves."""
_SECTORS = frozenset(
    """aerospace defense defence energy finance financial government governments healthcare health education educational telecommunications telecommunication telecoms telecom technology
    tech manufacturing media transportation transport retail legal hospitality pharmaceutical pharmaceuticals chemical automotive aviation maritime military engineering construction
    gaming insurance utilities utility oil gas nuclear banking academia ngo ngos agriculture electronics entertainment research logistics it shipping consulting diplomatic medical industrial
    services industry industries sector sectors professional high-tech public and power water mining critical infrastructure banks""".split()
)
_VAGUE = re.compile(
    r"^(?:(?:an?|the|its|their|many|several|some|various|other|numerous|multiple|large|certain|potential|selected|specific|different|wide|broad|high-value|high-profile|prominent|following|major|leading|highly|hundreds|thousands|dozens|of|variety|range|set"
    r"|list|number|more|new|additional|all|its|his|one|two|three|organi[sz]ations?|individuals?|targets?|victims?|entities|entity|companies|company|firms?|users?|people|and|or|systems?|networks?"
    r"|machines?|computers?|devices?|endpoints?|hosts?|accounts?|servers?|customers?|websites?|sites?|someone|anyone|everyone|nobody|others|things?)\s*)+$",
    re.I,
)
_NO_NAME = frozenset(
    """furthermore however meanwhile additionally moreover finally also figure table below above january february global worldwide taiwanese japanese chinese russian iranian french
    portuguese italian german spanish british american canadian australian indian korean israeli ukrainian polish dutch swedish norwegian danish finnish turkish brazilian vietnamese
    pakistani european asian""".split()
)
"""Words that begin a sentence or describe a victim and are none by themselves."""


def victim_form(words: str) -> str:
    """The words with brackets closed, without what leads up to them or tells what was done; empty where they name no victim by their form."""
    words = _LEADING.sub("", f"{_BY_SOMEBODY.sub('', words.strip())} ").strip()
    words = _LOOT_OF.sub("", words)
    words = balanced(words)
    lone = [word.lower() for word in re.findall(r"[\w.-]+", words)]
    if not lone or _MARKED.search(words) or _AMOUNT.match(words) or _THING.match(words) or _VAGUE.match(words):
        return ""
    if len(lone) == 1 and (lone[0] in _NO_NAME or len(lone[0]) < 2):
        return ""
    software = all(word in _SOFTWARE for word in lone) and not (len(lone) == 1 and lone[0] in _MAKERS)
    return "" if software else words


def names_a_sector(words: str) -> bool:
    """Whether the words are a sector's ("Aerospace", "oil and gas"): a list of sectors is one victim."""
    lone = [word.lower() for word in re.findall(r"[\w-]+", words)]
    return bool(lone) and all(word in _SECTORS for word in lone)


def balanced(words: str) -> str:
    """The words with the bracket closed that they leave open: "Harbour Rescue Service (HRS" was cut before its last letter."""
    opened, closed = words.count("("), words.count(")")
    if opened == closed + 1 and len(words) - words.rfind("(") > 2:
        return words + ")" if " " not in words[words.rfind("(") :] else words[: words.rfind("(")].strip()
    if closed > opened:
        return words.replace(")", "", closed - opened) if opened == 0 else words
    return words.rstrip("( ")
