"""Which sentences can hold a claim at all, so that the network need not read the others: those with a word of attacking whose words taken together
speak for a claim more than against it.

Stems of the field, none of any one source. Measured on the training articles: 0.98 of the quotes of claims have a word of attacking, and 0.39 of all
sentences (0.64 of the text). Of those, weighed stems (`candidate_stems.json`: a logistic regression with an absolute penalty on what the network thinks of
the sentences of 204 articles) leave out 0.21 of the text of other articles, with 0.02 of the sentences in which the network sees a claim.
"""

import json
import re
from functools import lru_cache
from pathlib import Path

_ATTACK = re.compile(
    r"""
    attack|hack|breach|\bhit(?:s|ting)?\b|target|compromis|ransom|steal|stole|theft|thief|heist|phish|espionage|spy|spie|infect|encrypt|leak|intru|infiltrat|exfiltrat
    |\bvictim|campaign|malware|trojan|backdoor|exploit|extort|expos|deface|disrupt|sabotag|wip(?:e|ing)|ddos|denial|knock|shut\ down|brought\ down|took\ down|crippl|hijack|taken\ over|took\ over
    |blame|attribut|behind\b|responsib|claim|accus|indict|charg(?:e|ing)d?\b|link(?:ed|s)?\b|tied\ to|suspect|\bdeny|denie|posted|publish|\bsell|\bsold|\bsale|database|credential
    |\boperation|incident|implant|botnet|\bworm|watering|\blur(?:e|ing)|deliver|distribut|deploy|spread|send|sent\b|e-?mail|aim(?:ed|ing)|going\ after|went\ after|gone\ after|focus|activ
    |access|penetrat|surveil|monitor|interfer|fell\ to|suffer|struck|strik|list(?:ed|ing)|group|gang|threat|actor|record|raid|siphon|drain|skimm|fraud|scam|lateral|install|download
    """,
    re.I | re.X,
)


_STEM = 6  # letters
_WORD = re.compile(r"[a-z]+")


@lru_cache(maxsize=1)
def _weights() -> tuple[float, dict[str, float]]:
    """The least sum of weights that a sentence needs, and the weight of each stem."""
    read = json.loads((Path(__file__).parent / "candidate_stems.json").read_text(encoding="utf-8"))
    return read["least"] - read["bias"], read["stems"]


def can_hold_claim(sentence: str) -> bool:
    """Whether the sentence has a word of attacking among words that speak for a claim; a fragment of under four words holds none."""
    if sentence.count(" ") < 3 or _ATTACK.search(sentence) is None:
        return False
    least, weights = _weights()
    return sum(weights.get(stem, 0.0) for stem in {word[:_STEM] for word in _WORD.findall(sentence.lower())}) >= least
