"""How a sentence stands to the attack that it tells: what the network thinks, corrected by words that settle it."""

import re
from collections.abc import Mapping
from typing import cast

from ingest.nouns import Stance

_CLAIMS = re.compile(
    r"""
    \bclaim(?:s|ed|ing)?\ (?:to\ \w+|to\ be|that\ (?:they|it|he)|they|it\ has|he|responsibility|credit|a\ |the\ |an\ |another)
    | \b(?:attacks?|breach(?:es)?|hack|incident|intrusion)\b[^.]{0,40}\bclaimed\ by\b | \bclaimed\ (?:a\ number|several|by)
    | \b(?:t[ao]k(?:es?|en|ing)|took)\ (?:credit|responsibility)\b | \bclaims?\ of\ the\ gang\b
    | \b(?:is|are|was|were|been|began|begun|started|now)\ selling\b | \b(?:put|offered)\ up\ for\ sale\b
    | \b(?:added|listed|posted|published)\b[^.]{0,80}\b(?:leak\ site|leak\ blog|telegram|data\ leak|to\ its\ list|to\ their\ list|list\ of\ victims|website|victims\ list)\b
    | \b(?:leaked|published|posted|released)\ [^.]{0,40}\bit\ (?:allegedly\ )?stole\b
    | \bsays?\ (?:it|they|he)\ (?:has|have|had|stole|hacked|breached)
    """,
    re.I | re.X,
)
_HEDGES = re.compile(
    r"\b(?:likely|suspect\w*|believe[ds]?|alleg\w+|possibl[ey]|probabl[ey]|appear(?:s|ed)? to|may have|might|blam(?:e|es|ed|ing)|moderate confidence|low confidence|reportedly|accus\w+)\b",
    re.I,
)
_WITH_ATTACKER = ("asserted", "suspected", "denied", "disputed", "self_claimed")
_WITHOUT = ("unattributed", "denied")
_HEDGED = 0.06  # of the network's probability for "suspected", where words hedge


def stance_of(sentence: str, stances: Mapping[str, float], *, attacker: bool) -> Stance:
    """The stance of a sentence. stances: the network's probabilities. attacker: whether somebody is named; without one nobody claims or is suspected."""
    if not attacker:
        return "denied" if stances["denied"] > 0.5 else "unattributed"
    likely = max(_WITH_ATTACKER, key=lambda stance: stances[stance])
    if likely == "denied":
        return "denied"
    if _CLAIMS.search(sentence):
        return "self_claimed"
    if likely == "asserted" and _HEDGES.search(sentence) and stances["suspected"] >= _HEDGED:
        return "suspected"
    if likely == "self_claimed" and stances["self_claimed"] < 0.7:
        return "asserted"
    return cast(Stance, likely)
