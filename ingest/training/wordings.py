"""Wordings: how an analyst might ask for one slot of a claim. `A` is the attacker, `V` the victim, `W` the time, `S` who says so.

A wording is chosen among those whose letters the claim can fill; the words for what was done follow the kind of the claim.
"""

import random

from ingest.training.examples import ClaimNote

FIXED = {"attacker": "Who attacked?", "victim": "Who was attacked?", "when": "When?", "asserted_by": "Who says so?"}
"""The four questions that the claims ledger asks of a sentence."""

DONE = {
    "ransomware": ("hit with ransomware", "extorted", "attacked with ransomware", "encrypted", "hit", "breached"),
    "data_breach": ("breached", "hacked", "broken into", "compromised", "robbed of data"),
    "espionage": ("spied on", "targeted", "hacked", "infiltrated", "compromised", "attacked"),
    "phishing": ("phished", "targeted with phishing mails", "spear-phished", "targeted"),
    "financial_theft": ("robbed", "targeted", "stolen from", "attacked", "hacked"),
    "supply_chain": ("compromised", "hacked", "attacked", "targeted"),
    "destructive": ("attacked", "sabotaged", "hit", "struck"),
    "ddos": ("knocked offline", "flooded with traffic", "attacked"),
}
OTHER = ("attacked", "targeted", "hit", "hacked", "compromised")
NOUN = {
    "ransomware": ("ransomware attack", "extortion", "attack", "incident"),
    "data_breach": ("breach", "data theft", "hack", "intrusion"),
    "espionage": ("espionage campaign", "campaign", "intrusion", "hack", "operation"),
    "phishing": ("phishing campaign", "spear-phishing", "campaign", "phishing attack"),
    "financial_theft": ("theft", "heist", "attack", "campaign"),
    "supply_chain": ("supply chain attack", "compromise", "attack"),
    "destructive": ("attack", "sabotage", "incident"),
    "ddos": ("DDoS attack", "outage", "attack"),
}
OTHER_NOUN = ("attack", "campaign", "hack", "incident", "activity")

ASKED = {
    "attacker": {
        "VW": (
            "Who [done] V in W?",
            "Which group [done] V (W)?",
            "Who was behind the W [noun] on V?",
            "V was [done] W: by whom?",
            "Name the attackers behind the [noun] against V, W.",
            "Which hackers are blamed for the [noun] at V in W?",
        ),
        "V": (
            "Who [done] V?",
            "Which group [done] V?",
            "By whom was V [done]?",
            "Who is behind the [noun] against V?",
            "Who carried out the [noun] on V?",
            "Which hackers are held responsible for the [noun] at V?",
            "V got [done]. Who did it?",
            "Which threat actor has gone after V?",
            "Which gang claimed the [noun] on V?",
            "Name the actor that [done] V.",
            "Who do investigators blame for the [noun] at V?",
            "Which country's hackers [done] V?",
            "To whom is the [noun] against V attributed?",
        ),
        "SW": ("Whom does S blame for the [noun] of W?", "Which group does S connect with the W [noun]?"),
        "S": (
            "Whom does S blame for the [noun]?",
            "According to S, who is behind the [noun]?",
            "Which actor does S describe?",
            "Who did it, according to S?",
        ),
        "W": ("Who was behind the [noun] in W?", "Which group struck W?"),
        "": ("Who is behind the [noun]?", "Which group carried out the [noun]?", "Who did it?", "Which threat actor was it?"),
    },
    "victim": {
        "AW": (
            "Whom did A attack in W?",
            "Who was [done] by A W?",
            "Which organisation did A target W?",
            "What did A go after in W?",
            "Who fell victim to A's W [noun]?",
        ),
        "A": (
            "Whom did A attack?",
            "Who was [done] by A?",
            "Which organisation did A hit?",
            "Who are the victims of A?",
            "What kind of targets does A go after?",
            "Which company was [done] by A?",
            "Which victims does the [noun] of A have?",
            "At whom did A aim its [noun]?",
            "Whose systems did A get into?",
            "Which sectors or countries has A gone after?",
            "Name the victim of A.",
        ),
        "W": ("Who was [done] in W?", "Who suffered the W [noun]?", "Which victim was hit W?"),
        "S": ("Who was [done], according to S?", "Which victims does S name?"),
        "": ("Who was [done]?", "Who was the victim of the [noun]?", "Which organisation was [done]?", "Who suffered the [noun]?"),
    },
    "when": {
        "AV": (
            "When did A attack V?",
            "When was V [done] by A?",
            "On what date did A hit V?",
            "In which year did A go after V?",
            "In what month was V [done] by A?",
            "Since when has A been after V?",
            "How long ago was A's [noun] on V?",
            "During what period did A target V?",
            "What is the date of A's [noun] at V?",
        ),
        "A": (
            "When did A strike?",
            "When did the [noun] by A take place?",
            "Since when has A been active?",
            "In which year was A seen?",
            "During what period did A operate?",
            "When was A observed?",
            "What day did A strike?",
            "At what time did A run its [noun]?",
        ),
        "V": (
            "When was V [done]?",
            "On which day was V [done]?",
            "When did the [noun] on V happen?",
            "In which year was V [done]?",
            "When did V learn of the [noun]?",
            "What is the date of the [noun] at V?",
            "Since when had V been under attack?",
            "In what month was V [done]?",
        ),
        "S": ("When did it happen, according to S?", "When did S see the [noun]?"),
        "": (
            "When did the [noun] happen?",
            "On what date did it happen?",
            "In which period did the [noun] take place?",
            "When did it start?",
        ),
    },
    "asserted_by": {
        "AV": (
            "Who says that A [done] V?",
            "Who blames A for the [noun] at V?",
            "According to whom did A attack V?",
            "Who attributed the [noun] on V to A?",
            "Which organisation linked A to the [noun] against V?",
            "On whose word was it A that [done] V?",
        ),
        "A": (
            "Who reported on A?",
            "Which company found the [noun] by A?",
            "Who attributes the [noun] to A?",
            "Who discovered A's [noun]?",
            "Which researchers describe A?",
            "Who says A is behind it?",
            "Which firm published the findings on A?",
        ),
        "V": (
            "Who reported the [noun] on V?",
            "Who says that V was [done]?",
            "Which firm discovered the [noun] against V?",
            "Who confirmed the [noun] at V?",
            "According to whom was V [done]?",
            "Which body disclosed the [noun] on V?",
        ),
        "": (
            "Who says so?",
            "Who reported the [noun]?",
            "Which company found this out?",
            "Who is the source of this?",
            "Who discovered the [noun]?",
        ),
    },
}
LETTER = {"A": "attacker", "V": "victim", "W": "when", "S": "asserted_by"}
RELATIVE = ("last", "this", "earlier", "recent", "yesterday", "today", "during", "over the past", "since", "within", "as ")


def asked(claim: ClaimNote, slot: str, chance: random.Random) -> str:
    """A question for `slot` of `claim`, in the words of an analyst who knows some of the other slots."""
    known = {letter for letter, name in LETTER.items() if name != slot and getattr(claim, name)}
    if claim.when and claim.when.lower().startswith(RELATIVE):
        known.discard("W")
    known -= {letter for letter in known if str(getattr(claim, LETTER[letter])).lower() in {"we", "the group", "they", "our"}}
    choices = [letters for letters in ASKED[slot] if set(letters) <= known]
    best = max(len(letters) for letters in choices)
    letters = chance.choice([c for c in choices if len(c) == best or (c and chance.random() < 0.5)])
    words = chance.choice(ASKED[slot][letters])
    words = words.replace("[done]", chance.choice(DONE.get(claim.kind, OTHER))).replace("[noun]", chance.choice(NOUN.get(claim.kind, OTHER_NOUN)))
    for letter in letters:
        words = words.replace(f"{letter}'s", f"{getattr(claim, LETTER[letter])}'s")
        words = _filled(words, letter, str(getattr(claim, LETTER[letter])))
    return words


def _filled(words: str, letter: str, value: str) -> str:
    """`words` with the free-standing `letter` replaced, and no preposition doubled before a time."""
    parts = words.split(" ")
    for i, part in enumerate(parts):
        bare = part.strip("?.,:;()")
        if bare == letter:
            lead = value.split(" ", 1)[0].lower()
            if letter == "W" and i and parts[i - 1] == "in" and lead in {"in", "on", "at", "since", "from", "between", "early", "late", "mid"}:
                parts[i - 1] = "" if lead in {"in", "on", "at", "since", "from", "between"} else "in"
            parts[i] = part.replace(letter, value, 1)
            break
    return " ".join(p for p in parts if p)
