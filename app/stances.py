"""How a sentence stands to an attack: whether it denies it, or says that nobody has been named. Phrases of the field, none of any one source."""

import re

_NOBODY = re.compile(
    r"""
    \b(?:not|never|n['’]t|unable|un-?able\ to|could\ not|cannot|can['’]t|declined\ to|fail(?:ed|s)?\ to|refus(?:ed|es)\ to|without|no|stopp?ed\ short\ of|yet\ to)\b
        (?:\W+[\w'’-]+){0,7}?\W+(?:attribut\w+|link(?:ed|ing|s)?\b(?:\W+[\w'’-]+){0,4}?\W+(?:known|any|specific|particular|group|actor)|tied?\b(?:\W+\w+){0,3}\W+(?:known|any)|
        identif\w+\ (?:the\ |who|any\ |those)|nam(?:e|ed|ing)\ (?:the|any|a|those|who|which|names?)|point(?:ed|ing)?\ (?:the|a)\ finger|blam(?:e|ed|ing)|definitive\ link|
        claimed\ responsibility|taken\ (?:credit|responsibility)|say\ who|said\ who|known\ who|clear\ who|associated\ with\ (?:a|any)\ known|match\w*\ (?:any|a)\ known|
        confidently\ assess|known\ (?:threat\ )?(?:actor|group))
    | \bunattributed\b
    | \b(?:unknown|unidentified|unnamed|as-yet-unidentified|previously\ unknown|previously\ undocumented|undisclosed)\ (?:\w+\ ){0,2}(?:actors?|attackers?|hackers?|group|threat|
        adversar\w+|intruders?|perpetrators?|culprits?|part(?:y|ies)|individuals?|persons?|people|cybercriminals?)\b
    | \b(?:nobody|no\ one|no-one|none|no\ (?:known\ |hacking\ |ransomware\ |threat\ |specific\ |particular\ )*(?:group|gang|actor|organi[sz]ation|hackers?|country|state|suspects?))\b
        (?:\W+[\w'’-]+){0,6}?\W+(?:claim\w*|responsib\w+|credit|named|blamed|identified|behind|linked|attributed|arrested|charged)
    | \b(?:remains?|is|are|was|were|still|stays?)\W+(?:(?:still|largely|as\ yet|a)\W+)?(?:unknown|unclear|a\ mystery|mystery|unidentified|unresolved|an\ open\ question)\b
    | \b(?:identity|individuals?|people|persons?|culprits?|perpetrators?|attackers?|hackers?)\b(?:\W+\w+){0,6}\W+(?:mystery|unknown|unclear|never\ been\ (?:identified|found|caught))\b
    | \bdid\ not\ (?:say|disclose|reveal|specify|name)\b(?:\W+\w+){0,5}\W+(?:who|which|behind|responsible|actors?|attackers?|group|hackers?|gang)\b
    | \bwho\ (?:is|was|were)\ (?:behind|responsible)\b(?:\W+\w+){0,8}\W+(?:unknown|unclear|not\ (?:known|clear|been\ (?:determined|established)))
    """,
    re.I | re.X,
)
_DENIAL = re.compile(
    r"""
    \b(?:den(?:y|ies|ied|ying|ials?)|reject(?:s|ed|ing)?|refut(?:e|es|ed|ing)|dismiss(?:es|ed|ing)|disput(?:e|es|ed|ing)|disavow\w*|disclaim\w*|rebuff\w*|
        doubt(?:s|ed|ful)?|s[ck]eptic\w*|question(?:s|ed)\ (?:the|whether))\b
    | \b(?:no|not\ (?:seen|found|have)\ (?:any)?)\ ?(?:evidence|indications?|signs?|proof)\b(?:\W+\w+){0,4}
    | \b(?:not|never|n['’]t)\W+(?:(?:been|have|had|the|a)\W+)*(?:involved|responsible|behind|experienced|suffered|breached|hacked|compromised|affected|impacted)\b
    | \bhad\ nothing\ to\ do\ with\b | \bno\ (?:involvement|part|role|knowledge)\b | \bunaware\ of\ any\b | \b(?:groundless|baseless|unfounded|fabricat\w+|false\ accusations?)\b
    | \bdo(?:es)?\ not\ (?:interfere|hack|engage|conduct|support|meddle)\b
    """,
    re.I | re.X,
)


def names_nobody(sentence: str) -> bool:
    """Whether a sentence says that the attacker is not known, not named or not linked to anyone."""
    return bool(_NOBODY.search(sentence))


def denies(sentence: str) -> bool:
    """Whether a sentence denies, doubts or rejects."""
    return bool(_DENIAL.search(sentence))
