"""How a sentence stands to an attack: whether it says that nobody has been named, that something else is not known, or that another account is wrong.

Phrases of the field and of English, none of any one source. They are read without the sentences around them, so a pronoun may hide what is meant.
"""

import re

_WORD = r"\W+(?!(?:and|but|while|although|whereas|which|because)\b)[\w'’-]+"
"""A word between two parts of a phrase, none that begins another clause."""
_NOT = (
    r"\b(?:not|never|\w+n['’]t|cannot|unable\ to|yet\ to|declin(?:ed?|es|ing)\ to|refus(?:ed?|es|ing)\ to|fail(?:ed|s|ing)?\ to|without|stop(?:ped|s)?\ short\ of"
    r"|hesitan?t\w*\ to|reluctant\ to|too\ early\ to|premature\ to|difficult\ to|hard\ to|impossible\ to|no)\b(?!\W+(?:\w+\W+)?(?:first|only|just|merely|surpris\w*)\b)"
)
_ACTOR = (
    r"(?:(?:threat|state|nation)[ -])?(?:actors?|attackers?|hackers?|groups?|gangs?|adversar(?:y|ies)|intruders?|perpetrators?|culprits?|part(?:y|ies)|entit(?:y|ies)"
    r"|cyber-?criminals?|criminals?|assailants?|thie(?:f|ves)|operators?|mastermind|author|persons?|people|individuals?|someone|those\ (?:responsible|behind))"
)
_KNOWN = r"(?:known|any|specific|particular|certain|tracked|named|existing|established|previously\ (?:known|identified|reported)|single|other|one)"
_UNKNOWN = r"(?:unknown|unclear|uncertain|unidentified|undetermined|unresolved|unconfirmed|unsolved|inconclusive|not\ (?:yet\ |been\ |yet\ been\ |currently\ |publicly\ |entirely\ |fully\ )*(?:known|clear|certain|identified|established|determined|confirmed|named|disclosed|revealed)|a\ mystery|mysterious|an\ open\ question|up\ in\ the\ air|anyone['’]s\ guess)"
_BE = r"(?:is|are|was|were|remains?|remained|stays?|still)\b(?:\W+(?:still|also|largely|currently|as\ yet|so\ far|at\ this\ (?:time|point)|yet|presently|unfortunately)\b)*\W+"

_CALLED_UNKNOWN = re.compile(
    rf"""
    (?<!previously\ )(?<!hitherto\ )(?<!fairly\ )(?<!relatively\ )(?<!little[ -])(?<!at\ an\ )(?<!against\ an\ )(?<!targeting\ an\ )\b(?:unknown|unidentified|unnamed|as-yet[ -]un\w+|undisclosed|anonymous\ and\ unknown|yet[ -]to[ -]be[ -](?:named|identified)|mystery|mysterious)\ (?:(?!how|why|what|if|whether|where|when)[\w-]+\ ){{0,2}}?{_ACTOR}\b
        (?!\W+(?:dubbed|called|named|tracked|known\ as|that\ we\ (?:call|track|named|dubbed)|which\ we|we\ (?:call|track|named|dubbed)))
    """,
    re.I | re.X,
)
"""An attacker who is only called unknown: elsewhere somebody may be named."""
_NOBODY = re.compile(
    rf"""
    {_NOT}(?:{_WORD}){{0,6}}?\W+(?:attribut(?:e|ing|ion|ed(?!\W+to\W+(?:the\W+)?(?-i:[A-Z])))\b(?!\W+(?:it\ |this\ |them\ )?to\ (?:the\ |a\ )?(?:increase|rise|lack|use))
        | (?:link|tie|connect|associat|match|pin|tied|relat|overlap|similarit|affinit|affiliat|connection|correlat)\w*(?:{_WORD}){{0,6}}?\W+{_KNOWN}(?:{_WORD}){{0,3}}?\W+(?:{_ACTOR}|apts?|clusters?|campaigns?|countr(?:y|ies)|state|government|nation)\b
        | (?:identif(?:y|ied|ying)|nam(?:e|ed|ing)|blam(?:e|ed|ing)|accus(?:e|ed|ing)|implicat\w+)\b(?:\W+(?:the|any|a|those|its|their|his|specific|particular|exact|individual|suspected|alleged)\b)*\W+(?:{_ACTOR}|country|nation|suspects?|who)\b
        | (?:clear|known|know|sure|say|said|saying|tell|certain|disclos\w+|reveal\w*|determin\w+|specif\w+|identif\w+|information|comment\w*|details|indicat\w+|idea|confirm\w*|establish\w*|evidence)\b(?:{_WORD}){{0,3}}?\W+(?:who|whom|which\ (?:\w+\ )?(?:{_ACTOR}|country|nation|government|state))\b(?!\W+(?:will|would|can|were\ affected|was\ affected|the\ victim))
        | point(?:ed|ing)?\ (?:(?:the|a|any)\ finger|to(?:ward)?s?\ (?:any|a)\b(?:{_WORD}){{0,2}}?\W+(?:{_ACTOR}|government|country|state|nation)) | assign(?:ing)?(?:{_WORD}){{0,2}}?\W+to\ (?:a|any)\b | (?:tak(?:e|en|ing)|took|claim\w*)(?:{_WORD}){{0,2}}?\W+(?:responsibility|credit|the\ (?:attack|hack|breach|incident|intrusion))
        | claims?\ (?:of\ responsibility|of\ the\ attack|for\ the\ attack) | public\ claim | (?:clear|conclusive|definitive|firm|formal|official|public)\W+attribution
        | known\ (?:associations?|links?|ties|affiliations?|overlaps?)\b | (?:any|specific)\ (?:known\ )?(?:threat\ )?(?:actor|group|nation|country)\b(?=\W*(?:$|[.,;]|yet|so\ far|at\ this|with))
        | confidently\ (?:assess|say) | suspects?\b(?:{_WORD}){{0,3}}?\W+(?:identified|named|arrested|yet)
        )
    | (?:\b(?:not|never)|n['’]t)\W+(?:[\w-]+\W+){{0,3}}?(?:pinned\ on|ascrib\w+|assign\w+\ (?:it|them|this|the\ \w+)\ to|put\ (?:it\ )?down\ to|laid\ at)\b
    | (?:^|[.?!;:]\W)\W*(?:but\ |just\ |exactly\ |precisely\ )*(?:who|for\ whom|by\ whom|on\ whose\ behalf|where\b[^.?!]{{1,40}}\b(?:comes?|came)\ from|which\ (?:group|gang|country|state|government))\b[^.?!]{{1,100}}?(?:\b(?:not|cannot|never)|n['’]t)\W+(?:\w+\W+){{0,3}}?(?:say|said|know|known|clear|disclosed|established|determined|tell|named)\b
    | \bnames?\ (?:no|none|neither|nobody)\b | \bneither\b(?:\W+[\w-]+){{0,7}}?\W+can\ be\ (?:named|identified|blamed)\b
    | \b(?:hackers|attackers|group|gang|thieves|intruders|culprits)\ (?:whom|that|who|which)\ (?:\w+\W+){{1,4}}?(?:not|never)\ (?:name|identify)
    | \b(?:nobody|no[ -]one)\W+(?:has|had|have)\W+(?:\w+\W+){{0,2}}?(?:said|told|established|found\ out|worked\ out|determined)\W+who\b | \bnames?\ (?:no|neither)\ (?:{_ACTOR}|country|state|government|nation)\b
    | \bunattributed\b | \battribution\b(?:{_WORD}){{0,5}}?\W+(?:{_UNKNOWN}|(?:difficult|hard|impossible|elusive|challenging|tentative|low\ confidence|ongoing|pending))\b
    | \b{_ACTOR}\W+(?:as\ yet\ |still\ )?(?:unknown|unidentified|of\ unknown\ (?:origin|identity))\b
    | \b(?:nobody|no\ one|no-one|none|no\ (?:(?!(?:with|to|from|by|of|for|in|on|at)\b)[\w-]+\ ){{0,3}}(?:group|gang|actor|organi[sz]ation|hackers?|country|state|suspects?|individual|party|entity|person)s?)\b
        (?:{_WORD}){{0,6}}?\W+(?:claim\w*|responsib\w+|credit|named|blamed|accused|identified|behind|linked|tied|attributed|arrested|charged|come\ forward|stepped\ forward)
    | \b(?:unclear|unknown|uncertain|unsure|mystery|remains\ to\ be\ seen|question\ of|investigating|determine|find\ out|figure\ out|learn)\b(?:{_WORD}){{0,4}}?\W+(?:(?:exactly|precisely)\ )?
        (?:who\b(?:{_WORD}){{0,3}}?\W+(?:behind|responsible|perpetrat\w+|attack\w*|hack\w*|carried|did|done|launch\w*|conduct\w*|orchestrat\w+|operat\w+|breach\w*|compromis\w+|creat\w+|developed|stole|sent|wr(?:o|i)te\w*)
        | which\ (?:[\w-]+\ )?{_ACTOR}\b)
    | \b(?:identit(?:y|ies)|origins?|nationality|affiliation|sponsors?|masterminds?|culprits?|perpetrators?|attackers?|hackers?|threat\ actors?|authors?|(?:actor|group|gang|person|people|party|parties|those|individuals?)\ (?:behind|responsible))\b
        (?:{_WORD}){{0,7}}?\W+(?:{_BE}{_UNKNOWN}|(?:not|never|cannot|n['’]t)\W+(?:yet\ |be\ |been\ |have\ been\ |yet\ been\ )*(?:determined|identified|established|found|caught|named|verified|disclosed|revealed|known|apprehended)|remains?\ at\ large)\b
    | \bwho\W+(?:is|was|were|are|stands?|stood|did|carried|might\ be|may\ be|hacked|attacked)\b(?:{_WORD}){{0,8}}?\W+{_BE}?{_UNKNOWN}\b
    """,
    re.I | re.X,
)
_POINT = r"(?:how|why|what|when|where|whether|if|which|whom?|the\ (?:exact|precise|full|true)|exactly)"
"""What may be left open."""
_TOLD = r"(?:known|clear|disclosed|revealed|confirmed|determined|established|specified|identified|made\ public|verified|certain|sure|announced|released|addressed|named|published|settled|explained|understood|provided|shared)"
_OPEN = re.compile(
    rf"""
    \b(?:is|are|was|were|remains?|remained|still|currently|presently|as\ yet|it['’]s)\W+(?:(?:still|also|largely|currently|as\ yet|so\ far|yet|completely)\W+)*(?:unknown|unclear|uncertain|undisclosed|undetermined|unconfirmed|unspecified|a\ mystery|an\ open\ question)\b
    | \b(?:unknown|unclear|uncertain|unsure|unconfirmed|no\ (?:word|information|details|idea|explanation|indication)(?:\ \w+)?(?:\ on|\ about|\ of|\ as\ to)?)\W+{_POINT}\b
    | \b(?:not|never|\w+n['’]t)\W+(?:(?:yet|been|currently|immediately|publicly|officially|entirely|fully|exactly|precisely|completely|be|able\ to\ be|clearly|conclusively|definitively)\W+)*{_TOLD}\b
    | \b(?:not|\w+n['’]t|cannot|unable\ to|yet\ to|failed\ to|without|declin(?:ed|es|ing)\ to|refus(?:ed|es|ing)\ to)\W+(?:[\w-]+ly\W+|able\ to\W+|been\W+|yet\W+|immediately\W+)*
        (?:name|naming|say(?:ing)?|disclos(?:e|ing)|specify(?:ing)?|reveal(?:ing)?|elaborate|comment|identify(?:ing)?|determin(?:e|ing)|verif(?:y|ied)|confirm(?:ing)?|explain|tell|know|ascertain|establish|mention(?:ing)?|(?:provid|shar)(?:e|ing)\W+(?:\w+\W+)?(?:information|details|data)|see)\b
    | \bwould\ (?:provide|give|offer)\ no\b | \bno\ (?:further|more|additional|other)\ (?:information|details|data|comment)\b | \bno\ known\ victims?\b | \bno\ comment\b | \bleaves?\ (?:the\ question|it|this|that)\ open\b
    | \b(?:how|why|what|when|where|whether|which|whom?)\b[^.?!;]{{1,90}}?(?:\b(?:does|do|did|can|could|has|have|is|was)\ not|\bcannot|n['’]t)\W+(?:\w+\W+){{0,3}}?(?:say|said|know|known|clear|disclosed)\b
    | \bby\ unknown\ means\b | \breasons?\W+(?:that\ are\ )?unknown\b | \bundisclosed\b
    | \bunknown\ (?:\w+\ )?(?:vector|method|means|reasons?|ransomware|source|amount|number|targets?|victims?|motives?|origin|vulnerability\ was)\b
    """,
    re.I | re.X,
)
_OUTRIGHT = re.compile(
    r"\b(?:den(?:y|ies|ied)\b(?!\W+(?:access|service))|reject(?:s|ed)\b|refut(?:es|ed)|contradict(?:s|ed)?\b|disavow\w*|dismiss(?:es|ed)\b|nothing to do with|not (?:responsible|involved|behind)|"
    r"no (?:involvement|part in|role in|knowledge of)|a lie|unaware|(?:brush|shrugg?|wav)(?:e?s|ed)(?: [\w'’]+){0,4} (?:off|aside)|play(?:s|ed) down|call(?:s|ed) [^.]{1,60}?(?:false|nonsense|absurd|untrue|baseless|old news|slander|provocation|fabricat\w+))\b",
    re.I,
)
_REJECTION = re.compile(
    r"\b(?:(?<!the )(?<!a )disput(?:es|ed)|disagree[sd]?|doubt(?:s|ed)|no (?:evidence|indications?|proof)|(?:does|do|did) not (?:believe|think|agree)|(?:does|do|did)n['’]t (?:believe|think|agree)|s[ck]eptic\w*)\b",
    re.I,
)
_HIT = r"(?:involved|responsible|behind|experienced|suffered|breached|hacked|compromised|affected|impacted|accessed|stolen|attacked|targeted|infected|leaked|exposed)"
_DENIAL = re.compile(
    rf"""
    \b(?:den(?:y|ies|ied|ying|ials?)(?!\W+(?:of|access|service|(?:the\ |an?\ )?(?:[\w-]+\ )?(?:actors?|attackers?|adversar\w+|hackers?))\b)|reject(?:s|ed|ing)?\b(?!\W+(?:\w+\ )?(?:connection|packet|request))|refut(?:e|es|ed|ing)|disput(?:e|es|ed|ing)\b(?!\W+(?:[\w-]+\W+){{0,2}}?(?:border|territor\w+|islands?|waters|regions?|areas?|elections?))|disavow\w*|disclaim(?:s|ed|ing)|rebuff\w*|debunk\w*
        |dismiss(?:es|ed)\ (?:the|as|any|such|claims?|reports?|allegations?|those|this|these)|doubt(?:s|ed|ful)?\b(?<!no\ doubt)(?<!without\ doubt)(?<!without\ a\ doubt)|s[ck]eptic\w*|question(?:s|ed)\ (?:the|whether)
        |contradict\w*|disagree(?:s|d|ment)?\b|(?:(?:do|does|did)\ not|n['’]t)\ agree|differs?\ from\ (?:what|the\ (?:official|earlier|first))|(?:higher|lower|larger|smaller|more|less|fewer)\ than\ (?:the\ (?:official|company)|(?:officially\ )?(?:reported|stated|claimed|admitted))|contest(?:s|ed)\ (?:the|that)|retract(?:s|ed|ion)|downplay\w*|insist(?:s|ed)\b)
    | \b(?:no|not\ (?:\w+\ )?(?:seen|found|have|had|identified|observed|discovered|uncovered)(?:\ any)?|n['’]t\ (?:\w+\ )?(?:seen|found|have|any)(?:\ any)?|without)\ (?:(?:hard|concrete|direct|technical|conclusive|credible|clear|any|forensic|further|firm|strong|definitive|public|other|reliable|solid)\ )*
        (?:evidence|indications?|proof|data\ has\ shown|reason\ to\ believe|basis)\b | \b(?:no|not\ \w+\ any)\ signs?\ (?:that|of\ (?:a|any|data|unauthori[sz]ed))
    | \b(?:not|never|\w+n['’]t)\W+(?:(?:been|have|had|be|ever|directly|actually|themselves|itself|in\ any\ way|itself)\W+)*{_HIT}\b
    | \b(?:no|none)\W+(?:(?:of|the|its|our|their|other|such)\W+)*(?:[\w-]+\W+){{0,4}}?(?:was|were|is|are|has\ been|have\ been|had\ been)\W+(?:\w+ly\W+)?{_HIT}\b | \bunaffected\b
    | \b(?:had|has|have|having)\ (?:nothing|anything)\ to\ do\ with\b | \bno\ (?:involvement|part\ in|role\ in|knowledge\ of|impact\ on|connection\ (?:to|with|between)|relation\ to|affiliation)\b | \bunaware\ of\ any\b
    | \b(?:groundless|baseless|unfounded|unsubstantiated|untrue|fabricat(?:ed|ion)|(?:false|wrong)\ (?:claims?|accusations?|attribution)|hoax|smear\w*|circumstantial|lack(?:s|ing)?\ (?:\w+\ ){{0,2}}(?:evidence|proof|corrobora\w+))\b
    | \bdo(?:es)?\ not\ (?:interfere|hack|engage|conduct|support|meddle|believe|think|feel|agree)\b | \b(?:do|does|did)n['’]t\ (?:believe|think|feel|agree)\b | \bnot\ (?:convinced|the\ (?:work|same)|related\ to|connected\ (?:to|with)|linked\ to|the\ one|a\ targeted|true|a\ genuine)\b
    | \bstop(?:ped|s|ping)?\ short\ of\b | \bunlikely\ (?:that|to\ be|to\ have)\b | \b(?:is|are|was|were|seems?|it['’]s)\ (?:highly\ |very\ )?unlikely\b(?!\W+to\b)
    | (?:\bnot|n['’]t)\W+(?:(?:yet|been|officially|independently|publicly|able\ to|necessarily|sufficiently)\W+)+(?:confirm\w*|verif\w+|mean\w*|substantiat\w+|attributable|imply|prove\w*)
    | (?:\bnot|n['’]t)\W+(?:(?:yet|been)\W+)*(?:determined|concluded|established|shown|demonstrated)\b | \byet\ to\ (?:verify|confirm|acknowledge|admit)\b | \bto\ be\ no\b | \bis\ not\ linking\b | \bare\ not\ linking\b
    | ^\W*(?:instead|rather|in\ reality|on\ the\ contrary),\W+(?:we|they|he|she|it|the\ (?:researchers?|company|firm|group|gang))\b
    | \bhowever,?\b(?:\W+[\w'’.-]+){{0,8}}?\W+(?:believes?|argues?d?|maintain(?:s|ed)?|considers?|considered|contend(?:s|ed)?|counter(?:s|ed)|concluded?|suspects?)\b
    | \b(?:wrongly|mistakenly|falsely|erroneously|incorrectly|misattribut\w+|misidentif\w+|false[ -]flags?|contrary\ to\ (?:\w+\ )?(?:\w+\ )?(?:claims?|reports?|what|beliefs?|statements?|allegations?))\b(?!\W+(?:detect|flag))
    | \bnot,\ as\ \w+\ (?:reported|claimed|thought|stated|said)\b | \bto\ mislead\b | \bturn(?:ed|s)?\ out\ (?:not\ )?to\ (?:be|have)\b | \b(?:has|had|have|is|was|were|are)\ instead\b | \bhowever,?\b(?:\W+[\w'’-]+){{0,12}}?\W+(?:instead|rather\ than|actually|in\ fact|different(?:ly)?)\b
    | \b(?:is|are|was|were)\ (?:actually|in\ fact|in\ reality|really)\ (?:an?|the|not|from|carried|part|behind|run|linked)\b
    | \b(?:initially|originally|first|earlier|early|previously)\b(?:\W+[\w'’-]+){{0,4}}?\W+(?:thought|believed|assumed|blamed|presumed|suspected|(?:mis)?attributed|reported|reports?)\b(?:\W+[\w'’-]+){{0,25}}?\W+(?:but|however|instead|now|later|likely|actually|turned)\b
    | \b(?:distinct|separate)\ from\b(?=\W+(?:the\ |that\ of\ )?(?-i:[A-Z])) | \bnot\W+(?:\w+\W+){{0,3}}perpetrated\ by\b | \b(?:would|will|does|do)\ not\ ["“‘']?(?:succumb|give\ in|accept|fall\ under)\b
    | \b(?:was|were|is)\ (?:strictly\ |only\ )?limited\ to\ (?:a\ small|a\ limited|a\ few|only|certain)\b | \bdebate\b(?:\W+[\w'’-]+){{0,4}}?\W+(?:over|about|whether|inside|among)\b
    """,
    re.I | re.X,
)  # fmt: skip


def names_nobody(sentence: str) -> bool:
    """Whether a sentence says that the attacker is not known, not named, not linked to anyone known, or that nobody has claimed the attack."""
    return bool(_NOBODY.search(sentence) or _CALLED_UNKNOWN.search(sentence))


def only_calls_unknown(sentence: str) -> bool:
    """Whether a sentence says no more of that than that the attacker is "unknown" or "unidentified"."""
    return not _NOBODY.search(sentence) and bool(_CALLED_UNKNOWN.search(sentence))


def nobody_in(sentence: str) -> tuple[int, int] | None:
    """Where in a sentence it names nobody; None where it doesn't."""
    found = _NOBODY.search(sentence) or _CALLED_UNKNOWN.search(sentence)
    return found.span() if found else None


def leaves_open(sentence: str) -> bool:
    """Whether a sentence says of something — how, why, how much, who was hit — that it is not known, not disclosed or not confirmed."""
    return bool(_OPEN.search(sentence))


def denies(sentence: str) -> bool:
    """Whether a sentence denies, doubts, rejects or corrects what somebody holds."""
    return bool(_DENIAL.search(sentence))


def rejects(sentence: str, *, outright: bool = False) -> bool:
    """Whether a sentence denies plainly, as its point: by a verb of denial, "nothing to do with" and the like; or, unless outright, doubts or disagrees."""
    return bool(_OUTRIGHT.search(sentence)) or (not outright and bool(_REJECTION.search(sentence)))


def denial_in(sentence: str) -> tuple[int, int] | None:
    """Where in a sentence it denies; None where it doesn't."""
    found = _DENIAL.search(sentence)
    return found.span() if found else None
