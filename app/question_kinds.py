"""What kind of answer a question wants: its slot, yes or no, who did it, or who holds what. Read from the question's words alone.

The slot comes from what is asked for: the verb after "who", the noun after "which" or "name the", or, in a question of key words, its last words.
"""

import re
from collections.abc import Sequence

from app.nouns import Slot

_POLITE = re.compile(
    r"^\W*(?:(?:please|hi|hello)\W+)*(?:(?:can|could|would|will|do) (?:you|we|anyone|somebody) (?:please |kindly )?(?:tell me|tell us|tell|say|know|show me|give me|"
    r"explain|list|name|find out)|tell me|i(?:['’]d| would) like to know|i want to know|any idea)\b[ ,:]*(?=.*\b(?:who|what|which|when|where|how|whose|whom|the|all)\b)",
    re.I,
)
"""A wrapper around the question proper. "List" and "name" go with it only where the question is still told by what follows."""

_ACTORS = frozenset(
    "actor actors adversary adversaries affiliate apt apts attacker attackers brigade cell cluster collective criminal criminals crew crews culprit culprits cyberspies cybercriminals extortionist extortionists faction gang gangs group groups hacker hackers hacktivist hacktivists intruder intruders mastermind operator operators outfit perpetrator perpetrators spies spy subgroup sub-group syndicate syndicates thief thieves threat-actor threat-group unit bureau intruders fraudsters scammers botnet".split()
)
_SOURCES = frozenset(
    "analyst analysts antivirus author authors blog blogger bloggers cert executive expert experts investigator investigators journalist journalists lab labs laboratory magazine newspaper official officials outlet paper publication reporter researcher researchers volunteers spokesman spokesperson spokeswoman senator think-tank vendor vendors discoverer finder source sources centre center".split()
)
_BODIES = frozenset(
    "agency agencies authority authorities body bodies bank banks broadcaster business businesses city college companies company congress contractor contractors corporation council county department departments developer embassy exchange firm firms giant giants government governments hospital hospitals house hotel industries industry institute institution institutions insurer maker manufacturer ministries ministry municipality newspaper operator operators organisation organisations organization organizations parliament parties party police profession provider providers regulator retailer school sector sectors service shop store supplier team think-tank town university universities utility utilities employees staff people persons person customers users diplomats platform site website websites charity airline airport port journalists activists officials nonprofit studio association carrier".split()
)
_PLACES = frozenset("country countries state states nation nations region regions territory continent province government governments".split())
_VICTIMS = frozenset("victim victims target targets prey".split())
_TIMES = frozenset("date dates day days month months year years week night morning evening weekend quarter season time decade".split())
_THINGS = frozenset(
    "malware ransomware trojan tool tools backdoor backdoors vulnerability vulnerabilities flaw cve exploit exploits language file files document documents domain domains method technique techniques miner wiper rootkit downloader loader loaders amount sum ransom reason motive shell worm implant payload payloads vector data name names campaign software protocol server servers number percentage price cost kit kits lure lures module modules program programs family website-address address addresses app apps library algorithm port accounts account".split()
)
_STOPS = frozenset(
    "did does do was were is are am has had have having will would could can should may might must that who whom which whose what how of for on by to with from at as into through after before during since because between against under over the a an its their his her this these those and or but in itself".split()
)
_KINDS = frozenset("kind kinds sort sorts type types name names".split())
_VERBS = frozenset(
    "alone said says saw made got lost paid fell hit took put came gave went began ran stole broke wrote led told found makes warned".split()
)
"""Verbs in an irregular form, which end the noun phrase; before a noun they may be participles: "newly found"."""
_FINDS = (
    r"(?:say|says|said(?! they)|report|found|find|discover|attribut|attribute|confirm|warn|describ|uncover|disclos|document|publish|analy[sz]|observ|notic|spott?|detect|reveal|expos|name|coin|christen|dubb?|track|call|"
    r"blam|accus|pinn?|point|link|tie|tied|connect|told|tells?|announc|assess|conclud|identif|investigat|credit|explain|note|brought|made (?:it )?public|broke (?:the|this|that) (?:story|news)|wrote(?! to)|make public|"
    r"put (?:[\w ]+ )?down|alert|issu|advis|worked out|led|merg|gave|gives|drew|passed on|came up|estimat|believ|suspect|think|thought|thinks|see|saw|hold|holds|stat|claim(?:s|ed) that|releas\w* (?:\w+ ){0,4}?"
    r"(?:report|decryptor|tool|advisory|analysis|indictment|documents)|indict|charg|unmask|highlight|predict|rais|trac|shar|tweet|testif|argu|estimat|first|flagg|catalogu|debunk|examin|stud)"
    r"(?:d|e|ed|es|s|ing|ies|ied|ted)?"
)
"""What somebody does who says so, in whatever form; "said they did it" is the attacker's own."""
_HITS = (
    r"(?:hack|attack|breach|target|rob|robb|infect|compromis|hit|defac|extort|ransom|phish|spear-?phish|breach|spi|spied|infiltrat|penetrat|affect|struck|victimi[sz]|deceiv|encrypt|lur|trick|shut|blackmail|"
    r"bombard|impersonat|spoof|plagu|defraud|cripp?l|locked|leaked|stolen|spied|wiped|disrupt)(?:ed|ted|ped)?"
)
_BLAMED = r"(?:blamed|accused|suspected|held|charged|indicted|named|identified|arrested|believed|thought|said|behind|responsible|credited|to blame|pinned|the culprit|the perpetrator|the attacker|the affiliate)"
_ADVERBS = r"(?:\W+(?:\w+ly|first|had|has|have|been|was the first to|was first to|were first to|were the first to|already|earlier|also|else|at [A-Z]\w+|later|once|jointly|in [\w-]+)\b)*"

_LIST = re.compile(
    r"^\W*list\b|\b(?:list|name|give|enumerate) (?:me )?(?:all|both|the (?:other )?(?:two|three|four|five|six|several)|two|three|four|five|some|every)\b|\b(?:please|and|:) list\b|"
    r"\b(?:which|what|names? of(?: the)?) (?:other |of the |were the |are the )?(?:two|three|four|five|six|several|both)\b|\bwhich ones\b|\b(?:names? of|name|which) both\b|\bname (?:the )?(?:\w+ ){0,2}?and (?:the )?\w+|"
    r"\btop (?:countries|targets|victims|sectors)\b|\bwho all\b|\bwhat are the names of\b|^\W*(?:names of|followers of|countries|victims of|targets of)\b|\bwhich (?:were|are) they\b",
    re.I,
)
_SEVERAL = frozenset("groups gangs actors crews".split())
"""Nouns that ask for a list, even after "which"."""
_NAMED_SEVERAL = frozenset(
    "companies firms countries nations organisations organizations banks parties families tools backdoors kits sites brands dates loaders".split()
)
"""Nouns that ask for a list after "name the"."""
_COUNTS = re.compile(
    r"\bhow (?:many|much|large|big|high|long (?:had|did|was|were|does|do)|far (?!back))\b|\bnumber of\b|\bcount of\b|^\W*(?:how|why)\b(?! (?:far back|long (?:ago|has|have)))",
    re.I,
)
_WHEN = re.compile(
    r"(?:^|[:;–—-]\s*|\b(?:and|since|until|till|by|from|exactly|just|or|but)\s+)when(?: (?:exactly|precisely|and \w+|if (?:ever|at all)|in \d{4}))?(?=,? (?:did|was|were|is|are|has|have|had|do|does|will|could)\b|\W*$)|"
    r"^\W*when\b(?!.*\b(?:which|what|who|whom|whose|how|was|were|did|is|has|had)\b)|\bwhen\W*$|\bwhen (?:was|were|did|does|is) (?:it|this|that|they|the)\b(?=[^,]*\?)|"
    r"\b(?:say|know|clear|tell|it known) (?:exactly )?when\b|\bsince when\b|\bhow (?:far back|long ago|long (?:has|have)|early|soon|recent)\b|\b(?:at|from) (?:what|which) (?:exact )?(?:time|point)\b|\bfrom when\b|"
    r"\b(?:what|which|whose) (?:(?:exact|calendar|earliest|other|precise|two|three) )*(?:dates?|days?|months?|years?|weeks?|weekend|quarter|season|night|time (?:span|frame|of)|period|decade)\b|"
    r"^\W*(?:(?!to\b)(?!which|what|who|how|whose|name\b)[\w'-]+ ){0,3}?(?:dates?|months?|years?)(?: and (?:year|month))?\b(?! of the (?:malware|tool))(?!.*\b(?:which|who|what|how)\b)|^\W*(?:by )?when (?:and|at the)\b|\bby when\b|"
    r"(?<!to )(?<!-)\b(?:dates?|day|month|year)(?:,? \d{4})?\W*$|(?:[:,;–—]|\s-)\s*(?:what |which )?(?:\w+ ){0,2}(?:date|month|year|day)\b(?!-)|\bdate (?:the|of|did)\b|"
    r"^\W*(?:first|earliest|start|beginning|launch|end|active years|active since|publication day|day)\b(?!.*\b(?:which|who|what|whom|whose|how)\b)|"
    r"\b(?:first|earliest|last) (?:\w+ )?(?:activity|sighting|observation|appearance|use|evidence)\W*$|\bstart of operations\b|\bon the (?:date|day)\b.*\?$",
    re.I,
)
_SOURCE = re.compile(
    rf"\baccording to (?:whom|which|what)\b|\b(?:on|by|in) whose (?:word|account|view|report|words|opinion)\b|\bwhose (?:[\w-]+ )?(?:words?|report|research\w*|analysts?|investigat\w+|term|analysis|"
    rf"findings?|telemetry|blog|account|assessment|verdict|attribution|statement|warning|claim)\b|\bwho{_ADVERBS}\W+(?!else\b){_FINDS}\b(?! (?:as|to have|the attack on|themselves))|\bby whom\b[^?]*\b(?:discovered|"
    r"published|disclosed|reported|revealed|noticed|found|uncovered|documented|described|named|attributed|identified|detected|spotted|investigat\w+|analy[sz]ed|explained|coined|announced|exposed|made public|"
    r"linked|first noticed)\b|\b(?:reported|discovered|described|published|attributed|named|uncovered|documented|disclosed|analy[sz]ed|found|detected|warning issued) by(?: (?:whom|who|which \w+))?\W*$|"
    r"\b(?:discoverer|reporting firm|discovered by|reported by|who says so|says who|source of the claim)\b|\btogether with whom\b",
    re.I,
)
_ATTACKER = re.compile(
    r"\bwho (?:says|said|claims?|claimed|boasts?|boasted) (?:(?:that )?(?:it|they|he|she)\b|to have\b)|\bwho\b(?: else)? (?:is|was|were|are|has been|stands|stood|really stood|lurks) (?:really |actually |most likely |probably |thought to be |said to be |believed to be )?(?:behind|responsible)\b|"
    rf"\bwho (?:is|was|were|are|has been|have been|had been|got)\b(?:\W+[\w-]+){{0,2}}?\W+{_BLAMED}\b|\bwho (?:publicly )?(?:did it|done it|dunnit)\b|\bwhodunn?it\b|\b(?:culprits?|perpetrators?)\b|"
    r"\b(?:by|of|to|on|from|at) whom\b|\bwho by\b|\bwhom (?:did|does|do|has|have|had)\b[^?]*\b(?:blame|suspect|accuse|hold|held|blamed|accused|suspected|name|identify|credit|finger|point)\b|"
    r"\bwho (?:did|does|do|has|have)\b[^?]*\b(?:blame|blamed|suspect|accuse|hold responsible|held responsible|credit|point to|attribute|pin|think (?:did|is|was)|believe (?:is|was))\b|"
    r"\bwhose (?:[\w-]+ )?(?:work|tools?|operators?|hackers?|malware|handiwork|c2|operation|campaign|hand|backdoor|trojan|doing|implant|ransomware|botnet|infrastructure)\b|\bwhose(?: was it| is it| were they)?\W*$|"
    r"\b(?:claimed|attributed|credited|pinned) (?:by|to|on)(?: (?:whom|who))?\W*$|\bhold responsible\b|\bwho (?:(?:has|have|had) been|is|was|were|are) (?:\w+ly )?(?!being\b)\w+ing\b|\bwho (?:is|was|were) after\b|"
    r"\b(?:which|what) (?:\w+[ -]){0,2}?(?:country['’]s|state['’]s|government['’]s|nation['’]s) (?:hackers?|spies|cyber|intelligence|military|operatives|army|agents)\b|\bhackers (?:of|from) (?:which|what) (?:country|state|nation)\b|"
    r"\b(?:which|what) (?:country|state|nation|government|regime|foreign power)\b[^?]*\b(?:behind|suspected|blamed|responsible|accused|sponsor\w*|backs|backed|attribut\w+|associated|origin\w*|nexus)\b|"
    r"\b(?:suspected|blamed|responsible|sponsoring|likely) (?:country|state|nation|government|actor|group)\b|\b(?:which|what) ransomware(?: \w+)? (?:hit|took|locked|struck|encrypted|crippled|knocked|had|was it|attacked|disrupted)\b",
    re.I,
)  # fmt: skip
_VICTIM = re.compile(
    rf"\bwhom\b|\bwho\b(?: else)? (?:was|were|got|has been|have been|had been|is|are)\b(?:\W+[\w-]+){{0,3}}?\W+(?:being )?{_HITS}\b|\bwho (?:else )?(?:did|does|do|has|have|had)\b|\bwhose\b|\bagainst (?:whom|which|what)\b|"
    r"\bwho (?:received|lost|suffered|fell|in \w+ was in|paid|refused)\b|\b(?:victims?|targets?|prey)\b|\bin (?:its|their) sights\b|\b(?:in the crosshairs|go(?:es|ing)? after|went after|gone after)\b",
    re.I,
)
_BY_WHOM = re.compile(r"\b(?:by|according to) whom\b", re.I)
"""Before the verb is known this may ask for either side."""
_SAID_BY = re.compile(
    rf"\b(?:{_FINDS}|written up|presented|made public)\b[^?]*\bby (?:which|what)\b|\bby (?:which|what)\b[^?]*\b(?:{_FINDS}|presented|made public)\b|\bfrom which (?:\w+ )?(?:firm|company) came\b",
    re.I,
)
_WHAT = re.compile(r"\b(?:which|what|name(?: of| the|s of)?(?: the)?|names of)\b", re.I)
_WORDS = re.compile(r"[^\W_](?:[\w.-]*\w)?(?:['’]s|s['’])?|[,:;?()–—“”\"]")
_WHO = re.compile(r"\b(?:who|whodunn?it)\b", re.I)
_ASKS = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.I)
_KEY_NOUN = re.compile(r"(?:^|[:,;?–—]|\s-)\s*(?:the |what |which |an? )?((?:[\w'’-]+ ){0,3}[\w'’-]+)(?:\?|\.)?\s*$")

_AUXILIARY = r"(?:did|does|do|was|were|is|are|has|have|had|can|could|would|will|should)(?:n['’]t)?"
_WHETHER = re.compile(
    rf"(?:^|[:;.?!–—]\s*|\s-\s)(?:(?:and|or|but|so|then)\s+)?{_AUXILIARY} (?:the|an?|it|its|they|he|she|there|any\w*|some\w*|all|both|every\w*|we|his|her|their|this|that|these|those|[a-z]+\w*|(?-i:[A-Z0-9])\S*)[^?]*\?|"
    rf"^\W*(?:when|after|before|in|on|at|as|although|though|while|during|since|if|according)\b[^?]*, (?:and )?{_AUXILIARY} [^?]*\?|^{_AUXILIARY} (?!you\b)\w+[^?]*$|"
    r"\bwhether\b|\b(?:is|was|has) it (?:been )?(?:known|certain|clear|established|true|proven|settled|confirmed)\b",
    re.I,
)
_IN_THE_END = re.compile(
    r"\b(?:known|confirmed|true|false|right|correct|proven|genuine|fake|established|or not|or was it|isn['’]t it|disputed)\s*\?*\s*$", re.I
)
"""How a question of key words ends that is answered with yes or no."""
_AGREEMENT = re.compile(
    r"\b(?:dis)?agree(?:s|d|ment|ing)?\b|(?<!-)\bdisput\w+|\bwhat (?:did|does|do) [^?]*, (?:and|but) (?:what|how)\b|\bdiffer(?:s|ed|ing)?\b|\bdiffering\b|\breally\b|\beach (?:side |party |of them )?(?:says?|said|claims?)\b|\b(?:both|all|two|other) (?:sides|parties|accounts|versions)\b|"
    r"\b(?:competing|conflicting|rival|contradictory|opposing|diverging|differing) \w+|\b(?:how|what) (?:\w+ ){0,8}?(?:respond|react|answer|reply|counter)(?:ed|s)?\b|\bresponse (?:to|of)\b|\bden(?:y|ies|ied|ial|ying)\b|"
    r"\badmit(?:s|ted)?\b|\backnowledg\w+|\bconced\w+|\baccept(?:s|ed)?\b|\bown(?:ed)? up\b|\baccounts (?:of|agree|differ|conflict|given|match)\b|\bcontradict\w*|\bconsensus\b|\bshare[ds]? (?:that|the|this) (?:\w+ )?(?:view|attribution|assessment|opinion)\b|"
    r"\bin (?:reality|truth|fact)\b|\baccused (?:side|country|party)\b|\bgenuine\b|\b(?:real|true|claimed|fact|proven) or\b|\bor (?:fake|fiction|only|just|proven|merely)\b|\b(?:is|was) (?:that|it|this) (?:true|right|correct)\b|"
    r"\bhow sure\b|\bstance (?:on|of|toward)\b|\bspeaks (?:for|against)\b|\b(?:for and against)\b|\bby (?:its|their|his|the (?:company|firm|victim)['’]s) own account\b|\b(?:views?|opinions?) (?:on|of|about)\b|"
    r"\bas (?:the |its )?[\w'’ -]{1,40} (?:had it|has it|maintains?|boasted?)\b|\binsist\w*|\beveryone\b|\bcorrection\b|\bcaveats?\b|\bdoubt\w*",
    re.I,
)
_SIDES = re.compile(
    r"\b(?:dis)?agree\w*|(?<!-)\bdisput(?:es?|ed)\b|\bdiffer(?:s|ed|ing)?\b|\bcontradict\w*|\b(?:both|all) sides\b|\b(?:respond|react|answer)(?:ed|s)?\b|\bown account\b|\bcompeting\b",
    re.I,
)
"""The same, in a question for a time, a number or a list."""
_AGREEMENT_IF = re.compile(
    r"\bbelieved to have\b|\bpinned on\b|\bproo?fs?\b|\bproven?\b|\bcertain(?:ly)?\b|\bconfirm(?:s|ed)?\b|\b(?:one and )?the same\b|\bversus\b|\bvs\b|\bestablished\b|\bor not\b|\boutright\b|\bapprov\w+|\bclaim(?:s|ed)?\b",
    re.I,
)
"""The same, in a question that is answered with yes or no or has no question word."""
_WHO_IT_WAS = re.compile(
    r"\bwho(?:m|se)?\b[^?]*\b(?:behind|responsible|did it|done it|culprit|hacked|attacked|breached|blamed?|carried|stands?|stood|runs?)\b|\b(?:say|said|know|known|clear|certain|established|tell|disclose|reveal|name|identify|out) (?:\w+ )?(?:who|whom)\b|"
    r"\battribut(?:ion|ions|able|ed|e|ing)\b|\bculprits?\b|\bperpetrators?\b|\bclaim(?:ed|s)? (?:it|responsibility|the (?:attack|hack|breach))\b|\b(?:anyone|anybody|someone|nobody|no one|any (?:\w+ )?(?:group|gang|hackers?|actor)) (?:\w+ )?(?:claim\w*|come forward|"
    r"named|identified|blamed|arrested|charged|suspected|held|linked)\b|\bclaim of responsibility\b|\bon whose (?:behalf|orders)\b|\b(?:which|what) (?:country|state|government|nation)\b[^?]*\b(?:from|sponsors?|pays|down to|behind|blam\w+|runs|serves?)\b|"
    r"\b(?:people|persons?|those|hackers|group|gang|man|men) (?:behind|responsible for)\b[^?]*\b(?:found|known|caught|identified|named|arrested|unmasked)\b|\bwho\b[^?]*\b(?:encrypted|robbed|stole)\b",
    re.I,
)
_FROM_WHERE = re.compile(
    r"\b(?:which|what) (?:country|state|nation|government)\b[^?]*\b(?:from|down to|behind|sponsor\w*|origin\w*)\W*$|\b(?:which|what) (?:country|state|nation|government) (?:\w+ )?(?:sponsors?|backs?|runs?|pays|employs|directs|controls)\b|"
    r"\bwhere (?:do|does|did|are|is) [^?]{1,60}\b(?:come from|from|based|hail from|originate)\W*$",
    re.I,
)
"""A question for the country that an actor works for."""
_EITHER = re.compile(
    r"(?-i:\b[A-Z][\w-]*) or (?:(?-i:(?:the )?[A-Z][\w-]*(?: [A-Z\d][\w-]*){0,3})|some(?:body|one) else|an?other\b[\w ]{0,20}|others)\s*\?*\s*$",
    re.I,
)
"""How a question ends that gives the choice between two who may have done it."""
_NAMED = re.compile(
    r"\b(?:tied?|ties|link(?:ed|s)?|pin(?:ned)?|connect(?:ed|ions?)?|associat\w+|match(?:ed)?|belong|identif\w+|named?|known|blamed?|put|suspect(?:ed)?|correlat\w+)\b[^?]*"
    r"\b(?:groups?|gangs?|actors?|hackers?|crew|unit|apt|country|state|government|nation|persons?|individuals?|anyone|anybody|somebody|someone|thieves|author|intruders|senders|attackers?|culprit)\b|"
    r"\b(?:hackers?|attackers?|intruders?|senders?|thieves|gang|group|author|persons?|individuals?|actors?)\b[^?]*\b(?:identified|named|known|unmasked|caught|tied|linked|attributed|come from|came from)\b|\bassociations? of\b|\bthe work of\b|['’]s (?:doing|handiwork|work)\b",
    re.I,
)


def slot_of(text: str) -> Slot:
    """What kind of answer is wanted."""
    asked = _POLITE.sub("", text, count=1) if not _LIST.search(text) else text
    if _LIST.search(asked):
        return "when" if re.search(r"\b(?:which|what) (?:two|three|both) (?:dates|days|months|years)\b", asked, re.I) else "list"
    if _WHEN.search(asked):
        return "when"
    if _COUNTS.search(asked):
        return "detail"
    noun = _noun_asked(asked)
    if (noun in _SEVERAL or (noun in _NAMED_SEVERAL and re.search(r"\bnames?\b", asked, re.I))) and not _SOURCE.search(asked):
        return "list"
    if _ATTACKER.search(asked) and not _BY_WHOM.search(asked):
        return "attacker"
    if _SOURCE.search(asked):
        return "source"
    if _ATTACKER.search(asked):
        return "attacker"
    return _slot_of_noun(noun, asked) or ("victim" if _VICTIM.search(asked) else "attacker" if _WHO.search(asked) else "detail")


def asks_for_agreement(text: str) -> bool:
    """Whether a question wants to know who holds what, rather than one answer."""
    if slot_of(text) in ("when", "list") or _COUNTS.search(text):
        return bool(_SIDES.search(text))
    return bool(_AGREEMENT.search(text) or _EITHER.search(text)) or bool(
        _AGREEMENT_IF.search(text) and (asks_whether(text) or not _ASKS.search(text))
    )


def asks_for_attribution(text: str) -> bool:
    """Whether a question wants to know who did it, or whether anybody is known, named or claims to have done it."""
    slot = slot_of(text)
    if slot == "attacker" or (slot not in ("when", "list") and bool(_WHO_IT_WAS.search(text) or _FROM_WHERE.search(text))):
        return True
    return slot not in ("when", "list") and (asks_whether(text) or not _ASKS.search(text)) and bool(_NAMED.search(text))


def asks_whether(text: str) -> bool:
    """Whether a question can be answered with yes or no: then no words of a sentence are the answer, its sense is."""
    asked = _POLITE.sub("", text, count=1)
    return bool(_WHETHER.search(asked)) or bool(_IN_THE_END.search(asked) and not _ASKS.search(asked))


def _noun_asked(text: str) -> str:
    """The noun that says what is asked for, in lower case; empty where none is known. Of several in a row the last: "ransomware gang", "firm's researchers"."""
    for match in _WHAT.finditer(text):
        noun = _known(_WORDS.findall(text[match.end() :])[:9])
        if noun:
            return noun
    if not _ASKS.search(text):
        tail = _KEY_NOUN.search(text)
        return (_known(tail[1].split(), stop=False) if tail else "") or _known(_WORDS.findall(text)[:6])
    return ""


def _known(words: Sequence[str], *, stop: bool = True) -> str:
    found = ""
    for place, word in enumerate(words):
        if stop and place < 2 and word.casefold() in ("is", "was", "are", "were", "the", "a", "an"):
            continue
        low = re.sub(r"['’]s$|s['’]$", "", word.casefold())
        before = words[place - 1].casefold() if place else ""
        if (low == "of" and before in _KINDS) or (low in ("the", "a", "an") and before == "of"):
            continue
        if stop and ((place and low in _STOPS) or not word[0].isalnum()):
            break
        if low in _ACTORS | _SOURCES | _BODIES | _PLACES | _VICTIMS | _THINGS | _TIMES:
            found = found if found and low in ("name", "names") else low
        elif found and (low.endswith("ed") or low in _VERBS):
            break
    return found


def _slot_of_noun(noun: str, text: str) -> Slot | None:
    if noun in _TIMES:
        return "when"
    if re.search(rf"\bresearch(?:ers?)? {noun}\b", text, re.I) and noun in ("group", "team", "collective"):
        return "source"
    if noun in _ACTORS and not (noun in _BODIES and re.search(r"\bkind of\b", text, re.I)):
        return "attacker"
    if noun in _SOURCES:
        return "source"
    if noun in _BODIES or noun in _PLACES:
        after = text[text.casefold().find(noun) + len(noun) :]
        return "source" if re.match(rf"(?:,[^,]{{1,40}},)?{_ADVERBS}\W+{_FINDS}\b", after, re.I) or _SAID_BY.search(text) else "victim"
    if noun in _VICTIMS:
        return "victim"
    return "detail" if noun in _THINGS else None
