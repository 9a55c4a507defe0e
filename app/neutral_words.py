"""Words that a statement may use though no cited sentence has them, and words that change what a sentence says. Closed lists: what is not here must
be quoted.

Neutral are the bare verbs of attack and of report and the general nouns for those who do and suffer it. Not neutral is whatever adds a fact: stole,
destroyed, paid, ransomware, government, bank.
"""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


REPORTING = _words(
    "said says say told tells reported reports report wrote writes announced announces confirmed confirms disclosed discloses stated"
    " states warned warns attributed attributes blamed blames named names accused accuses published found concluded identified linked"
    " acknowledged added noted claimed claims denied denies called calls suspected suspects"
)
"""Verbs behind which stands what somebody says; who speaks is not who attacks."""

NEUTRAL = REPORTING | _words(
    "according source sources article articles report reports statement account accounts attack attacks attacked attacking attacker"
    " attackers breach breached breaching hack hacked hacking hacker hackers hit hits intrude intruded intrusion intrusions break breaks"
    " broke broken breaking target targets targeted targeting victim victims compromise compromised compromising compromises incident"
    " incidents campaign campaigns group groups gang actor actors threat cyber cyberattack cyberattacks perpetrator perpetrators culprit"
    " responsible responsibility behind carried out took take place taken happened happens occurred occur began begin started start date"
    " dated day days week month months year years time known name named names organisation organization organisations organizations"
    " attribution attributions evidence public publicly yet far still also however although though one ones both another others since"
    " until later earlier about around during within against via through based part among whether"
)
"""Content words that add no fact."""

OPENERS = _words(
    "according hackers attackers officials researchers investigators authorities police experts analysts nobody none no one sources"
    " reports security attribution"
)
"""Common words that open a sentence with a capital and are no names; stopwords are no names either."""

DENIAL = re.compile(
    r"\b(?:not|no|never|nobody|none|neither|nor|without|cannot|unable|unknown|unclear|unconfirmed|unattributed|unidentified|unnamed|false|untrue|unfounded"
    r"|hoax|den(?:y|ies|ied|ying|ials?)|refus(?:e[sd]?|ing)|declin(?:e[sd]?|ing)|reject(?:s|ed|ing)?|disput(?:e[sd]?|ing)|refut(?:e[sd]?|ing)"
    r"|rul(?:e[sd]?|ing) out|fail(?:s|ed|ing|ure)?|prevent(?:s|ed|ing)?|thwart(?:s|ed)?|foil(?:s|ed)?|block(?:s|ed)?|unsuccessful(?:ly)?|unharmed"
    r"|debunk(?:s|ed)?|lacks?|retract(?:s|ed)?|withdr[ae]wn?|withdrew)\b|n['’]t\b", re.I
)  # fmt: skip
"""Words that turn a sentence round."""

DOUBT = re.compile(
    r"(?i:\b(?:suspect(?:s|ed)?|alleg(?:e[sd]?|edly|ations?)|believ(?:e[sd]?)|might|could(?! not)|possibl[ey]|likely|probabl[ey]|presumabl[ey]"
    r"|apparent(?:ly)?|appear(?:s|ed)?|seem(?:s|ed)?|reportedly|purported(?:ly)?|supposed(?:ly)?|unverified|rumou?r(?:s|ed)?|speculat\w*"
    r"|assum\w+|thought to|potential(?:ly)?|perhaps|maybe|confidence|tr(?:y|ies|ied) to|attempt(?:s|ed)?|plan(?:s|ned)?|threaten(?:s|ed)?)\b)"
    r"|\bmay\b(?! \d)"
)
"""Words that make a sentence less than an assertion. "May" with a capital is a month."""

CLAIMING = re.compile(r"\b(?:claim(?:s|ed|ing)?|accus(?:e[sd]?|ing|ations?)|boast(?:s|ed)?)\b", re.I)
"""Words by which a sentence is somebody's word against another's."""
